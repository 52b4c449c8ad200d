//! The real binary, as a person or a script meets it: output, exit codes, and what is left on disk.

use std::path::Path;

use assert_cmd::Command;

use crate::binary::Tepat;

#[test]
fn init_makes_a_workspace_and_leaves_an_existing_one_alone() {
    let tepat = Tepat::new();
    tepat.run(&["init", "office"]).exits(0);
    let settings = std::fs::read(tepat.path("office/tepat.toml")).unwrap();
    assert_eq!(settings, tepat::config::TEMPLATE.as_bytes());
    assert!(tepat.path("office/standards/sop").is_dir());
    std::fs::write(tepat.path("office/tepat.toml"), "mine").unwrap();
    tepat
        .run(&["init", "office"])
        .exits(2)
        .complains(&["office/tepat.toml", "there already"]);
    assert_eq!(
        std::fs::read(tepat.path("office/tepat.toml")).unwrap(),
        b"mine"
    );
}

#[test]
fn init_works_in_the_workspace_named() {
    let tepat = Tepat::new();
    let ran = tepat.run(&["--workspace", "w", "--quiet", "init"]).exits(0);
    assert_eq!(ran.stdout(), "");
    assert!(tepat.path("w/tepat.toml").is_file());
}

#[test]
fn init_in_a_place_that_is_a_file_is_one_sentence() {
    let tepat = Tepat::new();
    std::fs::write(tepat.path("file"), "").unwrap();
    let ran = tepat
        .run(&["init", "file"])
        .exits(1)
        .complains(&["tepat: ", "cannot be made"]);
    assert_eq!(ran.stderr().lines().count(), 1, "{}", ran.stderr());
}

#[test]
fn completions_name_the_commands_for_every_shell() {
    let tepat = Tepat::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = tepat.run(&["completions", shell]).exits(0).stdout();
        assert!(
            script.contains("demo") && script.contains("workspace"),
            "{shell}"
        );
    }
    tepat
        .run(&["completions", "basic"])
        .exits(2)
        .complains(&["basic", "bash"]);
}

#[test]
fn the_manual_describes_the_program_and_each_command() {
    let tepat = Tepat::new();
    let page = tepat.run(&["man"]).exits(0).stdout();
    assert!(
        page.contains(".TH tepat") && page.contains("Exit codes"),
        "{page}"
    );
    assert!(
        tepat
            .run(&["man", "demo"])
            .exits(0)
            .stdout()
            .contains("no\\-run")
    );
    tepat
        .run(&["man", "dance"])
        .exits(2)
        .complains(&["`dance`", "demo, "]);
}

#[test]
fn wrong_usage_exits_with_2_and_says_what_is_allowed() {
    let tepat = Tepat::new();
    tepat.run(&[]).exits(2).complains(&["Usage"]);
    tepat.run(&["dance"]).exits(2).complains(&["dance"]);
    tepat
        .run(&["demo", "--months", "0"])
        .exits(2)
        .complains(&["0", "1"]);
    tepat
        .run(&["demo", "--months", "48"])
        .exits(2)
        .complains(&["48", "47"]);
    assert!(
        tepat
            .run(&["--help"])
            .exits(0)
            .stdout()
            .contains("--workspace")
    );
    assert!(
        tepat
            .run(&["--version"])
            .exits(0)
            .stdout()
            .starts_with("tepat ")
    );
}

#[test]
fn a_log_filter_that_is_none_is_refused() {
    let tepat = Tepat::new();
    let output = Command::cargo_bin("tepat")
        .unwrap()
        .current_dir(tepat.folder.path())
        .env("TEPAT_LOG", "=loud=")
        .arg("man")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.contains("TEPAT_LOG") && stderr.contains("=loud="),
        "{stderr}"
    );
}

#[test]
fn the_demos_data_has_the_same_bytes_twice() {
    let tepat = Tepat::new();
    let read = |name: &str| std::fs::read(tepat.path(name)).unwrap();
    tepat.run(&["demo", "one", "--no-run"]).exits(0);
    tepat.run(&["demo", "two", "--no-run"]).exits(0);
    for file in [
        "tepat.toml",
        "data/cases.csv",
        "data/steps.csv",
        "standards/sop/SOP-CONTOH-03.rev01.toml",
    ] {
        assert!(
            read(&format!("one/{file}")) == read(&format!("two/{file}")),
            "{file}"
        );
    }
    let before = read("one/data/steps.csv");
    tepat.run(&["demo", "one", "--no-run"]).exits(0);
    assert!(before == read("one/data/steps.csv"));
    assert!(before.starts_with(b"case_id,step,officer,started_at,completed_at,result\n"));
}

#[test]
fn a_demo_never_touches_a_real_office() {
    let tepat = Tepat::new();
    tepat.run(&["init", "office"]).exits(0);
    std::fs::create_dir_all(tepat.path("office/state")).unwrap();
    tepat
        .run(&["demo", "office", "--no-run"])
        .exits(2)
        .complains(&["office/tepat.toml", "not synthetic"]);
    assert!(Path::new(&tepat.path("office/state")).is_dir());
    assert!(!tepat.path("office/data").exists());
}

#[test]
fn an_office_goes_from_files_to_an_edition() {
    let tepat = Tepat::new();
    tepat
        .run(&["demo", "d", "--no-run", "--months", "3"])
        .exits(0);
    tepat
        .run(&["--workspace", "d", "check"])
        .exits(1)
        .complains(&["no store yet", "tepat import"]);
    tepat
        .run(&["--workspace", "d", "import", "cases", "d/data/cases.csv"])
        .exits(0);
    tepat
        .run(&["--workspace", "d", "import", "steps", "d/data/steps.csv"])
        .exits(0);
    let again = tepat
        .run(&["--workspace", "d", "import", "steps", "d/data/steps.csv"])
        .exits(0);
    assert!(
        again.stdout().contains("same rows as before"),
        "{}",
        again.stdout()
    );
    let checked = tepat
        .run(&[
            "--workspace",
            "d",
            "check",
            "--as-of",
            "2024-04-01",
            "--json",
        ])
        .exits(0);
    let checked: serde_json::Value = serde_json::from_str(&checked.stdout()).unwrap();
    assert_eq!(checked["blocking"], 0);
    assert!(
        checked["findings"]["duplicate_row"].as_u64() > Some(0),
        "{checked}"
    );
    let run = [
        "--workspace",
        "d",
        "run",
        "--report",
        "monthly",
        "--period",
        "2024-03",
        "--json",
    ];
    let first: serde_json::Value =
        serde_json::from_str(&tepat.run(&run).exits(0).stdout()).unwrap();
    let second: serde_json::Value =
        serde_json::from_str(&tepat.run(&run).exits(0).stdout()).unwrap();
    assert_eq!(
        (&first["edition"], &first["new"]),
        (&1.into(), &true.into())
    );
    assert_eq!(
        (&second["edition"], &second["new"]),
        (&1.into(), &false.into())
    );
    let page =
        std::fs::read_to_string(tepat.path("d/reports/2024-03/monthly/1/monthly-2024-03.html"))
            .unwrap();
    assert!(page.contains("Data sintetis"));
}

#[test]
fn score_and_explain_agree_on_a_case() {
    let tepat = Tepat::new();
    tepat
        .run(&["demo", "d", "--no-run", "--months", "2"])
        .exits(0);
    for kind in ["cases", "steps"] {
        tepat
            .run(&[
                "--workspace",
                "d",
                "import",
                kind,
                &format!("d/data/{kind}.csv"),
            ])
            .exits(0);
    }
    let score = [
        "--workspace",
        "d",
        "score",
        "--period",
        "2024-02",
        "--cases",
        "c.csv",
        "--steps",
    ];
    tepat
        .run(&[&score[..], &["s.txt"]].concat())
        .exits(2)
        .complains(&["s.txt", ".parquet"]);
    tepat.run(&[&score[..], &["s.csv"]].concat()).exits(0);
    let cases = std::fs::read_to_string(tepat.path("c.csv")).unwrap();
    let late = cases.lines().find(|l| l.contains(",late,")).unwrap();
    let id = late.split(',').next().unwrap();
    let explained = tepat
        .run(&["--workspace", "d", "explain", id, "--as-of", "2024-03-01"])
        .exits(0);
    assert!(
        explained.stdout().contains("TERLAMBAT"),
        "{}",
        explained.stdout()
    );
    tepat
        .run(&["--workspace", "d", "explain", "BRK-0"])
        .exits(1)
        .complains(&["`BRK-0`"]);
}

#[test]
fn a_period_that_is_none_or_does_not_fit_the_report_is_refused() {
    let tepat = Tepat::new();
    let run = |period: &str| tepat.run(&["run", "--report", "monthly", "--period", period]);
    run("2026-13").exits(2).complains(&["2026-13", "2026-06"]);
    run("2026-S1").exits(2).complains(&["2026-S1", "monthly"]);
    run("2026-06")
        .exits(2)
        .complains(&["tepat.toml", "tepat init"]);
}

#[test]
fn settings_with_a_mistake_are_shown_with_their_line() {
    let tepat = Tepat::new();
    std::fs::create_dir(tepat.path("office")).unwrap();
    std::fs::write(
        tepat.path("office/tepat.toml"),
        "[office]\nname = 3\nunit = \"B\"\n",
    )
    .unwrap();
    let ran = tepat.run(&["demo", "office", "--no-run"]).exits(2);
    let ran = ran.complains(&["tepat: ", "tepat.toml:2: ", "name = 3"]);
    assert!(
        !ran.stderr().contains('\u{1b}'),
        "colour in a file: {}",
        ran.stderr()
    );
}

#[test]
#[cfg(unix)]
fn a_reader_that_goes_away_ends_the_program_quietly() {
    use std::process::Stdio;
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_tepat"))
        .args(["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

/// A workspace under KOM-03 with one case received in June 2026 and decided in July.
fn june_and_july(tepat: &Tepat) {
    tepat.run(&["init", "."]).exits(0);
    let june = "case_id,service,received_at,requires_recommendation,outcome,closed_at\n\
        A/1,SOP-LP2N-KOM-03,2026-06-02T08:00:00+08:00,false,open,\n";
    let steps = "case_id,step,officer,started_at,completed_at\n\
        A/1,6,P1,2026-06-02T08:30:00+08:00,2026-06-02T08:40:00+08:00\n\
        A/1,7,P2,2026-06-03T08:30:00+08:00,\n";
    std::fs::write(tepat.path("june.csv"), june).unwrap();
    std::fs::write(tepat.path("june-steps.csv"), steps).unwrap();
    tepat.run(&["import", "cases", "june.csv"]).exits(0);
    tepat.run(&["import", "steps", "june-steps.csv"]).exits(0);
}

#[test]
fn june_made_after_july_was_recorded_equals_june_made_before() {
    let tepat = Tepat::new();
    june_and_july(&tepat);
    let june = ["run", "--report", "monthly", "--period", "2026-06"];
    tepat.run(&june).exits(0);
    let july = "case_id,service,received_at,requires_recommendation,outcome,closed_at\n\
        A/1,SOP-LP2N-KOM-03,2026-06-02T08:00:00+08:00,false,issued,2026-07-06T09:00:00+08:00\n\
        A/2,SOP-LP2N-KOM-03,2026-07-02T08:00:00+08:00,false,open,\n\
        A/3,SOP-LP2N-KOM-03,2026-07-02T08:00:00+08:00,false,open,2026-02-31\n";
    let steps = "case_id,step,officer,started_at,completed_at\n\
        A/1,7,P2,2026-06-03T08:30:00+08:00,2026-07-03T08:40:00+08:00\n\
        A/1,16,P3,2026-07-06T08:50:00+08:00,2026-07-06T09:00:00+08:00\n";
    std::fs::write(tepat.path("july.csv"), july).unwrap();
    std::fs::write(tepat.path("july-steps.csv"), steps).unwrap();
    tepat.run(&["import", "cases", "july.csv"]).exits(0);
    tepat.run(&["import", "steps", "july-steps.csv"]).exits(0);
    tepat.run(&june).exits(0);
    let editions = || {
        std::fs::read_dir(tepat.path("reports/2026-06/monthly"))
            .unwrap()
            .count()
    };
    assert_eq!(editions(), 1, "what happened in July changed June");
    // A correction of June does make a new edition, and the first one stays.
    std::fs::write(tepat.path("late.csv"), june_corrected()).unwrap();
    tepat.run(&["import", "cases", "late.csv"]).exits(0);
    tepat.run(&june).exits(0);
    assert_eq!(editions(), 2);
}

fn june_corrected() -> &'static str {
    "case_id,service,received_at,requires_recommendation,outcome,closed_at\n\
     A/1,SOP-LP2N-KOM-03,2026-06-01T08:00:00+08:00,false,issued,2026-07-06T09:00:00+08:00\n"
}
