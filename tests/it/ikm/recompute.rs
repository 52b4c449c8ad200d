//! Every figure of a survey, recomputed from the forms, the instruments and `tepat score` by a program that shares no code with the
//! measures (tests/python/ikm.py), bootstrap and all. And it must be able to fail.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use tepat::config;
use tepat::measure::ikm::{Input, ikm};
use tepat::score::{ScoreOptions, score};
use tepat::snapshot::{Outcome, ResponseRow};
use tepat::standard::load::{StandardFiles, load_calendar, load_instruments, load_library};

use super::fixture::{CODES, form, period};
use crate::binary::Tepat;
use crate::support::{Case, KOM03, ZONE, date, instant, snapshot};

const AS_OF: &str = "2026-07-01T00:00:00+08:00";

/// The office's own elements, beside the ministry's.
const OWN: [&str; 3] = ["INFORMASI", "KANAL", "INTEGRITAS"];

/// Chance that is the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len() as u64) as usize]
    }

    fn day(&mut self, from: &str, days: u64) -> chrono::NaiveDate {
        date(from) + chrono::Days::new(self.below(days))
    }
}

/// Files received from January 2025 on, some late, some handed over, some rejected, of two services.
fn cases(chance: &mut Chance, count: usize) -> Vec<Case> {
    let mut cases = Vec::new();
    for i in 0..count {
        let received = chance.day("2025-01-06", 520);
        let at = |days: u64| format!("{} 09:00", received + chrono::Days::new(days));
        let decided = 2 + chance.below(30);
        let mut case = Case::received(&at(0))
            .step(6, "", &at(0))
            .id(&format!("K{i:04}"));
        case = match chance.below(10) {
            0 => case,
            1 => case.ends(Outcome::Withdrawn, &at(decided)),
            2 => case.ends(Outcome::Rejected, &at(decided)),
            3 => case
                .ends(Outcome::Rejected, &at(decided))
                .step(17, "", &at(decided + 2)),
            4 | 5 => case
                .step(16, "", &at(decided))
                .ends(Outcome::Issued, &at(decided)),
            _ => case
                .step(16, "", &at(decided))
                .step(17, "", &at(decided + chance.below(20)))
                .ends(Outcome::Issued, &at(decided)),
        };
        case.row.service = chance
            .pick(&[KOM03, KOM03, KOM03, "KOM-03", "LAIN"])
            .to_owned();
        let channel = chance.pick(&["loket", "daring", "jemput bola", ""]);
        case.row.channel = (!channel.is_empty()).then(|| channel.to_owned());
        cases.push(case);
    }
    cases
}

/// Forms since a date, many of them partial, some linked to a case, some to none that is known.
fn forms(chance: &mut Chance, count: usize, since: &str) -> Vec<ResponseRow> {
    let days = (date("2026-07-01") - date(since)).num_days() as u64;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let shared = |text: &str| (!text.is_empty()).then(|| text.into());
    let one = |i: usize| {
        let partial = chance.below(4) == 0;
        let codes = CODES.iter().chain(&OWN);
        let answers: Vec<(&str, u8)> = codes
            .map(|code| match partial && chance.below(3) == 0 {
                true => (*code, 0),
                false => (*code, [1, 2, 3, 3, 3, 4, 4][chance.below(7) as usize]),
            })
            .collect();
        let mut one = form(&format!("R{i:05}"), &answers);
        one.answered_on = chance.day(since, days);
        one.service = chance
            .pick(&[KOM03, KOM03, "KOM-03", "LAIN", "BARU"])
            .into();
        one.case_id = some(&match chance.below(3) {
            0 => String::new(),
            _ => format!("K{:04}", chance.below(400)),
        });
        one.sex = shared(chance.pick(&["L", "P", "P", ""]));
        one.age = [
            None,
            Some(-3),
            Some(200),
            Some(17),
            Some(20),
            Some(44),
            Some(60),
        ][chance.below(7) as usize];
        one.education = shared(chance.pick(&["SMA", "S1", "S1", "D4", ""]));
        one.occupation = shared(chance.pick(&["PNS", "SWASTA", "Lainnya", "Nelayan", ""]));
        one.hour_band = shared(chance.pick(&["08-12", "13-17", ""]));
        one
    };
    (0..count).map(one).collect()
}

fn write_cases(folder: &Path, cases: &[Case]) {
    let instant = |t: Option<i64>| match t {
        Some(t) => tepat::instant::Instant::from_utc_micros(t, ZONE).to_iso(),
        None => String::new(),
    };
    let mut rows =
        "case_id,service,received_at,requires_recommendation,outcome,closed_at,channel\n"
            .to_owned();
    let mut steps = "case_id,step,officer,started_at,completed_at\n".to_owned();
    for Case { row, steps: own } in cases {
        let channel = row.channel.as_deref().unwrap_or("");
        let (received, closed) = (instant(row.received_at), instant(row.closed_at));
        let outcome = row.outcome.code();
        writeln!(
            rows,
            "{},{},{received},false,{outcome},{closed},{channel}",
            row.case_id, row.service
        )
        .unwrap();
        for s in own {
            let officer = s.officer.as_deref().unwrap_or("");
            let (from, to) = (instant(s.started_at), instant(s.completed_at));
            writeln!(steps, "{},{},{officer},{from},{to}", s.case_id, s.step).unwrap();
        }
    }
    std::fs::write(folder.join("cases.csv"), rows).unwrap();
    std::fs::write(folder.join("steps.csv"), steps).unwrap();
}

fn write_forms(file: &Path, forms: &[ResponseRow]) {
    let codes: Vec<&str> = CODES.into_iter().chain(OWN).collect();
    let mut text = format!(
        "response_id,answered_on,service,case_id,sex,age,education,occupation,hour_band,{}\n",
        codes.join(",")
    );
    for f in forms {
        let word = |w: Option<&str>| w.unwrap_or_default().to_owned();
        let age = f.age.map(|a| a.to_string()).unwrap_or_default();
        let answers = codes
            .iter()
            .map(|code| match f.answers.get(code).flatten() {
                Some(a) => a.to_string(),
                None => String::new(),
            });
        let fields = [
            f.response_id.clone(),
            f.answered_on.to_string(),
            f.service.to_string(),
            word(f.case_id.as_deref()),
            word(f.sex.as_deref()),
            age,
            word(f.education.as_deref()),
            word(f.occupation.as_deref()),
            word(f.hour_band.as_deref()),
        ];
        let row: Vec<String> = fields.into_iter().chain(answers).collect();
        writeln!(text, "{}", row.join(",")).unwrap();
    }
    std::fs::write(file, text).unwrap();
}

/// An office with its cases in the store, its forms in a file, its score, and the figures of the library.
struct Surveyed {
    tepat: Tepat,
}

impl Surveyed {
    fn new(settings: &str, forms: &[ResponseRow], cases: &[Case]) -> Self {
        let tepat = Tepat::new();
        tepat.run(&["init", "kantor"]).exits(0);
        let file = tepat.path("kantor/tepat.toml");
        let template = std::fs::read_to_string(&file).unwrap();
        let (before, _) = template.split_once("[ikm]").unwrap();
        let before = before.replace("least_n = 10", "least_n = 20");
        std::fs::write(&file, format!("{before}[ikm]\n{settings}")).unwrap();
        write_cases(tepat.folder.path(), cases);
        write_forms(&tepat.path("responses.csv"), forms);
        for kind in ["cases", "steps"] {
            let import = [
                "import",
                "--workspace",
                "kantor",
                kind,
                &format!("{kind}.csv"),
            ];
            tepat.run(&import).exits(0);
        }
        std::fs::create_dir_all(tepat.path("scores")).unwrap();
        for year in ["2025", "2026"] {
            let [cases, steps] = ["cases", "steps"].map(|kind| format!("scores/{kind}-{year}.csv"));
            let of = [
                "score",
                "--workspace",
                "kantor",
                "--period",
                year,
                "--as-of",
                AS_OF,
            ];
            tepat
                .run(&[&of[..], &["--cases", &cases, "--steps", &steps]].concat())
                .exits(0);
        }
        let surveyed = Self { tepat };
        surveyed.measure(forms, cases);
        surveyed
    }

    /// Writes the figures and what the recomputation reads of a manifest.
    fn measure(&self, forms: &[ResponseRow], cases: &[Case]) {
        let office = self.tepat.path("kantor");
        let settings = config::load(&office).unwrap();
        let files = StandardFiles::workspace(&office).unwrap();
        let calendar = load_calendar(&settings.calendar, &files, ZONE, false).unwrap();
        let library = load_library(&files, Arc::new(calendar)).unwrap();
        let as_of = instant("2026-07-01 00:00");
        let options = ScoreOptions { as_of, pause: None };
        let scored = score(&snapshot(cases), &library, ZONE, options).unwrap();
        let measured = ikm(Input {
            responses: forms,
            instruments: &load_instruments(&files).unwrap(),
            settings: &settings.ikm,
            rules: &settings.rules,
            library: &library,
            cases: &scored.cases,
            followups: &[],
            reading: &[],
            period: period("2026-S1"),
            as_of,
        })
        .unwrap()
        .figures;
        let edition = self.edition();
        std::fs::create_dir_all(&edition).unwrap();
        let figures = serde_json::to_vec(&measured).unwrap();
        std::fs::write(edition.join("figures.json"), figures).unwrap();
        let manifest = serde_json::json!({ "inputs": {
            "period": "2026-S1", "as_of": AS_OF, "settings": { "least_n": settings.rules.least_n },
        }});
        std::fs::write(edition.join("manifest.json"), manifest.to_string()).unwrap();
    }

    fn edition(&self) -> PathBuf {
        self.tepat.path("edition")
    }

    /// The differences that the recomputation finds, one a line, and how many figures it compared.
    fn differences(&self) -> (Vec<String>, String) {
        let python = std::env::var_os("TEPAT_PM4PY").expect(
            "TEPAT_PM4PY names no Python: run tests/all.sh, which installs one, or set it to one of 3.11 or later",
        );
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let output = Command::new(&python)
            .arg("-B")
            .arg(root.join("tests/python/ikm.py"))
            .args([
                self.tepat.path("kantor"),
                self.edition(),
                self.tepat.path("scores"),
            ])
            .arg(root.join("standards"))
            .args([
                self.tepat.path("responses.csv"),
                self.tepat.path("cases.csv"),
            ])
            .output()
            .unwrap_or_else(|e| panic!("{}: {e}", python.to_string_lossy()));
        let stdout = String::from_utf8(output.stdout).unwrap();
        let found: Vec<String> = stdout.lines().map(str::to_owned).collect();
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        // 0: none, 1: some, and each is printed; Python itself ends with 1 when it breaks, and prints nothing then.
        let told = match output.status.code() {
            Some(0) => found.is_empty(),
            Some(1) => !found.is_empty(),
            _ => false,
        };
        assert!(told && stderr.contains(" figures, "), "{stderr}");
        (found, stderr)
    }

    fn assert_recomputed(&self, least: usize) {
        let (found, told) = self.differences();
        let first: Vec<&str> = found.iter().take(20).map(String::as_str).collect();
        assert!(
            found.is_empty(),
            "{} differences, of them:\n{}",
            found.len(),
            first.join("\n")
        );
        let figures: usize = told.split(' ').next().unwrap().parse().unwrap();
        assert!(figures >= least, "{told}");
    }
}

#[test]
fn every_figure_of_a_survey_is_the_one_recomputed_from_forms_instruments_and_score() {
    let mut chance = Chance(5);
    let cases = cases(&mut chance, 350);
    let forms = forms(&mut chance, 700, "2025-01-01");
    let settings = "internal = [\"internal-contoh\"]\n";
    let surveyed = Surveyed::new(settings, &forms, &cases);
    surveyed.assert_recomputed(5_000);

    // One figure altered in its ninth digit, one row taken away, one answer changed: each is found.
    let file = surveyed.edition().join("figures.json");
    let mut rows: Vec<serde_json::Value> =
        serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    let bound = rows
        .iter_mut()
        .find(|f| f["indicator"] == "ikm.linked.difference.low" && f["value"].is_f64())
        .unwrap();
    bound["value"] = (bound["value"].as_f64().unwrap() * (1.0 + 1e-7)).into();
    let gone = rows
        .iter()
        .position(|f| f["indicator"] == "ikm.alpha")
        .unwrap();
    rows.remove(gone);
    std::fs::write(&file, serde_json::to_vec(&rows).unwrap()).unwrap();
    let (found, _) = surveyed.differences();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].starts_with("not published: ikm.alpha"),
        "{found:?}"
    );
    assert!(
        found[1].starts_with("differs: ikm.linked.difference.low"),
        "{found:?}"
    );
}

#[test]
fn every_figure_under_complete_forms_and_against_an_archived_result_is_recomputed_too() {
    let mut chance = Chance(11);
    let cases = cases(&mut chance, 120);
    let mut forms = forms(&mut chance, 260, "2025-07-01");
    let settings = "partial_forms = \"complete\"\nage_bands = [18, 44]\n[[ikm.archive]]\nperiod = \"2025-S1\"\ninstrument = \"permenpanrb-14-2017\"\nvalue = \"81,37\"\ngrade = \"B\"\n";
    let surveyed = Surveyed::new(settings, &forms, &cases);
    surveyed.assert_recomputed(2_000);

    let changed = forms
        .iter_mut()
        .rev()
        .find(|f| f.answered_on >= date("2026-01-01"))
        .unwrap();
    let answers: Vec<(&str, Option<u8>)> =
        changed.answers.iter().map(|(c, _)| (c, Some(1))).collect();
    changed.answers = answers.into_iter().collect();
    write_forms(&surveyed.tepat.path("responses.csv"), &forms);
    let (found, _) = surveyed.differences();
    for indicator in [
        "ikm.unit ",
        "ikm.element ",
        "ikm.element.answers ",
        "ikm.alpha ",
    ] {
        let differs = format!("differs: {indicator}");
        assert!(
            found.iter().any(|d| d.starts_with(&differs)),
            "{indicator}: {found:?}"
        );
    }
}
