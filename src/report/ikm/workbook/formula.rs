//! Formulas that repeat the rules of the survey, so that whoever opens the workbook can follow them.
//!
//! In: addresses and the instrument. Out: text of formulas. Only functions that Excel 2016 and LibreOffice 7 both know.
//!
//! An index is rounded half up from exact arithmetic; a spreadsheet has binary doubles. Over at most 100,000 forms a sum of
//! products of NRR and weights is off by less than 2e-13 on the scale of the IKM, and a result that is no tie lies at
//! least 1 / (200 q n) from one, with n answers to each element and weights of denominator q: 5e-9 for q = 9, n = 100,000.
//! So 1e-11 is added before ROUND: what lies exactly on a tie goes up, and nothing else is moved over one.

use crate::format::NONE;
use crate::standard::Instrument;
use crate::standard::instrument::Band;

/// What stands where nothing was answered.
pub const NO_DATA: &str = "belum ada data";

/// Larger than what binary doubles are off by, smaller than the distance of any other result from a tie.
const HALF_UP: &str = "0.00000000001";

/// `=IF(n=0,"–",sum/n)`: the NRR.
pub fn nrr(sum: &str, answers: &str) -> String {
    format!("=IF({answers}=0,\"–\",{sum}/{answers})")
}

/// The index of an element from its NRR: 25 × NRR, 2 decimals.
pub fn index(nrr: &str) -> String {
    format!("=IF(ISNUMBER({nrr}),ROUND(25*{nrr}+{HALF_UP},2),\"–\")")
}

/// The IKM from the NRR of all `elements` and their weights, 2 decimals; none where an element has no answer.
pub fn ikm(nrr: &str, weights: &str, elements: usize) -> String {
    format!(
        "=IF(COUNT({nrr})<{elements},\"{NO_DATA}\",ROUND(25*SUMPRODUCT({nrr},{weights})+{HALF_UP},2))"
    )
}

/// The IKM from a sum of weight × NRR that fails where an element has no answer.
pub fn ikm_of(weighted: &str) -> String {
    format!("=IFERROR(ROUND(25*({weighted})+{HALF_UP},2),\"{NO_DATA}\")")
}

/// What the band of an index says, compared in whole hundredths.
pub fn band(
    index: &str,
    instrument: &Instrument,
    otherwise: &str,
    word: fn(&Band) -> &str,
) -> String {
    let hundredths = format!("ROUND(100*{index},0)");
    let mut nested = quoted(otherwise);
    for b in &instrument.bands {
        let inside = format!("AND({hundredths}>={},{hundredths}<={})", b.from, b.to);
        nested = format!("IF({inside},{},{nested})", quoted(word(b)));
    }
    format!("=IF(ISNUMBER({index}),{nested},{})", quoted(otherwise))
}

/// The grade of an index; where there is none the words `printed`. None without bands.
pub fn grade(index: &str, instrument: &Instrument, printed: &str) -> Option<String> {
    let of_band = instrument.bands.iter().any(|b| b.grade == printed);
    let otherwise = if of_band { NONE } else { printed };
    let formula = || band(index, instrument, otherwise, |b| &b.grade);
    (!instrument.bands.is_empty()).then(formula)
}

/// A text as a formula holds it.
fn quoted(text: &str) -> String {
    let short: String = text.chars().take(100).collect();
    format!("\"{}\"", short.replace('"', "\"\""))
}
