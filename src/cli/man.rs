//! `tepat man`: the manual page on stdout, one section per command.

use clap::CommandFactory;

use super::{Cli, Exit, Failure, output};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The command to describe; without it, the program
    pub command: Option<String>,
}

/// Prints the page.
///
/// # Errors
/// A command that there is none of; a stdout that cannot be written.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    let mut program = Cli::command();
    program.build();
    let described = match &arguments.command {
        None => program,
        Some(name) => one(&program, name)?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(described).render(&mut page)?;
    output::print(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Done)
}

fn one(program: &clap::Command, name: &str) -> Result<clap::Command, Failure> {
    program.find_subcommand(name).cloned().ok_or_else(|| {
        let known: Vec<&str> = program
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        Failure::usage_sentence(format!(
            "`{name}` is no command of tepat: write one of {}",
            known.join(", ")
        ))
    })
}
