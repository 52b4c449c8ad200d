//! Files as they come: encodings, delimiters, workbooks, mappings, and those that cannot be read.

use std::fs;
use std::io::Write;

use tepat::finding::Check;
use tepat::source::{ImportKind, import};

use super::import::{CASES, Office, STEPS, ZONE, counts, now, of};

#[test]
fn files_that_cannot_be_read_end_in_one_sentence_and_change_nothing() {
    let office = Office::new();
    let gz = |bytes: &[u8]| {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    };
    let whole = gz(CASES.repeat(50).as_bytes());
    fs::create_dir(office.path().join("folder.csv")).unwrap();
    for (name, content, part) in [
        ("empty.csv", Some(Vec::new()), "the file is empty"),
        ("blank.csv", Some(b"\n \n".to_vec()), "the file is empty"),
        ("folder.csv", None, "is a folder"),
        ("absent.csv", None, "no such file"),
        (
            "cases.ods",
            Some(b"x".to_vec()),
            "give .csv, .csv.gz or .xlsx",
        ),
        (
            "cut.csv.gz",
            Some(whole[..whole.len() / 2].to_vec()),
            "cut off or damaged",
        ),
        (
            "cut.xlsx",
            Some(b"PK\x03\x04 not a whole workbook".to_vec()),
            "not a readable XLSX workbook",
        ),
        (
            "latin.csv",
            Some(b"case_id,service\nB-1,Kaf\xE9\n".to_vec()),
            "line 2: is not UTF-8",
        ),
        (
            "header.csv",
            Some(b"Case ID,service\nB-1,K\n".to_vec()),
            "columns missing: case_id, received_at",
        ),
    ] {
        let path = match content {
            Some(content) => office.file(name, content),
            None => office.path().join(name),
        };
        let message = office.refused(ImportKind::Cases, &path, None);
        assert!(
            message.contains(part) && message.contains(name),
            "{name}: {message}"
        );
    }
    assert!(!office.path().join("state").exists(), "nothing was stored");
    let good = office.file("good.csv", CASES);
    let bad = office.path().join("empty.csv");
    let both = import(
        office.path(),
        ImportKind::Cases,
        &[good, bad],
        None,
        ZONE,
        now(),
        &|_| (),
    );
    assert!(both.is_err());
    assert!(
        !office.path().join("state").exists(),
        "all files of a call or none"
    );
}

#[test]
fn encodings_delimiters_and_gzip_are_read() {
    let office = Office::new();
    let semicolons = CASES.replace(',', ";").replace("Samarinda", "Kaf\u{e9}");
    let bom = [b"\xEF\xBB\xBF".as_slice(), semicolons.as_bytes()].concat();
    assert_eq!(
        counts(&office.import(ImportKind::Cases, &office.file("bom.csv", bom))),
        [2, 2, 0, 0, 0]
    );
    let latin: Vec<u8> = semicolons.chars().map(|c| c as u32 as u8).collect();
    let mapping = office.file("m.toml", "encoding = \"windows-1252\"\n");
    let latin = office.file("latin.csv", latin);
    let report = office
        .try_import(ImportKind::Cases, &latin, Some(&mapping))
        .unwrap();
    assert_eq!(counts(&report), [2, 0, 0, 2, 0], "the same text");
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer
        .write_all(CASES.replace(',', "\t").as_bytes())
        .unwrap();
    let packed = office.file("cases.csv.gz", writer.finish().unwrap());
    assert_eq!(
        counts(&office.import(ImportKind::Cases, &packed)),
        [2, 0, 1, 1, 0]
    );
}

#[test]
fn a_workbook_gives_the_same_rows_as_its_csv() {
    let office = Office::new();
    let path = office.path().join("steps.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let time = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    for (col, name) in ["case_id", "step", "officer", "started_at", "completed_at"]
        .iter()
        .enumerate()
    {
        sheet.write(1, col as u16, *name).unwrap();
    }
    let at = |h, m, s, ms| {
        rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 6, 1)
            .unwrap()
            .and_hms_milli(h, m, s, ms)
            .unwrap()
    };
    sheet.write(2, 0, "B-1").unwrap();
    sheet.write(2, 1, 6).unwrap();
    sheet.write(2, 2, "P1").unwrap();
    sheet
        .write_with_format(2, 3, at(8, 0, 0, 0), &time)
        .unwrap();
    sheet
        .write_with_format(2, 4, at(8, 10, 0, 500), &time)
        .unwrap();
    sheet.write(4, 0, "B-1").unwrap();
    sheet.write(4, 1, 7).unwrap();
    sheet.write(4, 3, 46_174.5).unwrap();
    book.save(&path).unwrap();
    let report = office.import(ImportKind::Steps, &path);
    assert_eq!(counts(&report), [2, 2, 0, 0, 0]);
    assert_eq!(
        of(&office.read(), Check::UnreadableValue).len(),
        1,
        "a bare number is no date"
    );
    assert!(
        of(&office.read(), Check::UnreadableValue)[0].starts_with("B-1 | steps.xlsx:5: "),
        "the sheet's own row number"
    );
    let same = STEPS.lines().take(2).collect::<Vec<_>>().join("\n");
    assert_eq!(
        counts(&office.import(ImportKind::Steps, &office.file("s.csv", same))),
        [1, 0, 0, 1, 0]
    );
    let mapping = office.file("m.toml", "sheet = \"Lain\"\n");
    assert!(
        office
            .refused(ImportKind::Steps, &path, Some(&mapping))
            .contains("has no sheet `Lain`, only Sheet1")
    );
}

#[test]
fn mistakes_in_a_mapping_name_the_line_and_the_cure() {
    let office = Office::new();
    let cases = office.file("cases.csv", CASES);
    for (text, part) in [
        (
            "zone = \"Asia/Makasar\"",
            "line 1: `Asia/Makasar` is no time zone",
        ),
        ("\nfoo = 1", "line 2: unknown field `foo`"),
        ("zone = \"UTC\"\nzone = \"UTC\"", "line 2: duplicate key"),
        (
            "[cases]\ncase_id = \"a\"",
            "[cases] lacks service, received_at, requires_recommendation, outcome",
        ),
        (
            "[steps]\nstart = \"x\"",
            "line 2: [steps] has no column `start`: the contract's are case_id, step",
        ),
        ("delimiter = \"ab\"", "line 1: delimiter \"ab\""),
        (
            "[cases]\nreceived_at = { column = \"a\", format = \"dd/mm\" }",
            "line 2: format \"dd/mm\" cannot be read",
        ),
        (
            "[steps]\nstep = { issued_when = \"a\" }",
            "line 2: `issued_when` is only for `outcome`",
        ),
        ("[codes.stp]\na = 1", "line 1: [codes] has no column `stp`"),
        (
            "encoding = \"latin\"",
            "line 1: unknown variant `latin`, expected `utf-8` or `windows-1252`",
        ),
    ] {
        let mapping = office.file("m.toml", text);
        let message = office.refused(ImportKind::Cases, &cases, Some(&mapping));
        assert!(
            message.contains(part) && message.contains("m.toml"),
            "{text:?}: {message}"
        );
    }
}
