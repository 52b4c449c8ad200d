//! The report's figures as its sheets look them up by key.
//!
//! In: keys. Out: figures and their printed words. It must not compute.

use crate::format;
use crate::measure::Figure;
use crate::period::Period;
use crate::report::ikm::view::View;
use crate::report::xlsx::code::{Code, Figures};
use crate::standard::instrument::Element;

impl Figures for View<'_> {
    fn period(&self) -> Period {
        self.r.ikm.period
    }

    fn at(&self, period: Period, indicator: &str, group: &[(&str, &str)]) -> Option<&Figure> {
        let figures = &self.r.ikm.figures;
        figures.get(indicator, &period.to_string(), group)
    }

    fn least_n(&self) -> u64 {
        self.r.rules.least_n
    }
}

/// The figure as it is printed; [`format::NONE`] where there is none.
pub fn printed<'v>(v: &'v View, code: &Code) -> &'v str {
    let figure = code.figure(v);
    figure.map_or(format::NONE, |f| f.printed.as_str())
}

/// The key of an element's indicator.
pub fn of_element(indicator: &str, element: &Element) -> Code {
    Code::of(indicator).with("element", &element.code)
}
