use std::sync::Arc;

use super::{Outbox, State, World};
use crate::fixtures::{self, AT_HAND, Fixtures, FixturesError, Layer, Seed};

/// The name that what a world has goes by in reports about what was laid over it.
const AS_IT_IS: &str = "the world as it is";

/// How often what is put into a world is read while calls may change it. After that they wait for one reading.
const MOST_TRIES: usize = 3;

/// Rows to be put into a world.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    fixtures: &'a Fixtures,
    are_checked: bool,
}

impl<'a> Rows<'a> {
    fn of(fixtures: &'a Fixtures) -> Self {
        Self {
            fixtures,
            are_checked: false,
        }
    }

    /// Rows that follow every rule of the format, as those of every request do that reached its handler.
    pub(crate) fn checked(fixtures: &'a Fixtures) -> Self {
        Self {
            fixtures,
            are_checked: true,
        }
    }

    fn layer(self) -> Layer<'a> {
        Layer::rows(AT_HAND, self.fixtures).checked(self.are_checked)
    }
}

/// The state in the format of the fixtures: out of a world and into one.
impl World {
    /// What the world is now, in the format of the fixtures; secrets are left out, their digests are there. A world
    /// that begins with it goes on with the ids this one would. The outbox is no part of it.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// let people = server.world().export().clerk.unwrap().users.unwrap();
    /// assert!(!people.is_empty());
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn export(&self) -> Fixtures {
        fixtures::of(&self.state())
    }

    /// Makes the world what the fixtures say, or leaves it as it was. What the fixtures do not have, the world has
    /// no longer, and the outbox is emptied; a seed or a clock they do not name stays as it is. With `extends: true` they
    /// lie over the fixtures of the server.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use mock_server::fixtures::Fixtures;
    ///
    /// let server = mock_server::MockServer::start()?;
    /// server.world().import(&Fixtures::default())?;
    /// assert!(server.world().export().clerk.unwrap().users.unwrap_or_default().is_empty());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with the fixtures.
    pub fn import(&self, fixtures: &Fixtures) -> Result<(), FixturesError> {
        self.import_rows(Rows::of(fixtures))
    }

    /// The same, of rows that may have been checked.
    pub(crate) fn import_rows(&self, rows: Rows<'_>) -> Result<(), FixturesError> {
        self.put_in(
            |before| self.imported(before, rows),
            |now, before| now.ids.seed == before.ids.seed,
        )
    }

    /// The state that fixtures make of another.
    fn imported(
        &self,
        before: &State,
        rows: Rows<'_>,
    ) -> Result<impl FnOnce(&mut State) + use<>, FixturesError> {
        let Rows { fixtures, .. } = rows;
        let layer = rows.layer();
        let seed = Seed {
            given: fixtures.seed,
            usual: before.ids.seed,
        };
        let read = self.inner.usual.read(&[layer], seed)?.state;
        let sets_clock = fixtures.clock.is_some();
        Ok(move |state: &mut State| {
            let clock = if sets_clock { read.clock } else { state.clock };
            let outbox = Outbox::with_last(state.outbox.last());
            *state = State {
                clock,
                outbox,
                ..read
            };
        })
    }

    /// Adds rows to the world, or leaves it as it was. A row with the same identity replaces the one it finds; a seed or a
    /// clock that is not named stays as it is, and so does the outbox.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use mock_server::fixtures::{ClerkFixtures, ClerkUserFixture, Fixtures};
    ///
    /// let server = mock_server::MockServer::start()?;
    /// let zed = ClerkUserFixture { id: Some("user_zed".to_owned()), ..ClerkUserFixture::default() };
    /// let clerk = ClerkFixtures { users: Some(vec![zed]), ..ClerkFixtures::default() };
    /// server.world().merge(&Fixtures { clerk: Some(clerk), ..Fixtures::default() })?;
    /// let users = server.world().export().clerk.unwrap().users.unwrap();
    /// assert!(users.len() > 1 && users.iter().any(|user| user.id.as_deref() == Some("user_zed")));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with the rows, by themselves or beside what there is.
    pub fn merge(&self, fixtures: &Fixtures) -> Result<(), FixturesError> {
        self.merge_rows(Rows::of(fixtures))
    }

    /// The same, of rows that may have been checked.
    pub(crate) fn merge_rows(&self, rows: Rows<'_>) -> Result<(), FixturesError> {
        let put = |before: &State| {
            let after = merged(before, rows)?;
            Ok(move |state: &mut State| *state = after)
        };
        self.put_in(put, Arc::ptr_eq)
    }

    /// Changes the state as reading it once tells. Reading can take long, and calls need not wait for it, so it comes to
    /// nothing where the state is another by then; after a few tries they wait.
    fn put_in<Change: FnOnce(&mut State)>(
        &self,
        read: impl Fn(&State) -> Result<Change, FixturesError>,
        is_same: impl Fn(&Arc<State>, &Arc<State>) -> bool,
    ) -> Result<(), FixturesError> {
        for _ in 0..MOST_TRIES {
            let before = self.state();
            let change = read(&before)?;
            let done: Result<(), ()> = self.epoch().change(|now, state| {
                if !is_same(now, &before) {
                    return Err(());
                }
                change(state);
                Ok(())
            });
            if done.is_ok() {
                return Ok(());
            }
        }
        self.epoch().change(|now, state| {
            let change = read(now)?;
            change(state);
            Ok(())
        })
    }
}

/// A state with rows added to it. The APIs that they say nothing of stay as they are, unread.
fn merged(state: &State, rows: Rows<'_>) -> Result<State, FixturesError> {
    let Rows { fixtures, .. } = rows;
    let below = || Layer::own_rows(AS_IT_IS, fixtures::of_apis_in(state, fixtures));
    let added = [rows.layer().extending(true)];
    let seed = Seed {
        given: fixtures.seed,
        usual: state.ids.seed,
    };
    let mut merged = fixtures::read_layers(&added, below, seed)?.state;
    // No id is handed out twice.
    merged.ids.drawn = merged.ids.drawn.max(state.ids.drawn);
    merged.outbox = state.outbox.clone();
    if fixtures.clerk.is_none() {
        merged.clerk = state.clerk.clone();
    }
    if fixtures.enhance.is_none() {
        merged.enhance = state.enhance.clone();
    }
    if fixtures.logto.is_none() {
        merged.logto = state.logto.clone();
    }
    if fixtures.whylabs.is_none() {
        merged.whylabs = state.whylabs.clone();
    }
    Ok(merged)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::config::Config;
    use crate::world::{Clock, WorldName, Worlds};

    fn world() -> World {
        let worlds = Worlds::new(fixtures::read(&[], None).unwrap(), &Config::default());
        worlds.get_or_begin(&WorldName::default()).unwrap()
    }

    fn rows(value: serde_json::Value) -> Fixtures {
        serde_json::from_value(value).unwrap()
    }

    fn user(id: &str, name: &str) -> Fixtures {
        rows(json!({ "clerk": { "users": [{ "id": id, "first_name": name }] } }))
    }

    fn names(world: &World) -> Vec<String> {
        let users = world.export().clerk.unwrap().users.unwrap();
        users
            .into_iter()
            .filter_map(|user| user.first_name.into_option().flatten())
            .collect()
    }

    #[test]
    fn merging_adds_rows_and_replaces_those_of_the_same_identity() {
        let world = world();
        let before = names(&world);
        world.merge(&user("user_zed", "Zed")).unwrap();
        world.merge(&user("user_zed", "Zoe")).unwrap();
        let after = names(&world);
        assert_eq!(after.len(), before.len() + 1);
        assert!(after.contains(&"Zoe".to_owned()) && !after.contains(&"Zed".to_owned()));
    }

    #[test]
    fn what_is_wrong_with_one_row_leaves_the_world_as_it_was() {
        let world = world();
        let before = world.export();
        let dangling = json!({ "logto": { "users": [{ "id": "zed000000001" }],
            "memberships": [{ "organization": "nowhere", "user": "zed000000001" }] } });
        let error = world.merge(&rows(dangling.clone())).unwrap_err();
        assert!(
            error.to_string().contains("there is no organization `nowhere`"),
            "{error}"
        );
        world.import(&rows(dangling)).unwrap_err();
        assert_eq!(world.export(), before);
    }

    #[test]
    fn a_seed_and_a_clock_that_are_not_named_stay() {
        let world = world();
        let at = "2026-01-01T00:00:00Z".parse().unwrap();
        world
            .import(&rows(json!({ "seed": 7, "extends": true })))
            .unwrap();
        world.freeze_clock(at);
        world.import(&user("user_zed", "Zed")).unwrap();
        assert_eq!((world.clock(), world.state().ids.seed), (Clock::Frozen { at }, 7));
        assert_eq!(names(&world), ["Zed"]);
        world.merge(&user("user_zoe", "Zoe")).unwrap();
        assert_eq!((world.clock(), world.state().ids.seed), (Clock::Frozen { at }, 7));
        world
            .merge(&rows(json!({ "seed": 8, "clock": { "offset": "PT0S" } })))
            .unwrap();
        assert_eq!((world.clock(), world.state().ids.seed), (Clock::default(), 8));
    }

    #[test]
    fn a_change_made_meanwhile_is_not_lost() {
        let world = world();
        let before = world.now();
        let zed = user("user_zed", "Zed");
        let is_changed = std::cell::Cell::new(false);
        let put = |state: &State| {
            let after = merged(state, Rows::of(&zed))?;
            if !is_changed.replace(true) {
                world.advance_clock(jiff::SignedDuration::from_hours(1));
            }
            Ok(move |state: &mut State| *state = after)
        };
        world.put_in(put, Arc::ptr_eq).unwrap();
        assert!(names(&world).contains(&"Zed".to_owned()));
        assert!(world.now() >= before + jiff::SignedDuration::from_hours(1));
    }

    #[test]
    fn a_seed_that_is_set_while_fixtures_are_read_stays() {
        let world = world();
        let zed = user("user_zed", "Zed");
        let is_set = std::cell::Cell::new(false);
        let put = |state: &State| {
            let imported = world.imported(state, Rows::of(&zed))?;
            if !is_set.replace(true) {
                world.merge(&rows(json!({ "seed": 8 }))).unwrap();
            }
            Ok(imported)
        };
        world
            .put_in(put, |now, before| now.ids.seed == before.ids.seed)
            .unwrap();
        assert_eq!(
            (world.state().ids.seed, names(&world)),
            (8, vec!["Zed".to_owned()])
        );
    }

    #[test]
    fn changes_wait_for_the_last_try_so_that_it_comes_to_something() {
        let world = world();
        let tries = std::cell::Cell::new(0);
        let put = |state: &State| {
            tries.set(tries.get() + 1);
            // What waits for the last try cannot be waited for within it.
            if tries.get() <= MOST_TRIES {
                world.advance_clock(jiff::SignedDuration::from_hours(1));
            }
            let after = merged(state, Rows::of(&user("user_zed", "Zed")))?;
            Ok(move |state: &mut State| *state = after)
        };
        world.put_in(put, Arc::ptr_eq).unwrap();
        assert_eq!(tries.get(), MOST_TRIES + 1);
        assert!(names(&world).contains(&"Zed".to_owned()));
    }
}
