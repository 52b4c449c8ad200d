//! Satisfaction (Indeks Kepuasan Masyarakat, IKM): from survey forms to figures.
//!
//! In: the forms of all periods as known at `as_of`, the instruments, the cases as scored. Out: [`Ikm`]: figures by key, and the
//! lists a report prints. Rules: PermenPANRB 14/2017 as far as known; where no source decides, the choice stands on the method
//! page. Sums and counts are exact, an index is a rational number until it is rounded, once, half up to 2 decimals; the rounded
//! number is what is classified.
//!
//! Figures. Those of an internal instrument carry the further group `instrument`=code; recipients, the sample they need and
//! timeliness are of none. Dimensions of respondents (`sex`, `age`, `education`, `occupation`, `hour_band`, `channel` of the linked
//! case) have the value `NA` where nothing is recorded, so that each breakdown sums to n. The period is the semester; rows marked
//! (m) are there for each of its months too. A respondent is a form that answered at least one element of the instrument; counted
//! is one that is part of the index: all of them, or under `partial_forms = "complete"` those that answered every element. An
//! index with n = 0 is printed "belum ada data", one with an element that nobody answered "tidak dapat dinilai"; neither has a
//! grade. Shares are withheld below the office's least n, indices are not.
//!
//! | indicator | groups | what |
//! |---|---|---|
//! | `ikm.respondents` (m) | none; `service`; each dimension | respondents |
//! | `ikm.unanswered` | none | forms of the period that answered no element: in no figure |
//! | `ikm.unit` (m) | none; `service`; each dimension | IKM, 25 × Σ weight × NRR; n those counted |
//! | `ikm.unit.low`, `.high` | none; `service` | 95 % bootstrap interval (`bootstrap.rs` says how it is drawn) |
//! | `ikm.grade` (m) | as `ikm.unit` | value 1 to 4 (persepsi), printed "A" to "D"; of an instrument without verified bands "–" |
//! | `ikm.unit.partial` | `rule`=available/complete | IKM under each rule for partial forms; n its forms |
//! | `ikm.element` (m) | `element`; `element` with `service` or a dimension | NRR: numerator the sum of answers, denominator and n those who answered, of those counted |
//! | `ikm.element.index` | `element` | 25 × NRR |
//! | `ikm.element.grade` | `element` | as `ikm.grade`, of the element's index |
//! | `ikm.element.weighted` | `element` | weight × NRR, 4 decimals |
//! | `ikm.element.answers` | `element`, `answer`=1 to 4 | respondents who gave it |
//! | `ikm.element.missing` | `element` | respondents who were asked and did not answer, or not readably |
//! | `ikm.element.ceiling` | `element` | share of answers 4 of those counted, for an element held against the fee; in groups of `service` too |
//! | `ikm.change` | `versus`=previous/last_year | IKM now less then, in points; none where the instrument is another; against an archived result where there are no forms |
//! | `ikm.change.low`, `.high` | as above | 95 % bootstrap interval of the difference; none against an archived result |
//! | `ikm.alpha` | none | Cronbach's alpha over forms that answered every element, 3 decimals; n those |
//! | `ikm.recipients` (m) | none; `service`; `channel` | cases handed over in the period (`cases.rs` says which) |
//! | `ikm.sample.needed` | none; `service` | Krejcie and Morgan (1970) for those recipients; n the recipients; "–" without any |
//! | `ikm.sample.reached` | none; `service` | n the respondents, printed "memadai" or "belum memadai" (value 1 or 0); one alone is never enough; "tidak dapat dinilai" without recipients |
//! | `ikm.response_rate` | none; `service` | respondents of recipients; "tidak dapat dinilai" where there are more respondents |
//! | `ikm.linked` | none; `service`; `channel` | recipients that a respondent's form is linked to, of recipients |
//! | `ikm.timeliness` | none; `service` | on time of those decided in the period, from the case data |
//! | `ikm.linked.element` | `element`, `verdict`=on_time/late | NRR of forms counted that are linked to cases with that verdict |
//! | `ikm.linked.unit` | `verdict` | IKM of them |
//! | `ikm.linked.difference` | none; `element` | IKM (points) or NRR of those served late less those served on time; n both |
//! | `ikm.linked.difference.low`, `.high` | as above | 95 % bootstrap interval |

pub mod alpha;
mod answered;
pub mod archive;
mod bootstrap;
mod cases;
mod draw;
mod findings;
mod follow;
mod forms;
mod links;
mod make;
pub mod mask;
mod pen;
mod reach;
pub mod sample;
mod scheme;
pub mod settings;
mod suggestions;
mod sums;
mod trend;
mod write;

use std::sync::Arc;

pub use forms::UNRECORDED;
pub use make::{IkmError, Input, ikm};
pub use pen::{NO_DATA, NOT_ASSESSABLE};

use crate::finding::Finding;
use crate::instant::Instant;
use crate::measure::FigureTable;
use crate::period::Period;
use crate::snapshot::ResponseRow;
use crate::snapshot::beside::Followed;
use crate::standard::Instrument;

/// The results of a survey period.
#[derive(Debug, Clone)]
pub struct Ikm<'a> {
    pub period: Period,
    pub as_of: Instant,
    /// Sorted.
    pub figures: FigureTable,
    /// By the ministry's criteria.
    pub survey: Survey<'a>,
    /// By the office's own.
    pub internal: Vec<Survey<'a>>,
    /// Oldest first, the period last; computed and archived results.
    pub trend: Vec<TrendPoint>,
    /// Codes of services with respondents or recipients, by code.
    pub services: Vec<String>,
    /// Dimension and its values in the order they are printed, `NA` last.
    pub dimensions: Vec<(&'static str, Vec<String>)>,
    /// In the order of elements, those of none last; then by date and text.
    pub suggestions: Vec<Suggestion>,
    /// Plan of action on this period's results, as entered.
    pub plan: Vec<&'a Followed>,
    /// Plan of the period before, with the element then and now.
    pub outcomes: Vec<PlanOutcome<'a>>,
    /// Of the survey: in total order.
    pub findings: Vec<Finding>,
}

/// What was answered under one instrument.
#[derive(Debug, Clone)]
pub struct Survey<'a> {
    pub instrument: Arc<Instrument>,
    /// The period's forms that answered at least one element, by response_id.
    pub forms: Vec<&'a ResponseRow>,
    /// The three lowest and the three highest elements by exact NRR, then by the order of elements; empty without answers.
    pub weakest: Vec<Ranked>,
    pub strongest: Vec<Ranked>,
}

/// An element in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    pub element: String,
    /// Codes of elements with exactly the same NRR.
    pub tied_with: Vec<String>,
}

/// One period of the trend.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    pub period: Period,
    /// Code and title of the instrument.
    pub instrument: String,
    pub instrument_title: String,
    /// None where an archive does not say.
    pub respondents: Option<u64>,
    /// IKM as printed: of an archived result as it was published.
    pub printed: String,
    pub value: Option<f64>,
    /// Grade by the instrument of that period; empty where there is none.
    pub grade: String,
    pub performance: String,
    /// Published before, not computed here.
    pub archived: bool,
    /// Remark of the legacy rule by which an archived figure was reproduced.
    pub legacy: Option<String>,
    /// The instrument is another than that of the point before: no line joins them.
    pub breaks: bool,
}

/// A suggestion, with what could name a person masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub response_id: String,
    pub answered_on: chrono::NaiveDate,
    pub service: String,
    /// Element it is told to be about by the instrument's keywords; None: none of them.
    pub element: Option<String>,
    pub text: String,
    /// Whether something was masked.
    pub masked: bool,
}

/// One line of the last plan, and what became of it.
#[derive(Debug, Clone)]
pub struct PlanOutcome<'a> {
    pub followed: &'a Followed,
    /// As printed.
    pub then: Option<String>,
    pub now: Option<String>,
}
