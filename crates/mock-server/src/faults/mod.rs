//! What goes wrong in a world on purpose.

/// The faults of a world.
#[derive(Debug, Default)]
pub(crate) struct Faults {}

impl Faults {
    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        0
    }

    pub(crate) fn clear(&self) {}
}
