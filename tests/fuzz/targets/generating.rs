//! Documents made of parts of the accepted fixtures into the whole generator: it never panics, and what it emits is
//! Rust.
//!
//! The fuzzer's bytes are no document but the instructions to make one: bytes of YAML, mutated blindly, hardly ever
//! get past the reader.

#![no_main]

#[path = "../src/document.rs"]
mod document;

use libfuzzer_sys::fuzz_target;
use openapi_codegen::{Generator, Source};

fuzz_target!(|instructions: &[u8]| {
    let text = document::make(instructions).to_string();
    let outcome = Generator::new().generate(Source::new("fuzzed.json", text.as_str()));
    assert_eq!(outcome.generated.is_none(), outcome.report.has_errors());
    if let Some(generated) = outcome.generated {
        let code = generated.code();
        if let Err(error) = syn::parse_file(&code) {
            panic!("{error} in the code of {text}");
        }
    }
});
