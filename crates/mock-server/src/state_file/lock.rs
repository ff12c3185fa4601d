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

/// How often the lock is tried where its file is gone once it is locked.
const MOST_TRIES: usize = 100;

impl Lock {
    /// Takes the lock of a state file, which need not be there but must be no link. `None` where the file system has no locks.
    pub(super) fn take(state_file: &Path) -> Result<Option<Self>, NotLocked> {
        Self::take_by(state_file, File::try_lock, is_at)
    }

    /// The same, with how a file is locked, and how one is told from another.
    fn take_by(
        state_file: &Path,
        try_lock: impl Fn(&File) -> Result<(), TryLockError>,
        is_at: impl Fn(&File, &Path) -> bool,
    ) -> Result<Option<Self>, NotLocked> {
        let path = beside(state_file);
        let failed = |error: io::Error| {
            let reason = format!("{}: {error}", path.display());
            NotLocked::Failed(io::Error::new(error.kind(), reason))
        };
        for _ in 0..MOST_TRIES {
            let Some(Opened { file, is_new }) = Opened::at(&path).map_err(failed)? else {
                continue;
            };
            match try_lock(&file) {
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
                    if is_new {
                        // It would lock nobody out.
                        let _ = fs::remove_file(&path);
                    }
                    return Ok(None);
                }
            }
        }
        let reason = "whenever it is locked, the file system has another file of that name";
        Err(failed(io::Error::other(reason)))
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

/// A file to lock.
struct Opened {
    file: File,
    /// Whether it was not there before.
    is_new: bool,
}

impl Opened {
    /// Opens a file, or makes it. `None` where it was there, and then was not.
    fn at(path: &Path) -> io::Result<Option<Self>> {
        let made = OpenOptions::new().write(true).create_new(true).open(path);
        match made {
            Ok(file) => Ok(Some(Self { file, is_new: true })),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let there = OpenOptions::new().write(true).open(path);
                match there.or_else(|refused| to_read(path, refused)) {
                    Ok(file) => Ok(Some(Self { file, is_new: false })),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                    Err(error) => Err(error),
                }
            }
            Err(error) => Err(error),
        }
    }
}

/// Opens a file for reading that may not be written: another user's server left it behind. Most systems lock it all the same.
fn to_read(path: &Path, refused: io::Error) -> io::Result<File> {
    if refused.kind() == io::ErrorKind::PermissionDenied {
        File::open(path).map_err(|_| refused)
    } else {
        Err(refused)
    }
}

/// The file that is locked in place of a state file.
fn beside(state_file: &Path) -> PathBuf {
    let name = state_file.file_name().unwrap_or_default().to_string_lossy();
    state_file.with_file_name(format!(".{name}.lock"))
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

    #[test]
    fn a_file_that_another_user_left_behind_locks_nobody_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let left = beside(&path);
        fs::write(&left, "").unwrap();
        let refused = |kind| to_read(&left, io::Error::from(kind));
        let readable = refused(io::ErrorKind::PermissionDenied).unwrap();
        readable.try_lock().unwrap();
        assert!(matches!(Lock::take(&path), Err(NotLocked::Held)));
        drop(readable);
        refused(io::ErrorKind::IsADirectory).unwrap_err();
        let mut permissions = fs::metadata(&left).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&left, permissions).unwrap();
        assert!(Lock::take(&path).unwrap().is_some());
    }

    #[test]
    fn where_a_file_is_never_the_one_of_its_name_trying_ends() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let Err(NotLocked::Failed(error)) = Lock::take_by(&path, File::try_lock, |_, _| false) else {
            panic!("it is locked");
        };
        let told = error.to_string();
        assert!(told.contains(".state.json.lock: whenever it is locked"), "{told}");
    }

    #[test]
    fn where_there_are_no_locks_no_file_is_left_but_one_that_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let unsupported = |_: &File| Err(TryLockError::Error(io::ErrorKind::Unsupported.into()));
        let take = || Lock::take_by(&path, unsupported, is_at);
        assert!(matches!(take(), Ok(None)));
        assert!(!beside(&path).exists());
        fs::write(beside(&path), "").unwrap();
        assert!(matches!(take(), Ok(None)));
        assert!(beside(&path).exists(), "others may have it");
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
