//! Tokens that applications have issued (RFC 6749, 4.4): no document describes how.

use contract_tests::outside::{NO_TOKEN, Outside, TOKEN, UNKNOWN_CLIENT, WRONG_METHOD};
use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;
use mock_server::jiff::SignedDuration;

use super::calls::{create, created, list, ok, refused, with_token};
use super::rules::TOKENS;

/// An application that knows its secret, and asks for what the Management API takes.
const GOOD: [(&str, &str); 5] = [
    ("grant_type", "client_credentials"),
    ("client_id", "mock-app"),
    ("client_secret", "mock-app-secret"),
    ("resource", "https%3A%2F%2Fdefault.logto.app%2Fapi"),
    ("scope", "all"),
];

/// One whose secret has to be encoded, and one whose tokens are not good for long.
const APPLICATIONS: &str = "
extends: true
logto:
  applications:
    - { id: caller, secret: s3cret }
    - { id: careful, secret: 'a b:c' }
    - { id: brief, secret: s3cret, token_seconds: 10 }
";

pub(crate) fn rows() -> Vec<Scenario> {
    [
        issued(),
        in_headers(),
        for_a_while(),
        not_issued(),
        bad_requests(),
    ]
    .concat()
}

fn row(name: &str) -> Scenario {
    Scenario::new(&TOKENS, name)
}

/// A request for a token with this form.
fn ask_for(form: &[(&str, &str)]) -> Request {
    let pairs: Vec<_> = form
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    Request::new("POST", "/oidc/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .bytes_as_body(pairs.join("&"))
}

/// The same as a good one but for one field.
fn but(field: &str, value: &str) -> Request {
    ask_for(&GOOD.map(|(name, usual)| (name, if name == field { value } else { usual })))
}

/// The same without one field.
fn without(field: &str) -> Request {
    let form: Vec<_> = GOOD.into_iter().filter(|(name, _)| *name != field).collect();
    ask_for(&form)
}

/// A token that is kept.
fn token() -> Outcome {
    Outcome::outside(&TOKEN)
        .has("token_type", "Bearer")
        .keep("access_token", "token")
}

fn no_token(outside: &'static Outside, error: &str) -> Outcome {
    Outcome::outside(outside)
        .has("error", error)
        .matches("error_description", ".")
        .lacks("access_token")
}

fn with_issued(request: Request) -> Request {
    with_token(request, "{token}")
}

fn issued() -> Vec<Scenario> {
    vec![
        row("an application is issued a token for an hour, and what is called with it is done")
            .ask(
                ask_for(&GOOD),
                token().has("expires_in", 3600).has("scope", "all"),
            )
            .ask(with_issued(list("")), ok())
            .ask(
                with_issued(create(&serde_json::json!({ "name": "New" }))),
                created(),
            ),
        row("every token is another, and the earlier ones stay good")
            .ask(ask_for(&GOOD), token())
            .ask(
                ask_for(&GOOD),
                Outcome::outside(&TOKEN).differs("access_token", "{token}"),
            )
            .ask(with_issued(list("")), ok()),
        row("an application without the scope is issued a token that lacks it")
            .ask(
                ask_for(&[
                    GOOD[0],
                    ("client_id", "mock-app-without-scope"),
                    ("client_secret", "mock-app-without-scope-secret"),
                    GOOD[3],
                    GOOD[4],
                ]),
                token().lacks("scope"),
            )
            .ask(with_issued(list("")), refused(403, "auth.forbidden")),
        row("a token is good for what was asked for")
            .ask(but("scope", "openid"), token().lacks("scope"))
            .ask(with_issued(list("")), refused(403, "auth.forbidden"))
            .ask(but("scope", "openid+all"), token().has("scope", "all"))
            .ask(with_issued(list("")), ok()),
    ]
}

fn in_headers() -> Vec<Scenario> {
    let call = |header: &str| {
        ask_for(&[GOOD[0], GOOD[3], GOOD[4]]).header("authorization", format!("Basic {header}"))
    };
    vec![
        row("an application may say who it is in the header")
            .fixtures(APPLICATIONS)
            .ask(call("Y2FsbGVyOnMzY3JldA=="), token())
            .ask(with_issued(list("")), ok()),
        row("an application's secret is encoded before it stands in the header")
            .fixtures(APPLICATIONS)
            .ask(call("Y2FyZWZ1bDphK2IlM0Fj"), token()),
        row("an application that says the wrong thing in the header is asked for the right one")
            .fixtures(APPLICATIONS)
            .ask(
                call("Y2FsbGVyOndyb25n"),
                no_token(&UNKNOWN_CLIENT, "invalid_client")
                    .header("www-authenticate", "Basic realm=\"logto\""),
            ),
        row("an application says who it is once")
            .fixtures(APPLICATIONS)
            .ask(
                ask_for(&GOOD).header("authorization", "Basic Y2FsbGVyOnMzY3JldA=="),
                no_token(&NO_TOKEN, "invalid_request"),
            ),
    ]
}

fn for_a_while() -> Vec<Scenario> {
    let brief = ask_for(&[
        GOOD[0],
        ("client_id", "brief"),
        ("client_secret", "s3cret"),
        GOOD[3],
        GOOD[4],
    ]);
    vec![
        row("a token that was issued is good until its time is up, and a new one after")
            .fixtures(APPLICATIONS)
            .clock("2026-01-01T00:00:00Z")
            .ask(brief.clone(), token().has("expires_in", 10))
            .advance(SignedDuration::from_secs(9))
            .ask(with_issued(list("")), ok())
            .advance(SignedDuration::from_secs(1))
            .ask(
                with_issued(list("")),
                contract_tests::scenario::answer(401)
                    .has("code", "auth.unauthorized")
                    .has("data.code", "ERR_JWT_EXPIRED"),
            )
            .ask(brief, token())
            .ask(with_issued(list("")), ok()),
    ]
}

fn not_issued() -> Vec<Scenario> {
    let unknown = || no_token(&UNKNOWN_CLIENT, "invalid_client");
    vec![
        row("nobody is issued a token without the right secret")
            .ask(but("client_secret", "mock-app-secre"), unknown())
            .ask(but("client_secret", "MOCK-APP-SECRET"), unknown())
            .ask(but("client_secret", "mock-app-without-scope-secret"), unknown()),
        row("nobody who is not there is issued a token")
            .ask(but("client_id", "nosuchapp"), unknown())
            .ask(but("client_id", "alice0000001"), unknown()),
        row("an application's secret is no token").ask(
            with_token(list(""), "mock-app-secret"),
            contract_tests::scenario::answer(401).has("code", "auth.unauthorized"),
        ),
    ]
}

fn bad_requests() -> Vec<Scenario> {
    let bad = |error: &str| no_token(&NO_TOKEN, error);
    let mut rows = vec![
        row("no other grant is known")
            .ask(
                but("grant_type", "authorization_code"),
                bad("unsupported_grant_type"),
            )
            .ask(but("grant_type", "password"), bad("unsupported_grant_type")),
        row("a token is for a Management API")
            .ask(without("resource"), bad("invalid_target"))
            .ask(but("resource", "default.logto.app"), bad("invalid_target")),
        row("what is asked for is said once, in a form")
            .ask(
                ask_for(&[GOOD[0], GOOD[1], GOOD[2], GOOD[3], GOOD[4], GOOD[4]]),
                bad("invalid_request"),
            )
            .ask(
                Request::new("POST", "/oidc/token").json(&serde_json::json!({
                    "grant_type": "client_credentials",
                    "client_id": "mock-app",
                    "client_secret": "mock-app-secret"
                })),
                bad("invalid_request"),
            )
            .ask(Request::new("POST", "/oidc/token"), bad("invalid_request")),
        row("a token is asked for by POST").ask(
            Request::new("GET", "/oidc/token"),
            Outcome::outside(&WRONG_METHOD)
                .header("allow", "POST")
                .has("error", "invalid_request"),
        ),
    ];
    for field in ["grant_type", "client_id", "client_secret"] {
        rows.push(
            row(&format!("no token is issued without {field}")).ask(without(field), bad("invalid_request")),
        );
    }
    rows
}
