//! Columns named by the position of the question: refused until somebody says which order it is.

use insta::assert_snapshot;

use super::*;

/// Answers 1 to 4 by position, so that the eighth and the ninth differ.
fn by_position(office: &Office, names: &[&str]) -> PathBuf {
    let names = names.join(",");
    let count = names.matches(',').count() + 1;
    let given: Vec<String> = (0..count).map(|n| (n % 4 + 1).to_string()).collect();
    office.file(
        "u.csv",
        format!("No,Tanggal,{names}\n7,2026-06-30,{}\n", given.join(",")),
    )
}

const U: [&str; 9] = ["U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9"];

fn mapping(office: &Office, survey: &str) -> PathBuf {
    office.file("u.toml", format!("{SHEET}{survey}"))
}

#[test]
fn positions_alone_are_refused_with_the_reason_and_the_cure() {
    let office = Office::new();
    let file = by_position(&office, &U);
    let refused = office.refused(Responses, &file, Some(&mapping(&office, "")));
    assert_snapshot!(
        refused.split_once("u.csv: ").unwrap().1,
        @r#"columns U1, U2, U3, U4, U5, U6, U7, U8, U9 name the elements of the survey by their position, and no position says which element it is: the regulation (PermenPANRB 14/2017) lists Penanganan Pengaduan 8th and Sarana dan Prasarana 9th, the questionnaire in use asks them the other way round, and published files do both; so nothing is guessed: say in the mapping, under [survey], instrument = "permenpanrb-14-2017" and order = "legal" or order = "questionnaire", as the form was that people filled in, or name each column by its element under [answers], such as PENGADUAN = "U9"; nothing was imported"#
    );
    let named = mapping(&office, "[survey]\ninstrument = \"permenpanrb-14-2017\"\n");
    let again = office.refused(Responses, &file, Some(&named));
    assert_eq!(again, refused, "the instrument alone says no order");
}

#[test]
fn every_way_of_numbering_questions_is_a_position() {
    let office = Office::new();
    for names in [
        ["u8", "u9"],
        ["Unsur 8", "Unsur 9"],
        ["Q8", "Q9"],
        ["Pertanyaan 8", "Pertanyaan 9"],
        ["P8", "P9"],
        ["Nilai U8", "Nilai U9"],
        ["Soal ke-8", "Soal ke-9"],
        ["No. 8", "No. 9"],
        ["8", "9"],
    ] {
        let refused = office.refused(
            Responses,
            &by_position(&office, &names),
            Some(&mapping(&office, "")),
        );
        assert!(
            refused.contains("by their position"),
            "{names:?}: {refused}"
        );
    }
    // Beside the elements' own names the others are positions of the same questionnaire still.
    let mixed = by_position(&office, &["WAKTU", "BIAYA", "U8", "U9"]);
    let refused = office.refused(Responses, &mixed, Some(&mapping(&office, "")));
    assert!(
        refused.contains("columns U8, U9 name the elements"),
        "{refused}"
    );
    let dates = by_position(&office, &["WAKTU", "BIAYA", "1", "2"]);
    import(&office, &dates, &mapping(&office, ""));
    assert_eq!(
        answers(&rows(&office)[0]),
        "BIAYA 2 WAKTU 1",
        "bare numbers beside named elements are something else"
    );
}

#[test]
fn the_legal_order_and_that_of_the_questionnaire_read_the_same_columns_differently() {
    let order = |order: &str| {
        let office = Office::new();
        let file = by_position(&office, &U);
        let survey =
            format!("[survey]\ninstrument = \"permenpanrb-14-2017\"\norder = \"{order}\"\n");
        import(&office, &file, &mapping(&office, &survey));
        let row = rows(&office).remove(0);
        ["PERSYARATAN", "PERILAKU", "PENGADUAN", "SARPRAS"]
            .map(|code| row.answers.get(code).unwrap().unwrap())
    };
    assert_eq!(order("legal"), [1, 3, 4, 1]);
    assert_eq!(order("questionnaire"), [1, 3, 1, 4]);
}

#[test]
fn columns_in_any_order_are_known_by_their_numbers() {
    let office = Office::new();
    let turned: Vec<&str> = U.into_iter().rev().collect();
    let survey = "[survey]\ninstrument = \"permenpanrb-14-2017\"\norder = \"legal\"\n";
    import(
        &office,
        &by_position(&office, &turned),
        &mapping(&office, survey),
    );
    let row = rows(&office).remove(0);
    assert_eq!(
        (row.answers.get("SARPRAS"), row.answers.get("PERSYARATAN")),
        (Some(Some(1)), Some(Some(1)))
    );
    assert_eq!(row.answers.get("PENGADUAN"), Some(Some(2)));
}

#[test]
fn an_order_of_more_or_fewer_questions_than_the_file_is_refused() {
    let office = Office::new();
    let survey = "[survey]\ninstrument = \"permenpanrb-14-2017\"\norder = \"legal\"\n";
    let mapping = mapping(&office, survey);
    for names in [
        &U[..8],
        &["U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9", "U10"],
        &["U1", "U1"],
    ] {
        let refused = office.refused(Responses, &by_position(&office, names), Some(&mapping));
        assert!(
            refused.contains("has the positions 1 to 9, each once"),
            "{refused}"
        );
    }
}

#[test]
fn what_a_mapping_says_of_a_survey_must_be_there() {
    let office = Office::new();
    let file = by_position(&office, &U);
    for (survey, want) in [
        (
            "[survey]\ninstrument = \"permenpanrb-41-2017\"\n",
            "`permenpanrb-41-2017`, which is not known: known are internal-contoh, kep-25-2004",
        ),
        (
            "[survey]\ninstrument = \"permenpanrb-14-2017\"\norder = \"kuesioner\"\n",
            "it has legal, questionnaire",
        ),
        (
            "[survey]\norder = \"legal\"\n",
            "no instrument whose order it is",
        ),
        (
            "[survey]\ninstrument = { column = \"No\" }\norder = \"legal\"\n",
            "one order for rows of several instruments",
        ),
        (
            "[survey]\ninstrument = { sheet_name = true }\n",
            "this file has no sheets",
        ),
        (
            "[answers]\nWAKTUU = \"U3\"\n",
            "no element of any instrument: WAKTUU",
        ),
        (
            "[survey]\ninstrument = \"permenpanrb-14-2017\"\n[answers]\nMAKLUMAT = \"U8\"\n",
            "no element of permenpanrb-14-2017: MAKLUMAT",
        ),
    ] {
        let refused = office.refused(Responses, &file, Some(&mapping(&office, survey)));
        assert!(refused.contains(want), "{want}: {refused}");
    }
}

#[test]
fn a_misspelt_element_is_not_left_out_in_silence() {
    let office = Office::new();
    let file = office.file(
        "r.csv",
        "response_id,answered_on,service,WAKTU,SARPRASS\nR-1,2026-06-01,K,4,3\n",
    );
    let refused = office.refused(Responses, &file, None);
    assert!(
        refused.contains("column `SARPRASS` is no element of the survey, but nearly `SARPRAS`"),
        "{refused}"
    );
    let known = office.file(
        "n.csv",
        "response_id,answered_on,service,WAKTU,CATATAN\nR-1,2026-06-01,K,4,baik\n",
    );
    assert_eq!(office.import(Responses, &known).ignored, ["CATATAN"]);
}
