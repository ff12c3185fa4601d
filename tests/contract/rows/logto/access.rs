//! Who calls, and what is found out before anything is done.

use contract_tests::scenario::{Outcome, Scenario, answer};
use contract_tests::wire::Request;
use mock_server::jiff::SignedDuration;
use serde_json::json;

use super::calls::{
    ACME, ACME_MEMBERS, ADMIN, ALICE, ERIN, GLOBEX, NO_ROLE, NO_TOKEN, NOBODY, NOWHERE, WITHOUT_SCOPE, add,
    all_fourteen, bad_token, broken, delete, get, list, listed, members, ok, refused, remove, with_token,
    without_token,
};
use super::rules::{PLAN, SCOPE, TOKEN_FIRST};

const OTHER_TOKEN: &str = "auth.authorization_token_type_not_supported";

pub(crate) fn rows() -> Vec<Scenario> {
    [tokens(), headers(), scope(), plan()].concat()
}

fn other_token() -> Outcome {
    answer(401)
        .has("code", OTHER_TOKEN)
        .has("data", json!({ "supportedTypes": ["Bearer"] }))
        .lacks("details")
        .lacks_header("www-authenticate")
}

/// A request with this in its `Authorization`.
fn with_header(request: Request, value: &str) -> Request {
    without_token(request).header("authorization", value)
}

fn tokens() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, call) in all_fourteen(ACME, ALICE, ADMIN) {
        rows.push(
            Scenario::new(&TOKEN_FIRST, format!("{what} takes a token, and a good one"))
                .ask(
                    without_token(call.clone()),
                    refused(401, NO_TOKEN).lacks_header("www-authenticate"),
                )
                .ask(with_header(call.clone(), "Basic abc"), other_token())
                .ask(with_token(call.clone(), "garbage"), bad_token())
                .ask(
                    with_token(call, "mock-token-expired"),
                    bad_token()
                        .has("data.code", "ERR_JWT_EXPIRED")
                        .has("data.name", "JWTExpired"),
                ),
        );
    }
    for (what, call) in all_fourteen(NOWHERE, NOBODY, NO_ROLE) {
        rows.push(
            Scenario::new(&TOKEN_FIRST, format!("{what} takes a token, wherever it is"))
                .ask(without_token(call.clone()), refused(401, NO_TOKEN))
                .ask(with_token(call, "garbage"), bad_token()),
        );
    }
    rows
}

fn headers() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TOKEN_FIRST, name);
    vec![
        row("an empty header is none").ask(with_header(list(""), ""), refused(401, NO_TOKEN)),
        row("the word Bearer counts in this case alone")
            .ask(with_header(list(""), "bearer mock-token"), other_token())
            .ask(with_header(list(""), "BEARER mock-token"), other_token())
            .ask(with_header(list(""), "mock-token"), other_token()),
        row("the word Bearer alone is a bad token")
            .ask(with_header(list(""), "Bearer"), bad_token())
            .ask(with_header(list(""), "Bearermock-token"), bad_token()),
        row("a token counts as it is written")
            .ask(with_token(list(""), "Mock-Token"), bad_token())
            .ask(with_token(list(""), "mock-token2"), bad_token())
            .ask(with_token(list(""), "mock-toke"), bad_token()),
        row("a token that was withdrawn is a bad one").ask(with_token(list(""), "mock-token-revoked"), bad_token()),
        row("a token has to say whose it is")
            .ask(
                with_token(list(""), "mock-token-without-subject"),
                refused(401, "auth.jwt_sub_missing"),
            )
            .ask(
                with_token(get(NOWHERE), "mock-token-without-subject"),
                refused(401, "auth.jwt_sub_missing"),
            ),
        row("a token is good until its time is up")
            .fixtures(
                "extends: true\nlogto:\n  access_tokens: [{ secret: short, expires_at: 2026-01-01T00:00:10Z }]",
            )
            .clock("2026-01-01T00:00:00Z")
            .ask(with_token(list(""), "short"), ok())
            .advance(SignedDuration::from_secs(9))
            .ask(with_token(list(""), "short"), ok())
            .advance(SignedDuration::from_secs(1))
            .ask(
                with_token(list(""), "short"),
                bad_token().has("data.code", "ERR_JWT_EXPIRED"),
            ),
        row("nothing is deleted by a call without a good token")
            .ask(without_token(delete(GLOBEX)), refused(401, NO_TOKEN))
            .ask(with_token(delete(GLOBEX), "garbage"), bad_token())
            .ask(with_token(delete(GLOBEX), WITHOUT_SCOPE), refused(403, "auth.forbidden"))
            .ask(get(GLOBEX), ok()),
    ]
}

fn scope() -> Vec<Scenario> {
    let forbidden = || refused(403, "auth.forbidden");
    let mut rows = Vec::new();
    for (what, call) in all_fourteen(ACME, ALICE, ADMIN) {
        rows.push(
            Scenario::new(&SCOPE, format!("{what} takes the scope all"))
                .ask(with_token(call, WITHOUT_SCOPE), forbidden()),
        );
    }
    let several = |scope: &str| {
        format!("extends: true\nlogto:\n  access_tokens: [{{ secret: several, scope: '{scope}' }}]")
    };
    rows.extend([
        Scenario::new(&SCOPE, "the scope all can stand among others")
            .fixtures(several("openid all email"))
            .ask(with_token(list(""), "several"), ok()),
        Scenario::new(&SCOPE, "the scope all is a word of its own")
            .fixtures(several("allowed tall ALL"))
            .ask(with_token(list(""), "several"), forbidden()),
        Scenario::new(&SCOPE, "nobody joins or leaves by a call without the scope")
            .ask(with_token(add(ACME, &[ERIN]), WITHOUT_SCOPE), forbidden())
            .ask(with_token(remove(ACME, ALICE), WITHOUT_SCOPE), forbidden())
            .ask(members(ACME, ""), listed(&ACME_MEMBERS, 4)),
    ]);
    rows
}

fn plan() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, call) in all_fourteen(ACME, ALICE, ADMIN) {
        let row = Scenario::new(
            &PLAN,
            format!("{what} where the plan does not cover organizations"),
        )
        .fixtures("extends: true\nlogto: { organizations_enabled: false }");
        let over = || refused(403, "subscription.limit_exceeded");
        rows.push(match call.method.as_str() {
            "POST" | "PUT" => row
                .ask(with_token(call.clone(), "garbage"), bad_token())
                .ask(
                    with_token(call.clone(), WITHOUT_SCOPE),
                    refused(403, "auth.forbidden"),
                )
                .ask(broken(call.clone()), over())
                .ask(call, over()),
            _ => row.given(call),
        });
    }
    rows
}
