//! What is emitted for every accepted document, as goldens that are read like code.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use openapi_codegen::{Generator, RenderOptions, Source, emitters};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn fixtures() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(repository().join("tests/fixtures/accepted")).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// The emitters that a document's first line says it is about.
fn subjects(text: &str) -> Vec<&str> {
    let first = text.lines().next().unwrap_or_default();
    first
        .strip_prefix("# emitters:")
        .unwrap_or_default()
        .split_whitespace()
        .collect()
}

fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository().join("snapshots/emitted"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_snapshot_suffix();
    settings.remove_input_file();
    settings
}

/// The goldens of a document by name: one for each emitter it is about, and the report if there is one.
fn goldens(path: &Path) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(path).unwrap();
    let fixture = stem(path);
    let outcome = Generator::new().generate(Source::new(format!("{fixture}.yaml"), text.as_str()));
    let report = outcome.report.render(RenderOptions::default());
    let generated = outcome.generated.unwrap_or_else(|| panic!("{report}"));
    let emitted = subjects(&text).into_iter().map(|emitter| {
        let code = generated
            .emitted(emitter)
            .unwrap_or_else(|| panic!("{fixture}: there is no emitter `{emitter}`"));
        (format!("{fixture}@{emitter}"), code)
    });
    let mut goldens: Vec<_> = emitted.collect();
    if !outcome.report.is_empty() {
        goldens.push((format!("{fixture}@report"), report));
    }
    goldens
}

#[test]
fn every_accepted_document_is_emitted_as_its_goldens_say() {
    insta::glob!("../../../tests/fixtures/accepted", "*.yaml", |path| {
        for (name, text) in goldens(path) {
            snapshots().bind(|| insta::assert_snapshot!(name, text));
        }
    });
}

#[test]
fn no_golden_is_left_over() {
    let expected: BTreeSet<String> = fixtures()
        .iter()
        .flat_map(|path| goldens(path))
        .map(|(name, _)| format!("{name}.snap"))
        .collect();
    let entries = std::fs::read_dir(repository().join("snapshots/emitted")).unwrap();
    let found: BTreeSet<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".snap"))
        .collect();
    assert_eq!(
        found.difference(&expected).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

#[test]
fn every_emitter_has_documents_about_it() {
    let texts: Vec<_> = fixtures()
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    for emitter in emitters() {
        assert!(
            texts.iter().any(|text| subjects(text).contains(&emitter)),
            "no document is about {emitter}"
        );
    }
}

#[test]
fn every_document_is_small_and_says_what_it_is_about() {
    for path in fixtures() {
        let text = std::fs::read_to_string(&path).unwrap();
        let idea = text.lines().nth(1).unwrap_or_default();
        assert!(
            !subjects(&text).is_empty(),
            "{}: its first line names no emitter",
            path.display()
        );
        assert!(
            idea.starts_with("# ") && idea.ends_with('.'),
            "{}: its second line is no sentence",
            path.display()
        );
        assert!(text.lines().count() <= 100, "{}: it is long", path.display());
    }
}
