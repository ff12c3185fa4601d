//! Every operation with every value of its path, query and body replaced by what nobody should send: ids that are
//! somebody else's or nobody's, texts that mean something elsewhere, lists that are far too long.
//!
//! Whatever comes back is documented or on the closed list, and whatever is refused leaves the world as it was. Each
//! place of an operation is a test: `cargo test -p contract-tests --test hostile -- "POST /invites"`.

mod place;
mod strangers;
mod texts;

use contract_tests::outside::{BODY_TOO_LARGE, Outside, URI_TOO_LONG, URI_UNREAD};
use contract_tests::server::{self, Server};
use contract_tests::spec::{Operation, Spec, specs};
use contract_tests::wire::{Answer, Request, exchange};
use libtest_mimic::{Arguments, Failed, Trial};
use mock_server::fixtures::Fixtures;
use mock_server::{MockServer, World};

use place::Place;

/// The answers outside the documents that a value can be the cause of.
static OUTSIDE: [&Outside; 3] = [&URI_TOO_LONG, &URI_UNREAD, &BODY_TOO_LARGE];

fn main() {
    let mut trials = Vec::new();
    for spec in specs() {
        for operation in &spec.operations {
            for place in Place::all(operation) {
                trials.push(trial(spec, operation, place));
            }
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn trial(spec: &'static Spec, operation: &'static Operation, place: Place) -> Trial {
    let name = format!("{}: {operation}: {place}", spec.name);
    let trial = Trial::test(name, move || check(spec, operation, &place).map_err(Failed::from));
    match server::given() {
        Some(_) => trial
            .with_kind("needs the built-in fixtures")
            .with_ignored_flag(true),
        None => trial,
    }
}

/// Sends every value and says what is wrong with the first answer that is.
fn check(spec: &'static Spec, operation: &Operation, place: &Place) -> Result<(), String> {
    let server = Server::ours(MockServer::builder());
    let world = server
        .world()
        .ok_or("only our server's world can be looked into")?;
    let begun = world.export();
    for (what, request) in place.requests(spec, operation) {
        let told = |problem: String| {
            let sent = request.excerpt(server.address());
            format!("{what}: {problem}\n\nsent:\n{sent}")
        };
        let answer = exchange(server.address(), &request).map_err(|ended| told(ended.to_string()))?;
        let problems = problems(spec, operation, &answer);
        if !problems.is_empty() {
            return Err(told(format!("{}\n\nreceived:\n{answer}", problems.join("\n"))));
        }
        after(&world, &begun, operation, &answer)
            .map_err(|problem| told(format!("{problem}\n\nreceived:\n{answer}")))?;
    }
    match server.undocumented() {
        0 => Ok(()),
        answers => Err(format!("the server counts {answers} undocumented answers")),
    }
}

/// Nothing has changed where nothing may; what has changed is undone.
fn after(world: &World, begun: &Fixtures, operation: &Operation, answer: &Answer) -> Result<(), String> {
    if world.export() == *begun {
        return Ok(());
    }
    let only_reads = operation.method == "GET" && !operation.has_effects;
    if answer.status >= 400 || only_reads {
        return Err("the world is not as it was before".to_owned());
    }
    world.import(begun).map_err(|error| error.to_string())
}

fn problems(spec: &Spec, operation: &Operation, answer: &Answer) -> Vec<String> {
    if answer.status >= 500 {
        return vec![format!("status {}: the server failed", answer.status)];
    }
    let documented = operation
        .response(answer.status)
        .map(|response| response.problems(answer));
    let outside = OUTSIDE
        .iter()
        .filter(|outside| outside.status == answer.status)
        .map(|outside| outside.problems(spec, answer, false));
    let best = outside.chain(documented).min_by_key(Vec::len);
    best.unwrap_or_else(|| {
        vec![format!(
            "status {} is neither documented nor on the closed list",
            answer.status
        )]
    })
}

/// What is sent, and what is odd about it.
type Sent = (String, Request);
