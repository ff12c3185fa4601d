use mock_server::jiff::SignedDuration;
use mock_server::world::Message;
use serde_json::Value;

use super::outcome::Outcome;
use crate::wire::Request;

/// Something that is done in a scenario.
#[derive(Clone, Debug)]
pub enum Action {
    /// A request that has to succeed.
    Given(Request),
    /// A request and what has to come of it.
    Ask(Request, Outcome),
    /// Requests that are sent at one moment. Each outcome has to be that of one of them.
    Together(Vec<Request>, Vec<Outcome>),
    /// The clock is set forward.
    Advance(SignedDuration),
    /// Whatever the vendor has told the world up to here, as far as it is shown, is this.
    Told(fn(&Message) -> Option<Value>, Vec<Value>),
    /// A request whose connection has to be cut before all of the answer is there.
    Cut(Request),
}

impl Action {
    /// What is sent.
    #[must_use]
    pub fn requests(&self) -> &[Request] {
        match self {
            Self::Given(request) | Self::Ask(request, _) | Self::Cut(request) => {
                std::slice::from_ref(request)
            }
            Self::Together(requests, _) => requests,
            Self::Advance(_) | Self::Told(..) => &[],
        }
    }

    /// What has to come of it, as far as more than success is said.
    #[must_use]
    pub fn outcomes(&self) -> &[Outcome] {
        match self {
            Self::Ask(_, outcome) => std::slice::from_ref(outcome),
            Self::Together(_, outcomes) => outcomes,
            Self::Given(_) | Self::Advance(_) | Self::Told(..) | Self::Cut(_) => &[],
        }
    }
}
