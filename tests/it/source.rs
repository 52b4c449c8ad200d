//! Reading: the store and other SQLite databases through adapter queries, and what goes wrong with them.

use std::fs;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tepat::finding::Check;
use tepat::snapshot::{Outcome, Snapshot};
use tepat::source::{ImportKind, SourceError, prepare};

use super::import::Office;
use super::reading;

fn blocking<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap()
        .block_on(work)
}

/// Runs a script on a database of the office, as another program would.
fn script(office: &Office, name: &str, sql: &str) {
    blocking(async {
        let file = SqliteConnectOptions::new()
            .filename(office.path().join(name))
            .create_if_missing(true);
        let mut conn = file.connect().await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut conn)
            .await
            .unwrap();
        conn.close().await.unwrap();
    });
}

fn attempt(office: &Office, url: Option<&str>) -> Result<Snapshot, SourceError> {
    reading::all(office.path(), url)
}

fn refused(office: &Office, url: Option<&str>) -> String {
    let message = attempt(office, url).unwrap_err().to_string();
    assert!(!message.contains('\n'), "one sentence: {message}");
    message
}

fn query(office: &Office, name: &str, sql: &str) {
    let folder = office.path().join("queries/sqlite");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), sql).unwrap();
}

#[test]
fn an_offices_own_tables_are_read_by_its_own_queries() {
    let office = Office::new();
    script(
        &office,
        "izin.db",
        "CREATE TABLE berkas (nomor, layanan, terima, rekom, status, tutup);
         INSERT INTO berkas VALUES ('B-1', 'KOM-03', '2026-06-01 08:00', 'Y', 'terbit', 1780272000000000),
             (17, 'KOM-03', '2026-06-01T00:00:00Z', 0, 'proses', NULL), (NULL, 'KOM-03', NULL, 0, 'proses', NULL),
             ('B-4', 'KOM-03', x'00', 0, 'proses', 1.5);
         CREATE TABLE langkah (nomor, kode, mulai);
         INSERT INTO langkah VALUES ('B-1', 6, '2026-06-01 08:00:00.25'), ('B-1', 'enam', NULL);",
    );
    query(
        &office,
        "cases.sql",
        "SELECT nomor AS case_id, layanan AS service, terima AS received_at, rekom AS requires_recommendation,
         CASE status WHEN 'terbit' THEN 'issued' ELSE 'open' END AS outcome, tutup AS closed_at FROM berkas;",
    );
    query(
        &office,
        "steps.sql",
        "SELECT nomor AS case_id, kode AS step, mulai AS started_at FROM langkah",
    );
    let snapshot = attempt(&office, Some("sqlite://izin.db")).unwrap();
    let ids: Vec<&str> = snapshot.cases.iter().map(|c| c.case_id.as_str()).collect();
    assert_eq!(ids, ["17", "B-1", "B-4"]);
    let issued = &snapshot.cases[1];
    assert_eq!(
        (issued.outcome, issued.received_at),
        (Outcome::Issued, issued.closed_at),
        "8.00 WITA is 0.00 UTC"
    );
    assert!(issued.requires_recommendation);
    assert_eq!(snapshot.steps[0].started_at, Some(1_780_272_000_250_000));
    let count = |check| {
        snapshot
            .findings
            .iter()
            .filter(|f| f.check == check)
            .count()
    };
    assert_eq!(
        (count(Check::UnreadableRow), count(Check::UnreadableValue)),
        (2, 2),
        "{:?}",
        snapshot.findings
    );
}

#[test]
fn queries_that_break_the_contract_are_refused_before_any_row() {
    let office = Office::new();
    prepare(office.path()).unwrap();
    assert_eq!(
        attempt(&office, None).unwrap().cases.len(),
        0,
        "an empty store reads as an empty snapshot"
    );
    let url = Some("sqlite:state/tepat.db");
    for (sql, part) in [
        ("SELECT 1; DROP TABLE cases", "more than one statement"),
        ("-- nothing", "holds no statement"),
        (
            "SELECT case_id, servis AS servise FROM cases",
            "no such column: servis",
        ),
        (
            "SELECT case_id, service AS servise FROM cases",
            "column `service`: found `servise`, wanted text: deliver it with AS service; column `received_at`: found only case_id, servise, ",
        ),
        ("DELETE FROM cases RETURNING *", "only reading is allowed"),
    ] {
        query(&office, "cases.sql", sql);
        let message = refused(&office, url);
        assert!(
            message.starts_with("queries/sqlite/cases.sql") && message.contains(part),
            "{sql}: {message}"
        );
        assert!(
            attempt(&office, None).is_ok(),
            "an office's queries are not for the store"
        );
    }
}

#[test]
fn an_instant_after_the_extract_is_found_while_it_lies_ahead() {
    let office = Office::new();
    script(
        &office,
        "izin.db",
        "CREATE TABLE cases (case_id, service, received_at, requires_recommendation, outcome);
         INSERT INTO cases VALUES ('B-1', 'KOM-03', '2101-01-01 08:00', 0, 'open'), ('B-2', 'KOM-03', '2026-01-01', 0, 'open');
         CREATE TABLE steps (case_id, step, started_at, completed_at);
         INSERT INTO steps VALUES ('B-2', 6, '2026-01-01 08:00', '2101-01-01 08:00')",
    );
    query(
        &office,
        "cases.sql",
        "SELECT case_id, service, received_at, requires_recommendation, outcome FROM cases",
    );
    query(
        &office,
        "steps.sql",
        "SELECT case_id, step, started_at, completed_at FROM steps",
    );
    let findings = attempt(&office, Some("sqlite:izin.db")).unwrap().findings;
    let found: Vec<(Check, &str)> = findings.iter().map(|f| (f.check, f.key.as_str())).collect();
    assert_eq!(
        found,
        [
            (Check::InstantAfterExtract, "B-1"),
            (Check::InstantAfterExtract, "B-2")
        ]
    );
    assert!(
        findings[1].message.contains("waktu selesai"),
        "{}",
        findings[1].message
    );
}

#[test]
fn databases_that_cannot_be_read_end_in_one_sentence() {
    let office = Office::new();
    assert!(refused(&office, None).contains("import data first"));
    assert!(refused(&office, Some("sqlite://none.db")).contains("no such database file"));
    office.file(
        "text.db",
        "this is no database, but longer than a header ".repeat(100),
    );
    assert!(
        refused(&office, Some("sqlite://text.db"))
            .contains("is not an SQLite database, or is damaged")
    );
    fs::create_dir(office.path().join("state")).unwrap();
    fs::write(
        office.path().join("state/tepat.db"),
        "no database either ".repeat(100),
    )
    .unwrap();
    let cases = office.file(
        "c.csv",
        "case_id,service,received_at,requires_recommendation,outcome\n",
    );
    assert!(
        office
            .refused(ImportKind::Cases, &cases, None)
            .contains("is not an SQLite database")
    );
    let gone = office.path().join("gone");
    let message = prepare(&gone).unwrap_err().to_string();
    assert!(
        message.contains("the workspace folder does not exist"),
        "{message}"
    );
    let blocked = Office::new();
    blocked.file("state", "a file where the folder should be");
    assert!(
        prepare(blocked.path())
            .unwrap_err()
            .to_string()
            .contains("cannot be made or written")
    );
}

#[test]
fn a_locked_store_is_named_and_stays_whole() {
    let office = Office::new();
    prepare(office.path()).unwrap();
    let cases = office.file(
        "c.csv",
        "case_id,service,received_at,requires_recommendation,outcome\nB-1,KOM-03,2026-06-01,0,open\n",
    );
    blocking(async {
        let mut other = SqliteConnectOptions::new()
            .filename(office.path().join("state/tepat.db"))
            .connect()
            .await
            .unwrap();
        sqlx::query("BEGIN EXCLUSIVE")
            .execute(&mut other)
            .await
            .unwrap();
        std::thread::scope(|scope| {
            let refusal = scope.spawn(|| office.refused(ImportKind::Cases, &cases, None));
            assert!(
                refusal
                    .join()
                    .unwrap()
                    .contains("in use by another program")
            );
        });
        sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    });
    assert_eq!(office.read().cases.len(), 0);
    assert_eq!(office.import(ImportKind::Cases, &cases).new, 1);
}

#[test]
fn a_store_of_a_newer_version_is_left_alone() {
    let office = Office::new();
    prepare(office.path()).unwrap();
    script(
        &office,
        "state/tepat.db",
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (999, 'later', 1, x'00', 0)",
    );
    assert!(
        prepare(office.path())
            .unwrap_err()
            .to_string()
            .contains("newer version of tepat")
    );
}

#[test]
fn an_import_cut_off_by_a_crash_is_undone_before_reading() {
    let (office, crashed) = (Office::new(), Office::new());
    let cases = office.file(
        "c.csv",
        "case_id,service,received_at,requires_recommendation,outcome\nB-1,KOM-03,2026-06-01,0,open\n",
    );
    office.import(ImportKind::Cases, &cases);
    blocking(async {
        let file = SqliteConnectOptions::new().filename(office.path().join("state/tepat.db"));
        let mut conn = file.pragma("cache_size", "2").connect().await.unwrap();
        sqlx::raw_sql(
            "BEGIN IMMEDIATE; UPDATE cases SET service = 'X';
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
             INSERT INTO cases (import_id, case_id, service, requires_recommendation, outcome)
             SELECT 1, 'C-' || i, 'X', 0, 'open' FROM n",
        )
        .execute(&mut conn)
        .await
        .unwrap();
        // What a crash would leave on the disk: pages of the transaction, and its journal.
        fs::create_dir(crashed.path().join("state")).unwrap();
        for name in ["state/tepat.db", "state/tepat.db-journal"] {
            fs::copy(office.path().join(name), crashed.path().join(name)).unwrap();
        }
    });
    let message = refused(&crashed, Some("sqlite://state/tepat.db"));
    assert!(
        message.contains("left the database in the middle of a change"),
        "another program's database is only read: {message}"
    );
    let snapshot = crashed.read();
    assert_eq!(snapshot.cases.len(), 1);
    assert_eq!(snapshot.cases[0].service, "KOM-03");
}

#[test]
fn a_file_that_is_no_store_is_named_as_such() {
    let office = Office::new();
    fs::create_dir(office.path().join("state")).unwrap();
    fs::write(office.path().join("state/tepat.db"), "").unwrap();
    let error = attempt(&office, None).unwrap_err().to_string();
    assert!(error.contains("not the store of tepat"), "{error}");
}

#[test]
fn a_database_with_a_log_of_writes_is_left_as_it_was() {
    let office = Office::new();
    script(
        &office,
        "kan#tor 100%.db",
        "PRAGMA journal_mode = WAL;
         CREATE TABLE cases (case_id, service, received_at, requires_recommendation, outcome, closed_at, applicant, region, channel, due_on);
         INSERT INTO cases VALUES ('B-1', 'KOM-03', '2026-01-01', 0, 'open', NULL, NULL, NULL, NULL, NULL);
         CREATE TABLE steps (case_id, step, started_at, completed_at, officer, result)",
    );
    let names = || {
        let mut names: Vec<String> = fs::read_dir(office.path())
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(), ["kan#tor 100%.db"]);
    let url = Some("sqlite:kan#tor 100%.db");
    assert_eq!(attempt(&office, url).unwrap().cases.len(), 1);
    assert_eq!(names(), ["kan#tor 100%.db"], "nothing is made beside it");
    blocking(async {
        let file = SqliteConnectOptions::new().filename(office.path().join("kan#tor 100%.db"));
        let mut other = file.connect().await.unwrap();
        sqlx::query("INSERT INTO cases SELECT 'B-2', service, received_at, 0, outcome, NULL, NULL, NULL, NULL, NULL FROM cases")
            .execute(&mut other)
            .await
            .unwrap();
        let seen = attempt(&office, url).unwrap().cases.len();
        assert_eq!(seen, 2, "what only the log holds is read too");
    });
}
