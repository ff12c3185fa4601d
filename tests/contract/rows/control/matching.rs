//! Which calls faults are about, when it is their turn, and faults that make no sense.

use contract_tests::outside::Outside;
use contract_tests::scenario::{Outcome, Scenario, answer};
use contract_tests::wire::Request;
use serde_json::{Value, json};

use super::calls::{
    A, B, NEW_YEAR, Worlds as _, break_with, done, faults, made, make, make_frozen, mend, mend_all, ok,
    problem, requests, wrong_at, wrong_at_all,
};
use super::rules::{BAD_FAULTS, FAULT_LIST, MATCHING, TURNS};
use crate::clerk::calls as clerk;
use crate::logto::calls as logto;
use crate::whylabs::calls as whylabs;

static TEAPOT: Outside = Outside::told(418);
static COFFEE: Outside = Outside::told(419);

/// As many faults as a world may have.
const MOST: usize = 1000;

pub(crate) fn rows() -> Vec<Scenario> {
    [
        matches(),
        order(),
        turns(),
        chances(),
        listed(),
        senseless(),
        room(),
    ]
    .concat()
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

fn matches() -> Vec<Scenario> {
    let of_clerk = || (list(), clerk::ok());
    let of_logto = || (logto::list("").in_world(A), logto::ok());
    let sending = |value: &str| list().header("x-request-source", value);
    let mut rows = vec![
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
    ];
    rows.extend([
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
    ]);
    rows
}

fn order() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TURNS, name);
    let coffee = |matching: &Value| {
        break_with(
            A,
            &json!({ "match": matching, "effect": { "kind": "raw", "status": 419 } }),
        )
    };
    vec![
        row("of two faults that match the newer one takes effect, and only that one")
            .ask(tea(&json!({})), made())
            .ask(coffee(&json!({})), made())
            .ask(list(), Outcome::outside(&COFFEE))
            .ask(faults(A), ok().lists("faults", "applied", &[1, 0])),
        row("an older one takes effect where the newer one does not match")
            .ask(tea(&json!({})), made())
            .ask(coffee(&json!({ "api": "logto" })), made())
            .ask(list(), is_tea())
            .ask(logto::list("").in_world(A), Outcome::outside(&COFFEE)),
        row("an older one takes effect once the newer one is done")
            .ask(tea(&json!({})), made())
            .ask(coffee(&json!({ "times": 1 })), made())
            .ask(list(), Outcome::outside(&COFFEE))
            .ask(list(), is_tea()),
    ]
}

fn turns() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TURNS, name);
    vec![
        row("a fault takes effect so many times")
            .ask(tea(&json!({ "times": 2 })), made())
            .ask(list(), is_tea())
            .ask(list(), is_tea())
            .ask(list(), clerk::ok())
            .ask(faults(A), ok().has("faults.0.applied", 2)),
        row("a fault takes effect from the so-manieth matching call on")
            .ask(tea(&json!({ "api": "clerk", "nth": 3 })), made())
            .ask(list(), clerk::ok())
            .ask(logto::list("").in_world(A), logto::ok())
            .ask(list(), clerk::ok())
            .ask(list(), is_tea())
            .ask(list(), is_tea())
            .ask(
                faults(A),
                ok().has("faults.0.matched", 4).has("faults.0.applied", 2),
            ),
        row("a fault takes effect on one call alone")
            .ask(tea(&json!({ "nth": 2, "times": 1 })), made())
            .ask(list(), clerk::ok())
            .ask(list(), is_tea())
            .ask(list(), clerk::ok()),
        row("a fault that is made again begins to count again")
            .ask(tea(&json!({ "times": 1 })), made())
            .ask(list(), is_tea())
            .ask(mend_all(A), done())
            .ask(tea(&json!({ "times": 1 })), made())
            .ask(list(), is_tea())
            .ask(list(), clerk::ok()),
    ]
}

/// Which of the calls a fault takes effect on by chance.
fn chances() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TURNS, name);
    let by_chance = |world: &str| {
        let harmless = json!({ "match": { "probability": 0.5 }, "delay": { "milliseconds": 0 } });
        break_with(world, &harmless)
    };
    let seeded = |name: &str, seed: u64| {
        make(&json!({ "name": name, "seed": seed, "clock": { "frozen_at": NEW_YEAR } }))
    };
    let mut same = row("which calls a fault takes effect on by chance depends on the seed alone")
        .ask(seeded(A, 7), made())
        .ask(seeded(B, 7), made())
        .ask(by_chance(A), made())
        .ask(by_chance(B), made());
    for _ in 0..20 {
        same = same
            .given(clerk::list(clerk::EMPTY, "").in_world(A))
            .given(clerk::list(clerk::EMPTY, "").in_world(B));
    }
    let some_but_not_all = json!({ "minimum": 1, "maximum": 19 });
    vec![
        row("a fault of probability 1 takes effect on every call")
            .ask(tea(&json!({ "probability": 1 })), made())
            .ask(list(), is_tea())
            .ask(list(), is_tea()),
        same.ask(
            faults(A),
            ok().has("faults.0.matched", 20)
                .fits("faults.0.applied", some_but_not_all)
                .keep("faults.0.applied", "applied"),
        )
        .ask(faults(B), ok().has("faults.0.applied", "{applied}")),
    ]
}

fn listed() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&FAULT_LIST, name);
    let given = json!({
        "match": { "operation": "CreateOrganizationMembership", "times": 2, "probability": 0.5 },
        "delay": { "milliseconds": 1, "up_to_milliseconds": 2 },
        "effect": { "kind": "raw", "status": 500, "headers": { "x-a": "b" }, "body": "oh" },
    });
    vec![
        row("a fault is shown as it was made, with an id and what became of it")
            .ask(
                break_with(A, &given),
                made()
                    .has("match", given["match"].clone())
                    .has("delay", given["delay"].clone())
                    .has("effect", given["effect"].clone())
                    .has("matched", 0)
                    .has("applied", 0)
                    .keep("", "fault")
                    .keep("id", "id")
                    .header("location", "/_mock/worlds/a/faults/{id}"),
            )
            .ask(faults(A), ok().has("faults.0", "{fault}").lacks("faults.1")),
        row("the newest stands first")
            .ask(tea(&json!({})), made().keep("id", "first"))
            .ask(tea(&json!({})), made().keep("id", "second"))
            .ask(faults(A), ok().lists("faults", "id", &["{second}", "{first}"])),
        row("a fault that is removed does nothing any more")
            .ask(tea(&json!({})), made().keep("id", "id"))
            .ask(mend(A, "{id}"), done())
            .ask(list(), clerk::ok())
            .ask(faults(A), ok().has("faults", json!([])))
            .ask(mend(A, "{id}"), problem(404, "Not Found")),
        row("one fault is removed, the others stay")
            .ask(tea(&json!({})), made().keep("id", "first"))
            .ask(tea(&json!({})), made().keep("id", "second"))
            .ask(mend(A, "{first}"), done())
            .ask(faults(A), ok().lists("faults", "id", &["{second}"])),
        row("a fault can be removed at the path it was said to be at")
            .ask(tea(&json!({})), made().keep_header("location", "location"))
            .ask(Request::new("DELETE", "{location}"), done())
            .ask(faults(A), ok().has("faults", json!([]))),
        row("all faults are removed at once")
            .ask(tea(&json!({})), made())
            .ask(tea(&json!({})), made())
            .ask(mend_all(A), done())
            .ask(mend_all(A), done())
            .ask(list(), clerk::ok())
            .ask(faults(A), ok().has("faults", json!([]))),
        row("a fault that nobody made cannot be removed")
            .ask(mend(A, "fault-1"), problem(404, "Not Found"))
            .ask(mend(A, "nonsense"), problem(404, "Not Found"))
            .ask(tea(&json!({})), made().keep("id", "id"))
            .ask(mend(B, "{id}"), problem(404, "Not Found"))
            .ask(list(), is_tea()),
    ]
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
    let mut row =
        Scenario::new(&BAD_FAULTS, "a world has so many faults and no more").ask(make_frozen(A), made());
    for _ in 0..MOST {
        row = row.given(tea(&json!({ "api": "logto" })));
    }
    vec![
        row.ask(tea(&json!({})), problem(409, "Conflict"))
            .ask(mend(A, "fault-7"), done())
            .ask(tea(&json!({})), made())
            .ask(tea(&json!({})), problem(409, "Conflict")),
    ]
}
