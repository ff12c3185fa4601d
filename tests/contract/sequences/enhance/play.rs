use std::collections::BTreeSet;

use contract_tests::server::Server;
use contract_tests::wire::{Answer, Request};
use mock_server::fixtures::Fixtures;
use serde_json::{Value, json};

use super::answer;
use super::model::{Expected, Model};
use super::operation::{Caller, Operation, What};
use super::scene::{ORGS, org_id};
use crate::runner::Answers;
use crate::stage::{Stage, equal};

/// The token of the master organization, which may do everything and is never deleted.
const MASTER: &str = "token-of-the-master";

/// A sequence that is being played to the server and to the model.
pub(crate) struct Play<'a> {
    stage: Stage<'a>,
    model: Model,
    /// Everything the server has named: ids, keys, secrets, links, cookies.
    named: BTreeSet<String>,
    /// What was answered: statuses with the names of operations and the codes of errors.
    pub(crate) answers: Answers,
}

impl<'a> Play<'a> {
    /// Puts the server's world to its start.
    pub(crate) fn begin(server: &'a Server, start: &Fixtures) -> Result<Self, String> {
        Ok(Self {
            stage: Stage::set(server, start)?,
            model: Model::start(),
            named: BTreeSet::new(),
            answers: Answers::new(),
        })
    }

    /// Does one thing in both, and compares.
    pub(crate) fn step(&mut self, operation: &Operation) -> Result<(), String> {
        match operation {
            Operation::Advance(by) => {
                self.model.now += by;
                self.stage.advance(1000 * by);
                Ok(())
            }
            Operation::Reread => self.stage.reread(),
            Operation::Call(caller, what) => self
                .call(*caller, what)
                .map_err(|problem| format!("{problem}\n\nafter {operation}")),
        }
    }

    /// Compares all that can be seen: every organization's owner, its members one by one, and its tokens.
    pub(crate) fn look_around(&mut self) -> Result<(), String> {
        for (org, known) in ORGS.iter().enumerate() {
            let all = self.read(&format!("/orgs/{}/members", org_id(org)))?;
            let items = all["items"].as_array().cloned().unwrap_or_default();
            let theirs = self.model.members.iter().filter(|member| member.org == org);
            let wanted: Vec<Value> = theirs.map(|member| self.model.view(member)).collect();
            equal(&json!({ "items": wanted, "total": wanted.len() }), &all)?;
            let owns = |item: &&Value| {
                let roles = item["roles"].as_array();
                item["isActive"] == true && roles.is_some_and(|roles| roles.contains(&json!("Owner")))
            };
            if items.iter().filter(owns).count() > 1 {
                return Err(format!("{} has several owners", known.name));
            }
            for item in &items {
                let id = item["id"].as_str().unwrap_or_default();
                let one = self.read(&format!("/orgs/{}/members/{id}", org_id(org)))?;
                equal(item, &one)?;
            }
            let Expected::Shows(_, wanted) = self.model.list_tokens(org) else {
                return Err("tokens are not listed".to_owned());
            };
            equal(
                &wanted,
                &self.read(&format!("/orgs/{}/access_tokens", org_id(org)))?,
            )?;
        }
        Ok(())
    }

    fn call(&mut self, caller: Caller, what: &What) -> Result<(), String> {
        let before = self.stage.before();
        let request = self.model.request(caller, what);
        let expected = self.model.answer(caller, what);
        let changes_nothing = matches!(expected, Expected::Refused(..)) || what.only_reads();
        let answer = self.stage.exchange(&request)?;
        self.compare(what, expected, &answer).map_err(|problem| {
            format!(
                "{problem}\n\nsent: {} {}\n\nanswer: {answer}",
                request.method, request.target
            )
        })?;
        if changes_nothing {
            self.stage.hold(before)?;
        }
        Ok(())
    }

    /// What is at a path, as far as the master organization can see.
    fn read(&mut self, target: &str) -> Result<Value, String> {
        let request = Request::new("GET", target).header("authorization", format!("Bearer {MASTER}"));
        let answer = self.stage.exchange(&request)?;
        equal(&200, &answer.status)?;
        Ok(answer.json())
    }

    fn compare(&mut self, what: &What, expected: Expected, answer: &Answer) -> Result<(), String> {
        let body = answer.json();
        let code = if answer.status >= 400 {
            body["code"].as_str()
        } else {
            None
        };
        let code = code.unwrap_or_default().to_owned();
        let told = format!("{} {code}", what.name());
        self.answers.insert((answer.status, told.trim_end().to_owned()));
        match expected {
            Expected::Empty(status) => {
                equal(&(status, 0), &(answer.status, answer.body.len()))?;
                equal(&None, &answer.header("set-cookie"))
            }
            Expected::Shows(status, wanted) => equal(&(status, wanted), &(answer.status, body)),
            Expected::Refused(status, wanted) => equal(&(status, wanted.to_owned()), &(answer.status, code)),
            Expected::Member => {
                let id = answer::new_member(answer)?;
                self.name(&id)?;
                self.model.name_member(id);
                Ok(())
            }
            Expected::Token => {
                let (id, secret) = answer::new_token(answer)?;
                self.name(&id)?;
                self.name(&secret)?;
                self.model.name_token(id, secret);
                Ok(())
            }
            Expected::Link => {
                let target = answer::new_link(answer)?;
                self.name(&target)?;
                self.model.name_link(target);
                Ok(())
            }
            Expected::Invite(before, after) => {
                let key = answer::new_invite(answer, &before, &after)?;
                self.name(&key)?;
                self.model.name_invite(key);
                self.meet_invited()
            }
            Expected::Session(status, shown) => {
                let cookie = answer::new_session(answer, status, shown.as_ref())?;
                self.name(&cookie)?;
                self.model.name_session(cookie);
                Ok(())
            }
        }
    }

    /// Learns what the server has called the person who was invited last.
    fn meet_invited(&mut self) -> Result<(), String> {
        let (org, email) = self.model.last_invited();
        let found = self.read(&format!("/orgs/{}/members?search={email}", org_id(org)))?;
        let items = found["items"].as_array().into_iter().flatten();
        let mut items = items.filter(|item| item["email"] == email.as_str());
        let shown = items.next().ok_or("who is invited is not listed")?;
        let text = |name: &str| shown[name].as_str().unwrap_or_default().to_owned();
        for new in self
            .model
            .name_invited(text("id"), text("loginId"), text("colorCode"))
        {
            self.name(&new)?;
        }
        Ok(())
    }

    /// Notes what the server has named something, which has to be a new name.
    fn name(&mut self, name: &str) -> Result<(), String> {
        if name.is_empty() || !self.named.insert(name.to_owned()) {
            return Err(format!("{name:?} is not new"));
        }
        Ok(())
    }
}
