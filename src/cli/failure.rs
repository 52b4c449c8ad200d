//! How a command ends: the exit codes, and failures as people read them.

use std::io;
use std::process::ExitCode;

use miette::{Diagnostic, Report};

use crate::clock::OutsideCalendar;
use crate::config::ConfigError;

/// How the program ends (design.md, "Commands").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Done,
    /// Could not complete.
    Incomplete,
    /// The usage or the settings are wrong; nothing was done.
    Usage,
    /// Completed, but a blocking check held publication back.
    Held,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Incomplete => 1,
            Exit::Usage => 2,
            Exit::Held => 3,
        })
    }
}

/// Why a command did not complete.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    report: Report,
}

impl Failure {
    /// Wrong usage or settings: exit code 2.
    pub fn usage(error: impl Diagnostic + Send + Sync + 'static) -> Self {
        Self {
            exit: Exit::Usage,
            report: Report::new(error),
        }
    }

    /// Wrong usage, in one sentence.
    pub fn usage_sentence(sentence: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            report: Report::msg(sentence.into()),
        }
    }

    /// Prints the failure to stderr: one sentence after `tepat: `, and the lines it is about where it points into a file.
    /// Whoever stopped reading our output (`| head`) is told nothing.
    pub fn print(&self) -> Exit {
        if self.is_broken_pipe() {
            return Exit::Done;
        }
        let mut text = format!("tepat: {}\n", one_line(&self.report));
        if self.report.source_code().is_some() {
            text.push_str(&snippet(&self.report));
        }
        // Nobody is left to tell when stderr is gone as well.
        let _unheard = io::Write::write_all(&mut io::stderr().lock(), text.as_bytes());
        self.exit
    }

    fn is_broken_pipe(&self) -> bool {
        self.report.chain().any(|cause| {
            cause
                .downcast_ref::<io::Error>()
                .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
        })
    }
}

/// The error and its causes, outermost first. A cause that its effect already quotes is not said twice.
fn one_line(report: &Report) -> String {
    let mut sentence = String::new();
    for cause in report.chain() {
        let words = cause.to_string().trim().replace('\n', " ");
        if sentence.contains(&words) {
            continue;
        }
        if !sentence.is_empty() {
            sentence.push_str(": ");
        }
        sentence.push_str(&words);
    }
    sentence
}

/// The lines of the file around the mistake, marked; colourless where stderr is no terminal.
fn snippet(report: &Report) -> String {
    use std::io::IsTerminal;
    let theme = if io::stderr().is_terminal() {
        miette::GraphicalTheme::unicode()
    } else {
        miette::GraphicalTheme::unicode_nocolor()
    };
    let handler = miette::GraphicalReportHandler::new_themed(theme).without_cause_chain();
    let mut text = String::new();
    match handler.render_report(&mut text, &Marked(report.as_ref())) {
        Ok(()) => text,
        Err(_) => String::new(),
    }
}

/// A diagnostic without its sentence, which stands above the snippet already.
#[derive(Debug)]
struct Marked<'a>(&'a dyn Diagnostic);

impl std::fmt::Display for Marked<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the place")
    }
}

impl std::error::Error for Marked<'_> {}

impl Diagnostic for Marked<'_> {
    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        self.0.source_code()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = miette::LabeledSpan> + '_>> {
        self.0.labels()
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::usage(error)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self {
            exit: Exit::Incomplete,
            report: Report::from_err(Quoted(error.into())),
        }
    }
}

/// An error of another library, with its causes.
#[derive(Debug)]
struct Quoted(Box<dyn std::error::Error + Send + Sync>);

impl std::fmt::Display for Quoted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Quoted {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.0.as_ref())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        anyhow::Error::from(error).into()
    }
}

impl From<OutsideCalendar> for Failure {
    fn from(error: OutsideCalendar) -> Self {
        anyhow::Error::from(error).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_are_joined_to_one_sentence_and_said_once() {
        let error = anyhow::anyhow!("disk is full").context("the report cannot be written");
        let failure = Failure::from(error);
        assert_eq!(
            one_line(&failure.report),
            "the report cannot be written: disk is full"
        );
        assert_eq!(failure.exit, Exit::Incomplete);
    }

    #[test]
    fn a_reader_who_went_away_is_no_failure() {
        let gone = Failure::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert!(gone.is_broken_pipe());
        let wrapped = anyhow::Error::from(io::Error::from(io::ErrorKind::BrokenPipe));
        assert!(Failure::from(wrapped.context("cannot print")).is_broken_pipe());
        assert!(!Failure::from(io::Error::from(io::ErrorKind::NotFound)).is_broken_pipe());
    }

    #[test]
    fn a_mistake_in_a_file_is_shown_with_its_line() {
        let wrong = "[office]\nname = 3\nunit = \"B\"\n";
        let error = crate::config::parse("tepat.toml", wrong, String::new()).unwrap_err();
        let failure = Failure::from(error);
        let shown = snippet(&failure.report);
        assert!(shown.contains("name = 3") && shown.contains("tepat.toml"), "{shown}");
        assert_eq!(failure.exit, Exit::Usage);
    }
}
