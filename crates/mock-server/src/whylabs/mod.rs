//! WhyLabs' organization memberships.

mod access;
mod body;
mod error;
mod event;
mod fixtures;
mod handlers;
mod id;
mod model;
mod request_id;
mod store;

use std::sync::Arc;

use axum::middleware;
pub use event::Notification;
pub(crate) use fixtures::{IDENTITIES, fixtures_of, read_fixtures};
use membership_apis::whylabs::{BASE_PATH, OPERATIONS, SCHEMAS, router};
pub(crate) use model::Whylabs;

use crate::fixtures::{Fixtures, built_in_secret};
use crate::served::Served;

pub(crate) static SERVED: Served = Served {
    name: "whylabs",
    title: "WhyLabs",
    base_path: BASE_PATH,
    roots: &["/v0"],
    opaque_ids: true,
    credential,
    besides: &[],
    operations: OPERATIONS,
    schemas: &SCHEMAS,
    document: include_str!("../../../../specs/whylabs.yaml"),
    wire: access::WIRE,
    router: |_| router(Arc::new(WhylabsServer)).layer(middleware::from_fn(request_id::stamp)),
};

/// The implementation of the generated trait. What it serves is in the world a request is for.
#[derive(Debug)]
struct WhylabsServer;

/// A header with the first key that everybody knows, since it is built in.
fn credential(fixtures: &Fixtures) -> Option<String> {
    let keys = fixtures.whylabs.as_ref()?.api_keys.iter().flatten();
    let secret = built_in_secret(keys.filter_map(|key| key.secret.as_ref()))?;
    Some(format!("X-API-Key: {secret}"))
}
