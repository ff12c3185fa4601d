//! The organizations part of Logto's Management API.

mod access;
mod error;
mod fixtures;
mod handlers;
mod issue;
mod model;

use std::sync::Arc;

pub(crate) use fixtures::{IDENTITIES, fixtures_of, read_fixtures};
use membership_apis::logto::{BASE_PATH, OPERATIONS, SCHEMAS, router};
pub(crate) use model::Logto;

use crate::config::Anonymous;
use crate::served::Served;

/// Any credential of this form passes.
const CREDENTIAL: &str = "Authorization: Bearer mock-token";

pub(crate) static SERVED: Served = Served {
    name: "logto",
    title: "Logto",
    base_path: BASE_PATH,
    roots: &["/api/organizations"],
    opaque_ids: false,
    credential: |_| Some(CREDENTIAL.to_owned()),
    operations: OPERATIONS,
    schemas: &SCHEMAS,
    trailing_slash: access::WIRE.trailing_slash,
    router: |config| {
        router(Arc::new(LogtoServer {
            anonymous: config.anonymous.contains(&Anonymous::Logto),
        }))
    },
};

/// The implementation of the generated trait.
#[derive(Debug)]
struct LogtoServer {
    /// Whether calls without an `Authorization` header pass.
    anonymous: bool,
}
