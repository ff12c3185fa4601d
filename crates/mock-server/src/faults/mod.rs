//! What goes wrong in a world on purpose.

/// The faults of a world.
#[derive(Debug, Default)]
pub(crate) struct Faults {}

impl Faults {
    pub(crate) fn clear(&self) {}
}
