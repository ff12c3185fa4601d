use imbl::Vector;
use jiff::Timestamp;
use serde_json::Value;

use crate::{clerk, enhance, logto, whylabs};

/// How many events are kept; the oldest go first.
const MOST_EVENTS: usize = 2_000;

/// How many ids the events that are kept may list together, unless a single one lists more.
const MOST_IDS: usize = 200_000;

/// What the vendors would have told the world about, in the order it happened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Outbox {
    events: Vector<Entry>,
    /// How many ids they list together.
    ids: usize,
    /// How many events there were.
    last: u64,
}

/// One event, as the stores put it.
#[derive(Clone, Debug)]
struct Entry {
    number: u64,
    at: Timestamp,
    about: About,
}

/// Whom it is from.
#[derive(Clone, Debug)]
pub(crate) enum About {
    Clerk(clerk::Happened),
    Logto(logto::Happened),
    Whylabs(whylabs::Notification),
    Enhance(enhance::Mail),
}

impl About {
    /// How many ids it lists, where that can be very many.
    fn ids(&self) -> usize {
        match self {
            Self::Logto(happened) => happened.ids(),
            Self::Clerk(_) | Self::Whylabs(_) | Self::Enhance(_) => 0,
        }
    }
}

impl Outbox {
    pub(crate) fn put(&mut self, at: Timestamp, about: About) {
        self.ids += about.ids();
        self.last += 1;
        let number = self.last;
        self.events.push_back(Entry { number, at, about });
        while self.events.len() > MOST_EVENTS || (self.ids > MOST_IDS && self.events.len() > 1) {
            let forgotten = self.events.pop_front();
            self.ids -= forgotten.map_or(0, |entry| entry.about.ids());
        }
    }

    /// An outbox that has nothing any more of what it was told, but for how much that was.
    pub(crate) fn with_last(last: u64) -> Self {
        Self {
            last,
            ..Self::default()
        }
    }

    /// The number of the last event there was.
    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// What is kept of the events after a number.
    pub(crate) fn after(&self, number: u64) -> impl Iterator<Item = Event> {
        let first = self
            .events
            .iter()
            .position(|entry| entry.number > number)
            .unwrap_or(self.events.len());
        self.events.skip(first).into_iter().map(|entry| Event::of(&entry))
    }
}

/// Something a vendor would have told the world about: what its webhooks and mails say.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its position among all events of the world, from 1.
    pub number: u64,
    /// When it happened, by the world's clock.
    pub at: Timestamp,
    /// What it is.
    pub message: Message,
}

/// What a vendor would have said.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Message {
    /// A webhook of Clerk's.
    Clerk(clerk::Webhook),
    /// A webhook of Logto's.
    Logto(logto::Webhook),
    /// A message that WhyLabs queues for its mails.
    Whylabs(whylabs::Notification),
    /// A mail of Enhance's.
    Enhance(enhance::Mail),
}

impl Event {
    fn of(entry: &Entry) -> Self {
        let message = match &entry.about {
            About::Clerk(happened) => Message::Clerk(clerk::Webhook::of(happened)),
            About::Logto(happened) => Message::Logto(logto::Webhook::of(happened)),
            About::Whylabs(notification) => Message::Whylabs(notification.clone()),
            About::Enhance(mail) => Message::Enhance(mail.clone()),
        };
        Self {
            number: entry.number,
            at: entry.at,
            message,
        }
    }
}

impl Message {
    /// The API whose vendor says it, by its name in paths.
    #[must_use]
    pub fn api(&self) -> &'static str {
        let served = match self {
            Self::Clerk(_) => &clerk::SERVED,
            Self::Logto(_) => &logto::SERVED,
            Self::Whylabs(_) => &whylabs::SERVED,
            Self::Enhance(_) => &enhance::SERVED,
        };
        served.name
    }

    /// The vendor's name for it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Clerk(webhook) => webhook.name(),
            Self::Logto(webhook) => webhook.name(),
            Self::Whylabs(notification) => notification.name(),
            Self::Enhance(mail) => mail.name(),
        }
    }

    /// What it says, as the vendor writes it.
    #[must_use]
    pub fn data(&self) -> Value {
        match self {
            Self::Clerk(webhook) => webhook.data(),
            Self::Logto(webhook) => webhook.data(),
            Self::Whylabs(notification) => notification.data(),
            Self::Enhance(mail) => mail.data(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail() -> About {
        About::Enhance(enhance::Mail::Invite {
            to: "a@x.test".to_owned(),
            name: "A".to_owned(),
            organization: "X".to_owned(),
            url: "http://x.test".to_owned(),
        })
    }

    fn numbers(outbox: &Outbox, after: u64) -> Vec<u64> {
        outbox.after(after).map(|event| event.number).collect()
    }

    #[test]
    fn the_oldest_events_go_and_the_numbers_stay() {
        let mut outbox = Outbox::default();
        for _ in 0..MOST_EVENTS + 2 {
            outbox.put(Timestamp::UNIX_EPOCH, mail());
        }
        let kept = numbers(&outbox, 0);
        assert_eq!((kept.len(), kept[0], outbox.last()), (MOST_EVENTS, 3, 2_002));
        assert_eq!(numbers(&outbox, 2_000), [2_001, 2_002]);
        assert!(numbers(&outbox, 2_002).is_empty());
        let mut emptied = Outbox::with_last(outbox.last());
        emptied.put(Timestamp::UNIX_EPOCH, mail());
        assert_eq!(numbers(&emptied, 0), [2_003]);
    }
}
