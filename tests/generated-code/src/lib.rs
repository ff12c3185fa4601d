//! Every document of `tests/fixtures/accepted` as generated code, compiled under the lints of the workspace.
//!
//! That it compiles is the first test. The others are in `tests/every_fixture`: they serve each document over a
//! socket and hold what comes back against the document itself. Only tests use this crate.

mod faked;
mod fixture;

pub use faked::Faked;
pub use fixture::{Answering, Fixture, ModelEntry, ModelOf, answer};

use faked::serve;

include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
