//! Serving an API: from a request to the generated handler's answer, in a fixed order.
//!
//! route → authenticate → path parameters → admit → query, headers, cookies → body → handler. A rejection at any
//! step goes through the server's own `reject`, so that every answer has the API's shape.

mod call;
mod input;
mod outcome;
mod pipeline;
mod routes;

pub use call::Call;
pub use input::{FromInput, Input};
pub use outcome::Outcome;
pub use pipeline::{Api, Failed, IntoAnswer, Refusal, not_implemented, router, run, status};
pub use routes::{Match, Routes};
