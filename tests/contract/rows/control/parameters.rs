//! Parameters in paths and queries that are wrong.

use contract_tests::scenario::Scenario;
use contract_tests::spec::Location;
use contract_tests::wire::percent_encoded;
use mock_server::{Builder, Limits};
use serde_json::json;

use super::calls::{
    A, B, Worlds as _, all_below, clock, done, forget, get, made, make, ok, on_worlds, problem, request,
    requests, spec, world, worlds, wrong_at, wrong_parameter,
};
use super::rules::{NAMES, QUERIES, ROOM};
use crate::clerk::calls as clerk;

pub(crate) fn rows() -> Vec<Scenario> {
    [names(), queries(), room()].concat()
}

/// Room for one world beside `default`.
fn room_for_one(builder: Builder) -> Builder {
    builder.limits(Limits {
        worlds: 1,
        ..Limits::default()
    })
}

fn names() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&NAMES, name);
    let mut rows = Vec::new();
    for (operation, call) in on_worlds("a%20b") {
        rows.push(
            row(&format!("{} takes no name with a blank in it", operation.id))
                .ask(call, wrong_parameter("path", "world"))
                .ask(worlds(), ok().lists("worlds", "name", &["default"])),
        );
    }
    let too_long = "w".repeat(65);
    for name in ["a/b", "ä", "a:b", "*", "a b", "\u{0}", " ", too_long.as_str()] {
        rows.push(
            row(&format!("{} is no name", name.escape_debug()))
                .ask(clock(&percent_encoded(name)), wrong_parameter("path", "world"))
                .ask(make(&json!({ "name": name })), wrong_at("/name"))
                .ask(worlds(), ok().lists("worlds", "name", &["default"])),
        );
    }
    rows.push(
        row("an empty name is none")
            .ask(make(&json!({ "name": "" })), wrong_at("/name"))
            .ask(worlds(), ok().lists("worlds", "name", &["default"])),
    );
    let longest = "w".repeat(64);
    for name in ["A", "a.b-c_d", "0", "-", longest.as_str()] {
        rows.push(
            row(&format!("{name} is a name"))
                .ask(clock(name), ok())
                .ask(world(name), ok().has("name", name))
                .ask(clerk::list(clerk::ACME, "").in_world(name), ok()),
        );
    }
    rows.push(
        row("letter case counts, and what is percent-encoded is the same name")
            .ask(make(&json!({ "name": "Ab" })), made())
            .ask(world("%41b"), ok().has("name", "Ab"))
            .ask(world("ab"), problem(404, "Not Found")),
    );
    rows
}

fn queries() -> Vec<Scenario> {
    let row = |name: String| Scenario::new(&QUERIES, name);
    let mut rows = Vec::new();
    for operation in &spec().operations {
        let mut queries = operation.parameters_in(Location::Query);
        if !queries.any(|parameter| parameter.name == "api") {
            continue;
        }
        let path = operation.path_with("world", A);
        let call = |api: &str| operation.call(spec()).at(&path).with_query(&format!("api={api}"));
        rows.push(
            row(format!("{} knows four APIs", operation.id))
                .ask(call("nobody"), wrong_parameter("query", "api"))
                .ask(call("Clerk"), wrong_parameter("query", "api"))
                .ask(call("control"), wrong_parameter("query", "api"))
                .ask(call("clerk&api=logto"), wrong_parameter("query", "api"))
                .ask(call("enhance"), ok()),
        );
    }
    for (name, bad) in [
        ("status", "abc"),
        ("status", "99"),
        ("status", "600"),
        ("status", "200.5"),
        ("after", "-1"),
        ("after", "x"),
        ("after", "9999999999999999999999"),
    ] {
        rows.push(row(format!("{bad} is no {name} of requests")).ask(
            requests(A, &format!("{name}={bad}")),
            wrong_parameter("query", name),
        ));
    }
    rows.extend([
        row("-1 is no number of events to come after".to_owned()).ask(
            get("/worlds/a/outbox?after=-1"),
            wrong_parameter("query", "after"),
        ),
        row("an operation nobody has is told, with the nearest ones".to_owned()).ask(
            requests(A, "operation=CreateOrganisationMembership"),
            wrong_parameter("query", "operation").mentions("CreateOrganizationMembership"),
        ),
        row("everything that is wrong is told at once".to_owned()).ask(
            requests("a%20b", "api=nobody&status=1&after=-1"),
            super::calls::bad_request(),
        ),
    ]);
    rows
}

trait Queried {
    fn with_query(self, query: &str) -> Self;
}

impl Queried for contract_tests::wire::Request {
    fn with_query(mut self, query: &str) -> Self {
        self.target = format!("{}?{query}", self.path());
        self
    }
}

fn room() -> Vec<Scenario> {
    let row = |name: String| {
        let scenario = Scenario::new(&ROOM, name).server(room_for_one);
        scenario.ask(make(&json!({ "name": B })), made())
    };
    let full = || problem(503, "Service Unavailable");
    let mut rows = Vec::new();
    for (operation, call) in all_below(A) {
        rows.push(
            row(format!("{} begins no world where there is no room", operation.id))
                .ask(call, full())
                .ask(
                    worlds(),
                    ok().lists("worlds", "name", &[B, "default"]).has("most", 1),
                ),
        );
    }
    rows.extend([
        row("no world is made where there is no room".to_owned())
            .ask(make(&json!({ "name": A })), full())
            .ask(make(&json!({})), full()),
        row("that a world is there already is told before that there is no room".to_owned())
            .ask(make(&json!({ "name": B })), problem(409, "Conflict")),
        row("requests that name no world find theirs, forgotten or not".to_owned())
            .ask(forget("default"), done())
            .ask(clerk::list(clerk::ACME, ""), ok()),
        row("a world that is not there is looked for all the same".to_owned())
            .ask(world(A), problem(404, "Not Found"))
            .ask(request("DELETE", "/worlds/a"), problem(404, "Not Found")),
        row("a call of an API begins no world either".to_owned()).ask(
            clerk::list(clerk::ACME, "").in_world(A),
            contract_tests::scenario::Outcome::outside(&contract_tests::outside::NO_ROOM),
        ),
    ]);
    rows
}
