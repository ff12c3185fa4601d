//! Any bytes into the reader: it never panics, every document comes to an end, and what it holds to be unambiguous YAML
//! is read the same by another parser.

#![no_main]

use libfuzzer_sys::fuzz_target;
use openapi_model::{Document, RenderOptions, Source, load};

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let source = Source::new("fuzzed.yaml", text);
    if let Ok(document) = Document::parse(source.clone())
        && document.report().is_empty()
        && let Some(difference) = document.cross_check()
    {
        panic!("read as unambiguous: {difference:?}");
    }
    let loaded = load(source);
    assert_eq!(loaded.api.is_none(), loaded.report.has_errors());
    let rendered = loaded.report.render(RenderOptions::default());
    assert_eq!(rendered.is_empty(), loaded.report.is_empty());
    let rows = loaded.report.to_json();
    assert_eq!(
        rows.as_array().map(Vec::len),
        Some(loaded.report.diagnostics().len())
    );
});
