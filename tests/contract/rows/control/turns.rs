//! When it is a fault's turn, and how faults are listed and removed.

use contract_tests::outside::Outside;
use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;
use serde_json::{Value, json};

use super::calls::{
    A, B, NEW_YEAR, Worlds as _, break_with, done, faults, made, make, mend, mend_all, ok, problem,
};
use super::rules::{FAULT_LIST, TURNS};
use crate::clerk::calls as clerk;
use crate::logto::calls as logto;

static TEAPOT: Outside = Outside::told(418);
static COFFEE: Outside = Outside::told(419);

pub(crate) fn rows() -> Vec<Scenario> {
    [order(), turns(), chances(), listed()].concat()
}

fn list() -> Request {
    clerk::list(clerk::ACME, "").in_world(A)
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
