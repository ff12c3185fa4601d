//! What goes wrong in a world on purpose.
//!
//! A [`Fault`] is read from what the control API takes, once: which calls it is about, when it is its turn, and what
//! its [`Effect`] is. What an effect does to a call is done in `layers`.

mod calls;
mod effect;
mod error;
mod fault;
mod rate_limit;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::ArcSwap;
use membership_apis::control::models;

pub(crate) use calls::Call;
pub(crate) use effect::Effect;
pub use error::{FaultError, Mistake};
pub(crate) use fault::Strike;

use fault::Fault;

use crate::budget::Budget;

/// How many bytes the faults of all worlds of a server may have together.
pub(crate) const MOST_BYTES_OF_ALL: usize = 256 * 1024 * 1024;

/// The id of the fault of a number.
pub(crate) fn id(number: u64) -> String {
    format!("fault-{number}")
}

/// The faults of a world.
#[derive(Debug)]
pub(crate) struct Faults {
    /// Newest first.
    list: ArcSwap<Vec<Arc<Fault>>>,
    /// The number of the last one there was; locked while the list changes.
    last: Mutex<u64>,
    /// What the worlds of the server may have together.
    budget: Arc<Budget>,
}

impl Faults {
    /// How many there may be.
    const MOST: usize = 1000;

    /// How many bytes they may have, as they are written.
    const MOST_BYTES: usize = 64 * 1024 * 1024;

    /// No faults yet, and as many as there is room for among those of other worlds.
    pub(crate) fn within(budget: &Arc<Budget>) -> Self {
        Self {
            list: ArcSwap::default(),
            last: Mutex::default(),
            budget: Arc::clone(budget),
        }
    }

    /// As in a world that begins.
    pub(crate) fn anew(&self) -> Self {
        Self::within(&self.budget)
    }

    /// Takes a fault in, which looks at calls before all others.
    pub(crate) fn add(&self, given: models::NewFault) -> Result<models::Fault, FaultError> {
        // Reading can take long, and whoever changes the list waits for the lock.
        let read = Fault::read(given).map_err(FaultError::Invalid)?;
        let mut last = self.lock();
        let others = self.list.load();
        let bytes: usize = others.iter().map(|other| other.bytes()).sum();
        if others.len() >= Self::MOST || bytes.saturating_add(read.bytes()) > Self::MOST_BYTES {
            return Err(FaultError::NoRoom {
                most: Self::MOST,
                most_bytes: Self::MOST_BYTES,
            });
        }
        let share = self.budget.share(read.bytes());
        let share = share.ok_or(FaultError::NoRoomInServer {
            most_bytes: self.budget.most(),
        })?;
        *last += 1;
        let fault = Arc::new(read.numbered(*last, share));
        let list = std::iter::once(&fault).chain(others.iter()).cloned().collect();
        self.list.store(Arc::new(list));
        Ok(fault.shown())
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.list.load().len()
    }

    /// All of them, newest first.
    pub(crate) fn list(&self) -> Vec<models::Fault> {
        self.list.load().iter().map(|fault| fault.shown()).collect()
    }

    /// Whether nothing goes wrong. This is asked at every call, and waits for nobody.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.load().is_empty()
    }

    /// Removes a fault; `false` where there is none with this id.
    pub(crate) fn remove(&self, id: &str) -> bool {
        let _changing = self.lock();
        let before = self.list.load();
        let others: Vec<_> = before.iter().filter(|fault| fault.id() != id).cloned().collect();
        let is_there = others.len() < before.len();
        if is_there {
            self.list.store(Arc::new(others));
        }
        is_there
    }

    /// Removes all of them. Their ids are not given again.
    pub(crate) fn clear(&self) {
        let _changing = self.lock();
        self.list.store(Arc::default());
    }

    /// What goes wrong with a call.
    pub(crate) fn strike(&self, call: &Call<'_>) -> Option<Strike> {
        self.list.load().iter().find_map(|fault| fault.strike(call))
    }

    /// Nothing between lock and unlock can panic half-way, so a poisoned number is as good as any.
    fn lock(&self) -> MutexGuard<'_, u64> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults() -> Faults {
        Faults::within(&Arc::new(Budget::of(MOST_BYTES_OF_ALL)))
    }

    fn raw(body: &str) -> models::NewFault {
        serde_json::from_value(json!({ "effect": { "kind": "raw", "status": 500, "body": body } })).unwrap()
    }

    fn ids(faults: &Faults) -> Vec<String> {
        faults.list().into_iter().map(|fault| fault.id).collect()
    }

    #[test]
    fn faults_stand_newest_first_and_no_id_is_given_again() {
        let faults = faults();
        assert!(faults.is_empty());
        for _ in 0..3 {
            faults.add(raw("")).unwrap();
        }
        assert_eq!(ids(&faults), ["fault-3", "fault-2", "fault-1"]);
        assert!(faults.remove("fault-3"));
        assert!(!faults.remove("fault-3"));
        assert!(!faults.remove("fault-02"));
        assert_eq!(faults.add(raw("")).unwrap().id, "fault-4");
        faults.clear();
        assert!(faults.is_empty());
        assert_eq!(faults.add(raw("")).unwrap().id, "fault-5");
    }

    #[test]
    fn there_are_as_many_faults_as_there_may_be_and_no_more() {
        let faults = faults();
        for _ in 0..Faults::MOST {
            faults.add(raw("")).unwrap();
        }
        assert!(matches!(
            faults.add(raw("")).unwrap_err(),
            FaultError::NoRoom { .. }
        ));
        assert!(faults.remove("fault-7"));
        assert_eq!(faults.add(raw("")).unwrap().id, "fault-1001");
    }

    #[test]
    fn faults_hold_so_many_bytes_and_no_more() {
        let faults = faults();
        let large = raw(&"x".repeat(Faults::MOST_BYTES / 2));
        faults.add(large.clone()).unwrap();
        assert!(matches!(
            faults.add(large).unwrap_err(),
            FaultError::NoRoom { .. }
        ));
        faults.add(raw("")).unwrap();
    }

    #[test]
    fn the_faults_of_all_worlds_have_so_many_bytes_together_which_those_that_go_leave_to_others() {
        let budget = Arc::new(Budget::of(20_000));
        let (one, other) = (Faults::within(&budget), Faults::within(&budget));
        let large = || raw(&"x".repeat(6000));
        for _ in 0..2 {
            one.add(large()).unwrap();
        }
        assert_eq!(
            other.add(large()).unwrap_err(),
            FaultError::NoRoomInServer { most_bytes: 20_000 }
        );
        other.add(raw("")).unwrap();
        assert!(one.remove("fault-1"));
        assert_eq!(
            other.add(large()).unwrap().id,
            "fault-2",
            "what is refused uses no id up"
        );
        other.add(large()).unwrap_err();
        one.clear();
        other.add(large()).unwrap();
        drop(other);
        for _ in 0..2 {
            one.anew().add(large()).unwrap();
            one.add(large()).unwrap();
        }
    }

    #[test]
    fn a_fault_is_read_while_the_list_changes() {
        let faults = faults();
        let changing = faults.lock();
        let (read, reading) = std::sync::mpsc::sync_channel(1);
        std::thread::scope(|scope| {
            scope.spawn(|| read.send(faults.add(models::NewFault::default()).is_err()));
            let refused = reading.recv_timeout(std::time::Duration::from_secs(10));
            drop(changing);
            assert_eq!(refused, Ok(true));
        });
    }

    #[test]
    fn secrets_of_faults_are_not_in_their_debug_form() {
        let faults = faults();
        let given = json!({
            "match": { "headers": { "authorization": "Bearer *s3cret*" } },
            "effect": { "kind": "raw", "status": 500, "body": "s3cret", "headers": { "x-key": "s3cret" } },
        });
        faults.add(serde_json::from_value(given).unwrap()).unwrap();
        let debug = format!("{faults:?}");
        assert!(debug.contains("fault-1") && !debug.contains("s3cret"), "{debug}");
    }

    #[test]
    fn a_fault_that_makes_no_sense_uses_no_id_up() {
        let faults = faults();
        assert!(matches!(
            faults.add(models::NewFault::default()).unwrap_err(),
            FaultError::Invalid(_)
        ));
        assert_eq!(faults.add(raw("")).unwrap().id, "fault-1");
    }
}
