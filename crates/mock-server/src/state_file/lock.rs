use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// The lock on a state file: as long as it is held, no other server reads or writes the file.
///
/// It is on a file of its own beside the state file, whose place a new one takes whenever it is written. The system gives
/// the lock up with the process, however that ends. What a killed server leaves behind is a file that nobody has locked.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// Locked until it is closed.
    file: File,
}

/// Why a state file was not locked.
#[derive(Debug)]
pub(super) enum NotLocked {
    /// Another server has it.
    Held,
    /// The file to lock cannot be made.
    Failed(io::Error),
}

impl Lock {
    /// Takes the lock of a state file, which need not be there. `None` where the file system has no locks.
    pub(super) fn take(state_file: &Path) -> Result<Option<Self>, NotLocked> {
        let path = beside(state_file);
        loop {
            let mut options = OpenOptions::new();
            let file = options.write(true).create(true).truncate(false).open(&path);
            let file = file.map_err(|error| {
                let reason = format!("{}: {error}", path.display());
                NotLocked::Failed(io::Error::new(error.kind(), reason))
            })?;
            match file.try_lock() {
                // Whoever had it may have removed it just before.
                Ok(()) if is_at(&file, &path) => return Ok(Some(Self { path, file })),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(NotLocked::Held),
                Err(TryLockError::Error(error)) => {
                    tracing::warn!(
                        %error,
                        file = %path.display(),
                        "the state file cannot be locked; a second server on it would go unnoticed"
                    );
                    return Ok(None);
                }
            }
        }
    }
}

/// Nothing is left where that is safe: the name goes while the lock is held, and who waits for it sees that it is gone.
impl Drop for Lock {
    fn drop(&mut self) {
        if cfg!(unix) && is_at(&self.file, &self.path) {
            // A file that stays behind is in nobody's way.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The file that is locked in place of a state file. Links to one file lead to one lock.
fn beside(state_file: &Path) -> PathBuf {
    let target = fs::canonicalize(state_file).unwrap_or_else(|_| state_file.to_owned());
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.lock"))
}

/// Whether this is the file of that name, and not one of before that had it.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;

    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let own = file.metadata().map(identity).ok();
    own.is_some() && own == fs::metadata(path).map(identity).ok()
}

/// Nobody removes it there.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_file_has_one_lock_at_a_time_and_nothing_is_left_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let lock = Lock::take(&path).unwrap();
        assert!(lock.is_some());
        assert!(matches!(Lock::take(&path), Err(NotLocked::Held)));
        Lock::take(&folder.path().join("other.json")).unwrap();
        drop(lock);
        let again = Lock::take(&path).unwrap();
        drop(again);
        if cfg!(unix) {
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }

    #[test]
    fn a_file_that_a_killed_server_left_behind_locks_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        fs::write(beside(&path), "").unwrap();
        assert!(Lock::take(&path).unwrap().is_some());
        let nowhere = Lock::take(&folder.path().join("nowhere/state.json"));
        assert!(matches!(nowhere, Err(NotLocked::Failed(_))));
    }

    #[cfg(unix)]
    #[test]
    fn links_to_a_state_file_lead_to_its_lock() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("state.json"), folder.path().join("link"));
        fs::write(&path, "").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let _lock = Lock::take(&link).unwrap();
        assert!(matches!(Lock::take(&path), Err(NotLocked::Held)));
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_whose_file_was_removed_is_taken_anew_and_removes_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let first = Lock::take(&path).unwrap();
        fs::remove_file(beside(&path)).unwrap();
        let second = Lock::take(&path).unwrap();
        drop(first);
        assert!(matches!(Lock::take(&path), Err(NotLocked::Held)));
        drop(second);
    }
}
