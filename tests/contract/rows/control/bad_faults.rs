//! Faults that make no sense.

use contract_tests::scenario::Scenario;
use serde_json::{Value, json};

use super::calls::{
    A, break_with, done, faults, made, make_frozen, mend, ok, problem, wrong_at, wrong_at_all,
};
use super::rules::BAD_FAULTS;

/// As many faults as a world may have.
const MOST: usize = 1000;

pub(crate) fn rows() -> Vec<Scenario> {
    [senseless(), room()].concat()
}

/// Faults that are none, and what is wrong with them.
fn bad() -> Vec<(&'static str, Value, &'static str)> {
    let with_match = |matching: Value| json!({ "match": matching, "delay": { "milliseconds": 1 } });
    let with_effect = |effect: Value| json!({ "effect": effect });
    vec![
        ("nothing", json!({}), ""),
        (
            "neither a delay nor an effect",
            json!({ "match": { "api": "clerk" } }),
            "",
        ),
        (
            "an API nobody knows",
            with_match(json!({ "api": "github" })),
            "/match/api",
        ),
        (
            "an operation nobody has",
            with_match(json!({ "operation": "Nonsense" })),
            "/match/operation",
        ),
        (
            "an operation of another API",
            with_match(json!({ "api": "logto", "operation": "CreateOrganizationMembership" })),
            "/match/operation",
        ),
        (
            "a method nobody knows",
            with_match(json!({ "method": "BREW" })),
            "/match/method",
        ),
        (
            "a path that begins nowhere",
            with_match(json!({ "path": "v1" })),
            "/match/path",
        ),
        (
            "a path with a query",
            with_match(json!({ "path": "/v1?limit=1" })),
            "/match/path",
        ),
        (
            "no probability",
            with_match(json!({ "probability": 0 })),
            "/match/probability",
        ),
        (
            "too much probability",
            with_match(json!({ "probability": 1.01 })),
            "/match/probability",
        ),
        ("no call", with_match(json!({ "nth": 0 })), "/match/nth"),
        (
            "no time at all",
            with_match(json!({ "times": 0 })),
            "/match/times",
        ),
        ("half a time", with_match(json!({ "times": 1.5 })), "/match/times"),
        (
            "a header that is a list",
            with_match(json!({ "headers": { "x-a": ["b"] } })),
            "/match/headers/x-a",
        ),
        (
            "a header that has no name",
            with_match(json!({ "headers": { "x a": "b" } })),
            "/match/headers/x a",
        ),
        (
            "a member nobody knows",
            with_match(json!({ "status": 200 })),
            "/match/status",
        ),
        (
            "a delay without a length",
            json!({ "delay": {} }),
            "/delay/milliseconds",
        ),
        (
            "a delay of less than nothing",
            json!({ "delay": { "milliseconds": -1 } }),
            "/delay/milliseconds",
        ),
        (
            "a delay of hours",
            json!({ "delay": { "milliseconds": 600_001 } }),
            "/delay/milliseconds",
        ),
        (
            "a delay that ends before it begins",
            json!({ "delay": { "milliseconds": 2, "up_to_milliseconds": 1 } }),
            "/delay/up_to_milliseconds",
        ),
        (
            "an effect of no kind",
            with_effect(json!({ "status": 500 })),
            "/effect/kind",
        ),
        (
            "an effect of a kind nobody knows",
            with_effect(json!({ "kind": "explode" })),
            "/effect/kind",
        ),
        (
            "an answer without a status",
            with_effect(json!({ "kind": "raw" })),
            "/effect/status",
        ),
        (
            "a status there is not",
            with_effect(json!({ "kind": "raw", "status": 600 })),
            "/effect/status",
        ),
        (
            "a status that is no answer",
            with_effect(json!({ "kind": "raw", "status": 101 })),
            "/effect/status",
        ),
        (
            "an answer with a member nobody knows",
            with_effect(json!({ "kind": "raw", "status": 500, "json": {} })),
            "/effect/json",
        ),
        (
            "a body of an answer that has none",
            with_effect(json!({ "kind": "raw", "status": 204, "body": "x" })),
            "/effect/body",
        ),
        (
            "a header that says where the answer ends",
            with_effect(json!({ "kind": "raw", "status": 500, "headers": { "Content-Length": "5" } })),
            "/effect/headers/Content-Length",
        ),
        (
            "a header in two lines",
            with_effect(json!({ "kind": "raw", "status": 500, "headers": { "x-a": "b\r\nc: d" } })),
            "/effect/headers/x-a",
        ),
        (
            "a documented status that is none",
            with_effect(json!({ "kind": "documented", "status": "nope" })),
            "/effect/status",
        ),
        (
            "a status that nobody documents",
            with_effect(json!({ "kind": "documented", "status": "418" })),
            "/effect/status",
        ),
        (
            "a status that the operation does not document",
            json!({
                "match": { "api": "clerk", "operation": "ListOrganizationMemberships" },
                "effect": { "kind": "documented", "status": "409" },
            }),
            "/effect/status",
        ),
        (
            "an example that nobody has",
            with_effect(json!({ "kind": "documented", "status": "404", "example": "nonsense" })),
            "/effect/example",
        ),
        (
            "no speed",
            with_effect(json!({ "kind": "slow_body", "bytes_per_second": 0 })),
            "/effect/bytes_per_second",
        ),
        (
            "less than nothing of a body",
            with_effect(json!({ "kind": "truncated_body", "bytes": -1 })),
            "/effect/bytes",
        ),
        (
            "a limit without a time",
            with_effect(json!({ "kind": "rate_limit", "requests": 1 })),
            "/effect/seconds",
        ),
        (
            "a limit for no time",
            with_effect(json!({ "kind": "rate_limit", "requests": 1, "seconds": 0 })),
            "/effect/seconds",
        ),
    ]
}

fn senseless() -> Vec<Scenario> {
    let row = |name: String| Scenario::new(&BAD_FAULTS, name);
    let mut rows = Vec::new();
    for (what, fault, pointer) in bad() {
        rows.push(
            row(format!("{what} makes no fault"))
                .ask(break_with(A, &fault), wrong_at(pointer))
                .ask(faults(A), ok().has("faults", json!([]))),
        );
    }
    rows.push(
        row("everything that is wrong with a fault is told at once".to_owned()).ask(
            break_with(
                A,
                &json!({ "match": { "api": "github", "nth": 0 }, "delay": { "milliseconds": -1 }, "x": 1 }),
            ),
            wrong_at_all(&["/match/api", "/match/nth", "/delay/milliseconds", "/x"]),
        ),
    );
    rows
}

fn room() -> Vec<Scenario> {
    let harmless = json!({ "delay": { "milliseconds": 0 } });
    let mut row =
        Scenario::new(&BAD_FAULTS, "a world has so many faults and no more").ask(make_frozen(A), made());
    for _ in 0..MOST {
        row = row.given(break_with(A, &harmless));
    }
    vec![
        row.ask(break_with(A, &harmless), problem(409, "Conflict"))
            .ask(mend(A, "fault-7"), done())
            .ask(break_with(A, &harmless), made())
            .ask(break_with(A, &harmless), problem(409, "Conflict")),
    ]
}
