//! The digest of a snapshot: SHA-256 over its logical rows, so that the same rows from any database give the same digest.
//!
//! In: a snapshot in its total order. Out: 64 hexadecimal digits. `taken_at` is not part of it. The canonical bytes: a
//! label, then per table its name, its number of rows and each row's columns in the contract's order. A number is 8 bytes
//! little endian; text its length as such a number, then UTF-8; a value that may be missing a byte 0 or 1 before it.

use sha2::{Digest, Sha256};

use crate::digest::hex;

use super::contract::{CaseRow, Snapshot, StepRow};
use crate::finding::Finding;
use crate::instant::day_of;

const LABEL: &str = "tepat snapshot 1";

/// Bytes gathered before the hash is fed.
const BLOCK: usize = 64 * 1024;

struct Canon {
    hash: Sha256,
    block: Vec<u8>,
}

impl Canon {
    fn number(&mut self, n: i64) {
        self.block.extend_from_slice(&n.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as i64);
        self.block.extend_from_slice(text.as_bytes());
    }

    fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.block.push(u8::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    fn table<T>(&mut self, name: &str, rows: &[T], write: impl Fn(&mut Self, &T)) {
        self.text(name);
        self.number(rows.len() as i64);
        for row in rows {
            write(self, row);
            if self.block.len() >= BLOCK {
                self.hash.update(&self.block);
                self.block.clear();
            }
        }
    }

    fn case(&mut self, row: &CaseRow) {
        self.text(&row.case_id);
        self.text(&row.service);
        self.maybe(row.received_at, Self::number);
        self.block.push(u8::from(row.requires_recommendation));
        self.text(row.outcome.code());
        self.maybe(row.closed_at, Self::number);
        self.maybe(row.applicant.as_deref(), Self::text);
        self.maybe(row.region.as_deref(), Self::text);
        self.maybe(row.channel.as_deref(), Self::text);
        self.maybe(row.due_on.map(|d| i64::from(day_of(d))), Self::number);
    }

    fn step(&mut self, row: &StepRow) {
        self.text(&row.case_id);
        self.number(i64::from(row.step));
        self.maybe(row.officer.as_deref(), Self::text);
        self.maybe(row.started_at, Self::number);
        self.maybe(row.completed_at, Self::number);
        self.maybe(row.result.as_deref(), Self::text);
    }

    fn finding(&mut self, finding: &Finding) {
        self.text(finding.level.code());
        self.text(finding.check.code());
        self.text(&finding.key);
        self.text(&finding.message);
    }
}

/// The digest of `snapshot`, which must be in its total order ([`Snapshot::sort`]).
pub(super) fn digest(snapshot: &Snapshot) -> String {
    let mut canon = Canon {
        hash: Sha256::new(),
        block: Vec::with_capacity(2 * BLOCK),
    };
    canon.text(LABEL);
    canon.table("cases", &snapshot.cases, Canon::case);
    canon.table("steps", &snapshot.steps, Canon::step);
    canon.table("findings", &snapshot.findings, Canon::finding);
    canon.hash.update(&canon.block);
    hex(&canon.hash.finalize())
}
