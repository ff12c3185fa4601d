use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::task::AbortHandle;

use super::phase::{Activity, Phase};

/// How many newcomers are told at one time that there is no room; more are closed without a word, so that a flood of
/// them costs nothing.
const USHERS: usize = 64;

/// How long a client has that has just connected to begin its first request. Until then its connection does not make room:
/// the request is most likely on its way, and would be lost.
const OPENING: Duration = Duration::from_secs(1);

/// The open connections.
#[derive(Debug)]
pub(super) struct Connections {
    most: usize,
    open: Mutex<Open>,
    ushers: Arc<AtomicUsize>,
    closing: Arc<AtomicBool>,
}

#[derive(Debug, Default)]
struct Open {
    next: u64,
    by_id: BTreeMap<u64, Connection>,
}

#[derive(Debug)]
struct Connection {
    activity: Activity,
    /// `None` until its task is known.
    task: Option<AbortHandle>,
}

/// Whether a new connection may stay.
#[derive(Debug)]
pub(super) enum Admission {
    Welcome(Seat),
    /// It may not, and is to be told so where there is somebody to tell it.
    Refused(Option<Usher>),
}

impl Connections {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            open: Mutex::default(),
            ushers: Arc::default(),
            closing: Arc::default(),
        }
    }

    /// Takes a connection in, making room for it if need be.
    pub(super) fn admit(self: &Arc<Self>) -> Admission {
        if self.lock().by_id.len() >= self.most && !self.evict_idle() {
            return Admission::Refused(Usher::hire(&self.ushers));
        }
        let activity = Activity::new();
        let mut open = self.lock();
        let id = open.next;
        open.next += 1;
        open.by_id.insert(
            id,
            Connection {
                activity: activity.clone(),
                task: None,
            },
        );
        Admission::Welcome(Seat {
            id,
            activity,
            connections: Arc::clone(self),
        })
    }

    /// Notes the task that serves a connection. The connection may have ended by now.
    pub(super) fn started(&self, id: u64, task: AbortHandle) {
        if let Some(connection) = self.lock().by_id.get_mut(&id) {
            connection.task = Some(task);
        }
    }

    /// Closes the connection that has been idle longest; `false` where none is idle.
    pub(super) fn evict_idle(&self) -> bool {
        let mut open = self.lock();
        let mut idle: Vec<_> = open
            .by_id
            .iter()
            .filter(|(_, connection)| connection.task.is_some())
            .filter_map(|(id, connection)| match connection.activity.now() {
                (Phase::Opened, since) if since.elapsed() >= OPENING => Some((since, *id)),
                (Phase::Idle, since) => Some((since, *id)),
                _ => None,
            })
            .collect();
        idle.sort_unstable();
        // One that woke up since it was looked at is passed over.
        let evicted = idle.into_iter().map(|(_, id)| id).find(|id| {
            open.by_id
                .get(id)
                .is_some_and(|connection| connection.activity.close_if_idle())
        });
        let connection = evicted.and_then(|id| open.by_id.remove(&id));
        if let Some(task) = connection
            .as_ref()
            .and_then(|connection| connection.task.as_ref())
        {
            task.abort();
        }
        connection.is_some()
    }

    /// Closes every connection: those without a request at once, the others when their answer is out. Those that are
    /// at their end are left to it.
    pub(super) fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
        for connection in self.lock().by_id.values() {
            if connection.activity.close()
                && let Some(task) = &connection.task
            {
                task.abort();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection's place among the open ones; given back when dropped.
#[derive(Debug)]
pub(super) struct Seat {
    id: u64,
    activity: Activity,
    connections: Arc<Connections>,
}

impl Seat {
    pub(super) fn id(&self) -> u64 {
        self.id
    }

    pub(super) fn activity(&self) -> &Activity {
        &self.activity
    }

    /// Whether the connection must end with the answer that is due.
    pub(super) fn is_last_answer(&self) -> bool {
        self.connections.closing.load(Ordering::Relaxed)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.connections.lock().by_id.remove(&self.id);
    }
}

/// The right to tell one newcomer that there is no room.
#[derive(Debug)]
pub(super) struct Usher(Arc<AtomicUsize>);

impl Usher {
    fn hire(hired: &Arc<AtomicUsize>) -> Option<Self> {
        let before = hired.fetch_add(1, Ordering::Relaxed);
        let usher = Self(Arc::clone(hired));
        (before < USHERS).then_some(usher)
    }
}

impl Drop for Usher {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_without_room_is_refused_while_none_is_idle() {
        let connections = Arc::new(Connections::new(1));
        let Admission::Welcome(seat) = connections.admit() else {
            panic!("there is room")
        };
        let answering = seat.activity().begin();
        assert!(matches!(connections.admit(), Admission::Refused(Some(_))));
        drop(answering);
        drop(seat);
        assert!(matches!(connections.admit(), Admission::Welcome(_)));
    }

    #[tokio::test]
    async fn the_connection_that_was_idle_longest_makes_room() {
        let connections = Arc::new(Connections::new(2));
        let (mut tasks, mut activities) = (Vec::new(), Vec::new());
        for _ in 0..2 {
            let Admission::Welcome(seat) = connections.admit() else {
                panic!("there is room")
            };
            let (id, activity) = (seat.id(), seat.activity().clone());
            let task = tokio::spawn(async move {
                let _seat = seat;
                std::future::pending::<()>().await;
            });
            connections.started(id, task.abort_handle());
            tasks.push(task);
            activities.push(activity);
        }
        let newcomer = connections.admit();
        assert!(
            matches!(newcomer, Admission::Refused(Some(_))),
            "their first requests are on their way"
        );
        for activity in activities {
            drop(activity.begin());
            activity.flushed();
        }
        assert!(matches!(connections.admit(), Admission::Welcome(_)));
        assert!(tasks.remove(0).await.unwrap_err().is_cancelled());
        assert!(!tasks.remove(0).is_finished());
    }

    #[test]
    fn a_flood_of_newcomers_is_not_answered_one_by_one() {
        let hired = Arc::default();
        let ushers: Vec<_> = (0..USHERS).map(|_| Usher::hire(&hired)).collect();
        assert!(Usher::hire(&hired).is_none());
        drop(ushers);
        assert!(Usher::hire(&hired).is_some());
    }
}
