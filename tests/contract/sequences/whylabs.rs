//! WhyLabs' organization memberships.

mod model;
mod operation;
mod scene;

use contract_tests::server::Server;
use contract_tests::wire::Answer;
use mock_server::fixtures::Fixtures;

use crate::runner::{Answers, Sequences};
use crate::stage::{Stage, equal};
use model::{Expected, Model};
use operation::{Call, Operation, What, operations};
use scene::{Key, ORGANIZATIONS};

pub(crate) fn check() -> Result<(), String> {
    let sequences = Sequences {
        seed: 0x317a_b500,
        scene: scene::fixtures(),
        answers: &[
            (200, ""),
            (400, ""),
            (400, "IllegalArgument"),
            (401, "Unauthorized"),
            (403, "Forbidden"),
            (404, "MembershipNotFound"),
            (404, "ResourceNotFound"),
            (404, "UserNotFound"),
        ],
    };
    sequences.check(operations(), play)
}

/// Plays a sequence from the start, looks at everything at its end, and tells what it came by.
fn play(server: &Server, start: &Fixtures, sequence: &[Operation]) -> Result<Answers, String> {
    let mut play = Play {
        stage: Stage::set(server, start)?,
        model: Model::start(),
        answers: Answers::new(),
    };
    for operation in sequence {
        match operation {
            Operation::Advance(by) => {
                play.model.now += by;
                play.stage.advance(*by);
            }
            Operation::Call(call) => play.call(call)?,
        }
    }
    play.look_around()?;
    Ok(play.answers)
}

/// A sequence that is being played to the server and to the model.
struct Play<'a> {
    stage: Stage<'a>,
    model: Model,
    answers: Answers,
}

impl Play<'_> {
    /// Compares all lists, and where users land who have a membership that no list shows.
    fn look_around(&mut self) -> Result<(), String> {
        for organization in &ORGANIZATIONS {
            self.call(&Call {
                key: Key::Staff,
                organization: organization.id,
                what: What::List,
            })?;
        }
        let exported = self.stage.before();
        let users = exported
            .whylabs
            .as_ref()
            .and_then(|whylabs| whylabs.users.clone());
        let mut landing: Vec<_> = users
            .unwrap_or_default()
            .into_iter()
            .filter_map(|user| Some((user.email?, user.default_organization?)))
            .collect();
        landing.sort();
        equal(&self.model.landing(), &landing)?;
        self.stage.hold(exported)
    }

    /// Does one thing in both, and compares.
    fn call(&mut self, call: &Call) -> Result<(), String> {
        let expected = self.model.answer(call);
        let changes_nothing = matches!(expected, Expected::Refused(..)) || call.what == What::List;
        let before = self.stage.before();
        let answer = self.stage.exchange(&call.request())?;
        self.compare(&expected, &answer).map_err(|problem| {
            let call = Operation::Call(call.clone());
            format!("{problem}\n\nafter {call}\n\nanswer: {answer}")
        })?;
        if changes_nothing {
            let problem = |problem| format!("{problem} {}", Operation::Call(call.clone()));
            self.stage.hold(before).map_err(problem)?;
        }
        Ok(())
    }

    fn compare(&mut self, expected: &Expected, answer: &Answer) -> Result<(), String> {
        let body = answer.json();
        let kind = body["type"].as_str().unwrap_or_default().to_owned();
        self.answers.insert((answer.status, kind.clone()));
        match expected {
            Expected::Done(wanted) => equal(&(200, wanted), &(answer.status, &body)),
            Expected::Refused(status, wanted) => equal(&(*status, *wanted), &(answer.status, kind.as_str())),
        }
    }
}
