//! Every fault, from a small document that has it to the report that shows it.

use std::path::{Path, PathBuf};

use openapi_model::{Loaded, MAX_BYTES, MAX_NODES, RenderOptions, Source, load};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository().join("snapshots/diagnostics"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_input_file();
    settings
}

/// Loads a fixture under its file name alone, so that the report is the same everywhere.
fn load_fixture(path: &Path) -> Loaded {
    let name = path.file_name().unwrap().to_string_lossy();
    load(Source::new(name, std::fs::read_to_string(path).unwrap()))
}

fn render(loaded: &Loaded) -> String {
    loaded.report.render(RenderOptions::default())
}

#[test]
fn every_faulty_document_is_refused_with_its_report() {
    insta::glob!("../../../tests/fixtures/diagnostics", "errors/*", |path| {
        let loaded = load_fixture(path);
        assert!(
            loaded.report.has_errors() && loaded.api.is_none(),
            "{} has no error",
            path.display()
        );
        snapshots().bind(|| insta::assert_snapshot!("error", render(&loaded)));
    });
}

#[test]
fn every_questionable_document_is_read_with_its_report() {
    insta::glob!("../../../tests/fixtures/diagnostics", "warnings/*", |path| {
        let loaded = load_fixture(path);
        assert!(loaded.report.warnings() > 0, "{} has no warning", path.display());
        assert!(
            !loaded.report.has_errors() && loaded.api.is_some(),
            "{}",
            render(&loaded)
        );
        snapshots().bind(|| insta::assert_snapshot!("warning", render(&loaded)));
    });
}

#[test]
fn a_document_beyond_the_limits_is_refused_with_its_report() {
    let head = "openapi: 3.0.3\nx-many: ";
    let cases = [
        (
            "too_many_values",
            format!("{{\"x-many\": [{}0]}}", "0,".repeat(MAX_NODES)),
        ),
        ("too_long", format!("{head}{}", "x".repeat(MAX_BYTES))),
        ("much_text_behind_aliases", {
            let aliases = "*text, ".repeat(200);
            format!(
                "openapi: 3.0.3\nx-text: &text {}\nx-many: [{aliases}]\n",
                "x".repeat(100_000)
            )
        }),
    ];
    for (name, text) in cases {
        let loaded = load(Source::new(name, text));
        assert!(loaded.api.is_none(), "{name} was read");
        snapshots().bind(|| insta::assert_snapshot!(format!("limit@{name}"), render(&loaded)));
    }
}

#[test]
fn a_document_with_more_warnings_than_are_listed_says_so_at_the_end() {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\nx-words:\n{}",
        "- no\n".repeat(200)
    );
    let report = render(&load(Source::new("many_words", text)));
    let (listed, last) = report.split_at(report.find("yaml::more_booleans_of_11").unwrap());
    assert_eq!(listed.matches("yaml::boolean_of_11").count(), 100);
    snapshots().bind(|| insta::assert_snapshot!("limit@many_words", last));
}

#[test]
fn every_fault_is_shown_by_a_document() {
    let faults =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/fault/mod.rs")).unwrap();
    let codes = faults
        .split("#[diagnostic(code(")
        .skip(1)
        .filter_map(|rest| rest.split_once(')'));
    let codes: Vec<&str> = codes.map(|(code, _)| code).collect();
    assert!(codes.len() > 50, "the codes were not found");
    let shown: Vec<String> = std::fs::read_dir(repository().join("snapshots/diagnostics"))
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    for code in codes {
        let shown = shown.iter().any(|report| report.lines().any(|line| line == code));
        assert!(shown, "no fixture shows {code}");
    }
}
