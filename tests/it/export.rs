//! `tepat export`: what was scored, as an event log, comes back through `tepat import log`, and PM4Py keeps it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::Datelike;
use proptest::prelude::*;
use tepat::finding::Check;
use tepat::instant::Instant;
use tepat::measure::membership::in_scope;
use tepat::period::Period;
use tepat::publish::log::{EventLog, Format, Heading, event_log, write};
use tepat::score::{ScoreOptions, ScoredCase, score_view, seen};
use tepat::snapshot::{CaseRow, Outcome, Snapshot, StepRow};
use tepat::source::files::log::xes::{Entry, XesReader};

use crate::binary::Tepat;
use crate::event_log::log;
use crate::import::{Office, of};
use crate::oracle::World;
use crate::score_properties::generate;
use crate::support::{self, Case, ZONE};
use crate::xes::{Seen, ours, theirs};

/// The log of 2026 as known at `as_of`, and what was seen then.
fn exported(snapshot: &Snapshot, world: &World, as_of: Instant) -> Option<(EventLog, Snapshot)> {
    let period = Period::Year { year: 2026 };
    let seen = seen(snapshot, &world.library, as_of);
    let options = ScoreOptions { as_of, pause: None };
    let scored = score_view(&seen, &world.library, ZONE, options).ok()?;
    let listed: Vec<&ScoredCase> = scored
        .cases
        .iter()
        .filter(|case| in_scope(case, period, as_of))
        .collect();
    let heading = Heading {
        office: "Kantor <Uji> & \"Contoh\"",
        period,
        as_of,
        zone: ZONE,
        is_synthetic: true,
    };
    let log = event_log(&seen, &listed, &world.library.calendar, heading);
    let ids: BTreeSet<&str> = listed.iter().map(|c| c.case_id.as_str()).collect();
    let mut kept = seen.clone();
    kept.cases.retain(|c| ids.contains(c.case_id.as_str()));
    kept.steps.retain(|s| ids.contains(s.case_id.as_str()));
    Some((log, kept))
}

/// The second as scoring reads it: none outside the calendar's years.
fn second(micros: Option<i64>) -> Option<i64> {
    let t = Instant::from_utc_micros(micros?, ZONE);
    (2016..=2027)
        .contains(&t.date().year())
        .then_some(t.utc_seconds())
}

/// The executions of these rows, with an instant: of rows that scoring reads as one the first.
fn executions(steps: &[StepRow]) -> Vec<StepRow> {
    let mut known = BTreeSet::new();
    let read_as = |s: &StepRow| {
        (
            (s.case_id.clone(), s.step),
            (second(s.started_at), second(s.completed_at)),
            (s.officer.clone(), s.result.clone()),
        )
    };
    steps
        .iter()
        .filter(|s| known.insert(read_as(s)))
        .filter(|s| s.started_at.is_some() || s.completed_at.is_some())
        .cloned()
        .collect()
}

fn written(office: &Office, log: &EventLog, name: &str) -> PathBuf {
    let path = office.path().join(name);
    write(&path, Format::of(&path).unwrap(), log).unwrap();
    path
}

/// Text as an office may have it: marks of XML and CSV, blanks inside, letters of any script.
fn words() -> impl Strategy<Value = Option<String>> {
    let text = "[ -~]{1,12}|[<>&\"';,\\n\\t]{1,6}[a-zé😀ā]{1,3}|\u{202a}[א-ת]{1,4}"
        .prop_filter("values have no blanks around them", |s: &String| {
            s.trim() == s && !s.is_empty()
        });
    prop::option::weighted(0.7, text)
}

type Texts = Vec<(Option<String>, Option<String>, Option<u16>)>;

/// Puts texts into the columns that scoring does not need.
fn adorn(snapshot: &mut Snapshot, texts: &Texts) {
    let mut next = texts.iter().cycle().cloned();
    let mut texts = || next.next().unwrap_or_default();
    for case in &mut snapshot.cases {
        (case.region, case.applicant, _) = texts();
        let (channel, _, due) = texts();
        case.channel = channel;
        let base = support::date("2026-06-01");
        case.due_on = due.map(|days| base + chrono::Days::new(u64::from(days)));
    }
    for step in &mut snapshot.steps {
        let (officer, result, _) = texts();
        step.officer = officer.or(step.officer.take());
        step.result = result;
    }
    snapshot.sort();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_is_exported_comes_back(
        mut snapshot in generate::snapshot(),
        texts in prop::collection::vec((words(), words(), prop::option::of(0..90u16)), 1..20),
        as_of in generate::as_of(),
    ) {
        let world = support::kom03();
        adorn(&mut snapshot, &texts);
        let Some((log_of_all, kept)) = exported(&snapshot, &world, as_of) else {
            return Ok(());
        };
        if log_of_all.cases.is_empty() {
            return Ok(());
        }
        let expected = executions(&kept.steps);
        for name in ["log.xes", "log.csv.gz"] {
            let office = Office::new();
            let path = written(&office, &log_of_all, name);
            let (cases, _) = log(&office, &path, None);
            prop_assert_eq!(cases.rejected, 0);
            let read = office.read();
            prop_assert_eq!(&read.cases, &kept.cases, "{}", name);
            prop_assert_eq!(&read.steps, &expected, "{}", name);
            let halves = expected.iter().filter(|s| s.started_at.is_some() != s.completed_at.is_some());
            prop_assert_eq!(of(&read, Check::UnpairedEvent).len(), halves.count());
            prop_assert_eq!(read.findings.len(), of(&read, Check::UnpairedEvent).len(), "{:?}", read.findings);
            if log_of_all.without_time == 0 {
                let again = exported(&read, &world, as_of).map(|(log, _)| log);
                prop_assert_eq!(again.as_ref(), Some(&log_of_all), "exported again");
            }
        }
    }
}

/// Cases of every kind: whole, without steps, with halves, backwards, with fractions, marks of XML, unknown step and service.
fn office_records() -> Snapshot {
    let whole = Case::received("2026-06-01 08:00")
        .id("BRK/1 <&\">")
        .with_recommendation()
        .ends(Outcome::Issued, "2026-06-10 10:00")
        .step_by(
            6,
            "2026-06-01 08:00",
            "2026-06-01 08:10",
            Some("Siti & Budi"),
        )
        .step_by(7, "2026-06-01 09:00", "2026-06-01 09:05", None)
        .step_by(7, "2026-06-01 09:05", "2026-06-01 09:05", Some("P2"))
        .step(12, "2026-06-03 10:00", "2026-06-03 09:00")
        .step(16, "2026-06-09 10:00", "2026-06-10 10:00");
    let halves = Case::received("2026-06-02 08:00")
        .id("BRK/2")
        .step(6, "", "2026-06-02 08:10")
        .step(7, "2026-06-02 09:00", "")
        .step(99, "2026-06-02 09:00", "2026-06-02 09:00:01")
        .step(13, "", "");
    let empty = Case::received("2026-06-03 08:00").id("BRK/3");
    let mut foreign =
        Case::received("")
            .id("BRK/4")
            .step(1, "2026-06-04 08:00", "2026-06-04 08:30");
    foreign.row.service = "LAIN".to_owned();
    foreign.row.region = Some("Kutai\nBarat".to_owned());
    let mut snapshot = support::snapshot(&[whole, halves, empty, foreign]);
    for (n, step) in snapshot.steps.iter_mut().enumerate() {
        step.started_at = step.started_at.map(|t| t + 125_000 * (n as i64 % 3));
        step.result = (n % 2 == 0).then(|| format!("hasil {n}"));
    }
    snapshot.sort();
    snapshot
}

fn of_june() -> (EventLog, Snapshot) {
    exported(
        &office_records(),
        &support::kom03(),
        support::instant("2026-07-01"),
    )
    .unwrap()
}

#[test]
fn the_export_is_xes_that_another_reader_reads_alike() {
    let office = Office::new();
    let (log, kept) = of_june();
    let path = written(&office, &log, "log.xes");
    let bytes = std::fs::read(&path).unwrap();
    let seen = ours(&bytes);
    assert_eq!(seen, theirs(&path));
    let ids: Vec<Option<String>> = seen.iter().map(|(id, _)| id.clone()).collect();
    let want: Vec<Option<String>> = kept.cases.iter().map(|c| Some(c.case_id.clone())).collect();
    assert_eq!(ids, want, "cases in order, the one without steps too");
    let instants = kept
        .steps
        .iter()
        .flat_map(|s| [s.started_at, s.completed_at])
        .flatten();
    let mut instants: Vec<i64> = instants.collect();
    let mut times: Vec<i64> = seen
        .iter()
        .flat_map(|(_, e)| e)
        .filter_map(|(_, t)| *t)
        .collect();
    for (_, events) in &seen {
        assert!(
            events.is_sorted_by_key(|(_, t)| *t),
            "events in order of time"
        );
    }
    instants.sort_unstable();
    times.sort_unstable();
    assert_eq!(times, instants, "one event for each recorded instant");
    assert_eq!(log.without_time, 1);
    let text = String::from_utf8(bytes).unwrap();
    for part in [
        "<log xes.version=\"1849-2016\"",
        "<extension name=\"Lifecycle\" prefix=\"lifecycle\" uri=\"http://www.xes-standard.org/lifecycle.xesext\"/>",
        "<classifier name=\"Langkah\" keys=\"concept:name\"/>",
        "<string key=\"concept:name\" value=\"06 Langkah 6\"/>",
        "<string key=\"concept:name\" value=\"99 (tidak ada dalam standar)\"/>",
        "<date key=\"time:timestamp\" value=\"2026-06-01T08:10:00.000000+08:00\"/>",
        "<string key=\"concept:instance\" value=\"BRK/2/7/1\"/>",
        "<string key=\"day_verdict\" value=\"on_time\"/>",
        "<int key=\"executions_without_time\" value=\"1\"/>",
        "<boolean key=\"synthetic\" value=\"true\"/>",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn keys_are_unique_globals_are_kept_and_verdicts_stand_on_the_last_event() {
    let office = Office::new();
    let bytes = std::fs::read(written(&office, &of_june().0, "log.xes")).unwrap();
    let mut reader = XesReader::new(&bytes[..]).unwrap();
    let entries: Vec<Entry> = reader.by_ref().map(Result::unwrap).collect();
    let declared = reader.declared().clone();
    assert_eq!(declared.len(), 11);
    let mut verdicts = 0;
    for entry in &entries {
        let Entry::Trace(trace) = entry else {
            panic!("an event outside a trace");
        };
        let has = |keys: &[(String, _)], wanted: &str| keys.iter().any(|(k, _)| k == wanted);
        let unique = |keys: Vec<&String>| {
            let set: BTreeSet<&String> = keys.iter().copied().collect();
            assert_eq!(set.len(), keys.len(), "{keys:?}");
        };
        unique(trace.attributes.iter().map(|(k, _)| k).collect());
        for event in &trace.events {
            unique(event.attributes.iter().map(|(k, _)| k).collect());
            verdicts += u32::from(has(&event.attributes, "day_verdict"));
            for key in &declared {
                let held = match key.strip_prefix("case:") {
                    Some(key) => has(&trace.attributes, key),
                    None => has(&event.attributes, key),
                };
                assert!(held, "{key} is declared global");
            }
        }
    }
    // Five executions of the first case, three of the second that have a time, one of the fourth.
    assert_eq!(verdicts, 9);
}

#[test]
fn equal_inputs_give_equal_bytes_and_gzip_holds_the_same() {
    let office = Office::new();
    let (log, _) = of_june();
    for (plain, packed) in [("a.xes", "a.xes.gz"), ("a.csv", "a.csv.gz")] {
        let bytes = |name: &str| std::fs::read(written(&office, &log, name)).unwrap();
        let (first, gz) = (bytes(plain), bytes(packed));
        assert_eq!((first.clone(), gz.clone()), (bytes(plain), bytes(packed)));
        let mut unpacked = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&gz[..]), &mut unpacked)
            .unwrap();
        assert_eq!(unpacked, first);
    }
}

/// What PM4Py saw of a log.
#[derive(serde::Deserialize, PartialEq, Debug)]
struct Counted {
    cases: usize,
    events: usize,
    times: Vec<i64>,
}

#[derive(serde::Deserialize)]
struct FromPm4py {
    log: Counted,
    frame: Counted,
    again: Counted,
    csv: Counted,
}

fn pm4py(given: &Path, rewritten: &Path, csv: &Path) -> FromPm4py {
    let printed = crate::support::pm4py("roundtrip.py", &[given, rewritten, csv]);
    serde_json::from_str(&printed).unwrap_or_else(|e| panic!("{e}"))
}

fn counted(seen: &Seen) -> Counted {
    let mut times: Vec<i64> = seen
        .iter()
        .flat_map(|(_, events)| events)
        .filter_map(|(_, t)| *t)
        .collect();
    times.sort_unstable();
    Counted {
        cases: seen.len(),
        events: seen.iter().map(|(_, events)| events.len()).sum(),
        times,
    }
}

#[test]
fn pm4py_reads_and_writes_the_export_and_nothing_is_lost() {
    let office = Office::new();
    let (exported, kept) = of_june();
    let given = written(&office, &exported, "given.xes");
    let csv = written(&office, &exported, "given.csv");
    let rewritten = office.path().join("rewritten.xes");
    let theirs = pm4py(&given, &rewritten, &csv);
    let ours_of = |path: &Path| counted(&ours(&std::fs::read(path).unwrap()));
    let wanted = ours_of(&given);
    assert_eq!((wanted.cases, wanted.events), (4, 16));
    assert_eq!(theirs.log, wanted);
    assert_eq!(theirs.again, wanted);
    assert_eq!(ours_of(&rewritten), wanted);
    // A data frame has no row for a case without events.
    let of_frame = Counted {
        cases: wanted.cases - 1,
        ..wanted
    };
    assert_eq!(theirs.frame, of_frame);
    assert_eq!(theirs.csv, of_frame);
    let back = Office::new();
    log(&back, &rewritten, None);
    let read = back.read();
    let mut expected: Vec<CaseRow> = kept.cases.clone();
    expected.sort_unstable();
    assert_eq!(read.cases, expected);
    assert_eq!(read.steps, executions(&kept.steps));
}

const SETTINGS: &str = "[office]\nname = \"Kantor Uji\"\nunit = \"Penerimaan\"\nprovince = \"Provinsi Uji\"\ncity = \"Kota Uji\"\n\
    zone = \"Europe/Amsterdam\"\nzone_label = \"waktu setempat\"\n[standards]\ncalendar = \"wabo\"\n";

fn workspace() -> Tepat {
    let tepat = Tepat::new();
    std::fs::create_dir_all(tepat.path("standards/sop")).unwrap();
    std::fs::create_dir_all(tepat.path("standards/calendar")).unwrap();
    std::fs::write(tepat.path("tepat.toml"), SETTINGS).unwrap();
    let copy = |from: &str, to: &str| {
        std::fs::copy(crate::xes::fixture(from), tepat.path(to)).unwrap();
    };
    copy("receipt/standard.toml", "standards/sop/wabo.toml");
    copy("receipt/calendar.toml", "standards/calendar/wabo.toml");
    tepat
}

#[test]
fn a_period_goes_out_by_one_command_and_in_by_another() {
    let tepat = workspace();
    let (log, mapping) = (
        crate::xes::fixture("receipt/invented.xes"),
        crate::xes::fixture("receipt/mapping.toml"),
    );
    let (log, mapping) = (log.to_str().unwrap(), mapping.to_str().unwrap());
    let told = tepat
        .run(&["import", "log", log, "--mapping", mapping])
        .exits(0)
        .stdout();
    assert!(
        told.contains("6 rows of cases: 3 new")
            && told.contains("6 rows of steps: 5 new")
            && told.contains("1 rejected"),
        "{told}"
    );
    let json = tepat
        .run(&["import", "log", log, "--mapping", mapping, "--json"])
        .exits(0)
        .stdout();
    let lines: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&lines[0]["kind"], &lines[1]["kind"]),
        (&"cases".into(), &"steps".into())
    );
    assert_eq!(
        (&lines[0]["same"], &lines[1]["same"]),
        (&3.into(), &5.into())
    );
    let shown = tepat
        .run(&["import", "log", log, "--mapping", mapping, "--dry-run"])
        .exits(0)
        .stdout();
    for part in [
        "invented.xes: 6 rows of cases: 6 could be read",
        "invented.xes: 6 rows of steps: 5 could be read, 1 rejected",
        "read as: XES event log",
        "officer <- \"org:resource\"",
        "Dry run: nothing was stored.",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    let files = ["a.xes", "a.xes.gz", "a.csv", "a.csv.gz"];
    let export = [&["export", "--period", "2011-06"][..], &files].concat();
    let told = tepat.run(&export).exits(0).stdout();
    // case-3 was closed in May and fell due in July; case-2 was received in October.
    assert!(
        told.starts_with(
            "a.xes: 1 cases and 3 events of 2011-06 as of 2011-07-01T00:00:00+02:00\n"
        ),
        "{told}"
    );
    for file in files {
        let other = workspace();
        std::fs::copy(tepat.path(file), other.path(file)).unwrap();
        other.run(&["import", "log", file]).exits(0);
        other
            .run(&["export", "--period", "2011-06", "again.xes"])
            .exits(0);
        let read = |t: &Tepat, name: &str| std::fs::read_to_string(t.path(name)).unwrap();
        assert_eq!(read(&other, "again.xes"), read(&tepat, "a.xes"), "{file}");
    }
}

#[test]
fn an_export_that_cannot_be_written_leaves_nothing() {
    let tepat = workspace();
    let log = crate::xes::fixture("receipt/invented.xes");
    let mapping = crate::xes::fixture("receipt/mapping.toml");
    let arguments = [
        "import",
        "log",
        log.to_str().unwrap(),
        "--mapping",
        mapping.to_str().unwrap(),
    ];
    tepat.run(&arguments).exits(0);
    for (files, code, words) in [
        (
            &["a.xes", "a.parquet"][..],
            2,
            "`a.parquet` ends in none of .xes, .xes.gz, .csv and .csv.gz",
        ),
        (&["a.xes", "a.xes"], 2, "a.xes is named twice"),
        (
            &["no/such/folder/a.xes"],
            1,
            "could not write no/such/folder/a.xes",
        ),
    ] {
        let export = [&["export", "--period", "2011-06"][..], files].concat();
        tepat.run(&export).exits(code).complains(&[words]);
        assert!(!tepat.path("a.xes").exists());
    }
    tepat
        .run(&[
            "export",
            "--period",
            "2011-06",
            "--as-of",
            "2011-01-01",
            "a.xes",
        ])
        .exits(2)
        .complains(&["before 2011-06 begins"]);
}
