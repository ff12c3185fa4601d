//! Serving an API: from a request to the generated handler's answer, in a fixed order.
//!
//! route → authenticate → path parameters → admit → query, headers, cookies → body → handler. A rejection at any
//! step goes through the server's own `reject`, so that every answer has the API's shape.
//!
//! Of the documented media types of a body, the one that `Content-Type` names counts before a range such as `text/*`,
//! and that before `*/*`. Where several are named alike, their parameters decide (`application/json; v=2`): one that
//! gives a parameter another value than the request comes last, then the one counts that has the most parameters of the
//! request and the fewest others, then the first.

mod audit;
mod call;
mod input;
mod outcome;
mod pipeline;
mod routes;
mod written;

pub use audit::{Asked, Deviation, Fault, audit, misrouted};
pub use call::Call;
pub use input::{FromInput, Input};
pub use outcome::{Outcome, Refused, Step};
pub use pipeline::{Api, Failed, IntoAnswer, Refusal, router, run};
pub use routes::{Match, Routes};
pub use written::{empty, json, opaque, text, unwritten};
