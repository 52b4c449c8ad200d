//! Cells that carry a figure: the key of their row and of their column name it.

use std::collections::BTreeMap;

use calamine::{Data, Range};
use tepat::measure::{Figure, FigureTable};

use super::world::PERIOD;

/// A part of a key: `indicator@period{k=v;k=v}/field`.
#[derive(Debug, Clone, Default)]
pub struct Part {
    pub indicator: String,
    period: String,
    group: BTreeMap<String, String>,
    pub field: String,
}

pub fn part(code: &str) -> Part {
    let (head, group) = match code.split_once('{') {
        Some((head, rest)) => {
            let (group, tail) = rest.rsplit_once('}').expect("a closing brace");
            (format!("{head}{tail}"), group)
        }
        None => (code.to_owned(), ""),
    };
    let (head, field) = head.split_once('/').unwrap_or((&head, ""));
    let (indicator, period) = head.split_once('@').unwrap_or((head, ""));
    let pairs = group.split(';').filter_map(|p| p.split_once('='));
    Part {
        indicator: indicator.to_owned(),
        period: period.to_owned(),
        group: pairs.map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
        field: field.to_owned(),
    }
}

/// The figure that a row and a column name together.
pub fn figure<'f>(table: &'f FigureTable, row: &Part, column: &Part) -> Option<&'f Figure> {
    let either = |a: &str, b: &str| {
        [a, b]
            .into_iter()
            .find(|t| !t.is_empty())
            .map(str::to_owned)
    };
    let period = either(&row.period, &column.period).unwrap_or_else(|| PERIOD.to_string());
    let indicator = either(&row.indicator, &column.indicator)?;
    let mut group = row.group.clone();
    group.extend(column.group.clone());
    let pairs: Vec<(&str, &str)> = group
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    table.get(&indicator, &period, &pairs)
}

fn text(cell: Option<&Data>) -> &str {
    match cell {
        Some(Data::String(t)) => t,
        _ => "",
    }
}

/// Calls `see` with every cell of a sheet's tables: the parts of its row and column, None where it has no key.
pub fn each_cell(
    sheet: &Range<Data>,
    mut see: impl FnMut(Option<(&Part, &Part)>, u32, u32, &Data),
) {
    let rows: Vec<&[Data]> = sheet.rows().collect();
    let mut columns: BTreeMap<usize, Part> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let first = text(row.first());
        if first == "Kode" {
            let codes = rows
                .get(at + 1)
                .into_iter()
                .flat_map(|r| r.iter().enumerate());
            let keyed = codes.filter(|(_, c)| !text(Some(c)).is_empty());
            columns = keyed.map(|(col, c)| (col, part(text(Some(c))))).collect();
            continue;
        }
        let is_key = ["ikm.", "{", "@"].iter().any(|p| first.starts_with(p));
        let key = is_key.then(|| part(first));
        for (col, cell) in row.iter().enumerate() {
            let parts = key.as_ref().zip(columns.get(&col));
            see(parts, at as u32, col as u32, cell);
        }
    }
}

/// The number that is printed, without its unit.
pub fn number(printed: &str) -> Option<f64> {
    let first = printed.split(' ').next()?;
    let plain = first.replace('.', "").replace(',', ".").replace('−', "-");
    plain.trim_start_matches('+').parse().ok()
}

/// Whether a cell shows that field of a figure.
pub fn shows(cell: &Data, field: &str, figure: &Figure) -> bool {
    let shown = match cell {
        Data::Float(v) => Some(*v),
        Data::Int(v) => Some(*v as f64),
        _ => None,
    };
    let close = |a: f64, b: f64| (a - b).abs() < 1e-9 * b.abs().max(1.0);
    let is = |n: Option<i64>| n.is_some_and(|n| shown == Some(n as f64));
    let words = text(Some(cell)) == figure.printed;
    match field {
        "printed" => words,
        "n" => shown == Some(figure.n as f64),
        "numerator" if figure.value.is_none() => text(Some(cell)) == "–" || shown == Some(0.0),
        "numerator" => is(figure.numerator),
        "denominator" => is(figure.denominator),
        _ => match (figure.value, shown) {
            (Some(v), Some(x)) => {
                close(x, v) || close(100.0 * x, v) || number(&figure.printed) == Some(x)
            }
            (Some(_), None) => words && number(&figure.printed).is_none(),
            (None, _) => words,
        },
    }
}
