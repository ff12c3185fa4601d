//! Clerk's organization memberships, served under its Backend API's paths.

mod access;
mod body;
mod error;
mod event;
mod fixtures;
mod handlers;
mod id;
mod members;
mod metadata;
mod model;
mod sorting;
mod store;
mod trace;

use std::sync::Arc;

use axum::middleware;
pub(crate) use event::Happened;
pub use event::Webhook;
pub(crate) use fixtures::{IDENTITIES, fixtures_of, read_fixtures};
use membership_apis::clerk::{BASE_PATH, OPERATIONS, SCHEMAS, router};
pub(crate) use model::Clerk;

use crate::fixtures::{Fixtures, built_in_secret};
use crate::served::Served;

pub(crate) static SERVED: Served = Served {
    name: "clerk",
    title: "Clerk",
    base_path: BASE_PATH,
    roots: &[BASE_PATH],
    opaque_ids: true,
    credential,
    besides: &[],
    operations: OPERATIONS,
    schemas: &SCHEMAS,
    document: include_str!("../../../../specs/clerk.yaml"),
    wire: access::WIRE,
    router: |_| router(Arc::new(ClerkServer)).layer(middleware::from_fn(trace::stamp)),
};

/// The implementation of the generated trait. What it serves is in the world a request is for.
#[derive(Debug)]
struct ClerkServer;

/// A header with the first key that everybody knows, since it is built in.
fn credential(fixtures: &Fixtures) -> Option<String> {
    let keys = fixtures.clerk.as_ref()?.secret_keys.iter().flatten();
    let secret = built_in_secret(keys.filter_map(|key| key.secret.as_ref()))?;
    Some(format!("Authorization: Bearer {secret}"))
}
