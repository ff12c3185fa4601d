//! Where things stand in the repository.

use std::path::{Path, PathBuf};

/// The repository's root.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// Where the snapshots of this package are.
#[must_use]
pub fn snapshots() -> PathBuf {
    root().join("snapshots/contract")
}
