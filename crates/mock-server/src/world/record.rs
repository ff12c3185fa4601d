use std::sync::Arc;

use tokio::sync::watch;

use super::WorldName;
use crate::coverage::Answer;
use crate::journal::{Exchange, Journal};
use crate::tally::Tally;
use crate::violations;

/// What is known of the requests of an [`Epoch`](super::Epoch), and whether it has come to its end. A request holds on
/// to this for as long as its answer takes, which can be long after the end, and to nothing larger.
#[derive(Debug)]
pub(crate) struct Record {
    world: WorldName,
    pub(crate) journal: Journal,
    pub(crate) tally: Tally,
    /// What is counted in all worlds of the server together.
    totals: Arc<Tally>,
    is_over: watch::Sender<bool>,
}

impl Record {
    pub(super) fn new(world: WorldName, journal: Journal, totals: Arc<Tally>) -> Self {
        Self {
            world,
            journal,
            tally: totals.of_a_world(),
            totals,
            is_over: watch::Sender::new(false),
        }
    }

    /// One in which nothing is yet.
    pub(super) fn anew(&self) -> Self {
        Self::new(self.world.clone(), self.journal.anew(), Arc::clone(&self.totals))
    }

    /// Keeps a request and its answer, and counts what they show.
    pub(crate) fn add(&self, exchange: Exchange) {
        let exchange = self.journal.put(exchange);
        let violations = violations::found(&self.world, &exchange);
        let answer = Answer::of(&exchange);
        self.tally.count(answer, &violations);
        self.totals.count(answer, &violations);
    }

    /// Tells those who wait that the time of the epoch is over, and forgets what is kept, for which nobody can ask any
    /// more.
    pub(super) fn end(&self) {
        // Not `send`, which says nothing to those who come later where nobody waits yet.
        self.is_over.send_replace(true);
        self.journal.clear();
        self.tally.violations.clear();
    }

    /// Waits until the time of the epoch is over.
    pub(crate) async fn ended(&self) {
        // It fails when the sender is gone, which lives as long as this.
        let _ = self.is_over.subscribe().wait_for(|is_over| *is_over).await;
    }
}
