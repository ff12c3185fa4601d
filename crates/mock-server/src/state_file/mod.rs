//! The state file: all worlds of a server in one file, so that they are there again after a restart.
//!
//! It has what each world began with and what it is now, in the format of the fixtures, and how many requests and events
//! it had, whose numbers go on. Journals, faults, events and what was counted are not in it.

mod atomic;
mod document;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use document::{Document, Unusable};

use crate::world::{NoRoom, Worlds};

/// A state file, by where it is. It need not be there yet.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    writing: Mutex<()>,
}

/// What was written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Saved {
    pub(crate) path: PathBuf,
    pub(crate) worlds: usize,
    pub(crate) bytes: u64,
}

/// Why a state file is of no use. The file is as it was.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StateFileError {
    /// It cannot be read.
    #[error("the state file {} cannot be read: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What it has cannot be used.
    #[error(
        "the state file {} cannot be used: {reason}\nIt is as it was. Move it away to start anew, or start without --state.",
        .path.display()
    )]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// It cannot be written.
    #[error("the state file {} cannot be written: {source}\nWhat was there before is as it was.", .path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl StateFile {
    pub(crate) fn at(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            writing: Mutex::new(()),
        }
    }

    /// Puts the worlds of the file among those of a server that has none yet. Nothing happens where there is no file. It has
    /// to be a file that can be written: all would be lost when the server stops.
    pub(crate) fn read(&self, worlds: &Worlds) -> Result<(), StateFileError> {
        atomic::try_folder(&self.path).map_err(|source| StateFileError::Unwritable {
            path: self.path.clone(),
            source,
        })?;
        let unreadable = |source| StateFileError::Unreadable {
            path: self.path.clone(),
            source,
        };
        let text = match std::fs::read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(unreadable(error)),
        };
        let restored = Document::parse(&text).and_then(|document| {
            let restored = document.worlds(worlds.usual())?;
            worlds.restore(restored).map_err(|NoRoom { most }| {
                Unusable(format!(
                    "it has more than {most} worlds; start with a higher --max-worlds"
                ))
            })
        });
        restored.map_err(|Unusable(reason)| StateFileError::Unusable {
            path: self.path.clone(),
            reason,
        })
    }

    /// Writes all worlds; the file is replaced as a whole, or not at all.
    pub(crate) fn write(&self, worlds: &Worlds) -> Result<Saved, StateFileError> {
        // Whoever saves later has later states, and is the last to write them.
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let document = Document::of(worlds);
        let written = atomic::replace(&self.path, |file| {
            serde_json::to_writer(file, &document).map_err(io::Error::from)
        });
        let bytes = written.map_err(|source| StateFileError::Unwritable {
            path: self.path.clone(),
            source,
        })?;
        Ok(Saved {
            path: self.path.clone(),
            worlds: document.len(),
            bytes,
        })
    }
}
