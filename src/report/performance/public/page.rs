//! The public edition as a page that a citizen can read: self-contained, without links to elsewhere.
//!
//! In: what is shown, and the office. Out: HTML.

use askama::Template;

use super::tables::{Content, Entry, Share, Table};
use super::words::{self, Subject, markup, out_of, sentence};
use super::{PublicFigure, Shown};
use crate::report::SYNTHETIC_BANNER;
use crate::report::charts::intervals::{self, IntervalRow, Intervals};
use crate::report::html::{Column, Markup, TableView, css_string};
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;

/// One question of the first screen.
struct Answer {
    question: &'static str,
    headline: Markup,
    lead: Markup,
    lines: Vec<Markup>,
}

/// A number and what it counts, with the sign before it where it is part of a balance.
struct Fact {
    sign: &'static str,
    label: &'static str,
    printed: Markup,
}

#[derive(Template)]
#[template(path = "performance_public.html")]
struct Page {
    title: String,
    office: String,
    province: String,
    banner: &'static str,
    print_banner: Markup,
    print_title: Markup,
    period: String,
    as_of: String,
    edition: u32,
    answers: Vec<Answer>,
    promises: Vec<String>,
    facts: Vec<Fact>,
    flow: Vec<Fact>,
    months: Markup,
    months_table: Markup,
    semesters: Markup,
    groups: Vec<Markup>,
    stages: Markup,
    agencies: Markup,
    rules: Markup,
    method: Vec<Subject>,
    provenance: Vec<(String, String)>,
}

/// The whole page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn page(r: &PerformanceReport, shown: &Shown) -> anyhow::Result<String> {
    let (c, review) = (Content { r, shown }, Context::new(&r.review));
    let office = r.review.office;
    let groups: anyhow::Result<Vec<Markup>> = c.groups().iter().map(table).collect();
    let page = Page {
        title: format!("{} – {}", review.title, review.period_name),
        office: office.name.clone(),
        province: office.province.clone(),
        banner: if office.synthetic {
            SYNTHETIC_BANNER
        } else {
            ""
        },
        print_banner: css_string(SYNTHETIC_BANNER),
        print_title: css_string(&format!("{} – {}", office.name, review.period_name)),
        period: review.period_name.clone(),
        as_of: review.as_of(),
        edition: r.review.provenance.edition,
        answers: answers(&c),
        promises: words::promises(&c),
        facts: facts(&c),
        flow: flow(&c),
        months: chart(
            "bulan",
            "Tepat waktu dari yang jatuh tempo, tiap bulan",
            &c.months(),
        )?,
        months_table: table(&c.months())?,
        semesters: chart("semester", "Semester ini dan sebelumnya", &c.semesters())?,
        groups: groups?,
        stages: table(&c.stages())?,
        agencies: table(&c.agencies())?,
        rules: table(&c.rules())?,
        method: words::method(&c),
        provenance: review.provenance(),
    };
    Ok(page.render()?)
}

fn answers(c: &Content) -> Vec<Answer> {
    let (kept, kept_lines) = words::headline(c);
    let (days, day_lines) = words::duration(c);
    vec![
        Answer {
            question: "Apakah janji layanan ditepati?",
            headline: markup(c.figure("on_time.due", &[])),
            lead: kept,
            lines: kept_lines,
        },
        Answer {
            question: "Berapa lama permohonan diproses?",
            headline: markup(c.figure("working_days.median", &[])),
            lead: days,
            lines: day_lines,
        },
    ]
}

fn facts(c: &Content) -> Vec<Fact> {
    let fact = |(label, figure)| Fact {
        sign: "",
        label,
        printed: markup(figure),
    };
    c.facts().into_iter().map(fact).collect()
}

fn flow(c: &Content) -> Vec<Fact> {
    let fact = |(sign, label, figure)| Fact {
        sign,
        label,
        printed: markup(figure),
    };
    c.flow().into_iter().map(fact).collect()
}

/// The first share of each row with its interval.
fn chart(id: &str, title: &str, table: &Table) -> anyhow::Result<Markup> {
    let rows = table.rows.iter().map(|row| {
        let share = row.entries.iter().find_map(|e| match e {
            Entry::Share(s) => Some(*s),
            _ => None,
        });
        let share = share.unwrap_or_default();
        let value = |f: Option<&PublicFigure>| f.and_then(|f| f.value);
        IntervalRow {
            label: row.name.clone(),
            share: value(share.share),
            interval: value(share.low).zip(value(share.high)),
            printed: markup(share.share),
            detail: Markup::text(&share.share.map(out_of).unwrap_or_default()),
            highlight: row.own,
        }
    });
    let intervals = Intervals {
        rows: rows.collect(),
        reference: None,
        corner: table.corner.to_owned(),
    };
    intervals::figure(id, title, &intervals)
}

fn table(table: &Table) -> anyhow::Result<Markup> {
    let column =
        |(at, head): (usize, &&str)| match table.rows.first().and_then(|r| r.entries.get(at)) {
            Some(Entry::Text(_)) => Column::text(head),
            _ => Column::number(head),
        };
    let heads = table.heads.iter().enumerate().map(column);
    let columns = std::iter::once(Column::text(table.corner)).chain(heads);
    let mut view = TableView::new(table.title, columns.collect());
    view.note = table.note.to_owned();
    for row in &table.rows {
        let cells = std::iter::once(Markup::text(&row.name)).chain(row.entries.iter().map(cell));
        view.rows.push(cells.collect());
    }
    view.markup()
}

fn cell(entry: &Entry) -> Markup {
    match entry {
        Entry::Text(words) => Markup::text(words),
        Entry::Figure(figure) => markup(*figure),
        Entry::Share(share) => share_cell(share),
    }
}

/// The share, below it its n and N and its interval.
fn share_cell(share: &Share) -> Markup {
    let printed = markup(share.share);
    let below = share.share.map(out_of).unwrap_or_default();
    if below.is_empty() {
        return printed;
    }
    let interval = match (share.low, share.high) {
        (Some(_), Some(_)) => sentence(&[
            Markup::text(" · "),
            markup(share.low),
            Markup::text(" – "),
            markup(share.high),
        ]),
        _ => Markup::default(),
    };
    Markup::trusted(format!(
        "{printed} <span class=\"sub\">{}{interval}</span>",
        Markup::text(&below)
    ))
}
