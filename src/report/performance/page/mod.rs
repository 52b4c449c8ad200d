//! The internal edition as a page: narrative first, then the office, the stages, the agencies, the officers, the paths, and
//! what is to be followed up.

mod answers;
mod follow_up;
mod narrative;
mod office;
mod paths;
mod people;
mod stages;

use askama::Template;

use crate::report::SYNTHETIC_BANNER;
use crate::report::blocks::Section;
use crate::report::html::{Markup, css_string};
use crate::report::method::{self, Block};
use crate::report::monthly::answers::Answer;
use crate::report::monthly::context::Context;
use crate::report::monthly::html::{Signature, signatures};
use crate::report::performance::PerformanceReport;

#[derive(Template)]
#[template(path = "performance.html")]
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
    sections: Vec<Section>,
    standards: Vec<Block>,
    method: Vec<Block>,
    provenance: Vec<(String, String)>,
    place_and_date: String,
    signatures: Vec<Signature>,
}

/// The report and the look-ups of its overview.
struct View<'a> {
    r: &'a PerformanceReport<'a>,
    c: Context<'a>,
}

impl View<'_> {
    /// "Pada akhir semester", or of a running one the day of the report.
    fn at_end(&self) -> String {
        let o = &self.c.r.overview;
        match o.as_of.date() < o.period.end() {
            true => format!("Per {}", crate::format::date(o.as_of.date())),
            false => "Pada akhir semester".to_owned(),
        }
    }

    /// The name of a service; its code where the period has no name for it.
    fn service<'s>(&'s self, code: &'s str) -> &'s str {
        let named = self.c.values("service").iter().find(|(c, _)| c == code);
        named.map_or(code, |(_, name)| name.as_str())
    }
}

/// The whole page.
///
/// # Errors
/// A template that cannot be rendered.
pub fn page(r: &PerformanceReport) -> anyhow::Result<String> {
    let v = View {
        r,
        c: Context::new(&r.review),
    };
    let c = &v.c;
    let office = r.review.office;
    let page = Page {
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
        print_title: css_string(&format!("{} – {} – internal", office.name, c.period_name)),
        period: c.period_name.clone(),
        as_of: c.as_of(),
        edition: r.review.provenance.edition,
        answers: answers::answers(&v),
        sections: sections(&v)?,
        standards: method::standards(r.review.library),
        method: method::performance(r.review.rules, r.review.library),
        provenance: c.provenance(),
        place_and_date: format!("{}, ........................", office.city),
        signatures: signatures(office),
    };
    Ok(page.render()?)
}

fn sections(v: &View) -> anyhow::Result<Vec<Section>> {
    Ok(vec![
        narrative::section(v),
        office::promise(v)?,
        office::sensitivity(v)?,
        office::durations(v)?,
        office::flow(v)?,
        office::returns(v)?,
        stages::stages(v)?,
        stages::months(v)?,
        stages::trends(v)?,
        people::agencies(v)?,
        people::officers(v)?,
        paths::conformance(v)?,
        paths::paths(v)?,
        follow_up::section(v)?,
        office::quality(v)?,
    ])
}
