use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use api_support::{Operation, Validate as _};
use membership_apis::control::models;
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

use super::calls::{Call, Calls};
use super::effect::Effect;
use super::error::Mistake;
use super::rate_limit::Window;
use crate::budget::Share;
use crate::served::Served;
use crate::visit::RequestRandom;

/// What a fault weighs besides its text.
const OVERHEAD: usize = 1024;

/// Something that goes wrong.
pub(super) struct Fault {
    number: u64,
    given: models::NewFault,
    bytes: usize,
    /// What it takes of the room of all worlds, once it is in one. It is free again when no call waits any more for what
    /// the fault does to it: until then there is still all of it.
    _share: Option<Share>,
    calls: Calls,
    effect: Option<Effect>,
    counts: Mutex<Counts>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    matched: u64,
    applied: u64,
    window: Window,
}

/// A fault that takes effect on a call.
#[derive(Clone, Debug)]
pub(crate) struct Strike {
    fault: Arc<Fault>,
    /// How long the call waits first.
    pub(crate) delay: Duration,
    /// In how many seconds calls go through again, where the fault limits them.
    pub(crate) retry_after: Option<u64>,
    pub(crate) api: &'static Served,
    pub(crate) operation: Option<&'static Operation>,
    pub(crate) random: RequestRandom,
}

impl Strike {
    /// The fault's number.
    pub(crate) fn fault(&self) -> u64 {
        self.fault.number
    }

    /// What happens; nothing but the delay where there is none.
    pub(crate) fn effect(&self) -> Option<&Effect> {
        self.fault.effect.as_ref()
    }
}

/// Its id alone: secrets can be in the headers it looks for and in what it answers.
impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fault({})", self.id())
    }
}

impl Fault {
    /// Reads a fault, or says everything that is wrong with it. It has no number of its own yet.
    pub(super) fn read(given: models::NewFault) -> Result<Self, Vec<Mistake>> {
        // What came over a socket has been checked; what was made in Rust has not.
        given.validate().map_err(|violations| {
            let mistake = |violation: &api_support::Violation| {
                let expected = violation.rule.expected();
                Mistake::at(
                    &violation.pointer,
                    format!("must be {expected}, and is {}", violation.received),
                )
            };
            violations.iter().map(mistake).collect::<Vec<_>>()
        })?;
        let mut mistakes = Vec::new();
        if given.delay.is_none() && given.effect.is_none() {
            mistakes.push(Mistake::at(
                "",
                "has neither a delay nor an effect, so nothing would go wrong",
            ));
        }
        if given.delay.as_ref().is_some_and(|delay| {
            delay
                .up_to_milliseconds
                .is_some_and(|most| most < delay.milliseconds)
        }) {
            mistakes.push(Mistake::at(
                "/delay/up_to_milliseconds",
                "must not be less than `milliseconds`",
            ));
        }
        let mut calls = Calls::default();
        if let Some(given) = &given.r#match {
            calls = Calls::read(given, &mut mistakes);
        }
        let mut effect = None;
        if let Some(given) = &given.effect {
            match Effect::read(given, calls.clone()) {
                Ok((read, narrowed)) => (effect, calls) = (Some(read), narrowed),
                Err(more) => mistakes.extend(more),
            }
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let bytes = OVERHEAD + serde_json::to_vec(&given).map_or(0, |text| text.len());
        Ok(Self {
            number: 0,
            given,
            bytes,
            _share: None,
            calls,
            effect,
            counts: Mutex::default(),
        })
    }

    /// The fault as one of a world.
    pub(super) fn numbered(self, number: u64, share: Share) -> Self {
        Self {
            number,
            _share: Some(share),
            ..self
        }
    }

    pub(super) fn id(&self) -> String {
        super::id(self.number)
    }

    /// How much it weighs, about.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// The fault as it is now.
    pub(super) fn shown(&self) -> models::Fault {
        let counts = *self.lock();
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        models::Fault {
            id: self.id(),
            r#match: self.given.r#match.clone().unwrap_or_default(),
            delay: self.given.delay.clone(),
            effect: self.given.effect.clone(),
            matched: count(counts.matched),
            applied: count(counts.applied),
        }
    }

    /// Takes effect on a call, if it is one of its calls and its turn.
    pub(super) fn strike(self: &Arc<Self>, call: &Call<'_>) -> Option<Strike> {
        if !self.calls.include(call) {
            return None;
        }
        let rng = &mut call.random.of_fault(self.number);
        let is_drawn = self.is_drawn(rng);
        let retry_after = self.count(is_drawn, call)?;
        Some(Strike {
            fault: Arc::clone(self),
            delay: self.delay(rng),
            retry_after,
            api: call.api,
            operation: call.operation,
            random: call.random,
        })
    }

    fn is_drawn(&self, rng: &mut ChaCha8Rng) -> bool {
        let probability = self.given.r#match.as_ref().and_then(|given| given.probability);
        probability.is_none_or(|probability| rng.random::<f64>() < probability.get())
    }

    /// Counts a call, and whether the fault takes effect on it. `None` where it does not.
    fn count(&self, is_drawn: bool, call: &Call<'_>) -> Option<Option<u64>> {
        let given = self.given.r#match.as_ref();
        let number = |number: Option<i64>| number.and_then(|number| u64::try_from(number).ok());
        let nth = number(given.and_then(|given| given.nth)).unwrap_or(1);
        let times = number(given.and_then(|given| given.times)).unwrap_or(u64::MAX);
        let mut counts = self.lock();
        counts.matched = counts.matched.saturating_add(1);
        if !is_drawn || counts.matched < nth || counts.applied >= times {
            return None;
        }
        let retry_after = match self.effect {
            Some(Effect::RateLimit(limit)) => Some(counts.window.refusal(limit, call.now)?),
            _ => None,
        };
        counts.applied = counts.applied.saturating_add(1);
        Some(retry_after)
    }

    fn delay(&self, rng: &mut ChaCha8Rng) -> Duration {
        let Some(delay) = &self.given.delay else {
            return Duration::ZERO;
        };
        let least = delay.milliseconds;
        let most = delay.up_to_milliseconds.unwrap_or(least).max(least);
        Duration::from_millis(u64::try_from(rng.random_range(least..=most)).unwrap_or_default())
    }

    /// Nothing between lock and unlock can panic half-way, so poisoned counts are as good as any.
    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
