use std::fs;
use std::path::Path;

use heck::ToKebabCase as _;

/// What cargo refuses as the name of a package with a program, and the project's own dependencies.
const TAKEN: [&str; 15] = [
    "alloc",
    "api-support",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "openapi-codegen",
    "proc-macro",
    "self",
    "std",
    "super",
    "test",
    "tests",
    "tokio",
];

/// A folder's name as a package name: what is no ASCII letter or digit parts words, and what cargo would refuse
/// becomes a server's name.
pub(super) fn name(folder: &str) -> String {
    let ascii = folder.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let name = ascii.to_kebab_case();
    let is_keyword = syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err();
    match name.chars().next() {
        None => "api-server".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("api-{name}"),
        Some(_) if is_keyword || TAKEN.contains(&name.as_str()) => format!("{name}-server"),
        Some(_) => name,
    }
}

/// Whether cargo would take a folder for a stray member of a workspace above it.
pub(super) fn inside_workspace(dir: &Path) -> bool {
    let is_root = |manifest: &str| {
        manifest
            .lines()
            .any(|line| line.trim_start().starts_with("[workspace"))
    };
    dir.ancestors()
        .skip(1)
        .any(|ancestor| fs::read_to_string(ancestor.join("Cargo.toml")).is_ok_and(|text| is_root(&text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_a_name_that_cargo_takes() {
        let cases = [
            ("tea-room", "tea-room"),
            ("Tea Room", "tea-room"),
            ("teaRoom_2", "tea-room-2"),
            ("2fa", "api-2fa"),
            ("test", "test-server"),
            ("tokio", "tokio-server"),
            ("match", "match-server"),
            (".hidden", "hidden"),
            ("日本", "api-server"),
            ("", "api-server"),
        ];
        for (folder, package) in cases {
            assert_eq!(name(folder), package, "{folder}");
        }
    }
}
