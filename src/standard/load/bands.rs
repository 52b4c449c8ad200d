//! The bands of an instrument: ascending, from 25.00 to 100.00, without a gap or an overlap of a hundredth.

use num_bigint::BigInt;
use num_rational::BigRational;
use toml::Spanned;

use super::error::{Doc, StandardError};
use super::instrument_file::BandFile;
use super::parse::text;
use crate::exact;
use crate::standard::instrument::Band;

/// The lowest and the highest index, in hundredths: all answers 1 and all answers 4.
const LOWEST: i64 = 2_500;
const HIGHEST: i64 = 10_000;

/// Reads all bands; none are a mistake only where some are.
pub(super) fn read_bands(
    doc: &Doc,
    files: &[Spanned<BandFile>],
) -> Result<Vec<Band>, StandardError> {
    let mut bands: Vec<Band> = Vec::new();
    for file in files {
        let band = read_band(doc, file.get_ref())?;
        let next = bands.last().map_or(LOWEST, |b| b.to + 1);
        if band.from != next {
            let from = &file.get_ref().from;
            return Err(doc.wrong(from.span(), follows(&bands, band.from, next)));
        }
        if bands.iter().any(|b| b.grade == band.grade) {
            return Err(doc.wrong(
                file.get_ref().grade.span(),
                format!("`grade` is \"{}\", which another band has already: give every band a grade of its own", band.grade),
            ));
        }
        bands.push(band);
    }
    if let (Some(last), Some(file)) = (bands.last(), files.last())
        && last.to != HIGHEST
    {
        return Err(doc.wrong(
            file.get_ref().to.span(),
            format!(
                "`to` of the last band is {}, but an index may be as high as {}: write to = \"100.00\"",
                shown(last.to),
                shown(HIGHEST)
            ),
        ));
    }
    Ok(bands)
}

/// What is wrong with a band that does not begin where it should.
fn follows(bands: &[Band], from: i64, next: i64) -> String {
    match bands.last() {
        None => format!(
            "`from` of the first band is {}, but an index may be as low as {}: write from = \"25.00\"",
            shown(from),
            shown(LOWEST)
        ),
        Some(before) => {
            let what = match from < next {
                true => "overlaps",
                false => "leaves a gap to",
            };
            format!(
                "`from` is {}, which {what} the band in front, which ends at {}: write from = \"{}\", bands lowest first",
                shown(from),
                shown(before.to),
                shown(next)
            )
        }
    }
}

fn read_band(doc: &Doc, file: &BandFile) -> Result<Band, StandardError> {
    let band = Band {
        from: read_edge(doc, "from", &file.from)?,
        to: read_edge(doc, "to", &file.to)?,
        grade: text(doc, "grade", &file.grade)?,
        performance: text(doc, "performance", &file.performance)?,
    };
    if band.to < band.from {
        return Err(doc.wrong(
            file.to.span(),
            format!(
                "`to` is {}, below `from` {}: write the highest index of the band",
                shown(band.to),
                shown(band.from)
            ),
        ));
    }
    Ok(band)
}

/// An index with 2 decimals, in hundredths.
fn read_edge(doc: &Doc, key: &str, value: &Spanned<String>) -> Result<i64, StandardError> {
    let hundred = BigRational::from(BigInt::from(100));
    exact::parse(value.get_ref())
        .filter(|v| (v * hundred).is_integer())
        .and_then(|v| exact::hundredths(&v))
        .filter(|h| (LOWEST..=HIGHEST).contains(h))
        .ok_or_else(|| {
            doc.wrong(
                value.span(),
                format!(
                    "`{key}` is \"{}\": write an index from \"25.00\" to \"100.00\" with 2 decimals, in quotation marks",
                    value.get_ref()
                ),
            )
        })
}

fn shown(hundredths: i64) -> String {
    exact::decimal(&exact::ratio(hundredths, 100), 2)
}
