//! What is kept of a form, and what never is.

use std::fs;

use super::*;
use crate::binary::Tepat;

#[test]
fn names_and_numbers_of_persons_are_nowhere_in_the_store() {
    let office = Office::new();
    let (file, mapping) = google_forms(&office);
    import(&office, &file, &mapping);
    let store = fs::read(office.path().join("state/tepat.db")).unwrap();
    let holds = |text: &str| store.windows(text.len()).any(|w| w == text.as_bytes());
    assert!(
        holds("Antreannya tolong dipercepat"),
        "what is kept is there"
    );
    for (person, number) in [
        ("Contoh Satu", "0800-0000-0001"),
        ("Contoh Dua", "0000-0002"),
        ("Contoh Tiga", "0003"),
    ] {
        assert!(!holds(person) && !holds(number), "{person}");
    }
}

#[test]
fn a_column_of_names_or_numbers_may_not_be_mapped_to_anything() {
    let office = Office::new();
    let file = office.file(
        "r.csv",
        "No,NIK,Nama Lengkap,No. HP,Tanggal,WAKTU\n1,64,A,08,2026-06-01,4\n",
    );
    for (field, name) in [
        ("suggestion", "No. HP"),
        ("case_id", "NIK"),
        ("occupation", "Nama Lengkap"),
    ] {
        let mapping = office.file(
            "m.toml",
            SHEET.replace("[responses]", &format!("[responses]\n{field} = \"{name}\"")),
        );
        let refused = office.refused(Responses, &file, Some(&mapping));
        assert!(
            refused.contains(&format!(
                "column `{name}` holds by its name what tells who somebody is"
            )),
            "{refused}"
        );
    }
    for id in [
        "\"NIK\"",
        "{ made_of = [\"No. HP\", \"Tanggal\"] }",
        "{ column = \"NIK\", prefix = \"S/\" }",
    ] {
        let mapping = office.file("m.toml", SHEET.replace("\"No\"", id));
        let refused = office.refused(Responses, &file, Some(&mapping));
        assert!(refused.contains("tells who somebody is"), "{id}: {refused}");
    }
    let first = SHEET.replace(
        "response_id",
        "suggestion = { first_of = [\"Nama Lengkap\", \"No\"] }\nresponse_id",
    );
    let refused = office.refused(Responses, &file, Some(&office.file("m.toml", first)));
    assert!(refused.contains("`Nama Lengkap`"), "{refused}");
    let report = import(&office, &file, &office.file("m.toml", SHEET));
    assert_eq!(report.ignored, ["NIK", "Nama Lengkap", "No. HP"]);
}

#[test]
fn a_receipt_number_that_no_case_has_is_kept() {
    let office = Office::new();
    let (file, mapping) = google_forms(&office);
    import(&office, &file, &mapping);
    let linked: Vec<_> = rows(&office)
        .into_iter()
        .filter_map(|r| r.case_id)
        .collect();
    assert_eq!(
        linked.iter().filter(|id| *id == "BRK-2026-999999").count(),
        2
    );
}

#[test]
fn a_dry_run_says_what_would_be_read_and_keeps_nothing() {
    let tepat = Tepat::new();
    tepat.run(&["init", "k"]).exits(0);
    fs::write(tepat.path("f.csv"), fixture("google-forms.csv")).unwrap();
    fs::write(tepat.path("f.toml"), fixture("google-forms.toml")).unwrap();
    let command = [
        "--workspace",
        "k",
        "import",
        "responses",
        "f.csv",
        "--mapping",
        "f.toml",
    ];
    let shown = tepat
        .run(&[&command[..], &["--dry-run"]].concat())
        .exits(0)
        .stdout();
    for part in [
        "response_id <- \"SKM/\" and made of \"Cap waktu\"",
        "answered_on <- \"Cap waktu\"",
        "SARPRAS <- \"8. Bagaimana pendapat Saudara tentang kualitas sarana dan pr…\"",
        "blank answers, counted as missing: PENGADUAN 1",
        "columns not read: Nama Lengkap (boleh dikosongkan), Nomor HP/WA",
        "sex \"P\"",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    assert!(!shown.contains("Responden Contoh"), "{shown}");
    let json = tepat
        .run(&[&command[..], &["--json"]].concat())
        .exits(0)
        .stdout();
    let said: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(said[0]["blank_answers"]["PENGADUAN"], 1);
}
