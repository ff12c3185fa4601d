//! Which calls faults are about.

use contract_tests::outside::Outside;
use contract_tests::scenario::{Outcome, Scenario, answer};
use contract_tests::wire::Request;
use serde_json::{Value, json};

use super::calls::{A, Worlds as _, break_with, done, faults, made, mend_all, ok, requests};
use super::rules::MATCHING;
use crate::clerk::calls as clerk;
use crate::logto::calls as logto;
use crate::whylabs::calls as whylabs;

static TEAPOT: Outside = Outside::told(418);

pub(crate) fn rows() -> Vec<Scenario> {
    [named(), alike()].concat()
}

fn list() -> Request {
    clerk::list(clerk::ACME, "").in_world(A)
}

fn add() -> Request {
    clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A)
}

/// The calls that match are answered with 418.
fn tea(matching: &Value) -> Request {
    break_with(
        A,
        &json!({ "match": matching, "effect": { "kind": "raw", "status": 418 } }),
    )
}

fn is_tea() -> Outcome {
    Outcome::outside(&TEAPOT)
}

/// A row in which a fault is about one call and not about another.
fn about(what: &str, matching: &Value, meant: Request, other: (Request, Outcome)) -> Scenario {
    Scenario::new(&MATCHING, format!("a fault is about {what}"))
        .ask(tea(matching), made().has("match", matching.clone()))
        .ask(meant, is_tea())
        .ask(other.0, other.1)
        .ask(
            faults(A),
            ok().has("faults.0.matched", 1).has("faults.0.applied", 1),
        )
}

fn named() -> Vec<Scenario> {
    let of_clerk = || (list(), clerk::ok());
    let of_logto = || (logto::list("").in_world(A), logto::ok());
    let sending = |value: &str| list().header("x-request-source", value);
    vec![
        about(
            "the calls of one API",
            &json!({ "api": "clerk" }),
            list(),
            of_logto(),
        ),
        about(
            "the calls of one operation",
            &json!({ "operation": "CreateOrganizationMembership", "api": "clerk" }),
            add(),
            of_clerk(),
        ),
        about(
            "an operation by its readable name",
            &json!({ "operation": "list_organizations" }),
            logto::list("").in_world(A),
            (logto::get(logto::ACME).in_world(A), logto::ok()),
        ),
        about("one method", &json!({ "method": "POST" }), add(), of_clerk()),
        about(
            "one path",
            &json!({ "path": clerk::memberships(clerk::ACME) }),
            list(),
            (clerk::list(clerk::EMPTY, "").in_world(A), clerk::ok()),
        ),
        about(
            "paths with a segment that can be any",
            &json!({ "path": "/v1/organizations/*/memberships" }),
            list(),
            (
                clerk::update(clerk::ACME, clerk::CY, "org:admin").in_world(A),
                clerk::ok(),
            ),
        ),
        about(
            "all paths below one",
            &json!({ "path": "/v1/**" }),
            clerk::update(clerk::ACME, clerk::CY, "org:admin").in_world(A),
            of_logto(),
        ),
        about(
            "requests with a header",
            &json!({ "headers": { "X-Request-Source": "checkout-*" } }),
            sending("checkout-7"),
            (sending("basket-7"), clerk::ok()),
        ),
        about(
            "requests with a header that has any value at all",
            &json!({ "headers": { "x-request-source": "*" } }),
            sending(""),
            of_clerk(),
        ),
        about(
            "what all of it holds for",
            &json!({ "api": "clerk", "method": "GET", "path": "/v1/**", "headers": { "x-a": "1" } }),
            list().header("x-a", "1"),
            (add().header("x-a", "1"), clerk::ok()),
        ),
    ]
}

fn alike() -> Vec<Scenario> {
    vec![
        Scenario::new(&MATCHING, "a fault that says nothing of it is about every call")
            .ask(tea(&json!({})), made())
            .ask(list(), is_tea())
            .ask(logto::list("").in_world(A), is_tea())
            .ask(whylabs::list(whylabs::ACME).in_world(A), is_tea()),
        Scenario::new(
            &MATCHING,
            "an operation's name is that of several APIs, which may be named",
        )
        .ask(
            tea(&json!({ "operation": "ListOrganizationMemberships" })),
            made(),
        )
        .ask(list(), is_tea())
        .ask(whylabs::list(whylabs::ACME).in_world(A), is_tea())
        .ask(mend_all(A), done())
        .ask(
            tea(&json!({ "operation": "ListOrganizationMemberships", "api": "whylabs" })),
            made(),
        )
        .ask(list(), clerk::ok())
        .ask(whylabs::list(whylabs::ACME).in_world(A), is_tea()),
        Scenario::new(
            &MATCHING,
            "the path is the vendor's own, by whichever address it is called",
        )
        .ask(tea(&json!({ "path": "/v1/organizations/*/memberships" })), made())
        .ask(
            list().at(&format!("/w/a/clerk{}", clerk::memberships(clerk::ACME))),
            is_tea(),
        )
        .ask(clerk::list(clerk::ACME, "").header("x-mock-world", A), is_tea()),
        Scenario::new(&MATCHING, "the query is no part of the path")
            .ask(tea(&json!({ "path": clerk::memberships(clerk::ACME) })), made())
            .ask(clerk::list(clerk::ACME, "limit=1").in_world(A), is_tea()),
        Scenario::new(
            &MATCHING,
            "letter case counts in values and not in names of headers",
        )
        .ask(tea(&json!({ "headers": { "x-a": "Yes" } })), made())
        .ask(list().header("X-A", "Yes"), is_tea())
        .ask(list().header("X-A", "yes"), clerk::ok())
        .ask(list().header("x-a", "no").header("x-a", "Yes"), is_tea()),
        Scenario::new(&MATCHING, "who calls does not matter")
            .ask(tea(&json!({ "api": "clerk" })), made())
            .ask(clerk::without_key(list()), is_tea()),
        Scenario::new(&MATCHING, "what is of the control API is never about a fault")
            .ask(tea(&json!({})), made())
            .ask(faults(A), ok())
            .ask(super::calls::get("/health"), ok()),
        Scenario::new(
            &MATCHING,
            "an answer that is forced is given all the same, and matches nothing",
        )
        .ask(tea(&json!({})), made())
        .ask(list().header("prefer", "code=404"), answer(404))
        .ask(faults(A), ok().has("faults.0.matched", 0))
        .ask(requests(A, ""), ok().has("requests.0.answered_by", "forced")),
    ]
}
