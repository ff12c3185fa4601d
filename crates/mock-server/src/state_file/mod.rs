//! The state file: all worlds of a server in one file, so that they are there again after a restart.
//!
//! It has what each world began with and what it is now, in the format of the fixtures, and how many requests and events
//! it had, whose numbers go on, as do those in names that are made up. Journals, faults, events and what was counted are
//! not in it. One server has it at a time: each would write what the other does not know of.

mod atomic;
mod document;
mod lock;
mod target;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use document::{Document, Unusable};
use lock::{Lock, NotLocked};

use crate::world::{NoRoom, Worlds};

/// A state file, by where it is. It need not be there yet.
#[derive(Debug)]
pub(crate) struct StateFile {
    /// As it was given, for messages.
    path: PathBuf,
    /// Where that leads. It is found out once: what is locked is what is read and written, whatever becomes of links.
    target: PathBuf,
    writing: Mutex<()>,
    /// Held from when it is read.
    lock: OnceLock<Option<Lock>>,
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
    /// Another server keeps its worlds in it.
    #[error(
        "the state file {} is in use: another server keeps its worlds in it, and each would overwrite what the other saves.\n\
         Stop that one, or choose another file with --state or MOCK_STATE.",
        .path.display()
    )]
    InUse {
        /// The file.
        path: PathBuf,
    },
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
            target: target::of(path),
            writing: Mutex::new(()),
            lock: OnceLock::new(),
        }
    }

    /// Puts the worlds of the file among those of a server that has none yet. Nothing happens where there is no file. It has
    /// to be a file that can be written, for all would be lost when the server stops; and no other server may have it.
    pub(crate) fn read(&self, worlds: &Worlds) -> Result<(), StateFileError> {
        let unwritable = |source| StateFileError::Unwritable {
            path: self.path.clone(),
            source,
        };
        atomic::try_folder(&self.target).map_err(unwritable)?;
        let lock = Lock::take(&self.target).map_err(|not_locked| match not_locked {
            NotLocked::Held => StateFileError::InUse {
                path: self.path.clone(),
            },
            NotLocked::Failed(source) => unwritable(source),
        })?;
        if lock.is_some()
            && let Err(error) = atomic::remove_unfinished(&self.target)
        {
            tracing::warn!(%error, "what a killed server left beside the state file cannot be removed");
        }
        self.lock.get_or_init(|| lock);
        let unreadable = |source| StateFileError::Unreadable {
            path: self.path.clone(),
            source,
        };
        let text = match std::fs::read(&self.target) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(unreadable(error)),
        };
        let restored = document::worlds_in(&text, worlds.usual()).and_then(|(restored, last_number)| {
            worlds.restore(restored, last_number).map_err(|NoRoom { most }| {
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
        let written = atomic::replace(&self.target, |file| {
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
