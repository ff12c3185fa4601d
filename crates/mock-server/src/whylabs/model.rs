//! What WhyLabs keeps.

/// Everything of WhyLabs' in a world.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whylabs {}
