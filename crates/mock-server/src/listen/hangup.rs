use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

const GOING_ON: u8 = 0;
const ASKED_FOR: u8 = 1;
const DUE: u8 = 2;

/// The closing of a connection in place of an answer, or within one, as soon as everything that was written before is
/// out. An error of the body would do for hyper, which then leaves unsent what it has in its buffer.
#[derive(Clone, Debug, Default)]
pub(super) struct Hangup(Arc<AtomicU8>);

impl Hangup {
    /// Asks for it.
    pub(super) fn ask(&self) {
        self.step(GOING_ON, ASKED_FOR);
    }

    /// Everything that was written is out.
    pub(super) fn flushed(&self) {
        self.step(ASKED_FOR, DUE);
    }

    pub(super) fn is_due(&self) -> bool {
        self.0.load(Ordering::Relaxed) == DUE
    }

    fn step(&self, from: u8, to: u8) {
        // Where it is at another step, it stays there. All of this is in one task, so no order is needed.
        let _ = self
            .0
            .compare_exchange(from, to, Ordering::Relaxed, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_closed_when_what_was_written_before_is_out() {
        let hangup = Hangup::default();
        hangup.flushed();
        assert!(!hangup.is_due());
        hangup.ask();
        assert!(!hangup.is_due());
        hangup.flushed();
        assert!(hangup.is_due());
        hangup.ask();
        assert!(hangup.is_due());
    }
}
