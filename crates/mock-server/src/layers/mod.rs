//! What is wrapped around the APIs.

pub(crate) mod cors;
pub(crate) mod faults;
pub(crate) mod forced;
pub(crate) mod host;
pub(crate) mod lateness;
pub(crate) mod log;
pub(crate) mod panics;
mod prefer;
pub(crate) mod recording;
pub(crate) mod sizes;
mod slow_body;
mod truncated_body;
