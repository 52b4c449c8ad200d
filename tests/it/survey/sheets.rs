//! Several surveys in one file: several sheets, and rows of several instruments in one table.

use super::*;
use crate::workbooks::{book, data};

const MAPPING: &str = r#"
sheets = "all"

[responses]
response_id = { column = "No", prefix = "2016/" }
answered_on = "Tanggal"
service = { sheet_name = true }

[codes.service]
Reklame = "SOP-CONTOH-01"
Klinik = "SOP-CONTOH-02"
"#;

#[test]
fn each_sheet_of_a_workbook_is_a_service() {
    let office = Office::new();
    let head: (u32, &[&str]) = (1, &["No", "Tanggal", "WAKTU", "BIAYA"]);
    let one = data(&[head, (2, &["#1", "@46148", "#4", "#4"])]);
    let two = data(&[
        head,
        (2, &["#2", "@46149", "Cepat", "Gratis"]),
        (3, &["#3", "@46149", "#9", ""]),
    ]);
    let file = office.file("s.xlsx", book("", &[("Reklame", &one), ("Klinik", &two)]));
    let report = import(&office, &file, &office.file("m.toml", MAPPING));
    assert_eq!(counts(&report), [3, 3, 0, 0, 0]);
    assert_eq!(report.blank, [("BIAYA".to_owned(), 1)]);
    let read: Vec<String> = rows(&office)
        .iter()
        .map(|r| format!("{} {} {}", r.response_id, r.service, answers(r)))
        .collect();
    assert_eq!(
        read,
        [
            "2016/1 SOP-CONTOH-01 BIAYA 4 WAKTU 4",
            "2016/2 SOP-CONTOH-02 BIAYA 4 WAKTU 3",
            "2016/3 SOP-CONTOH-02 BIAYA – WAKTU –",
        ]
    );
    let unlisted = office.file("u.toml", MAPPING.replace("Klinik = ", "Apotek = "));
    let report = import(&office, &file, &unlisted);
    assert_eq!(report.rejected, 2, "a sheet of no known service");
}

#[test]
fn each_sheet_is_held_by_its_own_instrument_and_order() {
    let office = Office::new();
    let names: Vec<String> = (1..=14).map(|n| format!("U{n}")).collect();
    let head = |count: usize| {
        let mut head = vec!["No", "Tanggal"];
        head.extend(names[..count].iter().map(String::as_str));
        head
    };
    let filled = |id: &'static str, count: usize, last: &'static str| {
        let mut row = vec![id, "@46148"];
        row.extend(vec!["#2"; count - 1]);
        row.push(last);
        row
    };
    let (old_head, new_head) = (head(14), head(9));
    let old = data(&[(1, &old_head), (2, &filled("#1", 14, "#4"))]);
    let new = data(&[(1, &new_head), (2, &filled("#2", 9, "#4"))]);
    let file = office.file(
        "s.xlsx",
        book("", &[("Semester I", &old), ("Semester II", &new)]),
    );
    let mapping = office.file(
        "m.toml",
        MAPPING.replace("{ sheet_name = true }", "{ value = \"K\" }")
            + "[survey]\ninstrument = { sheet_name = true }\norder = \"legal\"\n[codes.instrument]\n\"Semester I\" = \"kep-25-2004\"\n\"Semester II\" = \"permenpanrb-14-2017\"\n",
    );
    import(&office, &file, &mapping);
    let read = rows(&office);
    assert_eq!(
        (read[0].answers.given().len(), read[1].answers.given().len()),
        (14, 9)
    );
    assert_eq!(read[0].answers.get("KEAMANAN"), Some(Some(4)));
    assert_eq!(
        (
            read[1].answers.get("SARPRAS"),
            read[1].answers.get("KEAMANAN")
        ),
        (Some(Some(4)), None)
    );
}

const MIXED: &str = r#"
[responses]
response_id = "No"
answered_on = "Tanggal"
service = "Layanan"

[survey]
instrument = { column = "Survei" }

[codes.instrument]
"SKM 2017" = "permenpanrb-14-2017"
"IKM 2004" = "kep-25-2004"
"#;

#[test]
fn rows_of_one_table_are_asked_what_their_own_instrument_asks() {
    let office = Office::new();
    let mapping = office.file("m.toml", MIXED);
    let file = office.file(
        "r.csv",
        "No,Tanggal,Layanan,Survei,PERSYARATAN,WAKTU,KECEPATAN\n\
         1,2016-06-01,A,IKM 2004,3,,4\n2,2026-06-01,B,SKM 2017,3,4,\n3,2026-06-01,B,SKM 2017,,,2\n\
         4,2026-06-01,B,SKM 2071,3,4,\n5,2026-06-01,B,,3,4,\n",
    );
    let report = import(&office, &file, &mapping);
    assert_eq!(counts(&report), [5, 3, 0, 0, 2]);
    let read: Vec<String> = rows(&office).iter().map(answers).collect();
    assert_eq!(
        read,
        [
            "KECEPATAN 4 PERSYARATAN 3",
            "PERSYARATAN 3 WAKTU 4",
            "PERSYARATAN – WAKTU –"
        ],
        "what another survey asks is not asked, not missing"
    );
    assert_eq!(
        report.blank,
        [("PERSYARATAN".to_owned(), 1), ("WAKTU".to_owned(), 1)]
    );
    assert_eq!(
        report.examples,
        [
            "3: r.csv:4: Kolom KECEPATAN berisi “2”, padahal unsur ini tidak ditanyakan oleh instrumen pada baris ini; nilai diperlakukan sebagai kosong.",
            "4: r.csv:5: Kolom instrumen berisi “SKM 2071”, bukan instrumen survei yang dikenal; baris tidak dipakai.",
            "5: r.csv:6: Kolom instrumen kosong; baris tidak dipakai.",
        ]
    );
}
