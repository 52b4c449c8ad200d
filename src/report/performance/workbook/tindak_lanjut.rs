//! Sheets Tindak Lanjut (the form the office fills in and imports again) and Tindak Lanjut Lalu (what became of the last ones).
//!
//! In: proposals and followed-up findings. Out: two worksheets.

use rust_xlsxwriter::Worksheet;

use crate::format;
use crate::measure::performance::follow_up::{FollowedUp, Proposal, pairs};
use crate::measure::{Figure, Group};
use crate::report::monthly::context::Context;
use crate::report::performance::PerformanceReport;
use crate::report::performance::words;
use crate::report::performance::workbook::sheet::Sheet;
use crate::report::xlsx::Book;
use crate::report::xlsx::code::Code;
use crate::report::xlsx::column::{Column, Show, one_figure};
use crate::report::xlsx::form::{self, Entry};

/// Colour of the tabs.
const TAB: u32 = 0x00A6_3A14;

const LAST: [&str; 11] = [
    "Temuan",
    "Sebab",
    "Tindakan",
    "Penanggung jawab",
    "Batas waktu",
    "Selesai pada",
    "Keadaan",
    "Angka saat itu",
    "Perubahan sejak itu",
    "Catatan",
    "Nomor",
];

/// The form.
///
/// # Errors
/// What the workbook writer refuses.
pub fn form(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let proposals = r.performance.proposals.iter().enumerate();
    let entries: Vec<Entry> = proposals
        .map(|(i, proposal)| Entry {
            number: format!("{}-{:02}", c.period, i + 1),
            period: c.period.clone(),
            indicator: &proposal.indicator,
            group: group_text(&proposal.group),
            finding: words::finding(c, proposal),
            figure: proposed(c, proposal).map_or(format::NONE, |f| f.printed.as_str()),
            entered: None,
        })
        .collect();
    form::write(book, &entries)
}

/// The figure a proposal is about.
fn proposed<'a>(c: &Context<'a>, proposal: &Proposal) -> Option<&'a Figure> {
    let pairs: Vec<(&str, &str)> = proposal
        .group
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    c.figure(&proposal.indicator, &pairs)
}

/// `k=v;k=v` of a group, as a follow-up names it.
fn group_text(group: &Group) -> String {
    let pairs: Vec<String> = group.iter().map(|(k, v)| format!("{k}={v}")).collect();
    pairs.join(";")
}

/// What became of the findings followed up last time.
///
/// # Errors
/// What the workbook writer refuses.
pub fn last(r: &PerformanceReport, c: &Context, book: &Book) -> anyhow::Result<Worksheet> {
    let widths = vec![
        24.0, 40.0, 24.0, 24.0, 18.0, 13.0, 13.0, 20.0, 12.0, 34.0, 20.0, 13.0, 13.0,
    ];
    let mut s = Sheet::new(c, book, "Tindak Lanjut Lalu", widths)?;
    s.note(
        "Temuan laporan sebelumnya yang telah diimpor, dengan angka saat itu dan angka sekarang. Perubahan disebut lebih dari kebetulan hanya \
         apabila selang 95 %-nya tidak memuat nol; perubahan sesudah suatu tindakan belum tentu disebabkan oleh tindakan itu.",
    )?;
    s.gap();
    let columns = one_figure();
    s.heads(&["Banyaknya"], &columns)?;
    for (state, words) in [
        ("proposed", "Temuan yang diusulkan dalam laporan ini"),
        ("done", "Tindak lanjut lalu yang selesai"),
        ("open", "Tindak lanjut lalu yang belum selesai"),
    ] {
        let code = Code::of("follow_up.count").with("state", state);
        s.line(&code, &[words], &columns, Show::Number)?;
    }
    s.gap();
    let followed = &r.performance.followed_up;
    if followed.is_empty() {
        s.note("Belum ada tindak lanjut yang diimpor untuk semester-semester sebelumnya.")?;
        return Ok(s.finish(TAB));
    }
    let now = [Column::new(
        "Angka sekarang",
        Code::default(),
        Show::Printed,
    )];
    s.heads(&LAST, &now)?;
    for f in followed {
        write_last(&mut s, f, &now)?;
    }
    Ok(s.finish(TAB))
}

fn write_last(s: &mut Sheet, f: &FollowedUp, now: &[Column]) -> anyhow::Result<()> {
    let row = &f.row;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let date = |day: Option<chrono::NaiveDate>| day.map(format::date_short).unwrap_or_default();
    let mut code = Code::of(&row.indicator);
    for (dimension, value) in pairs(&row.group) {
        code = code.with(&dimension, value);
    }
    let then = f.then.as_ref().map_or(format::NONE, |t| t.printed.as_str());
    let labels = [
        row.finding.clone(),
        text(&row.cause),
        text(&row.action),
        text(&row.who),
        date(row.by_when),
        date(row.done_on),
        words::state(f, s.c.r.overview.as_of.date()),
        then.to_owned(),
        words::movement(f),
        text(&row.note),
        row.followup_id.clone(),
    ];
    s.line(
        &code,
        &labels.each_ref().map(String::as_str),
        now,
        Show::Printed,
    )
}
