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
//! Its [`World`] is at hand: the clock, what the vendors would have told anybody about, and everything there is.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use mock_server::{MockServer, jiff::SignedDuration};
//!
//! let server = MockServer::builder().seed(7).clock("2026-01-01T00:00:00Z".parse()?).start()?;
//! let world = server.world();
//! assert!(world.outbox().is_empty());
//!
//! world.advance_clock(SignedDuration::from_hours(1));
//! assert_eq!(world.now().to_string(), "2026-01-01T01:00:00Z");
//!
//! let fixtures = world.export();
//! world.import(&fixtures)?;
//! assert_eq!(world.export(), fixtures);
//! # Ok(())
//! # }
//! ```
//!
//! Tests that run side by side can have a world each of one server ([`MockServer::new_world`]).
//!
//! What a world starts from can be written in YAML, or made in Rust ([`fixtures`]):
//!
//! ```
//! use mock_server::{MockServer, fixtures::Given};
//!
//! let text = "{ extends: true, clerk: { users: [{ id: user_zed, first_name: Zed }] } }".to_owned();
//! let given = Given::Text { name: "zed".to_owned(), text };
//! let server = MockServer::builder().fixtures(given).start()?;
//! let users = server.world().export().clerk.unwrap().users.unwrap();
//! assert!(users.iter().any(|user| user.id.as_deref() == Some("user_zed")));
//! # Ok::<(), mock_server::StartError>(())
//! ```
//!
//! A request's way: the accept loop (`listen`) → the rewrite that finds the API (`app`, `address`) → forced answers and
//! faults (`layers`) → the API's generated router, whose hooks are each API's `access` and `error` → `handlers` → the API's
//! `store`, which knows no HTTP and changes a copy of the state that the [`World`] then keeps.

mod address;
mod app;
mod budget;
mod clerk;
pub mod commands;
mod config;
pub mod control;
mod coverage;
mod digest;
mod embedded;
mod enhance;
mod environment;
mod faults;
pub mod fixtures;
mod glob;
mod guide;
mod journal;
mod layers;
mod listen;
mod logto;
mod problem;
mod random;
mod request_pattern;
mod served;
mod server;
mod shelf;
mod state_file;
mod tally;
mod time_text;
mod violations;
mod visit;
mod whylabs;
pub mod world;

pub use api_support::serde_json;
pub use clerk::Webhook as ClerkWebhook;
pub use config::{Anonymous, Command, Config, Flags, Limits, LogFormat};
pub use control::{BadControlToken, ControlToken};
pub use embedded::{Builder, MockServer, WorldBuilder};
pub use enhance::Mail as EnhanceMail;
pub use environment::UnknownVariables;
pub use jiff;
pub use logto::Webhook as LogtoWebhook;
pub use membership_apis;
pub use server::{Server, StartError};
pub use state_file::StateFileError;
pub use whylabs::Notification as WhylabsNotification;
pub use world::World;
