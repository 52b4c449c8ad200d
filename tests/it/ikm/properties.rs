//! What must hold of every survey: the order of people and columns says nothing, and all answers k give 25 k.

use std::sync::Arc;

use proptest::prelude::*;
use tepat::config::ikm::PartialForms;
use tepat::measure::Figure;
use tepat::snapshot::{Outcome, ResponseRow};
use tepat::standard::Instruments;

use super::fixture::{CODES, World, figure, nine, printed, shipped};
use crate::support::{Case, date};

/// Answers, month, sex, case, and whether the form is of another service.
type Drawn = ([u8; 9], u32, u8, u8, bool);

fn drawn() -> impl Strategy<Value = Drawn> {
    let answers = prop::array::uniform9(0..=4_u8);
    (answers, 1..=18_u32, 0..3_u8, 0..5_u8, any::<bool>())
}

/// The form in this place; months run from January 2025 to June 2026.
fn form(place: usize, (answers, month, sex, case, other): Drawn) -> ResponseRow {
    let mut form = nine(&format!("R{place:03}"), answers);
    let (year, month) = (2025 + (month - 1) / 12, (month - 1) % 12 + 1);
    form.answered_on = date(&format!("{year}-{month:02}-15"));
    form.sex = [None, Some("L"), Some("P")][usize::from(sex)].map(Into::into);
    form.case_id = (case > 0).then(|| format!("K{case}"));
    if other {
        form.service = "LAIN".into();
    }
    form
}

/// K1 and K2 on time, K3 late; K4 is not known.
fn cases() -> Vec<Case> {
    let case = |id: &str, at: &str| {
        Case::received("2026-06-02 08:30")
            .step(6, "", "2026-06-02 09:00")
            .step(16, "", at)
            .step(17, "", at)
            .ends(Outcome::Issued, at)
            .id(id)
    };
    vec![
        case("K1", "2026-06-10 09:00"),
        case("K2", "2026-06-11 09:00"),
        case("K3", "2026-06-24 09:00"),
    ]
}

fn world(forms: &[Drawn]) -> World {
    let forms = forms.iter().enumerate().map(|(i, d)| form(i, *d)).collect();
    World::new(forms).with_cases(&cases())
}

/// The shipped instruments with the elements of each in the opposite order.
fn reversed() -> Instruments {
    let mut all = shipped().clone();
    for instrument in all.by_code.values_mut() {
        let mut own = (**instrument).clone();
        own.elements.reverse();
        *instrument = Arc::new(own);
    }
    all
}

fn figures(world: &World) -> Vec<Figure> {
    world.ikm().figures.rows().to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_respondents_and_of_columns_changes_no_figure(
        (forms, shuffled) in prop::collection::vec(drawn(), 0..40)
            .prop_flat_map(|forms| (Just(forms.clone()), Just(forms).prop_shuffle())),
        complete in any::<bool>(),
    ) {
        let rule = if complete { PartialForms::Complete } else { PartialForms::Available };
        let prepared = |forms: &[Drawn]| {
            let mut one = world(forms);
            one.settings.partial_forms = rule;
            one.settings.internal = vec!["internal-contoh".to_owned()];
            one
        };
        let plain = figures(&prepared(&forms));
        prop_assert!(plain == figures(&prepared(&shuffled)), "respondents in another order");
        let mut columns = prepared(&forms);
        columns.instruments = reversed();
        prop_assert!(plain == figures(&columns), "elements in another order");
    }

    #[test]
    fn every_breakdown_sums_to_the_whole(forms in prop::collection::vec(drawn(), 0..40)) {
        let world = world(&forms);
        let ikm = world.ikm();
        let whole = figure(&ikm, "ikm.respondents", &[]).n;
        let services: Vec<String> = ikm.services.clone();
        let service = ("service", services);
        for (dimension, values) in ikm.dimensions.iter().chain([&service]) {
            let of = |v: &String| figure(&ikm, "ikm.respondents", &[(dimension, v)]).n;
            prop_assert_eq!(values.iter().map(of).sum::<u64>(), whole, "{}", dimension);
        }
        let month = |m: u32| ikm.figures.get("ikm.respondents", &format!("2026-{m:02}"), &[]).unwrap().n;
        prop_assert_eq!((1..=6).map(month).sum::<u64>(), whole);
        for code in CODES {
            let of = figure(&ikm, "ikm.element", &[("element", code)]);
            let answers = ["1", "2", "3", "4"].map(|a| {
                figure(&ikm, "ikm.element.answers", &[("element", code), ("answer", a)]).n
            });
            prop_assert_eq!(answers.iter().sum::<u64>(), of.n);
            let sum: u64 = answers.iter().zip(1..).map(|(n, a)| n * a).sum();
            prop_assert_eq!(of.numerator, Some(sum as i64));
            let missing = figure(&ikm, "ikm.element.missing", &[("element", code)]).n;
            prop_assert_eq!(missing + of.n, whole);
        }
    }

    #[test]
    fn an_interval_lies_in_the_scale_and_its_bounds_in_order(
        forms in prop::collection::vec(prop::array::uniform9(1..=4_u8), 2..60),
    ) {
        let forms = forms.iter().enumerate().map(|(i, a)| nine(&format!("R{i}"), *a));
        let world = World::new(forms.collect());
        let ikm = world.ikm();
        let value = |name| figure(&ikm, name, &[]).value.unwrap();
        let (low, high) = (value("ikm.unit.low"), value("ikm.unit.high"));
        prop_assert!((25.0..=100.0).contains(&low) && low <= high && high <= 100.0);
    }
}

#[test]
fn all_answers_k_give_exactly_25_k() {
    for k in 1..=4_u8 {
        for n in [1, 2, 29, 1_000] {
            let forms = (0..n).map(|i| nine(&format!("R{i}"), [k; 9])).collect();
            let world = World::new(forms);
            let ikm = world.ikm();
            let wanted = format!("{},00", 25 * u32::from(k));
            for (indicator, group) in [
                ("ikm.unit", &[][..]),
                ("ikm.unit.partial", &[("rule", "complete")]),
                ("ikm.element.index", &[("element", "BIAYA")]),
            ] {
                assert_eq!(
                    printed(&ikm, indicator, group),
                    wanted,
                    "{k} {n} {indicator}"
                );
                let value = figure(&ikm, indicator, group).value;
                assert_eq!(value, Some(25.0 * f64::from(k)), "{k} {n} {indicator}");
            }
            if n > 1 {
                assert_eq!(printed(&ikm, "ikm.unit.low", &[]), wanted);
                assert_eq!(printed(&ikm, "ikm.unit.high", &[]), wanted);
            }
        }
    }
}
