//! Clerk's organization memberships, served under its Backend API's paths.

mod access;
mod error;
mod handlers;
mod trace;

use std::sync::Arc;

use axum::middleware;
use membership_apis::clerk::{BASE_PATH, OPERATIONS, SCHEMAS, router};

use crate::served::Served;

pub(crate) static SERVED: Served = Served {
    name: "clerk",
    title: "Clerk",
    base_path: BASE_PATH,
    roots: &[BASE_PATH],
    opaque_ids: true,
    credential: "Authorization: Bearer sk_test_rollcall",
    operations: OPERATIONS,
    schemas: &SCHEMAS,
    trailing_slash: access::WIRE.trailing_slash,
    router: |_| router(Arc::new(Clerk)).layer(middleware::from_fn(trace::stamp)),
};

/// The implementation of the generated trait.
#[derive(Debug)]
struct Clerk;
