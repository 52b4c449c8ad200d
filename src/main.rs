//! The thin binary: reads the arguments, runs the command, says how it ended.

use std::process::ExitCode;

use clap::Parser;
use tepat::cli::{Cli, Exit, Failure, log};
use tepat::guard;

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(exit) => exit.into(),
        Err(failure) => failure.print().into(),
    }
}

fn run(cli: Cli) -> Result<Exit, Failure> {
    log::start()?;
    quiet_where_guarded();
    cli.run()
}

/// A panic that comes back as an error is told once, as that error.
fn quiet_where_guarded() {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !guard::is_active() {
            loud(panic);
        }
    }));
}
