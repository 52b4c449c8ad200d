//! One service standard (SOP) in one revision, as the scoring rules need it.
//!
//! In: a validated file of `standards/sop/` (see `load.rs`). Out: plain values with the document's own words beside every
//! limit. No rule of counting lives here; a standard only says what the document says.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::clock::DayTable;

/// How time with the applicant is treated (scoring.md, section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PauseRule {
    /// Days wholly with the applicant are not counted.
    Exclude,
    /// No pause counts.
    Include,
    /// The clock starts anew when the applicant hands the file back.
    Restart,
}

impl PauseRule {
    pub const ALL: [PauseRule; 3] = [PauseRule::Exclude, PauseRule::Include, PauseRule::Restart];

    /// The key's value in a standard's file.
    pub fn code(self) -> &'static str {
        match self {
            PauseRule::Exclude => "exclude",
            PauseRule::Include => "include",
            PauseRule::Restart => "restart",
        }
    }
}

/// The unit a limit is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Working days after H: "H+n".
    WorkingDays,
    /// Local dates after the start's own; holidays count.
    CalendarDays,
    /// Hours between two instants; nights and holidays count.
    ElapsedHours,
}

impl Unit {
    pub fn code(self) -> &'static str {
        match self {
            Unit::WorkingDays => "working_days",
            Unit::CalendarDays => "calendar_days",
            Unit::ElapsedHours => "elapsed_hours",
        }
    }

    /// "hari kerja", "hari kalender", "jam".
    pub fn label(self) -> &'static str {
        match self {
            Unit::WorkingDays => "hari kerja",
            Unit::CalendarDays => "hari kalender",
            Unit::ElapsedHours => "jam",
        }
    }
}

/// The words a value was read from, and where they stand in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    pub words: String,
    pub place: String,
}

/// Why a step has no limit. The three kinds stay apart in every report (scoring.md, section 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoLimit {
    /// The document says "as needed", or gives something else than a limit.
    AsNeeded,
    /// Our copy of the document has lost the column.
    NotLegible,
    /// The document gives none.
    NotStated,
}

/// A limit in days or hours: met when the offset is at most `value`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// n of "H+n", or of n calendar days or hours after the start.
    pub value: u32,
    pub unit: Unit,
}

/// Bounds on service minutes; "10 menit" is an upper bound alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minutes {
    pub min: Option<u32>,
    pub max: u32,
}

/// Which clock a step is counted on (scoring.md, section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockName {
    Registration,
    Main,
}

impl ClockName {
    pub fn code(self) -> &'static str {
        match self {
            ClockName::Registration => "registration",
            ClockName::Main => "main",
        }
    }
}

/// Whether a step must be there in a decided case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    Mandatory,
    /// Mandatory where a technical recommendation is needed.
    WithRecommendation,
    Optional,
}

/// Who holds the file while a step is worked on; tells where the time went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    Office,
    Applicant,
    /// Another agency (OPD).
    Agency,
}

/// One step of the procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub number: i32,
    /// Short title, formal Indonesian.
    pub title: String,
    /// The role that carries it out, as the document names it.
    pub actor: String,
    pub holder: Holder,
    pub duty: Duty,
    /// None for steps that no clock covers.
    pub clock: Option<ClockName>,
    /// The words of "Waktu"; None where the copy has lost them or the document gives none.
    pub waktu: Option<Citation>,
    pub window: Result<Window, NoLimit>,
    pub minutes: Option<Minutes>,
    /// The document's own note, where it gives a rule (optional, return, recommendation).
    pub note: Option<Citation>,
}

/// How the registration clock starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockStart {
    /// The first completion of this step.
    Step(i32),
    /// The case's receipt itself; the source records no registration step.
    Receipt,
}

/// The steps between which a technical recommendation is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recommendation {
    /// Its first completion hands the recommendation over (10).
    pub handed_over: i32,
    /// The step that receives it (11).
    pub received: i32,
    /// The step that sends the file to the agency (9).
    pub sent: i32,
}

/// The step that gives the file to the applicant and back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PauseStep {
    /// The step that pauses (8).
    pub step: i32,
    /// The step that returns the file (7): its completion stands in for a missing start.
    pub returned_by: i32,
}

/// One revision of one standard.
#[derive(Debug, Clone)]
pub struct Standard {
    /// Code by which cases name their service, e.g. `SOP-LP2N-KOM-03`.
    pub service: String,
    /// Other codes the same service is known by.
    pub aliases: Vec<String>,
    /// Name of the service for reports.
    pub name: String,
    /// Document number, e.g. `SOP-LP2N-KOM-03`.
    pub document: String,
    /// e.g. `03`.
    pub revision: String,
    pub effective_from: NaiveDate,
    /// Last day in force, where the document says; else until the next revision.
    pub effective_to: Option<NaiveDate>,
    /// True for made-up standards of the demo.
    pub synthetic: bool,
    /// The file it was read from and the digest of its bytes (hex SHA-256).
    pub file: String,
    pub digest: String,
    pub legal_basis: Vec<String>,
    pub fee: Citation,
    pub product: String,

    pub start: ClockStart,
    /// Words of the rule that starts the clock.
    pub start_citation: Citation,
    pub recommendation: Option<Recommendation>,
    pub recommendation_citation: Option<Citation>,
    pub pause: PauseRule,
    pub pause_step: Option<PauseStep>,
    /// The step whose first completion decides the case (16).
    pub decides: Option<i32>,
    /// The step whose first completion hands the permit over to the applicant (17); None: the decision stands in.
    pub hands_over: Option<i32>,
    /// Limit of the whole case; n of H+n.
    pub total: Window,
    /// The document's own number and unit, e.g. 14 working days with H as day 1.
    pub total_stated: u32,
    /// The sentence that leads from the document's number to the limit, where it is a reading and not a quotation.
    pub total_reading: Option<String>,
    pub total_citation: Citation,
    /// Pairs of steps that one officer must not do both of in one case.
    pub separate_duties: Vec<(i32, i32)>,
    pub steps: BTreeMap<i32, Step>,

    pub hours_citation: Citation,
    /// Working days by the service hours; every day of the calendar is in it.
    pub days: Arc<DayTable>,
    /// Every local date is a day, 0.00 to 24.00: the axis of limits in calendar days.
    pub dates: Arc<DayTable>,
    /// Hours of their own for back-office steps.
    pub step_hours: BTreeMap<i32, Arc<DayTable>>,
}

impl Standard {
    /// The axis on which days of this unit are counted. Elapsed hours have a start and an end, no days; their H is a
    /// local date.
    pub fn axis(&self, unit: Unit) -> &DayTable {
        match unit {
            Unit::WorkingDays => &self.days,
            Unit::CalendarDays | Unit::ElapsedHours => &self.dates,
        }
    }

    /// The service hours that hold for `step`.
    pub fn hours(&self, step: i32) -> &DayTable {
        self.step_hours.get(&step).unwrap_or(&self.days)
    }

    /// Steps that prove the file is being processed (7-16 of KOM-03): after the starting step, up to the deciding one.
    pub fn is_processing(&self, step: i32) -> bool {
        let first = match self.start {
            ClockStart::Step(s) => s,
            ClockStart::Receipt => i32::MIN,
        };
        self.steps.contains_key(&step) && step > first && self.decides.is_none_or(|d| step <= d)
    }

    /// Whether `step` must be there in a decided case.
    pub fn is_mandatory(&self, step: i32, requires_recommendation: bool) -> bool {
        match self.steps.get(&step).map(|s| s.duty) {
            Some(Duty::Mandatory) => true,
            Some(Duty::WithRecommendation) => requires_recommendation,
            _ => false,
        }
    }
}
