//! From names to what they name: references, and the base path the servers give.

mod base_path;
mod reference;

pub(crate) use base_path::{base_path, expand_variables};
pub(crate) use reference::Resolver;
