//! WhyLabs' organization memberships.

mod access;
mod error;
mod handlers;

use std::sync::Arc;

use membership_apis::whylabs::{BASE_PATH, OPERATIONS, SCHEMAS, router};

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
    router: |_| router(Arc::new(WhyLabs)),
};

/// The implementation of the generated trait.
#[derive(Debug)]
struct WhyLabs;
