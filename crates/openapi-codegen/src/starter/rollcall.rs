use std::fs;
use std::path::{Path, PathBuf};

use super::error::StarterError;

/// Where a project gets Rollcall's crates from.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Rollcall {
    /// A checkout on this machine.
    Checkout(PathBuf),
    /// A git repository, by its address.
    Git(String),
}

impl Rollcall {
    /// Reads an address of a git repository or the path of a checkout.
    ///
    /// # Errors
    /// When it is a path, and there is no checkout.
    pub fn parse(text: &str) -> Result<Self, StarterError> {
        if text.contains("://") {
            return Ok(Self::Git(text.to_owned()));
        }
        // git's short form, `git@host:owner/name`, which cargo does not read.
        if let Some((host, path)) = text.split_once(':')
            && host.contains('@')
            && !host.contains('/')
        {
            return Ok(Self::Git(format!("ssh://{host}/{path}")));
        }
        let root = fs::canonicalize(text).unwrap_or_else(|_| PathBuf::from(text));
        if is_checkout(&root) {
            Ok(Self::Checkout(root))
        } else {
            Err(StarterError::NoCheckout { path: text.into() })
        }
    }

    /// The checkout that a folder stands in.
    #[must_use]
    pub fn around(dir: &Path) -> Option<Self> {
        dir.ancestors()
            .find(|ancestor| is_checkout(ancestor))
            .map(|root| Self::Checkout(root.to_owned()))
    }

    /// The right-hand side of a dependency on one of the crates; `more` are further members of the table.
    pub(super) fn dependency(&self, name: &str, more: &str) -> String {
        match self {
            Self::Checkout(root) => {
                let path = root.join("crates").join(name);
                format!("{{ path = {}{more} }}", toml_text(&path.to_string_lossy()))
            }
            Self::Git(address) => format!("{{ git = {}{more} }}", toml_text(address)),
        }
    }
}

fn is_checkout(root: &Path) -> bool {
    root.join("Cargo.toml").is_file() && root.join("crates/api-support/Cargo.toml").is_file()
}

/// A basic string of TOML; its escapes are those of JSON.
fn toml_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_a_git_dependency() {
        let cases = [
            (
                "https://example.com/rollcall.git",
                "https://example.com/rollcall.git",
            ),
            (
                "ssh://git@example.com/a/rollcall",
                "ssh://git@example.com/a/rollcall",
            ),
            (
                "git@example.com:a/rollcall.git",
                "ssh://git@example.com/a/rollcall.git",
            ),
        ];
        for (given, address) in cases {
            let dependency = Rollcall::parse(given).unwrap().dependency("api-support", "");
            assert_eq!(dependency, format!("{{ git = \"{address}\" }}"));
        }
    }

    #[test]
    fn a_checkout_becomes_a_path_dependency_and_other_folders_are_refused() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let rollcall = Rollcall::parse(root.to_str().unwrap()).unwrap();
        let dependency = rollcall.dependency("openapi-codegen", ", default-features = false");
        assert!(
            dependency.ends_with("/crates/openapi-codegen\", default-features = false }"),
            "{dependency}"
        );
        assert!(matches!(
            Rollcall::parse(env!("CARGO_MANIFEST_DIR")),
            Err(StarterError::NoCheckout { .. })
        ));
        assert!(matches!(
            Rollcall::parse("no/such/folder"),
            Err(StarterError::NoCheckout { .. })
        ));
    }

    #[test]
    fn a_checkout_is_found_from_any_folder_in_it() {
        let here = fs::canonicalize(env!("CARGO_MANIFEST_DIR")).unwrap();
        assert!(Rollcall::around(&here.join("src")).is_some());
        assert_eq!(Rollcall::around(Path::new("/")), None);
    }
}
