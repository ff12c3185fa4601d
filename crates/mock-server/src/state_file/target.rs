use std::fs;
use std::path::{Path, PathBuf};

/// So many links may lead from one to the next, as many as Linux follows.
const MOST_LINKS: usize = 40;

/// The file a path leads to, through links, which need not be there yet. A path that leads nowhere stays as it is: whoever
/// opens it is told why.
///
/// What is locked, read and written has to be one file. A link whose target is not there yet leads elsewhere once it is.
pub(super) fn of(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        if let Ok(found) = fs::canonicalize(&target) {
            return found;
        }
        let folder = super::atomic::folder_of(&target);
        let Ok(link) = fs::read_link(&target) else {
            return match (fs::canonicalize(folder), target.file_name()) {
                (Ok(folder), Some(name)) => folder.join(name),
                _ => target,
            };
        };
        target = folder.join(link);
    }
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_is_found_by_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        let expected = fs::canonicalize(folder.path()).unwrap().join("state.json");
        assert_eq!(of(&inner.join("../state.json")), expected);
        let nowhere = folder.path().join("nowhere/state.json");
        assert_eq!(of(&nowhere), nowhere);
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_to_a_file_before_and_after_it_is_there() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        let file = fs::canonicalize(folder.path()).unwrap().join("state.json");
        let (first, second) = (folder.path().join("first"), inner.join("second"));
        symlink("inner/second", &first).unwrap();
        symlink("../state.json", &second).unwrap();
        assert_eq!(of(&first), file);
        fs::write(&file, "").unwrap();
        assert_eq!(of(&first), file);
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_to_each_other_lead_nowhere() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("one"), folder.path().join("other"));
        symlink(&one, &other).unwrap();
        symlink(&other, &one).unwrap();
        assert_eq!(of(&one), one);
    }
}
