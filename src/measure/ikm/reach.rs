//! Who was reached: recipients of the service, the sample they need, who answered of them, and how their cases went.
//!
//! In: cases, forms with their answers. Out: figures. The counts of recipients come from the case data, never from the forms.

use std::collections::BTreeMap;

use super::cases::{Cases, Recipient, Recipients};
use super::forms::{CHANNEL, NO_CASE, SERVICE};
use super::pen::{NOT_ASSESSABLE, Pairs, Pen};
use super::sample::needed;
use super::write::Counted;
use crate::format;
use crate::instant::Instant;
use crate::measure::membership::membership;
use crate::measure::put::Share;
use crate::score::CaseVerdict;

/// Writes what the forms' instrument has no part in: recipients, the sample they need, timeliness.
pub(super) fn write_recipients(
    pen: &mut Pen,
    c: &Counted,
    (cases, recipients): (&Cases, &Recipients),
    as_of: Instant,
) {
    let mut write = |pairs: &Pairs, which: &dyn Fn(&Recipient) -> bool| {
        pen.count("ikm.recipients", pairs, recipients.count(which));
        for (place, month) in c.forms.months.iter().enumerate() {
            let count = recipients.count(|r| usize::from(r.month) == place && which(r));
            pen.of(*month).count("ikm.recipients", pairs, count);
        }
    };
    write(&[], &|_| true);
    for value in values(c, SERVICE) {
        write(&[(SERVICE, value)], &|r| r.service == value);
    }
    for value in values(c, CHANNEL) {
        write(&[(CHANNEL, value)], &|r| r.channel == value);
    }
    let all = recipients.of.len() as u64;
    sample_needed(pen, &[], all);
    for value in values(c, SERVICE) {
        let of = recipients.count(|r| r.service == value);
        sample_needed(pen, &[(SERVICE, value)], of);
    }
    timeliness(pen, c, cases, as_of);
}

/// Writes how many of the recipients answered under the forms' instrument.
pub(super) fn write_reached(pen: &mut Pen, c: &Counted, cases: &Cases, recipients: &Recipients) {
    let unit = c.unit().respondents;
    reached(pen, &[], unit, recipients.of.len() as u64);
    let services = c.forms.columns.iter().zip(&c.answered.columns);
    for (column, sums) in services.filter(|(c, _)| c.name == SERVICE) {
        for (value, sums) in column.values.iter().zip(sums) {
            let of = recipients.count(|r| r.service == value);
            reached(pen, &[(SERVICE, value)], sums.all.respondents, of);
        }
    }
    linked(pen, c, cases, recipients);
}

/// The values of a column in their order.
fn values<'c>(c: &Counted<'c, '_>, name: &str) -> impl Iterator<Item = &'c str> {
    let column = c.forms.columns.iter().find(|c| c.name == name);
    column
        .into_iter()
        .flat_map(|c| c.values.iter().map(String::as_str))
}

fn sample_needed(pen: &mut Pen, pairs: &Pairs, recipients: u64) {
    let needed = (recipients > 0).then(|| needed(recipients));
    let word = needed.map_or(format::NONE.to_owned(), format::count);
    let value = needed.map(|n| n as f64);
    pen.with(pairs, |w, pairs| {
        w.word("ikm.sample.needed", pairs, recipients, value, &word);
    });
}

/// Whether the respondents are enough. One is never: there is nothing to tell chance by. Without recipients nobody can say.
pub(super) fn is_enough(respondents: u64, recipients: u64) -> Option<bool> {
    match respondents {
        0 | 1 => Some(false),
        n => (recipients > 0).then(|| n >= needed(recipients)),
    }
}

fn reached(pen: &mut Pen, pairs: &Pairs, respondents: u64, recipients: u64) {
    let enough = is_enough(respondents, recipients);
    let word = match enough {
        Some(true) => "memadai",
        Some(false) => "belum memadai",
        None => NOT_ASSESSABLE,
    };
    let value = enough.map(|e| f64::from(u8::from(e)));
    pen.with(pairs, |w, pairs| {
        w.word("ikm.sample.reached", pairs, respondents, value, word);
    });
    let share = Share {
        hits: respondents,
        of: recipients,
    };
    pen.with(pairs, |w, pairs| match respondents > recipients {
        true => w.not_assessable("ikm.response_rate", pairs, recipients),
        false => w.share("ikm.response_rate", pairs, share),
    });
}

/// Recipients that a respondent's form is linked to, of all: each once, however many forms name it.
fn linked(pen: &mut Pen, c: &Counted, cases: &Cases, recipients: &Recipients) {
    let mut answered = vec![false; cases.all.len()];
    let forms = c.forms.case.iter().zip(&c.answered.patterns);
    for (case, _) in forms.filter(|(case, p)| **case != NO_CASE && **p != 0) {
        if let Some(answered) = answered.get_mut(*case as usize) {
            *answered = true;
        }
    }
    let is_linked = |r: &Recipient| answered.get(r.case as usize) == Some(&true);
    let mut write = |pairs: &Pairs, which: &dyn Fn(&Recipient) -> bool| {
        let mut share = Share::default();
        for recipient in recipients.of.iter().filter(|r| which(r)) {
            share.add(is_linked(recipient));
        }
        pen.with(pairs, |w, pairs| w.share("ikm.linked", pairs, share));
    };
    write(&[], &|_| true);
    for value in values(c, SERVICE) {
        write(&[(SERVICE, value)], &|r| r.service == value);
    }
    for value in values(c, CHANNEL) {
        write(&[(CHANNEL, value)], &|r| r.channel == value);
    }
}

/// On time of those decided in the period, from the case data: what the element about time is held against.
fn timeliness(pen: &mut Pen, c: &Counted, cases: &Cases, as_of: Instant) {
    let mut unit = Share::default();
    let mut services: BTreeMap<&str, Share> = BTreeMap::new();
    for (case, service) in cases.all.iter().zip(&cases.service) {
        let on_time = match case.verdict {
            CaseVerdict::OnTime => true,
            CaseVerdict::Late => false,
            _ => continue,
        };
        if membership(case, pen.period, as_of).decided {
            unit.add(on_time);
            services.entry(service).or_default().add(on_time);
        }
    }
    pen.with(&[], |w, pairs| w.share("ikm.timeliness", pairs, unit));
    for value in values(c, SERVICE) {
        let share = services.get(value).copied().unwrap_or_default();
        let pairs = [(SERVICE, value)];
        pen.with(&pairs, |w, pairs| w.share("ikm.timeliness", pairs, share));
    }
}
