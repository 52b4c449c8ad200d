//! One row of `followups`: a finding of a performance report and what the office did about it.
//!
//! In: cells, rules. Out: a row, or none, and problems. A row is rejected where it cannot be found again: without a number, with
//! a period that is none, or with a group that cannot be read and would otherwise pass for the whole office. A row in which
//! nothing but the finding is filled in is kept: that nothing was done is worth showing.

use std::collections::BTreeMap;

use super::reading::{Reading, present};
use super::{Cells, ImportKind, Problem, Rules};
use crate::period::Period;
use crate::snapshot::FollowupRow;
use crate::source::value::{Cell, Reason, read_text};

/// Reads a row of `followups`.
pub fn followup_row(
    cells: Cells<'_>,
    rules: &Rules,
    problems: &mut Vec<Problem>,
) -> Option<FollowupRow> {
    let mut reading = Reading::new(ImportKind::Followups, cells, rules, problems);
    let followup_id = reading.subject()?;
    let period = reading.required(1, period);
    let indicator = reading.required(2, present);
    let group = reading.required(3, group);
    let finding = reading.required(4, present);
    let (period, indicator, group, finding) = (period?, indicator?, group?, finding?);
    Some(FollowupRow {
        followup_id,
        period,
        indicator,
        group,
        finding,
        cause: reading.maybe(5, read_text),
        action: reading.maybe(6, read_text),
        who: reading.maybe(7, read_text),
        by_when: reading.date(8),
        done_on: reading.date(9),
        note: reading.maybe(10, read_text),
    })
}

/// A period as the program writes it: `2026-06`, `2026-S1`, `2026`.
fn period(cell: Cell<'_>) -> Result<String, Reason> {
    let period: Result<Period, _> = present(cell)?.parse();
    period
        .map(|p| p.to_string())
        .map_err(|_| "bukan periode seperti 2026-06, 2026-S1 atau 2026")
}

/// `step=12`, `k=v;k=v`, empty for the office; given back in the order of the dimensions, so that equal groups are equal texts.
fn group(cell: Cell<'_>) -> Result<String, Reason> {
    const WRONG: Reason = "bukan kelompok seperti step=12 atau agency=A;step=10";
    let text = read_text(cell)?.unwrap_or_default();
    let mut group = BTreeMap::new();
    for part in text.split(';').filter(|_| !text.is_empty()) {
        let (dimension, value) = part.split_once('=').ok_or(WRONG)?;
        let (dimension, value) = (dimension.trim(), value.trim());
        if dimension.is_empty() || group.insert(dimension, value).is_some() {
            return Err(WRONG);
        }
    }
    let pairs: Vec<String> = group.iter().map(|(k, v)| format!("{k}={v}")).collect();
    Ok(pairs.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Check;
    use crate::source::row::WIDTH;

    fn read(given: &[&str]) -> (Option<FollowupRow>, Vec<Problem>) {
        let mut cells = [Cell::Empty; WIDTH];
        for (cell, text) in cells.iter_mut().zip(given) {
            *cell = Cell::Text(text);
        }
        let mut problems = Vec::new();
        let rules = Rules::plain(chrono_tz::Asia::Makassar);
        (followup_row(cells, &rules, &mut problems), problems)
    }

    #[test]
    fn a_group_is_written_alike_however_it_was_entered() {
        for (entered, kept) in [
            ("", ""),
            ("step=12", "step=12"),
            (" step = 12 ", "step=12"),
            (
                "month=2026-01; agency=Dinas A=B",
                "agency=Dinas A=B;month=2026-01",
            ),
        ] {
            let (row, problems) = read(&["T-1", "2025-S2", "on_time.due", entered, "Temuan"]);
            assert_eq!(row.map(|r| r.group).as_deref(), Some(kept), "{entered}");
            assert_eq!(problems, []);
        }
    }

    #[test]
    fn a_row_that_cannot_be_found_again_is_rejected_with_every_reason() {
        for (given, columns) in [
            (&["", "2025-S2", "a", "", "x"][..], &["followup_id"][..]),
            (&["T-1", "semester 2", "a", "", "x"], &["period"]),
            (
                &["T-1", "2025-S3", "", "12", ""],
                &["period", "indicator", "group", "finding"],
            ),
            (&["T-1", "2025", "a", "step=1;step=2", "x"], &["group"]),
            (&["T-1", "2025", "a", "step=1;", "x"], &["group"]),
        ] {
            let (row, problems) = read(given);
            assert_eq!(row, None, "{given:?}");
            assert!(problems.iter().all(|p| p.check == Check::UnreadableRow));
            let said: Vec<&str> = problems.iter().map(|p| p.message.as_str()).collect();
            assert_eq!(said.len(), columns.len(), "{said:?}");
            for (said, column) in said.iter().zip(columns) {
                assert!(said.starts_with(&format!("Kolom {column} ")), "{said}");
            }
        }
    }

    #[test]
    fn a_finding_that_nobody_followed_up_is_kept_and_an_unreadable_date_is_missing() {
        let (row, problems) = read(&["T-1", "2025-S2", "on_time.due", "", "Temuan"]);
        let row = row.unwrap();
        assert_eq!((row.cause, row.action, row.by_when), (None, None, None));
        assert_eq!(problems, []);
        let given = [
            "T-1",
            "2025-S2",
            "a",
            "",
            "x",
            "",
            "",
            "",
            "31 Maret",
            "2026-03-30",
        ];
        let (row, problems) = read(&given);
        let row = row.unwrap();
        assert_eq!(row.by_when, None);
        assert_eq!(
            row.done_on.map(|d| d.to_string()).as_deref(),
            Some("2026-03-30")
        );
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].check, Check::UnreadableValue);
    }
}
