//! The command line of the generator: `generate`, `check`, `inventory` and `init`.
//!
//! Results go to standard output and reports to standard error. The exit code is 0, or 1 where a document or file is
//! at fault, or 2 where the command line is.

mod cli;

use std::process::ExitCode;

use clap::Parser as _;
use mimalloc::MiMalloc;

/// Generating is mostly building trees of small parts: with the system's allocator a third of it is allocating them.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::run(&cli::Arguments::parse())
}
