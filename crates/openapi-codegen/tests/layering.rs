//! Which part may know of what, held by reading the sources.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Longer files are two files.
const MOST_LINES: usize = 400;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// Every Rust file below a folder of the repository, by its path in there; none where there is no such folder.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let root = repository();
    let mut files = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!files.is_empty(), "no files below {folder}");
    files.sort();
    files
}

/// The code of a file without its comments, line by line.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|line| line.split_once("//").map_or(line, |(code, _)| code))
}

/// Whether a line names something: the word by itself, not as a part of another.
fn names(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(is_part) && !line[at + word.len()..].starts_with(is_part))
}

/// Asserts that nothing in the files names any of the words, but for files whose path contains one of `except`.
#[track_caller]
fn assert_unnamed(folder: &str, words: &[&str], except: &[&str]) {
    for (name, text) in rust_files(folder) {
        if except.iter().any(|allowed| name.contains(allowed)) {
            continue;
        }
        for (number, line) in code(&text).enumerate() {
            let named: Vec<_> = words.iter().filter(|word| names(line, word)).collect();
            assert!(named.is_empty(), "{name}:{} names {named:?}: {line}", number + 1);
        }
    }
}

/// The members of the workspace that a crate depends on, by the tables of its manifest.
fn dependencies(name: &str) -> BTreeSet<String> {
    let manifest = std::fs::read_to_string(repository().join(format!("crates/{name}/Cargo.toml"))).unwrap();
    let mut table = String::new();
    let mut found = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            line.clone_into(&mut table);
        } else if table.ends_with("dependencies]") && table != "[dev-dependencies]" {
            let dependency = line.split(['.', '=', ' ']).next().unwrap_or_default();
            if repository().join("crates").join(dependency).is_dir() && !dependency.is_empty() {
                found.insert(dependency.to_owned());
            }
        }
    }
    found
}

#[test]
fn crates_depend_on_each_other_in_one_direction() {
    let allowed: [(&str, &[&str]); 5] = [
        ("openapi-model", &[]),
        ("openapi-codegen", &["openapi-model"]),
        ("api-support", &[]),
        ("membership-apis", &["api-support", "openapi-codegen"]),
        (
            "mock-server",
            &[
                "api-support",
                "membership-apis",
                "openapi-codegen",
                "openapi-model",
            ],
        ),
    ];
    let crates: BTreeSet<_> = std::fs::read_dir(repository().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(
        crates,
        allowed.iter().map(|(name, _)| (*name).to_owned()).collect()
    );
    for (name, allowed) in allowed {
        let unexpected: Vec<_> = dependencies(name)
            .into_iter()
            .filter(|one| !allowed.contains(&one.as_str()))
            .collect();
        assert!(unexpected.is_empty(), "{name} depends on {unexpected:?}");
    }
}

#[test]
fn the_model_knows_no_rust_syntax() {
    assert_unnamed(
        "crates/openapi-model/src",
        &["syn", "quote", "proc_macro2", "prettyplease"],
        &[],
    );
    let manifest = std::fs::read_to_string(repository().join("crates/openapi-model/Cargo.toml")).unwrap();
    for line in manifest.lines() {
        assert!(
            !["syn", "quote", "proc-macro2"].contains(&line.split(['.', ' ', '=']).next().unwrap()),
            "{line}"
        );
    }
}

#[test]
fn only_the_loader_knows_the_typed_parser() {
    assert_unnamed(
        "crates",
        &["openapiv3"],
        &["openapi-model/src/load/", "/fault/", "tests/layering.rs"],
    );
}

#[test]
fn only_the_source_layer_knows_the_yaml_readers() {
    assert_unnamed(
        "crates",
        &["serde_yaml", "saphyr", "saphyr_parser"],
        &["openapi-model/src/source/", "tests/layering.rs"],
    );
    assert_unnamed("tests", &["serde_yaml", "saphyr", "saphyr_parser"], &[]);
}

#[test]
fn emitting_knows_nothing_of_documents_and_cannot_fail() {
    assert_unnamed(
        "crates/openapi-codegen/src/emit",
        &["openapi_model", "model", "lower", "serde_yaml"],
        &[],
    );
    let mut functions = 0;
    for (name, text) in rust_files("crates/openapi-codegen/src/emit") {
        for signature in signatures(&text) {
            functions += 1;
            assert!(
                !signature.contains("Result<"),
                "{name}: this can fail: {signature}"
            );
            assert!(
                !signature.contains("&mut "),
                "{name}: this changes what it is given: {signature}"
            );
        }
    }
    assert!(functions > 40, "only {functions} functions were found");
}

/// The signatures of the functions a file defines; those it emits stand deeper inside a `quote!`.
fn signatures(text: &str) -> Vec<String> {
    let lines: Vec<&str> = code(text).collect();
    let starts = lines.iter().enumerate().filter(|(_, line)| {
        let line = line
            .trim_start_matches("pub(super) ")
            .trim_start_matches("pub(crate) ")
            .trim_start_matches("pub ");
        line.starts_with("fn ")
    });
    starts
        .map(|(at, _)| {
            lines[at..]
                .iter()
                .take_while(|line| !line.starts_with('}'))
                .take(8)
                .copied()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .map(|text| text.split('{').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn lowering_writes_no_rust() {
    assert_unnamed(
        "crates/openapi-codegen/src/lower",
        &["quote", "TokenStream", "proc_macro2", "emit"],
        &[],
    );
}

#[test]
fn what_lowering_makes_is_inert() {
    let (_, ir) = rust_files("crates/openapi-codegen/src")
        .into_iter()
        .find(|(name, _)| name.ends_with("/ir.rs"))
        .unwrap();
    assert!(
        !code(&ir).any(|line| names(line, "impl")),
        "the intermediate form has methods"
    );
}

#[test]
fn nothing_that_is_generated_depends_on_the_order_of_a_hash() {
    assert_unnamed("crates/openapi-codegen/src", &["HashMap", "HashSet"], &[]);
    assert_unnamed("crates/openapi-model/src", &["HashMap"], &[]);
}

#[test]
fn what_a_store_decides_knows_no_http() {
    for (name, text) in rust_files("crates/mock-server/src") {
        if !name.ends_with("/store.rs") && !name.contains("/store/") {
            continue;
        }
        for line in code(&text) {
            for word in [
                "axum",
                "http",
                "hyper",
                "serde",
                "serde_json",
                "StatusCode",
                "membership_apis",
            ] {
                assert!(!names(line, word), "{name} names {word}: {line}");
            }
        }
    }
}

#[test]
fn a_file_is_named_for_a_noun_and_holds_one() {
    let vague = ["util", "utils", "helper", "helpers", "common", "misc"];
    let mut wrong = Vec::new();
    for (name, text) in rust_files("crates").into_iter().chain(rust_files("tests")) {
        let stem = Path::new(&name).file_stem().unwrap().to_string_lossy();
        if vague.contains(&&*stem) {
            wrong.push(format!("{name} is named for no noun"));
        }
        let lines = text.lines().count();
        if lines > MOST_LINES {
            wrong.push(format!("{name} has {lines} lines"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
