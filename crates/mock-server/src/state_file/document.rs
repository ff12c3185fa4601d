use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::fixtures::{self, Fixtures, Layer, Seed};
use crate::world::{Outbox, Restored, State, Usual, WorldName, Worlds};

/// The version that is written, and the only one there has been.
const VERSION: u64 = 1;

/// The name that the file's rows go by in reports.
const IN_THE_FILE: &str = "the state file";

/// What the file has, made of typed rows to be written and of any to be read.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document<R> {
    version: u64,
    /// The number in the last name that was made up for a world; not in files of servers that did not keep it.
    #[serde(default)]
    last_number: u64,
    /// What those worlds began with that do not say.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    usual: Option<R>,
    worlds: Vec<Kept<R>>,
}

/// A world.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Kept<R> {
    name: String,
    /// How many requests it had.
    requests: u64,
    /// How many events it had.
    events: u64,
    /// What it began with, where that is not what is usual.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    origin: Option<R>,
    /// What it is now, where that is not what it began with.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    state: Option<R>,
}

/// Why a document cannot be used.
#[derive(Debug)]
pub(super) struct Unusable(pub(super) String);

impl Document<Fixtures> {
    /// All worlds as they are.
    pub(super) fn of(worlds: &Worlds) -> Self {
        let usual = worlds.usual();
        let kept: Vec<_> = worlds
            .list()
            .iter()
            .map(|world| Kept::of(&world.restorable(), usual))
            .collect();
        let is_needed = kept.iter().any(|world| world.origin.is_none());
        Self {
            version: VERSION,
            // After the worlds, one of which may just have been made.
            last_number: worlds.last_number(),
            usual: is_needed.then(|| fixtures::of(&usual.state)),
            worlds: kept,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.worlds.len()
    }
}

impl Kept<Fixtures> {
    fn of(world: &Restored, usual: &Usual) -> Self {
        let unless_same =
            |state: &Arc<State>, other| (!Arc::ptr_eq(state, other)).then(|| fixtures::of(state));
        Self {
            name: world.name.to_string(),
            requests: world.requests,
            events: world.state.outbox.last(),
            origin: unless_same(&world.origin, &usual.state),
            state: unless_same(&world.state, &world.origin),
        }
    }
}

/// The worlds a file has, and the number in the last name that was made up for one.
pub(super) fn worlds_in(text: &[u8], usual: &Usual) -> Result<(Vec<Restored>, u64), Unusable> {
    // Rows are typed at once, for there can be very many. What is wrong with a file is told from its values.
    let typed = serde_json::from_slice::<Document<Fixtures>>(text);
    if let Ok(document) = typed
        && document.version == VERSION
        && let Ok(worlds) = document.worlds(usual)
    {
        return Ok(worlds);
    }
    Document::parse(text)?.worlds(usual)
}

/// Rows of a world, as they are read.
pub(super) trait KeptRows {
    /// Whether they are what a state is.
    fn are_of(&self, state: &State) -> bool;

    fn layer(self) -> Layer<'static>;
}

impl KeptRows for Fixtures {
    fn are_of(&self, state: &State) -> bool {
        *self == fixtures::of(state)
    }

    fn layer(self) -> Layer<'static> {
        Layer::own_rows(IN_THE_FILE, self)
    }
}

impl KeptRows for Value {
    fn are_of(&self, state: &State) -> bool {
        serde_json::to_value(fixtures::of(state)).is_ok_and(|rows| *self == rows)
    }

    fn layer(self) -> Layer<'static> {
        Layer::Value {
            name: IN_THE_FILE,
            value: self,
        }
    }
}

impl Document<Value> {
    fn parse(text: &[u8]) -> Result<Self, Unusable> {
        let damaged = |error: serde_json::Error| Unusable(format!("it is damaged: {error}"));
        let value: Value = serde_json::from_slice(text).map_err(damaged)?;
        match value.get("version").and_then(Value::as_u64) {
            Some(VERSION) => serde_json::from_value(value).map_err(damaged),
            Some(newer) if newer > VERSION => Err(Unusable(format!(
                "a newer server wrote it: it has version {newer}, and this server knows {VERSION}"
            ))),
            _ => Err(Unusable(
                "it is damaged, or no state file: it has no version".to_owned(),
            )),
        }
    }
}

impl<R: KeptRows> Document<R> {
    /// The worlds it has, and the last number. What is as usual in it is shared with the server where that has the same.
    fn worlds(self, usual: &Usual) -> Result<(Vec<Restored>, u64), Unusable> {
        let known = self.usual.map(|rows| match rows.are_of(&usual.state) {
            true => Ok(Arc::clone(&usual.state)),
            false => state(rows, "what its worlds began with"),
        });
        let known = known.transpose()?;
        let worlds = self.worlds.into_iter().map(|kept| kept.restored(known.as_ref()));
        Ok((worlds.collect::<Result<_, _>>()?, self.last_number))
    }
}

impl<R: KeptRows> Kept<R> {
    fn restored(self, usual: Option<&Arc<State>>) -> Result<Restored, Unusable> {
        let name = WorldName::parse(&self.name)
            .map_err(|bad| Unusable(format!("a world in it has the name {:?}: {bad}", self.name)))?;
        let origin = match (self.origin, usual) {
            (Some(rows), _) => state(rows, &format!("what the world {name} began with"))?,
            (None, Some(usual)) => Arc::clone(usual),
            (None, None) => {
                return Err(Unusable(format!(
                    "it is damaged: it does not say what the world {name} began with"
                )));
            }
        };
        let is = match self.state {
            Some(rows) => state(rows, &format!("the world {name}"))?,
            None => Arc::clone(&origin),
        };
        Ok(Restored {
            state: with_events(is, self.events),
            name,
            origin,
            requests: self.requests,
        })
    }
}

/// A state whose events are gone and whose next one has the number it would have had.
fn with_events(state: Arc<State>, events: u64) -> Arc<State> {
    if events == state.outbox.last() {
        return state;
    }
    let mut state = State::clone(&state);
    state.outbox = Outbox::with_last(events);
    Arc::new(state)
}

fn state(rows: impl KeptRows, what: &str) -> Result<Arc<State>, Unusable> {
    let layers = [rows.layer().extending(false)];
    let nothing = || Layer::own_rows(IN_THE_FILE, Fixtures::default()).extending(false);
    match fixtures::read_layers(&layers, nothing, Seed::default()) {
        Ok(read) => Ok(Arc::new(read.state)),
        Err(error) => Err(Unusable(format!("{what}: {error}"))),
    }
}
