use std::thread;

use mock_server::MockServer;
use mock_server::fixtures::Fixtures;
use mock_server::world::Message;
use serde_json::Value;

use super::Scenario;
use super::action::Action;
use super::difference::differences;
use super::memory::Memory;
use super::outcome::Outcome;
use super::transcript::Transcript;
use crate::server::{self, Server};
use crate::spec::{Operation, Spec, control, specs};
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
        let server = start(scenario);
        let mut run = Self {
            spec,
            memory: Memory::of(server.address()),
            server,
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
            Action::Told(show, wanted) => self.told(*show, wanted),
            Action::Cut(request) => self.cut(request),
        }
    }

    /// Holds what was told against what should have been.
    fn told(&self, show: fn(&Message) -> Option<Value>, wanted: &[Value]) -> Vec<String> {
        let Some(world) = self.server.world() else {
            return vec!["only our server shows what was told".to_owned()];
        };
        let told = world.outbox();
        let told = told.iter().filter_map(|event| show(&event.message)).collect();
        let wanted = self.memory.recalled(&Value::Array(wanted.to_vec()));
        differences("what was told", &wanted, &told)
    }

    /// Sends what must get no answer, or not all of one.
    fn cut(&mut self, request: &Request) -> Vec<String> {
        let request = self.memory.request(request);
        match self.exchange(&request) {
            Ok(answer) => vec![format!(
                "status {}, where the connection should be cut",
                answer.status
            )],
            Err(_) => Vec::new(),
        }
    }

    fn given(&mut self, request: &Request) -> Vec<String> {
        let request = self.memory.request(request);
        let answer = self.exchange(&request);
        let operation = called(self.spec, &request);
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
        let only_reads = || {
            let has_effects = called(self.spec, &request).is_none_or(|operation| operation.has_effects);
            request.method == "GET" && !has_effects
        };
        let changes_nothing = outcome.changes_nothing || answer.status >= 400 || only_reads();
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
        let operation = called(self.spec, request);
        let documented = operation.and_then(|operation| operation.response(answer.status));
        let is_head = request.method == "HEAD";
        match (outcome.and_then(|outcome| outcome.outside), documented) {
            (Some(outside), _) => {
                let problems = self
                    .spoken_to(request)
                    .map(|spec| outside.problems(spec, answer, is_head));
                problems.min_by_key(Vec::len).unwrap_or_default()
            }
            (None, Some(response)) if is_head => response.problems_without_body(answer),
            (None, Some(response)) => response.problems(answer),
            // Who calls is found out before the route is, so this is documented for no operation.
            (None, None) if operation.is_none() && matches!(answer.status, 401 | 403) => {
                self.spec.problems_of_error(answer)
            }
            (None, None) => vec![format!("status {} is not documented", answer.status)],
        }
    }

    /// The APIs that may have answered: the row's own, or where that is the control API and something else is asked, any
    /// of the others.
    fn spoken_to(&self, request: &Request) -> impl Iterator<Item = &'static Spec> {
        let is_own = self.spec.name != control().name || request.target.starts_with("/_mock");
        let own = is_own.then_some(self.spec);
        let others = (!is_own).then(|| specs().iter());
        own.into_iter().chain(others.into_iter().flatten())
    }

    fn export(&self) -> Option<Fixtures> {
        self.server.world().map(|world| world.export())
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
    if let Some(settings) = scenario.settings {
        builder = settings(builder);
    }
    Server::ours(builder)
}

/// The operation that a request calls: one of the API the row is about, or of another one that shows what came of it, in
/// whichever world and by whichever address. A HEAD is a call of what is read.
pub(super) fn called(spec: &'static Spec, request: &Request) -> Option<&'static Operation> {
    let others = specs().iter().filter(|other| other.name != spec.name);
    let all = std::iter::once(spec).chain(others);
    let in_world = request.target.strip_prefix("/w/").and_then(below_first);
    let target = in_world.unwrap_or(&request.target);
    let method = if request.method == "HEAD" {
        "GET"
    } else {
        &request.method
    };
    all.into_iter().find_map(|spec| {
        let named = target
            .strip_prefix('/')
            .and_then(|rest| rest.strip_prefix(spec.name));
        let native = named.filter(|rest| rest.starts_with('/')).unwrap_or(target);
        operation(spec, &Request::new(method, native))
    })
}

/// A path without its first segment, which it begins with.
fn below_first(path: &str) -> Option<&str> {
    path.find('/').and_then(|at| path.get(at..))
}

/// The operation of a document that a request is for, by its method and path.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outside::UNKNOWN_ROUTE;
    use crate::scenario::{Rule, answer};
    use crate::spec::specs;

    static RULE: Rule = Rule {
        number: 7,
        title: "a rule",
    };

    fn verdict(scenario: &Scenario) -> Result<(), String> {
        let mut specs = specs().iter();
        let spec = specs.find(|spec| spec.name == "clerk");
        Run::verdict(spec.expect("there is a document of Clerk's"), scenario)
    }

    fn row() -> Scenario {
        Scenario::new(&RULE, "a row")
    }

    /// What every server refuses, as nobody calls.
    fn call() -> Request {
        Request::new("GET", "/v1/organizations/o/memberships")
    }

    #[test]
    fn a_row_that_is_right_passes() {
        let code = "authorization_header_format_invalid";
        let right = row().ask(call(), answer(401).has("errors.0.code", code));
        verdict(&right).unwrap();
        let refused = || answer(401);
        let together = row().together(vec![call(), call()], vec![refused(), refused()]);
        verdict(&together).unwrap();
    }

    #[test]
    fn a_row_that_is_wrong_says_what_is_and_what_was_said() {
        let elsewhere = || Request::new("GET", "/v1/nothing");
        for (row, problem) in [
            (row().ask(call(), answer(200)), "status 401 instead of 200"),
            (
                row().ask(call(), answer(401).has("errors.0.code", "x")),
                "instead of \"x\"",
            ),
            (row().given(call()), "this has to succeed"),
            (
                row().ask(elsewhere(), Outcome::outside(&UNKNOWN_ROUTE)),
                "status 401 instead of 404",
            ),
            (
                row().together(vec![call(), call()], vec![answer(401), answer(200)]),
                "no answer has status 200",
            ),
            (
                row().ask(call(), answer(401)).ask(call(), answer(403)),
                "[2] received:",
            ),
        ] {
            let told = verdict(&row).unwrap_err();
            assert!(told.starts_with("a row\n(rule 7, a rule)\n"), "{told}");
            assert!(told.contains(problem), "{problem} is not in {told}");
            assert!(told.contains("[1] sent:\nGET "), "{told}");
        }
    }

    #[test]
    fn a_request_is_for_the_operation_of_its_method_and_path() {
        let mut specs = specs().iter();
        let spec = specs.find(|spec| spec.name == "clerk").unwrap();
        let id = |method: &str, target: &str| -> Option<&str> {
            let found = operation(spec, &Request::new(method, target));
            found.map(|operation| operation.id.as_str())
        };
        let path = "/v1/organizations/o/memberships";
        assert_eq!(
            id("GET", "/v1/organizations/o/memberships?limit=1"),
            Some("ListOrganizationMemberships")
        );
        assert_eq!(
            id("PATCH", "/v1/organizations/o/memberships/u"),
            Some("UpdateOrganizationMembership")
        );
        assert_eq!(id("PUT", path), None);
        assert_eq!(id("GET", "/v1/organizations//memberships"), None);
        assert_eq!(id("PATCH", "/v1/organizations/o/memberships/u/more"), None);
    }

    #[test]
    fn a_call_is_told_in_whichever_world_by_whichever_address_and_of_whichever_api() {
        let mut specs = specs().iter();
        let spec = specs.find(|spec| spec.name == "clerk").unwrap();
        let id = |method: &str, target: &str| -> Option<&str> {
            let found = called(spec, &Request::new(method, target));
            found.map(|operation| operation.id.as_str())
        };
        let listing = Some("ListOrganizationMemberships");
        assert_eq!(id("GET", "/w/a/v1/organizations/o/memberships"), listing);
        assert_eq!(id("HEAD", "/clerk/v1/organizations/o/memberships"), listing);
        assert_eq!(id("GET", "/w/a/clerk/v1/organizations/o/memberships?x"), listing);
        assert_eq!(id("POST", "/w/a/invites/i"), Some("acceptInvite"));
        assert_eq!(id("GET", "/w/a"), None);
    }

    #[test]
    fn a_connection_that_should_be_cut_and_is_not_is_told() {
        let told = verdict(&row().cut(call())).unwrap_err();
        assert!(
            told.contains("status 401, where the connection should be cut"),
            "{told}"
        );
    }
}
