//! What Logto keeps.

/// Everything of Logto's in a world.
#[derive(Clone, Debug, Default)]
pub(crate) struct Logto {}
