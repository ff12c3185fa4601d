use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::{Epoch, NewWorld, Record, Restored, State, Usual, World, WorldName};
use crate::budget::Budget;
use crate::config::{Config, Limits};
use crate::faults::{self, Faults};
use crate::fixtures::{FixturesError, Read};
use crate::journal::{self, Journal};
use crate::shelf::Shelf;
use crate::tally::Tally;

/// The worlds of a server.
#[derive(Debug)]
pub(crate) struct Worlds {
    by_name: RwLock<BTreeMap<WorldName, World>>,
    /// The number in the last name that was made up. It never goes back: whoever still calls a world that is gone does not
    /// end up in somebody else's.
    last_number: AtomicU64,
    usual: Arc<Usual>,
    recording: bool,
    limits: Limits,
    totals: Arc<Tally>,
    /// What all of them may keep together.
    journals: Arc<Shelf<journal::Kept>>,
    faults: Arc<Budget>,
}

/// There are as many worlds as there may be.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "There are {most} worlds, as many as there may be. Delete one that is done with, or start the server with a higher --max-worlds."
)]
pub struct NoRoom {
    pub(crate) most: usize,
}

/// Why a world was not made.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotMade {
    /// There is one of its name.
    #[error("There is a world {0} already.")]
    Exists(WorldName),
    /// There are as many as there may be.
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    /// What it was to start from cannot be used.
    #[error(transparent)]
    Fixtures(#[from] FixturesError),
}

impl Worlds {
    pub(crate) fn new(read: Read, config: &Config) -> Self {
        Self {
            by_name: RwLock::default(),
            last_number: AtomicU64::new(0),
            usual: Arc::new(Usual::new(read)),
            recording: config.recording,
            limits: config.limits,
            totals: Arc::new(Tally::of_all(config.recording)),
            journals: Arc::new(Shelf::of(config.limits.all_journals_bytes)),
            faults: Arc::new(Budget::of(faults::MOST_BYTES_OF_ALL)),
        }
    }

    /// What they begin with, unless they are made with something of their own.
    pub(crate) fn usual(&self) -> &Arc<Usual> {
        &self.usual
    }

    /// How many there may be, `default` aside: requests that name no world must find theirs.
    pub(crate) fn most(&self) -> usize {
        self.limits.worlds
    }

    /// What was counted in all of them, those that are gone included.
    pub(crate) fn totals(&self) -> &Tally {
        &self.totals
    }

    /// The world of this name, if it has begun.
    pub(crate) fn get(&self, name: &WorldName) -> Option<World> {
        self.read().get(name).cloned()
    }

    /// The world of this name, which begins now if it has not yet.
    pub(crate) fn get_or_begin(&self, name: &WorldName) -> Result<World, NoRoom> {
        if let Some(world) = self.get(name) {
            return Ok(world);
        }
        let mut by_name = self.write();
        if let Some(world) = by_name.get(name) {
            return Ok(world.clone());
        }
        self.begin(&mut by_name, name.clone(), Arc::clone(&self.usual.state))
    }

    /// The world of requests that name none, which begins now if it has not yet. There is always room for it.
    pub(crate) fn default_world(&self) -> World {
        let name = WorldName::default();
        self.get(&name).unwrap_or_else(|| {
            let begin = |name: &WorldName| self.new_world(name.clone(), Arc::clone(&self.usual.state));
            self.write().entry(name).or_insert_with_key(begin).clone()
        })
    }

    /// Makes a world, which returns to what it began with when it is reset.
    pub(crate) fn make(&self, new: &NewWorld) -> Result<World, NotMade> {
        let state = self.usual.state_for(new)?;
        let mut by_name = self.write();
        let name = match &new.name {
            Some(name) if by_name.contains_key(name) => return Err(NotMade::Exists(name.clone())),
            Some(name) => name.clone(),
            None => {
                self.check_room(&by_name)?;
                self.new_name(&by_name)
            }
        };
        Ok(self.begin(&mut by_name, name, state)?)
    }

    /// The number in the last name that was made up.
    pub(crate) fn last_number(&self) -> u64 {
        self.last_number.load(Ordering::Relaxed)
    }

    /// Brings back the worlds of an earlier server, and the number in the last name it made up; all of them, or none where
    /// there is no room.
    pub(crate) fn restore(&self, worlds: Vec<Restored>, last_number: u64) -> Result<(), NoRoom> {
        let mut by_name = self.write();
        let default = WorldName::default();
        let others = worlds.iter().map(|world| &world.name).chain(by_name.keys());
        if others.filter(|name| **name != default).count() > self.most() {
            return Err(NoRoom { most: self.most() });
        }
        for restored in worlds {
            let world = self.new_world(restored.name.clone(), Arc::clone(&restored.origin));
            world.bring_back(&restored);
            by_name.insert(restored.name, world);
        }
        self.last_number.fetch_max(last_number, Ordering::Relaxed);
        Ok(())
    }

    /// Forgets a world; `false` where there is none of this name. Requests that are being answered in it fare as in a
    /// reset.
    pub(crate) fn remove(&self, name: &WorldName) -> bool {
        let removed = self.write().remove(name);
        if let Some(world) = &removed {
            world.reset();
        }
        removed.is_some()
    }

    /// All of them, by name.
    pub(crate) fn list(&self) -> Vec<World> {
        self.read().values().cloned().collect()
    }

    fn begin(
        &self,
        by_name: &mut BTreeMap<WorldName, World>,
        name: WorldName,
        state: Arc<State>,
    ) -> Result<World, NoRoom> {
        if name != WorldName::default() {
            self.check_room(by_name)?;
        }
        let world = self.new_world(name.clone(), state);
        by_name.insert(name, world.clone());
        Ok(world)
    }

    fn check_room(&self, by_name: &BTreeMap<WorldName, World>) -> Result<(), NoRoom> {
        let others = by_name.len() - usize::from(by_name.contains_key(&WorldName::default()));
        match others < self.most() {
            true => Ok(()),
            false => Err(NoRoom { most: self.most() }),
        }
    }

    /// A name that was not made up before, and that nobody has chosen for a world there is.
    fn new_name(&self, by_name: &BTreeMap<WorldName, World>) -> WorldName {
        loop {
            let number = self.last_number.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
            let name = WorldName::numbered(number);
            if !by_name.contains_key(&name) {
                return name;
            }
        }
    }

    fn new_world(&self, name: WorldName, origin: Arc<State>) -> World {
        let journal = Journal::new(&self.limits, self.recording, &self.journals);
        let faults = Faults::within(&self.faults);
        let record = Record::new(name.clone(), journal, Arc::clone(&self.totals));
        let epoch = Epoch::new(Arc::clone(&origin), faults, record);
        World::new(name, origin, epoch, Arc::clone(&self.usual))
    }

    /// No change of the map can panic half-way, so a poisoned one is as good as any.
    fn read(&self) -> RwLockReadGuard<'_, BTreeMap<WorldName, World>> {
        self.by_name.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, BTreeMap<WorldName, World>> {
        self.by_name.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;
    use crate::fixtures;
    use crate::journal::Exchange;
    use crate::whylabs;

    fn worlds(most: usize) -> Worlds {
        let limits = Limits {
            worlds: most,
            ..Limits::default()
        };
        let config = Config {
            limits,
            ..Config::default()
        };
        Worlds::new(fixtures::read(&[], None).unwrap(), &config)
    }

    #[test]
    fn a_world_begins_once_and_is_found_again() {
        let worlds = worlds(2);
        let name = WorldName::default();
        assert!(worlds.get(&name).is_none());
        let world = worlds.get_or_begin(&name).unwrap();
        let _ = world.next_request();
        assert_eq!(worlds.get_or_begin(&name).unwrap().request_count(), 1);
        let (epoch, _) = world.next_request();
        assert!(Arc::ptr_eq(&world.epoch(), &epoch));
        assert!(worlds.remove(&name));
        assert!(!Arc::ptr_eq(&world.epoch(), &epoch), "its time is over");
        assert!(!worlds.remove(&name));
        assert_eq!(worlds.get_or_begin(&name).unwrap().request_count(), 0);
    }

    #[test]
    fn a_world_whose_time_ends_keeps_nothing_for_requests_that_are_being_answered() {
        let ends: [fn(&Worlds, &World); 2] = [
            |_, world| world.reset(),
            |worlds, world| assert!(worlds.remove(world.name())),
        ];
        for end in ends {
            let worlds = worlds(1);
            let world = worlds.default_world();
            let answer = json!({ "effect": { "kind": "raw", "status": 500 } });
            world.add_fault(from_value(answer).unwrap()).unwrap();
            let (before, random) = world.next_request();
            let off_the_contract = Exchange {
                api: Some(&whylabs::SERVED),
                operation: whylabs::SERVED.operations.first(),
                query: Some("limit=1".into()),
                ..Exchange::blank(random.position())
            };
            before.record.add(off_the_contract);
            let kept = || {
                let requests = before.record.journal.after(0).exchanges.len();
                let violations = before.record.tally.violations.list(None).violations.len();
                (before.faults.count(), requests, violations)
            };
            assert_eq!(kept(), (1, 1, 1));
            assert!(worlds.faults.share(faults::MOST_BYTES_OF_ALL).is_none());
            end(&worlds, &world);
            assert_eq!(kept(), (0, 0, 0));
            assert!(worlds.faults.share(faults::MOST_BYTES_OF_ALL).is_some());
        }
    }

    #[test]
    fn there_are_as_many_worlds_as_there_may_be_and_no_more() {
        let worlds = worlds(2);
        let first = worlds.make(&NewWorld::default()).unwrap();
        assert_eq!(first.name().to_string(), "world-1");
        let same = NewWorld {
            name: Some(first.name().clone()),
            ..NewWorld::default()
        };
        let exists = worlds.make(&same).unwrap_err();
        assert!(matches!(exists, NotMade::Exists(name) if name == *first.name()));
        worlds.make(&NewWorld::default()).unwrap();
        worlds.make(&NewWorld::default()).unwrap_err();
        worlds.get_or_begin(first.name()).unwrap();
        let default = worlds.default_world();
        let _ = default.next_request();
        let found = worlds.get_or_begin(&WorldName::default()).unwrap();
        assert_eq!(
            (found.request_count(), worlds.default_world().request_count()),
            (1, 1)
        );
        assert_eq!(worlds.list().len(), 3);
        assert!(worlds.remove(default.name()));
        worlds.get_or_begin(default.name()).unwrap();
    }

    #[test]
    fn a_name_is_made_up_once_and_not_where_there_is_no_room() {
        let worlds = worlds(2);
        let made = || {
            worlds
                .make(&NewWorld::default())
                .map(|world| world.name().clone())
        };
        let first = made().unwrap();
        assert!(worlds.remove(&first));
        let second = made().unwrap();
        assert_eq!((first.as_str(), second.as_str()), ("world-1", "world-2"));
        let chosen = WorldName::numbered(3);
        worlds.get_or_begin(&chosen).unwrap();
        made().unwrap_err();
        assert!(worlds.remove(&second));
        assert_eq!(made().unwrap().as_str(), "world-4");
    }
}
