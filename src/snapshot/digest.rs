//! The digest of a snapshot: SHA-256 over its logical rows, so that the same rows from any database give the same digest.
//!
//! In: rows in their total order, table by table. Out: 64 hexadecimal digits. The canonical bytes of a row are those of
//! [`super::pack`]. A table's digest is taken over each row's length (8 bytes, big endian) and bytes; the snapshot's over a
//! label, then for each table its name, a zero byte, its number of rows (8 bytes, big endian) and its digest.

use sha2::{Digest, Sha256};

use super::contract::Snapshot;
use super::pack::Packed;
use crate::digest::hex;

const LABEL: &[u8] = b"tepat snapshot 2";

/// Bytes gathered before the hash is fed.
const BLOCK: usize = 64 * 1024;

/// The digest of one table while its rows go by.
#[derive(Debug, Default)]
pub struct TableDigest {
    hash: Sha256,
    block: Vec<u8>,
    rows: u64,
}

impl TableDigest {
    /// Takes the next row in order.
    pub fn row(&mut self, row: &impl Packed) {
        let from = self.block.len();
        self.block.extend_from_slice(&[0; 8]);
        row.pack(&mut self.block);
        let length = (self.block.len() - from - 8) as u64;
        self.block[from..from + 8].copy_from_slice(&length.to_be_bytes());
        self.rows += 1;
        if self.block.len() >= BLOCK {
            self.hash.update(&self.block);
            self.block.clear();
        }
    }

    fn of(rows: &[impl Packed]) -> Self {
        let mut table = Self::default();
        rows.iter().for_each(|row| table.row(row));
        table
    }
}

/// The digest of a snapshot of these tables.
pub fn joined(cases: TableDigest, steps: TableDigest, findings: TableDigest) -> String {
    let mut whole = Sha256::new();
    whole.update(LABEL);
    for (name, mut table) in [("cases", cases), ("steps", steps), ("findings", findings)] {
        table.hash.update(&table.block);
        whole.update(name);
        whole.update([0]);
        whole.update(table.rows.to_be_bytes());
        whole.update(table.hash.finalize());
    }
    hex(&whole.finalize())
}

/// The digest of `snapshot`, which must be in its total order ([`Snapshot::sort`]).
pub fn digest(snapshot: &Snapshot) -> String {
    joined(
        TableDigest::of(&snapshot.cases),
        TableDigest::of(&snapshot.steps),
        TableDigest::of(&snapshot.findings),
    )
}
