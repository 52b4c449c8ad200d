//! How a command ends: the exit codes, and failures as people read them.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme};

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
    /// Empty where nobody is to be told.
    sentence: String,
    /// Where the mistake stands, if it stands in a file.
    place: Option<Box<dyn Diagnostic + Send + Sync>>,
}

impl Failure {
    /// Wrong usage or settings: exit code 2.
    pub fn usage(error: impl Diagnostic + Send + Sync + 'static) -> Self {
        Self {
            exit: Exit::Usage,
            sentence: error.to_string(),
            place: Some(Box::new(error)),
        }
    }

    /// Wrong usage, in one sentence.
    pub fn usage_sentence(sentence: impl Into<String>) -> Self {
        Self {
            exit: Exit::Usage,
            sentence: sentence.into(),
            place: None,
        }
    }

    /// Prints the failure to stderr: one sentence after `tepat: `, and the lines it is about where it points into a file.
    pub fn print(&self) -> Exit {
        if !self.sentence.is_empty() {
            let mut text = format!("tepat: {}\n", self.sentence);
            text.extend(self.place.as_deref().and_then(snippet));
            // Nobody is left to tell when stderr is gone as well.
            let _unheard = io::stderr().lock().write_all(text.as_bytes());
        }
        self.exit
    }
}

/// The lines of the file around the mistake, marked; colourless where stderr is no terminal. None without a file.
fn snippet(mistake: &(dyn Diagnostic + Send + Sync)) -> Option<String> {
    mistake.source_code()?;
    let theme = if io::stderr().is_terminal() {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let handler = GraphicalReportHandler::new_themed(theme).without_cause_chain();
    let mut text = String::new();
    handler.render_report(&mut text, &Place(mistake)).ok()?;
    Some(text)
}

/// A mistake without its sentence, which stands above the snippet already.
#[derive(Debug)]
struct Place<'a>(&'a (dyn Diagnostic + Send + Sync));

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the place")
    }
}

impl std::error::Error for Place<'_> {}

impl Diagnostic for Place<'_> {
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
    /// Could not complete. Whoever stopped reading our output (`| head`) is told nothing.
    fn from(error: anyhow::Error) -> Self {
        if is_broken_pipe(&error) {
            return Self {
                exit: Exit::Done,
                sentence: String::new(),
                place: None,
            };
        }
        Self {
            exit: Exit::Incomplete,
            sentence: one_sentence(&error),
            place: None,
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// The error and its causes, outermost first. A cause that its effect already quotes is not said twice.
fn one_sentence(error: &anyhow::Error) -> String {
    let mut sentence = String::new();
    for cause in error.chain() {
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
        let failure = Failure::from(error.context("disk is full"));
        assert_eq!(
            failure.sentence,
            "disk is full: the report cannot be written"
        );
        assert_eq!(failure.exit, Exit::Incomplete);
    }

    #[test]
    fn a_reader_who_went_away_is_told_nothing() {
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let wrapped = anyhow::Error::from(gone()).context("cannot print");
        for failure in [Failure::from(gone()), Failure::from(wrapped)] {
            assert_eq!((failure.exit, failure.sentence.as_str()), (Exit::Done, ""));
        }
        let missing = Failure::from(io::Error::from(io::ErrorKind::NotFound));
        assert_eq!(missing.exit, Exit::Incomplete);
    }

    #[test]
    fn a_mistake_in_a_file_is_shown_with_its_line() {
        let wrong = "[office]\nname = 3\nunit = \"B\"\n";
        let error = crate::config::parse("tepat.toml", wrong, String::new()).unwrap_err();
        let failure = Failure::from(error);
        let shown = failure.place.as_deref().and_then(snippet).unwrap();
        assert!(
            shown.contains("name = 3") && shown.contains("tepat.toml"),
            "{shown}"
        );
        assert_eq!(failure.exit, Exit::Usage);
    }
}
