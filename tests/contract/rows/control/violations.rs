//! What callers do off the contract, accepted or not.

use contract_tests::outside::{Outside, UNKNOWN_API, UNKNOWN_ROUTE, WRONG_METHOD};
use contract_tests::scenario::{Outcome, Scenario, answer};
use contract_tests::wire::{Body, Request};
use serde_json::{Value, json};

use super::calls::{
    A, B, NEW_YEAR, Worlds as _, done, forget, get, made, make_frozen, ok, violations, world,
};
use super::rules::{TOTALS, VIOLATIONS};
use crate::clerk::calls as clerk;
use crate::enhance::calls as enhance;
use crate::logto::calls as logto;
use crate::whylabs::calls as whylabs;

pub(crate) fn rows() -> Vec<Scenario> {
    [kinds(), details(), none(), totals()].concat()
}

fn row(name: &str) -> Scenario {
    Scenario::new(&VIOLATIONS, name).ask(make_frozen(A), made())
}

/// A violation of a kind, at a place of a part of the request.
struct Found {
    kind: &'static str,
    part: Option<&'static str>,
    pointer: &'static str,
    accepted: bool,
}

/// One request does one thing off the contract.
fn shows(name: &str, request: Request, outcome: Outcome, found: &Found) -> Scenario {
    let told = ok()
        .has("total", 1)
        .has("dropped", 0)
        .lacks("violations.1")
        .has("violations.0.world", A)
        .has("violations.0.request", 1)
        .has("violations.0.at", NEW_YEAR)
        .has("violations.0.kind", found.kind)
        .has("violations.0.pointer", found.pointer)
        .has("violations.0.accepted", found.accepted)
        .matches("violations.0.detail", "\\S");
    let told = match found.part {
        Some(part) => told.has("violations.0.part", part),
        None => told,
    };
    row(name)
        .ask(request.in_world(A), outcome)
        .ask(violations(A, ""), told)
        .ask(world(A), ok().has("violations", 1))
}

fn add(body: &Value) -> Request {
    clerk::create_with(clerk::EMPTY, body)
}

fn sound() -> Value {
    json!({ "user_id": clerk::GUS, "role": "org:member" })
}

fn found(kind: &'static str, part: Option<&'static str>, pointer: &'static str, accepted: bool) -> Found {
    Found {
        kind,
        part,
        pointer,
        accepted,
    }
}

fn kinds() -> Vec<Scenario> {
    let absent = Request {
        body: Body::None,
        ..add(&sound()).without_header("content-type")
    };
    let mut with_more = sound();
    with_more["surprise"] = json!(1);
    let plain = add(&sound())
        .without_header("content-type")
        .header("content-type", "text/plain");
    vec![
        shows(
            "a path of an API that nobody documents",
            clerk::request("GET", "/v1/organizations/nothing/at/all"),
            Outcome::outside(&UNKNOWN_ROUTE),
            &found("unknown_path", None, "", false),
        ),
        shows(
            "a method that a path does not take",
            clerk::request("PUT", clerk::memberships(clerk::ACME)),
            Outcome::outside(&WRONG_METHOD),
            &found("unknown_method", None, "", false),
        ),
        shows(
            "a parameter that nobody documents",
            clerk::list(clerk::ACME, "surprise=1"),
            clerk::ok(),
            &found("undocumented_parameter", Some("query"), "/surprise", true),
        ),
        shows(
            "a member of a body that nobody documents",
            add(&with_more),
            clerk::ok(),
            &found("undocumented_property", Some("body"), "/surprise", true),
        ),
        shows(
            "a value that is not valid, and refused",
            clerk::list(clerk::ACME, "limit=0"),
            answer(422),
            &found("invalid_value", Some("query"), "/limit", false),
        ),
        shows(
            "a value that is not valid, and taken for none",
            logto::list("page="),
            logto::ok(),
            &found("invalid_value", Some("query"), "/page", true),
        ),
        shows(
            "a member of a body that is missing",
            add(&json!({ "user_id": clerk::GUS })),
            answer(422),
            &found("invalid_value", Some("body"), "/role", false),
        ),
        shows(
            "a body of a media type that is not documented, taken all the same",
            plain,
            clerk::ok(),
            &found("wrong_content_type", None, "", true),
        ),
        shows(
            "a body of a media type that is not documented, refused",
            enhance::add(enhance::C, enhance::FREE.login, &["Support"])
                .without_header("content-type")
                .header("content-type", "text/plain")
                .header("cookie", "id0=mock-session"),
            answer(400),
            &found("wrong_content_type", None, "", false),
        ),
        shows(
            "a body that cannot be read",
            add(&sound()).bytes_as_body("{\"user_id\":"),
            answer(400),
            &found("unreadable_body", Some("body"), "", false),
        ),
        shows(
            "a body that is not there",
            absent,
            answer(400),
            &found("missing_body", Some("body"), "", false),
        ),
    ]
}

fn details() -> Vec<Scenario> {
    vec![
        row("a violation says of which call it is")
            .ask(clerk::list(clerk::ACME, "limit=0").in_world(A), answer(422))
            .ask(
                violations(A, ""),
                ok().has("violations.0.api", "clerk")
                    .has("violations.0.operation", "ListOrganizationMemberships")
                    .has("violations.0.method", "GET")
                    .has("violations.0.path", clerk::memberships(clerk::ACME))
                    .has("violations.0.rule", "minimum"),
            ),
        row("everything that is wrong with a request is told")
            .ask(
                clerk::list(clerk::ACME, "limit=0&offset=-1&surprise=1").in_world(A),
                answer(422),
            )
            .ask(
                violations(A, ""),
                ok().has("total", 3)
                    .fits("violations", json!({ "minItems": 3, "maxItems": 3 }))
                    .mentions("\"/limit\"")
                    .mentions("\"/offset\"")
                    .mentions("\"/surprise\"")
                    .lists("violations", "request", &[1, 1, 1]),
            ),
        row("a place in a body is told by its pointer")
            .ask(
                logto::add_with(logto::EMPTY, &json!({ "userIds": [logto::ERIN, 5] })).in_world(A),
                answer(400),
            )
            .ask(
                violations(A, ""),
                ok().lists("violations", "pointer", &["/userIds/1"])
                    .has("violations.0.rule", "type"),
            ),
        row("the oldest stands first")
            .ask(clerk::list(clerk::ACME, "one=1").in_world(A), clerk::ok())
            .ask(logto::list("two=2").in_world(A), logto::ok())
            .ask(
                violations(A, ""),
                ok().lists("violations", "pointer", &["/one", "/two"]).lists(
                    "violations",
                    "request",
                    &[1, 2],
                ),
            )
            .ask(
                violations(A, "api=logto"),
                ok().lists("violations", "pointer", &["/two"]),
            )
            .ask(violations(A, "api=enhance"), ok().has("violations", json!([]))),
        row("a call by nobody is off the contract like any other")
            .ask(
                clerk::without_key(clerk::list(clerk::ACME, "surprise=1")).in_world(A),
                answer(401),
            )
            .ask(
                violations(A, ""),
                ok().lists("violations", "kind", &["undocumented_parameter"])
                    .has("violations.0.accepted", false),
            ),
    ]
}

static TEAPOT: Outside = Outside::told(418);

fn none() -> Vec<Scenario> {
    let nothing = || ok().has("", json!({ "violations": [], "total": 0, "dropped": 0 }));
    vec![
        row("what is refused by a rule of the vendor's alone is no violation")
            .ask(clerk::list(clerk::NOWHERE, "").in_world(A), answer(404))
            .ask(
                clerk::without_key(clerk::list(clerk::ACME, "")).in_world(A),
                answer(401),
            )
            .ask(
                whylabs::create(whylabs::ACME, whylabs::GHOST, "MEMBER").in_world(A),
                answer(404),
            )
            .ask(violations(A, ""), nothing()),
        row("what is on the contract is none")
            .ask(clerk::list(clerk::ACME, "limit=1").in_world(A), clerk::ok())
            .ask(add(&sound()).in_world(A), clerk::ok())
            .ask(violations(A, ""), nothing()),
        row("a path of no API is off no contract")
            .ask(
                Request::new("GET", "/w/a/nothing"),
                Outcome::outside(&UNKNOWN_API),
            )
            .ask(violations(A, ""), nothing()),
        row("an answer that a fault gave is not the caller's doing")
            .ask(
                super::calls::break_with(A, &json!({ "effect": { "kind": "raw", "status": 418 } })),
                made(),
            )
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                Outcome::outside(&TEAPOT),
            )
            .ask(violations(A, ""), nothing()),
    ]
}

fn totals() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TOTALS, name);
    vec![
        row("violations of all worlds stand in one list, each with its world")
            .ask(clerk::list(clerk::ACME, "one=1").in_world(A), clerk::ok())
            .ask(clerk::list(clerk::ACME, "two=2").in_world(B), clerk::ok())
            .ask(logto::list("three=3"), logto::ok())
            .ask(
                get("/violations"),
                ok().has("total", 3)
                    .lists("violations", "world", &[A, B, "default"])
                    .lists("violations", "pointer", &["/one", "/two", "/three"]),
            )
            .ask(
                get("/violations?api=logto"),
                ok().lists("violations", "world", &["default"]),
            ),
        row("violations of worlds that are gone count still")
            .ask(clerk::list(clerk::ACME, "one=1").in_world(A), clerk::ok())
            .ask(forget(A), done())
            .ask(get("/violations"), ok().lists("violations", "world", &[A])),
    ]
}
