//! The organizations part of Logto's Management API, and the issue of tokens for it.

mod access;
mod body;
mod error;
mod event;
mod fixtures;
mod handlers;
mod id;
mod issue;
mod link;
mod model;
mod sorted;
mod store;
mod time;
mod token;

use std::sync::Arc;

use axum::routing;
pub(crate) use event::Happened;
pub use event::Webhook;
pub(crate) use fixtures::{IDENTITIES, fixtures_of, read_fixtures};
use membership_apis::logto::{BASE_PATH, OPERATIONS, SCHEMAS, router};
pub(crate) use model::Logto;

use crate::config::Anonymous;
use crate::fixtures::{Fixtures, built_in_secret};
use crate::served::Served;

pub(crate) static SERVED: Served = Served {
    name: "logto",
    title: "Logto",
    base_path: BASE_PATH,
    roots: &["/api/organizations", token::PATH],
    opaque_ids: false,
    credential,
    besides: &[token::PATH],
    operations: OPERATIONS,
    schemas: &SCHEMAS,
    document: include_str!("../../../../specs/logto.yaml"),
    wire: access::WIRE,
    router: |config| {
        let server = LogtoServer {
            anonymous: config.anonymous.contains(&Anonymous::Logto),
        };
        let slashed = format!("{}/", token::PATH);
        router(Arc::new(server))
            .route(token::PATH, routing::any(token::answer))
            .route(&slashed, routing::any(token::answer))
    },
};

/// The implementation of the generated trait. What it serves is in the world a request is for.
#[derive(Debug)]
struct LogtoServer {
    /// Whether calls without an `Authorization` header pass.
    anonymous: bool,
}

/// A header with the first token that everybody knows, since it is built in.
fn credential(fixtures: &Fixtures) -> Option<String> {
    let tokens = fixtures.logto.as_ref()?.access_tokens.iter().flatten();
    let secret = built_in_secret(tokens.filter_map(|token| token.secret.as_ref()))?;
    Some(format!("Authorization: Bearer {secret}"))
}
