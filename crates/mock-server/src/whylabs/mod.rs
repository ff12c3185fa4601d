//! WhyLabs' organization memberships.

mod access;
mod error;
mod handlers;

use std::sync::Arc;

use membership_apis::whylabs::{BASE_PATH, OPERATIONS, SCHEMAS, router};

use crate::served::Served;

pub(crate) static SERVED: Served = Served {
    name: "whylabs",
    title: "WhyLabs",
    base_path: BASE_PATH,
    roots: &["/v0"],
    opaque_ids: true,
    credential: "X-API-Key: RollcallK1.RollcallMockServerAnyKeyOfThisFormxxxxxxxxxxxxxxxxxxx",
    operations: OPERATIONS,
    schemas: &SCHEMAS,
    trailing_slash: access::WIRE.trailing_slash,
    router: |_| router(Arc::new(WhyLabs)),
};

/// The implementation of the generated trait.
#[derive(Debug)]
struct WhyLabs;
