use std::fs::{self, Permissions};
use std::io::{self, Write as _};
use std::path::Path;

use super::failure::Failure;

/// Gives a file its text, at once or not at all, and says whether anything changed. A file that has the text is not
/// touched, so that nothing is rebuilt for it.
pub(super) fn write_if_changed(path: &Path, text: &str) -> Result<bool, Failure> {
    // A link stays a link: what it leads to is written.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::read(&target).is_ok_and(|known| known == text.as_bytes()) {
        return Ok(false);
    }
    let written = match fs::metadata(&target) {
        Ok(known) if known.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(known) if known.is_file() => replace(&target, text, Some(known.permissions())),
        // A pipe or a device cannot be replaced.
        Ok(_) => fs::write(&target, text),
        Err(_) => replace(&target, text, None),
    };
    written.map(|()| true).map_err(|error| unwritable(path, &error))
}

fn replace(target: &Path, text: &str, permissions: Option<Permissions>) -> io::Result<()> {
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".openapi-codegen-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Temporary files are private; a new file is what the user's mask makes it.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.persist(target)?;
    Ok(())
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let name = path.display();
    match error.kind() {
        io::ErrorKind::IsADirectory => {
            Failure::new(format!("`{name}` is a folder")).help("name a file in it")
        }
        io::ErrorKind::NotFound => {
            Failure::new(format!("`{name}` cannot be written: its folder does not exist"))
                .help("make the folder first, or name another one")
        }
        _ => Failure::new(format!("`{name}` cannot be written: {error}")),
    }
}
