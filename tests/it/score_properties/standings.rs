//! How cases stand under another reading is worked out from what was scored; it must be what scoring anew gives.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use tepat::score::standing::{under_library, under_rule};
use tepat::score::{ScoreOptions, Scored, Standing, score, score_cases_only, seen};
use tepat::standard::{ClockStart, Library, PauseRule};

use super::generate;
use crate::support::{self, ZONE};

fn standings(scored: &Scored) -> Vec<Standing> {
    scored.cases.iter().map(|c| c.standing()).collect()
}

/// The same library with its standard revised on `date`: the later revision starts its clock otherwise and decides earlier.
fn revised(library: &Library, date: NaiveDate) -> Library {
    let mut library = library.clone();
    let revisions = library.services.get_mut(support::KOM03).expect("KOM-03");
    let mut first = (*revisions[0]).clone();
    first.effective_to = Some(date);
    let mut second = first.clone();
    second.revision = "uji".to_owned();
    second.effective_from = date + Days::new(1);
    second.effective_to = None;
    second.start = ClockStart::Receipt;
    second.decides = Some(15);
    second.total.value += 2;
    *revisions = vec![Arc::new(first), Arc::new(second)];
    library
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_case_stands_under_another_pause_rule_as_if_scored_by_it(
        world in generate::world(), snapshot in generate::snapshot(), as_of in generate::as_of(),
    ) {
        for own in [None, Some(PauseRule::Include), Some(PauseRule::Restart)] {
            let anew = |pause| score(&snapshot, &world.library, ZONE, ScoreOptions { as_of, pause });
            let Ok(scored) = anew(own) else { continue };
            for rule in PauseRule::ALL {
                let Ok(expected) = anew(Some(rule)) else { continue };
                prop_assert_eq!(under_rule(&scored, rule, as_of), Ok(standings(&expected)));
            }
        }
    }

    #[test]
    fn a_case_stands_under_another_calendar_and_other_revisions_as_if_scored_by_them(
        world in generate::world(),
        other in generate::world(),
        snapshot in generate::snapshot(),
        as_of in generate::as_of(),
        days in (0..20_u64, 0..20_u64),
    ) {
        let date = |n| support::date("2026-05-29") + Days::new(n);
        let (own, other) = (revised(&world.library, date(days.0)), revised(&other.library, date(days.1)));
        let options = ScoreOptions { as_of, pause: None };
        let scored = score(&snapshot, &own, ZONE, options);
        let expected = score(&snapshot, &other, ZONE, options);
        if let (Ok(scored), Ok(expected)) = (scored, expected) {
            prop_assert_eq!(under_library(&scored, &other, as_of), Ok(standings(&expected)));
        }
    }

    #[test]
    fn whole_cases_are_scored_alike_without_their_executions(
        world in generate::world(), snapshot in generate::snapshot(), as_of in generate::as_of(),
    ) {
        let options = ScoreOptions { as_of, pause: None };
        let view = seen(&snapshot, &world.library, as_of);
        if let Ok(scored) = score(&snapshot, &world.library, ZONE, options) {
            let whole = score_cases_only(&view, &world.library, ZONE, options).expect("fewer dates");
            prop_assert_eq!(standings(&whole), standings(&scored));
            for (a, b) in whole.cases.iter().zip(&scored.cases) {
                prop_assert_eq!((&a.case_id, a.decided, a.received), (&b.case_id, b.decided, b.received));
            }
        }
    }
}
