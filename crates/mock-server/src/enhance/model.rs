//! What Enhance keeps.

/// Everything of Enhance's in a world.
#[derive(Clone, Debug, Default)]
pub(crate) struct Enhance {}
