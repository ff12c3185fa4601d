//! For build scripts.

use std::path::{Path, PathBuf};
use std::process::exit;
use std::{env, fs};

use openapi_model::{RenderOptions, Source};

use crate::Generator;

/// Generates a module for each document into `OUT_DIR`, named for the document: `specs/tea.yaml` becomes `tea.rs`.
/// Warnings are passed on to cargo; a document with errors ends the build with the report.
pub fn build<P: AsRef<Path>>(documents: impl IntoIterator<Item = P>) {
    build_with(&Generator::new(), documents);
}

/// As [`build()`], with a generator of one's own.
pub fn build_with<P: AsRef<Path>>(generator: &Generator, documents: impl IntoIterator<Item = P>) {
    let out_dir = env::var_os("OUT_DIR")
        .map(PathBuf::from)
        .unwrap_or_else(|| fail("OUT_DIR is not set: this is for build scripts"));
    for document in documents {
        let path = document.as_ref();
        println!("cargo::rerun-if-changed={}", path.display());
        let source = Source::read(path).unwrap_or_else(|error| fail(&format!("{}: {error}", path.display())));
        let outcome = generator.generate(source);
        let Some(generated) = outcome.generated else {
            fail(&outcome.report.render(RenderOptions::default()))
        };
        for warning in outcome.report.diagnostics() {
            println!("cargo::warning={}: {}", path.display(), warning.message());
        }
        // Appended, not exchanged: the stem of `api.v2.yaml` has a dot of its own.
        let mut file = path.file_stem().unwrap_or_default().to_owned();
        file.push(".rs");
        let target = out_dir.join(file);
        if let Err(error) = fs::write(&target, generated.code()) {
            fail(&format!("{}: {error}", target.display()));
        }
    }
}

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    exit(1)
}
