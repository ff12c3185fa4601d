//! The rows of an API's table: each a short story that shows one rule of the vendor's behaviour.
//!
//! A scenario is data: what the server starts with, what is sent, what has to come of it. Whatever it expects of an
//! answer by itself, every answer has to be documented for its operation and valid by the document, a request that is
//! refused or that only reads must leave the world as it was, and no answer may be one that was asked for by status.

mod action;
mod answer_check;
mod behaviour;
mod difference;
mod memory;
mod needs;
mod outcome;
mod place;
mod rule;
mod run;
mod table;
mod transcript;

use mock_server::Builder;
use mock_server::fixtures::Given;
use mock_server::jiff::{SignedDuration, Timestamp};
use mock_server::world::Message;
use serde_json::Value;

use crate::wire::Request;

pub use action::Action;
pub use answer_check::AnswerCheck;
pub use outcome::{Outcome, answer};
pub use place::Place;
pub use rule::Rule;
pub use table::Table;

/// One row.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What it shows, as a sentence.
    pub name: String,
    /// The rule it shows.
    pub rule: &'static Rule,
    /// What the server starts with beside, or instead of, the built-in fixtures.
    pub fixtures: Vec<Given>,
    /// The instant the clock stands still at; otherwise it runs.
    pub clock: Option<Timestamp>,
    /// What else the server is told when it starts.
    pub settings: Option<fn(Builder) -> Builder>,
    /// What is done, in order.
    pub actions: Vec<Action>,
}

impl Scenario {
    /// A scenario in which nothing happens yet.
    #[must_use]
    pub fn new(rule: &'static Rule, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            rule,
            fixtures: Vec::new(),
            clock: None,
            settings: None,
            actions: Vec::new(),
        }
    }

    /// The same with fixtures of its own.
    #[must_use]
    pub fn fixtures(mut self, text: impl Into<String>) -> Self {
        self.fixtures.push(Given::Text {
            name: "the row's fixtures".to_owned(),
            text: text.into(),
        });
        self
    }

    /// The same with a clock that stands still.
    ///
    /// # Panics
    /// When the instant cannot be read.
    #[must_use]
    pub fn clock(mut self, instant: &str) -> Self {
        let read = instant.parse();
        self.clock = Some(read.unwrap_or_else(|error| panic!("{instant}: {error}")));
        self
    }

    /// The same on a server that is started with settings of its own.
    #[must_use]
    pub fn server(mut self, settings: fn(Builder) -> Builder) -> Self {
        self.settings = Some(settings);
        self
    }

    /// The same with a request that has to succeed and that nothing else is expected of.
    #[must_use]
    pub fn given(mut self, request: Request) -> Self {
        self.actions.push(Action::Given(request));
        self
    }

    /// The same with a request and what has to come of it.
    #[must_use]
    pub fn ask(mut self, request: Request, outcome: Outcome) -> Self {
        self.actions.push(Action::Ask(request, outcome));
        self
    }

    /// The same with requests that are sent at one moment, and what has to come of them, no matter of which.
    #[must_use]
    pub fn together(mut self, requests: Vec<Request>, outcomes: Vec<Outcome>) -> Self {
        self.actions.push(Action::Together(requests, outcomes));
        self
    }

    /// The same with a request whose connection has to be cut before all of the answer is there.
    #[must_use]
    pub fn cut(mut self, request: Request) -> Self {
        self.actions.push(Action::Cut(request));
        self
    }

    /// The same with the clock set forward.
    #[must_use]
    pub fn advance(mut self, by: SignedDuration) -> Self {
        self.actions.push(Action::Advance(by));
        self
    }

    /// The same with a look at whatever the vendor has told the world up to here: shown like this, it is these things, in
    /// this order. What is not shown does not count.
    #[must_use]
    pub fn told(mut self, show: fn(&Message) -> Option<Value>, wanted: Vec<Value>) -> Self {
        self.actions.push(Action::Told(show, wanted));
        self
    }

    /// Everything that is sent.
    pub fn requests(&self) -> impl Iterator<Item = &Request> {
        self.actions.iter().flat_map(Action::requests)
    }
}
