use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

/// Replaces a file by what is written, as a whole or not at all, even where the machine stops in between: the new text
/// is on the disk before it takes the old one's name. Gives the number of bytes.
pub(super) fn replace(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
) -> io::Result<u64> {
    // A link goes on to point at the file.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = folder(&target)?;
    let temporary = beside(&target, &folder)?;
    let mut file = BufWriter::new(temporary.as_file());
    write(&mut file)?;
    file.flush()?;
    drop(file);
    temporary.as_file().sync_all()?;
    let bytes = temporary.as_file().metadata()?.len();
    temporary.persist(&target).map_err(|error| error.error)?;
    // The new name is on the disk once the folder is. Only Unix can be asked to see to that.
    #[cfg(unix)]
    File::open(&folder)?.sync_all()?;
    Ok(bytes)
}

/// The folder a file is in, which has to be there.
pub(super) fn folder(path: &Path) -> io::Result<PathBuf> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if folder.is_dir() {
        Ok(folder.to_owned())
    } else {
        let reason = format!("there is no folder {}", folder.display());
        Err(io::Error::new(io::ErrorKind::NotFound, reason))
    }
}

/// A new file with the permissions of the one it will replace, or those of any file the process makes.
fn beside(target: &Path, folder: &Path) -> io::Result<NamedTempFile> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let prefix = format!(".{name}.");
    let mut builder = Builder::new();
    builder.prefix(&prefix).suffix(".tmp");
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

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("state.json"), folder.path().join("link"));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        write(&path, "one").unwrap();
        let usual = folder.path().join("usual");
        fs::write(&usual, "").unwrap();
        assert_eq!(mode(&path), mode(&usual), "as any file the process makes");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&path, &link).unwrap();
        write(&link, "two").unwrap();
        assert_eq!(
            (fs::read_to_string(&path).unwrap().as_str(), mode(&path)),
            ("two", 0o600)
        );
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
