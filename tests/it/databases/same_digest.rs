//! The same rows in any database, in any spelling of types, are the same snapshot to the byte.

use std::collections::BTreeSet;

use tepat::snapshot::load as load_snapshot;

use crate::databases::load::load;
use crate::databases::rows::{INJECTION, Rows};
use crate::databases::spelling::{SPELLINGS, Spelling};
use crate::support;

use super::workspace::{Edition, Workspace};

/// Rows of `broken` that no reading can use: six cases and three steps.
const UNREADABLE: u64 = 9;

fn edition(spelling: Spelling, rows: &Rows) -> (Workspace, Edition) {
    let workspace = Workspace::new();
    let database = workspace.database(spelling.dialect);
    load(&database, spelling, rows);
    let zone = spelling.zone().map(|z| format!("zone = \"{z}\"\n"));
    let more = format!("look_back_days = 3650\n{}", zone.unwrap_or_default());
    workspace.source(&database, &database.url(), &more);
    let edition = workspace.publishes();
    (workspace, edition)
}

#[test]
fn every_database_gives_the_same_snapshot_to_the_byte() {
    let rows = Rows::dirty(80, 29);
    let (workspace, wanted) = edition(SPELLINGS[0], &rows);
    holds_what_was_loaded(&workspace, &wanted, &rows);
    for spelling in &SPELLINGS[1..] {
        let name = spelling.name;
        let (_workspace, found) = edition(*spelling, &rows);
        found.equals(&wanted, name);
    }
}

/// The first one, against the rows themselves: equal snapshots might be equally wrong.
fn holds_what_was_loaded(workspace: &Workspace, edition: &Edition, rows: &Rows) {
    let folder = workspace.path().join("state/snapshots");
    let snapshot = load_snapshot(&folder.join(&edition.digest[..16])).unwrap();
    let ids: BTreeSet<&str> = snapshot.cases.iter().map(|c| c.case_id.as_str()).collect();
    for id in [
        INJECTION,
        "A-1",
        "a-1",
        "Á-1",
        "ß-1",
        "e\u{301}-1",
        "é-1",
        "🏛-1",
        "NULL",
        "\\'",
    ] {
        assert!(ids.contains(id), "{id} is lost");
    }
    // Cases received before the period's end; none of the synthetic ones begin later, since its months end with it.
    assert_eq!(snapshot.cases.len(), rows.cases.len() - 6, "cases");
    let unreadable = snapshot
        .findings
        .iter()
        .filter(|f| f.check.code() == "unreadable_row")
        .count();
    assert_eq!(unreadable as u64, UNREADABLE);
    let second = support::micros("2026-05-06 08:15:30");
    let starts: BTreeSet<i64> = snapshot
        .steps
        .iter()
        .filter(|s| s.case_id.starts_with("WAKTU-"))
        .filter_map(|s| s.started_at)
        .collect();
    for fraction in [0, 1, 10, 999, 1_000, 250_000, 500_000, 999_999] {
        assert!(starts.contains(&(second + fraction)), "{fraction} µs");
    }
}
