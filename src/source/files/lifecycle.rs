//! Events joined into executions: a log that keeps the start and the completion of a step as two events.
//!
//! In: events, each a step record with one of its two instants. Out: step records with both, and a problem for each event
//! that found no partner and for each execution begun and completed by different officers. Nothing is dropped.
//!
//! **The rule.** Events of one case, step and, where the log names it, instance belong together.
//! 1. Where an instance has exactly one start and one completion, they are one execution, whatever their order: the log
//!    itself says so, and a completion before its start stays visible as the contradiction it is.
//! 2. Otherwise events are taken in order of time, at one instant starts first. A completion closes the oldest open start
//!    by the same officer; where there is none, the oldest open start of anybody: who takes work over completes
//!    it. Oldest first, since an office works off its files in the order they came, and no start is left open for ever
//!    behind later ones.
//! 3. A start that is never closed is an execution without completion, a completion that closes nothing one without start;
//!    each is a finding (`unpaired_event`). An event whose time cannot be read has no place in the order and stays alone.
//!
//! **Whose execution it is.** The officer of the completion, failing that of the start: the verdict is dated by the
//! completion, and who completes a step answers for it. Where the two differ, that is a finding (`officers_differ`). The
//! result is the completion's, failing that the start's; the row's number is the start's, failing that the completion's,
//! since a start is recorded first and must still be the same row when its completion comes.

use std::collections::VecDeque;

use chrono_tz::Tz;

use crate::finding::Check;
use crate::format::date_time_exact;
use crate::instant::Instant;
use crate::source::row::event::{StepEvent, Transition};
use crate::source::row::{Problem, StepRecord};

/// Executions, and what was found on the way, by line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joined {
    pub steps: Vec<StepRecord>,
    pub problems: Vec<(u64, Problem)>,
}

/// Joins events by the module's rule; `zone` is for the words of findings.
pub fn join(mut events: Vec<StepEvent>, zone: Tz) -> Joined {
    events.sort_by(|a, b| {
        let key = |e: &StepEvent| (e.time(), e.transition, e.line);
        group(a).cmp(&group(b)).then_with(|| key(a).cmp(&key(b)))
    });
    let mut joiner = Joiner {
        zone,
        joined: Joined::default(),
    };
    for together in events.chunk_by(|a, b| group(a) == group(b)) {
        joiner.group(together);
    }
    joiner.joined.problems.sort_by_key(|(line, _)| *line);
    joiner.joined
}

/// What joins events: case, step, instance.
fn group(event: &StepEvent) -> (&str, i32, Option<&str>) {
    let row = &event.record.row;
    (&row.case_id, row.step, event.instance.as_deref())
}

struct Joiner {
    zone: Tz,
    joined: Joined,
}

impl Joiner {
    /// Events of one case, step and instance, in order of time.
    fn group(&mut self, events: &[StepEvent]) {
        if let [a, b] = events
            && a.instance.is_some()
            && a.transition != b.transition
        {
            return match a.transition {
                Transition::Start => self.pair(a, b),
                Transition::Complete => self.pair(b, a),
            };
        }
        let mut open: VecDeque<&StepEvent> = VecDeque::new();
        for event in events {
            match (event.time(), event.transition) {
                (None, _) => self.alone(event),
                (_, Transition::Start) => open.push_back(event),
                (_, Transition::Complete) => match partner(&open, event) {
                    Some(at) => {
                        if let Some(start) = open.remove(at) {
                            self.pair(start, event);
                        }
                    }
                    None => self.alone(event),
                },
            }
        }
        for start in open {
            self.alone(start);
        }
    }

    fn pair(&mut self, start: &StepEvent, end: &StepEvent) {
        let mut record = start.record.clone();
        record.row.completed_at = end.record.row.completed_at;
        let message = differing(record.row.step, start.officer(), end.officer());
        let last = end.record.clone();
        record.row.officer = last.row.officer.or(record.row.officer);
        record.row.result = last.row.result.or(record.row.result);
        record.row_id = record.row_id.or(last.row_id);
        if let Some(message) = message {
            self.found(end, Check::OfficersDiffer, message);
        }
        self.joined.steps.push(record);
    }

    fn alone(&mut self, event: &StepEvent) {
        let message = unpaired(&event.record, event.transition, self.zone);
        self.found(event, Check::UnpairedEvent, message);
        self.joined.steps.push(event.record.clone());
    }

    fn found(&mut self, event: &StepEvent, check: Check, message: String) {
        let problem = Problem {
            check,
            column: None,
            subject: Some(event.record.row.case_id.clone()),
            message,
        };
        self.joined.problems.push((event.line, problem));
    }
}

/// The open start that a completion closes: the oldest by the same officer, else the oldest.
fn partner(open: &VecDeque<&StepEvent>, end: &StepEvent) -> Option<usize> {
    let own = end.officer().and_then(|officer| {
        open.iter()
            .position(|start| start.officer() == Some(officer))
    });
    own.or((!open.is_empty()).then_some(0))
}

/// The finding on an execution begun and completed by different officers; None where they do not differ.
fn differing(step: i32, began: Option<&str>, ended: Option<&str>) -> Option<String> {
    let (began, ended) = (began?, ended?);
    (began != ended).then(|| {
        format!(
            "Langkah {step} dimulai oleh “{began}” dan diselesaikan oleh “{ended}”; pelaksana yang dicatat adalah “{ended}”."
        )
    })
}

/// The finding on an event without its other half.
pub fn unpaired(record: &StepRecord, present: Transition, zone: Tz) -> String {
    let row = &record.row;
    let words = |t: Option<i64>| match t {
        Some(t) => date_time_exact(Instant::from_utc_micros(t, zone)),
        None => "pada waktu yang tidak terbaca".to_owned(),
    };
    let step = row.step;
    match present {
        Transition::Start => format!(
            "Langkah {step} tercatat mulai {} tanpa peristiwa selesai.",
            words(row.started_at)
        ),
        Transition::Complete => format!(
            "Langkah {step} tercatat selesai {} tanpa peristiwa mulai.",
            words(row.completed_at)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::StepRow;
    use Transition::{Complete, Start};

    /// Line, transition, seconds, officer, instance.
    type Given<'a> = (u64, Transition, Option<i64>, &'a str, &'a str);

    fn event((line, transition, at, officer, instance): Given) -> StepEvent {
        let time = at.map(|s| s * 1_000_000);
        let word = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        StepEvent {
            record: StepRecord {
                row: StepRow {
                    case_id: "B-1".into(),
                    step: 7,
                    started_at: time.filter(|_| transition == Start),
                    completed_at: time.filter(|_| transition == Complete),
                    officer: word(officer),
                    result: None,
                },
                row_id: Some(format!("r{line}")),
            },
            instance: word(instance),
            transition,
            line,
        }
    }

    /// Executions as (start, completion, officer, row), and the checks raised, by line.
    type Found = (
        Vec<(Option<i64>, Option<i64>, String, String)>,
        Vec<(u64, Check)>,
    );

    fn joined(given: &[Given]) -> Found {
        let joined = join(given.iter().copied().map(event).collect(), chrono_tz::UTC);
        let mut steps: Vec<_> = joined
            .steps
            .iter()
            .map(|s| {
                let seconds = |t: Option<i64>| t.map(|t| t / 1_000_000);
                (
                    seconds(s.row.started_at),
                    seconds(s.row.completed_at),
                    s.row.officer.clone().unwrap_or_default(),
                    s.row_id.clone().unwrap_or_default(),
                )
            })
            .collect();
        steps.sort();
        let problems = joined.problems.iter().map(|(l, p)| (*l, p.check));
        (steps, problems.collect())
    }

    fn row(
        from: i64,
        to: i64,
        officer: &str,
        id: &str,
    ) -> (Option<i64>, Option<i64>, String, String) {
        let some = |t: i64| (t >= 0).then_some(t);
        (some(from), some(to), officer.into(), id.into())
    }

    #[test]
    fn a_completion_closes_the_oldest_start_of_its_officer() {
        let (steps, problems) = joined(&[
            (2, Start, Some(10), "A", ""),
            (3, Start, Some(20), "B", ""),
            (4, Complete, Some(30), "B", ""),
            (5, Complete, Some(40), "A", ""),
        ]);
        assert_eq!(steps, [row(10, 40, "A", "r2"), row(20, 30, "B", "r3")]);
        assert_eq!(problems, []);
    }

    #[test]
    fn else_the_oldest_of_anybody_and_that_is_found() {
        let (steps, problems) = joined(&[
            (2, Start, Some(10), "A", ""),
            (3, Start, Some(20), "B", ""),
            (4, Complete, Some(30), "C", ""),
            (5, Complete, Some(40), "", ""),
        ]);
        assert_eq!(steps, [row(10, 30, "C", "r2"), row(20, 40, "B", "r3")]);
        assert_eq!(problems, [(4, Check::OfficersDiffer)]);
    }

    #[test]
    fn what_finds_no_partner_stays_and_is_found() {
        let (steps, problems) = joined(&[
            (2, Complete, Some(5), "A", ""),
            (3, Start, Some(10), "A", ""),
            (4, Start, None, "A", ""),
        ]);
        assert_eq!(
            steps,
            [
                row(-1, -1, "A", "r4"),
                row(-1, 5, "A", "r2"),
                row(10, -1, "A", "r3")
            ]
        );
        let unpaired = Check::UnpairedEvent;
        assert_eq!(problems, [(2, unpaired), (3, unpaired), (4, unpaired)]);
    }

    #[test]
    fn at_one_instant_starts_come_first_whatever_the_order_of_the_file() {
        let (steps, problems) = joined(&[
            (2, Complete, Some(10), "A", ""),
            (3, Start, Some(10), "A", ""),
        ]);
        assert_eq!(steps, [row(10, 10, "A", "r3")]);
        assert_eq!(problems, []);
    }

    #[test]
    fn an_instance_joins_its_two_events_even_against_time() {
        let (steps, problems) = joined(&[
            (2, Start, Some(10), "A", "x"),
            (3, Start, Some(20), "A", "y"),
            (4, Complete, Some(5), "A", "x"),
            (5, Complete, Some(15), "A", "y"),
        ]);
        assert_eq!(steps, [row(10, 5, "A", "r2"), row(20, 15, "A", "r3")]);
        assert_eq!(problems, []);
    }

    #[test]
    fn an_instance_with_more_events_goes_by_time() {
        let (steps, problems) = joined(&[
            (2, Start, Some(10), "A", "x"),
            (3, Complete, Some(20), "A", "x"),
            (4, Complete, Some(30), "A", "x"),
        ]);
        assert_eq!(steps, [row(-1, 30, "A", "r4"), row(10, 20, "A", "r2")]);
        assert_eq!(problems, [(4, Check::UnpairedEvent)]);
    }
}
