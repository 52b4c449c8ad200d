//! Settings of a workspace: `tepat.toml`, validated once.

use chrono_tz::Tz;

/// The office that publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// e.g. "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu".
    pub name: String,
    /// The division the monthly review is for.
    pub unit: String,
    /// e.g. "Provinsi Kalimantan Timur".
    pub province: String,
    /// City named in the signature block.
    pub city: String,
    pub zone: Tz,
    /// Abbreviation of the zone as people write it, e.g. "WITA".
    pub zone_label: String,
    /// True for the demo's made-up office: every page says so.
    pub synthetic: bool,
    pub made_by: Signatory,
    pub checked_by: Signatory,
    pub approved_by: Signatory,
}

/// One line of the signature block (dibuat, diperiksa, disetujui). The name may be empty: a line to write on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signatory {
    pub position: String,
    pub name: String,
}

/// Choices of reporting that an office may make; all of them stand in the manifest and on the method page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRules {
    /// Below this n a share is withheld (default 10).
    pub least_n: u64,
    /// A running case with at most this many days left is at risk (default 3).
    pub at_risk_days: u32,
}

/// All settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub office: Office,
    pub rules: ReportRules,
    /// Name of the calendar (`standards/calendar/NAME.toml`).
    pub calendar: String,
    /// Whether cuti bersama is a working day (default false).
    pub joint_leave_works: bool,
    /// Where cases and steps are read; None: the embedded store.
    pub source_url: Option<String>,
    /// SHA-256 (hex) of the file's bytes, for the manifest.
    pub digest: String,
}
