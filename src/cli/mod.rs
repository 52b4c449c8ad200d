//! The command line: describes the arguments, dispatches, and says which exit code an end has.
//!
//! One file per command, each top-down: arguments, run, helpers. A command only joins library calls; rules, reading and
//! writing live in the library. Nothing but this module asks what time it is.

pub mod as_of;
pub mod check;
pub mod completions;
pub mod demo;
pub mod explain;
pub mod export;
pub mod failure;
pub mod import;
pub mod init;
pub mod log;
pub mod man;
pub mod office;
pub mod output;
pub mod run;
pub mod score;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

pub use failure::{Exit, Failure};

/// Holds every step of a licensing office's cases against its own service standard and publishes the reports.
#[derive(Debug, Parser)]
#[command(
    name = "tepat",
    version,
    after_help = "Exit codes: 0 done; 1 could not complete; 2 usage or settings; 3 completed, but a blocking check held publication back."
)]
pub struct Cli {
    #[command(flatten)]
    pub shared: Shared,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub struct Shared {
    /// Folder with tepat.toml
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub workspace: PathBuf,
    /// Print results only: no progress, no closing remarks
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a synthetic office and run everything that is due
    Demo(demo::Arguments),
    /// Make a workspace with commented settings
    Init(init::Arguments),
    /// Read files into the embedded store; safe to repeat
    Import(import::Arguments),
    /// Check settings, standards, calendar, queries and data quality
    Check(check::Arguments),
    /// Make and publish a report
    Run(run::Arguments),
    /// Write the verdicts themselves, as CSV or Parquet
    Score(score::Arguments),
    /// Write a period's scored cases as an event log (XES or CSV) for process-mining tools
    Export(export::Arguments),
    /// Argue one case: its clock, pauses, counted days and verdicts, with the words of the standard
    Explain(explain::Arguments),
    /// Print a completion script for a shell
    Completions(completions::Arguments),
    /// Print the manual page (roff)
    Man(man::Arguments),
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// Whatever keeps it from completing, with its exit code.
    pub fn run(self) -> Result<Exit, Failure> {
        let shared = &self.shared;
        match self.command {
            Command::Demo(arguments) => demo::run(&arguments, shared),
            Command::Init(arguments) => init::run(&arguments, shared),
            Command::Import(arguments) => import::run(&arguments, shared),
            Command::Check(arguments) => check::run(&arguments, shared),
            Command::Run(arguments) => run::run(&arguments, shared),
            Command::Score(arguments) => score::run(&arguments, shared),
            Command::Export(arguments) => export::run(&arguments, shared),
            Command::Explain(arguments) => explain::run(&arguments, shared),
            Command::Completions(arguments) => completions::run(&arguments),
            Command::Man(arguments) => man::run(&arguments),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_description_of_the_arguments_is_sound() {
        super::Cli::command().debug_assert();
    }
}
