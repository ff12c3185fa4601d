use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// Replaces a file by what is written, as a whole or not at all, even where the machine stops in between: the new text
/// is on the disk before it takes the old one's name. Gives the number of bytes. It takes the place of a link as well.
pub(super) fn replace(
    target: &Path,
    write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> io::Result<u64> {
    replace_and(target, write, synchronize)
}

/// The same, with what sees to it that the file's new name is on the disk. The file is the new one even where that fails.
fn replace_and(
    target: &Path,
    write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
    synchronize: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<u64> {
    let folder = folder(target)?;
    let temporary = beside(target, folder)?;
    let mut file = BufWriter::new(temporary.as_file());
    write(&mut file)?;
    file.flush()?;
    drop(file);
    temporary.as_file().sync_all()?;
    let bytes = temporary.as_file().metadata()?.len();
    temporary.persist(target).map_err(|error| advised(error.error))?;
    if let Err(error) = synchronize(folder) {
        tracing::warn!(
            %error,
            folder = %folder.display(),
            "the state file is written, but may be the one of before if the machine stops now"
        );
    }
    Ok(bytes)
}

/// Whether files can be made in the folder of a file, as replacing it takes.
pub(super) fn try_folder(path: &Path) -> io::Result<()> {
    NamedTempFile::new_in(folder(path)?).map(drop)
}

/// Removes what a server left behind that was killed while it wrote the file. Nobody may be writing it.
pub(super) fn remove_unfinished(target: &Path) -> io::Result<()> {
    let prefix = prefix_of(target);
    let mut done = Ok(());
    for entry in fs::read_dir(folder(target)?)? {
        let entry = entry?;
        let name = entry.file_name();
        let random = name
            .to_str()
            .and_then(|name| name.strip_prefix(&prefix)?.strip_suffix(SUFFIX));
        let is_ours = random.is_some_and(|random| {
            random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        if is_ours && entry.file_type()?.is_file() {
            done = fs::remove_file(entry.path()).and(done);
        }
    }
    done
}

/// A new name is on the disk once its folder is. Only Unix can be asked to see to that, and not every file system does.
fn synchronize(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Says what to do where a file is there and cannot be replaced.
fn advised(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices => io::Error::new(
            error.kind(),
            format!(
                "{error}; a file that is a mount of its own cannot be replaced: mount the folder it is in"
            ),
        ),
        _ => error,
    }
}

/// The folder a file is in, which has to be there.
fn folder(path: &Path) -> io::Result<&Path> {
    let folder = folder_of(path);
    if folder.is_dir() {
        Ok(folder)
    } else {
        let reason = format!("there is no folder {}", folder.display());
        Err(io::Error::new(io::ErrorKind::NotFound, reason))
    }
}

/// The folder of a path.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// How the name of an unfinished file ends.
const SUFFIX: &str = ".tmp";

/// How many random letters and digits are in it: so many that nobody else gives a file such a name.
const RANDOM: usize = 16;

/// How the name of a file begins that will replace another; the rest is random.
fn prefix_of(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    format!(".{name}.")
}

/// A new file with the permissions of the one it will replace, or those of any file the process makes.
fn beside(target: &Path, folder: &Path) -> io::Result<NamedTempFile> {
    let prefix = prefix_of(target);
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(SUFFIX).rand_bytes(RANDOM);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let temporary = builder.tempfile_in(folder)?;
    if let Ok(known) = fs::metadata(target) {
        temporary.as_file().set_permissions(known.permissions())?;
    }
    Ok(temporary)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str) -> io::Result<u64> {
        replace(path, |file| file.write_all(text.as_bytes()))
    }

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        assert_eq!(write(&path, "one").unwrap(), 3);
        let failed = replace(&path, |file| {
            file.write_all(b"half")?;
            Err(io::Error::other("no more room"))
        });
        failed.unwrap_err();
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        write(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left behind"
        );
        write(&folder.path().join("nowhere/state.json"), "three").unwrap_err();
    }

    #[test]
    fn what_a_killed_server_left_unfinished_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        write(&path, "one").unwrap();
        let (_, left) = beside(&path, folder.path()).unwrap().keep().unwrap();
        let others = [
            ".state.json.lock",
            ".state.json.backup.tmp",
            ".state.json.old.Ab12Cd.tmp",
            "state.json.tmp",
        ];
        for name in others {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let inner = folder.path().join(".state.json.aFolderOfSomeone.tmp");
        fs::create_dir(&inner).unwrap();
        remove_unfinished(&path).unwrap();
        assert!(inner.exists());
        assert!(!left.exists());
        assert!(path.exists() && others.iter().all(|name| folder.path().join(name).exists()));
    }

    #[test]
    fn a_file_that_is_mounted_is_told_from_one_that_cannot_be_written() {
        for kind in [io::ErrorKind::ResourceBusy, io::ErrorKind::CrossesDevices] {
            let error = advised(io::Error::from(kind));
            assert_eq!(error.kind(), kind);
            assert!(error.to_string().contains("mount the folder"), "{error}");
        }
        let other = io::Error::from(io::ErrorKind::PermissionDenied);
        let told = other.to_string();
        assert_eq!(advised(other).to_string(), told);
    }

    #[test]
    fn a_file_is_written_where_its_folder_cannot_be_synchronized() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let unable = |_: &Path| Err(io::Error::from(io::ErrorKind::Unsupported));
        let written = replace_and(&path, |file| file.write_all(b"one"), unable);
        assert_eq!(written.unwrap(), 3);
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        write(&path, "one").unwrap();
        let usual = folder.path().join("usual");
        fs::write(&usual, "").unwrap();
        assert_eq!(mode(&path), mode(&usual), "as any file the process makes");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        write(&path, "two").unwrap();
        assert_eq!(
            (fs::read_to_string(&path).unwrap().as_str(), mode(&path)),
            ("two", 0o600)
        );
    }
}
