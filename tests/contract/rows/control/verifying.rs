//! Whether what was called is what was expected.

use contract_tests::scenario::{Outcome, Scenario, answer};
use contract_tests::wire::Request;
use serde_json::{Value, json};

use super::calls::{A, Worlds as _, ok, requests, verify, verify_with};
use super::rules::VERIFYING;
use crate::clerk::calls as clerk;
use crate::logto::calls as logto;

pub(crate) fn rows() -> Vec<Scenario> {
    [met(), matching(), ordered()].concat()
}

/// Four calls: two of them add members, one of whom cannot be, one lists them and one is another API's.
pub(super) fn called(row: Scenario) -> Scenario {
    row.given(clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A))
        .ask(
            clerk::create(clerk::EMPTY, clerk::NOBODY, "org:admin")
                .header("x-request-source", "checkout-7")
                .in_world(A),
            answer(404),
        )
        .given(clerk::list(clerk::EMPTY, "limit=5&order_by=-created_at").in_world(A))
        .given(logto::list("q=acme").in_world(A))
}

pub(super) fn adding() -> Value {
    json!({ "api": "clerk", "operation": "CreateOrganizationMembership" })
}

/// The requests that match each expectation.
pub(super) fn found(numbers: &[&[u32]]) -> Outcome {
    let expectations: Vec<_> = numbers
        .iter()
        .map(|numbers| json!({ "found": numbers.len(), "numbers": numbers }))
        .collect();
    ok().has("", json!({ "expectations": expectations }))
}

fn met() -> Vec<Scenario> {
    let row = |name: &str| called(Scenario::new(&VERIFYING, name));
    let is_met = |row: Scenario, expectation: Value, numbers: &[u32]| {
        row.ask(verify(A, &json!([expectation])), found(&[numbers]))
    };
    vec![
        is_met(row("at least one call"), json!({ "match": adding() }), &[1, 2]),
        is_met(row("exactly two calls"), json!({ "match": adding(), "count": 2 }), &[1, 2]),
        is_met(
            row("no call at all"),
            json!({ "match": { "operation": "DeleteOrganizationMembership" }, "count": 0 }),
            &[],
        ),
        is_met(row("at least two calls"), json!({ "match": adding(), "at_least": 2 }), &[1, 2]),
        is_met(row("at most two calls"), json!({ "match": adding(), "at_most": 2 }), &[1, 2]),
        is_met(
            row("between one call and three"),
            json!({ "match": adding(), "at_least": 1, "at_most": 3 }),
            &[1, 2],
        ),
        row("several expectations, each of all the calls that match").ask(
            verify(
                A,
                &json!([{ "match": adding() }, { "match": { "status": 404 } }, { "match": { "api": "logto" } }]),
            ),
            found(&[&[1, 2], &[2], &[4]]),
        ),
        row("only calls after one").ask(
            verify_with(A, &json!({ "after": 1, "expect": [{ "match": adding(), "count": 1 }] })),
            found(&[&[2]]),
        ),
        row("verifying is no request and forgets none")
            .ask(verify(A, &json!([{ "match": {}, "count": 4 }])), found(&[&[1, 2, 3, 4]]))
            .ask(requests(A, ""), ok().has("last", 4)),
    ]
}

/// What a call can be told by.
fn matching() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, matching, numbers) in [
        ("nothing in particular", json!({}), vec![1, 2, 3, 4]),
        ("its API", json!({ "api": "logto" }), vec![4]),
        (
            "its operation's id",
            json!({ "operation": "ListOrganizationMemberships" }),
            vec![3],
        ),
        (
            "its operation's readable name",
            json!({ "operation": "list_organizations" }),
            vec![4],
        ),
        ("its method", json!({ "method": "POST" }), vec![1, 2]),
        (
            "its path",
            json!({ "path": clerk::memberships(clerk::EMPTY) }),
            vec![1, 2, 3],
        ),
        ("its path with stars", json!({ "path": "/api/**" }), vec![4]),
        (
            "a part of its query",
            json!({ "query": { "limit": "5" } }),
            vec![3],
        ),
        (
            "its query with a star",
            json!({ "query": { "order_by": "-*" } }),
            vec![3],
        ),
        (
            "a header",
            json!({ "headers": { "X-Request-Source": "checkout-*" } }),
            vec![2],
        ),
        (
            "a member of its body",
            json!({ "body": { "role": "org:admin" } }),
            vec![2],
        ),
        (
            "all of its body",
            json!({ "body": { "role": "org:member", "user_id": clerk::GUS } }),
            vec![1],
        ),
        ("its status", json!({ "status": 404 }), vec![2]),
        (
            "all of it",
            json!({ "api": "clerk", "method": "POST", "status": 200, "body": {} }),
            vec![1],
        ),
    ] {
        rows.push(
            called(Scenario::new(&VERIFYING, format!("a call is told by {what}"))).ask(
                verify(A, &json!([{ "match": matching, "count": numbers.len() }])),
                found(&[&numbers]),
            ),
        );
    }
    let add_two = || logto::add(logto::EMPTY, &[logto::ERIN, logto::FRANK]).in_world(A);
    let with_users = |users: &[&str], count: u32| {
        verify(
            A,
            &json!([{ "match": { "body": { "userIds": users } }, "count": count }]),
        )
    };
    rows.push(
        Scenario::new(
            &VERIFYING,
            "a list in a body is exactly these items in this order",
        )
        .given(add_two())
        .ask(with_users(&[logto::ERIN, logto::FRANK], 1), found(&[&[1]]))
        .ask(with_users(&[logto::FRANK, logto::ERIN], 0), found(&[&[]]))
        .ask(with_users(&[logto::ERIN], 0), found(&[&[]])),
    );
    rows
}

pub(super) fn in_order(matches: &[Value]) -> Request {
    let expect: Vec<_> = matches
        .iter()
        .map(|matching| json!({ "match": matching }))
        .collect();
    verify_with(A, &json!({ "in_order": true, "expect": expect }))
}

fn ordered() -> Vec<Scenario> {
    let row = |name: &str| called(Scenario::new(&VERIFYING, name));
    vec![
        row("calls in this order").ask(
            in_order(&[adding(), adding(), json!({ "method": "GET" })]),
            found(&[&[1], &[2], &[3]]),
        ),
        row("calls in this order, others in between").ask(
            in_order(&[adding(), json!({ "api": "logto" })]),
            found(&[&[1], &[4]]),
        ),
    ]
}
