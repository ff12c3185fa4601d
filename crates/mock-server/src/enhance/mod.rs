//! Enhance's members and invites.

mod access;
mod error;
mod fixtures;
mod handlers;
mod model;

use std::sync::Arc;

pub(crate) use fixtures::{IDENTITIES, fixtures_of, read_fixtures};
use membership_apis::enhance::{BASE_PATH, OPERATIONS, SCHEMAS, router};
pub(crate) use model::Enhance;

use crate::served::Served;

/// Any credential of this form passes.
const CREDENTIAL: &str = "Authorization: Bearer mock-token   or   Cookie: id0=mock-session";

pub(crate) static SERVED: Served = Served {
    name: "enhance",
    title: "Enhance",
    base_path: BASE_PATH,
    roots: &["/orgs", "/invites"],
    opaque_ids: true,
    credential: |_| Some(CREDENTIAL.to_owned()),
    operations: OPERATIONS,
    schemas: &SCHEMAS,
    trailing_slash: access::WIRE.trailing_slash,
    router: |_| router(Arc::new(EnhanceServer)),
};

/// The implementation of the generated trait.
#[derive(Debug)]
struct EnhanceServer;
