//! Are those who were served late less satisfied: forms linked to cases, by the verdict on the case.

use super::bootstrap::{Resampled, resample};
use super::cases::Cases;
use super::draw::Seed;
use super::pen::Pen;
use super::sums::Sums;
use super::write::Counted;
use crate::format;

/// The forms linked to cases of one verdict.
struct Side {
    sums: Sums,
    resampled: Option<Resampled>,
}

/// Writes both sides and late less on time.
pub(super) fn write(pen: &mut Pen, c: &Counted, cases: &Cases) {
    let late = side(c, cases, true, Seed::First);
    let on_time = side(c, cases, false, Seed::Second);
    for (word, side) in [("on_time", &on_time), ("late", &late)] {
        let ikm = side.sums.ikm(&c.scheme);
        let pairs = [("verdict", word)];
        pen.exact("ikm.linked.unit", &pairs, side.sums.counted, ikm.as_ref());
        for (element, sums) in c.scheme.elements.iter().zip(&side.sums.elements) {
            let pairs = [("element", element.code.as_str()), ("verdict", word)];
            pen.with(&pairs, |w, pairs| {
                w.mean("ikm.linked.element", pairs, sums.sum, sums.count);
            });
        }
    }
    differences(pen, c, &late, &on_time);
}

fn side(c: &Counted, cases: &Cases, late: bool, seed: Seed) -> Side {
    let of_verdict = |i: usize| {
        let case = c.forms.case.get(i);
        case.and_then(|case| cases.late(*case)) == Some(late)
    };
    let patterns = c.answered.counted(&c.scheme, c.rule, of_verdict);
    Side {
        sums: Sums::of(&c.scheme, &patterns, c.rule),
        resampled: resample(&c.scheme, patterns, seed),
    }
}

fn differences(pen: &mut Pen, c: &Counted, late: &Side, on_time: &Side) {
    const NAME: &str = "ikm.linked.difference";
    let both = late.resampled.as_ref().zip(on_time.resampled.as_ref());
    let (a, b) = (late.sums.ikm(&c.scheme), on_time.sums.ikm(&c.scheme));
    let value = a.zip(b).map(|(a, b)| a - b);
    let bounds = both.and_then(|(a, b)| a.difference(b, &c.scheme));
    let n = late.sums.counted + on_time.sums.counted;
    pen.difference(NAME, &[], n, value.as_ref(), bounds.as_ref());
    for (place, element) in c.scheme.elements.iter().enumerate() {
        let (a, b) = (late.sums.nrr(place), on_time.sums.nrr(place));
        let value = a.zip(b).map(|(a, b)| a - b);
        let bounds = both.and_then(|(a, b)| a.element_difference(b, place));
        let of = |s: &Sums| s.elements.get(place).map_or(0, |e| e.count);
        let n = of(&late.sums) + of(&on_time.sums);
        let pairs = [("element", element.code.as_str())];
        pen.with(&pairs, |w, pairs| {
            let parts = [
                ("", value.as_ref()),
                (".low", bounds.as_ref().map(|b| &b.0)),
                (".high", bounds.as_ref().map(|b| &b.1)),
            ];
            for (suffix, value) in parts {
                let printed = value.map_or(format::NONE.to_owned(), format::exact_signed);
                let number = value.map(crate::exact::to_f64);
                w.word(&format!("{NAME}{suffix}"), pairs, n, number, &printed);
            }
        });
    }
}
