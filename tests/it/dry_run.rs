//! `tepat import --dry-run` with the real binary: what is shown, and that nothing is stored.

use serde_json::Value;

use super::binary::Tepat;

const LOG: &str = "Nomor;Langkah;Petugas;Mulai;Telepon\n\
    B-1;6,0;P1;01/06/2026 08.00;0812\nB-1;7;;kemarin;0813\n;7;P1;01/06/2026 08.00;\n";
const MAPPING: &str = "[steps]\ncase_id = \"Nomor\"\nstep = \"Langkah\"\nofficer = \"Petugas\"\n\
    started_at = { column = \"Mulai\", format = \"%d/%m/%Y %H.%M\" }\n";

fn office() -> Tepat {
    let tepat = Tepat::new();
    tepat.run(&["init", "kantor"]).exits(0);
    let bom = [b"\xEF\xBB\xBF", LOG.as_bytes()].concat();
    std::fs::write(tepat.path("log.csv"), bom).unwrap();
    std::fs::write(tepat.path("m.toml"), MAPPING).unwrap();
    std::fs::remove_dir_all(tepat.path("kantor/state")).unwrap();
    tepat
}

const IMPORT: &[&str] = &[
    "--workspace",
    "kantor",
    "import",
    "steps",
    "log.csv",
    "--mapping",
    "m.toml",
];

#[test]
fn a_dry_run_shows_what_was_understood_and_stores_nothing() {
    let tepat = office();
    let shown = tepat
        .run(&[IMPORT, &["--dry-run"]].concat())
        .exits(0)
        .stdout();
    for part in [
        "log.csv: 3 rows of steps: 2 could be read, 1 rejected, 2 findings",
        "read as: UTF-8 with byte order mark, delimiter \";\", decimal comma",
        "started_at <- \"Mulai\" as %d/%m/%Y %H.%M",
        "columns not read: Telepon",
        "row 1: case_id \"B-1\", step 6, officer \"P1\", started_at \"2026-06-01T08:00:00+08:00\"",
        "B-1: log.csv:3: Kolom started_at berisi “kemarin”",
        "Dry run: nothing was stored.",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    assert!(!tepat.path("kantor/state").exists());

    let json = tepat
        .run(&[IMPORT, &["--dry-run", "--json"]].concat())
        .exits(0)
        .stdout();
    let files: Value = serde_json::from_str(&json).unwrap();
    let file = &files[0];
    assert_eq!(file["detected"]["delimiter"], ";");
    assert_eq!(file["columns"][0]["column"], "case_id");
    assert_eq!(
        file["first_rows"][0]["started_at"],
        "2026-06-01T08:00:00+08:00"
    );
    assert_eq!(file["findings"].as_array().map(Vec::len), Some(2));
    assert_eq!((&file["rows"], &file["rejected"]), (&3.into(), &1.into()));
    assert!(!tepat.path("kantor/state").exists());

    // The import itself says the same of the same file.
    let stored = tepat.run(IMPORT).exits(0).stdout();
    assert!(
        stored.contains("3 rows of steps: 2 new, 0 replaced, 0 the same, 1 rejected, 2 findings")
    );
    assert!(stored.contains("read as: UTF-8 with byte order mark, delimiter \";\", decimal comma"));
}

#[test]
fn a_dry_run_ends_as_the_import_would() {
    let tepat = office();
    std::fs::write(
        tepat.path("log.csv"),
        "Nomor;Langkah;Petugas;Mulai\n;7;P1;\n",
    )
    .unwrap();
    tepat.run(&[IMPORT, &["--dry-run"]].concat()).exits(1);
    std::fs::write(tepat.path("log.csv"), "Nomor;Langkah\n").unwrap();
    tepat
        .run(&[IMPORT, &["--dry-run"]].concat())
        .exits(1)
        .complains(&["columns missing: Petugas, Mulai"]);
    std::fs::write(tepat.path("m.toml"), "[stps]\n").unwrap();
    tepat.run(&[IMPORT, &["--dry-run"]].concat()).exits(2);
    assert!(!tepat.path("kantor/state").exists());
}
