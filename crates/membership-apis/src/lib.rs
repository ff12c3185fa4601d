//! Four membership APIs, and what steers the mock of them, in Rust, generated from their specifications at build time.
//!
//! Each module has `models`, `operations`, a handler trait, a router, the operation table and the schema table of one
//! API. The specifications stand in `specs/` at the root of the repository; nothing here is written by hand.

/// Clerk's organization memberships.
#[cfg(feature = "clerk")]
pub mod clerk {
    include!(concat!(env!("OUT_DIR"), "/clerk.rs"));
}

/// The mock server's own format of fixtures.
#[cfg(feature = "control")]
pub mod control {
    include!(concat!(env!("OUT_DIR"), "/control.rs"));
}

/// Enhance's members and invites.
#[cfg(feature = "enhance")]
pub mod enhance {
    include!(concat!(env!("OUT_DIR"), "/enhance.rs"));
}

/// Logto's organizations.
#[cfg(feature = "logto")]
pub mod logto {
    include!(concat!(env!("OUT_DIR"), "/logto.rs"));
}

/// `WhyLabs`' membership.
#[cfg(feature = "whylabs")]
pub mod whylabs {
    include!(concat!(env!("OUT_DIR"), "/whylabs.rs"));
}
