//! The columns of each kind of row (design.md, "Contract of the snapshot").
//!
//! In: nothing. Out: names, how much each is needed, what its values are. Nothing is read here.

/// How much the contract needs a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The column must be there, and every row needs a value: one without is rejected.
    Value,
    /// The column must be there; a value may be missing, which is a finding.
    Column,
    /// The column may be absent: the values are missing then.
    Optional,
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Text,
    /// A whole number.
    Whole,
    /// Yes or no.
    YesNo,
    /// A point in time.
    Instant,
    /// A local date.
    Date,
}

/// A column of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub need: Need,
    pub class: Class,
}

const fn value(name: &'static str, class: Class) -> Field {
    Field {
        name,
        need: Need::Value,
        class,
    }
}

const fn column(name: &'static str, class: Class) -> Field {
    Field {
        name,
        need: Need::Column,
        class,
    }
}

const fn optional(name: &'static str, class: Class) -> Field {
    Field {
        name,
        need: Need::Optional,
        class,
    }
}

/// Columns of the widest kind.
pub const WIDTH: usize = 11;

/// Columns of `cases`, in order.
pub const CASE_FIELDS: &[Field] = &[
    value("case_id", Class::Text),
    value("service", Class::Text),
    column("received_at", Class::Instant),
    value("requires_recommendation", Class::YesNo),
    value("outcome", Class::Text),
    optional("closed_at", Class::Instant),
    optional("applicant", Class::Text),
    optional("region", Class::Text),
    optional("channel", Class::Text),
    optional("due_on", Class::Date),
];

/// Columns of `steps`, in order. `row_id` is the source's own number of the row, where it has one.
pub const STEP_FIELDS: &[Field] = &[
    value("case_id", Class::Text),
    value("step", Class::Whole),
    optional("officer", Class::Text),
    optional("started_at", Class::Instant),
    optional("completed_at", Class::Instant),
    optional("result", Class::Text),
    optional("row_id", Class::Text),
];

/// Columns of `steps`, and behind them those that only an event log has and only a mapping names: which events are starts
/// and which completions, and what the log calls the execution that an event belongs to.
pub const EVENT_FIELDS: &[Field] = &[
    STEP_FIELDS[0],
    STEP_FIELDS[1],
    STEP_FIELDS[2],
    STEP_FIELDS[3],
    STEP_FIELDS[4],
    STEP_FIELDS[5],
    STEP_FIELDS[6],
    optional("lifecycle", Class::Text),
    optional("instance", Class::Text),
];

/// Places among the columns of `steps`.
pub const OFFICER: usize = 2;
pub const STARTED: usize = 3;
pub const COMPLETED: usize = 4;
pub const ROW_ID: usize = 6;
pub const LIFECYCLE: usize = 7;
pub const INSTANCE: usize = 8;

/// Columns of `responses`, in order, beside one column for each element of the survey. `answers` stands in their place where a source
/// has them in one value: a JSON object of element codes to answers.
pub const RESPONSE_FIELDS: &[Field] = &[
    value("response_id", Class::Text),
    value("answered_on", Class::Date),
    value("service", Class::Text),
    optional("case_id", Class::Text),
    optional("sex", Class::Text),
    optional("age", Class::Whole),
    optional("education", Class::Text),
    optional("occupation", Class::Text),
    optional("hour_band", Class::Text),
    optional("suggestion", Class::Text),
    optional("answers", Class::Text),
];

/// Places among the columns of `responses`.
pub const ANSWERED_ON: usize = 1;
pub const SEX: usize = 4;
pub const ANSWERS: usize = 10;

/// Columns of `complaints`, in order.
pub const COMPLAINT_FIELDS: &[Field] = &[
    value("complaint_id", Class::Text),
    optional("service", Class::Text),
    column("channel", Class::Text),
    column("received_at", Class::Instant),
    optional("responded_at", Class::Instant),
    optional("resolved_at", Class::Instant),
    optional("category", Class::Text),
];

/// Columns of `staff`, in order.
pub const STAFF_FIELDS: &[Field] = &[
    value("officer", Class::Text),
    column("name", Class::Text),
    column("unit", Class::Text),
    column("role", Class::Text),
    optional("certificates", Class::Text),
    value("from", Class::Date),
    optional("until", Class::Date),
];

/// Columns of `followups`, in order.
pub const FOLLOWUP_FIELDS: &[Field] = &[
    value("followup_id", Class::Text),
    value("period", Class::Text),
    value("indicator", Class::Text),
    column("group", Class::Text),
    value("finding", Class::Text),
    optional("cause", Class::Text),
    optional("action", Class::Text),
    optional("who", Class::Text),
    optional("by_when", Class::Date),
    optional("done_on", Class::Date),
    optional("note", Class::Text),
];

/// What the follow-up sheet of a performance report calls [`FOLLOWUP_FIELDS`]: the office fills it in and gives it back.
pub const FOLLOWUP_HEADS: &[&str] = &[
    "Nomor",
    "Periode",
    "Indikator",
    "Kelompok",
    "Temuan",
    "Sebab",
    "Tindakan",
    "Penanggung jawab",
    "Batas waktu",
    "Selesai pada",
    "Catatan",
];

/// Which rows a file or query delivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportKind {
    Cases,
    Steps,
    Responses,
    Complaints,
    Staff,
    Followups,
}

impl ImportKind {
    /// All kinds, in the contract's order.
    pub const ALL: [ImportKind; 6] = [
        ImportKind::Cases,
        ImportKind::Steps,
        ImportKind::Responses,
        ImportKind::Complaints,
        ImportKind::Staff,
        ImportKind::Followups,
    ];

    /// The word of the command line.
    pub fn code(self) -> &'static str {
        match self {
            ImportKind::Cases => "cases",
            ImportKind::Steps => "steps",
            ImportKind::Responses => "responses",
            ImportKind::Complaints => "complaints",
            ImportKind::Staff => "staff",
            ImportKind::Followups => "followups",
        }
    }

    /// What its rows are, in formal Indonesian, for findings.
    pub fn label(self) -> &'static str {
        match self {
            ImportKind::Cases => "Data berkas",
            ImportKind::Steps => "Data langkah",
            ImportKind::Responses => "Data survei",
            ImportKind::Complaints => "Data pengaduan",
            ImportKind::Staff => "Data pelaksana",
            ImportKind::Followups => "Data tindak lanjut",
        }
    }

    /// The contract's columns; the first says what a row is about.
    pub fn fields(self) -> &'static [Field] {
        match self {
            ImportKind::Cases => CASE_FIELDS,
            ImportKind::Steps => STEP_FIELDS,
            ImportKind::Responses => RESPONSE_FIELDS,
            ImportKind::Complaints => COMPLAINT_FIELDS,
            ImportKind::Staff => STAFF_FIELDS,
            ImportKind::Followups => FOLLOWUP_FIELDS,
        }
    }

    /// The columns by the names of the program's own sheet, in the order of [`ImportKind::fields`]; None where it writes none.
    pub fn sheet_heads(self) -> Option<&'static [&'static str]> {
        (self == ImportKind::Followups).then_some(FOLLOWUP_HEADS)
    }

    /// The columns that a mapping may name: the contract's, and those of an event log.
    pub fn mapped_fields(self) -> &'static [Field] {
        match self {
            ImportKind::Steps => EVENT_FIELDS,
            other => other.fields(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_places_and_the_width_are_those_of_the_lists() {
        assert_eq!(STEP_FIELDS[ROW_ID].name, "row_id");
        assert_eq!(&EVENT_FIELDS[..=ROW_ID], STEP_FIELDS);
        let places = [OFFICER, STARTED, COMPLETED, LIFECYCLE, INSTANCE];
        let named = [
            "officer",
            "started_at",
            "completed_at",
            "lifecycle",
            "instance",
        ];
        assert_eq!(places.map(|at| EVENT_FIELDS[at].name), named);
        let places = [ANSWERED_ON, SEX, ANSWERS].map(|at| RESPONSE_FIELDS[at].name);
        assert_eq!(places, ["answered_on", "sex", "answers"]);
        let widest = ImportKind::ALL.iter().map(|k| k.fields().len()).max();
        assert_eq!(widest, Some(WIDTH));
        assert_eq!(FOLLOWUP_HEADS.len(), FOLLOWUP_FIELDS.len());
    }
}
