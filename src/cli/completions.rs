//! `tepat completions SHELL`: a completion script on stdout.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, Exit, Failure, output};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The shell that is to complete
    pub shell: Shell,
}

/// Prints the script.
///
/// # Errors
/// A stdout that cannot be written.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "tepat", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
