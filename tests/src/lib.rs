//! What the contract tests are made of.
//!
//! They know a server by its address alone. What its answers have to be is read from the text of `specs/*.yaml` by
//! [`spec`], without the generator and the validation that the server itself is built from, and judged by the
//! `jsonschema` crate. [`wire`] is a client that can also send what no well-behaved client would. A [`row`] is one
//! request and what may come of it; a [`scenario`] is a story of several that shows a rule of a vendor's; [`outside`]
//! lists the answers that no document has and that may be given all the same.
//!
//! Each test starts a server of its own ([`server`]), so all of them run side by side. With `CONTRACT_BASE_URL` set
//! they call the server there instead, and those that need ours are reported as ignored.

pub mod breakage;
mod call;
pub mod credentials;
pub mod outside;
pub mod process;
pub mod repository;
pub mod row;
pub mod scenario;
pub mod server;
pub mod spec;
pub mod wire;
