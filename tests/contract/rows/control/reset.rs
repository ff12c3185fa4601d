//! Worlds that begin anew.

use contract_tests::outside::{LOGIN_PAGE, SPENT_LOGIN_LINK};
use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;
use serde_json::json;

use super::calls::{
    A, NEW_YEAR, Worlds as _, advance, break_with, clock, coverage, done, events, export, faults, forget,
    get, made, make, make_frozen, merge, ok, replace, requests, reset, stands_at, violations, world,
};
use super::rules::RESET;
use crate::clerk::calls as clerk;
use crate::enhance::calls as enhance;

fn row(name: &str) -> Scenario {
    Scenario::new(&RESET, name)
}

fn add() -> Request {
    clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A)
}

pub(crate) fn rows() -> Vec<Scenario> {
    [state(), records(), sameness()].concat()
}

fn state() -> Vec<Scenario> {
    vec![
        row("a world that began by itself has the server's fixtures again")
            .ask(add(), ok())
            .ask(reset(A), ok().has("name", A).has("requests", 0))
            .ask(
                clerk::list(clerk::EMPTY, "").in_world(A),
                ok().has("total_count", 0),
            ),
        row("a world that was made has its own fixtures, seed and clock again")
            .ask(
                make(&json!({
                    "name": A,
                    "seed": 7,
                    "clock": { "frozen_at": NEW_YEAR },
                    "fixtures": { "extends": true, "clerk": { "organizations": [{ "id": "org_own" }] } },
                })),
                made(),
            )
            .ask(export(A), ok().keep("", "state"))
            .ask(add(), ok())
            .ask(advance(A, "P1D"), ok())
            .ask(reset(A), ok().has("seed", 7).has("now", NEW_YEAR))
            .ask(clock(A), stands_at(NEW_YEAR))
            .ask(clerk::list("org_own", "").in_world(A), ok())
            .ask(export(A), ok().has("", "{state}")),
        row("what was replaced or merged is gone")
            .ask(clock(A), ok())
            .ask(
                replace(A, &json!({ "seed": 9, "clock": { "frozen_at": NEW_YEAR } })),
                done(),
            )
            .ask(
                merge(A, &json!({ "clerk": { "users": [{ "id": "user_more" }] } })),
                done(),
            )
            .ask(reset(A), ok().has("seed", 0))
            .ask(clock(A), ok().has("mode", "running"))
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                ok().has("total_count", 14),
            )
            .ask(export(A), ok().hides("user_more")),
        row("a world that has not begun begins")
            .ask(world(A), super::calls::no_such_world())
            .ask(reset(A), ok().has("name", A).has("requests", 0))
            .ask(world(A), ok()),
        row("the world called default is reset like any other")
            .ask(clerk::create(clerk::EMPTY, clerk::GUS, "org:member"), ok())
            .ask(reset("default"), ok())
            .ask(clerk::list(clerk::EMPTY, ""), ok().has("total_count", 0)),
        row("a session and a login link from before are good no longer")
            .ask(
                with_session(enhance::login_link(enhance::C, enhance::C_SITE.member)),
                enhance::created().keep_part("", "^http://[^/]+(/.+)$", "link"),
            )
            .ask(
                Request::new("GET", "{link}"),
                Outcome::outside(&LOGIN_PAGE).keep_part_of_header("set-cookie", "^id0=([^;]+);", "session"),
            )
            .ask(
                with_session(enhance::login_link(enhance::C, enhance::C_SITE.member)),
                enhance::created().keep_part("", "^http://[^/]+(/.+)$", "link"),
            )
            .ask(reset(A), ok())
            .ask(Request::new("GET", "{link}"), Outcome::outside(&SPENT_LOGIN_LINK))
            .ask(
                enhance::read(enhance::C, enhance::C_SITE.member)
                    .header("cookie", "id0={session}")
                    .in_world(A),
                enhance::unauthenticated(),
            ),
    ]
}

fn with_session(request: Request) -> Request {
    request.header("cookie", "id0=mock-session-c-owner").in_world(A)
}

fn records() -> Vec<Scenario> {
    vec![
        row("requests, violations, faults, events and coverage begin anew")
            .ask(add(), ok())
            .ask(clerk::list(clerk::ACME, "surprise=1").in_world(A), ok())
            .ask(
                break_with(
                    A,
                    &json!({ "match": { "api": "logto" }, "delay": { "milliseconds": 0 } }),
                ),
                made().keep("id", "fault"),
            )
            .ask(
                reset(A),
                ok().has("requests", 0).has("violations", 0).has("faults", 0),
            )
            .ask(
                requests(A, ""),
                ok().has("", json!({ "requests": [], "last": 0, "dropped": 0 })),
            )
            .ask(
                violations(A, ""),
                ok().has("", json!({ "violations": [], "total": 0, "dropped": 0 })),
            )
            .ask(faults(A), ok().has("faults", json!([])))
            .ask(events(A, ""), ok().has("events", json!([])))
            .ask(coverage(A, ""), ok().has("reached", 0).has("percent", 0)),
        row("numbers begin with 1 again")
            .ask(add(), ok())
            .ask(
                break_with(A, &json!({ "delay": { "milliseconds": 0 } })),
                made().keep("id", "fault"),
            )
            .ask(reset(A), ok())
            .ask(add(), ok())
            .ask(requests(A, ""), ok().lists("requests", "number", &[1]))
            .ask(events(A, ""), ok().lists("events", "number", &[1]))
            .ask(
                break_with(A, &json!({ "delay": { "milliseconds": 0 } })),
                made().has("id", "{fault}"),
            ),
        row("the totals over all worlds keep what they have counted")
            .ask(add(), ok())
            .ask(clerk::list(clerk::ACME, "surprise=1").in_world(A), ok())
            .ask(reset(A), ok())
            .ask(get("/coverage"), ok().has("reached", 2).has("violations", 1))
            .ask(
                get("/violations"),
                ok().has("total", 1)
                    .lists("violations", "kind", &["undocumented_parameter"]),
            ),
        row("a world that was forgotten and made again is reset to what it was made with then")
            .ask(make(&json!({ "name": A, "seed": 7 })), made())
            .ask(forget(A), done())
            .ask(make(&json!({ "name": A, "seed": 8 })), made())
            .ask(reset(A), ok().has("seed", 8)),
    ]
}

/// A call, the name its answer is kept under, and its status.
type Step = (&'static str, fn() -> Request, u16);

fn sameness() -> Vec<Scenario> {
    let steps: [Step; 4] = [
        (
            "one",
            || clerk::create(clerk::EMPTY, clerk::GUS, "org:member"),
            200,
        ),
        ("two", || clerk::list(clerk::EMPTY, ""), 200),
        ("three", || clerk::list(clerk::NOWHERE, ""), 404),
        (
            "four",
            || crate::logto::calls::create(&json!({ "name": "New" })),
            201,
        ),
    ];
    let mut row =
        row("with a clock that stands still the same requests are answered with the same bytes again")
            .ask(make_frozen(A), made());
    for (name, call, status) in steps {
        let outcome = contract_tests::scenario::answer(status);
        row = row.ask(call().header("x-mock-world", A), outcome.keep("", name));
    }
    row = row.ask(reset(A), ok());
    for (name, call, status) in steps {
        let outcome = contract_tests::scenario::answer(status);
        row = row.ask(
            call().header("x-mock-world", A),
            outcome.has("", format!("{{{name}}}")),
        );
    }
    vec![row]
}
