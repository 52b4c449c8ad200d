//! The thin binary: reads the arguments, runs the command, says how it ended.

use std::process::ExitCode;

use clap::Parser;
use tepat::cli::{Cli, Exit, Failure, log};

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(exit) => exit.into(),
        Err(failure) => failure.print().into(),
    }
}

fn run(cli: Cli) -> Result<Exit, Failure> {
    log::start()?;
    cli.run()
}
