use super::{PERIOD, Survey};
use num_rational::BigRational;
use num_traits::ToPrimitive;
use std::collections::{BTreeMap, BTreeSet};
use tepat::config::ikm::PartialForms;
use tepat::exact;
use tepat::measure::ikm::{Ikm, Ranked, Suggestion, Survey as Result_, TrendPoint};
use tepat::measure::{Figure, FigureTable};
use tepat::period::Period;
use tepat::snapshot::ResponseRow;

fn comma(x: &BigRational, p: u32) -> String {
    exact::decimal(x, p).replace('.', ",")
}

struct W {
    t: FigureTable,
}
impl W {
    fn put(
        &mut self,
        ind: &str,
        period: Period,
        group: &[(&str, &str)],
        n: u64,
        num: Option<i64>,
        den: Option<i64>,
        value: Option<f64>,
        printed: String,
    ) {
        self.t.push(Figure {
            indicator: ind.into(),
            period: period.to_string(),
            group: group
                .iter()
                .map(|(a, b)| (a.to_string(), b.to_string()))
                .collect(),
            n,
            numerator: num,
            denominator: den,
            value,
            printed,
        });
    }
}

fn unit(s: &Survey, forms: &[&ResponseRow]) -> Option<BigRational> {
    let mut total = exact::ratio(0, 1);
    for e in &s.instrument.elements {
        let (sum, n) = tally(forms, &e.code);
        if n == 0 {
            return None;
        }
        total += &e.weight * exact::ratio(sum, n);
    }
    Some(total * exact::ratio(25, 1))
}
fn tally(forms: &[&ResponseRow], code: &str) -> (i64, i64) {
    let (mut s, mut n) = (0, 0);
    for f in forms {
        if let Some(Some(a)) = f.answers.get(code) {
            s += i64::from(a);
            n += 1;
        }
    }
    (s, n)
}
fn complete(s: &Survey, f: &ResponseRow) -> bool {
    s.instrument
        .elements
        .iter()
        .all(|e| matches!(f.answers.get(&e.code), Some(Some(_))))
}

fn group(w: &mut W, s: &Survey, all: &[&ResponseRow], period: Period, g: &[(&str, &str)]) {
    let counted: Vec<&ResponseRow> = all
        .iter()
        .copied()
        .filter(|f| s.settings.partial_forms == PartialForms::Available || complete(s, f))
        .collect();
    let n = all.len() as u64;
    w.put(
        "ikm.respondents",
        period,
        g,
        n,
        None,
        None,
        Some(n as f64),
        n.to_string(),
    );
    let u = unit(s, &counted);
    let printed = u
        .as_ref()
        .map_or("belum ada data".to_owned(), |u| comma(u, 2));
    w.put(
        "ikm.unit",
        period,
        g,
        counted.len() as u64,
        None,
        None,
        u.as_ref().and_then(|u| u.to_f64()),
        printed,
    );
    let band = u
        .as_ref()
        .and_then(exact::hundredths)
        .and_then(|h| s.instrument.band(h));
    let place = band
        .and_then(|b| s.instrument.bands.iter().position(|x| x == b))
        .map(|p| p as f64 + 1.0);
    w.put(
        "ikm.grade",
        period,
        g,
        counted.len() as u64,
        None,
        None,
        place,
        band.map_or("–".into(), |b| b.grade.clone()),
    );
    for e in &s.instrument.elements {
        let (sum, k) = tally(&counted, &e.code);
        let mut g2 = g.to_vec();
        g2.push(("element", e.code.as_str()));
        let nrr = (k > 0).then(|| exact::ratio(sum, k));
        w.put(
            "ikm.element",
            period,
            &g2,
            k as u64,
            Some(sum),
            Some(k),
            nrr.as_ref().and_then(|x| x.to_f64()),
            nrr.as_ref().map_or("–".into(), |x| comma(x, 2)),
        );
    }
}

pub fn ikm(s: &Survey) -> Ikm<'_> {
    let mut w = W {
        t: FigureTable::default(),
    };
    let forms: Vec<&ResponseRow> = s
        .forms
        .iter()
        .filter(|f| f.answers.iter().any(|(_, a)| a.is_some()))
        .collect();
    group(&mut w, s, &forms, PERIOD, &[]);
    for m in 1..=6 {
        let month = Period::Month {
            year: 2026,
            month: m,
        };
        let f: Vec<_> = forms
            .iter()
            .copied()
            .filter(|f| month.contains(f.answered_on))
            .collect();
        group(&mut w, s, &f, month, &[]);
    }
    let services: BTreeSet<String> = forms.iter().map(|f| f.service.clone()).collect();
    for x in &services {
        let f: Vec<_> = forms.iter().copied().filter(|f| f.service == *x).collect();
        group(&mut w, s, &f, PERIOD, &[("service", x)]);
    }
    let mut dims = Vec::new();
    for (d, get) in [
        (
            "sex",
            (|f: &ResponseRow| f.sex.clone()) as fn(&ResponseRow) -> Option<String>,
        ),
        ("education", |f| f.education.clone()),
        ("occupation", |f| f.occupation.clone()),
        ("hour_band", |f| f.hour_band.clone()),
    ] {
        let mut by: BTreeMap<String, Vec<&ResponseRow>> = BTreeMap::new();
        for f in &forms {
            by.entry(get(f).unwrap_or("NA".into())).or_default().push(f);
        }
        for (v, f) in &by {
            group(&mut w, s, f, PERIOD, &[(d, v)]);
        }
        let mut vs: Vec<String> = by.into_keys().collect();
        vs.sort_by_key(|v| (v == "NA", v.clone()));
        dims.push((d, vs));
    }
    let counted: Vec<&ResponseRow> = forms
        .iter()
        .copied()
        .filter(|f| s.settings.partial_forms == PartialForms::Available || complete(s, f))
        .collect();
    for (rule, f) in [
        ("available", forms.clone()),
        (
            "complete",
            forms.iter().copied().filter(|f| complete(s, f)).collect(),
        ),
    ] {
        let u = unit(s, &f);
        w.put(
            "ikm.unit.partial",
            PERIOD,
            &[("rule", rule)],
            f.len() as u64,
            None,
            None,
            u.as_ref().and_then(|u| u.to_f64()),
            u.as_ref().map_or("belum ada data".into(), |u| comma(u, 2)),
        );
    }
    let mut ranked: Vec<(BigRational, usize)> = Vec::new();
    for (at, e) in s.instrument.elements.iter().enumerate() {
        let g = [("element", e.code.as_str())];
        let (sum, k) = tally(&counted, &e.code);
        let missing = forms
            .iter()
            .filter(|f| f.answers.get(&e.code) == Some(None))
            .count() as u64;
        w.put(
            "ikm.element.missing",
            PERIOD,
            &g,
            missing,
            None,
            None,
            Some(missing as f64),
            missing.to_string(),
        );
        for a in 1..=4u8 {
            let c = counted
                .iter()
                .filter(|f| f.answers.get(&e.code) == Some(Some(a)))
                .count() as u64;
            w.put(
                "ikm.element.answers",
                PERIOD,
                &[g[0], ("answer", &a.to_string())],
                c,
                None,
                None,
                Some(c as f64),
                c.to_string(),
            );
        }
        if k == 0 {
            continue;
        }
        let nrr = exact::ratio(sum, k);
        let idx = &nrr * exact::ratio(25, 1);
        let wt = &nrr * &e.weight;
        w.put(
            "ikm.element.weighted",
            PERIOD,
            &g,
            k as u64,
            None,
            None,
            wt.to_f64(),
            comma(&wt, 4),
        );
        w.put(
            "ikm.element.index",
            PERIOD,
            &g,
            k as u64,
            None,
            None,
            idx.to_f64(),
            comma(&idx, 2),
        );
        let band = exact::hundredths(&idx).and_then(|h| s.instrument.band(h));
        w.put(
            "ikm.element.grade",
            PERIOD,
            &g,
            k as u64,
            None,
            None,
            Some(1.0),
            band.map_or("–".into(), |b| b.grade.clone()),
        );
        ranked.push((nrr, at));
    }
    ranked.sort();
    let of = |x: &(BigRational, usize)| Ranked {
        element: s.instrument.elements[x.1].code.clone(),
        tied_with: ranked
            .iter()
            .filter(|y| y.0 == x.0 && y.1 != x.1)
            .map(|y| s.instrument.elements[y.1].code.clone())
            .collect(),
    };
    let weakest = ranked.iter().take(3).map(of).collect();
    let strongest = ranked.iter().rev().take(3).map(of).collect();
    let suggestions = forms
        .iter()
        .filter_map(|f| {
            Some(Suggestion {
                response_id: f.response_id.clone(),
                answered_on: f.answered_on,
                service: f.service.clone(),
                element: f
                    .suggestion
                    .as_ref()?
                    .contains("Waktu")
                    .then(|| "WAKTU".to_owned()),
                text: f.suggestion.clone()?,
                masked: false,
            })
        })
        .collect();
    w.t.sort();
    let trend = [
        (2024, "kep", 76.49, true, false),
        (2025, "kep", 76.9, true, false),
        (2026, "permen", 84.2, false, true),
        (2027, "permen", 86.0, false, false),
    ]
    .map(|(y, i, v, archived, breaks)| TrendPoint {
        period: Period::Semester { year: y, half: 1 },
        instrument: i.into(),
        instrument_title: format!("Instrumen {i}"),
        respondents: Some(300),
        printed: v.to_string().replace('.', ","),
        value: Some(v),
        grade: "B".into(),
        performance: "Baik".into(),
        archived,
        legacy: None,
        breaks,
    });
    Ikm {
        period: PERIOD,
        as_of: crate::report_fixture::as_of(),
        figures: w.t,
        survey: Result_ {
            instrument: s.instrument.clone(),
            forms,
            weakest,
            strongest,
        },
        internal: Vec::new(),
        trend: trend.into(),
        services: services.into_iter().collect(),
        dimensions: dims,
        suggestions,
        plan: Vec::new(),
        outcomes: Vec::new(),
        findings: Vec::new(),
    }
}
