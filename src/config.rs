//! Settings of a workspace: `tepat.toml`, validated once.
//!
//! In: the file's text. Out: [`Settings`], complete and checked, or one sentence with file, line, the value found, the values
//! allowed and the cure. Nobody reads the file after this module; it must not know of standards, sources or reports.

mod file;
pub mod ikm;
mod ikm_file;
pub mod source;

use std::path::Path;
use std::sync::Arc;

use crate::digest::sha256;
use chrono_tz::Tz;
use miette::{Diagnostic, NamedSource, SourceSpan};

pub use ikm::IkmSettings;
pub use source::Sources;

/// Name of the settings file in a workspace.
pub const FILE: &str = "tepat.toml";

/// What `tepat init` writes: every setting there is, with its default.
pub const TEMPLATE: &str = include_str!("config/template.toml");

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error, Diagnostic)]
pub enum ConfigError {
    #[error(
        "{file} cannot be read ({cause}): make a workspace with `tepat init DIR`, or name an existing one with `--workspace DIR`"
    )]
    Unreadable { file: String, cause: std::io::Error },
    #[error(
        "{file} is not UTF-8 text (byte {byte} is the first that is not): save it again with the encoding UTF-8"
    )]
    NotText { file: String, byte: usize },
    #[error("{file}:{line}: {message}")]
    Wrong {
        file: String,
        /// Counted from 1.
        line: usize,
        message: String,
        #[source_code]
        text: Arc<NamedSource<String>>,
        #[label("here")]
        span: SourceSpan,
    },
}

/// The office that publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// e.g. "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu".
    pub name: String,
    /// The division the monthly review is for.
    pub unit: String,
    /// e.g. "Provinsi Kalimantan Timur".
    pub province: String,
    /// City named in the signature block.
    pub city: String,
    pub zone: Tz,
    /// Abbreviation of the zone as people write it, e.g. "WITA".
    pub zone_label: String,
    /// True for the demo's made-up office: every page says so.
    pub synthetic: bool,
    pub made_by: Signatory,
    pub checked_by: Signatory,
    pub approved_by: Signatory,
}

/// One line of the signature block (dibuat, diperiksa, disetujui). The name may be empty: a line to write on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signatory {
    pub position: String,
    pub name: String,
}

/// Choices of reporting that an office may make; all of them stand in the manifest and on the method page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRules {
    /// Below this n a share is withheld (default 10).
    pub least_n: u64,
    /// A running case with at most this many days left is at risk (default 3).
    pub at_risk_days: u32,
}

/// All settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    pub office: Office,
    pub rules: ReportRules,
    /// Name of the calendar (`standards/calendar/NAME.toml`).
    pub calendar: String,
    /// Whether cuti bersama is a working day (default false).
    pub joint_leave_works: bool,
    /// The satisfaction survey.
    pub ikm: IkmSettings,
    /// Where each kind of rows is read.
    pub sources: Sources,
    /// SHA-256 (hex) of the file's bytes, for the manifest.
    pub digest: String,
}

/// Reads and checks `tepat.toml` of `workspace`.
///
/// # Errors
/// A file that is not there or is no text; a key that is unknown, missing or holds a value out of its range.
pub fn load(workspace: &Path) -> Result<Settings, ConfigError> {
    let path = workspace.join(FILE);
    let file = path.display().to_string();
    let bytes = std::fs::read(&path).map_err(|cause| ConfigError::Unreadable {
        file: file.clone(),
        cause,
    })?;
    let digest = sha256(&bytes);
    let text = String::from_utf8(bytes).map_err(|e| ConfigError::NotText {
        file: file.clone(),
        byte: e.utf8_error().valid_up_to(),
    })?;
    parse(&file, &text, digest)
}

/// Checks the text of a settings file; `file` is its name for messages, `digest` the SHA-256 of its bytes.
///
/// # Errors
/// As [`load`], but for reading.
pub fn parse(file: &str, text: &str, digest: String) -> Result<Settings, ConfigError> {
    file::read(text, digest).map_err(|mistake| {
        let start = mistake.span.start.min(text.len());
        ConfigError::Wrong {
            file: file.to_owned(),
            line: text[..start].matches('\n').count() + 1,
            message: mistake.message,
            text: Arc::new(NamedSource::new(file, masked(text)).with_language("TOML")),
            span: (start, mistake.span.end.min(text.len()) - start).into(),
        }
    })
}

/// The text as messages may show it: of `[source]` and its tables, where a password may stand under any name and over any
/// number of lines, only the keys; the rest is starred out in as many bytes, so that places stay.
fn masked(text: &str) -> String {
    let stars = |s: &str| "*".repeat(s.len());
    let mut in_source = false;
    let mut shown = Vec::new();
    for line in text.split('\n') {
        let bare = line.trim();
        let header = bare.starts_with('[') && bare.contains(']') && !bare.contains(['"', '=']);
        if header {
            in_source = bare.trim_start_matches(['[', ' ']).starts_with("source");
        }
        let secret = in_source || bare.starts_with("source") || line.contains("://");
        shown.push(match line.find('=') {
            _ if header || !secret => line.to_owned(),
            Some(at) => format!("{}{}", &line[..=at], stars(&line[at + 1..])),
            None => stars(line),
        });
    }
    shown.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Settings, ConfigError> {
        parse("tepat.toml", text, "d".into())
    }

    const LEAST: &str = "[office]\nname = \"Dinas\"\nunit = \"Bidang\"\n";

    #[test]
    fn what_init_writes_is_a_valid_workspace() {
        let s = read(TEMPLATE).unwrap();
        assert_eq!(s.office.zone, chrono_tz::Asia::Makassar);
        assert_eq!((s.rules.least_n, s.rules.at_risk_days), (10, 3));
        assert_eq!(
            (s.calendar.as_str(), s.joint_leave_works),
            ("kaltim", false)
        );
        assert_eq!(s.sources.default, source::Place::Store);
        assert!(s.sources.own.is_empty());
        assert_eq!(s.ikm, IkmSettings::default());
        assert!(!s.office.synthetic);
    }

    #[test]
    fn the_template_states_the_defaults() {
        let least = read(LEAST).unwrap();
        let full = read(TEMPLATE).unwrap();
        assert_eq!(least.rules, full.rules);
        assert_eq!(least.calendar, full.calendar);
        assert_eq!(least.joint_leave_works, full.joint_leave_works);
        assert_eq!(least.office.zone_label, full.office.zone_label);
        assert_eq!(least.office.made_by, Signatory::default());
    }

    #[test]
    fn every_key_changes_the_settings() {
        let base = read(LEAST).unwrap();
        for more in [
            "province = \"P\"",
            "city = \"K\"",
            "zone = \"Asia/Jakarta\"\nzone_label = \"WIB\"",
            "synthetic = true",
            "made_by = { position = \"Kasi\" }",
            "checked_by = { name = \"N\" }",
            "approved_by = { position = \"Kepala\", name = \"N\" }",
            "[standards]\ncalendar = \"nasional\"",
            "[standards]\njoint_leave_works = true",
            "[source]\nurl = \"sqlite:cases.db\"",
            "[source]\nurl = \"postgres://u@h/d\"",
            "[source]\nurl = \"postgres://u@h/d\"\nsocket = \"/run/postgresql\"",
            "[source]\nurl = \"mysql://u@h/d\"\npassword = { env = \"SANDI\" }",
            "[source]\nurl = \"mysql://u@h/d\"\nzone = \"UTC\"",
            "[source]\nurl = \"mysql://u@h/d\"\ntls = \"always\"",
            "[source]\nurl = \"mysql://u@h/d\"\nca_file = \"ca.pem\"",
            "[source]\nurl = \"mysql://u@h/d\"\nconnect_seconds = 3",
            "[source]\nurl = \"mysql://u@h/d\"\nstatement_seconds = 30",
            "[source]\nlook_back_days = 31",
            "[source]\nfile = \"cases.csv\"",
            "[source]\nfiles = [\"a.csv\", \"b.csv\"]\nmapping = \"m.toml\"",
            "[source.steps]\nurl = \"sqlite:steps.db\"",
            "[source]\nurl = \"sqlite:a.db\"\n[source.responses]\nstore = true",
            "[report]\nleast_n = 5",
            "[report]\nat_risk_days = 0",
            "[ikm]\npartial_forms = \"complete\"",
            "[ikm]\nage_bands = [25, 45]",
            "[ikm]\ninternal = [\"internal-contoh\"]",
            "[ikm]\ncharged_services = [\"SOP-A\"]",
            "[ikm]\ncarried_out_by = \"Tim\"",
            "[ikm]\nmethod = \"Kuesioner\"",
            "[ikm]\nplace = \"Loket\"",
            "[[ikm.activity]]\nwhat = \"Persiapan\"\nfrom = 2026-01-05\nto = 2026-01-05",
            "[[ikm.survey]]\nperiod = \"2017-S1\"\ninstrument = \"permenpanrb-14-2017\"",
            "[[ikm.archive]]\nperiod = \"2016\"\ninstrument = \"kep-25-2004\"\nvalue = \"76.49\"",
        ] {
            assert_ne!(read(&format!("{LEAST}{more}\n")).unwrap(), base, "{more}");
        }
    }

    #[test]
    fn each_mistake_names_its_line_the_value_and_the_cure() {
        for (text, line, words) in [
            ("", 1, vec!["missing field `office`", "tepat init"]),
            (
                "[office]\nname = \"Dinas\"\n",
                1,
                vec!["missing field `unit`"],
            ),
            (
                "[office]\nname = \" \"\nunit = \"B\"\n",
                2,
                vec!["office.name", "empty"],
            ),
            (
                &format!("{LEAST}nmae = \"x\"\n"),
                4,
                vec!["`nmae`", "`province`", "spelling"],
            ),
            (
                &format!("{LEAST}zone = \"Asia/Samarinda\"\n"),
                4,
                vec!["Asia/Samarinda", "Asia/Makassar"],
            ),
            (
                &format!("{LEAST}zone = \"Asia/Jakarta\"\n"),
                4,
                vec!["zone_label", "WIB"],
            ),
            (
                &format!("{LEAST}zone_label = \"\"\n"),
                4,
                vec!["office.zone_label"],
            ),
            (
                &format!("{LEAST}[report]\nleast_n = 0\n"),
                5,
                vec!["`0`", "1"],
            ),
            (
                &format!("{LEAST}[report]\nleast_n = \"ten\"\n"),
                5,
                vec!["ten"],
            ),
            (
                &format!("{LEAST}[report]\nat_risk_days = 400\n"),
                5,
                vec!["`400`", "365"],
            ),
            (
                &format!("{LEAST}[report]\nat_risk_days = -1\n"),
                5,
                vec!["-1"],
            ),
            (
                &format!("{LEAST}[standards]\ncalendar = \"../x\"\n"),
                5,
                vec!["../x", "standards/calendar/"],
            ),
            (
                &format!("{LEAST}[source]\nurl = \"mysql://h/d\"\n"),
                5,
                vec!["mysql://h/d", "names no user"],
            ),
            (
                &format!("{LEAST}[source]\nurl = \"sqlite:a.db\"\nstore = true\n"),
                5,
                vec!["more than one source"],
            ),
            (
                &format!("{LEAST}[source]\npassword = {{ env = \"X\" }}\n"),
                5,
                vec!["no `url`"],
            ),
            (
                &format!("{LEAST}[source.steps]\nlook_back_days = 3\n"),
                4,
                vec!["[source.steps]", "[source] alone"],
            ),
            (
                &format!("{LEAST}[source.steps]\n"),
                4,
                vec!["names no source", "store = true"],
            ),
            (
                &format!("{LEAST}[source]\nurl = \"mysql://a@h/d\"\nzone = \"WITA\"\n"),
                6,
                vec!["WITA", "Asia/Makassar"],
            ),
            (
                &format!("{LEAST}[source]\nurl = \"mysql://a@h/d\"\ntls = \"off\"\n"),
                6,
                vec!["`off`", "always"],
            ),
            (&format!("{LEAST}[office]\n"), 4, vec!["duplicate"]),
            (
                &format!("{LEAST}[schedule]\nday = 1\n"),
                4,
                vec!["`schedule`", "`ikm`"],
            ),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("tepat.toml:{line}: ")),
                "{text}\n{error}"
            );
            assert!(!error.contains('\n'), "{error}");
            for word in words {
                assert!(error.contains(word), "{word} is not in: {error}");
            }
        }
    }

    #[test]
    fn a_password_is_neither_told_nor_shown() {
        for secret in [
            "url = \"postgres://a:rahasia@h/d\"",
            "url = \"postgres://a@h/d\"\npassword = \"rahasia\"",
            "url = \"postgres://a@h/d\"\npassword = { plain = \"rahasia\" }",
            "password = \"rahasia\"\nurl = 3",
            "url = \"postgres://a:rahasia@h/d\"\nzone = 3",
            "url = \"postgres://a:rahasia/d\"",
            "url = \"postgres://a@h/d\"\npassword = \"\"\"\nrahasia\"\"\"",
            "url = \"postgres://a@h/d\"\npasswort = \"rahasia\"",
        ] {
            let error = read(&format!("{LEAST}[source]\n{secret}\n")).unwrap_err();
            let ConfigError::Wrong { message, text, .. } = &error else {
                panic!("{error}");
            };
            assert!(!message.contains("rahasia"), "{message}");
            assert!(!text.inner().contains("rahasia"), "{}", text.inner());
        }
    }

    #[test]
    fn a_missing_file_and_a_folder_in_its_place_are_sentences() {
        let dir = tempfile::tempdir().unwrap();
        let missing = load(dir.path()).unwrap_err().to_string();
        assert!(missing.contains("tepat init"), "{missing}");
        std::fs::create_dir(dir.path().join(FILE)).unwrap();
        let folder = load(dir.path()).unwrap_err().to_string();
        assert!(folder.contains("cannot be read"), "{folder}");
        std::fs::remove_dir(dir.path().join(FILE)).unwrap();
        std::fs::write(dir.path().join(FILE), b"# \xff").unwrap();
        let latin = load(dir.path()).unwrap_err().to_string();
        assert!(
            latin.contains("UTF-8") && latin.contains("byte 2"),
            "{latin}"
        );
    }
}
