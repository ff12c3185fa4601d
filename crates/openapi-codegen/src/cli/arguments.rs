use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Turns OpenAPI documents into Rust: models, typed operations, a handler trait and a router.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Generate(GenerateArguments),
    Check(CheckArguments),
    Inventory(InventoryArguments),
    Init(InitArguments),
}

/// Write the module of a document.
///
/// The module needs the crate `api-support` and nothing else.
#[derive(Args, Debug)]
pub(crate) struct GenerateArguments {
    /// The document; `-` reads it from standard input.
    pub(crate) spec: PathBuf,
    /// Where to write; without it, to standard output.
    ///
    /// The file is replaced at once or not at all, and not touched when it would not change.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Names the API: `tea` gives `TeaApi`.
    ///
    /// Without it the API is named for its file.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Refuse a document with warnings.
    #[arg(long)]
    pub(crate) strict: bool,
}

/// Report everything that is wrong with documents.
///
/// The last word on each is how many of its operations are emitted.
#[derive(Args, Debug)]
pub(crate) struct CheckArguments {
    /// The documents; `-` reads one from standard input.
    #[arg(required = true, value_name = "SPEC")]
    pub(crate) specs: Vec<PathBuf>,
    /// Refuse documents with warnings.
    #[arg(long)]
    pub(crate) strict: bool,
    /// How to report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum Format {
    /// A line per document, and reports for people.
    Text,
    /// One JSON document with everything in it.
    Json,
}

/// List the operations of a document.
///
/// A line has the verb, the path, the method with its body, then each status with its type; `+` marks an addition to
/// the documented contract.
#[derive(Args, Debug)]
pub(crate) struct InventoryArguments {
    /// The document; `-` reads it from standard input.
    pub(crate) spec: PathBuf,
}

/// Write a starter project for a document.
///
/// It is a server that runs, is tested, and answers 501 until it is written. Files that exist are left alone.
#[derive(Args, Debug)]
pub(crate) struct InitArguments {
    /// The folder of the project.
    pub(crate) dir: PathBuf,
    /// The document; it is copied into the project.
    #[arg(long, value_name = "FILE", required_unless_present = "missing")]
    pub(crate) spec: Option<PathBuf>,
    /// Names the API, its module and the copy of the document.
    ///
    /// Without it they are named for the document's file.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Where the project gets Rollcall from: the path of a checkout, or a git address.
    ///
    /// Without it, from the checkout that the current folder stands in.
    #[arg(long, value_name = "PATH|GIT", conflicts_with = "missing")]
    pub(crate) rollcall: Option<String>,
    /// Write nothing; print a method for each operation that src/handlers.rs lacks.
    ///
    /// Without `--spec`, the document is the one in the project's specs/.
    #[arg(long)]
    pub(crate) missing: bool,
}
