use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::{Clock, State, WorldName};
use crate::fixtures::{self, Fixtures, FixturesError, Given, Layer, Read, Seed};

/// The name that the server's own fixtures go by in reports about what was laid over them.
const SERVERS_OWN: &str = "the server's fixtures";

/// What the worlds of a server begin with, unless they are made with something of their own.
pub(crate) struct Usual {
    pub(crate) state: Arc<State>,
    /// The rows as they were written, for worlds that add to them or have another seed.
    rows: Fixtures,
}

/// A world that is to be made. What it does not say is as in every world of the server.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewWorld {
    /// One that nobody has is found where this is left out.
    pub(crate) name: Option<WorldName>,
    /// What it starts from, instead of the server's own fixtures or laid over them.
    pub(crate) fixtures: Vec<Given>,
    /// It goes before a seed in the fixtures.
    pub(crate) seed: Option<u64>,
    /// It goes before a clock in the fixtures.
    pub(crate) clock: Option<Clock>,
}

/// Without the rows, for secrets can be in them.
impl fmt::Debug for Usual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Usual")
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

impl Usual {
    pub(crate) fn new(read: Read) -> Self {
        Self {
            state: Arc::new(read.state),
            rows: read.fixtures,
        }
    }

    /// What a new world begins with.
    pub(crate) fn state_for(&self, new: &NewWorld) -> Result<Arc<State>, FixturesError> {
        let usual = self.state.ids.seed;
        let is_as_usual = new.fixtures.is_empty() && new.seed.is_none_or(|seed| seed == usual);
        if is_as_usual && new.clock.is_none() {
            return Ok(Arc::clone(&self.state));
        }
        let mut state = State::clone(&self.state);
        if !is_as_usual {
            let layers: Vec<_> = new.fixtures.iter().map(Layer::from).collect();
            let seed = Seed {
                given: new.seed,
                usual,
            };
            let read = self.read(&layers, seed)?;
            let clock = read.fixtures.clock.as_ref().map(|_| read.state.clock);
            state = State {
                clock: clock.unwrap_or(state.clock),
                ..read.state
            };
        }
        state.clock = new.clock.map_or(state.clock, Clock::bounded);
        Ok(Arc::new(state))
    }

    /// Reads layers that lie over the server's own rows, unless the first of them starts anew. Of a clock or a seed of
    /// the server nothing is read.
    pub(super) fn read<'a>(
        &self,
        layers: &'a [Layer<'_>],
        seed: Seed,
    ) -> Result<Read<Cow<'a, Fixtures>>, FixturesError> {
        let below = || {
            let rows = Fixtures {
                seed: None,
                clock: None,
                ..self.rows.clone()
            };
            Layer::own_rows(SERVERS_OWN, rows).extending(false)
        };
        fixtures::read_layers(layers, below, seed)
    }
}
