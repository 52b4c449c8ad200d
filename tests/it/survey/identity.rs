//! Which form is which: numbers of the file, numbers that are made, numbers that begin again.

use super::*;

#[test]
fn equal_rows_are_forms_of_their_own_and_the_file_again_changes_nothing() {
    let office = Office::new();
    let (file, mapping) = google_forms(&office);
    import(&office, &file, &mapping);
    let first = rows(&office);
    // Three forms of one second: numbered in the order of the file.
    let same: Vec<&str> = first
        .iter()
        .map(|r| r.response_id.as_str())
        .filter(|id| id[..].len() > 20)
        .collect();
    assert_eq!(same.len(), 2, "{same:?}");
    assert!(
        same[0].ends_with("-2") && same[1].ends_with("-3") && same[0].starts_with("SKM/"),
        "{same:?}"
    );
    let again = import(&office, &file, &mapping);
    assert_eq!(counts(&again), [4, 0, 0, 4, 0]);
    assert_eq!(rows(&office), first);

    // Sorted otherwise and with a form more, as an export of next month is.
    let text = String::from_utf8(fixture("google-forms.csv")).unwrap();
    let (header, forms) = text.split_at(text.find("05/01/2026").unwrap());
    let (one, rest) = forms.split_at(forms.find("30/01/2026").unwrap());
    let more = one.replace("05/01/2026", "17/02/2026");
    let file = office.file("berikut.csv", format!("{header}{more}{rest}{one}"));
    assert_eq!(counts(&import(&office, &file, &mapping)), [5, 1, 0, 4, 0]);

    // A correction in the form replaces the form.
    let corrected = office.file("koreksi.csv", text.replace("Sangat cepat", "Tidak cepat"));
    let report = import(&office, &corrected, &mapping);
    assert_eq!(counts(&report), [4, 0, 1, 3, 0]);
    assert!(
        report.examples[0].contains("WAKTU 4 menjadi 1"),
        "{report:?}"
    );
}

#[test]
fn findings_name_the_form_they_are_about() {
    let office = Office::new();
    let (_, mapping) = google_forms(&office);
    let text = String::from_utf8(fixture("google-forms.csv")).unwrap();
    let at = text.rfind("Cepat").unwrap();
    let wrong = format!("{}Kilat{}", &text[..at], &text[at + 5..]);
    let report = import(&office, &office.file("salah.csv", wrong), &mapping);
    let third = rows(&office)
        .into_iter()
        .find(|r| r.response_id.ends_with("-3"))
        .unwrap();
    assert_eq!(third.answers.get("WAKTU"), Some(None));
    assert!(
        report.examples[0].starts_with(&format!("{}: salah.csv:", third.response_id)),
        "{report:?}"
    );
}

#[test]
fn numbers_made_of_the_whole_row_tell_forms_of_one_day_apart() {
    let office = Office::new();
    let mapping = office.file(
        "m.toml",
        "[responses]\nresponse_id = { made_of = \"row\" }\nanswered_on = \"Tanggal\"\nservice = { value = \"K\" }\n",
    );
    let text =
        "Tanggal,Nama,WAKTU\n2026-06-01,Contoh A,4\n2026-06-01,Contoh B,3\n2026-06-01,Contoh C,4\n";
    let file = office.file("a.csv", text);
    assert_eq!(counts(&import(&office, &file, &mapping)), [3, 3, 0, 0, 0]);
    let ids: Vec<String> = rows(&office).into_iter().map(|r| r.response_id).collect();
    // What is not read makes no number: other names, the same numbers.
    let renamed = office.file("b.csv", text.replace("Contoh", "Lain"));
    assert_eq!(
        counts(&import(&office, &renamed, &mapping)),
        [3, 0, 0, 3, 0]
    );
    assert_eq!(
        ids.iter().filter(|id| id.ends_with("-2")).count(),
        1,
        "{ids:?}"
    );
    assert!(
        ids.iter().all(|id| id.len() == 16 || id.len() == 18),
        "{ids:?}"
    );
}

#[test]
fn a_form_twice_in_a_file_counts_once_and_two_of_one_number_both() {
    let office = Office::new();
    let text = "response_id,answered_on,service,WAKTU\nR-1,2026-06-01,K,4\nR-1,2026-06-01,K,4\nR-2,2026-06-01,K,4\nR-2,2026-06-02,K,1\n";
    let file = office.file("r.csv", text);
    let report = office.import(Responses, &file);
    assert_eq!(counts(&report), [4, 3, 0, 1, 0]);
    assert_eq!(
        report.examples,
        [
            "R-1: Formulir R-1 tercatat 2 kali dengan isi yang sama; yang sama dihitung satu kali.",
            "R-2: Nomor formulir R-2 dipakai oleh 2 formulir yang berbeda isinya; semuanya dihitung.",
        ]
    );
    assert_eq!(rows(&office).len(), 3);
    let again = office.import(Responses, &file);
    assert_eq!((counts(&again), again.findings), ([4, 0, 0, 4, 0], 2));
}

/// Forms 1 to 6 of a month.
fn month(office: &Office, name: &str, month: u32, answer: u32) -> PathBuf {
    let lines: String = (1..=6)
        .map(|n| format!("{n},2026-{month:02}-{n:02},{answer}\n"))
        .collect();
    office.file(name, format!("No,Tanggal,WAKTU\n{lines}"))
}

#[test]
fn numbers_that_begin_again_in_each_file_are_refused_before_they_replace_forms() {
    let office = Office::new();
    let plain = office.file("m.toml", SHEET);
    import(&office, &month(&office, "jan.csv", 1, 4), &plain);
    let february = month(&office, "feb.csv", 2, 3);
    let refused = office.refused(Responses, &february, Some(&plain));
    assert!(
        refused.contains("feb.csv: 6 of its rows bear the number of a stored one of another day")
            && refused.contains("prefix = \"2026-S1/\""),
        "{refused}"
    );
    assert_eq!(rows(&office).len(), 6, "nothing was imported");
    let prefixed = SHEET.replace("\"No\"", "{ column = \"No\", prefix = \"2026-02/\" }");
    let prefixed = office.file("p.toml", prefixed);
    assert_eq!(
        counts(&import(&office, &february, &prefixed)),
        [6, 6, 0, 0, 0]
    );
    let prefixed = |row: &&ResponseRow| row.response_id == "2026-02/1";
    assert_eq!(rows(&office).iter().filter(prefixed).count(), 1);

    // Dates that were wrong and are put right are the same forms.
    let corrected = month(&office, "jan.csv", 3, 4);
    assert_eq!(
        counts(&import(&office, &corrected, &plain)),
        [6, 0, 6, 0, 0]
    );
}

#[test]
fn a_mapping_without_a_number_says_how_to_have_one_made() {
    let office = Office::new();
    let (file, _) = google_forms(&office);
    for (responses, want) in [
        (
            "service = { value = \"K\" }",
            "response_id = { made_of = [\"Timestamp\"] }",
        ),
        (
            "response_id = { made_of = [] }\nservice = { value = \"K\" }",
            "write the columns that tell forms apart",
        ),
        (
            "response_id = \"No\"\nservice = { column = \"L\", prefix = \"x\" }",
            "only for `response_id`, not for `service`",
        ),
    ] {
        let mapping = office.file("m.toml", format!("[responses]\n{responses}\n"));
        let refused = office.refused(Responses, &file, Some(&mapping));
        assert!(refused.contains(want), "{want}: {refused}");
    }
}
