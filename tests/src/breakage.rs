//! Values that are wrong in one way each, made from what a schema says.

mod body;
mod text;
mod value;

pub use body::{BrokenBody, broken_bodies};
pub use text::{Broken, broken_texts};
