//! WhyLabs' organization memberships.

mod access;
mod error;
mod fixtures;
mod handlers;
mod model;

use std::sync::Arc;

pub(crate) use fixtures::{IDENTITIES, fixtures_of, read_fixtures};
use membership_apis::whylabs::{BASE_PATH, OPERATIONS, SCHEMAS, router};
pub(crate) use model::Whylabs;

use crate::served::Served;

/// Any credential of this form passes.
const CREDENTIAL: &str = "X-API-Key: RollcallK1.RollcallMockServerAnyKeyOfThisFormxxxxxxxxxxxxxxxxxxx";

pub(crate) static SERVED: Served = Served {
    name: "whylabs",
    title: "WhyLabs",
    base_path: BASE_PATH,
    roots: &["/v0"],
    opaque_ids: true,
    credential: |_| Some(CREDENTIAL.to_owned()),
    operations: OPERATIONS,
    schemas: &SCHEMAS,
    trailing_slash: access::WIRE.trailing_slash,
    router: |_| router(Arc::new(WhylabsServer)),
};

/// The implementation of the generated trait.
#[derive(Debug)]
struct WhylabsServer;
