//! Expectations that are not met, and those that make no sense.

use contract_tests::scenario::{Outcome, Scenario, answer};
use mock_server::{Builder, Limits};
use serde_json::{Value, json};

use super::calls::{A, done, forget_requests, verify, verify_with, wrong_at, wrong_at_all};
use super::rules::{BAD_EXPECTATIONS, UNMET};
use super::verifying::{adding, called, found, in_order};
use crate::clerk::calls as clerk;

pub(crate) fn rows() -> Vec<Scenario> {
    [in_another_order(), unmet(), nearest(), gone(), senseless()].concat()
}

fn not_met() -> Outcome {
    answer(409)
        .has("type", "about:blank")
        .has("title", "Conflict")
        .has("status", 409)
        .matches("detail", "\\S")
}

fn in_another_order() -> Vec<Scenario> {
    vec![
        called(Scenario::new(&UNMET, "calls in another order")).ask(
            in_order(&[json!({ "api": "logto" }), adding()]),
            not_met().lists("unmet", "expectation", &[1]),
        ),
        called(Scenario::new(&UNMET, "a call that stands for two in order")).ask(
            in_order(&[json!({ "status": 404 }), json!({ "status": 404 })]),
            not_met().lists("unmet", "expectation", &[1]),
        ),
    ]
}

fn unmet() -> Vec<Scenario> {
    let row = |name: &str| called(Scenario::new(&UNMET, name));
    let fails = |row: Scenario, expectation: Value, numbers: &[u32]| {
        row.ask(
            verify(A, &json!([expectation])),
            not_met()
                .has("unmet.0.expectation", 0)
                .has("unmet.0.found", numbers.len())
                .has("unmet.0.numbers", json!(numbers))
                .matches("unmet.0.expected", "\\S")
                .lacks("unmet.1"),
        )
    };
    vec![
        fails(
            row("too few calls"),
            json!({ "match": adding(), "count": 3 }),
            &[1, 2],
        ),
        fails(
            row("too many calls"),
            json!({ "match": adding(), "count": 1 }),
            &[1, 2],
        ),
        fails(
            row("a call that should not have been"),
            json!({ "match": adding(), "count": 0 }),
            &[1, 2],
        ),
        fails(
            row("fewer calls than there should be at least"),
            json!({ "match": adding(), "at_least": 3 }),
            &[1, 2],
        ),
        fails(
            row("more calls than there may be at most"),
            json!({ "match": adding(), "at_most": 1 }),
            &[1, 2],
        ),
        fails(
            row("no call where there should be one"),
            json!({ "match": { "operation": "DeleteOrganizationMembership" } }),
            &[],
        ),
        row("all expectations that are not met are told").ask(
            verify(
                A,
                &json!([
                    { "match": { "status": 500 } },
                    { "match": adding() },
                    { "match": { "api": "enhance" } },
                ]),
            ),
            not_met().lists("unmet", "expectation", &[0, 2]),
        ),
        Scenario::new(&UNMET, "nothing was called at all").ask(
            verify(A, &json!([{ "match": {} }])),
            not_met()
                .has("unmet.0.found", 0)
                .has("unmet.0.nearest", json!([])),
        ),
    ]
}

/// What came nearest, and what it lacks.
fn nearest() -> Vec<Scenario> {
    let row = |name: &str| called(Scenario::new(&UNMET, name));
    let wanted = json!({
        "operation": "CreateOrganizationMembership",
        "api": "clerk",
        "body": { "user_id": clerk::GUS, "role": "org:admin" },
    });
    vec![
        row("what came nearest is told with each difference, and where it is").ask(
            verify(A, &json!([{ "match": wanted, "count": 1 }])),
            not_met()
                .has("unmet.0.found", 0)
                .fits("unmet.0.nearest.0.number", json!({ "enum": [1, 2] }))
                .matches(
                    "unmet.0.nearest.0.request",
                    "^POST /v1/organizations/.+ (200|404)$",
                )
                .fits(
                    "unmet.0.nearest",
                    json!({ "contains": { "properties": {
                        "number": { "const": 1 },
                        "differences": { "contains": { "properties": {
                            "place": { "pattern": "/role" },
                            "expected": { "pattern": "org:admin" },
                            "found": { "pattern": "org:member" },
                        } } },
                    } } }),
                ),
        ),
        row("the detail says in lines what was expected and what came instead").ask(
            verify(A, &json!([{ "match": wanted, "count": 1 }])),
            not_met()
                .matches("detail", "\n")
                .matches("detail", "CreateOrganizationMembership")
                .matches("detail", "/role")
                .matches("detail", "org:admin")
                .matches("detail", "org:member"),
        ),
        row("a difference in the status, the query or a header is told by where it is")
            .ask(
                verify(
                    A,
                    &json!([{ "match": { "operation": "list_organizations", "status": 201 } }]),
                ),
                not_met()
                    .has("unmet.0.nearest.0.number", 4)
                    .matches("unmet.0.nearest.0.differences.0.place", "status")
                    .matches("unmet.0.nearest.0.differences.0.expected", "201")
                    .matches("unmet.0.nearest.0.differences.0.found", "200"),
            )
            .ask(
                verify(
                    A,
                    &json!([{ "match": { "api": "logto", "query": { "q": "globex" } } }]),
                ),
                not_met()
                    .has("unmet.0.nearest.0.number", 4)
                    .matches("unmet.0.nearest.0.differences.0.place", "q")
                    .matches("unmet.0.nearest.0.differences.0.expected", "globex")
                    .matches("unmet.0.nearest.0.differences.0.found", "acme"),
            )
            .ask(
                verify(
                    A,
                    &json!([{ "match": { "status": 404, "headers": { "x-request-source": "basket" } } }]),
                ),
                not_met()
                    .has("unmet.0.nearest.0.number", 2)
                    .matches("unmet.0.nearest.0.differences.0.place", "x-request-source"),
            ),
        row("calls that match are no near misses").ask(
            verify(A, &json!([{ "match": adding(), "count": 1 }])),
            not_met().has("unmet.0.numbers", json!([1, 2])),
        ),
    ]
}

/// Requests that are not kept any more.
fn gone() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&UNMET, name);
    let two: fn(Builder) -> Builder = |builder| {
        builder.limits(Limits {
            journal_requests: 2,
            ..Limits::default()
        })
    };
    vec![
        called(row("what was forgotten was not called"))
            .ask(forget_requests(A), done())
            .ask(verify(A, &json!([{ "match": {} }])), not_met())
            .ask(verify(A, &json!([{ "match": {}, "count": 0 }])), found(&[&[]])),
        called(row(
            "where requests were dropped for want of room, nobody can say how many there were",
        ))
        .server(two)
        .ask(
            verify(A, &json!([{ "match": adding(), "count": 0 }])),
            not_met().mentions("no longer"),
        )
        .ask(
            verify(A, &json!([{ "match": { "api": "logto" } }])),
            found(&[&[4]]),
        )
        .ask(
            verify_with(
                A,
                &json!({ "after": 2, "expect": [{ "match": adding(), "count": 0 }] }),
            ),
            found(&[&[]]),
        ),
    ]
}

fn senseless() -> Vec<Scenario> {
    let row = |name: String| Scenario::new(&BAD_EXPECTATIONS, name);
    let mut rows = Vec::new();
    for (what, expectation, pointer) in [
        ("no match", json!({}), "/expect/0/match"),
        (
            "a count below nothing",
            json!({ "match": {}, "count": -1 }),
            "/expect/0/count",
        ),
        (
            "a count that is no number",
            json!({ "match": {}, "count": "1" }),
            "/expect/0/count",
        ),
        (
            "a count beside a bound",
            json!({ "match": {}, "count": 1, "at_least": 1 }),
            "/expect/0/count",
        ),
        (
            "bounds that nothing is between",
            json!({ "match": {}, "at_least": 2, "at_most": 1 }),
            "/expect/0/at_most",
        ),
        (
            "an API nobody knows",
            json!({ "match": { "api": "github" } }),
            "/expect/0/match/api",
        ),
        (
            "a method nobody knows",
            json!({ "match": { "method": "BREW" } }),
            "/expect/0/match/method",
        ),
        (
            "an operation nobody has",
            json!({ "match": { "operation": "Nonsense" } }),
            "/expect/0/match/operation",
        ),
        (
            "a status there is not",
            json!({ "match": { "status": 99 } }),
            "/expect/0/match/status",
        ),
        (
            "a query that is a text",
            json!({ "match": { "query": "a=b" } }),
            "/expect/0/match/query",
        ),
        (
            "a header that is a number",
            json!({ "match": { "headers": { "a": 1 } } }),
            "/expect/0/match/headers/a",
        ),
        (
            "a member nobody knows",
            json!({ "match": { "response": {} } }),
            "/expect/0/match/response",
        ),
        (
            "a word nobody knows",
            json!({ "match": {}, "times": 1 }),
            "/expect/0/times",
        ),
    ] {
        rows.push(
            row(format!("{what} makes no expectation"))
                .ask(verify(A, &json!([expectation])), wrong_at(pointer)),
        );
    }
    rows.extend([
        row("something has to be expected".to_owned())
            .ask(verify(A, &json!([])), wrong_at("/expect"))
            .ask(verify_with(A, &json!({})), wrong_at("/expect")),
        row("a thousand expectations at most".to_owned()).ask(
            verify(A, &Value::Array(vec![json!({ "match": {} }); 1001])),
            wrong_at("/expect"),
        ),
        row("calls in order have no numbers".to_owned()).ask(
            verify_with(
                A,
                &json!({ "in_order": true, "expect": [{ "match": {}, "count": 1 }] }),
            ),
            wrong_at("/expect/0/count"),
        ),
        row("requests have no numbers below nothing".to_owned()).ask(
            verify_with(A, &json!({ "after": -1, "expect": [{ "match": {} }] })),
            wrong_at("/after"),
        ),
        row("everything that makes no sense is told at once".to_owned()).ask(
            verify(
                A,
                &json!([{ "match": { "operation": "Nonsense" } }, { "match": {}, "count": 1, "at_most": 2 }]),
            ),
            wrong_at_all(&["/expect/0/match/operation", "/expect/1/count"]),
        ),
    ]);
    rows
}
