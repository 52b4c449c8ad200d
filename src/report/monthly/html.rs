//! The monthly review as a page: what the template prints, section by section.

use askama::Template;

use crate::format;
use crate::report::charts::series::Series;
use crate::report::charts::{Size, xmr};
use crate::report::html::{Markup, css_string, figure_markup, figure_or_none};
use crate::report::method::{self, Block};
use crate::report::monthly::answers::{self, Answer};
use crate::report::monthly::context::Context;
use crate::report::monthly::{lists, sections};
use crate::report::words::{self, Phrase};
use crate::report::{ReviewReport, SYNTHETIC_BANNER};

/// A counted fact: a number and what it counts.
pub struct Fact {
    pub printed: Markup,
    pub label: String,
}

/// One of the signatures.
pub struct Signature {
    pub act: &'static str,
    pub position: String,
    pub name: String,
}

#[derive(Template)]
#[template(path = "monthly.html")]
struct Page {
    title: String,
    office: String,
    unit: String,
    province: String,
    banner: &'static str,
    /// The margins of printed pages: banner, and office with period.
    print_banner: Markup,
    print_title: Markup,
    period: String,
    as_of: String,
    edition: u32,
    answers: Vec<Answer>,
    pause_rules: Markup,
    exclusions: Markup,
    due_parts: Vec<Fact>,
    flow: Vec<(&'static str, Fact)>,
    flow_note: Markup,
    no_deadline: Vec<Fact>,
    not_started: Markup,
    paused: Markup,
    /// Months of the trend.
    months: usize,
    trend_words: String,
    changes: Markup,
    bottleneck: String,
    signals: Vec<String>,
    chart_wide: Markup,
    chart_narrow: Markup,
    trend: Markup,
    durations: Markup,
    km: Markup,
    km_excluded: Markup,
    stages: Markup,
    stages_by_service: Vec<Markup>,
    time: Markup,
    overdue: Markup,
    at_risk: Markup,
    oldest: Markup,
    late: Markup,
    dimensions: Vec<Markup>,
    levels: Vec<Fact>,
    findings: Markup,
    standards: Vec<Block>,
    method: Vec<Block>,
    provenance: Vec<(String, String)>,
    place_and_date: String,
    signatures: Vec<Signature>,
}

/// The whole page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn page(r: &ReviewReport) -> anyhow::Result<String> {
    let c = Context::new(r);
    Ok(view(&c)?.render()?)
}

fn view(c: &Context) -> anyhow::Result<Page> {
    let m = c.r.overview;
    let office = c.r.office;
    let (verdict, explanation) = words::trend_verdict(&m.trend, m.trend_limits);
    let chart_title = format!(
        "Tepat waktu dari yang jatuh tempo, sampai {}",
        c.period_name
    );
    let trend = Series::trend(&m.trend, m.trend_limits);
    let chart = |size| xmr::chart("tren", &chart_title, &trend, size);
    Ok(Page {
        title: format!("{} – {}", c.title, c.period_name),
        office: office.name.clone(),
        unit: office.unit.clone(),
        province: office.province.clone(),
        banner: if office.synthetic {
            SYNTHETIC_BANNER
        } else {
            ""
        },
        print_banner: css_string(SYNTHETIC_BANNER),
        print_title: css_string(&format!("{} – {}", office.name, c.period_name)),
        period: c.period_name.clone(),
        as_of: c.as_of(),
        edition: c.r.provenance.edition,
        answers: answers::answers(c),
        pause_rules: sections::pause_rules(c).markup()?,
        exclusions: sections::excluded(c, true).html(),
        due_parts: due_parts(c),
        flow: flow(c),
        flow_note: flow_note(c),
        no_deadline: no_deadline(c),
        not_started: lists::not_started(c).markup()?,
        paused: lists::paused(c).markup()?,
        months: m.trend.len(),
        trend_words: format!("{verdict}. {explanation}"),
        changes: answers::changes(c).html(),
        bottleneck: answers::bottleneck(c),
        signals: words::signals(&m.trend),
        chart_wide: chart(Size::Wide)?,
        chart_narrow: chart(Size::Narrow)?,
        trend: sections::trend(c).markup()?,
        durations: sections::durations(c).markup()?,
        km: figure_or_none(c.whole("working_days.km_median")),
        km_excluded: figure_or_none(c.whole("working_days.km_excluded")),
        stages: sections::stages(c, None).markup()?,
        stages_by_service: stages_by_service(c)?,
        time: sections::time(c)?,
        overdue: lists::overdue(c).markup()?,
        at_risk: lists::at_risk(c).markup()?,
        oldest: lists::oldest(c).markup()?,
        late: lists::late(c).markup()?,
        dimensions: dimensions(c)?,
        levels: levels(c),
        findings: sections::findings(c).markup()?,
        standards: method::standards(c.r.library),
        method: method::blocks(c.r.rules, c.r.library),
        provenance: c.provenance(),
        place_and_date: format!("{}, ........................", office.city),
        signatures: signatures(office),
    })
}

/// A figure of the whole office as a fact.
pub fn fact(c: &Context, indicator: &str, label: &str) -> Fact {
    Fact {
        printed: figure_or_none(c.whole(indicator)),
        label: label.to_owned(),
    }
}

/// The parts of the cases due.
pub fn due_parts(c: &Context) -> Vec<Fact> {
    vec![
        fact(c, "due.count", &format!("jatuh tempo {} ini", c.noun)),
        fact(c, "due.on_time", "tepat waktu"),
        fact(c, "due.late", "diputus terlambat"),
        fact(c, "due.overdue", "lewat batas, belum diputus"),
        fact(c, "due.withdrawn_late", "dicabut setelah lewat batas"),
        fact(c, "due.pending", "belum jatuh tempo saat laporan dibuat"),
    ]
}

/// The balance: opening + received = decided + withdrawn + closing.
pub fn flow(c: &Context) -> Vec<(&'static str, Fact)> {
    vec![
        ("", fact(c, "flow.opening", "berkas awal")),
        ("+", fact(c, "flow.received", "diterima")),
        ("=", fact(c, "flow.decided", "diputus")),
        ("+", fact(c, "flow.withdrawn", "dicabut")),
        ("+", fact(c, "flow.closing", "berkas akhir")),
    ]
}

/// What the balance is made of, and what stands beside it.
pub fn flow_note(c: &Context) -> Markup {
    let phrase = Phrase::of("Diputus terdiri atas ")
        .figure(c.whole("flow.issued"))
        .text(" terbit dan ")
        .figure(c.whole("flow.rejected"))
        .text(format!(" ditolak. Berkas akhir {} lalu: ", c.noun))
        .figure(c.whole("flow.previous_closing"))
        .text("; selisihnya dengan berkas awal, yaitu koreksi data setelah terbit: ")
        .figure(c.whole("flow.restated"))
        .text(". Tanpa waktu diterima, di luar arus: ")
        .figure(c.whole("flow.unplaced"))
        .text(" berkas. Diputus tetapi tidak masuk persentase: tidak dapat dinilai ")
        .figure(c.figure("excluded.decided", &[("reason", "not_assessable")]))
        .text(", hitungan belum berjalan ")
        .figure(c.figure("excluded.decided", &[("reason", "clock_not_started")]))
        .text(", layanan tanpa standar ")
        .figure(c.figure("excluded.decided", &[("reason", "no_standard")]))
        .text(".");
    phrase.html()
}

/// Cases in no percentage.
pub fn no_deadline(c: &Context) -> Vec<Fact> {
    let excluded = |reason, label: &str| Fact {
        printed: figure_or_none(c.figure("excluded.due", &[("reason", reason)])),
        label: label.to_owned(),
    };
    vec![
        fact(c, "open.not_started", "hitungan belum berjalan"),
        fact(c, "open.paused", "sedang di pemohon"),
        excluded("withdrawn", "dicabut dalam batas waktu"),
        excluded("not_assessable", "tidak dapat dinilai"),
        excluded("no_standard", "layanan tanpa standar"),
    ]
}

/// The steps of each service.
///
/// # Errors
/// A template that cannot be rendered.
pub fn stages_by_service(c: &Context) -> anyhow::Result<Vec<Markup>> {
    let mut tables = Vec::new();
    for (code, name) in c.values("service") {
        let view = sections::stages(c, Some((code, name)));
        if !view.rows.is_empty() {
            tables.push(view.markup()?);
        }
    }
    Ok(tables)
}

/// On time by service, region and channel.
///
/// # Errors
/// A template that cannot be rendered.
pub fn dimensions(c: &Context) -> anyhow::Result<Vec<Markup>> {
    let mut tables = Vec::new();
    for (code, caption, heading) in [
        ("service", "Menurut jenis layanan", "Layanan"),
        ("region", "Menurut wilayah", "Wilayah"),
        ("channel", "Menurut saluran", "Saluran"),
    ] {
        if let Some(view) = sections::dimension(c, code, caption, heading) {
            tables.push(view.markup()?);
        }
    }
    Ok(tables)
}

/// Findings by level.
pub fn levels(c: &Context) -> Vec<Fact> {
    let fact = |(label, figure): (&'static str, Option<_>)| Fact {
        printed: figure.map_or_else(|| Markup::text(format::NONE), figure_markup),
        label: label.to_owned(),
    };
    sections::levels(c).into_iter().map(fact).collect()
}

/// The signature block (dibuat, diperiksa, disetujui).
pub fn signatures(office: &crate::config::Office) -> Vec<Signature> {
    let line = |act, who: &crate::config::Signatory| Signature {
        act,
        position: who.position.clone(),
        name: who.name.clone(),
    };
    vec![
        line("Dibuat oleh", &office.made_by),
        line("Diperiksa oleh", &office.checked_by),
        line("Disetujui oleh", &office.approved_by),
    ]
}
