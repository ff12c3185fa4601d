//! What was called, and some of it.

use contract_tests::outside::UNKNOWN_API;
use contract_tests::scenario::{Outcome, Scenario, answer};
use contract_tests::wire::Request;
use mock_server::{Builder, Limits};
use serde_json::json;

use super::calls::{
    A, NEW_YEAR, Worlds as _, advance, coverage, done, forget_requests, made, make_frozen, ok, requests,
    violations, world,
};
use super::rules::{FILTERS, JOURNAL};
use crate::clerk::calls as clerk;
use crate::logto::calls as logto;
use crate::whylabs::calls as whylabs;

pub(crate) fn rows() -> Vec<Scenario> {
    [kept(), bodies(), refusals(), bounded(), filtered()].concat()
}

fn row(name: &str) -> Scenario {
    Scenario::new(&JOURNAL, name).ask(make_frozen(A), made())
}

fn list() -> Request {
    clerk::list(clerk::ACME, "limit=1").in_world(A)
}

fn add() -> Request {
    clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A)
}

fn kept() -> Vec<Scenario> {
    vec![
        row("nothing was called at first").ask(
            requests(A, ""),
            ok().has("", json!({ "requests": [], "last": 0, "dropped": 0 })),
        ),
        row("a request is kept with its answer")
            .ask(list().header("X-Trace", "abc"), clerk::ok().keep("", "answer"))
            .ask(
                requests(A, ""),
                ok().has("last", 1)
                    .has("dropped", 0)
                    .has("requests.0.number", 1)
                    .has("requests.0.at", NEW_YEAR)
                    .has("requests.0.api", "clerk")
                    .has("requests.0.operation", "ListOrganizationMemberships")
                    .has("requests.0.method", "GET")
                    .has("requests.0.path", clerk::memberships(clerk::ACME))
                    .has("requests.0.query", "limit=1")
                    .has("requests.0.answered_by", "api")
                    .has("requests.0.documented", true)
                    .lacks("requests.0.refused")
                    .lacks("requests.0.fault")
                    .lacks("requests.0.body")
                    .fits(
                        "requests.0.duration_us",
                        json!({ "type": "integer", "minimum": 0 }),
                    )
                    .fits(
                        "requests.0.headers",
                        json!({ "contains": { "const": { "name": "x-trace", "value": "abc" } } }),
                    )
                    .has("requests.0.response.status", 200)
                    .has("requests.0.response.body.json", "{answer}")
                    .has("requests.0.response.body.truncated", false),
            ),
        row("the oldest stands first, and numbers go up by one")
            .ask(list(), clerk::ok())
            .ask(advance(A, "PT1S"), ok())
            .ask(logto::list("").in_world(A), logto::ok())
            .ask(
                requests(A, ""),
                ok().lists("requests", "number", &[1, 2])
                    .lists("requests", "api", &["clerk", "logto"])
                    .lists("requests", "at", &[NEW_YEAR, "2026-01-01T00:00:01Z"])
                    .has("last", 2),
            ),
        row("a request by its header and one by its path are kept alike")
            .ask(
                clerk::list(clerk::ACME, "limit=1").header("x-mock-world", A),
                clerk::ok(),
            )
            .ask(
                list().at(&format!("/w/a/clerk{}", clerk::memberships(clerk::ACME))),
                clerk::ok(),
            )
            .ask(
                requests(A, ""),
                ok().lists(
                    "requests",
                    "path",
                    &[clerk::memberships(clerk::ACME), clerk::memberships(clerk::ACME)],
                ),
            ),
        row("a request that is for no API is kept as one that the server answered")
            .ask(
                Request::new("GET", "/w/a/nothing?x=1"),
                Outcome::outside(&UNKNOWN_API),
            )
            .ask(
                requests(A, ""),
                ok().has("requests.0.answered_by", "server")
                    .has("requests.0.path", "/nothing")
                    .lacks("requests.0.api")
                    .lacks("requests.0.operation")
                    .has("requests.0.response.status", 404),
            ),
        row("an answer that is forced is kept as one")
            .ask(list().header("prefer", "code=404"), answer(404))
            .ask(
                requests(A, ""),
                ok().has("requests.0.answered_by", "forced")
                    .has("requests.0.documented", true)
                    .has("requests.0.response.status", 404),
            ),
        row("what was called can be forgotten, and numbers go on")
            .ask(list(), clerk::ok())
            .ask(forget_requests(A), done())
            .ask(requests(A, ""), ok().has("requests", json!([])).has("last", 1))
            .ask(list(), clerk::ok())
            .ask(requests(A, ""), ok().lists("requests", "number", &[2]))
            .ask(world(A), ok().has("requests", 2)),
        row("violations and coverage stay when requests are forgotten")
            .ask(clerk::list(clerk::ACME, "surprise=1").in_world(A), clerk::ok())
            .ask(forget_requests(A), done())
            .ask(violations(A, ""), ok().has("total", 1))
            .ask(coverage(A, ""), ok().has("reached", 1)),
    ]
}

fn bodies() -> Vec<Scenario> {
    let with = |bytes: &[u8]| add().bytes_as_body(bytes);
    vec![
        row("a body that is JSON is kept as such")
            .ask(add(), clerk::ok())
            .ask(
                requests(A, ""),
                ok().has(
                    "requests.0.body.json",
                    json!({ "user_id": clerk::GUS, "role": "org:member" }),
                )
                .has("requests.0.body.truncated", false)
                .lacks("requests.0.body.text")
                .lacks("requests.0.body.base64"),
            ),
        row("a body that is a text is kept as such")
            .ask(with(b"{\"user_id\":"), answer(400))
            .ask(
                requests(A, ""),
                ok().has(
                    "requests.0.body",
                    json!({ "bytes": 11, "truncated": false, "text": "{\"user_id\":" }),
                ),
            ),
        row("a body that is no text is kept in Base64")
            .ask(with(b"\xff\x00\xfe"), answer(400))
            .ask(
                requests(A, ""),
                ok().has(
                    "requests.0.body",
                    json!({ "bytes": 3, "truncated": false, "base64": "/wD+" }),
                ),
            ),
        row("of a body that is long the beginning is kept")
            .ask(with("x".repeat(400_000).as_bytes()), answer(400))
            .ask(
                requests(A, ""),
                ok().has("requests.0.body.bytes", 400_000)
                    .has("requests.0.body.truncated", true)
                    .matches("requests.0.body.text", "^x{1000}")
                    .lacks("requests.0.body.json"),
            ),
        row("a body nobody asked for is kept too")
            .ask(clerk::without_key(add()), answer(401))
            .ask(
                requests(A, ""),
                ok().has("requests.0.body.json.role", "org:member"),
            ),
    ]
}

fn refusals() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (step, call, status) in [
        ("authentication", clerk::without_key(list()), 401),
        ("admission", clerk::list(clerk::NOWHERE, "").in_world(A), 404),
        ("parameters", clerk::list(clerk::ACME, "limit=0").in_world(A), 422),
        (
            "body",
            clerk::create_with(clerk::EMPTY, &json!({ "user_id": 5 })).in_world(A),
            422,
        ),
        (
            "handler",
            clerk::create(clerk::EMPTY, clerk::NOBODY, "org:member").in_world(A),
            404,
        ),
    ] {
        rows.push(
            row(&format!("a refusal says that it came as far as {step}"))
                .ask(call, answer(status))
                .ask(requests(A, ""), ok().has("requests.0.refused.step", step)),
        );
    }
    rows.extend([
        row("a refusal of an unknown route says so")
            .ask(
                clerk::request("GET", "/v1/organizations/nothing/at/all").in_world(A),
                Outcome::outside(&contract_tests::outside::UNKNOWN_ROUTE),
            )
            .ask(
                requests(A, ""),
                ok().has("requests.0.refused.step", "route")
                    .has("requests.0.api", "clerk")
                    .lacks("requests.0.operation"),
            ),
        row("a refusal lists the rules that were broken")
            .ask(
                clerk::list(clerk::ACME, "limit=0&offset=-1").in_world(A),
                answer(422),
            )
            .ask(
                requests(A, ""),
                ok().lists("requests.0.refused.violations", "pointer", &["/limit", "/offset"])
                    .lists("requests.0.refused.violations", "rule", &["minimum", "minimum"])
                    .lists("requests.0.refused.violations", "part", &["query", "query"])
                    .has("requests.0.refused.violations.0.received", "0"),
            ),
    ]);
    rows
}

fn bounded() -> Vec<Scenario> {
    let two: fn(Builder) -> Builder = |builder| {
        builder.limits(Limits {
            journal_requests: 2,
            ..Limits::default()
        })
    };
    vec![
        row("so many requests are kept, and how many are not is said")
            .server(two)
            .ask(list(), clerk::ok())
            .ask(list(), clerk::ok())
            .ask(logto::list("").in_world(A), logto::ok())
            .ask(
                requests(A, ""),
                ok().lists("requests", "number", &[2, 3])
                    .has("last", 3)
                    .has("dropped", 1),
            )
            .ask(world(A), ok().has("requests", 3)),
        row("what is forgotten on purpose is not said to have been dropped for want of room")
            .ask(list(), clerk::ok())
            .ask(forget_requests(A), done())
            .ask(requests(A, ""), ok().has("dropped", 0)),
    ]
}

fn filtered() -> Vec<Scenario> {
    let row = |name: &str| {
        Scenario::new(&FILTERS, name)
            .ask(make_frozen(A), made())
            .given(list())
            .given(logto::list("").in_world(A))
            .ask(clerk::list(clerk::NOWHERE, "").in_world(A), answer(404))
            .given(whylabs::list(whylabs::ACME).in_world(A))
            .ask(
                Request::new("GET", "/w/a/nothing"),
                Outcome::outside(&UNKNOWN_API),
            )
    };
    let mut rows = Vec::new();
    for (query, numbers) in [
        ("", vec![1, 2, 3, 4, 5]),
        ("api=clerk", vec![1, 3]),
        ("api=enhance", vec![]),
        ("operation=ListOrganizationMemberships", vec![1, 3, 4]),
        ("operation=ListOrganizationMemberships&api=whylabs", vec![4]),
        ("operation=list_organizations", vec![2]),
        ("status=200", vec![1, 2, 4]),
        ("status=404", vec![3, 5]),
        ("status=404&api=clerk", vec![3]),
        ("path=/v1/organizations/*/memberships", vec![1, 3]),
        ("path=/v*/organizations/*/membership", vec![4]),
        ("path=/v1/**", vec![1, 3]),
        ("path=/v1/*", vec![]),
        ("path=/nothing", vec![5]),
        ("path=**", vec![1, 2, 3, 4, 5]),
        ("after=0", vec![1, 2, 3, 4, 5]),
        ("after=3", vec![4, 5]),
        ("after=5", vec![]),
        ("after=1&status=200", vec![2, 4]),
        ("after=9223372036854775807", vec![]),
    ] {
        let what = if query.is_empty() {
            "nothing in particular"
        } else {
            query
        };
        rows.push(row(&format!("asked for {what}")).ask(
            requests(A, query),
            ok().lists("requests", "number", &numbers).has("last", 5),
        ));
    }
    rows
}
