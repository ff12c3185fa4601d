use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a starter project could not be written or read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StarterError {
    /// A folder of the project cannot be made.
    #[error("the folder `{}` cannot be made: {error}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file of the project cannot be written.
    #[error("the file `{}` cannot be written: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// What was given as a checkout of Rollcall is none.
    #[error("`{}` is no checkout of Rollcall: there is no crates/api-support in it", path.display())]
    NoCheckout {
        /// What was given.
        path: PathBuf,
    },
    /// The handlers cannot be read as Rust.
    #[error("the handlers are not Rust: {reason}")]
    NotRust {
        /// The parser's complaint.
        reason: String,
    },
    /// The handlers do not implement the trait of the document.
    #[error("the handlers do not implement `{name}`")]
    NotImplemented {
        /// The trait.
        name: String,
    },
    /// A template is at fault.
    #[error("the template `{file}` cannot be rendered: {reason}")]
    Template {
        /// The file it is for.
        file: &'static str,
        /// The renderer's complaint.
        reason: String,
    },
}

impl StarterError {
    pub(super) fn folder(path: &Path, error: io::Error) -> Self {
        Self::Folder {
            path: path.to_owned(),
            error,
        }
    }

    pub(super) fn file(path: &Path, error: io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            error,
        }
    }
}
