//! Enhance's members and invites.

mod access;
mod error;
mod handlers;

use std::sync::Arc;

use membership_apis::enhance::{BASE_PATH, OPERATIONS, SCHEMAS, router};

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
    router: |_| router(Arc::new(Enhance)),
};

/// The implementation of the generated trait.
#[derive(Debug)]
struct Enhance;
