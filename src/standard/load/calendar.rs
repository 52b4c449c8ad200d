//! A calendar from its files: the ones it extends first, then its own.

use chrono_tz::Tz;

use super::calendar_file::CalendarFile;
use super::draft::Draft;
use super::error::{Doc, StandardError, hex_digest};
use super::files::StandardFiles;
use super::parse::{parse, text};
use crate::standard::Calendar;

/// One calendar file, opened and parsed.
pub(super) struct Layer<'a> {
    pub doc: Doc<'a>,
    pub file: CalendarFile,
    /// The holiday file it names.
    pub rows: Option<Doc<'a>>,
}

/// Loads the calendar `standards/calendar/NAME.toml` and those it extends; no other calendar is looked at.
///
/// `joint_leave_works` is the setting that makes cuti bersama a working day.
///
/// # Errors
/// The first mistake found: an unknown name, a key or date that cannot be read, a holiday outside the years declared, two
/// entries that contradict each other, years with a gap, a year without holidays that is not declared so.
pub fn load_calendar(
    name: &str,
    sources: &StandardFiles,
    zone: Tz,
    joint_leave_works: bool,
) -> Result<Calendar, StandardError> {
    let layers = open_layers(name, sources)?;
    let mut draft = Draft::default();
    let mut files = Vec::new();
    let mut bytes = Vec::new();
    for layer in &layers {
        draft.add_layer(layer)?;
        for doc in std::iter::once(&layer.doc).chain(&layer.rows) {
            files.push(doc.path.to_owned());
            bytes.push(doc.bytes);
        }
    }
    if let Some(own) = layers.last() {
        draft.check_years(&own.doc)?;
    }
    let years = draft
        .years
        .iter()
        .map(|(year, (status, _))| (*year, *status));
    Ok(Calendar {
        name: name.to_owned(),
        zone,
        files,
        digest: hex_digest(bytes),
        years: years.collect(),
        holidays: draft.holidays,
        openings: draft.openings,
        special: draft.special,
        joint_leave_works,
    })
}

/// The calendar's file and those it extends, the farthest first.
fn open_layers<'a>(
    name: &str,
    sources: &'a StandardFiles,
) -> Result<Vec<Layer<'a>>, StandardError> {
    let Some(first) = open_layer(name, sources)? else {
        return Err(StandardError::plain(format!(
            "there is no calendar \"{name}\" in standards/calendar/: correct `calendar` in tepat.toml to one of {}, or add standards/calendar/{name}.toml",
            names(sources)
        )));
    };
    let mut layers = vec![first];
    while let Some(layer) = layers.last()
        && let Some(extends) = &layer.file.extends
    {
        let wanted = extends.get_ref();
        let doc = layer.doc;
        if layers.iter().any(|l| l.file.name.get_ref() == wanted) {
            return Err(doc.wrong(
                extends.span(),
                format!("`extends` is \"{wanted}\", which leads back to this calendar: extend a calendar that does not extend this one, or remove the key"),
            ));
        }
        let next = open_layer(wanted, sources)?.ok_or_else(|| {
            doc.wrong(
                extends.span(),
                format!(
                    "`extends` is \"{wanted}\", which is no calendar here: write one of {}",
                    names(sources)
                ),
            )
        })?;
        layers.push(next);
    }
    layers.reverse();
    Ok(layers)
}

fn names(sources: &StandardFiles) -> String {
    let files = sources.folder("calendar", "toml").map(|(path, _)| {
        let name = path.rsplit('/').next().unwrap_or(path);
        format!("\"{}\"", name.trim_end_matches(".toml"))
    });
    files.collect::<Vec<_>>().join(", ")
}

fn open_layer<'a>(
    name: &str,
    sources: &'a StandardFiles,
) -> Result<Option<Layer<'a>>, StandardError> {
    let Some((path, bytes)) = sources.get(&format!("standards/calendar/{name}.toml")) else {
        return Ok(None);
    };
    let doc = Doc::open(path, bytes)?;
    let file: CalendarFile = parse(&doc)?;
    if file.name.get_ref() != name {
        return Err(doc.wrong(
            file.name.span(),
            format!("`name` is \"{}\", but the file is called {name}.toml: write name = \"{name}\" or rename the file", file.name.get_ref()),
        ));
    }
    text(&doc, "source", &file.source)?;
    let rows = match &file.holidays {
        None => None,
        Some(named) => {
            let found = sources.get(&format!("standards/calendar/{}", named.get_ref()));
            let (path, bytes) = found.ok_or_else(|| {
                doc.wrong(
                    named.span(),
                    format!("`holidays` is \"{}\", but there is no such file in standards/calendar/: correct the name or add the file", named.get_ref()),
                )
            })?;
            Some(Doc::open(path, bytes)?)
        }
    };
    Ok(Some(Layer { doc, file, rows }))
}
