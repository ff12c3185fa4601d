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

/// The id of the fault of a number.
pub(crate) fn id(number: u64) -> String {
    format!("fault-{number}")
}

/// The faults of a world.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    /// Newest first.
    list: ArcSwap<Vec<Arc<Fault>>>,
    /// The number of the last one there was; locked while the list changes.
    last: Mutex<u64>,
}

impl Faults {
    /// How many there may be.
    const MOST: usize = 1000;

    /// How many bytes they may have, as they are written.
    const MOST_BYTES: usize = 64 * 1024 * 1024;

    /// Takes a fault in, which looks at calls before all others.
    pub(crate) fn add(&self, given: models::NewFault) -> Result<models::Fault, FaultError> {
        // Reading can take long, and whoever changes the list waits for the lock.
        let read = Fault::read(given).map_err(FaultError::Invalid)?;
        let mut last = self.lock();
        let fault = read.numbered(*last + 1);
        let others = self.list.load();
        let bytes: usize = others.iter().map(|other| other.bytes()).sum();
        if others.len() >= Self::MOST || bytes.saturating_add(fault.bytes()) > Self::MOST_BYTES {
            return Err(FaultError::NoRoom {
                most: Self::MOST,
                most_bytes: Self::MOST_BYTES,
            });
        }
        *last += 1;
        let fault = Arc::new(fault);
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

    fn raw(body: &str) -> models::NewFault {
        serde_json::from_value(json!({ "effect": { "kind": "raw", "status": 500, "body": body } })).unwrap()
    }

    fn ids(faults: &Faults) -> Vec<String> {
        faults.list().into_iter().map(|fault| fault.id).collect()
    }

    #[test]
    fn faults_stand_newest_first_and_no_id_is_given_again() {
        let faults = Faults::default();
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
        let faults = Faults::default();
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
        let faults = Faults::default();
        let large = raw(&"x".repeat(Faults::MOST_BYTES / 2));
        faults.add(large.clone()).unwrap();
        assert!(matches!(
            faults.add(large).unwrap_err(),
            FaultError::NoRoom { .. }
        ));
        faults.add(raw("")).unwrap();
    }

    #[test]
    fn a_fault_is_read_while_the_list_changes() {
        let faults = Faults::default();
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
        let faults = Faults::default();
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
        let faults = Faults::default();
        assert!(matches!(
            faults.add(models::NewFault::default()).unwrap_err(),
            FaultError::Invalid(_)
        ));
        assert_eq!(faults.add(raw("")).unwrap().id, "fault-1");
    }
}
