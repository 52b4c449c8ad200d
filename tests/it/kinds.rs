//! Survey answers, complaints and staff: imported, repeated, corrected and read back.

use tepat::source::ImportKind;
use tepat::source::store::{complaints, findings_of, responses, staff};

use super::import::{Office, counts};

const RESPONSES: &str = "response_id,answered_on,service,WAKTU,BIAYA,SARPRAS,age,nama,suggestion\n\
    R-2,2026-06-30,KOM-03,4,4,3,34,Budi,\n\
    R-1,2026-06-29,KOM-03,0,4,,,Ani,'; DROP TABLE cases;--\n";

#[test]
fn survey_answers_are_kept_by_code_and_what_is_no_answer_is_missing() {
    let office = Office::new();
    let file = office.file("r.csv", RESPONSES);
    let report = office.import(ImportKind::Responses, &file);
    assert_eq!(counts(&report), [2, 2, 0, 0, 0]);
    assert_eq!(report.ignored, ["nama"], "names are not imported");
    assert_eq!(
        report.findings, 1,
        "a blank answer is counted, not found fault with"
    );
    assert_eq!(report.blank, [("SARPRAS".to_owned(), 1)]);
    let rows = responses(office.path()).unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].response_id, "R-1", "in order");
    assert_eq!(
        rows[0].suggestion.as_deref(),
        Some("'; DROP TABLE cases;--")
    );
    let answers: Vec<_> = rows[0].answers.iter().collect();
    assert_eq!(
        answers,
        [("BIAYA", Some(4)), ("SARPRAS", None), ("WAKTU", None)]
    );
    let found = findings_of(office.path(), ImportKind::Responses).unwrap();
    assert_eq!(found.len(), 1);
    assert!(found.iter().all(|f| f.key == "R-1"), "{found:?}");
    assert!(
        office.read().findings.is_empty(),
        "they are none of the cases'"
    );

    assert_eq!(
        counts(&office.import(ImportKind::Responses, &file)),
        [2, 0, 0, 2, 0]
    );
    let corrected = office.file("c.csv", RESPONSES.replace("KOM-03,0,4,,", "KOM-03,1,4,2,"));
    assert_eq!(
        counts(&office.import(ImportKind::Responses, &corrected)),
        [2, 0, 1, 1, 0]
    );
    let rows = responses(office.path()).unwrap();
    assert_eq!(
        (rows.len(), rows[0].answers.get("WAKTU").flatten()),
        (2, Some(1))
    );
    let wrong = office.file("w.csv", RESPONSES.replace("KOM-03,4,4,3", "KOM-03,4,1,3"));
    office.import(ImportKind::Responses, &wrong);
    let found = findings_of(office.path(), ImportKind::Responses).unwrap();
    assert!(
        found.iter().any(|f| f
            .message
            .contains("Baris lama survei R-2 diganti: BIAYA 4 menjadi 1")),
        "{found:?}"
    );
}

#[test]
fn elements_named_by_their_position_need_a_mapping() {
    let office = Office::new();
    let file = office.file(
        "u.csv",
        "No;Tanggal;U1;U8;U9\nR-1;30/06/2026;4;3;2\nR-2;30/06/2026;3;9;1\n",
    );
    let mapping = |answers: &str| {
        let text = format!(
            "[responses]\nresponse_id = \"No\"\nanswered_on = {{ column = \"Tanggal\", format = \"%d/%m/%Y\" }}\nservice = {{ value = \"KOM-03\" }}\n{answers}"
        );
        office.file("m.toml", text)
    };
    let message = office.refused(ImportKind::Responses, &file, Some(&mapping("")));
    assert!(
        message.contains("columns U1, U8, U9 name the elements")
            && message.contains("PENGADUAN = \"U9\""),
        "{message}"
    );
    let plain = office.file(
        "p.csv",
        "response_id,answered_on,service,U1\nR-1,2026-06-30,K,4\n",
    );
    assert!(
        office
            .refused(ImportKind::Responses, &plain, None)
            .contains("by their position")
    );
    let none = office.file(
        "n.csv",
        "response_id,answered_on,service,nilai\nR-1,2026-06-30,K,4\n",
    );
    assert!(
        office
            .refused(ImportKind::Responses, &none, None)
            .contains("no column holds answers")
    );

    let named = mapping("[answers]\nPERSYARATAN = \"U1\"\nSARPRAS = \"U8\"\nPENGADUAN = \"U9\"\n");
    let report = office
        .try_import(ImportKind::Responses, &file, Some(&named))
        .unwrap();
    assert_eq!(counts(&report), [2, 2, 0, 0, 0]);
    let rows = responses(office.path()).unwrap();
    assert_eq!(
        (
            rows[0].answers.get("SARPRAS").flatten(),
            rows[0].answers.get("PENGADUAN").flatten()
        ),
        (Some(3), Some(2))
    );
    assert_eq!(
        rows[1].answers.get("SARPRAS").flatten(),
        None,
        "9 is no answer"
    );
    let wrong = mapping("[answers]\nwaktu = \"U1\"\n");
    let message = office.refused(ImportKind::Responses, &file, Some(&wrong));
    assert!(
        message.contains("line 6: [answers] `waktu` is no element code"),
        "{message}"
    );
}

#[test]
fn a_column_of_answers_that_cannot_be_read_refuses_the_file() {
    let office = Office::new();
    let rows: String = (0..6)
        .map(|n| format!("R-{n},2026-06-30,K,4,puas\n"))
        .collect();
    let file = office.file(
        "r.csv",
        format!("response_id,answered_on,service,WAKTU,BIAYA\n{rows}"),
    );
    let message = office.refused(ImportKind::Responses, &file, None);
    assert!(
        message.contains("not one of the 6 values of column BIAYA"),
        "{message}"
    );
    let codes = office.file("m.toml", "[codes.answers]\npuas = 3\n4 = 4\n");
    let report = office
        .try_import(ImportKind::Responses, &file, Some(&codes))
        .unwrap();
    assert_eq!(report.findings, 0);
    assert_eq!(
        responses(office.path()).unwrap()[5]
            .answers
            .get("BIAYA")
            .flatten(),
        Some(3)
    );
}

#[test]
fn complaints_and_staff_are_known_by_what_they_are_known_by() {
    let office = Office::new();
    let text = "complaint_id,channel,received_at,responded_at,category\n\
        P-1,SP4N-LAPOR,2026-06-01 08:00,,waktu\nP-2,,2026-06-02 08:00,2026-06-02 09:00,\n";
    let file = office.file("c.csv", text);
    assert_eq!(
        counts(&office.import(ImportKind::Complaints, &file)),
        [2, 2, 0, 0, 0]
    );
    let answered = office.file(
        "c.csv",
        text.replace("08:00,,waktu", "08:00,2026-06-03,waktu"),
    );
    assert_eq!(
        counts(&office.import(ImportKind::Complaints, &answered)),
        [2, 0, 1, 1, 0]
    );
    let rows = complaints(office.path()).unwrap();
    assert_eq!(rows.len(), 2);
    assert!(rows[0].responded_at.is_some() && rows[1].channel.is_none());
    assert!(
        findings_of(office.path(), ImportKind::Complaints)
            .unwrap()
            .is_empty(),
        "a complaint that goes on is corrected by nobody"
    );

    let text = "officer,name,unit,role,from,until\nP1,A,Bidang,Verifikator,2025-01-01,2025-12-31\n\
        P1,A,Bidang,Kepala,2026-01-01,\nP2,B,Bidang,Verifikator,kemarin,\n";
    let file = office.file("s.csv", text);
    assert_eq!(
        counts(&office.import(ImportKind::Staff, &file)),
        [3, 2, 0, 0, 1]
    );
    let ended = office.file(
        "s.csv",
        text.replace("2026-01-01,", "2026-01-01,2026-06-30"),
    );
    assert_eq!(
        counts(&office.import(ImportKind::Staff, &ended)),
        [3, 0, 1, 1, 1]
    );
    let rows = staff(office.path()).unwrap();
    assert_eq!(rows.len(), 2, "one officer in two roles");
    assert_eq!(
        rows[1].until.map(|d| d.to_string()).as_deref(),
        Some("2026-06-30")
    );
}

#[test]
fn without_a_store_there_are_no_rows() {
    let office = Office::new();
    assert!(responses(office.path()).unwrap().is_empty());
    assert!(
        findings_of(office.path(), ImportKind::Staff)
            .unwrap()
            .is_empty()
    );
    assert!(!office.path().join("state").exists());
}
