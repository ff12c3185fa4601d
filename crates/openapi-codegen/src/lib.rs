//! Turns an OpenAPI document into Rust: models, typed operations, a handler trait and an axum router.
//!
//! ```text
//! text ──openapi_model::load──▶ Api ──lower──▶ what the code says ──emit──▶ tokens ──prettyplease──▶ Rust
//! ```
//!
//! In a build script:
//!
//! ```no_run
//! openapi_codegen::build(["specs/library.yaml"]);
//! ```
//!
//! and in the crate: `pub mod library { include!(concat!(env!("OUT_DIR"), "/library.rs")); }`. The crate needs
//! `api-support` as a dependency and nothing else.
//!
//! Start at [`Generator`] to do more than that. Nothing in a document can make this crate panic; what is wrong with one
//! is in the [`Report`], all of it at once.

mod build;
mod emit;
mod generator;
mod inventory;
mod ir;
mod layout;
mod lower;
mod naming;
#[cfg(feature = "cli")]
mod starter;

pub use build::{build, build_with};
pub use generator::{Generated, Generator, Outcome};
pub use inventory::{Inventory, InventoryBody, InventoryOperation, InventoryResponse};
pub use openapi_model::{RenderOptions, Report, Source};
#[cfg(feature = "cli")]
pub use starter::{Fate, Rollcall, Starter, StarterError, Written};

/// The names of everything that is emitted, in the order of the file; what [`Generated::emitted`] takes.
#[must_use]
pub fn emitters() -> Vec<&'static str> {
    emit::EMITTERS.iter().map(|(name, _)| *name).collect()
}

/// Every reason there is for skipping an operation.
#[must_use]
pub fn skip_reasons() -> Vec<&'static str> {
    lower::SkipReason::ALL
        .into_iter()
        .map(lower::SkipReason::sentence)
        .collect()
}

/// The code of every warning that the generator adds to those of the model.
#[must_use]
pub fn warning_codes() -> Vec<&'static str> {
    lower::Limit::CODES.to_vec()
}
