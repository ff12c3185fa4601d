//! One file per command; what they share is reading a document ([`document`]), saying things ([`console`]) and
//! what went wrong ([`failure`]).

mod arguments;
mod check;
mod console;
mod document;
mod failure;
mod generate;
mod init;
mod inventory;
mod output;

use std::process::ExitCode;

pub(crate) use arguments::Arguments;

use arguments::Command;
use console::Console;

/// Whether everything asked for was done; what was not has been reported.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Verdict {
    Done,
    Faulty,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let console = Console::new();
    let verdict = match &arguments.command {
        Command::Generate(arguments) => generate::run(&console, arguments),
        Command::Check(arguments) => check::run(&console, arguments),
        Command::Inventory(arguments) => inventory::run(&console, arguments),
        Command::Init(arguments) => init::run(&console, arguments),
    };
    match verdict {
        Ok(Verdict::Done) => ExitCode::SUCCESS,
        Ok(Verdict::Faulty) => ExitCode::FAILURE,
        Err(failure) => {
            console.failure(&failure);
            ExitCode::FAILURE
        }
    }
}
