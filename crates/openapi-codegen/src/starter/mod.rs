//! The starter project: what a person needs around the generated code to have a server that runs, is tested, and
//! answers 501 until it is written.
//!
//! The texts stand in `templates/starter/` at the root of the repository. They are rendered once and then belong to
//! the person who asked for them: a file that exists is never written again.

mod credential;
mod error;
mod implemented;
mod package;
mod rollcall;
mod stub;
mod templates;

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use minijinja::{Value, context};
use openapi_model::{Api, Report, Source, load};

pub use error::StarterError;
pub use rollcall::Rollcall;

use crate::naming::value_name;
use crate::{Generator, Inventory, InventoryOperation};

/// A starter project for one document.
///
/// ```
/// use openapi_codegen::{Source, Starter};
///
/// let text = "
/// openapi: 3.0.3
/// info: { title: Tea room, version: '1' }
/// paths:
///   /pots:
///     get:
///       operationId: listPots
///       responses:
///         '204': { description: There are none. }
/// ";
/// let (starter, report) = Starter::new(Source::new("tea.yaml", text), None);
/// assert!(report.is_empty());
/// let starter = starter.expect("the document is sound");
/// let missing = starter.missing("impl api::TeaApi for Server {}").expect("the text is Rust");
/// assert!(missing[0].contains("async fn list_pots("));
/// ```
#[derive(Debug)]
pub struct Starter {
    source: Source,
    api: Api,
    inventory: Inventory,
    /// Of the generated module, and of the document in `specs/`.
    module: String,
}

/// What became of one file of the project.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Written {
    /// The file, relative to the project.
    pub path: PathBuf,
    /// What was done with it.
    pub fate: Fate,
}

/// What was done with a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fate {
    /// It is new.
    Written,
    /// It stood there and was left alone.
    Kept,
}

impl Starter {
    /// Reads a document. The API is named for its file unless a name is given. There is no starter exactly when the
    /// report has errors.
    #[must_use]
    pub fn new(source: Source, name: Option<&str>) -> (Option<Self>, Report) {
        let stem = Path::new(source.name())
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let module = value_name(name.unwrap_or(&stem));
        let outcome = Generator::new().name(&module).generate(source.clone());
        // The inventory knows operations only; title and security schemes are the document's own.
        let starter = outcome
            .generated
            .zip(load(source.clone()).api)
            .map(|(generated, api)| Self {
                source,
                api,
                inventory: generated.inventory(),
                module,
            });
        (starter, outcome.report)
    }

    /// The document's name in the project's `specs/`.
    #[must_use]
    pub fn document(&self) -> String {
        let extension = Path::new(self.source.name())
            .extension()
            .and_then(|extension| extension.to_str());
        let known = extension.filter(|extension| ["json", "yml"].contains(extension));
        format!("{}.{}", self.module, known.unwrap_or("yaml"))
    }

    /// Writes the project's files that do not exist yet, and says of each what was done.
    ///
    /// # Errors
    /// When a folder or file cannot be written; those before it are.
    pub fn write(&self, dir: &Path, rollcall: &Rollcall) -> Result<Vec<Written>, StarterError> {
        fs::create_dir_all(dir).map_err(|error| StarterError::folder(dir, error))?;
        let dir = fs::canonicalize(dir).map_err(|error| StarterError::folder(dir, error))?;
        let mut files = templates::files(&self.context(&dir, rollcall)?)?;
        files.push((
            format!("specs/{}", self.document()),
            self.source.text().to_owned(),
        ));
        files
            .into_iter()
            .map(|(path, text)| write_new(&dir, path, &text))
            .collect()
    }

    /// The methods that an implementation of the handler trait does not have yet, ready to be pasted into it.
    ///
    /// # Errors
    /// When the text is not Rust, or does not implement the trait.
    pub fn missing(&self, handlers: &str) -> Result<Vec<String>, StarterError> {
        let written = implemented::methods(handlers, &format!("{}Api", self.inventory.api))?;
        self.served()
            .filter(|operation| !written.contains(&operation.method))
            .map(stub::of)
            .collect()
    }

    fn served(&self) -> impl Iterator<Item = &InventoryOperation> {
        self.inventory
            .operations
            .iter()
            .filter(|operation| operation.skipped.is_none())
    }

    /// What the templates may say.
    fn context(&self, dir: &Path, rollcall: &Rollcall) -> Result<Value, StarterError> {
        let package = package::name(&dir.file_name().unwrap_or_default().to_string_lossy());
        let stubs = self.served().map(stub::of).collect::<Result<Vec<_>, _>>()?;
        Ok(context! {
            api => self.inventory.api.as_str(),
            api_support => rollcall.dependency("api-support", ", features = [\"serve\"]"),
            // The command line is of no use in a build script.
            openapi_codegen => rollcall.dependency("openapi-codegen", ", default-features = false"),
            crate => package.replace('-', "_"),
            credentials => credential::of(&self.api),
            document => self.document(),
            in_checkout => matches!(rollcall, Rollcall::Checkout(_)),
            inside_workspace => package::inside_workspace(dir),
            module => self.module.as_str(),
            package => package,
            rust_version => env!("CARGO_PKG_RUST_VERSION"),
            stubs => stubs,
            title => one_line(&self.api.info.title),
        })
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn write_new(dir: &Path, path: String, text: &str) -> Result<Written, StarterError> {
    let full = dir.join(&path);
    let failed = |error| StarterError::file(&full, error);
    if let Some(parent) = full.parent() {
        fs::create_dir_all(parent).map_err(|error| StarterError::folder(parent, error))?;
    }
    let fate = match OpenOptions::new().write(true).create_new(true).open(&full) {
        Ok(mut file) => {
            if let Err(error) = file.write_all(text.as_bytes()) {
                // Half a file would be kept for ever.
                let _ = fs::remove_file(&full);
                return Err(failed(error));
            }
            Fate::Written
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Fate::Kept,
        Err(error) => return Err(failed(error)),
    };
    Ok(Written {
        path: PathBuf::from(path),
        fate,
    })
}
