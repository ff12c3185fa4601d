//! What cannot be carried over is said, with its place, and the rest of the document is emitted all the same.

use std::fs;
use std::path::{Path, PathBuf};

use openapi_codegen::{Generator, Outcome, RenderOptions, Source, skip_reasons, warning_codes};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn documents() -> Vec<PathBuf> {
    let folder = root().join("tests/fixtures/diagnostics/limits");
    let mut found: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry is read").path())
        .collect();
    found.sort();
    found
}

fn generate(path: &Path, strict: bool) -> Outcome {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(path).expect("the document is read");
    Generator::new().strict(strict).generate(Source::new(name, text))
}

fn reports() -> Vec<(String, String)> {
    let report = |path: PathBuf| {
        let outcome = generate(&path, false);
        let (emitted, total) = outcome.emitted;
        let report = outcome.report.render(RenderOptions::default());
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        (
            name,
            format!("emitted {emitted} of {total} operations\n\n{report}"),
        )
    };
    documents().into_iter().map(report).collect()
}

#[test]
fn every_limit_is_reported_at_its_place() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("snapshots/limits"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, report) in reports() {
            insta::assert_snapshot!(name, report);
        }
    });
}

#[test]
fn a_document_with_limits_is_emitted_unless_the_build_is_strict() {
    for path in documents() {
        assert!(generate(&path, false).generated.is_some(), "{}", path.display());
        assert!(generate(&path, true).generated.is_none(), "{}", path.display());
    }
}

#[test]
fn every_warning_code_and_every_skip_reason_has_a_document() {
    let reports: String = reports().into_iter().map(|(_, report)| report).collect();
    let one_line = reports
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace("| ", "");
    for code in warning_codes() {
        assert!(one_line.contains(code), "no document shows {code}");
    }
    for reason in skip_reasons() {
        assert!(one_line.contains(reason), "no document shows that {reason}");
    }
}

#[test]
fn a_pattern_that_is_not_enforced_says_so_in_the_documentation() {
    let path = root().join("tests/fixtures/diagnostics/limits/pattern_not_of_ecma_262.yaml");
    let generated = generate(&path, false).generated.expect("the document is sound");
    let requests = generated.emitted("requests").expect("there is such an emitter");
    assert!(
        requests.contains("pattern `(?i)^[a-z]+$`, not enforced"),
        "{requests}"
    );
}
