use std::collections::BTreeSet;

use contract_tests::server::Server;
use contract_tests::wire::{Answer, Connection};
use mock_server::World;
use mock_server::fixtures::Fixtures;
use mock_server::jiff::SignedDuration;
use serde_json::Value;

use super::model::{Expected, Model};
use super::operation::{Call, Operation, What};
use super::scene::{Key, ORGANIZATIONS};

/// A sequence that is being played to the server and to the model.
pub(crate) struct Play<'a> {
    server: &'a Server,
    world: &'a World,
    connection: Connection,
    model: Model,
    /// The ids that were ever given.
    ids: BTreeSet<String>,
    /// The world as it was last seen, until it is changed.
    seen: Option<Fixtures>,
    /// What was refused, and what was done: statuses with the codes of errors.
    pub(crate) answers: BTreeSet<(u16, String)>,
}

impl<'a> Play<'a> {
    /// Puts the server's world to its start.
    pub(crate) fn begin(server: &'a Server, start: &Fixtures) -> Result<Self, String> {
        let world = server.world().expect("the server is ours");
        world.import(start).map_err(|error| error.to_string())?;
        Ok(Self {
            server,
            world,
            connection: Connection::open(server.address()).map_err(|error| error.to_string())?,
            model: Model::start(),
            ids: BTreeSet::new(),
            seen: None,
            answers: BTreeSet::new(),
        })
    }

    /// Does one thing in both, and compares.
    pub(crate) fn step(&mut self, operation: &Operation) -> Result<(), String> {
        match operation {
            Operation::Advance(by) => {
                self.model.now += by;
                self.seen = None;
                self.world.advance_clock(SignedDuration::from_millis(*by));
                Ok(())
            }
            Operation::Call(call) => self.call(call),
        }
    }

    /// Compares all that can be seen: every organization, page by page.
    pub(crate) fn look_around(&mut self) -> Result<(), String> {
        const PAGE: i64 = 3;
        for organization in &ORGANIZATIONS {
            let key = if organization.instance == 0 {
                Key::First
            } else {
                Key::Second
            };
            // No organization can have more members than there are users in its instance, which are six.
            for page in 0..3 {
                let what = What::List {
                    limit: Some(PAGE),
                    offset: Some(PAGE * page),
                    order: None,
                };
                let call = Call {
                    key,
                    organization: organization.id,
                    what,
                };
                let expected = self.model.answer(&call);
                self.ask(&call, expected)?;
            }
        }
        Ok(())
    }

    fn call(&mut self, call: &Call) -> Result<(), String> {
        let before = self.seen.take().unwrap_or_else(|| self.world.export());
        let expected = self.model.answer(call);
        let changes_nothing =
            matches!(expected, Expected::Refused(..)) || matches!(call.what, What::List { .. });
        self.ask(call, expected)?;
        if changes_nothing {
            if self.world.export() != before {
                let call = Operation::Call(call.clone());
                return Err(format!("the world is not as it was before {call}"));
            }
            self.seen = Some(before);
        }
        Ok(())
    }

    fn ask(&mut self, call: &Call, expected: Expected) -> Result<(), String> {
        let request = call.request();
        let sent = self.connection.send(&request.bytes(self.server.address()));
        sent.map_err(|error| error.to_string())?;
        let answer = self.connection.answer(&request.method);
        let answer = answer.map_err(|error| error.to_string())?;
        self.compare(expected, &answer).map_err(|problem| {
            let call = Operation::Call(call.clone());
            format!("{problem}\n\nafter {call}\n\nanswer: {answer}")
        })
    }

    fn compare(&mut self, expected: Expected, answer: &Answer) -> Result<(), String> {
        let mut body = answer.json();
        let code = body.pointer("/errors/0/code").and_then(Value::as_str);
        self.answers
            .insert((answer.status, code.unwrap_or_default().to_owned()));
        match expected {
            Expected::Done(wanted) => equal(&(200, wanted), &(answer.status, body)),
            Expected::Added(wanted) => {
                let id = body["id"].as_str().unwrap_or_default().to_owned();
                body["id"] = wanted["id"].clone();
                equal(&(200, wanted), &(answer.status, body))?;
                if self.model.has_id(&id) || !self.ids.insert(id.clone()) {
                    return Err(format!("the id {id} is not new"));
                }
                self.model.name_last(&id);
                Ok(())
            }
            Expected::Refused(status, errors) => {
                let told = body["errors"].as_array().cloned().unwrap_or_default();
                let told = told.iter().map(|error| {
                    let parameter = error.pointer("/meta/param_name").and_then(Value::as_str);
                    (error["code"].as_str().unwrap_or_default(), parameter)
                });
                equal(&(status, errors), &(answer.status, told.collect()))
            }
        }
    }
}

fn equal<T: PartialEq + std::fmt::Debug>(wanted: &T, found: &T) -> Result<(), String> {
    if wanted == found {
        Ok(())
    } else {
        Err(format!("found {found:?}\ninstead of {wanted:?}"))
    }
}
