//! What the monthly review shows, as values: figures by key, and the lists of cases.
//!
//! Indicators of the monthly review (period is the month unless said otherwise; shares are percent):
//!
//! | indicator | groups | what |
//! |---|---|---|
//! | `on_time.due` | none; `pause`=exclude/include/restart; `service`; `region`; `channel` | on time of those due; none also for each month of the trend |
//! | `on_time.due.low`, `.high` | as above, this month | 95 % Wilson interval |
//! | `on_time.decided`, `.low`, `.high` | none; `pause`; `service`; `region`; `channel` | on time of those decided |
//! | `on_time.due.change` | `versus`=previous/last_year | percentage points |
//! | `due.count`, `due.on_time`, `due.late`, `due.overdue`, `due.withdrawn_late`, `due.pending` | none | counts behind the headline |
//! | `excluded.decided` | `reason`=not_assessable/clock_not_started/no_standard | decided in the month, in no rate |
//! | `excluded.due` | `reason`=withdrawn/not_assessable/clock_not_started/no_standard | cases in no rate |
//! | `flow.opening`, `.received`, `.decided`, `.issued`, `.rejected`, `.withdrawn`, `.closing`, `.previous_closing`, `.unplaced` | none | the balance |
//! | `open.overdue`, `open.at_risk`, `open.paused`, `open.not_started` | none | undecided at as_of |
//! | `flow.restated` | none | opening less the previous closing, as last published: 0 unless something was corrected |
//! | `working_days.km_excluded` | none | received in the month, without a started clock or a limit in working days |
//! | `working_days.median`, `.p90`, `.p95`, `.km_median` | none; median and p90 also `service` | working days used, cases decided in the month (km: received) |
//! | `calendar_days.median`, `.p90`, `.p95` | none | the same for standards in calendar days |
//! | `stage.executions`, `.rework` | `step`; `service`+`step` | executions completed in the month; those beyond the first |
//! | `stage.within_window` (`.low`, `.high` for `step`) | `step`; `service`+`step` | stages whose limit date lies in the month |
//! | `stage.within_minutes`, `stage.under_minutes`, `stage.minutes_median`, `stage.minutes_p95` | `step`; `service`+`step` | executions completed in the month |
//! | `stage.work_hours`, `stage.wait_hours` | `step` | service hours worked and waited, cases decided in the month |
//! | `time.share`, `time.hours` | `holder`=work/waiting/applicant/agency/unsplit | where the service time went |
//! | `findings.count` | `check`; `level` | data quality, cases listed for the month |
//! | `findings.elsewhere` | none | findings on cases outside the month |

use crate::instant::{Day, Instant};
use crate::measure::FigureTable;
use crate::period::Period;
use crate::score::CaseVerdict;

/// One month of the trend.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    pub period: Period,
    /// Due in the month.
    pub n: u64,
    pub on_time: u64,
    /// Share in percent; None for a gap: nothing due, or fewer than the least n.
    pub value: Option<f64>,
    /// Signal in words, formal Indonesian, where the point is one.
    pub signal: Option<String>,
}

/// Natural process limits of the trend, in percent; the share's own bounds 0 and 100 cut them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrendLimits {
    pub mean: f64,
    pub lower: f64,
    pub upper: f64,
}

/// An undecided case, as the lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenCase {
    pub case_id: String,
    pub service: String,
    pub service_name: String,
    pub received: Option<Instant>,
    /// None where the clock has not started.
    pub h: Option<Day>,
    pub deadline: Option<Day>,
    pub verdict: CaseVerdict,
    /// Days counted on the case's clock (age); working days since registration where the clock has not started.
    pub age: Option<u32>,
    /// Age in working days whatever the limit's unit, so that the oldest of all services can be told.
    pub working_days: Option<u32>,
    /// Days left until the limit; negative when over. None where the clock has not started.
    pub days_left: Option<i64>,
    pub paused_days: u32,
    /// Officer or role that holds the file; "menunggu: ROLE" where nobody has begun.
    pub holder: String,
    /// Step the file is at, e.g. "12 Pemeriksaan draft oleh Kepala Seksi".
    pub at_step: String,
    /// Since when the holder has it.
    pub since: Option<Instant>,
    /// For cases with the applicant: the verdict were no pause counted.
    pub verdict_include: Option<CaseVerdict>,
    /// Where a case without a running clock is: "verifikasi (7-9)", "OPD", "10-11".
    pub place: Option<String>,
}

/// A case decided late, with the step that used the days.
#[derive(Debug, Clone, PartialEq)]
pub struct LateCase {
    pub case_id: String,
    pub service: String,
    pub service_name: String,
    pub decided: Instant,
    pub deadline: Day,
    pub days_over: u32,
    /// Step with the most service time between H and decision, and how (dikerjakan/menunggu).
    pub used_by_step: Option<i32>,
    pub used_by: String,
    /// Service seconds it used.
    pub used_seconds: i64,
}

/// One step of one standard, as the Tahapan sheet lists it; its numbers are figures with groups
/// `{"service": ..., "step": "12"}`, and over all services with `{"step": "12"}`.
#[derive(Debug, Clone, PartialEq)]
pub struct StageRow {
    pub step: i32,
    pub title: String,
    pub actor: String,
    /// "H+8", "10–30 menit": as printed; or the kind of no limit in words.
    pub window_words: String,
    pub minutes_words: String,
}

/// The step where most service time was spent, over cases decided in the month.
#[derive(Debug, Clone, PartialEq)]
pub struct Bottleneck {
    pub step: i32,
    pub title: String,
    pub actor: String,
    /// Service seconds worked and waited there, over all cases decided in the month.
    pub seconds: i64,
    /// Of all service seconds not with the applicant.
    pub total_seconds: i64,
    /// Of `seconds`, how many were waiting.
    pub waiting_seconds: i64,
}

/// Everything the monthly review prints.
#[derive(Debug, Clone)]
pub struct Overview {
    pub period: Period,
    pub as_of: Instant,
    pub figures: FigureTable,
    /// 24 months, oldest first, the last being the period.
    pub trend: Vec<TrendPoint>,
    pub trend_limits: Option<TrendLimits>,
    /// Steps in procedural order.
    pub stages: Vec<StageRow>,
    pub bottleneck: Option<Bottleneck>,
    /// Undecided past the deadline, longest over first.
    pub overdue: Vec<OpenCase>,
    /// Running with few days left, fewest first.
    pub at_risk: Vec<OpenCase>,
    /// The ten open longest.
    pub oldest: Vec<OpenCase>,
    /// Clock not started.
    pub not_started: Vec<OpenCase>,
    /// With the applicant at as_of.
    pub paused: Vec<OpenCase>,
    /// Decided late in the month.
    pub late: Vec<LateCase>,
    /// Services, regions and channels that occur, as (dimension, values): `service`, `region`, `channel`.
    pub dimensions: Vec<(String, Vec<(String, String)>)>,
}
