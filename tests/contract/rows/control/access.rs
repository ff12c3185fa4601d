//! Who may steer.

use std::net::{Ipv4Addr, SocketAddr};

use contract_tests::scenario::Scenario;
use contract_tests::spec::Operation;
use contract_tests::wire::Request;
use mock_server::Builder;
use serde_json::json;

use super::calls::{A, NEW_YEAR, TOKEN, Worlds as _, get, made, make, ok, problem, spec, worlds};
use super::rules::{OFF, PAGES, TOKEN_ASKED};
use crate::clerk::calls as clerk;

pub(crate) fn rows() -> Vec<Scenario> {
    [refused(), tokens(), off(), pages()].concat()
}

fn asks_for_token(builder: Builder) -> Builder {
    let token = TOKEN.parse().unwrap_or_else(|bad| panic!("{bad}"));
    builder.control_token(token)
}

/// Any address of the machine, where others can reach it.
fn open_to_others(builder: Builder) -> Builder {
    builder.listen(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)))
}

fn open_to_others_with_token(builder: Builder) -> Builder {
    asks_for_token(open_to_others(builder))
}

/// A refusal that says which token is meant.
fn without_token() -> contract_tests::scenario::Outcome {
    problem(401, "Unauthorized").matches("detail", "--control-token")
}

fn bearer(request: Request, token: &str) -> Request {
    request.header("authorization", format!("Bearer {token}"))
}

/// Every operation but the one that is for everybody, with a call of it that is good.
fn closed() -> impl Iterator<Item = (&'static Operation, Request)> {
    let operations = spec().operations.iter();
    operations
        .filter(|operation| operation.id != "getHealth")
        .map(|operation| (operation, operation.call(spec())))
}

fn refused() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (operation, call) in closed() {
        rows.push(
            Scenario::new(&TOKEN_ASKED, format!("{} takes the token", operation.id))
                .server(asks_for_token)
                .ask(call.clone(), without_token())
                .ask(bearer(call, "nobodys"), without_token()),
        );
    }
    for (operation, call) in closed() {
        rows.push(
            Scenario::new(&OFF, format!("{} is off where others can reach it", operation.id))
                .server(open_to_others)
                .ask(
                    call.clone(),
                    problem(403, "Forbidden").matches("detail", "--control-token"),
                )
                .ask(bearer(call, TOKEN), problem(403, "Forbidden")),
        );
    }
    rows
}

fn tokens() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TOKEN_ASKED, name).server(asks_for_token);
    let mut rows = vec![
        row("with the token it is steered")
            .ask(bearer(worlds(), TOKEN), ok())
            .ask(bearer(make(&json!({ "name": A })), TOKEN), made())
            .ask(worlds().header("authorization", format!("bearer {TOKEN}")), ok()),
        row("who calls is found out before anything else is looked at")
            .ask(get("/worlds/a%20b"), without_token())
            .ask(get("/worlds/nowhere"), without_token())
            .ask(
                make(&json!({}))
                    .bytes_as_body("{")
                    .header("content-type", "text/plain"),
                without_token(),
            ),
        row("whether it is ready is told to everybody").ask(get("/health"), ok()),
        row("an API takes its own credentials, and no token")
            .ask(clerk::list(clerk::ACME, ""), ok())
            .ask(clerk::list(clerk::ACME, "").in_world(A), ok())
            .ask(
                clerk::with_key(clerk::list(clerk::ACME, ""), TOKEN),
                clerk::refused(401, "clerk_key_invalid"),
            ),
        Scenario::new(&TOKEN_ASKED, "where no token is asked for, any is passed over")
            .ask(bearer(worlds(), "nobodys"), ok())
            .ask(worlds().header("authorization", "Basic dXNlcjpwYXNz"), ok()),
    ];
    for (what, header) in [
        ("an empty header", ""),
        ("another scheme", "Basic Y29udHJvbC10b2tlbjo="),
        ("the token alone", TOKEN),
        ("the scheme alone", "Bearer"),
        ("the beginning of the token", "Bearer control-toke"),
        ("the token and more", "Bearer control-token2"),
        ("the token in other letter case", "Bearer Control-Token"),
    ] {
        rows.push(
            row(&format!("{what} is no token"))
                .ask(worlds().header("authorization", header), without_token()),
        );
    }
    rows
}

fn off() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&OFF, name);
    vec![
        row("whether it is ready is told to everybody, wherever it listens")
            .server(open_to_others)
            .ask(get("/health"), ok()),
        row("the APIs are served wherever it listens")
            .server(open_to_others)
            .ask(clerk::list(clerk::ACME, ""), ok()),
        row("with a token it is steered from elsewhere too")
            .server(open_to_others_with_token)
            .ask(bearer(worlds(), TOKEN), ok())
            .ask(worlds(), without_token()),
        row("a clock that stands still stands still where nobody can steer")
            .server(open_to_others)
            .clock(NEW_YEAR)
            .ask(get("/worlds/default/clock"), problem(403, "Forbidden")),
    ]
}

fn pages() -> Vec<Scenario> {
    let row = |name: String| Scenario::new(&PAGES, name);
    let refused = || problem(403, "Forbidden").matches("detail", "--control-token");
    let mut rows = Vec::new();
    for (header, own, foreign) in [
        (
            "host",
            [
                "localhost:1",
                "mock.localhost",
                "LOCALHOST",
                "[::1]:1",
                "10.0.0.1",
            ],
            [
                "evil.test",
                "evil.test:4010",
                "127.0.0.1.evil.test",
                "localhost.evil.test",
                "mock",
            ],
        ),
        (
            "origin",
            [
                "http://localhost:3000",
                "http://app.localhost",
                "http://127.0.0.1",
                "https://127.9.9.9:8080",
                "http://[::1]:3000",
            ],
            [
                "https://evil.test",
                "http://localhost.evil.test",
                "http://10.0.0.1",
                "null",
                "file://",
            ],
        ),
    ] {
        for value in own {
            rows.push(
                row(format!("whoever comes with {header}: {value} may steer"))
                    .ask(worlds().header(header, value), ok())
                    .ask(make(&json!({ "name": A })).header(header, value), made()),
            );
        }
        for value in foreign {
            let name = format!("whoever comes with {header}: {value} takes the token");
            rows.push(
                row(name.clone())
                    .ask(worlds().header(header, value), refused())
                    .ask(make(&json!({ "name": A })).header(header, value), refused())
                    .ask(get("/health").header(header, value), ok())
                    .ask(worlds(), ok()),
            );
            rows.push(
                row(format!("{name}, and nothing else"))
                    .server(asks_for_token)
                    .ask(bearer(worlds(), TOKEN).header(header, value), ok()),
            );
        }
    }
    rows
}
