//! A mock of four membership APIs: Clerk, Logto, WhyLabs and Enhance, on one port.
//!
//! The binary is a thin shell around this library. In a test, [`MockServer`] is the same server on a free port:
//!
//! ```
//! let server = mock_server::MockServer::start()?;
//! let memberships = format!("{}/organizations/org_1/memberships", server.clerk_url());
//! assert!(memberships.starts_with("http://127.0.0.1:"));
//! # Ok::<(), mock_server::StartError>(())
//! ```
//!
//! A request's way: the accept loop (`listen`) → the rewrite that finds the API (`app`, `address`) → forced answers
//! (`layers`) → the API's generated router, whose hooks are each API's `access` and `error` → `handlers`.

mod address;
mod app;
mod clerk;
mod config;
mod embedded;
mod enhance;
pub mod fixtures;
mod guide;
mod layers;
mod listen;
mod logto;
mod problem;
mod random;
mod served;
mod server;
mod visit;
mod whylabs;
pub mod world;

pub use clerk::Webhook as ClerkWebhook;
pub use config::{Anonymous, Command, Config, Flags, Limits};
pub use embedded::{Builder, MockServer};
pub use jiff;
pub use membership_apis;
pub use server::{Server, StartError};
pub use world::World;
