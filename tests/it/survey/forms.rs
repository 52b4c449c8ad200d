//! A form of Google Forms, as CSV and as XLSX: times, words of the scale, respondents, and what is not kept.

use insta::assert_snapshot;

use super::*;
use crate::workbooks::{book, data};

#[test]
fn a_form_of_google_forms_is_read_by_its_questions_and_the_words_of_its_scale() {
    let office = Office::new();
    let (file, mapping) = google_forms(&office);
    let report = import(&office, &file, &mapping);
    assert_eq!(counts(&report), [4, 4, 0, 0, 0]);
    assert_eq!(
        report.ignored,
        ["Nama Lengkap (boleh dikosongkan)", "Nomor HP/WA"]
    );
    assert_eq!(report.findings, 0, "{:?}", report.examples);
    assert_eq!(report.blank, [("PENGADUAN".to_owned(), 1)]);
    let mut said = Vec::new();
    for row in rows(&office) {
        let of = |word: Option<&str>| word.unwrap_or("–").to_owned();
        said.push(format!(
            "{} {} case {} sex {} age {} {} {} | {} | {}",
            row.answered_on,
            row.service,
            of(row.case_id.as_deref()),
            of(row.sex.as_deref()),
            of(row.age.map(|a| a.to_string()).as_deref()),
            of(row.education.as_deref()),
            of(row.occupation.as_deref()),
            answers(&row),
            of(row.suggestion.as_deref()),
        ));
    }
    said.sort();
    assert_snapshot!(said.join("\n"), @r"
    2026-01-05 SOP-CONTOH-01 case BRK-2026-000001 sex P age 34 SMA WIRAUSAHA | BIAYA 4 KOMPETENSI 3 PENGADUAN 4 PERILAKU 3 PERSYARATAN 3 PRODUK 3 PROSEDUR 3 SARPRAS 2 WAKTU 4 | Antreannya tolong dipercepat, terima kasih
    2026-01-30 SOP-CONTOH-02 case BRK-2026-999999 sex L age – S1 Nelayan | BIAYA 4 KOMPETENSI 3 PENGADUAN 2 PERILAKU 3 PERSYARATAN 3 PRODUK 3 PROSEDUR 3 SARPRAS 3 WAKTU 3 | –
    2026-01-30 SOP-CONTOH-02 case BRK-2026-999999 sex L age – S1 Nelayan | BIAYA 4 KOMPETENSI 3 PENGADUAN 2 PERILAKU 3 PERSYARATAN 3 PRODUK 3 PROSEDUR 3 SARPRAS 3 WAKTU 3 | –
    2026-01-30 SOP-CONTOH-02 case – sex L age 51 D1-D3 PNS | BIAYA 4 KOMPETENSI 4 PENGADUAN – PERILAKU 4 PERSYARATAN 2 PRODUK 4 PROSEDUR 3 SARPRAS 3 WAKTU 2 | –
    ");
}

#[test]
fn the_same_form_as_a_workbook_is_the_same_forms() {
    let office = Office::new();
    let (file, mapping) = google_forms(&office);
    import(&office, &file, &mapping);
    let before = rows(&office);

    let csv = String::from_utf8(fixture("google-forms.csv")).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_bytes());
    // A workbook holds times as numbers of days, numbers as numbers, and line breaks in its header.
    let serial = |text: &str| match text {
        "05/01/2026 8:15:30" => "@46027.34409722222".to_owned(),
        "30/01/2026 13:02:11" => "@46052.54318287037".to_owned(),
        other if other.parse::<u32>().is_ok() => format!("#{other}"),
        other => other.replace('\n', "&#10;"),
    };
    let records: Vec<Vec<String>> = reader
        .records()
        .map(|r| r.unwrap().iter().map(serial).collect())
        .collect();
    let cells: Vec<Vec<&str>> = records
        .iter()
        .map(|r| r.iter().map(String::as_str).collect())
        .collect();
    let numbered: Vec<(u32, &[&str])> = (1..).zip(cells.iter().map(Vec::as_slice)).collect();
    let workbook = book("", &[("Form Responses 1", &data(&numbered))]);
    let report = import(&office, &office.file("jawaban.xlsx", workbook), &mapping);
    assert_eq!(counts(&report), [4, 0, 0, 4, 0], "{report:?}");
    assert_eq!(rows(&office), before);
}

const TIMES: &str = "[responses]\nresponse_id = \"No\"\nservice = { value = \"KOM-03\" }\n[answers]\nWAKTU = \"W\"\n";

fn dates(times: &[&str], mapping: &str) -> Result<Vec<String>, String> {
    let office = Office::new();
    let lines: String = (1..)
        .zip(times)
        .map(|(n, time)| format!("{n},{time},4\n"))
        .collect();
    let file = office.file("t.csv", format!("No,Timestamp,W\n{lines}"));
    let mapping = office.file("t.toml", mapping);
    match office.try_import(ImportKind::Responses, &file, Some(&mapping)) {
        Ok(_) => Ok(rows(&office)
            .iter()
            .map(|r| r.answered_on.to_string())
            .collect()),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn times_of_both_locales_are_dates_where_the_column_shows_which_it_is() {
    for (times, want) in [
        (
            ["05/06/2026 8:15:30", "30/06/2026 17.00.00"],
            ["2026-06-05", "2026-06-30"],
        ),
        (
            ["6/5/2026 8:15:30", "6/30/2026 17:00:00"],
            ["2026-06-05", "2026-06-30"],
        ),
        // Half past midnight in Makassar is the evening before in Greenwich.
        (
            [
                "2026/06/30 12:30:00 AM GMT+8",
                "2026/06/29 11:30:00 PM GMT+7",
            ],
            ["2026-06-30", "2026-06-30"],
        ),
        (
            ["2026-06-30 08:00", "06/06/2026 8:00:00"],
            ["2026-06-30", "2026-06-06"],
        ),
    ] {
        assert_eq!(dates(&times, TIMES).unwrap(), want, "{times:?}");
    }
}

#[test]
fn a_date_that_may_be_two_days_is_refused_with_both_formats() {
    let refused = dates(&["05/06/2026 8:15:30", "07/06/2026 8:15:30"], TIMES).unwrap_err();
    assert_snapshot!(
        refused.split_once("t.csv: ").unwrap().1,
        @r#"column `Timestamp` has dates such as `05/06/2026 8:15:30`, which are two different days depending on whether the day or the month comes first, and no date that shows which: say it in the mapping, with format = "%d/%m/%Y %H:%M:%S" or "%m/%d/%Y %H:%M:%S"; nothing was imported"#
    );
    let refused = dates(&["30/06/2026 8:15:30", "6/30/2026 8:15:30"], TIMES).unwrap_err();
    assert!(refused.contains("stand in no one order"), "{refused}");
    let said = TIMES.replace(
        "\nservice",
        "\nanswered_on = { column = \"Timestamp\", format = \"%d/%m/%Y %H:%M:%S\" }\nservice",
    );
    let read = dates(&["05/06/2026 8:15:30", "07/06/2026 8:15:30"], &said).unwrap();
    assert_eq!(read, ["2026-06-05", "2026-06-07"]);
}

#[test]
fn a_sheet_whose_dates_were_half_turned_around_is_refused() {
    let office = Office::new();
    // 30/06/2026 stayed text, 05/06/2026 became 6 May.
    let rows: &[(u32, &[&str])] = &[
        (1, &["No", "Timestamp", "W"]),
        (2, &["1", "30/06/2026 8:15:30", "4"]),
        (3, &["2", "@46148.34", "4"]),
    ];
    let file = office.file("t.xlsx", book("", &[("A", &data(rows))]));
    let mapping = office.file("t.toml", TIMES);
    let refused = office.refused(Responses, &file, Some(&mapping));
    assert!(refused.contains("day and month turned around"), "{refused}");
}

#[test]
fn a_word_is_read_by_its_own_element() {
    let office = Office::new();
    let file = office.file(
        "r.csv",
        "response_id,answered_on,service,SARPRAS,BIAYA,WAKTU\n\
         R-1,2026-06-01,K,Cukup,Murah,Sangat baik\nR-2,2026-06-01,K,Buruk,Sangat mahal,Cukup\n",
    );
    let report = office.import(Responses, &file);
    let read: Vec<String> = rows(&office).iter().map(answers).collect();
    assert_eq!(
        read,
        ["BIAYA 3 SARPRAS 2 WAKTU 4", "BIAYA 1 SARPRAS 1 WAKTU –"]
    );
    assert_eq!(
        report.examples,
        [
            "R-2: r.csv:3: Kolom WAKTU berisi “Cukup”, bukan jawaban 1, 2, 3, atau 4 dan bukan kata pada skala jawaban unsur ini; nilai diperlakukan sebagai kosong."
        ]
    );
}

#[test]
fn commas_and_points_between_words_are_no_decimal_marks() {
    let office = Office::new();
    let file = office.file(
        "r.csv",
        "response_id,answered_on,service,WAKTU,BIAYA\nR-1,2026-06-01,K,4. Sangat cepat,\"4, gratis\"\nR-2,2026-06-01,K,\"3,0\",4\n",
    );
    let report = office.import(Responses, &file);
    assert_eq!((counts(&report), report.findings), ([2, 2, 0, 0, 0], 0));
    assert_eq!(answers(&rows(&office)[0]), "BIAYA 4 WAKTU 4");
}

#[test]
fn letters_of_sex_that_may_mean_two_things_need_a_code_list() {
    let office = Office::new();
    let header = "response_id,answered_on,service,WAKTU,sex\n";
    let file = office.file(
        "r.csv",
        format!("{header}R-1,2026-06-01,K,4,P\nR-2,2026-06-01,K,4,W\n"),
    );
    let refused = office.refused(Responses, &file, None);
    assert!(refused.contains("P may be pria there"), "{refused}");
    let codes = office.file("m.toml", "[codes.sex]\nP = \"L\"\nW = \"P\"\n");
    import(&office, &file, &codes);
    let sexes: Vec<_> = rows(&office).into_iter().map(|r| r.sex.unwrap()).collect();
    assert_eq!(sexes, ["L", "P"]);
    let usual = office.file(
        "u.csv",
        format!("{header}R-3,2026-06-01,K,4,P\nR-4,2026-06-01,K,4,L\n"),
    );
    assert_eq!(office.import(Responses, &usual).findings, 0);
}

#[test]
fn a_code_list_need_not_name_the_usual_spellings() {
    let office = Office::new();
    let file = office.file(
        "r.csv",
        "response_id,answered_on,service,WAKTU,occupation,hour_band\n\
         R-1,2026-06-01,K,4,Karyawan BUMD,08.00-12.00\nR-2,2026-06-01,K,4,Wiraswasta,\nR-3,2026-06-01,K,4,Petani,13.00-16.00\n",
    );
    let codes = office.file(
        "m.toml",
        "[codes.occupation]\n\"Karyawan BUMD\" = \"SWASTA\"\n",
    );
    let report = import(&office, &file, &codes);
    let jobs: Vec<_> = rows(&office).into_iter().map(|r| r.occupation).collect();
    assert_eq!(
        (jobs[0].as_deref(), jobs[1].as_deref(), jobs[2].as_deref()),
        (Some("SWASTA"), Some("WIRAUSAHA"), None)
    );
    assert!(
        report.examples[0].contains("“Petani”, tidak ada dalam daftar kode"),
        "{report:?}"
    );
    let bands: Vec<_> = rows(&office).into_iter().map(|r| r.hour_band).collect();
    assert_eq!(
        (bands[0].as_deref(), bands[2].as_deref()),
        (Some("08-12"), Some("13.00-16.00"))
    );
}

#[test]
fn an_hour_that_a_spreadsheet_made_a_date_is_no_hour() {
    let office = Office::new();
    let rows_of: &[(u32, &[&str])] = &[
        (
            1,
            &[
                "response_id",
                "answered_on",
                "service",
                "WAKTU",
                "hour_band",
            ],
        ),
        (2, &["R-1", "@46148", "K", "#4", "@46364"]),
    ];
    let file = office.file("r.xlsx", book("", &[("A", &data(rows_of))]));
    let report = office.import(Responses, &file);
    assert!(
        report.examples[0].contains("simpan kolom itu sebagai teks"),
        "{report:?}"
    );
    assert_eq!(rows(&office)[0].hour_band, None);
}
