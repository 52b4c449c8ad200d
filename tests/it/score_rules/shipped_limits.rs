//! Every limit of every standard in standards/ and of the demo is exercised: nudge it and some verdict changes.

use std::sync::Arc;

use tepat::score::{ScoreOptions, score};
use tepat::snapshot::Snapshot;
use tepat::standard::load::{StandardFiles, load_calendar, load_library};
use tepat::standard::{Library, Standard};

use crate::support::{Case, ZONE, instant, snapshot};

fn library() -> Library {
    let folder = tempfile::tempdir().unwrap();
    tepat::demo::write_office(folder.path()).unwrap();
    let files = StandardFiles::workspace(folder.path()).unwrap();
    let calendar = load_calendar("kaltim", &files, ZONE, false).unwrap();
    load_library(&files, Arc::new(calendar)).unwrap()
}

/// Cases of one service: all steps done on the n-th date after registration, or taking n minutes; step 6 done again.
fn batch(standard: &Standard) -> Snapshot {
    let every = |on: &str, minutes: u32| {
        let (from, to) = (
            format!("{on} 08:10"),
            format!(
                "{on} {:02}:{:02}",
                8 + (10 + minutes) / 60,
                (10 + minutes) % 60
            ),
        );
        let case = Case::received("2026-06-02 08:30").step(6, "", "2026-06-02 09:00");
        standard
            .steps
            .keys()
            .fold(case, |case, step| case.step(*step, &from, &to))
    };
    let mut cases = Vec::new();
    for n in 0..80u32 {
        let on = chrono::NaiveDate::from_ymd_opt(2026, 6, 2).unwrap() + chrono::Days::new(n.into());
        cases.push(every(&on.to_string(), 5).id(&format!("D{n:02}")));
        cases.push(every("2026-06-03", n).id(&format!("M{n:02}")));
    }
    for case in &mut cases {
        case.row.service.clone_from(&standard.service);
    }
    snapshot(&cases)
}

fn verdicts(library: &Library, snapshot: &Snapshot) -> String {
    let options = ScoreOptions {
        as_of: instant("2026-09-30 10:00"),
        pause: None,
    };
    let scored = score(snapshot, library, ZONE, options).unwrap();
    let words = |c: &tepat::score::ScoredCase| {
        let rows: Vec<_> = c
            .executions
            .iter()
            .map(|e| (e.step, e.day, e.minute))
            .collect();
        format!("{:?} {rows:?}", c.verdict)
    };
    scored.cases.iter().map(words).collect()
}

/// The library with one standard changed.
fn changed(library: &Library, standard: &Standard, change: impl FnOnce(&mut Standard)) -> Library {
    let mut library = library.clone();
    let mut other = standard.clone();
    change(&mut other);
    for revision in library.services.get_mut(&standard.service).unwrap() {
        if revision.revision == standard.revision {
            *revision = Arc::new(other.clone());
        }
    }
    library
}

#[test]
fn every_limit_of_every_standard_matters() {
    let library = library();
    let mut limits = 0;
    for standard in library.services.values().flatten() {
        let rows = batch(standard);
        let plain = verdicts(&library, &rows);
        let mut differs = |what: String, change: &dyn Fn(&mut Standard)| {
            limits += 1;
            let nudged = verdicts(&changed(&library, standard, change), &rows);
            assert_ne!(plain, nudged, "{} {what}", standard.document);
        };
        differs("total".into(), &|s| s.total.value += 1);
        for step in standard.steps.values() {
            let number = step.number;
            if step.window.is_ok() {
                differs(format!("window of step {number}"), &|s| {
                    let step = s.steps.get_mut(&number).unwrap();
                    step.window = step.window.map(|mut w| {
                        w.value += 1;
                        w
                    });
                });
            }
            let Some(minutes) = step.minutes else {
                continue;
            };
            for (is_max, exists) in [(true, true), (false, minutes.min.is_some())] {
                if !exists {
                    continue;
                }
                differs(
                    format!("minutes of step {number}, maximum: {is_max}"),
                    &|s| {
                        let step = s.steps.get_mut(&number).unwrap();
                        step.minutes = step.minutes.map(|mut m| {
                            match is_max {
                                true => m.max += 1,
                                false => m.min = m.min.map(|v| v + 1),
                            }
                            m
                        });
                    },
                );
            }
        }
    }
    assert!(limits > 60, "only {limits} limits were tried");
}
