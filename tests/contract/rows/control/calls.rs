//! The operations of the control API as requests, and what is asked of the worlds it steers.

use contract_tests::scenario::{Outcome, answer};
use contract_tests::spec::{Location, Operation, Spec};
use contract_tests::wire::Request;
use serde_json::{Value, json};

/// A world that nobody named before.
pub(crate) const A: &str = "a";
/// Another one.
pub(crate) const B: &str = "b";
/// What a clock that stands still shows.
pub(crate) const NEW_YEAR: &str = "2026-01-01T00:00:00Z";

/// What has to be said to a server that was started with a token.
pub(crate) const TOKEN: &str = "control-token";

pub(crate) fn spec() -> &'static Spec {
    contract_tests::spec::control()
}

/// A request for something below `/_mock`.
pub(crate) fn request(method: &str, path: &str) -> Request {
    Request::new(method, format!("/_mock{path}"))
}

pub(crate) fn get(path: &str) -> Request {
    request("GET", path)
}

/// A request for something below a world.
pub(crate) fn below(method: &str, world: &str, path: &str) -> Request {
    request(method, &format!("/worlds/{world}{path}"))
}

fn queried(world: &str, path: &str, query: &str) -> Request {
    let separator = if query.is_empty() { "" } else { "?" };
    below("GET", world, &format!("{path}{separator}{query}"))
}

pub(crate) fn worlds() -> Request {
    get("/worlds")
}

/// Making a world of this body.
pub(crate) fn make(body: &Value) -> Request {
    request("POST", "/worlds").json(body)
}

/// Making a world whose clock stands still at New Year.
pub(crate) fn make_frozen(name: &str) -> Request {
    make(&json!({ "name": name, "clock": { "frozen_at": NEW_YEAR } }))
}

pub(crate) fn world(world: &str) -> Request {
    below("GET", world, "")
}

pub(crate) fn forget(world: &str) -> Request {
    below("DELETE", world, "")
}

pub(crate) fn reset(world: &str) -> Request {
    below("POST", world, "/reset")
}

pub(crate) fn export(world: &str) -> Request {
    below("GET", world, "/state")
}

pub(crate) fn replace(world: &str, fixtures: &Value) -> Request {
    below("PUT", world, "/state").json(fixtures)
}

pub(crate) fn merge(world: &str, fixtures: &Value) -> Request {
    below("PATCH", world, "/state").json(fixtures)
}

pub(crate) fn clock(world: &str) -> Request {
    below("GET", world, "/clock")
}

pub(crate) fn set_clock(world: &str, setting: &Value) -> Request {
    below("PUT", world, "/clock").json(setting)
}

pub(crate) fn freeze(world: &str, at: &str) -> Request {
    set_clock(world, &json!({ "mode": "frozen", "at": at }))
}

pub(crate) fn advance(world: &str, by: &str) -> Request {
    below("POST", world, "/clock/advance").json(&json!({ "by": by }))
}

pub(crate) fn events(world: &str, query: &str) -> Request {
    queried(world, "/outbox", query)
}

pub(crate) fn faults(world: &str) -> Request {
    below("GET", world, "/faults")
}

pub(crate) fn break_with(world: &str, fault: &Value) -> Request {
    below("POST", world, "/faults").json(fault)
}

pub(crate) fn mend(world: &str, fault: &str) -> Request {
    below("DELETE", world, &format!("/faults/{fault}"))
}

pub(crate) fn mend_all(world: &str) -> Request {
    below("DELETE", world, "/faults")
}

pub(crate) fn requests(world: &str, query: &str) -> Request {
    queried(world, "/requests", query)
}

pub(crate) fn forget_requests(world: &str) -> Request {
    below("DELETE", world, "/requests")
}

pub(crate) fn verify_with(world: &str, body: &Value) -> Request {
    below("POST", world, "/requests/verify").json(body)
}

/// Whether these calls came, in whichever order.
pub(crate) fn verify(world: &str, expectations: &Value) -> Request {
    verify_with(world, &json!({ "expect": expectations }))
}

pub(crate) fn violations(world: &str, query: &str) -> Request {
    queried(world, "/violations", query)
}

pub(crate) fn coverage(world: &str, query: &str) -> Request {
    queried(world, "/coverage", query)
}

pub(crate) fn coverage_text(world: &str, query: &str) -> Request {
    queried(world, "/coverage.txt", query)
}

pub(crate) fn coverage_junit(world: &str, query: &str) -> Request {
    queried(world, "/coverage.junit.xml", query)
}

/// Where a call of an API goes.
pub(crate) trait Worlds {
    /// To this world.
    fn in_world(self, world: &str) -> Self;
}

impl Worlds for Request {
    fn in_world(mut self, world: &str) -> Self {
        self.target = format!("/w/{world}{}", self.target);
        self
    }
}

/// Every operation on something below a world, with a call of it that is good, there.
pub(crate) fn all_below(world: &str) -> impl Iterator<Item = (&'static Operation, Request)> {
    let below_world = |operation: &&Operation| operation.path.contains("/{world}/");
    on_worlds(world).filter(move |(operation, _)| below_world(operation))
}

/// Every operation on a world, with a call of it that is good, there.
pub(crate) fn on_worlds(world: &str) -> impl Iterator<Item = (&'static Operation, Request)> {
    let operations = spec().operations.iter();
    let names_world = |operation: &&Operation| {
        let mut parameters = operation.parameters_in(Location::Path);
        parameters.any(|parameter| parameter.name == "world")
    };
    operations.filter(names_world).map(move |operation| {
        let call = operation.call(spec());
        let path = operation.path_with("world", world);
        (operation, call.at(&path))
    })
}

/// Every operation that takes a body, with a call of it that is good.
pub(crate) fn with_bodies() -> impl Iterator<Item = (&'static Operation, Request)> {
    let operations = spec().operations.iter();
    let takes_body = |operation: &&Operation| operation.body.is_some();
    operations
        .filter(takes_body)
        .map(|operation| (operation, operation.call(spec())))
}

pub(crate) fn ok() -> Outcome {
    answer(200)
}

pub(crate) fn made() -> Outcome {
    answer(201)
}

/// A 204.
pub(crate) fn done() -> Outcome {
    answer(204)
}

/// A problem that says what is wrong in a sentence.
pub(crate) fn problem(status: u16, title: &str) -> Outcome {
    answer(status)
        .has("type", "about:blank")
        .has("title", title)
        .has("status", status)
        .matches("detail", "^[A-Z\"`/].+\\.$")
}

/// A refusal of something in the request, which is told to be at this place of the body and at no other.
pub(crate) fn wrong_at(pointer: &str) -> Outcome {
    wrong_at_all(&[pointer])
}

/// The same for several things.
pub(crate) fn wrong_at_all(pointers: &[&str]) -> Outcome {
    bad_request().lists("errors", "pointer", pointers)
}

/// A refusal of a parameter of this name.
pub(crate) fn wrong_parameter(part: &str, name: &str) -> Outcome {
    wrong_at(&format!("/{name}")).has("errors.0.part", part)
}

pub(crate) fn bad_request() -> Outcome {
    answer(400).has("type", "about:blank").has("title", "Bad Request")
}

pub(crate) fn no_such_world() -> Outcome {
    problem(404, "Not Found")
}

/// The clock stands still at an instant.
pub(crate) fn stands_at(now: &str) -> Outcome {
    ok().has("", json!({ "mode": "frozen", "now": now }))
}
