//! Generates a module for each specification whose feature is on.

use std::env;

use openapi_codegen::{Generator, build_with};

fn main() {
    let apis = ["clerk", "control", "enhance", "logto", "whylabs"];
    let chosen = apis
        .into_iter()
        .filter(|api| env::var_os(format!("CARGO_FEATURE_{}", api.to_uppercase())).is_some());
    build_with(
        &Generator::new().strict(true),
        chosen.map(|api| format!("../../specs/{api}.yaml")),
    );
}
