//! The contracts in `specs/` load without a finding that would stop the generator.

use std::path::Path;

use openapi_model::{RenderOptions, Source, load};

#[test]
fn every_contract_loads_without_errors() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            let loaded = load(Source::read(&path).unwrap());
            assert!(
                loaded.api.is_some(),
                "{}",
                loaded.report.render(RenderOptions::default())
            );
            read += 1;
        }
    }
    assert!(read > 0, "there are no contracts");
}
