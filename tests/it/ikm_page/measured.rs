//! The page of a survey as the program measures it: every indicator is found, and nothing is printed that was not measured.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use tepat::measure::ikm::{Ikm, Input, ikm};
use tepat::measure::put::group;
use tepat::report::html::figure_markup;
use tepat::report::ikm::html;
use tepat::score::Scored;
use tepat::snapshot::{Outcome, ResponseRow};

use super::fixture::{Made, SEMESTER, made};
use super::text;
use crate::support::{Case, KOM03, instant, kom03, run, snapshot};

/// Thirty cases of June under KOM-03, every third late; most of them answered.
fn scored() -> Scored {
    let cases: Vec<Case> = (0..30).map(case).collect();
    run(
        &snapshot(&cases),
        &kom03(),
        instant("2026-07-01 00:00"),
        None,
    )
}

fn case(i: usize) -> Case {
    let (day, decided) = match i % 3 {
        0 => ("2026-06-02", "2026-06-29"),
        _ => ("2026-06-02", "2026-06-10"),
    };
    let at = |day: &str, time: &str| format!("{day} {time}");
    Case::received(&at(day, "08:30"))
        .step(6, &at(day, "08:50"), &at(day, "09:00"))
        .step(16, &at(decided, "08:10"), &at(decided, "08:20"))
        .ends(Outcome::Issued, &at(decided, "08:20"))
        .id(&format!("BRK-{i:02}"))
}

fn forms(of: &Made) -> Vec<ResponseRow> {
    let forms = of.forms.iter().enumerate();
    forms
        .map(|(i, form)| ResponseRow {
            service: KOM03.into(),
            answered_on: NaiveDate::from_ymd_opt(2026, 6, 11 + (i % 15) as u32).expect("a date"),
            case_id: Some(format!("BRK-{i:02}")),
            ..form.clone()
        })
        .collect()
}

/// Calls `see` with the survey measured over `count` forms.
fn with(count: usize, see: impl FnOnce(&Made, &Ikm)) {
    let mut made = made(count);
    let world = kom03();
    made.library = world.library.clone();
    made.settings.internal = vec!["internal-contoh".into()];
    let (scored, forms) = (scored(), forms(&made));
    let measured = ikm(Input {
        responses: &forms,
        instruments: &made.instruments,
        settings: &made.settings,
        rules: &made.rules,
        library: &made.library,
        cases: &scored.cases,
        followups: &made.plan,
        reading: &[],
        period: SEMESTER,
        as_of: instant("2026-07-01 00:00"),
    })
    .expect("an instrument is in force");
    see(&made, &measured);
}

#[test]
fn every_figure_of_the_page_is_measured_and_the_main_ones_are_there() {
    with(24, |made, measured| {
        let page = html(&made.report(measured)).expect("a page");
        let known: BTreeSet<String> = measured
            .figures
            .rows()
            .iter()
            .map(|f| figure_markup(f).to_string())
            .collect();
        for figure in page.split("<span data-figure=").skip(1) {
            let shown = figure.split_once("</span>").expect("an end").0;
            let whole = format!("<span data-figure={shown}</span>");
            assert!(known.contains(&whole), "{whole}");
        }
        for (indicator, pairs) in [
            ("ikm.unit", vec![]),
            ("ikm.unit.low", vec![]),
            ("ikm.grade", vec![]),
            ("ikm.alpha", vec![]),
            ("ikm.sample.needed", vec![]),
            ("ikm.sample.reached", vec![]),
            ("ikm.response_rate", vec![]),
            ("ikm.linked", vec![]),
            ("ikm.timeliness", vec![]),
            ("ikm.unit.partial", vec![("rule", "complete")]),
            ("ikm.element.ceiling", vec![("element", "BIAYA")]),
            ("ikm.element.weighted", vec![("element", "WAKTU")]),
            ("ikm.linked.difference", vec![("element", "WAKTU")]),
            ("ikm.unit", vec![("instrument", "internal-contoh")]),
        ] {
            let figure = measured.figures.get(indicator, "2026-S1", &pairs);
            let figure = figure.unwrap_or_else(|| panic!("{indicator} {:?}", group(&pairs)));
            assert!(figure.value.is_some(), "{figure:?}");
            let markup = figure_markup(figure);
            assert!(page.contains(markup.as_str()), "{markup} is not shown");
        }
    });
}

#[test]
fn with_one_form_and_with_none_the_page_of_the_measured_survey_is_whole() {
    with(1, |made, measured| {
        let words = text(&html(&made.report(measured)).expect("a page"));
        assert!(words.contains("belum memadai") && words.contains("Bab V Penutup"));
        let unit = measured.figures.get("ikm.unit", "2026-S1", &[]);
        assert!(unit.is_some_and(|f| words.contains(&f.printed)), "{unit:?}");
    });
    with(2, |made, measured| {
        // Nobody answers an element: no index, no grade, and not for want of verified bands.
        let mut forms = forms(made);
        for form in &mut forms {
            let codes: Vec<(String, Option<u8>)> = form
                .answers
                .iter()
                .map(|(c, a)| (c.to_owned(), a.filter(|_| c != "PRODUK")))
                .collect();
            form.answers = codes.into_iter().collect();
        }
        let again = ikm(Input {
            responses: &forms,
            instruments: &made.instruments,
            settings: &made.settings,
            rules: &made.rules,
            library: &made.library,
            cases: &[],
            followups: &[],
            reading: &[],
            period: SEMESTER,
            as_of: measured.as_of,
        })
        .expect("an instrument is in force");
        let words = text(&html(&made.report(&again)).expect("a page"));
        assert!(
            words.contains("tidak dijawab satu responden pun"),
            "{words}"
        );
        assert!(!words.contains("belum terverifikasi, sehingga"), "{words}");
    });
    with(0, |made, measured| {
        let words = text(&html(&made.report(measured)).expect("a page"));
        assert!(words.contains("belum ada data") && words.contains("Bab V Penutup"));
        assert!(!words.contains("NaN"));
    });
}
