//! What is good no longer once the clock has been set forward, and good again once it has been set back.

use contract_tests::outside::{LOGIN_PAGE, SPENT_LOGIN_LINK, TOKEN};
use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;
use serde_json::json;

use super::calls::{A, Worlds as _, advance, done, made, make_frozen, merge, ok};
use super::rules::EXPIRY;
use crate::clerk::calls as clerk;
use crate::enhance::calls::{self as enhance, Calls as _};
use crate::logto::calls as logto;
use crate::whylabs::calls as whylabs;

pub(crate) fn rows() -> Vec<Scenario> {
    [enhances(), links(), logtos(), whylabss()].concat()
}

/// In a world whose clock stands still at New Year.
fn row(name: &str) -> Scenario {
    Scenario::new(&EXPIRY, name).ask(make_frozen(A), made())
}

/// From New Year to the instant the built-in fixtures have their credentials end at.
const TO_2100: &str = "P74Y";

fn enhances() -> Vec<Scenario> {
    let members = || enhance::list(enhance::C, "").in_world(A);
    let in_session = || enhance::list(enhance::C, "").by(&enhance::C_OWNER).in_world(A);
    let with_token = || {
        enhance::list(enhance::C, "")
            .with(enhance::T_C.secret)
            .in_world(A)
    };
    vec![
        row("a session of Enhance's ends")
            .ask(in_session(), enhance::ok())
            .ask(advance(A, TO_2100), ok())
            .ask(advance(A, "PT1S"), ok())
            .ask(in_session(), enhance::unauthenticated())
            .ask(advance(A, "-PT2S"), ok())
            .ask(in_session(), enhance::ok()),
        row("an access token of Enhance's ends")
            .ask(with_token(), enhance::ok())
            .ask(advance(A, TO_2100), ok())
            .ask(advance(A, "PT1S"), ok())
            .ask(with_token(), enhance::unauthenticated())
            .ask(advance(A, "-PT2S"), ok())
            .ask(with_token(), enhance::ok()),
        row("an access token of Enhance's that is made ends when it was said to")
            .ask(
                enhance::make_token(
                    enhance::C,
                    &json!({ "roles": ["SuperAdmin"], "tokenExpires": "2026-01-01T01:00:00Z" }),
                )
                .by(&enhance::C_OWNER)
                .in_world(A),
                enhance::created().keep("unencryptedToken", "token"),
            )
            .ask(members().with("{token}"), enhance::ok())
            .ask(advance(A, "PT59M"), ok())
            .ask(members().with("{token}"), enhance::ok())
            .ask(advance(A, "PT2M"), ok())
            .ask(members().with("{token}"), enhance::unauthenticated()),
        row("an invitation of Enhance's ends")
            .ask(enhance::validate(enhance::I_NEW).in_world(A), enhance::valid())
            .ask(advance(A, TO_2100), ok())
            .ask(advance(A, "PT1S"), ok())
            .ask(
                enhance::validate(enhance::I_NEW).in_world(A),
                enhance::not_valid(),
            )
            .ask(
                enhance::accept_as(enhance::I_NEW, enhance::P_NEW.email, "Secret1").in_world(A),
                enhance::not_found("invite"),
            )
            .ask(advance(A, "-PT2S"), ok())
            .ask(enhance::validate(enhance::I_NEW).in_world(A), enhance::valid()),
        row("an invitation of Enhance's that is sent ends after ten days")
            .ask(
                enhance::invite(enhance::C, "ina@x.test", &["Support"])
                    .by(&enhance::C_OWNER)
                    .in_world(A),
                enhance::created(),
            )
            .ask(
                super::calls::events(A, "api=enhance"),
                ok().keep_part("events.0.data.url", "/invites/([0-9a-f-]{36})", "key"),
            )
            .ask(enhance::validate("{key}").in_world(A), enhance::valid())
            .ask(advance(A, "P9DT23H59M59S"), ok())
            .ask(enhance::validate("{key}").in_world(A), enhance::valid())
            .ask(advance(A, "PT2S"), ok())
            .ask(enhance::validate("{key}").in_world(A), enhance::not_valid()),
    ]
}

fn links() -> Vec<Scenario> {
    let link = || {
        (
            enhance::login_link(enhance::C, enhance::C_OWNER.member)
                .by(&enhance::C_SYS)
                .in_world(A),
            enhance::created().keep_part("", "^http://[^/]+(/.+)$", "link"),
        )
    };
    let follow = || Request::new("GET", "{link}");
    let (make_link, kept) = link();
    vec![
        row("a login link of Enhance's ends after a minute")
            .ask(make_link.clone(), kept.clone())
            .ask(advance(A, "PT61S"), ok())
            .ask(follow(), Outcome::outside(&SPENT_LOGIN_LINK))
            .ask(advance(A, "-PT2S"), ok())
            .ask(follow(), Outcome::outside(&LOGIN_PAGE)),
        row("a session of Enhance's that a login link started ends")
            .ask(make_link, kept)
            .ask(
                follow(),
                Outcome::outside(&LOGIN_PAGE).keep_part_of_header("set-cookie", "^id0=([^;]+);", "session"),
            )
            .ask(
                enhance::list(enhance::C, "").in_session("{session}").in_world(A),
                enhance::ok(),
            )
            .ask(advance(A, "P10Y"), ok())
            .ask(
                enhance::list(enhance::C, "").in_session("{session}").in_world(A),
                enhance::unauthenticated(),
            ),
    ]
}

fn logtos() -> Vec<Scenario> {
    let organizations = |token: &str| logto::with_token(logto::list(""), token).in_world(A);
    let ask_for_token = Request::new("POST", "/w/a/oidc/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .bytes_as_body(
            "grant_type=client_credentials&client_id=mock-app&client_secret=mock-app-secret\
             &resource=https%3A%2F%2Fdefault.logto.app%2Fapi&scope=all",
        );
    vec![
        row("a token that Logto issued ends after an hour")
            .ask(
                ask_for_token,
                Outcome::outside(&TOKEN).keep("access_token", "token"),
            )
            .ask(organizations("{token}"), logto::ok())
            .ask(advance(A, "PT59M59S"), ok())
            .ask(organizations("{token}"), logto::ok())
            .ask(advance(A, "PT1S"), ok())
            .ask(organizations("{token}"), logto::bad_token())
            .ask(advance(A, "-PT1S"), ok())
            .ask(organizations("{token}"), logto::ok()),
        row("a token of Logto's fixtures ends when they say")
            .ask(
                merge(
                    A,
                    &json!({ "logto": { "access_tokens": [
                        { "secret": "brief", "expires_at": "2026-01-01T00:00:10Z" },
                    ] } }),
                ),
                done(),
            )
            .ask(organizations("brief"), logto::ok())
            .ask(advance(A, "PT10S"), ok())
            .ask(organizations("brief"), logto::bad_token()),
    ]
}

fn whylabss() -> Vec<Scenario> {
    let with_lasting = || whylabs::with_key(whylabs::list(whylabs::ACME), whylabs::LASTING_KEY).in_world(A);
    vec![
        row("a key of WhyLabs' ends")
            .ask(with_lasting(), whylabs::ok())
            .ask(advance(A, TO_2100), ok())
            .ask(with_lasting(), whylabs::ok())
            .ask(advance(A, "PT0.001S"), ok())
            .ask(with_lasting(), whylabs::forbidden("The API key has expired."))
            .ask(advance(A, "-PT0.001S"), ok())
            .ask(with_lasting(), whylabs::ok()),
        row("a key of Clerk's has no end")
            .ask(advance(A, "P1000Y"), ok())
            .ask(clerk::list(clerk::ACME, "").in_world(A), clerk::ok()),
    ]
}
