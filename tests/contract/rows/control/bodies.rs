//! Bodies that cannot be used, whichever operation they are for.

use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::{Body, Request};
use mock_server::{Builder, Limits};
use serde_json::{Value, json};

use super::calls::{bad_request, ok, problem, with_bodies, worlds, wrong_at};
use super::rules::BODIES;

/// No more than a body that is good.
const MOST: usize = 1000;

pub(crate) fn rows() -> Vec<Scenario> {
    [
        media_types(),
        unreadable(),
        of_another_type(),
        unknown_members(),
        large(),
    ]
    .concat()
}

fn row(name: String) -> Scenario {
    Scenario::new(&BODIES, name)
}

/// Nothing has begun.
fn nothing_begun(row: Scenario) -> Scenario {
    row.ask(worlds(), ok().lists("worlds", "name", &["default"]))
}

fn media_types() -> Vec<Scenario> {
    let not_json = || problem(415, "Unsupported Media Type");
    let mut rows = Vec::new();
    for (operation, call) in with_bodies() {
        let of = |media_type: &str| {
            let call = call.clone().without_header("content-type");
            call.header("content-type", media_type)
        };
        rows.push(nothing_begun(
            row(format!("{} takes JSON only", operation.id))
                .ask(of("text/plain"), not_json())
                .ask(of("application/x-www-form-urlencoded"), not_json())
                .ask(of("application/yaml"), not_json()),
        ));
    }
    rows
}

fn unreadable() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (operation, call) in with_bodies() {
        let broken = |body: &str| call.clone().bytes_as_body(body);
        let absent = Request {
            body: Body::None,
            ..call.clone()
        };
        rows.push(nothing_begun(
            row(format!("{} takes a body that is a JSON document", operation.id))
                .ask(absent, bad_request())
                .ask(broken(""), bad_request())
                .ask(
                    broken("{\"name\":"),
                    bad_request().matches("detail", "cannot be read"),
                )
                .ask(broken("{} {}"), bad_request())
                .ask(broken("name: a"), bad_request()),
        ));
    }
    rows
}

fn of_another_type() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (operation, call) in with_bodies() {
        let with = |body: Value| call.clone().json(&body);
        rows.push(nothing_begun(
            row(format!("{} takes an object", operation.id))
                .ask(with(json!([])), wrong_at(""))
                .ask(with(json!("text")), wrong_at(""))
                .ask(with(Value::Null), wrong_at("")),
        ));
    }
    rows
}

fn unknown_members() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (operation, call) in with_bodies() {
        let mut body = operation.example_body();
        body["x-surprise"] = json!(1);
        rows.push(nothing_begun(
            row(format!("{} takes no member nobody knows", operation.id))
                .ask(call.json(&body), wrong_at("/x-surprise")),
        ));
    }
    rows
}

fn large() -> Vec<Scenario> {
    let small = |builder: Builder| {
        builder.limits(Limits {
            control_body_bytes: MOST,
            ..Limits::default()
        })
    };
    let mut rows = Vec::new();
    for (operation, call) in with_bodies() {
        let good = operation.example_body().to_string();
        let padded = |length: usize| format!("{}{good}", " ".repeat(length - good.len()));
        let chunked = Request {
            body: Body::Chunked(padded(MOST + 1).into_bytes()),
            ..call.clone()
        };
        let too_large = || -> Outcome { problem(413, "Payload Too Large").matches("detail", "1000") };
        rows.push(nothing_begun(
            row(format!("{} takes a body of so many bytes", operation.id))
                .server(small)
                .ask(call.bytes_as_body(padded(MOST + 1)), too_large())
                .ask(chunked, too_large()),
        ));
    }
    rows
}
