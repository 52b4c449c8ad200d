//! What the counting rules promise, one property each.

use proptest::prelude::*;
use tepat::instant::Instant;
use tepat::measure::membership::membership;
use tepat::period::Period;
use tepat::score::{CaseVerdict, Scored, ScoredCase};
use tepat::snapshot::{Outcome, Snapshot};
use tepat::standard::calendar::HolidayKind;
use tepat::standard::{PauseRule, Standard};

use super::{agrees, generate};
use crate::oracle::World;
use crate::support::{self, ZONE, run};

/// Many in release, where all tests run; each case is a small office.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 4000,
        ..ProptestConfig::default()
    }
}

fn kom(world: &World) -> &Standard {
    &world.library.services[support::KOM03][0]
}

/// t of a case: its decision or closing, else as_of.
fn moment_of(case: &ScoredCase, as_of: Instant) -> Instant {
    case.decided.unwrap_or(as_of)
}

fn is_missed(verdict: CaseVerdict) -> bool {
    matches!(
        verdict,
        CaseVerdict::Late | CaseVerdict::Overdue | CaseVerdict::WithdrawnLate
    )
}

fn is_rated(verdict: CaseVerdict) -> bool {
    is_missed(verdict)
        || matches!(
            verdict,
            CaseVerdict::OnTime | CaseVerdict::Running | CaseVerdict::Withdrawn
        )
}

/// All that was scored, without the compiled tables that hang on each case.
fn print(mut scored: Scored) -> String {
    for case in &mut scored.cases {
        case.standard = None;
    }
    format!("{scored:#?}")
}

proptest! {
    #![proptest_config(config(512))]

    /// The fast score and the plain enumeration agree on every number, word and finding, under every pause rule.
    #[test]
    fn score_equals_plain_enumeration(
        world in generate::world(), snapshot in generate::snapshot(), as_of in generate::as_of(),
    ) {
        for pause in PauseRule::ALL {
            let outcome = agrees(&snapshot, &world, as_of, Some(pause));
            prop_assert_eq!(outcome, Ok(()));
        }
    }

    /// Under the default rule a case that is on time stays so when a date becomes a holiday. Only a limit of H+0 is
    /// excepted: registered Friday 11.00 (H is Monday) and given back until Tuesday 19.30, a decision on Tuesday 19.40 has
    /// offset 0; with Tuesday a holiday it counts as Wednesday's, which the applicant did not hold, and has offset 1.
    #[test]
    fn a_holiday_more_never_makes_a_case_late(
        world in generate::world(), case in generate::case(), as_of in generate::as_of(), x in 0..75u64,
    ) {
        let date = support::date("2026-05-29") + chrono::Days::new(x);
        let mut calendar = (*world.library.calendar).clone();
        calendar.openings.remove(&date);
        let before = rebuilt(&world, calendar.clone());
        calendar.holidays.entry(date).or_default().push(support::holiday(HolidayKind::National, "baru"));
        let after = rebuilt(&world, calendar);
        let snapshot = support::snapshot(&[case]);
        let old = run(&snapshot, &before, as_of, Some(PauseRule::Exclude)).cases;
        let new = run(&snapshot, &after, as_of, Some(PauseRule::Exclude)).cases;
        for (old, new) in old.iter().zip(&new) {
            let one_day_service = kom(&before).total.value == 0;
            prop_assert!(
                one_day_service || !(is_rated(old.verdict) && !is_missed(old.verdict) && is_missed(new.verdict)),
                "holiday on {date}: {:?} {:?} became {:?} {:?}", old.verdict, old.offset, new.verdict, new.offset
            );
        }
    }

    /// `restart` <= `exclude` <= `include` in days counted, for cases and for executions.
    #[test]
    fn each_pause_rule_counts_no_more_days_than_the_next(
        world in generate::world(), snapshot in generate::snapshot(), as_of in generate::as_of(),
    ) {
        let days = |pause| run(&snapshot, &world, as_of, Some(pause)).cases;
        let (restart, exclude, include) =
            (days(PauseRule::Restart), days(PauseRule::Exclude), days(PauseRule::Include));
        for ((r, e), i) in restart.iter().zip(&exclude).zip(&include) {
            prop_assert!(r.offset <= e.offset && e.offset <= i.offset, "{:?} {:?} {:?}", r.offset, e.offset, i.offset);
            for ((r, e), i) in r.executions.iter().zip(&e.executions).zip(&i.executions) {
                prop_assert!(r.offset <= e.offset && e.offset <= i.offset, "step {}", r.step);
            }
        }
    }

    /// "So met, offset <= n and workday(date(t)) <= deadline always say the same": for every case, under every rule.
    #[test]
    fn verdict_and_printed_deadline_say_the_same(
        world in generate::world(), snapshot in generate::snapshot(), as_of in generate::as_of(),
    ) {
        let axis = kom(&world).axis(kom(&world).total.unit);
        for pause in PauseRule::ALL {
            for case in run(&snapshot, &world, as_of, Some(pause)).cases {
                if !is_rated(case.verdict) || case.h.is_none() {
                    continue;
                }
                let today = axis.workday(moment_of(&case, as_of).day());
                prop_assert!(case.deadline.is_some() && today.is_some());
                let in_time = today <= case.deadline;
                prop_assert_eq!(in_time, case.offset <= case.limit, "{:?} {:?}", pause, case.verdict);
                prop_assert_eq!(in_time, !is_missed(case.verdict), "{:?} {:?}", pause, case.verdict);
            }
        }
    }

    /// opening + received = decided + withdrawn + closing in every period at any as_of, and closing is the next opening.
    /// Cases without a receipt are in no flow, those decided before it a blocking finding.
    #[test]
    fn the_flow_balances_at_any_as_of(
        world in generate::world(), snapshot in generate::snapshot(), as_of in generate::as_of(),
    ) {
        let cases: Vec<ScoredCase> = run(&snapshot, &world, as_of, None)
            .cases
            .into_iter()
            .filter(|c| c.received.is_some() && c.decided.is_none_or(|d| Some(d) >= c.received))
            .collect();
        let months = ["2026-05", "2026-06", "2026-07", "2026-08"];
        let mut carried = 0;
        for month in months {
            let period: Period = month.parse().expect("a month");
            let count = |f: fn(&tepat::measure::membership::Membership) -> bool| {
                cases.iter().filter(|c| f(&membership(c, period, as_of))).count()
            };
            let (opening, closing) = (count(|m| m.opening), count(|m| m.closing));
            let ins = opening + count(|m| m.received);
            let outs = count(|m| m.decided) + count(|m| m.withdrawn) + closing;
            prop_assert_eq!(ins, outs, "{}", month);
            prop_assert_eq!(opening, carried, "{}", month);
            carried = closing;
        }
    }

    /// What happened after as_of has not happened: a source that knows more gives the same as one cut at as_of.
    #[test]
    fn a_later_source_scores_like_one_cut_at_as_of(
        world in generate::world(), snapshot in generate::snapshot(), as_of in generate::as_of(),
    ) {
        let later = run(&snapshot, &world, as_of, None);
        let cut = run(&cut(&snapshot, as_of), &world, as_of, None);
        prop_assert_eq!(print(later), print(cut));
    }

    /// The order of rows means nothing, and a second run says the same.
    #[test]
    fn row_order_changes_nothing(
        world in generate::world(), snapshot in generate::snapshot(), as_of in generate::as_of(), turn in 0..20usize,
    ) {
        let mut shuffled = snapshot.clone();
        shuffled.cases.reverse();
        shuffled.steps.reverse();
        let middle = turn.min(shuffled.steps.len());
        shuffled.steps.rotate_left(middle);
        let first = print(run(&snapshot, &world, as_of, None));
        prop_assert_eq!(&first, &print(run(&shuffled, &world, as_of, None)));
        prop_assert_eq!(&first, &print(run(&snapshot, &world, as_of, None)));
    }
}

/// The same standard over another calendar.
fn rebuilt(world: &World, calendar: tepat::standard::Calendar) -> World {
    let hours = world.hours[support::KOM03].clone();
    let old = kom(world);
    let mut standard = support::standard(&calendar, &hours, old.total.unit);
    standard.total = old.total;
    standard.steps = old.steps.clone();
    support::world_of(calendar, hours, standard)
}

/// What the source held at `as_of`.
fn cut(snapshot: &Snapshot, as_of: Instant) -> Snapshot {
    let past = |m: Option<i64>| m.is_some_and(|m| Instant::from_utc_micros(m, ZONE) > as_of);
    let mut cut = snapshot.clone();
    cut.cases.retain(|c| !past(c.received_at));
    let known: Vec<String> = cut.cases.iter().map(|c| c.case_id.clone()).collect();
    cut.steps.retain(|s| known.contains(&s.case_id));
    for case in &mut cut.cases {
        let decisions = || {
            let rows = snapshot.steps.iter().filter(|s| s.case_id == case.case_id);
            rows.filter(|s| s.step == 16 && s.completed_at.is_some())
        };
        let known_service = case.service == support::KOM03;
        let undecided_yet = known_service
            && case.outcome == Outcome::Issued
            && case.closed_at.is_none()
            && decisions().count() > 0
            && decisions().all(|s| past(s.completed_at));
        if past(case.closed_at) || undecided_yet {
            case.outcome = Outcome::Open;
            case.closed_at = None;
        }
    }
    cut.steps.retain_mut(|row| {
        let had = row.started_at.is_some() || row.completed_at.is_some();
        row.started_at = row.started_at.filter(|m| !past(Some(*m)));
        row.completed_at = row.completed_at.filter(|m| !past(Some(*m)));
        !had || row.started_at.is_some() || row.completed_at.is_some()
    });
    cut
}
