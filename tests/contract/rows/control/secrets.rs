//! What nobody is to read in the record of what was called.

use contract_tests::outside::{LOGIN_PAGE, TOKEN};
use contract_tests::scenario::{Outcome, Scenario, answer};
use contract_tests::wire::Request;
use serde_json::json;

use super::calls::{A, Worlds as _, ok, requests, verify, violations};
use super::rules::SECRETS;
use crate::clerk::calls as clerk;
use crate::enhance::calls::{self as enhance, Calls as _};
use crate::logto::calls as logto;
use crate::whylabs::calls as whylabs;

fn row(name: &str) -> Scenario {
    Scenario::new(&SECRETS, name)
}

/// Nothing that is told of the requests has any of these in it.
fn hidden(row: Scenario, secrets: &[&str]) -> Scenario {
    let hide = |outcome: Outcome| {
        secrets
            .iter()
            .fold(outcome, |outcome, secret| outcome.hides(*secret))
    };
    let unmet = json!([{ "match": { "method": "TRACE" } }]);
    row.ask(requests(A, ""), hide(ok().has("requests.0.number", 1)))
        .ask(verify(A, &unmet), hide(answer(409)))
        .ask(violations(A, ""), hide(ok()))
}

pub(crate) fn rows() -> Vec<Scenario> {
    [credentials(), bodies(), issued()].concat()
}

fn credentials() -> Vec<Scenario> {
    let lists = |request: Request| request.in_world(A);
    vec![
        hidden(
            row("a key of Clerk's, good or bad")
                .ask(lists(clerk::list(clerk::ACME, "")), ok())
                .ask(
                    lists(clerk::with_key(clerk::list(clerk::ACME, ""), "sk_test_wrong")),
                    answer(401),
                ),
            &["sk_test_rollcall", "sk_test_wrong"],
        ),
        hidden(
            row("a token of Logto's, good or bad")
                .ask(lists(logto::list("")), ok())
                .ask(
                    lists(logto::with_token(logto::list(""), "wrong-token")),
                    answer(401),
                ),
            &["mock-token", "wrong-token"],
        ),
        hidden(
            row("a key of WhyLabs', good or bad")
                .ask(
                    lists(whylabs::with_key(
                        whylabs::list(whylabs::ACME),
                        whylabs::ADMIN_KEY,
                    )),
                    ok(),
                )
                .ask(
                    lists(whylabs::with_key(
                        whylabs::list(whylabs::ACME),
                        whylabs::UNKNOWN_KEY,
                    )),
                    answer(403),
                ),
            &["Org123AdministratorKey", "NobodyHasThisKey"],
        ),
        hidden(
            row("a session and a token of Enhance's")
                .ask(lists(enhance::list(enhance::C, "").by(&enhance::C_OWNER)), ok())
                .ask(
                    lists(enhance::list(enhance::C, "").with("wrong-token")),
                    answer(401),
                )
                .ask(
                    lists(enhance::list(enhance::C, "").with(enhance::T_C.secret)),
                    ok(),
                ),
            &["mock-session-c-owner", "wrong-token", "mock-token-customer"],
        ),
        hidden(
            row("a credential that is sent to an API that knows none like it")
                .ask(
                    lists(clerk::list(clerk::ACME, "").header("x-api-key", "whylabs-secret")),
                    ok(),
                )
                .ask(
                    lists(clerk::list(clerk::ACME, "").header("cookie", "sid=cookie-secret")),
                    ok(),
                )
                .ask(
                    lists(clerk::list(clerk::ACME, "").header("proxy-authorization", "Basic proxy-secret")),
                    ok(),
                ),
            &["whylabs-secret", "cookie-secret", "proxy-secret"],
        ),
    ]
}

fn bodies() -> Vec<Scenario> {
    vec![
        hidden(
            row("a password, in a body that is accepted and in one that is not")
                .ask(
                    enhance::accept_as(enhance::I_NEW, enhance::P_NEW.email, "Passw0rd-good").in_world(A),
                    ok(),
                )
                .ask(
                    enhance::accept_as(enhance::I_REG, enhance::P_REG.email, "Passw0rd-bad").in_world(A),
                    answer(403),
                )
                .ask(
                    enhance::accept(enhance::I_REG)
                        .json(&json!({ "email": 5, "password": "Passw0rd-odd" }))
                        .in_world(A),
                    answer(403),
                ),
            &["Passw0rd-good", "Passw0rd-bad", "Passw0rd-odd"],
        ),
        hidden(
            row("an application's secret and the token it is issued")
                .ask(
                    Request::new("POST", "/w/a/oidc/token")
                        .header("content-type", "application/x-www-form-urlencoded")
                        .bytes_as_body(
                            "grant_type=client_credentials&client_id=mock-app&client_secret=mock-app-secret\
                             &resource=https%3A%2F%2Fdefault.logto.app%2Fapi&scope=all",
                        ),
                    Outcome::outside(&TOKEN).keep("access_token", "token"),
                )
                .ask(logto::with_token(logto::list(""), "{token}").in_world(A), ok()),
            &["mock-app-secret", "{token}"],
        ),
    ]
}

fn issued() -> Vec<Scenario> {
    vec![
        hidden(
            row("an access token of Enhance's that is made")
                .ask(
                    enhance::make_token(enhance::C, &json!({ "roles": ["SuperAdmin"] }))
                        .by(&enhance::C_OWNER)
                        .in_world(A),
                    answer(201).keep("unencryptedToken", "token"),
                )
                .ask(enhance::list(enhance::C, "").with("{token}").in_world(A), ok()),
            &["{token}"],
        ),
        hidden(
            row("a login link of Enhance's and the session it starts")
                .ask(
                    enhance::login_link(enhance::C, enhance::C_OWNER.member)
                        .by(&enhance::C_SYS)
                        .in_world(A),
                    answer(201).keep_part("", "otp=([0-9a-f-]{36})", "otp").keep_part(
                        "",
                        "^http://[^/]+(/.+)$",
                        "link",
                    ),
                )
                .ask(
                    Request::new("GET", "{link}"),
                    Outcome::outside(&LOGIN_PAGE).keep_part_of_header(
                        "set-cookie",
                        "^id0=([^;]+);",
                        "session",
                    ),
                ),
            &["{otp}", "{session}"],
        ),
        row("what is no secret is there to be read")
            .ask(
                enhance::accept_as(enhance::I_NEW, enhance::P_NEW.email, "Passw0rd-good").in_world(A),
                ok(),
            )
            .ask(
                requests(A, ""),
                ok().has("requests.0.body.json.email", enhance::P_NEW.email)
                    .has("requests.0.operation", "acceptInvite"),
            ),
    ]
}
