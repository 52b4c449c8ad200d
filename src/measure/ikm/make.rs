//! The survey of a period, from forms to figures.

use std::collections::BTreeSet;
use std::sync::Arc;

use num_rational::BigRational;

use super::cases::{Cases, Recipients};
use super::findings::{Seen, findings};
use super::follow::{outcomes, plan};
use super::forms::{Around, Forms, SERVICE};
use super::pen::Pen;
use super::scheme::Scheme;
use super::suggestions::suggestions;
use super::trend::{Past, is_valid, points, write_changes};
use super::write::Counted;
use super::{Ikm, Ranked, Survey, links, reach, write};
use crate::config::{IkmSettings, ReportRules};
use crate::finding::Finding;
use crate::instant::Instant;
use crate::measure::FigureTable;
use crate::period::Period;
use crate::score::ScoredCase;
use crate::snapshot::ResponseRow;
use crate::snapshot::beside::Followed;
use crate::standard::{Instrument, Instruments, Library};

/// Elements named as the weakest, and as the strongest.
const NAMED: usize = 3;

/// What a survey is measured from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Of all periods, as known at `as_of`, by response_id.
    pub responses: &'a [ResponseRow],
    pub instruments: &'a Instruments,
    pub settings: &'a IkmSettings,
    pub rules: &'a ReportRules,
    pub library: &'a Library,
    /// Scored at `as_of`.
    pub cases: &'a [ScoredCase],
    /// Of this period and the one before, at least.
    pub followups: &'a [Followed],
    /// What was found on reading the forms.
    pub reading: &'a [Finding],
    pub period: Period,
    pub as_of: Instant,
}

/// Why a survey cannot be measured.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IkmError {
    #[error(
        "no survey instrument of the ministry is in force on {}, the first day of {period}: add one to standards/ikm/, or name one for this period in an [[ikm.survey]] of tepat.toml",
        period.first()
    )]
    NoInstrument { period: Period },
}

/// Measures the survey of `input.period`.
///
/// # Errors
/// No instrument is in force in the period.
pub fn ikm<'a>(input: Input<'a>) -> Result<Ikm<'a>, IkmError> {
    let instrument = input
        .instruments
        .of_period(input.period, &input.settings.surveys)
        .ok_or(IkmError::NoInstrument {
            period: input.period,
        })?;
    let mut past = Past::new(input.responses, input.period);
    let cases = Cases::new(input.cases, input.library);
    let recipients = Recipients::new(&cases, input.period);
    let around = Around {
        ages: &input.settings.age_bands,
        cases: &cases,
        recipients: &recipients,
        library: input.library,
    };
    let forms = Forms::new(past.take(input.period), input.period, around);
    let counted = Counted::new(
        Scheme::new(instrument),
        &forms,
        input.settings.partial_forms,
    );
    let mut figures = FigureTable::default();
    let mut pen = pen(&mut figures, &input, None);
    reach::write_recipients(&mut pen, &counted, (&cases, &recipients), input.as_of);
    write_survey(&mut pen, &counted, (&cases, &recipients, &past), &input);
    let internal = internal(&mut figures, &forms, (&cases, &recipients, &past), &input);
    figures.sort();
    let seen = Seen {
        input: &input,
        counted: &counted,
        cases: &cases,
        recipients: &recipients,
        past: &past,
    };
    let survey = survey(&counted);
    Ok(Ikm {
        period: input.period,
        as_of: input.as_of,
        findings: findings(&seen, &survey, &internal),
        survey,
        internal,
        trend: points(&counted, &past, &input),
        services: services(&counted, &recipients),
        dimensions: dimensions(&forms),
        suggestions: suggestions(&forms.rows, instrument, input.library),
        plan: plan(&input),
        outcomes: outcomes(&input, &past, &figures),
        figures,
    })
}

fn pen<'w>(figures: &'w mut FigureTable, input: &Input<'w>, code: Option<&'w str>) -> Pen<'w> {
    Pen {
        table: figures,
        period: input.period,
        least_n: input.rules.least_n,
        instrument: code,
    }
}

/// What the figures of every instrument are held against.
type Beside<'s, 'a> = (&'s Cases<'a>, &'s Recipients<'a>, &'s Past<'a>);

fn write_survey(pen: &mut Pen, c: &Counted, (cases, recipients, past): Beside, input: &Input) {
    write::write(pen, c);
    reach::write_reached(pen, c, cases, recipients);
    links::write(pen, c, cases);
    write_changes(pen, c, past, input);
}

/// The office's own instruments that hold in the period, in the order of the settings.
fn internal<'a>(
    figures: &mut FigureTable,
    forms: &Forms<'a>,
    beside: Beside<'_, 'a>,
    input: &Input<'a>,
) -> Vec<Survey<'a>> {
    let named = input.settings.internal.iter();
    let known = named.filter_map(|code| input.instruments.by_code.get(code));
    let valid = known.filter(|i| is_valid(i, input.period));
    let survey = |instrument: &'a Arc<Instrument>| {
        let counted = Counted::new(Scheme::new(instrument), forms, input.settings.partial_forms);
        let mut pen = Pen {
            table: &mut *figures,
            period: input.period,
            least_n: input.rules.least_n,
            instrument: Some(&instrument.code),
        };
        write_survey(&mut pen, &counted, beside, input);
        survey(&counted)
    };
    valid.map(survey).collect()
}

fn survey<'a>(c: &Counted<'_, 'a>) -> Survey<'a> {
    let forms = c.forms.rows.iter().zip(&c.answered.patterns);
    let mut weakest: Vec<(BigRational, &str)> = c
        .scheme
        .in_order()
        .filter_map(|(place, e)| Some((c.unit().nrr(place)?, e.code.as_str())))
        .collect();
    let mut strongest = weakest.clone();
    // Both sorts are stable: equal elements stay in the order of the instrument.
    weakest.sort_by(|a, b| a.0.cmp(&b.0));
    strongest.sort_by(|a, b| b.0.cmp(&a.0));
    Survey {
        instrument: Arc::clone(c.scheme.instrument),
        forms: forms.filter(|(_, p)| **p != 0).map(|(r, _)| *r).collect(),
        weakest: ranked(&weakest),
        strongest: ranked(&strongest),
    }
}

/// The first few, each with all that are exactly equal to it.
fn ranked(sorted: &[(BigRational, &str)]) -> Vec<Ranked> {
    let tied = |(nrr, code): &(BigRational, &str)| {
        let equal = sorted.iter().filter(|(n, c)| n == nrr && c != code);
        equal.map(|(_, c)| (*c).to_owned()).collect()
    };
    let first = sorted.iter().take(NAMED);
    let of = |one: &(BigRational, &str)| Ranked {
        element: one.1.to_owned(),
        tied_with: tied(one),
    };
    first.map(of).collect()
}

/// Services with respondents or recipients.
fn services(c: &Counted, recipients: &Recipients) -> Vec<String> {
    let mut services: BTreeSet<&str> = recipients.of.iter().map(|r| r.service).collect();
    let columns = c.forms.columns.iter().zip(&c.answered.columns);
    for (column, sums) in columns.filter(|(c, _)| c.name == SERVICE) {
        let answered = column.values.iter().zip(sums);
        let answered = answered.filter(|(_, s)| s.all.respondents > 0);
        services.extend(answered.map(|(value, _)| value.as_str()));
    }
    services.into_iter().map(str::to_owned).collect()
}

fn dimensions(forms: &Forms) -> Vec<(&'static str, Vec<String>)> {
    let dimensions = forms.dimensions();
    dimensions.map(|c| (c.name, c.values.clone())).collect()
}
