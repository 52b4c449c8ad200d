//! Follow-ups: the report's own sheet filled in, tables with the contract's headers, corrected, rejected and read back.

use std::path::{Path, PathBuf};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use tepat::finding::Check;
use tepat::snapshot::FollowupRow;
use tepat::source::ImportKind;
use tepat::source::store::{findings_of, followups};
use tepat::standard::load::{StandardFiles, load_calendar};

use super::binary::Tepat;
use super::import::{Office, counts};

const HEADS: [&str; 12] = [
    "Nomor",
    "Periode",
    "Indikator",
    "Kelompok",
    "Temuan",
    "Angka saat itu",
    "Sebab",
    "Tindakan",
    "Penanggung jawab",
    "Batas waktu",
    "Selesai pada",
    "Catatan",
];

/// One row of the sheet: number, group, what was filled in, and the two dates.
type Entry<'a> = (&'a str, &'a str, [&'a str; 3], [Option<(u16, u8, u8)>; 2]);

const ENTRIES: [Entry<'static>; 3] = [
    (
        "TL-01",
        "step=12",
        ["Draf menumpuk", "Dibagi setiap hari", "Kepala Seksi"],
        [Some((2026, 3, 31)), Some((2026, 2, 27))],
    ),
    (
        "TL-02",
        "agency=Dinas (contoh);month=2025-12",
        ["", "", ""],
        [None, None],
    ),
    (
        "TL-03",
        "",
        ["Cuti", "Pejabat pengganti", "Kepala"],
        [Some((2026, 4, 1)), None],
    ),
];

/// The report's workbook: other sheets first, title lines in rows 1 to 4, heads in row 5.
fn workbook(path: &Path, entries: &[Entry<'_>]) {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let first = book.add_worksheet();
    first.set_name("Ringkasan").unwrap();
    first.write(0, 0, "Nomor").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Tindak Lanjut").unwrap();
    for (row, title) in ["Laporan kinerja", "Kantor (contoh)", "Semester II 2025"]
        .iter()
        .enumerate()
    {
        sheet.write(row as u32, 0, *title).unwrap();
    }
    for (col, head) in (0..).zip(HEADS) {
        sheet.write(4, col, head).unwrap();
    }
    for (row, (number, group, entered, dates)) in (5..).zip(entries) {
        for (col, text) in (0..).zip([
            *number,
            "2025-S2",
            "stage.within_window",
            *group,
            "Temuan",
            "81,2 %",
        ]) {
            sheet.write(row, col, text).unwrap();
        }
        for (col, text) in (6..).zip(entered) {
            sheet.write(row, col, *text).unwrap();
        }
        for (col, day) in (9..).zip(dates) {
            if let Some((year, month, day)) = day {
                let day = ExcelDateTime::from_ymd(*year, *month, *day).unwrap();
                sheet.write_with_format(row, col, &day, &date).unwrap();
            }
        }
    }
    book.save(path).unwrap();
}

fn given_back(office: &Office, entries: &[Entry<'_>]) -> PathBuf {
    let path = office.path().join("performance-2025-S2.xlsx");
    workbook(&path, entries);
    path
}

fn stored(office: &Office) -> Vec<FollowupRow> {
    followups(office.path()).unwrap()
}

#[test]
fn the_reports_own_sheet_comes_back_filled_in() {
    let office = Office::new();
    let file = given_back(&office, &ENTRIES);
    let report = office.import(ImportKind::Followups, &file);
    assert_eq!(counts(&report), [3, 3, 0, 0, 0]);
    assert_eq!(report.findings, 0, "{:?}", report.examples);
    assert_eq!(report.ignored, ["Angka saat itu"]);
    let rows = stored(&office);
    assert_eq!(rows.len(), 3, "one with nothing filled in among them");
    let day = |d: Option<chrono::NaiveDate>| d.map(|d| d.to_string()).unwrap_or_default();
    let first = &rows[0];
    assert_eq!(first.followup_id, "TL-01");
    assert_eq!(
        (first.period.as_str(), first.group.as_str()),
        ("2025-S2", "step=12")
    );
    assert_eq!(first.indicator, "stage.within_window");
    assert_eq!(first.action.as_deref(), Some("Dibagi setiap hari"));
    assert_eq!(
        [day(first.by_when), day(first.done_on)],
        ["2026-03-31", "2026-02-27"]
    );
    assert_eq!(rows[1].group, "agency=Dinas (contoh);month=2025-12");
    assert_eq!(
        [&rows[1].cause, &rows[1].action, &rows[1].who],
        [&None, &None, &None]
    );
    assert_eq!((rows[2].group.as_str(), rows[2].done_on), ("", None));

    assert_eq!(
        counts(&office.import(ImportKind::Followups, &file)),
        [3, 0, 0, 3, 0]
    );
    assert_eq!(stored(&office), rows);
}

#[test]
fn what_is_filled_in_later_takes_the_place_of_the_row_and_what_is_changed_is_a_finding() {
    let office = Office::new();
    office.import(ImportKind::Followups, &given_back(&office, &ENTRIES));
    let mut entries = ENTRIES;
    entries[1].2 = ["Jadwal", "Kesepakatan", "Penghubung"];
    let found = || findings_of(office.path(), ImportKind::Followups).unwrap();
    let later = given_back(&office, &entries);
    assert_eq!(
        counts(&office.import(ImportKind::Followups, &later)),
        [3, 0, 1, 2, 0]
    );
    assert_eq!(found(), [], "what goes on is corrected by nobody");
    entries[0].3[0] = Some((2026, 6, 30));
    let moved = given_back(&office, &entries);
    assert_eq!(
        counts(&office.import(ImportKind::Followups, &moved)),
        [3, 0, 1, 2, 0]
    );
    let found = found();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].check, found[0].key.as_str()),
        (Check::ReplacedRow, "TL-01")
    );
    assert!(
        found[0]
            .message
            .contains("by_when 31 Maret 2026 menjadi 30 Juni 2026"),
        "{}",
        found[0].message
    );
    assert_eq!(stored(&office)[1].who.as_deref(), Some("Penghubung"));
}

#[test]
fn a_table_with_the_contracts_headers_does_as_well_and_bad_rows_are_findings() {
    let office = Office::new();
    let text = "followup_id,period,indicator,group,finding,who,by_when\n\
        T-1,2025-S2,on_time.due,,Temuan,Kepala,2026-03-31\n\
        ,2025-S2,on_time.due,,Temuan,,\n\
        T-3,semester dua,on_time.due,,Temuan,,\n\
        T-4,2025-S2,on_time.due,langkah 12,Temuan,,\n\
        T-5,2025-S2,on_time.due,step=12,Temuan,,besok\n";
    let file = office.file("t.csv", text);
    let report = office.import(ImportKind::Followups, &file);
    assert_eq!(counts(&report), [5, 2, 0, 0, 3]);
    assert_eq!(report.findings, 4, "{:?}", report.examples);
    let ids: Vec<String> = stored(&office).into_iter().map(|r| r.followup_id).collect();
    assert_eq!(ids, ["T-1", "T-5"]);
    assert!(
        office.read().findings.is_empty(),
        "they are none of the cases'"
    );
    // The sheet saved as text, its heads in the first row.
    let saved =
        "Nomor;Periode;Indikator;Kelompok;Temuan;Sebab\nT-1;2025-S2;on_time.due;;Temuan;Cuti\n";
    let saved = office.file("lembar.csv", saved);
    assert_eq!(
        counts(&office.import(ImportKind::Followups, &saved)),
        [1, 0, 1, 0, 0]
    );
    assert_eq!(stored(&office)[0].cause.as_deref(), Some("Cuti"));
}

#[test]
fn a_sheet_whose_heads_were_moved_or_misspelt_is_refused() {
    let office = Office::new();
    let lacking = office.file("a.csv", "Nomor;Periode;Indikator;Temuan\nT-1;2025-S2;a;x\n");
    let message = office.refused(ImportKind::Followups, &lacking, None);
    assert!(message.contains("Kelompok"), "{message}");
    let text = "Nomor;Periode;Indikator;Kelompok;Temuan;Tindakn\nT-1;2025-S2;a;;x;y\n";
    let misspelt = office.file("b.csv", text);
    let message = office.refused(ImportKind::Followups, &misspelt, None);
    assert!(
        message.contains("`Tindakn`") && message.contains("`Tindakan`"),
        "{message}"
    );
    let path = office.path().join("c.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Tindak Lanjut").unwrap();
    for (col, head) in (0..).zip(HEADS) {
        sheet.write(0, col, head).unwrap();
    }
    book.save(&path).unwrap();
    let message = office.refused(ImportKind::Followups, &path, None);
    assert!(message.contains("row 5"), "{message}");
}

#[test]
fn a_mapping_names_other_columns() {
    let office = Office::new();
    let mapping = office.file(
        "m.toml",
        "[followups]\nfollowup_id = \"ID\"\nperiod = { value = \"2025-S2\" }\nindicator = \"Ukuran\"\n\
         group = \"Bagian\"\nfinding = \"Uraian\"\nby_when = { column = \"Tenggat\", format = \"%d/%m/%Y\" }\n",
    );
    let file = office.file(
        "t.csv",
        "ID,Ukuran,Bagian,Uraian,Tenggat\nT-1,on_time.due,,Temuan,31/03/2026\n",
    );
    let report = office
        .try_import(ImportKind::Followups, &file, Some(&mapping))
        .unwrap();
    assert_eq!(counts(&report), [1, 1, 0, 0, 0]);
    let row = &stored(&office)[0];
    assert_eq!(
        row.by_when.map(|d| d.to_string()).as_deref(),
        Some("2026-03-31")
    );
}

#[test]
fn they_are_in_the_store_also_where_cases_stand_in_a_database() {
    let office = Tepat::new();
    office.run(&["init", "k"]).exits(0);
    let conn = rusqlite::Connection::open(office.path("k/kantor.db")).unwrap();
    conn.execute_batch(
        "CREATE TABLE cases (case_id, service, received_at, requires_recommendation, outcome, closed_at, applicant, region, channel, due_on);
         CREATE TABLE steps (case_id, step, started_at, completed_at, officer, result)",
    )
    .unwrap();
    let settings = office.path("k/tepat.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    let text = text.replace("[source]\n", "[source]\nurl = \"sqlite:kantor.db\"\n");
    std::fs::write(&settings, text).unwrap();
    std::fs::remove_file(office.path("k/state/tepat.db")).unwrap();
    let checked = || {
        let ran = office
            .run(&["--workspace", "k", "check", "--json"])
            .exits(0);
        let said: serde_json::Value = serde_json::from_str(&ran.stdout()).unwrap();
        said["further"]["followups"].clone()
    };
    assert_eq!(checked(), serde_json::Value::Null, "there is no store yet");
    workbook(&office.path("t.xlsx"), &ENTRIES);
    let import = ["--workspace", "k", "import", "followups", "t.xlsx"];
    let dry = office.run(&[&import[..], &["--dry-run"]].concat()).exits(0);
    assert!(dry.stdout().contains("Tindak Lanjut"), "{}", dry.stdout());
    assert_eq!(
        checked(),
        serde_json::Value::Null,
        "a dry run stores nothing"
    );
    office.run(&import).exits(0);
    assert_eq!(checked(), 3);
}

#[test]
fn the_demos_register_and_follow_ups_are_read_whole() {
    let office = Office::new();
    let (staff, followups) = tepat::demo::write_beside(office.path()).unwrap();
    let report = office.import(ImportKind::Staff, &staff);
    assert_eq!((report.findings, report.rejected), (0, 0));
    let rows = tepat::source::store::staff(office.path()).unwrap();
    assert_eq!(rows, tepat::demo::staff());
    let report = office.import(ImportKind::Followups, &followups);
    assert_eq!((report.findings, report.rejected), (0, 0));
    assert_eq!(stored(&office), tepat::demo::followups());
}

#[test]
fn everybody_in_the_demos_steps_is_in_its_register() {
    let calendar = load_calendar(
        "kaltim",
        &StandardFiles::shipped(),
        chrono_tz::Asia::Makassar,
        false,
    );
    let plan = tepat::demo::Plan {
        months: 3,
        ..tepat::demo::Plan::default()
    };
    let data = tepat::demo::generate(&calendar.expect("sound"), &plan).unwrap();
    let register: std::collections::BTreeSet<String> = tepat::demo::staff()
        .into_iter()
        .map(|r| r.officer)
        .collect();
    let seen: std::collections::BTreeSet<String> =
        data.steps.into_iter().filter_map(|s| s.officer).collect();
    assert!(
        seen.is_subset(&register),
        "{:?}",
        seen.difference(&register)
    );
}
