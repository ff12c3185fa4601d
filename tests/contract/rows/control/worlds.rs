//! Worlds: how they begin, are made, looked at and forgotten.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    A, B, NEW_YEAR, Worlds as _, all_below, below, break_with, clock, coverage, done, events, faults, forget,
    made, make, make_frozen, no_such_world, ok, problem, requests, stands_at, violations, world, worlds,
    wrong_at, wrong_at_all, wrong_parameter,
};
use super::rules::{BEGINNING, FORGETTING, LOOKING, MAKING};
use crate::clerk::calls as clerk;

pub(crate) fn rows() -> Vec<Scenario> {
    [beginning(), making(), own_things(), looking(), forgetting()].concat()
}

fn beginning() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&BEGINNING, name);
    let mut rows = vec![
        row("a world begins when a call of an API names it by the path")
            .ask(world(A), no_such_world())
            .ask(clerk::list(clerk::ACME, "").in_world(A), ok())
            .ask(world(A), ok().has("name", A).has("requests", 1)),
        row("a world begins when a call of an API names it by the header")
            .ask(clerk::list(clerk::ACME, "").header("x-mock-world", A), ok())
            .ask(world(A), ok().has("requests", 1)),
        row("a world begins with a call that is refused, too")
            .ask(
                clerk::without_key(clerk::list(clerk::ACME, "")).in_world(A),
                clerk::refused(401, "authorization_header_format_invalid"),
            )
            .ask(world(A), ok().has("requests", 1)),
        row("a world begins from the fixtures, seed and clock the server was started with")
            .fixtures("extends: true\nseed: 7\nclerk: { users: [{ id: user_extra }] }")
            .clock(NEW_YEAR)
            .ask(clock(A), stands_at(NEW_YEAR))
            .ask(
                world(A),
                ok().has("seed", 7).has("now", NEW_YEAR).has("requests", 0),
            )
            .ask(
                clerk::create(clerk::EMPTY, "user_extra", "org:member").in_world(A),
                ok(),
            ),
        row("a call that names no world is for the one called default")
            .ask(clerk::list(clerk::ACME, ""), ok())
            .ask(world("default"), ok().has("requests", 1)),
    ];
    for (operation, call) in all_below(A) {
        // What is asked for need not be there; the world is.
        let status = match operation.id.as_str() {
            "deleteFault" => 404,
            "verifyRequests" => 409,
            _ => operation.success(),
        };
        rows.push(
            row(&format!("a world begins with {}", operation.id))
                .ask(world(A), no_such_world())
                .ask(call, contract_tests::scenario::answer(status))
                .ask(world(A), ok().has("name", A).has("requests", 0)),
        );
    }
    rows
}

fn making() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&MAKING, name);
    vec![
        row("a world is made and can be found at its path")
            .ask(
                make(&json!({ "name": A })),
                made()
                    .has("name", A)
                    .has("requests", 0)
                    .has("violations", 0)
                    .has("faults", 0)
                    .keep("base_urls", "urls")
                    .keep_header("location", "location"),
            )
            .ask(
                contract_tests::wire::Request::new("GET", "{location}"),
                ok().has("name", A).has("base_urls", "{urls}"),
            ),
        row("a world without a name is given one that is free")
            .ask(make(&json!({})), made().keep("name", "first"))
            .ask(
                make(&json!({})),
                made().keep("name", "second").differs("name", "{first}"),
            )
            .ask(world("{first}"), ok())
            .ask(clerk::list(clerk::ACME, "").in_world("{second}"), ok()),
        row("there is one world of a name")
            .ask(make(&json!({ "name": A, "seed": 7 })), made())
            .ask(make(&json!({ "name": A, "seed": 8 })), problem(409, "Conflict"))
            .ask(world(A), ok().has("seed", 7))
            .ask(make(&json!({ "name": "default" })), problem(409, "Conflict")),
        row("a world that began by itself cannot be made any more")
            .ask(clock(A), ok())
            .ask(make(&json!({ "name": A })), problem(409, "Conflict")),
        row("of two who make a world of one name one succeeds")
            .together(
                vec![make(&json!({ "name": A })); 2],
                vec![made(), problem(409, "Conflict")],
            )
            .ask(worlds(), ok().lists("worlds", "name", &[A, "default"])),
        row("what is wrong is told, all of it, and no world is made")
            .ask(
                make(&json!({ "name": "a b", "seed": -1, "clock": { "frozen_at": "noon" }, "x": 1 })),
                wrong_at_all(&["/name", "/seed", "/clock/frozen_at", "/x"]),
            )
            .ask(make(&json!({ "name": A, "seed": 1.5 })), wrong_at("/seed"))
            .ask(make(&json!({ "name": A, "seed": "7" })), wrong_at("/seed"))
            .ask(make(&json!({ "name": null })), wrong_at("/name"))
            .ask(make(&json!({ "name": A, "fixtures": [] })), wrong_at("/fixtures"))
            .ask(
                make(&json!({ "name": A, "clock": { "frozen_at": NEW_YEAR, "offset": "PT1H" } })),
                wrong_at("/clock"),
            )
            .ask(
                make(&json!({ "name": A, "clock": { "offset": "an hour" } })),
                wrong_at("/clock/offset"),
            )
            .ask(world(A), no_such_world()),
        row("fixtures that make no world are told of with pointers into the body")
            .ask(
                make(&json!({ "name": A, "fixtures": { "clerk": { "users": [{ "first_name": 5 }] } } })),
                wrong_at("/fixtures/clerk/users/0/first_name"),
            )
            .ask(
                make(&json!({ "name": A, "fixtures": { "logto": { "memberships": [
                    { "organization": "nowhere", "user": "nobody" },
                ] } } })),
                wrong_at_all(&[
                    "/fixtures/logto/memberships/0/organization",
                    "/fixtures/logto/memberships/0/user",
                ]),
            )
            .ask(world(A), no_such_world()),
    ]
}

fn own_things() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&MAKING, name);
    let fixtures = json!({ "clerk": {
        "secret_keys": [{ "secret": "sk_test_rollcall" }],
        "organizations": [{ "id": "org_own" }],
    } });
    let mut extended = fixtures.clone();
    extended["extends"] = json!(true);
    vec![
        row("a world has fixtures of its own instead of the server's")
            .ask(make(&json!({ "name": A, "fixtures": fixtures })), made())
            .ask(clerk::list("org_own", "").in_world(A), ok().has("total_count", 0))
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                clerk::refused(404, "resource_not_found"),
            )
            .ask(clerk::list(clerk::ACME, "").in_world(B), ok()),
        row("fixtures that extend add to the server's own")
            .fixtures("extends: true\nclerk: { organizations: [{ id: org_servers }] }")
            .ask(make(&json!({ "name": A, "fixtures": extended })), made())
            .ask(clerk::list("org_own", "").in_world(A), ok())
            .ask(clerk::list("org_servers", "").in_world(A), ok())
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                ok().has("total_count", 14),
            ),
        row("a world without fixtures has those of the server")
            .fixtures("extends: true\nclerk: { organizations: [{ id: org_servers }] }")
            .ask(make(&json!({ "name": A })), made())
            .ask(clerk::list("org_servers", "").in_world(A), ok()),
        row("empty fixtures make an empty world")
            .ask(make(&json!({ "name": A, "fixtures": {} })), made())
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                clerk::refused(401, "clerk_key_invalid"),
            ),
        row("a seed and a clock of its own go before those of its fixtures")
            .ask(
                make(&json!({
                    "name": A,
                    "seed": 7,
                    "clock": { "frozen_at": NEW_YEAR },
                    "fixtures": { "extends": true, "seed": 8, "clock": { "frozen_at": "2030-01-01T00:00:00Z" } },
                })),
                made().has("seed", 7).has("now", NEW_YEAR),
            )
            .ask(clock(A), stands_at(NEW_YEAR)),
        row("a seed and a clock in its fixtures count")
            .ask(
                make(&json!({
                    "name": A,
                    "fixtures": { "extends": true, "seed": 8, "clock": { "frozen_at": "2030-01-01T00:00:00Z" } },
                })),
                made().has("seed", 8).has("now", "2030-01-01T00:00:00Z"),
            ),
        row("the largest seed is one, and none is larger")
            .ask(
                make(&json!({ "name": A, "seed": u64::MAX })),
                made().has("seed", u64::MAX),
            )
            .ask(
                make(&json!({ "name": B })).bytes_as_body("{\"name\":\"b\",\"seed\":18446744073709551616}"),
                wrong_at("/seed"),
            ),
        row("the same seed makes the same things up, another one others")
            .ask(make(&json!({ "name": A, "seed": 7, "clock": { "frozen_at": NEW_YEAR } })), made())
            .ask(make(&json!({ "name": B, "seed": 7, "clock": { "frozen_at": NEW_YEAR } })), made())
            .ask(make(&json!({ "name": "c", "seed": 8, "clock": { "frozen_at": NEW_YEAR } })), made())
            .ask(create_in(A), ok().keep("", "made"))
            .ask(create_in(B), ok().has("", "{made}"))
            .ask(create_in("c"), ok().keep("id", "id"))
            .ask(
                clerk::list(clerk::EMPTY, "").in_world(A),
                ok().differs("data.0.id", "{id}"),
            ),
        row("a clock of its own can run ahead")
            .ask(
                make(&json!({ "name": A, "clock": { "offset": "P1D" } })),
                made(),
            )
            .ask(clock(A), ok().has("mode", "running").matches("offset", "^(P1D|PT24H)$")),
    ]
}

/// Adding a member.
fn create_in(world: &str) -> contract_tests::wire::Request {
    clerk::create(clerk::EMPTY, clerk::GUS, "org:member").header("x-mock-world", world)
}

fn looking() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LOOKING, name);
    vec![
        row("a world at a glance says what time it is and how much there was")
            .ask(make_frozen(A), made())
            .ask(clerk::list(clerk::ACME, "surprise=1").in_world(A), ok())
            .ask(break_with(A, &json!({ "delay": { "milliseconds": 0 } })), made())
            .ask(
                world(A),
                ok().has("now", NEW_YEAR)
                    .has("requests", 1)
                    .has("violations", 1)
                    .has("faults", 1),
            ),
        row("the base URLs of a world lead into it")
            .ask(
                make(&json!({ "name": A })),
                made()
                    .keep("base_urls.clerk", "clerk")
                    .keep("base_urls.logto", "logto")
                    .keep("base_urls.whylabs", "whylabs")
                    .keep("base_urls.enhance", "enhance"),
            )
            .ask(at_base("{clerk}", &clerk::list(clerk::ACME, ""), "/v1"), ok())
            .ask(at_base("{logto}", &crate::logto::calls::list(""), ""), ok())
            .ask(
                at_base("{whylabs}", &crate::whylabs::calls::list("org-123"), ""),
                ok(),
            )
            .ask(
                at_base(
                    "{enhance}",
                    &crate::enhance::calls::validate(crate::enhance::calls::I_NEW),
                    "",
                ),
                ok(),
            )
            .ask(world(A), ok().has("requests", 4))
            .ask(world("default"), ok().has("requests", 0)),
        row("the worlds are listed by name, with how many there may be")
            .ask(make(&json!({ "name": "b" })), made())
            .ask(make(&json!({ "name": "B" })), made())
            .ask(make(&json!({ "name": "a" })), made())
            .ask(
                worlds(),
                ok().lists("worlds", "name", &["B", "a", "b", "default"])
                    .has("most", 10_000),
            ),
        row("looking at a world that is not there begins none")
            .ask(world(A), no_such_world())
            .ask(world(A), no_such_world())
            .ask(worlds(), ok().lists("worlds", "name", &["default"])),
        row("what is asked of the control API counts nowhere")
            .ask(clock(A), ok())
            .ask(
                below("GET", A, "/clock?surprise=1"),
                wrong_parameter("query", "surprise"),
            )
            .ask(world(A), ok().has("requests", 0).has("violations", 0))
            .ask(
                requests(A, ""),
                ok().has("", json!({ "requests": [], "last": 0, "dropped": 0 })),
            ),
    ]
}

/// A call at a base URL, which has this part of its path already.
fn at_base(base: &str, call: &contract_tests::wire::Request, part: &str) -> contract_tests::wire::Request {
    let path = call.target.strip_prefix(part).unwrap_or(&call.target);
    contract_tests::wire::Request {
        target: format!("{base}{path}"),
        ..call.clone()
    }
}

fn forgetting() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&FORGETTING, name);
    vec![
        row("a world that is forgotten is gone")
            .ask(make(&json!({ "name": A })), made())
            .ask(forget(A), done())
            .ask(world(A), no_such_world())
            .ask(forget(A), no_such_world())
            .ask(worlds(), ok().lists("worlds", "name", &["default"])),
        row("named again, it begins anew from the server's fixtures")
            .ask(
                make(&json!({ "name": A, "seed": 7, "fixtures": {}, "clock": { "frozen_at": NEW_YEAR } })),
                made(),
            )
            .ask(forget(A), done())
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                ok().has("total_count", 14),
            )
            .ask(clock(A), ok().has("mode", "running"))
            .ask(world(A), ok().has("seed", 0).has("requests", 1)),
        row("what happened in it is forgotten with it")
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok(),
            )
            .ask(clerk::list(clerk::ACME, "surprise=1").in_world(A), ok())
            .ask(break_with(A, &json!({ "delay": { "milliseconds": 0 } })), made())
            .ask(forget(A), done())
            .ask(events(A, ""), ok().has("events", json!([])))
            .ask(requests(A, ""), ok().has("requests", json!([])).has("last", 0))
            .ask(violations(A, ""), ok().has("total", 0))
            .ask(faults(A), ok().has("faults", json!([])))
            .ask(coverage(A, ""), ok().has("reached", 0)),
        row("a world that was forgotten can be made again")
            .ask(make(&json!({ "name": A })), made())
            .ask(forget(A), done())
            .ask(make(&json!({ "name": A, "seed": 9 })), made().has("seed", 9)),
        row("the world called default is forgotten like any other")
            .ask(clerk::create(clerk::EMPTY, clerk::GUS, "org:member"), ok())
            .ask(forget("default"), done())
            .ask(clerk::list(clerk::EMPTY, ""), ok().has("total_count", 0)),
    ]
}
