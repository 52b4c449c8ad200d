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
            "give .csv, .xlsx, .parquet or .xes",
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
            "neither.csv",
            Some(b"case_id,service\nB-1,Kaf\x9D\n".to_vec()),
            "line 2 holds byte 0x9D, which is neither UTF-8 nor Windows-1252",
        ),
        (
            "nul.csv",
            Some(b"case_id,service\nB-1,K\0\n".to_vec()),
            "line 2 holds a NUL byte",
        ),
        (
            "open.csv",
            Some(
                format!("{CASES}B-3,\"KOM-03,2026-06-02,0,open,,\nB-4,a,b,c,d,e,f\n").into_bytes(),
            ),
            "line 4: a quotation mark is opened and never closed",
        ),
        (
            "cut.parquet",
            Some(b"PAR1 cut".to_vec()),
            "not a readable Parquet file",
        ),
        (
            "text.parquet",
            Some(b"a,b".to_vec()),
            "not a readable Parquet file",
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
    for (mapping, said) in [
        (Some(mapping.as_path()), "windows-1252, delimiter \";\""),
        (
            None,
            "windows-1252 (assumed, since line 2 is not UTF-8), delimiter \";\"",
        ),
    ] {
        let report = office
            .try_import(ImportKind::Cases, &latin, mapping)
            .unwrap();
        assert_eq!(counts(&report), [2, 0, 0, 2, 0], "the same text");
        assert_eq!(report.read_as.to_string(), said);
    }
    let wide: Vec<u8> = format!("\u{feff}{semicolons}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let report = office.import(ImportKind::Cases, &office.file("wide.csv", wide));
    assert_eq!(counts(&report), [2, 0, 0, 2, 0]);
    assert_eq!(
        report.read_as.encoding.as_deref(),
        Some("UTF-16LE with byte order mark")
    );
    let utf8 = office.file("m.toml", "encoding = \"utf-8\"\n");
    let message = office.refused(ImportKind::Cases, &latin, Some(&utf8));
    assert!(
        message.contains("line 2 is not UTF-8 text, but the mapping says utf-8"),
        "{message}"
    );
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    writer
        .write_all(CASES.replace(',', "\t").as_bytes())
        .unwrap();
    let packed = writer.finish().unwrap();
    // Gzip is known by its first bytes, whatever the file is called.
    for name in ["cases.csv.gz", "packed.csv"] {
        let report = office.import(ImportKind::Cases, &office.file(name, &packed));
        assert_eq!(report.new + report.rejected, 0);
        assert_eq!(report.read_as.to_string(), "gzip, UTF-8, delimiter tab");
    }
    let half = office.file("half.csv", &packed[..packed.len() / 2]);
    let message = office.refused(ImportKind::Cases, &half, None);
    assert!(message.contains("cut off or damaged"), "{message}");
}

#[test]
fn lines_may_end_in_any_way_and_excel_may_state_its_delimiter() {
    let office = Office::new();
    office.import(ImportKind::Steps, &office.file("steps.csv", STEPS));
    for (name, text) in [
        ("crlf.csv", STEPS.replace('\n', "\r\n")),
        ("cr.csv", STEPS.replace('\n', "\r")),
        ("sep.csv", format!("sep=|\r\n{}", STEPS.replace(',', "|"))),
        (
            "title.csv",
            format!("\n;;;;\n{};;;;\n \n", STEPS.replace(',', ";")),
        ),
    ] {
        let report = office.import(ImportKind::Steps, &office.file(name, text));
        assert_eq!(counts(&report), [4, 0, 0, 4, 0], "{name}");
    }
    let file = office.file("bad.csv", format!("sep=;\n{STEPS}\nB-1,x,P1,2026-06-01,\n"));
    let comma = office.file("m.toml", "delimiter = \",\"\n");
    let message = office.refused(ImportKind::Steps, &file, Some(&comma));
    assert!(
        message.contains("its first line says \"sep=;\""),
        "{message}"
    );
    let titled = office.file(
        "t.csv",
        format!("REKAP, 2026\nDinas\n{STEPS}B-1,x,P1,2026-06-01,\n"),
    );
    let third = office.file("m.toml", "header_row = 3\n");
    let report = office
        .try_import(ImportKind::Steps, &titled, Some(&third))
        .unwrap();
    assert_eq!(counts(&report), [5, 0, 0, 4, 1]);
    assert!(
        report.examples[0].contains("t.csv:8"),
        "the file's own lines: {:?}",
        report.examples
    );
}

#[test]
fn a_quotation_mark_that_swallows_rows_is_a_finding_with_their_lines() {
    let office = Office::new();
    let text = "case_id,step,officer,started_at,completed_at\n\
        B-1,6,\"P1\nbaris kedua\",2026-06-01 08:00,\n\
        B-2,6,\"P1,2026-06-01 08:00,\nB-3,6,P1,2026-06-01 08:00,\nB-4,\"6\",P1,2026-06-01 08:00\n\
        B-5,6,5\" pipa,2026-06-01 08:00,\n";
    let report = office.import(ImportKind::Steps, &office.file("s.csv", text));
    assert_eq!(counts(&report), [3, 2, 0, 0, 1]);
    assert!(
        report.examples[0].contains("Baris 4 sampai 6 terbaca sebagai satu baris"),
        "{:?}",
        report.examples
    );
    let steps = office.read().steps;
    assert_eq!(steps[0].officer.as_deref(), Some("P1\nbaris kedua"));
    assert_eq!(steps[1].case_id, "B-5");
}

#[test]
fn stretches_read_side_by_side_keep_order_lines_and_findings() {
    let office = Office::new();
    // Some megabytes, so that there are several stretches; with and without quotation marks.
    for quote in ["", "\""] {
        let mut text = String::from("case_id,step,officer,started_at,completed_at\n");
        for n in 0..60_000 {
            let day = if n % 20_000 == 19_999 { "31" } else { "30" };
            text += &format!("{quote}B-{n:06}{quote},7,Petugas nomor {n},2026-06-{day} 08:00,\n");
        }
        let file = office.file("steps.csv", &text);
        let report = office.import(ImportKind::Steps, &file);
        assert_eq!(
            (report.rows, report.rejected, report.findings),
            (60_000, 0, 3)
        );
        let lines: Vec<&str> = report
            .examples
            .iter()
            .map(|e| &e[..e.find(": Kolom").unwrap()])
            .collect();
        assert_eq!(
            lines,
            [
                "B-019999: steps.csv:20001",
                "B-039999: steps.csv:40001",
                "B-059999: steps.csv:60001"
            ]
        );
    }
    assert_eq!(office.read().steps.len(), 60_000);
}

#[test]
fn decimal_marks_are_detected_over_the_whole_file() {
    let office = Office::new();
    let rows = |steps: &[&str]| {
        let rows: String = steps
            .iter()
            .map(|s| format!("B-1;{s};2026-06-01\n"))
            .collect();
        office.file("s.csv", format!("case_id;step;started_at\n{rows}"))
    };
    let by = |steps: &[&str], mapping: &str| {
        let mapping = office.file("m.toml", mapping);
        office.try_import(ImportKind::Steps, &rows(steps), Some(&mapping))
    };
    let decimal = |steps: &[&str]| by(steps, "").unwrap().read_as.decimal;
    assert_eq!(decimal(&["6", "7"]), None);
    assert_eq!(decimal(&["6", "7,0"]), Some(','));
    assert_eq!(decimal(&["6.0", "7"]), Some('.'));
    let message = by(&["6.0", "7,0"], "").unwrap_err().to_string();
    assert!(
        message.contains("decimal comma 1 times and with a decimal point 1 times"),
        "{message}"
    );
    let said = by(&["6.0", "7,0"], "decimal = \",\"\n").unwrap();
    assert_eq!(
        (said.rejected, said.read_as.decimal),
        (1, Some(',')),
        "the mapping's word wins"
    );
}

#[test]
fn names_of_files_and_columns_may_be_hostile() {
    let office = Office::new();
    let columns: String = (0..295).map(|n| format!(",Kolom {n}")).collect();
    let values = ",".repeat(295);
    let text = format!(
        "case_id,step,officer,officer \u{7},started_at{columns}\nB-1,7,P1,x,2026-06-01{values}\n"
    );
    let file = office.file("a;$(rm -rf ~) 'x'\nb.csv", &text);
    let report = office.import(ImportKind::Steps, &file);
    assert_eq!(counts(&report), [1, 1, 0, 0, 0]);
    assert_eq!(report.ignored.len(), 296);
    assert!(!report.name.contains('\n'), "{:?}", report.name);
    let missing = office.path().join("no\nsuch.csv");
    assert!(
        office
            .refused(ImportKind::Steps, &missing, None)
            .contains("no such file")
    );
    let twice = office.file(
        "t.csv",
        "case_id,step,started_at,started_at\nB-1,7,2026-06-01,2026-06-02\n",
    );
    assert!(
        office
            .refused(ImportKind::Steps, &twice, None)
            .contains("stands twice")
    );
    for (name, rows) in [
        ("header.csv", "case_id,step,started_at"),
        ("h.csv", "case_id,step,started_at\r\n\r\n"),
    ] {
        assert_eq!(
            counts(&office.import(ImportKind::Steps, &office.file(name, rows))),
            [0; 5]
        );
    }
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
        ("decimal = \"comma\"", "line 1: decimal \"comma\": write"),
        (
            "header_rows = 9",
            "line 1: header_rows = 9: write a number from 1 to 5",
        ),
        ("[wide]\ncase_id = \"a\"", "line 1: [wide] lists no step"),
        (
            "[wide]\ncase_id = \"a\"\n[[wide.steps]]\nstep = 6\nofficer = \"b\"",
            "line 3: [[wide.steps]] step 6 names neither",
        ),
        (
            "[steps]\ncase_id = \"a\"\nstep = \"b\"\n[wide]\ncase_id = \"a\"",
            "line 4: [wide] and [steps] both say",
        ),
        (
            "encoding = \"latin\"",
            "line 1: unknown variant `latin`, expected one of `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`",
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
