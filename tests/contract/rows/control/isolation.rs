//! What one world has of another: nothing.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    A, B, NEW_YEAR, Worlds as _, advance, break_with, clock, coverage, done, events, export, faults, forget,
    freeze, made, ok, requests, reset, stands_at, violations,
};
use super::rules::APART;
use crate::clerk::calls as clerk;

pub(crate) fn rows() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&APART, name);
    vec![
        row("what is done in one world is done in no other")
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok(),
            )
            .ask(
                clerk::list(clerk::EMPTY, "").in_world(A),
                ok().has("total_count", 1),
            )
            .ask(
                clerk::list(clerk::EMPTY, "").in_world(B),
                ok().has("total_count", 0),
            )
            .ask(clerk::list(clerk::EMPTY, ""), ok().has("total_count", 0)),
        row("a world has a clock of its own")
            .ask(freeze(A, NEW_YEAR), stands_at(NEW_YEAR))
            .ask(clock(B), ok().has("mode", "running"))
            .ask(freeze(B, NEW_YEAR), stands_at(NEW_YEAR))
            .ask(advance(A, "PT1H"), stands_at("2026-01-01T01:00:00Z"))
            .ask(clock(B), stands_at(NEW_YEAR)),
        row("a world has faults of its own")
            .ask(
                break_with(A, &json!({ "effect": { "kind": "documented", "status": "401" } })),
                made(),
            )
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                contract_tests::scenario::answer(401),
            )
            .ask(clerk::list(clerk::ACME, "").in_world(B), ok())
            .ask(faults(B), ok().has("faults", json!([]))),
        row("a world has a journal, events, violations and coverage of its own")
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok(),
            )
            .ask(clerk::list(clerk::ACME, "surprise=1").in_world(A), ok())
            .ask(clock(B), ok())
            .ask(requests(B, ""), ok().has("requests", json!([])))
            .ask(events(B, ""), ok().has("events", json!([])))
            .ask(violations(B, ""), ok().has("violations", json!([])))
            .ask(coverage(B, ""), ok().has("reached", 0))
            .ask(coverage(A, ""), ok().has("reached", 2)),
        row("resetting one world leaves the others")
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok(),
            )
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(B),
                ok(),
            )
            .ask(export(B), ok().keep("", "state"))
            .ask(reset(A), ok())
            .ask(export(B), ok().has("", "{state}")),
        row("forgetting one world leaves the others")
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok(),
            )
            .ask(clock(B), ok())
            .ask(forget(B), done())
            .ask(
                clerk::list(clerk::EMPTY, "").in_world(A),
                ok().has("total_count", 1),
            ),
    ]
}
