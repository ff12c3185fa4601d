use rand_chacha::ChaCha8Rng;

use crate::random::{Purpose, stream};

/// Where new entities have their ids from. It is part of the state: a change that is refused draws nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Ids {
    pub(crate) seed: u64,
    pub(crate) drawn: u64,
}

impl Ids {
    /// The randomness of the next id.
    pub(crate) fn draw(&mut self) -> ChaCha8Rng {
        let rng = stream(self.seed, Purpose::Id, self.drawn);
        self.drawn = self.drawn.wrapping_add(1);
        rng
    }
}
