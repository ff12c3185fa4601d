//! Enhance's members and invites.

mod access;
mod body;
mod error;
mod event;
mod fixtures;
mod handlers;
mod id;
mod landing;
mod members;
mod model;
mod password;
mod store;

use std::sync::Arc;

pub use event::Mail;
pub(crate) use fixtures::{IDENTITIES, fixtures_of, read_fixtures};
use membership_apis::enhance::{BASE_PATH, OPERATIONS, SCHEMAS, router};
pub(crate) use model::Enhance;

use crate::fixtures::{Fixtures, built_in_secret};
use crate::served::Served;

pub(crate) static SERVED: Served = Served {
    name: "enhance",
    title: "Enhance",
    base_path: BASE_PATH,
    roots: &["/orgs", "/invites", landing::PATH],
    opaque_ids: true,
    credential,
    besides: &[landing::PATH],
    operations: OPERATIONS,
    schemas: &SCHEMAS,
    document: include_str!("../../../../specs/enhance.yaml"),
    wire: access::WIRE,
    router: |_| router(Arc::new(EnhanceServer)).merge(landing::routes()),
};

/// The implementation of the generated trait. What it serves is in the world a request is for.
#[derive(Debug)]
struct EnhanceServer;

/// A header with the first access token that everybody knows, since it is built in, and one with such a session.
fn credential(fixtures: &Fixtures) -> Option<String> {
    let enhance = fixtures.enhance.as_ref()?;
    let tokens = enhance.access_tokens.iter().flatten();
    let token = built_in_secret(tokens.filter_map(|token| token.secret.as_ref()))
        .map(|secret| format!("Authorization: Bearer {secret}"));
    let sessions = enhance.sessions.iter().flatten();
    let session = built_in_secret(sessions.filter_map(|session| session.secret.as_ref()))
        .map(|secret| format!("Cookie: id0={secret}"));
    let either: Vec<_> = token.into_iter().chain(session).collect();
    (!either.is_empty()).then(|| either.join("   or   "))
}
