use std::thread;

use mock_server::MockServer;
use mock_server::fixtures::Fixtures;

use super::Scenario;
use super::action::Action;
use super::memory::Memory;
use super::outcome::Outcome;
use super::transcript::Transcript;
use crate::server::{self, Server};
use crate::spec::{Operation, Spec};
use crate::wire::{Answer, Ended, Request, exchange};

/// A scenario that is being played.
pub(super) struct Run {
    spec: &'static Spec,
    server: Server,
    memory: Memory,
    transcript: Transcript,
}

impl Run {
    /// Plays a scenario on a server of its own, to its end or to the first thing that is wrong.
    pub(super) fn verdict(spec: &'static Spec, scenario: &Scenario) -> Result<(), String> {
        let mut run = Self {
            spec,
            server: start(scenario),
            memory: Memory::default(),
            transcript: Transcript::default(),
        };
        let mut problems = Vec::new();
        for action in &scenario.actions {
            problems = run.play(action);
            if !problems.is_empty() {
                break;
            }
        }
        if run.server.undocumented() > 0 {
            problems.push("the server counts undocumented answers".to_owned());
        }
        if problems.is_empty() {
            return Ok(());
        }
        Err(format!(
            "{}\n(rule {}, {})\n\n{}\n\n{}",
            scenario.name,
            scenario.rule.number,
            scenario.rule.title,
            problems.join("\n"),
            run.transcript
        ))
    }

    fn play(&mut self, action: &Action) -> Vec<String> {
        match action {
            Action::Given(request) => self.given(request),
            Action::Ask(request, outcome) => self.ask(request, outcome),
            Action::Together(requests, outcomes) => self.together(requests, outcomes),
            Action::Advance(by) => {
                self.transcript.note(&format!("the clock goes forward by {by}"));
                match self.server.world() {
                    Some(world) => {
                        world.advance_clock(*by);
                        Vec::new()
                    }
                    None => vec!["only our server's clock can be set".to_owned()],
                }
            }
        }
    }

    fn given(&mut self, request: &Request) -> Vec<String> {
        let request = self.memory.request(request);
        let answer = self.exchange(&request);
        let operation = operation(self.spec, &request);
        let success = operation.map(Operation::success);
        match answer {
            Ok(answer) if Some(answer.status) == success => self.problems_of_form(&request, &answer, None),
            Ok(answer) => vec![format!("status {}, where this has to succeed", answer.status)],
            Err(ended) => vec![ended.to_string()],
        }
    }

    fn ask(&mut self, request: &Request, outcome: &Outcome) -> Vec<String> {
        let request = self.memory.request(request);
        let before = self.export();
        let answer = match self.exchange(&request) {
            Ok(answer) => answer,
            Err(ended) => return vec![ended.to_string()],
        };
        let mut problems = self.problems(&request, &answer, outcome);
        let changes_nothing = answer.status >= 400 || request.method == "GET";
        if changes_nothing && before != self.export() {
            problems.push("the world is not as it was before".to_owned());
        }
        problems
    }

    /// Sends all requests at once; the answers are told apart by their statuses.
    fn together(&mut self, requests: &[Request], outcomes: &[Outcome]) -> Vec<String> {
        let requests: Vec<_> = requests
            .iter()
            .map(|request| self.memory.request(request))
            .collect();
        let address = self.server.address();
        let answers: Vec<_> = thread::scope(|scope| {
            let sent: Vec<_> = requests
                .iter()
                .map(|request| scope.spawn(|| exchange(address, request)))
                .collect();
            sent.into_iter()
                .map(|sent| sent.join().unwrap_or(Err(Ended::Closed)))
                .collect()
        });
        let mut left: Vec<_> = outcomes.iter().collect();
        let mut problems = Vec::new();
        for (request, answer) in requests.iter().zip(answers) {
            self.transcript.exchange(self.server.address(), request, &answer);
            match answer {
                Ok(answer) => match left.iter().position(|outcome| outcome.status == answer.status) {
                    Some(position) => {
                        let outcome = left.remove(position);
                        problems.extend(self.problems(request, &answer, outcome));
                    }
                    None => problems.push(format!("one status {} too many", answer.status)),
                },
                Err(ended) => problems.push(ended.to_string()),
            }
        }
        problems.extend(
            left.iter()
                .map(|left| format!("no answer has status {}", left.status)),
        );
        problems
    }

    fn exchange(&mut self, request: &Request) -> Result<Answer, Ended> {
        let answer = exchange(self.server.address(), request);
        self.transcript.exchange(self.server.address(), request, &answer);
        answer
    }

    fn problems(&mut self, request: &Request, answer: &Answer, outcome: &Outcome) -> Vec<String> {
        let mut problems = self.problems_of_form(request, answer, Some(outcome));
        if answer.status != outcome.status {
            problems.push(format!("status {} instead of {}", answer.status, outcome.status));
        }
        for check in &outcome.checks {
            problems.extend(check.problems(answer, &mut self.memory));
        }
        problems
    }

    /// What the document does not say of an answer, or says otherwise.
    fn problems_of_form(&self, request: &Request, answer: &Answer, outcome: Option<&Outcome>) -> Vec<String> {
        let operation = operation(self.spec, request);
        let documented = operation.and_then(|operation| operation.response(answer.status));
        match (outcome.and_then(|outcome| outcome.outside), documented) {
            (Some(outside), _) => outside.problems(self.spec, answer, request.method == "HEAD"),
            (None, Some(response)) => response.problems(answer),
            // Who calls is found out before the route is, so this is documented for no operation.
            (None, None) if operation.is_none() && answer.status == 401 => {
                self.spec.problems_of_error(answer)
            }
            (None, None) => vec![format!("status {} is not documented", answer.status)],
        }
    }

    fn export(&self) -> Option<Fixtures> {
        self.server.world().map(mock_server::World::export)
    }
}

fn start(scenario: &Scenario) -> Server {
    if server::given().is_some() {
        return Server::start();
    }
    let mut builder = MockServer::builder();
    for given in &scenario.fixtures {
        builder = builder.fixtures(given.clone());
    }
    if let Some(at) = scenario.clock {
        builder = builder.clock(at);
    }
    Server::ours(builder)
}

/// The operation that a request is for, by its method and path.
pub(super) fn operation(spec: &'static Spec, request: &Request) -> Option<&'static Operation> {
    let fits = |template: &str| {
        let (mut segments, mut given) = (template.split('/'), request.path().split('/'));
        loop {
            match (segments.next(), given.next()) {
                (None, None) => return true,
                (Some(segment), Some(given)) if segment.starts_with('{') && !given.is_empty() => {}
                (Some(segment), Some(given)) if segment == given => {}
                _ => return false,
            }
        }
    };
    spec.operations
        .iter()
        .find(|operation| operation.method == request.method && fits(&operation.path))
}
