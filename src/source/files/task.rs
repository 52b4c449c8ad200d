//! What a file is read as: the kind of rows, the mapping, the office's zone, the instruments of its surveys.
//!
//! In: what a command or a run wants. Out: a [`Task`] that every reader is given.

use super::mapping::Mapping;
use crate::source::row::ImportKind;
use crate::standard::instrument::Instruments;

/// What is to be read, and how.
#[derive(Clone, Copy)]
pub struct Task<'a> {
    pub kind: ImportKind,
    pub mapping: Option<&'a Mapping>,
    /// The office's.
    pub zone: chrono_tz::Tz,
    /// When the extract is taken, UTC microseconds.
    pub now: i64,
    /// A row is an event, and the case's columns repeat on each of its events.
    pub is_log: bool,
    /// Nobody has said which zone times without offset are in.
    pub needs_offset: bool,
    /// What surveys of the workspace ask; of other kinds, nothing.
    pub instruments: Option<&'a Instruments>,
    /// The sheet of a workbook that is being read.
    pub sheet: Option<&'a str>,
}

impl<'a> Task<'a> {
    /// What a mapping alone says.
    pub fn new(
        kind: ImportKind,
        mapping: Option<&'a Mapping>,
        zone: chrono_tz::Tz,
        now: i64,
    ) -> Self {
        Self {
            kind,
            mapping,
            zone,
            now,
            is_log: mapping.is_some_and(Mapping::is_log),
            needs_offset: false,
            instruments: None,
            sheet: None,
        }
    }

    /// The same for a survey by these instruments.
    pub fn asked(self, instruments: &'a Instruments) -> Self {
        Self {
            instruments: Some(instruments),
            ..self
        }
    }
}
