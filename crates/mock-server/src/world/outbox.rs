use imbl::Vector;
use jiff::Timestamp;

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
}

/// One event, as the stores put it.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) at: Timestamp,
    pub(crate) about: About,
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
        self.events.push_back(Entry { at, about });
        while self.events.len() > MOST_EVENTS || (self.ids > MOST_IDS && self.events.len() > 1) {
            let forgotten = self.events.pop_front();
            self.ids -= forgotten.map_or(0, |entry| entry.about.ids());
        }
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.events.iter().map(Event::of).collect()
    }
}

/// Something a vendor would have told the world about: what its webhooks and mails say.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
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
            at: entry.at,
            message,
        }
    }
}
