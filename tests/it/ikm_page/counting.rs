//! Figures of the invented survey, by plain loops.

use tepat::format;
use tepat::measure::put::group;
use tepat::measure::{Figure, FigureTable};
use tepat::snapshot::{ResponseRow, Word};
use tepat::standard::Instrument;

use super::fixture::{DIMENSIONS, SERVICES};

/// NRR of an element; 0 without answers.
pub fn nrr(forms: &[ResponseRow], code: &str) -> f64 {
    let all: Vec<&ResponseRow> = forms.iter().collect();
    let (sum, n) = answered(&all, code);
    if n == 0 { 0.0 } else { sum as f64 / n as f64 }
}

fn answered(forms: &[&ResponseRow], code: &str) -> (i64, i64) {
    let given = forms.iter().filter_map(|f| f.answers.get(code).flatten());
    given.fold((0, 0), |(sum, n), a| (sum + i64::from(a), n + 1))
}

fn needed(recipients: u64) -> u64 {
    let n = recipients as f64;
    (3.841 * n * 0.25 / (0.0025 * (n - 1.0) + 3.841 * 0.25) + 0.5).floor() as u64
}

/// The value a form has in a dimension.
fn value_of(f: &ResponseRow, dimension: &str) -> String {
    let text = |t: &Option<Word>| t.as_deref().unwrap_or("NA").to_owned();
    match dimension {
        "sex" => text(&f.sex),
        "education" => text(&f.education),
        "occupation" => text(&f.occupation),
        "hour_band" => text(&f.hour_band),
        _ => match f.age {
            None => "NA".into(),
            Some(a) if a < 20 => "<20".into(),
            Some(a) if a >= 60 => "60+".into(),
            Some(a) => format!("{}-{}", a / 10 * 10, a / 10 * 10 + 9),
        },
    }
}

#[derive(Default)]
pub struct Counting {
    pub table: FigureTable,
    period: String,
    instrument: Option<String>,
}

impl Counting {
    /// All figures of one instrument.
    pub fn survey(&mut self, forms: &[ResponseRow], i: &Instrument, internal: Option<&str>) {
        self.instrument = internal.map(str::to_owned);
        self.period = "2026-S1".into();
        let all: Vec<&ResponseRow> = forms.iter().collect();
        self.results(&all, i, &[], true);
        self.whole(&all, i);
        for dimension in DIMENSIONS {
            for value in dimension.1 {
                let of = |f: &&&ResponseRow| value_of(f, dimension.0) == *value;
                let some: Vec<&ResponseRow> = all.iter().filter(of).copied().collect();
                self.results(&some, i, &[(dimension.0, value)], false);
            }
        }
        for (code, _, _, recipients) in SERVICES {
            let of = |f: &&&ResponseRow| *f.service == *code;
            let some: Vec<&ResponseRow> = all.iter().filter(of).copied().collect();
            self.results(&some, i, &[("service", code)], true);
            self.sample(some.len() as u64, recipients, &[("service", code)]);
        }
        for month in 1..=6 {
            self.period = format!("2026-{month:02}");
            let of = |f: &&&ResponseRow| chrono::Datelike::month(&f.answered_on) == month;
            let some: Vec<&ResponseRow> = all.iter().filter(of).copied().collect();
            self.results(&some, i, &[], false);
            self.number("ikm.recipients", &[], 90 + u64::from(month), None, 0);
        }
    }

    fn push(
        &mut self,
        indicator: &str,
        pairs: &[(&str, &str)],
        n: u64,
        parts: Option<(i64, i64)>,
        value: Option<f64>,
        printed: String,
    ) {
        let mut pairs = pairs.to_vec();
        let code = self.instrument.clone();
        if let Some(code) = &code {
            pairs.push(("instrument", code));
        }
        self.table.push(Figure {
            indicator: indicator.into(),
            period: self.period.clone(),
            group: group(&pairs),
            n,
            numerator: parts.map(|p| p.0),
            denominator: parts.map(|p| p.1),
            value,
            printed,
        });
    }

    /// A count, or a value with decimals.
    fn number(
        &mut self,
        indicator: &str,
        pairs: &[(&str, &str)],
        n: u64,
        value: Option<f64>,
        places: usize,
    ) {
        let (value, printed) = match (value, places) {
            (Some(v), _) => (Some(v), format::decimal(v, places)),
            (None, 0) => (Some(n as f64), format::count(n)),
            (None, _) => (None, format::NONE.into()),
        };
        self.push(indicator, pairs, n, None, value, printed);
    }

    fn share(&mut self, indicator: &str, pairs: &[(&str, &str)], part: i64, whole: i64) {
        let value = (whole > 0).then(|| 100.0 * part as f64 / whole as f64);
        let printed = format::percent(part, whole);
        self.push(
            indicator,
            pairs,
            whole as u64,
            Some((part, whole)),
            value,
            printed,
        );
    }

    fn index(forms: &[&ResponseRow], i: &Instrument) -> Option<f64> {
        let mut sum = 0.0;
        for e in &i.elements {
            let (total, n) = answered(forms, &e.code);
            if n == 0 {
                return None;
            }
            sum += tepat::exact::to_f64(&e.weight) * total as f64 / n as f64;
        }
        Some((2500.0 * sum).round() / 100.0)
    }

    fn grade(
        &mut self,
        indicator: &str,
        pairs: &[(&str, &str)],
        n: u64,
        index: Option<f64>,
        i: &Instrument,
    ) {
        let hundredths = index.map(|v| (v * 100.0).round() as i64);
        let at = i
            .bands
            .iter()
            .position(|b| hundredths.is_some_and(|h| (b.from..=b.to).contains(&h)));
        let printed = at.map_or(format::NONE.to_owned(), |a| i.bands[a].grade.clone());
        self.push(
            indicator,
            pairs,
            n,
            None,
            at.map(|a| a as f64 + 1.0),
            printed,
        );
    }

    fn results(
        &mut self,
        forms: &[&ResponseRow],
        i: &Instrument,
        pairs: &[(&str, &str)],
        interval: bool,
    ) {
        let n = forms.len() as u64;
        self.number("ikm.respondents", pairs, n, None, 0);
        let index = Self::index(forms, i);
        let printed = index.map_or("belum ada data".to_owned(), |v| format::decimal(v, 2));
        self.push("ikm.unit", pairs, n, None, index, printed);
        self.grade("ikm.grade", pairs, n, index, i);
        if let Some(index) = index.filter(|_| interval) {
            let half = 18.0 / (n as f64).sqrt();
            self.number("ikm.unit.low", pairs, n, Some((index - half).max(25.0)), 2);
            self.number(
                "ikm.unit.high",
                pairs,
                n,
                Some((index + half).min(100.0)),
                2,
            );
        }
        for e in &i.elements {
            let (sum, given) = answered(forms, &e.code);
            let mut pairs = pairs.to_vec();
            pairs.push(("element", &e.code));
            let value = (given > 0).then(|| sum as f64 / given as f64);
            let printed = value.map_or("belum ada data".to_owned(), |v| format::decimal(v, 2));
            self.push(
                "ikm.element",
                &pairs,
                given as u64,
                Some((sum, given)),
                value,
                printed,
            );
        }
    }

    fn whole(&mut self, forms: &[&ResponseRow], i: &Instrument) {
        for e in &i.elements {
            let pairs = [("element", e.code.as_str())];
            let (sum, n) = answered(forms, &e.code);
            let nrr = (n > 0).then(|| sum as f64 / n as f64);
            let index = nrr.map(|v| 25.0 * v);
            self.number("ikm.element.index", &pairs, n as u64, index, 2);
            self.grade("ikm.element.grade", &pairs, n as u64, index, i);
            let weighted = nrr.map(|v| v * tepat::exact::to_f64(&e.weight));
            self.number("ikm.element.weighted", &pairs, n as u64, weighted, 4);
            let missing = forms.len() as u64 - n as u64;
            self.number("ikm.element.missing", &pairs, missing, None, 0);
            for answer in ["1", "2", "3", "4"] {
                let of = |f: &&&ResponseRow| {
                    f.answers
                        .get(&e.code)
                        .flatten()
                        .is_some_and(|a| a.to_string() == answer)
                };
                let count = forms.iter().filter(of).count() as u64;
                self.number(
                    "ikm.element.answers",
                    &[pairs[0], ("answer", answer)],
                    count,
                    None,
                    0,
                );
            }
        }
        if self.instrument.is_some() {
            return;
        }
        let n = forms.len() as u64;
        self.number("ikm.unanswered", &[], 3, None, 0);
        let index = Self::index(forms, i);
        for (rule, less) in [("available", 0), ("complete", n / 7)] {
            self.number("ikm.unit.partial", &[("rule", rule)], n - less, index, 2);
        }
        self.number("ikm.alpha", &[], n, index.map(|_| 0.84), 2);
        self.change(n);
        let recipients: u64 = SERVICES.iter().map(|s| s.3).sum();
        self.sample(n, recipients, &[]);
        for (channel, count) in [("Daring", recipients - 99), ("Loket", 99)] {
            let pairs = [("channel", channel)];
            self.number("ikm.recipients", &pairs, count, None, 0);
            self.share("ikm.linked", &pairs, (n / 6) as i64, count as i64);
        }
        self.linked(forms, i);
        self.ceiling(forms, None);
        for (code, ..) in SERVICES {
            self.ceiling(forms, Some(code));
        }
    }

    fn change(&mut self, n: u64) {
        for (versus, change) in [("previous", 1.24), ("last_year", 6.3)] {
            let pairs = [("versus", versus)];
            let change = (n > 1).then_some(change);
            let printed = change.map_or(format::NONE.to_owned(), |c| {
                format!("+{}", format::decimal(c, 2))
            });
            self.push("ikm.change", &pairs, n, None, change, printed);
            self.number("ikm.change.low", &pairs, n, change.map(|c| c - 2.0), 2);
            self.number("ikm.change.high", &pairs, n, change.map(|c| c + 2.0), 2);
        }
    }

    fn sample(&mut self, n: u64, recipients: u64, pairs: &[(&str, &str)]) {
        if self.instrument.is_some() {
            return;
        }
        self.number("ikm.recipients", pairs, recipients, None, 0);
        self.number("ikm.sample.needed", pairs, needed(recipients), None, 0);
        let reached = n >= needed(recipients);
        let printed = if reached { "memadai" } else { "belum memadai" };
        self.push(
            "ikm.sample.reached",
            pairs,
            n,
            None,
            Some(f64::from(u8::from(reached))),
            printed.into(),
        );
        match n <= recipients {
            true => self.share("ikm.response_rate", pairs, n as i64, recipients as i64),
            false => self.push(
                "ikm.response_rate",
                pairs,
                n,
                None,
                None,
                "tidak dapat dinilai".into(),
            ),
        }
        self.share("ikm.linked", pairs, n as i64 / 3, recipients as i64);
        self.share(
            "ikm.timeliness",
            pairs,
            recipients as i64 * 4 / 5,
            recipients as i64,
        );
    }

    fn linked(&mut self, forms: &[&ResponseRow], i: &Instrument) {
        let linked: Vec<&ResponseRow> = forms
            .iter()
            .filter(|f| f.case_id.is_some())
            .copied()
            .collect();
        let (late, timely) = linked.split_at(linked.len() / 4);
        for (verdict, some) in [("late", late), ("on_time", timely)] {
            let index = Self::index(some, i);
            self.number(
                "ikm.linked.unit",
                &[("verdict", verdict)],
                some.len() as u64,
                index,
                2,
            );
            for e in &i.elements {
                let (sum, n) = answered(some, &e.code);
                let value = (n > 0).then(|| sum as f64 / n as f64);
                let pairs = [("element", e.code.as_str()), ("verdict", verdict)];
                self.number("ikm.linked.element", &pairs, n as u64, value, 2);
            }
        }
        let mut pairs: Vec<Vec<(&str, &str)>> = vec![Vec::new()];
        pairs.extend(
            i.elements
                .iter()
                .map(|e| vec![("element", e.code.as_str())]),
        );
        for pairs in pairs {
            let known = !late.is_empty() && !timely.is_empty();
            let value = known.then_some(-0.21);
            self.number(
                "ikm.linked.difference",
                &pairs,
                linked.len() as u64,
                value,
                2,
            );
            self.number(
                "ikm.linked.difference.low",
                &pairs,
                0,
                value.map(|v| v - 0.2),
                2,
            );
            self.number(
                "ikm.linked.difference.high",
                &pairs,
                0,
                value.map(|v| v + 0.15),
                2,
            );
        }
    }

    fn ceiling(&mut self, forms: &[&ResponseRow], service: Option<&str>) {
        let of = |f: &&&ResponseRow| service.is_none_or(|s| *f.service == *s);
        let given = forms
            .iter()
            .filter(of)
            .filter_map(|f| f.answers.get("BIAYA").flatten());
        let (top, n) = given.fold((0, 0), |(top, n), a| (top + i64::from(a == 4), n + 1));
        let mut pairs = vec![("element", "BIAYA")];
        pairs.extend(service.map(|s| ("service", s)));
        self.share("ikm.element.ceiling", &pairs, top, n);
    }
}
