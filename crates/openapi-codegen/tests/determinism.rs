//! Equal documents give equal bytes.

use std::path::{Path, PathBuf};

use openapi_codegen::{Generator, RenderOptions, Source};

fn documents() -> Vec<PathBuf> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folders = ["specs", "tests/fixtures/accepted"].map(|folder| repository.join(folder));
    folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect()
}

/// The code, the inventory and the report: everything that is written to somewhere.
fn generate(path: &Path) -> (String, String, String) {
    let outcome = Generator::new().generate(Source::read(path).unwrap());
    let report = outcome.report.render(RenderOptions::default());
    let generated = outcome.generated.unwrap_or_else(|| panic!("{report}"));
    (generated.code(), generated.inventory().to_string(), report)
}

#[test]
fn generating_twice_gives_the_same_bytes() {
    let documents = documents();
    assert!(documents.len() > 50, "the documents were not found");
    for path in documents {
        assert!(
            generate(&path) == generate(&path),
            "{} is generated differently each time",
            path.display()
        );
    }
}

#[test]
fn the_folder_of_a_document_does_not_show_in_the_code() {
    let text = std::fs::read_to_string(documents().first().unwrap()).unwrap();
    let code = |name: &str| {
        Generator::new()
            .generate(Source::new(name, text.as_str()))
            .generated
            .unwrap()
            .code()
    };
    assert_eq!(code("tea.yaml"), code("/somewhere/else/tea.yaml"));
}
