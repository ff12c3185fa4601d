use std::collections::BTreeSet;

use contract_tests::server::Server;
use contract_tests::wire::Answer;
use mock_server::fixtures::Fixtures;
use serde_json::Value;

use super::model::{Expected, Model};
use super::operation::{Call, Operation, Paging, Target, What};
use super::scene::{Token, USERS};
use crate::runner::Answers;
use crate::stage::{Stage, equal};

/// A sequence that is being played to the server and to the model.
pub(crate) struct Play<'a> {
    stage: Stage<'a>,
    model: Model,
    /// What was refused, and what was done.
    pub(crate) answers: Answers,
}

impl<'a> Play<'a> {
    /// Puts the server's world to its start.
    pub(crate) fn begin(server: &'a Server, start: &Fixtures) -> Result<Self, String> {
        Ok(Self {
            stage: Stage::set(server, start)?,
            model: Model::start(),
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

    /// Compares all that can be seen of every organization there is or was, page by page, in a world that was read from
    /// its own export: nothing in it refers to what is gone.
    pub(crate) fn look_around(&mut self) -> Result<(), String> {
        self.stage.reread()?;
        let part = |page| Paging {
            page: Some(page),
            size: Some(4),
        };
        let ids: BTreeSet<_> = self.model.ids.iter().cloned().collect();
        // One page more than there are.
        for page in 1..=self.model.count() / 4 + 2 {
            self.look(What::List {
                q: None,
                featured: Some("1"),
                paging: part(page),
            })?;
        }
        for id in ids {
            let target = || Target::Id(id.clone());
            self.look(What::Get(target()))?;
            // There are six users.
            for page in 1..=2 {
                self.look(What::Members(target(), None, part(page)))?;
            }
            for user in &USERS {
                self.look(What::Roles(target(), user.id, part(1)))?;
            }
        }
        Ok(())
    }

    fn look(&mut self, what: What) -> Result<(), String> {
        let call = Call {
            token: Token::Good,
            what,
        };
        let expected = self.model.answer(&call);
        self.ask(&call, expected)
    }

    fn call(&mut self, call: &Call) -> Result<(), String> {
        let expected = self.model.answer(call);
        let changes_nothing = matches!(expected, Expected::Refused(..)) || call.what.only_reads();
        let before = self.stage.before();
        self.ask(call, expected)?;
        if changes_nothing {
            let problem = |problem| format!("{problem} {}", Operation::Call(call.clone()));
            self.stage.hold(before).map_err(problem)?;
        }
        Ok(())
    }

    fn ask(&mut self, call: &Call, expected: Expected) -> Result<(), String> {
        let answer = self.stage.exchange(&call.request(&self.model.newest))?;
        self.compare(expected, &answer).map_err(|problem| {
            let call = Operation::Call(call.clone());
            format!("{problem}\n\nafter {call}\n\nanswer: {answer}")
        })
    }

    fn compare(&mut self, expected: Expected, answer: &Answer) -> Result<(), String> {
        let mut body = answer.json();
        let code = body["code"].as_str().unwrap_or_default().to_owned();
        self.answers.insert((answer.status, code.clone()));
        match expected {
            Expected::Done(status, wanted) => equal(&(status, wanted), &(answer.status, body)),
            Expected::Created(wanted) => {
                let id = body["id"].as_str().unwrap_or_default().to_owned();
                body["id"] = wanted["id"].clone();
                equal(&(201, wanted), &(answer.status, body))?;
                if self.model.ids.contains(&id) {
                    return Err(format!("the id {id} is not new"));
                }
                self.model.name_newest(&id);
                Ok(())
            }
            Expected::Listed(rows, total, links) => {
                equal(&(200, Value::Array(rows)), &(answer.status, body))?;
                let found = answer.header("total-number").unwrap_or_default();
                equal(&total.to_string().as_str(), &found)?;
                let found = answer.links();
                let found: Vec<_> = found
                    .iter()
                    .map(|(relation, address)| (relation.as_str(), page_of(address)))
                    .collect();
                equal(&links, &found)
            }
            Expected::Refused(status, code_wanted, mut wanted) => {
                let found = body["data"]["issues"].as_array();
                let found = found.into_iter().flatten();
                let mut found: Vec<_> = found
                    .map(|issue| (issue["code"].as_str().unwrap_or_default(), issue["path"].clone()))
                    .collect();
                // What is wrong first is for the server to say.
                wanted.sort_by_key(|(code, path)| (path.to_string(), *code));
                found.sort_by_key(|(code, path)| (path.to_string(), *code));
                equal(
                    &(status, code_wanted, wanted),
                    &(answer.status, code.as_str(), found),
                )
            }
        }
    }
}

/// The page that an address asks for; 0 for none.
fn page_of(address: &str) -> i64 {
    let (_, query) = address.split_once('?').unwrap_or_default();
    let page = query.split('&').find_map(|pair| pair.strip_prefix("page="));
    page.and_then(|page| page.parse().ok()).unwrap_or_default()
}
