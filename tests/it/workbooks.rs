//! Workbooks as offices keep them: merged headers, several sheets, serial numbers, formulas, wide rows.
//!
//! The workbooks are written here part by part, so that they can hold what no library writes: formulas without a value,
//! the epoch of 1904, regions merged by hand.

use tepat::finding::Check;
use tepat::source::ImportKind;

use super::import::{Office, counts, of};

/// 1 June 2026, 8.00 WITA, UTC microseconds.
const EIGHT: i64 = 1_780_272_000_000_000;
const MINUTE: i64 = 60_000_000;

/// A zip file whose entries are stored as they are.
pub fn zip(entries: &[(&str, String)]) -> Vec<u8> {
    let (mut body, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in entries {
        let mut crc = flate2::Crc::new();
        crc.update(content.as_bytes());
        let size = (content.len() as u32).to_le_bytes();
        let mut fields = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        fields.extend(crc.sum().to_le_bytes());
        fields.extend([size, size].concat());
        fields.extend((name.len() as u16).to_le_bytes());
        fields.extend([0, 0]);
        let offset = (body.len() as u32).to_le_bytes();
        body.extend(b"PK\x03\x04");
        body.extend(&fields);
        body.extend(name.bytes());
        body.extend(content.bytes());
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(offset);
        directory.extend(name.bytes());
    }
    let (start, length) = (body.len() as u32, directory.len() as u32);
    let count = (entries.len() as u16).to_le_bytes();
    body.extend(directory);
    body.extend(b"PK\x05\x06\0\0\0\0");
    body.extend([count, count].concat());
    body.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    body.extend([0, 0]);
    body
}

/// A workbook of sheets: name, and the XML of `sheetData` and what follows it. Style 1 is a date and time.
pub fn book(properties: &str, sheets: &[(&str, &str)]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let mut listed = String::new();
    let mut related =
        format!("<Relationship Id=\"rIdS\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>");
    let mut entries = Vec::new();
    for (n, (name, data)) in (1..).zip(sheets) {
        listed += &format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>");
        related += &format!(
            "<Relationship Id=\"rId{n}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
        );
        let sheet = format!("<worksheet xmlns=\"{MAIN}\">{data}</worksheet>");
        entries.push((format!("xl/worksheets/sheet{n}.xml"), sheet));
    }
    let relations = |inner: &str| {
        format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{inner}</Relationships>")
    };
    let first = format!(
        "<Relationship Id=\"r\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/>"
    );
    entries.extend([
        ("[Content_Types].xml".to_owned(), format!("<Types xmlns=\"{PACKAGE}/content-types\"/>")),
        ("_rels/.rels".to_owned(), relations(&first)),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations(&related)),
        ("xl/styles.xml".to_owned(), format!(
            "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>"
        )),
        ("xl/workbook.xml".to_owned(), format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\">{properties}<sheets>{listed}</sheets></workbook>"
        )),
    ]);
    let entries: Vec<(&str, String)> = entries
        .iter()
        .map(|(n, c)| (n.as_str(), c.clone()))
        .collect();
    zip(&entries)
}

/// `sheetData` of rows by number. A cell is `=XML` as it stands, `#number` a number, `@number` a date, else text.
pub fn data(rows: &[(u32, &[&str])]) -> String {
    let mut text = String::from("<sheetData>");
    for (number, cells) in rows {
        text += &format!("<row r=\"{number}\">");
        for (col, cell) in ('A'..='Z').zip(*cells) {
            let at = format!("r=\"{col}{number}\"");
            text += &match (cell.split_at_checked(1), *cell) {
                (_, "") => String::new(),
                (Some(("=", xml)), _) => xml.replacen("<c", &format!("<c {at}"), 1),
                (Some(("#", number)), _) => format!("<c {at}><v>{number}</v></c>"),
                (Some(("@", serial)), _) => format!("<c {at} s=\"1\"><v>{serial}</v></c>"),
                (_, text) => format!("<c {at} t=\"inlineStr\"><is><t>{text}</t></is></c>"),
            };
        }
        text += "</row>";
    }
    text + "</sheetData>"
}

const STEP_HEADER: &[&str] = &["case_id", "step", "officer", "started_at", "completed_at"];

const WIDE: &str = r#"
header_row = 3
header_rows = 2
missing = ["-", "n/a"]

[cases]
case_id = "Nomor Berkas"
service = { value = "KOM-03" }
received_at = { column = "Pendaftaran / Mulai", format = "%d/%m/%Y %H.%M" }
requires_recommendation = { value = false }
outcome = { issued_when = "Verifikasi / Selesai" }

[wide]
case_id = "Nomor Berkas"
[[wide.steps]]
step = 6
started_at = { column = "Pendaftaran / Mulai", format = "%d/%m/%Y %H.%M" }
completed_at = { column = "Pendaftaran / Selesai", format = "%d/%m/%Y %H.%M" }
[[wide.steps]]
step = 7
started_at = { column = "Verifikasi / Mulai", format = "%d/%m/%Y %H.%M" }
completed_at = { column = "Verifikasi / Selesai", format = "%d/%m/%Y %H.%M" }
officer = "Verifikasi / Petugas"
"#;

/// A title, a header of two rows with merged cells, and the rows given from row 5 on.
fn wide(rows: &[&[&str]]) -> Vec<u8> {
    let mut all: Vec<(u32, &[&str])> = vec![
        (1, &["REKAP BERKAS 2026"]),
        (3, &["Nomor Berkas", "Pendaftaran", "", "Verifikasi"]),
        (4, &["", "Mulai", "Selesai", "Mulai", "Selesai", "Petugas"]),
    ];
    all.extend((5..).zip(rows.iter().copied()));
    let merged = "<mergeCells count=\"4\"><mergeCell ref=\"A1:F1\"/><mergeCell ref=\"A3:A4\"/>\
        <mergeCell ref=\"B3:C3\"/><mergeCell ref=\"D3:F3\"/></mergeCells>";
    book("", &[("Berkas", &(data(&all) + merged))])
}

#[test]
fn a_wide_sheet_under_a_merged_header_becomes_cases_and_steps() {
    let office = Office::new();
    let mapping = office.file("m.toml", WIDE);
    let rows: &[&[&str]] = &[
        &[
            "B-1",
            "01/06/2026 08.00",
            "01/06/2026 08.10",
            "01/06/2026 09.00",
            "-",
            "P7",
        ],
        &["B-2", "01/06/2026 08.00", "n/a", "-", "", ""],
        &["B-3", "-", "-", "belum", "", ""],
    ];
    let file = office.file("berkas.xlsx", wide(rows));
    let cases = office
        .try_import(ImportKind::Cases, &file, Some(&mapping))
        .unwrap();
    assert_eq!(counts(&cases), [3, 3, 0, 0, 0]);
    let steps = office
        .try_import(ImportKind::Steps, &file, Some(&mapping))
        .unwrap();
    assert_eq!(
        counts(&steps),
        [4, 4, 0, 0, 0],
        "one of the first row's two steps is open"
    );
    assert_eq!(
        steps.read_as.to_string(),
        "XLSX workbook, sheet \"Berkas\", header in row 3, 3 wide rows"
    );
    let snapshot = office.read();
    let read: Vec<_> = snapshot
        .steps
        .iter()
        .map(|s| {
            (
                s.case_id.as_str(),
                s.step,
                s.started_at,
                s.completed_at,
                s.officer.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        read,
        [
            ("B-1", 6, Some(EIGHT), Some(EIGHT + 10 * MINUTE), None),
            ("B-1", 7, Some(EIGHT + 60 * MINUTE), None, Some("P7")),
            ("B-2", 6, Some(EIGHT), None, None),
            ("B-3", 7, None, None, None),
        ]
    );
    let found = of(&snapshot, Check::UnreadableValue);
    assert_eq!(
        found.len(),
        1,
        "what the mapping lists is missing, all else a finding: {found:?}"
    );
    assert!(
        found[0].starts_with("B-3 | berkas.xlsx:7: Langkah 7: Kolom started_at berisi “belum”")
    );
    assert_eq!(snapshot.cases[0].received_at, Some(EIGHT));
}

#[test]
fn a_wide_row_that_comes_again_replaces_its_own_executions() {
    let office = Office::new();
    let mapping = office.file("m.toml", WIDE);
    let import = |rows: &[&[&str]]| {
        let file = office.file("berkas.xlsx", wide(rows));
        let report = office
            .try_import(ImportKind::Steps, &file, Some(&mapping))
            .unwrap();
        counts(&report)
    };
    let first: &[&[&str]] = &[&["B-1", "", "01/06/2026 08.10"]];
    assert_eq!(import(first), [1, 1, 0, 0, 0]);
    assert_eq!(import(first), [1, 0, 0, 1, 0]);
    // The start was filled in, the next step begun; then the start was corrected.
    let second: &[&[&str]] = &[&[
        "B-1",
        "01/06/2026 08.00",
        "01/06/2026 08.10",
        "01/06/2026 09.00",
    ]];
    assert_eq!(import(second), [2, 1, 1, 0, 0]);
    let third: &[&[&str]] = &[&[
        "B-1",
        "01/06/2026 07.55",
        "01/06/2026 08.10",
        "01/06/2026 09.00",
    ]];
    assert_eq!(import(third), [2, 0, 1, 1, 0]);
    let steps = office.read().steps;
    assert_eq!(steps.len(), 2, "{steps:?}");
    assert_eq!(steps[0].started_at, Some(EIGHT - 5 * MINUTE));
    assert_eq!(
        of(&office.read(), Check::ReplacedRow).len(),
        1,
        "a correction, not a filling in"
    );
}

#[test]
fn a_merged_header_that_the_mapping_forgot_is_pointed_at() {
    let office = Office::new();
    let mapping = office.file("m.toml", WIDE.replace("header_rows = 2\n", ""));
    let file = office.file("berkas.xlsx", wide(&[]));
    let message = office.refused(ImportKind::Steps, &file, Some(&mapping));
    assert!(
        message.contains("columns missing: Pendaftaran / Mulai")
            && message.contains("perhaps the mapping lacks header_rows = 2"),
        "{message}"
    );
}

#[test]
fn several_sheets_are_read_one_after_the_other() {
    let office = Office::new();
    let sheet = |id: &str, time: &str| {
        data(&[
            (1, STEP_HEADER),
            (2, &[id, "#7", "P1", time]),
            (9, &["", " ", "\u{a0}"]),
        ])
    };
    let sheets = [
        ("Jan", &*sheet("B-1", "2026-06-01 08:00")),
        ("Kosong", "<sheetData/>"),
        ("Feb", &*sheet("B-2", "kemarin")),
    ];
    let file = office.file("steps.xlsx", book("", &sheets));
    let by = |text: &str| {
        let mapping = office.file("m.toml", text);
        office.try_import(ImportKind::Steps, &file, Some(&mapping))
    };
    assert_eq!(
        counts(&by("").unwrap())[..2],
        [1, 1],
        "the first by default"
    );
    let all = by("sheets = \"all\"").unwrap();
    assert_eq!(counts(&all), [2, 1, 0, 1, 0]);
    assert!(
        all.read_as
            .to_string()
            .contains("sheets \"Jan\", \"Kosong (empty)\", \"Feb\"")
    );
    let found = of(&office.read(), Check::UnreadableValue);
    assert!(
        found[0].starts_with("B-2 | steps.xlsx [Feb]:2: "),
        "{found:?}"
    );
    assert_eq!(
        counts(&by("sheets = [\"Feb\", 1]").unwrap()),
        [2, 0, 0, 2, 0]
    );
    for (text, part) in [
        (
            "sheets = [\"Mar\"]",
            "has no sheet `Mar`, only Jan, Kosong, Feb",
        ),
        ("sheet = \"Kosong\"", "the file is empty"),
        (
            "sheets = [\"Jan\", \"Kosong\"]",
            "its sheet \"Kosong\" is empty",
        ),
        (
            "sheet = 1\nsheets = \"all\"",
            "line 2: `sheet` and `sheets` both name sheets",
        ),
        ("sheets = \"every\"", "line 1: sheets: write a list"),
        (
            "header_row = 40",
            "has 9 rows, but the mapping says header_row = 40",
        ),
    ] {
        let message = by(text).unwrap_err().to_string();
        assert!(message.contains(part), "{text}: {message}");
    }
}

#[test]
fn serial_numbers_are_dates_where_the_mapping_says_so() {
    let office = Office::new();
    // 8.00 on 1 June 2026 as a date cell, as a number, and as a number in text; the first two in either epoch.
    let rows = |days: i64| {
        let serial = |kind: &str| format!("{kind}{}.3333333333333333", days);
        let (date, number) = (serial("@"), serial("#"));
        data(&[
            (1, STEP_HEADER),
            (2, &["B-1", "#6", "", &date]),
            (3, &["B-1", "#7", "", &number]),
            (4, &["B-1", "8,0", "", "46174,333333333336"]),
        ])
    };
    let mapping = "[steps]\ncase_id = \"case_id\"\nstep = \"step\"\nstarted_at = { column = \"started_at\", format = \"excel\" }\n";
    let mapping = office.file("m.toml", mapping);
    let file = office.file("s.xlsx", book("", &[("S", &rows(46_174))]));
    let report = office
        .try_import(ImportKind::Steps, &file, Some(&mapping))
        .unwrap();
    assert_eq!(report.read_as.decimal, Some(','));
    let mac = book(
        "<workbookPr date1904=\"1\"/>",
        &[("S", &rows(46_174 - 1_462))],
    );
    let mac = office.file("mac.xlsx", mac);
    let report = office
        .try_import(ImportKind::Steps, &mac, Some(&mapping))
        .unwrap();
    assert_eq!(
        counts(&report)[2..4],
        [0, 2],
        "the same instants, but for the text, which means another day in that epoch"
    );
    let starts: Vec<_> = office
        .read()
        .steps
        .iter()
        .map(|s| (s.step, s.started_at))
        .collect();
    assert_eq!(starts[..2], [(6, Some(EIGHT)), (7, Some(EIGHT))]);
    assert!(starts.contains(&(8, Some(EIGHT))), "{starts:?}");

    let office = Office::new();
    let report = office.import(
        ImportKind::Steps,
        &office.file("s.xlsx", book("", &[("S", &rows(46_174))])),
    );
    assert_eq!(counts(&report), [3, 3, 0, 0, 0]);
    let found = of(&office.read(), Check::UnreadableValue);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("format = \"excel\""), "{found:?}");
}

#[test]
fn what_spreadsheets_hide_is_read_or_said() {
    let office = Office::new();
    let rows: &[(u32, &[&str])] = &[
        (1, &["case_id", "step", "officer", "started_at", "result"]),
        (
            2,
            &[
                "\u{a0}B-1\u{a0}",
                "6",
                "P\u{a0}1",
                "2026-06-01\u{a0}08:00",
                "=<c t=\"e\"><v>#N/A</v></c>",
            ],
        ),
        (
            3,
            &[
                "B-1",
                "=<c><f>3+4</f><v>7</v></c>",
                "",
                "@46174.333333333336",
                "=<c t=\"str\"><f>\"\"</f><v></v></c>",
            ],
        ),
        (4, &["B-1", "=<c><f>3+5</f></c>", "", "2026-06-01 08:00"]),
        (5, &["B-1", "#9", "", "=<c><f>NOW()</f><v></v></c>"]),
        (6, &["#6472010101900001", "#9", "", "2026-06-01 08:00"]),
        (7, &["#20260007", "#9", "", "2026-06-01 08:00"]),
        (900, &["", "=<c s=\"1\"/>", " "]),
    ];
    let file = office.file("s.xlsx", book("", &[("S", &data(rows))]));
    let report = office.import(ImportKind::Steps, &file);
    assert_eq!(counts(&report), [6, 4, 0, 0, 2]);
    let snapshot = office.read();
    let read: Vec<_> = snapshot
        .steps
        .iter()
        .map(|s| (s.case_id.as_str(), s.step, s.started_at.is_some()))
        .collect();
    assert_eq!(
        read,
        [
            ("20260007", 9, true),
            ("B-1", 6, true),
            ("B-1", 7, true),
            ("B-1", 9, false)
        ]
    );
    let rejected = of(&snapshot, Check::UnreadableRow);
    assert!(
        rejected
            .iter()
            .any(|r| r.contains("s.xlsx:4: Kolom step berisi “rumus tanpa nilai tersimpan”")),
        "{rejected:?}"
    );
    assert!(
        rejected.iter().any(|r| r.contains("lebih dari 15 digit")),
        "{rejected:?}"
    );
    let unread = of(&snapshot, Check::UnreadableValue);
    assert_eq!(unread.len(), 2, "{unread:?}");
    assert!(
        unread
            .iter()
            .any(|r| r.contains("s.xlsx:2: Kolom result berisi “#N/A”")),
        "{unread:?}"
    );
}

#[test]
fn a_cell_merged_downwards_holds_for_each_of_its_rows() {
    let office = Office::new();
    let rows: &[(u32, &[&str])] = &[
        (1, STEP_HEADER),
        (2, &["B-1", "#6", "P1", "2026-06-01 08:00"]),
        (3, &["", "#7", "P1", "2026-06-01 09:00"]),
        (4, &[]),
        (5, &["B-2", "#6", "P1", "2026-06-01 08:00"]),
    ];
    let merged = "<mergeCells count=\"1\"><mergeCell ref=\"A2:A4\"/></mergeCells>";
    let file = office.file("s.xlsx", book("", &[("S", &(data(rows) + merged))]));
    assert_eq!(
        counts(&office.import(ImportKind::Steps, &file)),
        [3, 3, 0, 0, 0]
    );
    assert_eq!(office.read().steps[1].case_id, "B-1");
}

#[test]
fn files_that_are_no_workbook_end_in_one_sentence() {
    let office = Office::new();
    let compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let locked = [&compound[..], &[0; 512], &name].concat();
    let header: Vec<String> = (0..300).map(|n| format!("Kolom {n}")).collect();
    let broad = format!(
        "<sheetData><row r=\"1\">{}</row></sheetData>",
        header
            .iter()
            .map(|h| format!("<c t=\"inlineStr\"><is><t>{h}</t></is></c>"))
            .collect::<String>()
    );
    for (name, content, part) in [
        ("locked.xlsx", locked, "is a workbook behind a password"),
        (
            "old.xlsx",
            [&compound[..], &[0; 512]].concat(),
            "format before 2007",
        ),
        (
            "other.xlsx",
            zip(&[("a.txt", "x".to_owned())]),
            "not a readable XLSX workbook",
        ),
        (
            "web.xlsx",
            b"<html><table>".to_vec(),
            "is called .xlsx, but is not a readable XLSX workbook",
        ),
        (
            "book.csv",
            book("", &[("S", "<sheetData/>")]),
            "is called .csv, but is a workbook",
        ),
        (
            "empty.xlsx",
            book("", &[("S", "<sheetData/>")]),
            "the file is empty",
        ),
        ("broad.xlsx", book("", &[("S", &broad)]), "and 260 more"),
    ] {
        let message = office.refused(ImportKind::Steps, &office.file(name, content), None);
        assert!(message.contains(part), "{name}: {message}");
    }
    let header_only = office.file(
        "header.xlsx",
        book("", &[("S", &data(&[(1, STEP_HEADER)]))]),
    );
    assert_eq!(
        counts(&office.import(ImportKind::Steps, &header_only)),
        [0; 5]
    );
}
