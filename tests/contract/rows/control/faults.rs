//! What faults do to the calls they are about.

use contract_tests::outside::Outside;
use contract_tests::scenario::{Outcome, Scenario, answer};
use contract_tests::wire::{Answer, Request};
use serde_json::{Value, json};

use super::calls::{A, Worlds as _, advance, break_with, events, faults, made, make_frozen, ok, requests};
use super::rules::EFFECTS;
use crate::clerk::calls as clerk;
use crate::enhance::calls as enhance;
use crate::logto::calls as logto;
use crate::whylabs::calls as whylabs;

static TEAPOT: Outside = Outside::told(418);
static EMPTIED: Outside = Outside::told(200);
static SILENT: Outside = Outside::told(204);
static TOO_MANY: Outside = Outside::told(429);
static MISDIRECTED: Outside = Outside::told(302);

pub(crate) fn rows() -> Vec<Scenario> {
    [documented(), raw(), bodies(), connections(), limits(), delays()].concat()
}

fn row(name: &str) -> Scenario {
    Scenario::new(&EFFECTS, name)
}

/// Every call has this effect.
fn effect(effect: &Value) -> Request {
    break_with(A, &json!({ "effect": effect }))
}

fn add() -> Request {
    clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A)
}

/// How many there are in the organization members are added to.
fn there_are(row: Scenario, count: usize) -> Scenario {
    row.ask(super::calls::mend_all(A), super::calls::done()).ask(
        clerk::list(clerk::EMPTY, "").in_world(A),
        clerk::ok().has("total_count", count),
    )
}

fn documented() -> Vec<Scenario> {
    let documented = |status: &str| effect(&json!({ "kind": "documented", "status": status }));
    vec![
        there_are(
            row("a documented answer comes instead, and nothing is done")
                .ask(documented("404"), made().keep("id", "fault"))
                .ask(add(), answer(404))
                .ask(events(A, ""), ok().has("events", json!([])))
                .ask(
                    requests(A, ""),
                    ok().has("requests.0.answered_by", "fault")
                        .has("requests.0.fault", "{fault}")
                        .has("requests.0.documented", true)
                        .has("requests.0.response.status", 404),
                ),
            0,
        ),
        row("it comes whoever calls and whatever is asked for")
            .ask(documented("422"), made())
            .ask(clerk::without_key(add()), answer(422))
            .ask(add().bytes_as_body("{"), answer(422)),
        row("it comes with the body of an example")
            .ask(
                effect(&json!({ "kind": "documented", "status": "409", "example": "name-taken" })),
                made(),
            )
            .ask(
                enhance::make_token(enhance::C, &json!({ "roles": ["Support"] })).in_world(A),
                enhance::refused(409, "already_exists", "token"),
            ),
        row("a success can be one too")
            .ask(documented("201"), made())
            .ask(
                logto::create(&json!({ "name": "New" })).in_world(A),
                logto::created(),
            )
            .ask(super::calls::mend_all(A), super::calls::done())
            .ask(
                logto::list("").in_world(A),
                logto::ok().header("total-number", "3"),
            ),
        row("default is the success of those who document no other")
            .ask(documented("default"), made())
            .ask(whylabs::list(whylabs::ACME).in_world(A), whylabs::ok())
            .ask(requests(A, ""), ok().has("requests.0.answered_by", "fault"))
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                clerk::ok().has("total_count", 14),
            ),
        row("an operation that does not document it is no match")
            .ask(documented("409"), made())
            .ask(clerk::list(clerk::ACME, "").in_world(A), clerk::ok())
            .ask(
                faults(A),
                ok().has("faults.0.matched", 0).has("faults.0.applied", 0),
            ),
    ]
}

fn raw() -> Vec<Scenario> {
    let is_tea: fn(&Answer) -> Result<(), String> = |answer| match answer.text().as_str() {
        "short and stout" => Ok(()),
        other => Err(format!("the body is {other:?}")),
    };
    vec![
        there_are(
            row("this very answer comes instead, and nothing is done")
                .ask(
                    effect(&json!({
                        "kind": "raw",
                        "status": 418,
                        "headers": { "Content-Type": "text/tea", "X-Pot": "small" },
                        "body": "short and stout",
                    })),
                    made().keep("id", "fault"),
                )
                .ask(
                    add(),
                    Outcome::outside(&TEAPOT)
                        .header("content-type", "text/tea")
                        .header("x-pot", "small")
                        .header("content-length", "15")
                        .holds(is_tea)
                        .unchanged(),
                )
                .ask(
                    requests(A, ""),
                    ok().has("requests.0.answered_by", "fault")
                        .has("requests.0.fault", "{fault}")
                        .has("requests.0.documented", false)
                        .has("requests.0.response.status", 418)
                        .has("requests.0.response.body.text", "short and stout"),
                ),
            0,
        ),
        row("it need have neither headers nor a body")
            .ask(effect(&json!({ "kind": "raw", "status": 418 })), made())
            .ask(
                add(),
                Outcome::outside(&TEAPOT)
                    .holds(is_empty)
                    .lacks_header("content-type"),
            ),
        row("it can be a status without a body")
            .ask(effect(&json!({ "kind": "raw", "status": 204 })), made())
            .ask(add(), Outcome::outside(&SILENT).holds(is_empty)),
        row("it can lead elsewhere")
            .ask(
                effect(&json!({ "kind": "raw", "status": 302, "headers": { "location": "http://elsewhere.test/" } })),
                made(),
            )
            .ask(
                add(),
                Outcome::outside(&MISDIRECTED).header("location", "http://elsewhere.test/"),
            ),
        row("it can be broken JSON")
            .ask(
                effect(&json!({
                    "kind": "raw",
                    "status": 200,
                    "headers": { "content-type": "application/json" },
                    "body": "{\"id\":",
                })),
                made(),
            )
            .ask(
                add(),
                Outcome::outside(&EMPTIED)
                    .header("content-type", "application/json")
                    .mentions("{\"id\":"),
            ),
        row("it comes for paths of the API that nobody documents too")
            .ask(
                break_with(
                    A,
                    &json!({ "match": { "api": "clerk" }, "effect": { "kind": "raw", "status": 418 } }),
                ),
                made(),
            )
            .ask(
                clerk::request("GET", "/v1/organizations/nothing/at/all").in_world(A),
                Outcome::outside(&TEAPOT),
            )
            .ask(
                clerk::request("PUT", clerk::memberships(clerk::ACME)).in_world(A),
                Outcome::outside(&TEAPOT),
            ),
    ]
}

fn is_empty(answer: &Answer) -> Result<(), String> {
    if answer.body.is_empty() {
        Ok(())
    } else {
        Err(format!("the body is {:?}", answer.text()))
    }
}

fn bodies() -> Vec<Scenario> {
    vec![
        there_are(
            row("the API's own answer comes without its body, and what was asked for is done")
                .ask(
                    effect(&json!({ "kind": "empty_body" })),
                    made().keep("id", "fault"),
                )
                .ask(
                    add(),
                    Outcome::outside(&EMPTIED)
                        .header_matches("content-type", "^application/json")
                        .holds(is_empty),
                )
                .ask(
                    requests(A, ""),
                    ok().has("requests.0.answered_by", "api")
                        .has("requests.0.fault", "{fault}")
                        .has("requests.0.response.status", 200)
                        .lacks("requests.0.response.body"),
                ),
            1,
        ),
        there_are(
            row("the API's own answer comes slowly, and whole")
                .ask(
                    effect(&json!({ "kind": "slow_body", "bytes_per_second": 20_000 })),
                    made(),
                )
                .ask(add(), clerk::ok().has("role", "org:member")),
            1,
        ),
        there_are(
            row("the API's own answer is cut off within its body, and what was asked for is done")
                .ask(effect(&json!({ "kind": "truncated_body" })), made())
                .cut(add()),
            1,
        ),
        row("a body is cut off after so many bytes")
            .ask(effect(&json!({ "kind": "truncated_body", "bytes": 10 })), made())
            .cut(clerk::list(clerk::ACME, "").in_world(A))
            .cut(logto::list("").in_world(A)),
        row("a body that has no more comes whole")
            .ask(
                effect(&json!({ "kind": "truncated_body", "bytes": 1_000_000 })),
                made(),
            )
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                clerk::ok().has("total_count", 14),
            ),
    ]
}

fn connections() -> Vec<Scenario> {
    vec![
        there_are(
            row("the connection is cut, and nothing is done")
                .ask(
                    effect(&json!({ "kind": "cut_connection" })),
                    made().keep("id", "fault"),
                )
                .cut(add())
                .ask(
                    requests(A, ""),
                    ok().has("requests.0.answered_by", "fault")
                        .has("requests.0.fault", "{fault}")
                        .lacks("requests.0.response"),
                ),
            0,
        ),
        there_are(
            row("the connection is cut once it is done")
                .ask(
                    effect(&json!({ "kind": "cut_connection", "after_handling": true })),
                    made(),
                )
                .cut(add())
                .ask(events(A, ""), ok().lists("events", "api", &["clerk"])),
            1,
        ),
    ]
}

fn limits() -> Vec<Scenario> {
    let limit = |requests: u32, seconds: u32| {
        effect(&json!({ "kind": "rate_limit", "requests": requests, "seconds": seconds }))
    };
    let list = || clerk::list(clerk::ACME, "").in_world(A);
    let too_many = || Outcome::outside(&TOO_MANY).unchanged();
    vec![
        row("so many calls go through, and the others are told when to come again")
            .ask(make_frozen(A), made())
            .ask(limit(2, 60), made())
            .ask(list(), clerk::ok())
            .ask(advance(A, "PT20S"), ok())
            .ask(list(), clerk::ok())
            .ask(list(), too_many().header("retry-after", "40"))
            .ask(advance(A, "PT39S"), ok())
            .ask(list(), too_many().header("retry-after", "1"))
            .ask(advance(A, "PT1S"), ok())
            .ask(list(), clerk::ok())
            .ask(list(), clerk::ok())
            .ask(list(), too_many().header("retry-after", "60")),
        row("a call beyond the limit does nothing")
            .ask(make_frozen(A), made())
            .ask(limit(0, 1), made())
            .ask(add(), too_many())
            .ask(events(A, ""), ok().has("events", json!([])))
            .ask(
                faults(A),
                ok().has("faults.0.matched", 1).has("faults.0.applied", 1),
            ),
        row("a call within the limit is answered by the API")
            .ask(make_frozen(A), made())
            .ask(limit(1, 1), made())
            .ask(add(), clerk::ok())
            .ask(requests(A, ""), ok().has("requests.0.answered_by", "api"))
            .ask(
                faults(A),
                ok().has("faults.0.matched", 1).has("faults.0.applied", 0),
            ),
    ]
}

fn delays() -> Vec<Scenario> {
    let slow = json!({ "milliseconds": 120 });
    vec![
        there_are(
            row("a call waits, and is answered by the API")
                .ask(
                    break_with(A, &json!({ "delay": slow })),
                    made().keep("id", "fault"),
                )
                .ask(add(), clerk::ok())
                .ask(
                    requests(A, ""),
                    ok().fits("requests.0.duration_us", json!({ "minimum": 120_000 }))
                        .has("requests.0.fault", "{fault}")
                        .has("requests.0.documented", true),
                ),
            1,
        ),
        row("a call waits before anything else happens to it")
            .ask(
                break_with(
                    A,
                    &json!({ "delay": slow, "effect": { "kind": "documented", "status": "404" } }),
                ),
                made(),
            )
            .ask(clerk::list(clerk::ACME, "").in_world(A), answer(404))
            .ask(
                requests(A, ""),
                ok().fits("requests.0.duration_us", json!({ "minimum": 120_000 })),
            ),
        row("a call waits some time between two")
            .ask(
                break_with(
                    A,
                    &json!({ "delay": { "milliseconds": 60, "up_to_milliseconds": 120 } }),
                ),
                made(),
            )
            .ask(clerk::list(clerk::ACME, "").in_world(A), clerk::ok())
            .ask(
                requests(A, ""),
                ok().fits("requests.0.duration_us", json!({ "minimum": 60_000 })),
            ),
    ]
}
