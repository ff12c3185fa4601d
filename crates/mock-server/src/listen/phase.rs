use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

/// What a connection is doing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Phase {
    /// Nothing yet: no byte of a request has come since it was opened.
    Opened,
    /// Nothing: no byte of a request has come since the last answer was out.
    Idle,
    /// Sending the head of a request.
    Head,
    /// Waiting for an answer.
    Busy,
    /// Having an answer sent that is made, and that the system has not taken whole.
    Sending,
    /// Being closed.
    Closing,
}

/// What a connection is doing, and since when; shared by its socket, its requests and the list of connections.
#[derive(Clone, Debug)]
pub(super) struct Activity(Arc<Mutex<(Phase, Instant)>>);

impl Activity {
    pub(super) fn new() -> Self {
        Self(Arc::new(Mutex::new((Phase::Opened, Instant::now()))))
    }

    pub(super) fn now(&self) -> (Phase, Instant) {
        *self.lock()
    }

    /// Bytes have come.
    pub(super) fn received(&self) {
        self.step(|phase| matches!(phase, Phase::Opened | Phase::Idle), Phase::Head);
    }

    /// The bytes that have come begin no request.
    pub(super) fn nothing_begun(&self) {
        self.step(|phase| phase == Phase::Head, Phase::Idle);
    }

    /// A head is complete.
    pub(super) fn begin(&self) -> Answering {
        self.step(|phase| phase != Phase::Closing, Phase::Busy);
        Answering(self.clone())
    }

    /// All that was written is out.
    pub(super) fn flushed(&self) {
        self.step(|phase| phase == Phase::Sending, Phase::Idle);
    }

    /// The connection is to be closed: at once where this is `true`, and after the answer that is due where not.
    pub(super) fn close(&self) -> bool {
        self.step(
            |phase| matches!(phase, Phase::Opened | Phase::Idle | Phase::Head),
            Phase::Closing,
        )
    }

    /// As [`close`](Self::close), for a connection only on which nothing is sent.
    pub(super) fn close_if_idle(&self) -> bool {
        self.step(
            |phase| matches!(phase, Phase::Opened | Phase::Idle),
            Phase::Closing,
        )
    }

    /// The connection is at its end, whatever it was doing.
    pub(super) fn end(&self) {
        self.step(|_| true, Phase::Closing);
    }

    fn step(&self, from: impl Fn(Phase) -> bool, to: Phase) -> bool {
        let mut state = self.lock();
        let steps = from(state.0);
        if steps {
            *state = (to, Instant::now());
        }
        steps
    }

    /// Nothing between lock and unlock can panic half-way, so a poisoned state is as good as any.
    fn lock(&self) -> MutexGuard<'_, (Phase, Instant)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request being answered; dropped with the body of its answer, of which much may be unsent.
#[derive(Debug)]
pub(super) struct Answering(Activity);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.step(|phase| phase == Phase::Busy, Phase::Sending);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_opened_then_sends_a_head_then_is_busy_until_its_answer_is_out() {
        let activity = Activity::new();
        assert_eq!(activity.now().0, Phase::Opened);
        activity.received();
        assert_eq!(activity.now().0, Phase::Head);
        let answering = activity.begin();
        activity.received();
        activity.flushed();
        assert_eq!(activity.now().0, Phase::Busy);
        drop(answering);
        assert_eq!(activity.now().0, Phase::Sending);
        activity.flushed();
        assert_eq!(activity.now().0, Phase::Idle);
    }

    #[test]
    fn a_connection_is_idle_where_what_came_begins_no_request() {
        let activity = Activity::new();
        activity.received();
        activity.nothing_begun();
        assert_eq!(activity.now().0, Phase::Idle);
        let answering = activity.begin();
        activity.nothing_begun();
        assert_eq!(activity.now().0, Phase::Busy);
        drop(answering);
    }

    #[test]
    fn only_a_connection_without_a_request_is_closed_at_once() {
        let activity = Activity::new();
        activity.received();
        assert!(!activity.close_if_idle());
        let answering = activity.begin();
        assert!(!activity.close());
        drop(answering);
        assert!(!activity.close() && !activity.close_if_idle());
        activity.flushed();
        assert!(activity.close_if_idle());
        assert_eq!(activity.now().0, Phase::Closing);
        assert!(!activity.close(), "it has its time to part");
    }
}
