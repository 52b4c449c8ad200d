use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::instant::{Day, day_of};
use crate::snapshot::{Outcome, ResponseRow};
use crate::standard::calendar::{Holiday, HolidayKind, YearStatus};

/// A calendar with the holidays that matter here.
fn calendar() -> Calendar {
    let mut holidays = BTreeMap::new();
    for (date, name) in [
        ("2024-04-10", "Hari Raya Idul Fitri 1445 H"),
        ("2024-08-17", "Hari Kemerdekaan"),
        ("2024-12-25", "Hari Raya Natal"),
        ("2025-03-31", "Hari Raya Idul Fitri 1446 H"),
        ("2025-12-25", "Hari Raya Natal"),
        ("2026-03-21", "Hari Raya Idul Fitri 1447 H"),
    ] {
        let holiday = Holiday {
            kind: HolidayKind::National,
            name: name.into(),
            basis: "SKB".into(),
        };
        holidays.insert(date.parse().unwrap(), vec![holiday]);
    }
    Calendar {
        name: "uji".into(),
        zone: chrono_tz::Asia::Makassar,
        files: vec!["uji.toml".into()],
        digest: String::new(),
        years: (2024..=2027).map(|y| (y, YearStatus::Final)).collect(),
        holidays,
        openings: BTreeMap::new(),
        special: Vec::new(),
        joint_leave_works: false,
    }
}

fn clean() -> DemoData {
    let plan = Plan {
        dirty: false,
        ..Plan::default()
    };
    generate(&calendar(), &plan).unwrap()
}

/// Share on time, in percent, of the cases without recommendation and pause decided in each month, counted naively: working
/// days between registration and step 16.
fn on_time_by_month(data: &DemoData) -> BTreeMap<(i32, u32), (u32, u32)> {
    use chrono::Datelike;
    let table = DayTable::working(&calendar(), &service_hours());
    let mut months = BTreeMap::new();
    let paused: BTreeSet<&str> = steps_of(data, 8).map(|s| s.case_id.as_str()).collect();
    let started: BTreeMap<&str, i64> = steps_of(data, 6)
        .filter_map(|s| Some((s.case_id.as_str(), s.completed_at?)))
        .collect();
    for case in &data.cases {
        let permit = permits::PERMITS.iter().find(|p| p.service == case.service);
        let (Some(permit), Outcome::Issued, Some(closed)) = (permit, case.outcome, case.closed_at)
        else {
            continue;
        };
        let id = case.case_id.as_str();
        if case.requires_recommendation || paused.contains(id) || permit.service == "SOP-CONTOH-03"
        {
            continue;
        }
        let day = |t: i64| local_seconds(t).div_euclid(DAY_SECONDS) as Day;
        let used = table.idx(day(closed)) - table.idx(day(started[id]));
        let date = crate::instant::date_of(day(closed));
        let entry: &mut (u32, u32) = months.entry((date.year(), date.month())).or_default();
        entry.0 += u32::from(used <= permit.limit.value);
        entry.1 += 1;
    }
    months
}

fn steps_of(data: &DemoData, step: i32) -> impl Iterator<Item = &StepRow> {
    data.steps.iter().filter(move |s| s.step == step)
}

#[test]
fn equal_plans_give_equal_bytes_and_other_seeds_do_not() {
    let one = generate(&calendar(), &Plan::default()).unwrap();
    let same = generate(&calendar(), &Plan::default()).unwrap();
    assert_eq!(one, same);
    let plan = Plan {
        seed: 1,
        ..Plan::default()
    };
    assert_ne!(one, generate(&calendar(), &plan).unwrap());
    let bytes = |data: &DemoData| {
        let dir = tempfile::tempdir().unwrap();
        let (cases, steps) = write_rows(dir.path(), data).unwrap();
        (std::fs::read(cases).unwrap(), std::fs::read(steps).unwrap())
    };
    assert_eq!(bytes(&one), bytes(&same));
}

#[test]
fn the_office_is_as_large_as_planned() {
    let data = clean();
    assert!(
        (2_700..3_300).contains(&data.cases.len()),
        "{}",
        data.cases.len()
    );
    let per_case = data.steps.len() as f64 / data.cases.len() as f64;
    assert!((9.0..15.0).contains(&per_case), "{per_case}");
    let ids: BTreeSet<&str> = data.cases.iter().map(|c| c.case_id.as_str()).collect();
    assert_eq!(ids.len(), data.cases.len());
}

#[test]
fn nothing_happens_after_the_extract_or_before_the_receipt() {
    let data = clean();
    let extract = utc_micros(Plan::default().extract());
    let received: BTreeMap<&str, i64> = data
        .cases
        .iter()
        .map(|c| (c.case_id.as_str(), c.received_at.unwrap()))
        .collect();
    for s in &data.steps {
        for t in [s.started_at, s.completed_at].into_iter().flatten() {
            assert!(t <= extract && t >= received[s.case_id.as_str()], "{s:?}");
        }
        if let (Some(a), Some(b)) = (s.started_at, s.completed_at) {
            assert!(a <= b, "{s:?}");
        }
    }
    assert!(
        data.cases
            .iter()
            .all(|c| (c.outcome == Outcome::Open) == c.closed_at.is_none())
    );
}

#[test]
fn most_cases_are_on_time_and_spring_2025_shows_the_bottleneck() {
    let months = on_time_by_month(&clean());
    let share = |of: &[(i32, u32)]| {
        let sum = of
            .iter()
            .fold((0, 0), |a, m| (a.0 + months[m].0, a.1 + months[m].1));
        100.0 * f64::from(sum.0) / f64::from(sum.1)
    };
    let usual: Vec<_> = (2..=12).map(|m| (2024, m)).collect();
    assert!(
        (80.0..92.0).contains(&share(&usual)),
        "usual {} {months:?}",
        share(&usual)
    );
    let stuck = share(&[(2025, 4), (2025, 5), (2025, 6)]);
    assert!(
        (55.0..76.0).contains(&stuck),
        "bottleneck {stuck} {months:?}"
    );
    let latest = share(&[(2026, 5), (2026, 6)]);
    assert!((68.0..90.0).contains(&latest), "latest {latest} {months:?}");
}

#[test]
fn every_kind_of_case_is_there() {
    let data = clean();
    let count = |o: Outcome| data.cases.iter().filter(|c| c.outcome == o).count();
    for outcome in Outcome::ALL {
        assert!(count(outcome) > 20, "{outcome:?} {}", count(outcome));
    }
    for step in [2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18] {
        assert!(
            steps_of(&data, step).count() > 100 || step == 9,
            "step {step}"
        );
    }
    let mut returns = BTreeMap::<&str, u32>::new();
    steps_of(&data, 8).for_each(|s| *returns.entry(&s.case_id).or_default() += 1);
    assert!(returns.values().filter(|n| **n > 1).count() > 20);
    let open_at = |step| {
        steps_of(&data, step)
            .filter(|s| s.completed_at.is_none())
            .count()
    };
    assert!(
        open_at(8) > 3 && open_at(10) > 10,
        "{} {}",
        open_at(8),
        open_at(10)
    );
}

#[test]
fn fewer_apply_around_lebaran_and_more_before_the_year_ends() {
    let data = clean();
    let between = |from: &str, days: i32| {
        let from = day_of(from.parse().unwrap());
        let day =
            |c: &CaseRow| local_seconds(c.received_at.unwrap()).div_euclid(DAY_SECONDS) as Day;
        data.cases
            .iter()
            .filter(|c| (from..from + days).contains(&day(c)))
            .count()
    };
    assert!(between("2024-04-01", 19) * 10 < between("2024-05-01", 19) * 7);
    assert!(between("2025-11-01", 30) * 10 > between("2025-01-01", 31) * 12);
}

#[test]
fn dirt_adds_each_kind_of_mistake_and_loses_nothing() {
    let data = generate(&calendar(), &Plan::default()).unwrap();
    let base = clean();
    assert!(data.steps.len() > base.steps.len() && data.cases.len() > base.cases.len());
    let known: BTreeSet<&str> = data.cases.iter().map(|c| c.case_id.as_str()).collect();
    let with_steps: BTreeSet<&str> = data.steps.iter().map(|s| s.case_id.as_str()).collect();
    let extract = utc_micros(Plan::default().extract());
    let some = |found: &dyn Fn(&StepRow) -> bool| data.steps.iter().filter(|s| found(s)).count();
    assert!(some(&|s| s.step == 27) >= 3);
    assert!(some(&|s| s.officer.is_none()) > 20);
    assert!(some(&|s| s.started_at.is_none()) > 50);
    assert!(some(&|s| !known.contains(s.case_id.as_str())) >= 5);
    assert_eq!(some(&|s| s.completed_at > Some(extract)), 1);
    assert!(
        some(&|s| s.completed_at.is_some()
            && s.completed_at < s.started_at
            && s.started_at.is_some())
            > 0
    );
    assert!(data.steps.windows(2).filter(|w| w[0] == w[1]).count() >= 5);
    assert!(data.cases.iter().any(|c| c.service == "SOP-LAMA-99"));
    assert!(known.iter().any(|id| !with_steps.contains(id)));
    let mut seconds = BTreeMap::<i64, u32>::new();
    steps_of(&data, 17)
        .filter_map(|s| s.completed_at)
        .for_each(|t| *seconds.entry(t).or_default() += 1);
    assert!(
        seconds.values().max() >= Some(&(crate::snapshot::checks::REGULAR_CASES as u32)),
        "{:?}",
        seconds.values().max()
    );
}

#[test]
fn a_plan_past_the_calendar_is_refused() {
    let plan = Plan {
        months: 60,
        ..Plan::default()
    };
    let error = generate(&calendar(), &plan).unwrap_err().to_string();
    assert!(
        error.contains("2029-01-01") && error.contains("uji.toml"),
        "{error}"
    );
}

#[test]
fn the_settings_of_the_demo_are_valid_and_marked() {
    let settings = crate::config::parse("tepat.toml", SETTINGS, String::new()).unwrap();
    assert!(settings.office.synthetic && settings.office.name.contains("data sintetis"));
}

#[test]
fn the_texts_of_the_rows_need_no_escaping() {
    let data = generate(&calendar(), &Plan::default()).unwrap();
    let plain = |text: &str| !text.contains([',', '"', '\n', '\r']);
    for c in &data.cases {
        let texts = [&c.applicant, &c.region, &c.channel];
        assert!(plain(&c.case_id) && texts.iter().all(|t| t.as_deref().is_none_or(plain)));
    }
    for s in &data.steps {
        assert!(
            [&s.officer, &s.result]
                .iter()
                .all(|t| t.as_deref().is_none_or(plain))
        );
    }
}

#[test]
fn the_demos_standards_load_beside_the_shipped_one() {
    use crate::standard::load::{StandardFiles, load_calendar, load_library};
    let dir = tempfile::tempdir().unwrap();
    write_office(dir.path()).unwrap();
    let files = StandardFiles::workspace(dir.path()).unwrap();
    let calendar = load_calendar("kaltim", &files, chrono_tz::Asia::Makassar, false).unwrap();
    let library = load_library(&files, std::sync::Arc::new(calendar)).unwrap();
    for permit in &permits::PERMITS {
        let revisions = library.revisions(permit.service).unwrap();
        assert_eq!(
            revisions[0].synthetic,
            permit.is_made_up(),
            "{}",
            permit.service
        );
        assert_eq!(revisions[0].total, permit.limit, "{}", permit.service);
        assert_eq!(
            revisions[0].days.idx(day_of("2026-06-30".parse().unwrap())),
            DayTable::working(&library.calendar, &service_hours())
                .idx(day_of("2026-06-30".parse().unwrap()))
        );
    }
}

fn forms(data: &DemoData, plan: &Plan) -> Vec<ResponseRow> {
    survey(&calendar(), plan, data)
}

#[test]
fn some_four_in_ten_of_those_served_answer_the_survey_more_of_them_online() {
    let data = clean();
    let plan = Plan {
        dirty: false,
        ..Plan::default()
    };
    let forms = forms(&data, &plan);
    let handed = |channel: &str| {
        let issued = |c: &&CaseRow| c.outcome == Outcome::Issued && c.closed_at.is_some();
        let all = data.cases.iter().filter(issued);
        let ids = all.filter(|c| c.channel.as_deref() == Some(channel));
        ids.map(|c| c.case_id.as_str()).collect::<BTreeSet<_>>()
    };
    let (online, counter) = (handed("Daring"), handed("Loket"));
    let share = forms.len() * 1_000 / (online.len() + counter.len());
    assert!((300..400).contains(&share), "{share} of 1,000");
    let linked = forms.iter().filter_map(|f| f.case_id.as_deref());
    let linked: Vec<&str> = linked.collect();
    assert!(linked.len() * 10 > forms.len() * 8, "most name their case");
    let of = |ids: &BTreeSet<&str>| {
        let answered = linked.iter().filter(|id| ids.contains(**id)).count();
        answered * 1_000 / ids.len()
    };
    assert!(
        of(&online) > of(&counter) + 80,
        "{} {}",
        of(&online),
        of(&counter)
    );
}

#[test]
fn forms_are_answered_within_the_data_and_say_what_late_and_fee_make_of_them() {
    let data = generate(&calendar(), &Plan::default()).unwrap();
    let forms = forms(&data, &Plan::default());
    assert!(forms.iter().all(|f| f.answered_on < Plan::default().end()));
    let mean = |code: &str| {
        let given: Vec<f64> = forms
            .iter()
            .filter_map(|f| f.answers.get(code).flatten())
            .map(f64::from)
            .collect();
        assert!(given.len() < forms.len(), "some leave {code} blank");
        given.iter().sum::<f64>() / given.len() as f64
    };
    assert!(mean("BIAYA") > 3.8, "free of charge");
    let others = ["PERSYARATAN", "PROSEDUR", "WAKTU", "PERILAKU", "SARPRAS"].map(mean);
    assert!(others.iter().all(|m| (2.6..3.6).contains(m)), "{others:?}");
    let half_years: BTreeSet<(i32, bool)> = forms
        .iter()
        .map(|f| {
            use chrono::Datelike;
            (f.answered_on.year(), f.answered_on.month() > 6)
        })
        .collect();
    assert_eq!(half_years.len(), 5, "every semester has forms");
    let said = forms.iter().filter(|f| f.suggestion.is_some()).count();
    assert!((40..forms.len() / 5).contains(&said), "{said} suggestions");
}

#[test]
fn the_survey_comes_back_from_its_file_as_it_was_made() {
    let data = generate(&calendar(), &Plan::default()).unwrap();
    let made = forms(&data, &Plan::default());
    let dir = tempfile::tempdir().unwrap();
    let file = write_survey(dir.path(), &made).unwrap();
    let mut reader = csv::Reader::from_path(&file).unwrap();
    let head = reader.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|h| h == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), made.len());
    for (row, form) in rows.iter().zip(&made) {
        assert_eq!(row[0], form.response_id);
        assert_eq!(
            row[at("suggestion")],
            *form.suggestion.as_deref().unwrap_or("")
        );
        let waktu = form.answers.get("WAKTU").flatten();
        assert_eq!(
            row[at("WAKTU")],
            waktu.map_or(String::new(), |a| a.to_string())
        );
    }
    let bytes = std::fs::read(&file).unwrap();
    write_survey(dir.path(), &forms(&data, &Plan::default())).unwrap();
    assert_eq!(
        std::fs::read(&file).unwrap(),
        bytes,
        "equal plans, equal bytes"
    );
}
