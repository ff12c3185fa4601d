use std::fs;
use std::path::{Path, PathBuf};

use openapi_codegen::{Fate, Rollcall, Starter, StarterError, Written};

use super::arguments::InitArguments;
use super::console::Console;
use super::failure::Failure;
use super::{Verdict, document};

/// Where a project has its handlers.
const HANDLERS: &str = "src/handlers.rs";

pub(super) fn run(console: &Console, arguments: &InitArguments) -> Result<Verdict, Failure> {
    let spec = match &arguments.spec {
        Some(spec) => spec.clone(),
        None => only_document(&arguments.dir.join("specs"))?,
    };
    // Asked first: a project without its dependencies is of no use, however sound the document.
    let rollcall = if arguments.missing {
        None
    } else {
        Some(rollcall(arguments.rollcall.as_deref())?)
    };
    let (starter, report) = Starter::new(document::read(&spec)?, arguments.name.as_deref());
    console.report(&report);
    let Some(starter) = starter else {
        return Ok(Verdict::Faulty);
    };
    match rollcall {
        Some(rollcall) => write(console, &starter, &arguments.dir, &rollcall)?,
        None => print_missing(console, &starter, &arguments.dir)?,
    }
    Ok(Verdict::Done)
}

fn write(console: &Console, starter: &Starter, dir: &Path, rollcall: &Rollcall) -> Result<(), Failure> {
    let files = starter.write(dir, rollcall).map_err(|error| refused(&error))?;
    for Written { path, fate } in &files {
        let fate = match fate {
            Fate::Written => "written",
            Fate::Kept => "kept   ",
        };
        console.print(&format!("{fate} {}\n", path.display()))?;
    }
    if files.iter().any(|file| file.fate == Fate::Written) {
        console.note(&format!("next: cd {} && cargo test", dir.display()));
    }
    Ok(())
}

fn print_missing(console: &Console, starter: &Starter, dir: &Path) -> Result<(), Failure> {
    let path = dir.join(HANDLERS);
    let handlers = document::read(&path)?;
    let missing = starter
        .missing(handlers.text())
        .map_err(|error| refused(&error))?;
    if missing.is_empty() {
        console.note(&format!("{}: every operation has its method", path.display()));
        return Ok(());
    }
    console.print(&format!("{}\n", missing.join("\n\n")))
}

fn rollcall(given: Option<&str>) -> Result<Rollcall, Failure> {
    if let Some(given) = given {
        return Rollcall::parse(given).map_err(|error| refused(&error));
    }
    let here = std::env::current_dir().ok();
    here.and_then(|here| Rollcall::around(&here)).ok_or_else(|| {
        Failure::new("it is not known where the project is to get Rollcall from").help(
            "say it with `--rollcall PATH` or `--rollcall https://...`, or run this from inside a checkout",
        )
    })
}

/// The one document of a project.
fn only_document(specs: &Path) -> Result<PathBuf, Failure> {
    let entries =
        fs::read_dir(specs).map(|entries| entries.flatten().map(|entry| entry.path()).collect::<Vec<_>>());
    let is_document = |path: &PathBuf| {
        path.extension()
            .is_some_and(|kind| kind == "yaml" || kind == "yml" || kind == "json")
    };
    let mut documents: Vec<_> = entries
        .unwrap_or_default()
        .into_iter()
        .filter(is_document)
        .collect();
    documents.sort();
    match documents.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(
            Failure::new(format!("there is no document in `{}`", specs.display()))
                .help("name the project's folder, or the document with `--spec`"),
        ),
        _ => Err(
            Failure::new(format!("there are several documents in `{}`", specs.display()))
                .help("say which one is meant with `--spec`"),
        ),
    }
}

fn refused(error: &StarterError) -> Failure {
    let failure = Failure::new(error.to_string());
    match error {
        StarterError::NoCheckout { .. } => {
            failure.help("give the root of a checkout, or the address of a git repository, as in `https://...`")
        }
        StarterError::NotRust { .. } => failure.help(format!("let `cargo check` pass first; {HANDLERS} is what is read")),
        StarterError::NotImplemented { .. } => failure.help(format!(
            "the implementation is looked for in {HANDLERS}; where the document has another name than the project's, \
             give the project's with `--name`"
        )),
        _ => failure,
    }
}
