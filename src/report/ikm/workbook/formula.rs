//! Formulas that repeat the rules of the survey, so that whoever opens the workbook can follow them.
//!
//! In: addresses and the instrument. Out: text of formulas. Only functions that Excel 2016 and LibreOffice 7 both know.
//!
//! An index is rounded half up from exact arithmetic; a spreadsheet has binary doubles. Over at most 100,000 forms a sum of
//! products of NRR and weights is off by less than 2e-13 on the scale of the IKM, and a result that is no tie lies at
//! least 1 / (200 q n) from one, with n answers to each element and weights of denominator q: 5e-9 for q = 9, n = 100,000.
//! So 1e-11 is added before ROUND: what lies exactly on a tie goes up, and nothing else is moved over one. Where elements have
//! different n, a result could in theory lie nearer to a tie without being one; of a thousand million surveys about one does.

use crate::format::NONE;
use crate::measure::ikm::{NO_DATA, NOT_ASSESSABLE};
use crate::standard::Instrument;
use crate::standard::instrument::Band;

/// Larger than what binary doubles are off by, smaller than the distance of any other result from a tie.
const HALF_UP: &str = "0.00000000001";

/// A text in a formula holds 255 characters.
const LONGEST_TEXT: usize = 250;

/// `=IF(n=0,"–",sum/n)`: the NRR.
pub fn nrr(sum: &str, answers: &str) -> String {
    format!("=IF({answers}=0,\"–\",{sum}/{answers})")
}

/// The index of an element from its NRR: 25 × NRR, 2 decimals.
pub fn index(nrr: &str) -> String {
    format!("=IF(ISNUMBER({nrr}),ROUND(25*{nrr}+{HALF_UP},2),\"{NO_DATA}\")")
}

/// The IKM from the NRR of all `elements` and their weights, 2 decimals; none where an element has no answer.
pub fn ikm(nrr: &str, weights: &str, elements: usize) -> String {
    let none = format!("IF(COUNT({nrr})=0,\"{NO_DATA}\",\"{NOT_ASSESSABLE}\")");
    format!("=IF(COUNT({nrr})<{elements},{none},ROUND(25*SUMPRODUCT({nrr},{weights})+{HALF_UP},2))")
}

/// The IKM from a sum of weight × NRR that fails where an element has no answer.
pub fn ikm_of(weighted: &str) -> String {
    format!("=IFERROR(ROUND(25*({weighted})+{HALF_UP},2),\"{NONE}\")")
}

/// What the band of an index says, compared in whole hundredths; none without bands.
pub fn band(index: &str, instrument: &Instrument, word: fn(&Band) -> &str) -> Option<String> {
    let hundredths = format!("ROUND(100*{index},0)");
    let nested = instrument.bands.iter().fold(quoted(NONE), |nested, b| {
        let inside = format!("AND({hundredths}>={},{hundredths}<={})", b.from, b.to);
        format!("IF({inside},{},{nested})", quoted(word(b)))
    });
    let formula = format!("=IF(ISNUMBER({index}),{nested},{})", quoted(NONE));
    (!instrument.bands.is_empty()).then_some(formula)
}

/// The grade of an index.
pub fn grade(index: &str, instrument: &Instrument) -> Option<String> {
    band(index, instrument, |b| &b.grade)
}

/// A text as a formula holds it.
fn quoted(text: &str) -> String {
    let short: String = text.chars().take(LONGEST_TEXT).collect();
    format!("\"{}\"", short.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standard::load::{StandardFiles, load_instruments};

    #[test]
    fn a_grade_is_told_by_whole_hundredths_from_the_highest_band_down() {
        let all = load_instruments(&StandardFiles::shipped()).unwrap();
        let formula = grade("A1", &all.by_code["permenpanrb-14-2017"]).unwrap();
        assert!(formula.starts_with(
            "=IF(ISNUMBER(A1),IF(AND(ROUND(100*A1,0)>=8831,ROUND(100*A1,0)<=10000),\"A\","
        ));
        assert!(formula.ends_with("\"D\",\"–\")))),\"–\")"), "{formula}");
        let without = grade("A1", &all.by_code["permenpanrb-16-2014"]);
        assert_eq!(without, None, "its bands are not verified");
    }

    #[test]
    fn a_text_in_a_formula_keeps_its_quotes_and_is_cut() {
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
        assert_eq!(quoted(&"x".repeat(300)).len(), LONGEST_TEXT + 2);
    }
}
