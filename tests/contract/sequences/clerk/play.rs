use std::collections::BTreeSet;

use contract_tests::server::Server;
use contract_tests::wire::Answer;
use mock_server::fixtures::Fixtures;
use serde_json::Value;

use super::model::{Expected, Model};
use super::operation::{Call, Operation, What};
use super::scene::{Key, ORGANIZATIONS};
use crate::runner::Answers;
use crate::stage::{Stage, equal};

/// A sequence that is being played to the server and to the model.
pub(crate) struct Play<'a> {
    stage: Stage<'a>,
    model: Model,
    /// The ids that were ever given.
    ids: BTreeSet<String>,
    /// What was refused, and what was done.
    pub(crate) answers: Answers,
}

impl<'a> Play<'a> {
    /// Puts the server's world to its start.
    pub(crate) fn begin(server: &'a Server, start: &Fixtures) -> Result<Self, String> {
        Ok(Self {
            stage: Stage::set(server, start)?,
            model: Model::start(),
            ids: BTreeSet::new(),
            answers: Answers::new(),
        })
    }

    /// Does one thing in both, and compares.
    pub(crate) fn step(&mut self, operation: &Operation) -> Result<(), String> {
        match operation {
            Operation::Advance(by) => {
                self.model.now += by;
                self.stage.advance(*by);
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
        let expected = self.model.answer(call);
        let changes_nothing =
            matches!(expected, Expected::Refused(..)) || matches!(call.what, What::List { .. });
        let before = self.stage.before();
        self.ask(call, expected)?;
        if changes_nothing {
            let problem = |problem| format!("{problem} {}", Operation::Call(call.clone()));
            self.stage.hold(before).map_err(problem)?;
        }
        Ok(())
    }

    fn ask(&mut self, call: &Call, expected: Expected) -> Result<(), String> {
        let answer = self.stage.exchange(&call.request())?;
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
