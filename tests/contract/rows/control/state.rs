//! What there is in a world, as a whole.

use contract_tests::scenario::Scenario;
use contract_tests::wire::Request;
use serde_json::{Value, json};

use super::calls::{
    A, B, NEW_YEAR, Worlds as _, clock, done, events, export, made, make, make_frozen, merge, ok, replace,
    reset, stands_at, world, wrong_at,
};
use super::rules::{BAD_FIXTURES, EXPORT, MERGING, REPLACING};
use crate::clerk::calls as clerk;
use crate::logto::calls as logto;

pub(crate) fn rows() -> Vec<Scenario> {
    [exporting(), replacing(), kept(), merging(), refused()].concat()
}

/// Putting what was kept under a name there.
fn with_kept(request: Request, name: &str) -> Request {
    request.bytes_as_body(format!("{{{name}}}"))
}

/// A world with one organization and a key that opens it.
fn small() -> Value {
    json!({ "clerk": {
        "secret_keys": [{ "secret": "sk_test_rollcall" }],
        "users": [{ "id": "user_own" }],
        "organizations": [{ "id": "org_own", "name": "Own" }],
        "memberships": [{ "organization": "org_own", "user": "user_own", "role": "org:admin" }],
    } })
}

fn exporting() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&EXPORT, name);
    vec![
        row("an export is what there is now")
            .ask(make_frozen(A), made())
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok().keep("id", "id"),
            )
            .ask(
                export(A),
                ok().has("clock", json!({ "frozen_at": NEW_YEAR }))
                    .has("seed", 0)
                    .mentions("{id}"),
            ),
        row("an export has digests of the secrets and no secrets").ask(
            export(A),
            ok().hides("sk_test_rollcall")
                .hides("mock-token")
                .hides("mock-session")
                .hides("mock-password")
                .hides("mock-app-secret")
                .hides("Org123AdministratorKey")
                .matches("clerk.secret_keys.0.sha256", "^[0-9a-f]{64}$")
                .lacks("clerk.secret_keys.0.secret")
                .matches("enhance.logins.0.password_hash", "^\\$argon2"),
        ),
        row("what is exported, put back and exported again is the same")
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok(),
            )
            .ask(export(A), ok().keep("", "state"))
            .ask(with_kept(replace(A, &json!({})), "state"), done())
            .ask(export(A), ok().has("", "{state}")),
        row("a world that is given another's export goes on as the other would")
            .ask(make_frozen(A), made())
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok(),
            )
            .ask(export(A), ok().keep("", "state"))
            .ask(with_kept(replace(B, &json!({})), "state"), done())
            .ask(export(B), ok().has("", "{state}"))
            .ask(
                clerk::create(clerk::EMPTY, clerk::HAL, "org:member").in_world(A),
                ok().keep("id", "id"),
            )
            .ask(
                clerk::create(clerk::EMPTY, clerk::HAL, "org:member").in_world(B),
                ok().has("id", "{id}"),
            ),
        row("a world can be made from an export")
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok(),
            )
            .ask(export(A), ok().keep("", "state"))
            .ask(
                make(&json!({})).bytes_as_body("{\"name\": \"b\", \"fixtures\": {state}}"),
                made(),
            )
            .ask(export(B), ok().has("", "{state}")),
        row("a credential works in a world that was made from an export")
            .ask(export(A), ok().keep("", "state"))
            .ask(with_kept(replace(B, &json!({})), "state"), done())
            .ask(clerk::list(clerk::ACME, "").in_world(B), ok())
            .ask(logto::list("").in_world(B), logto::ok())
            .ask(crate::whylabs::calls::list("org-123").in_world(B), ok()),
    ]
}

fn replacing() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&REPLACING, name);
    vec![
        row("what the body has the world has, and what it has not is gone")
            .ask(replace(A, &small()), done())
            .ask(clerk::list("org_own", "").in_world(A), ok().has("total_count", 1))
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                clerk::refused(404, "resource_not_found"),
            )
            .ask(logto::list("").in_world(A), contract_tests::scenario::answer(401)),
        row("with extends the body adds to the server's own fixtures, not to what there was")
            .fixtures("extends: true\nclerk: { organizations: [{ id: org_servers }] }")
            .ask(replace(A, &small()), done())
            .ask(
                replace(
                    A,
                    &json!({ "extends": true, "clerk": { "organizations": [{ "id": "org_more" }] } }),
                ),
                done(),
            )
            .ask(clerk::list("org_more", "").in_world(A), ok())
            .ask(clerk::list("org_servers", "").in_world(A), ok())
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                ok().has("total_count", 14),
            )
            .ask(
                clerk::list("org_own", "").in_world(A),
                clerk::refused(404, "resource_not_found"),
            ),
        row("an empty body makes an empty world")
            .ask(replace(A, &json!({})), done())
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                clerk::refused(401, "clerk_key_invalid"),
            )
            .ask(export(A), ok().hides("Acme")),
        row("what is made up is the same whenever the same is put there")
            .ask(replace(A, &json!({ "clerk": { "users": [{}, {}] } })), done())
            .ask(export(A), ok().keep("clerk.users", "users"))
            .ask(replace(A, &json!({ "clerk": { "users": [{}, {}] } })), done())
            .ask(export(A), ok().has("clerk.users", "{users}")),
    ]
}

fn kept() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&REPLACING, name);
    vec![
        row("a seed and a clock that are not named stay")
            .ask(
                make(&json!({ "name": A, "seed": 7, "clock": { "frozen_at": NEW_YEAR } })),
                made(),
            )
            .ask(replace(A, &small()), done())
            .ask(world(A), ok().has("seed", 7))
            .ask(clock(A), stands_at(NEW_YEAR)),
        row("a seed and a clock that are named are changed")
            .ask(
                make(&json!({ "name": A, "seed": 7, "clock": { "frozen_at": NEW_YEAR } })),
                made(),
            )
            .ask(
                replace(
                    A,
                    &json!({ "seed": 8, "clock": { "frozen_at": "2030-01-01T00:00:00Z" } }),
                ),
                done(),
            )
            .ask(world(A), ok().has("seed", 8))
            .ask(clock(A), stands_at("2030-01-01T00:00:00Z")),
        row("a clock without either member is the machine's")
            .ask(make_frozen(A), made())
            .ask(replace(A, &json!({ "clock": {} })), done())
            .ask(clock(A), ok().has("mode", "running").has("offset", "PT0S")),
        row("what was told before is forgotten, and its numbers go on")
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok(),
            )
            .ask(events(A, ""), ok().lists("events", "api", &["clerk"]))
            .ask(replace(A, &small()), done())
            .ask(events(A, ""), ok().has("events", json!([])))
            .ask(replace(A, &json!({ "extends": true })), done())
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok(),
            )
            .ask(events(A, ""), ok().lists("events", "number", &[2])),
        row("what was called is not")
            .ask(clerk::list(clerk::ACME, "surprise=1").in_world(A), ok())
            .ask(replace(A, &small()), done())
            .ask(world(A), ok().has("requests", 1).has("violations", 1)),
        row("a reset brings back what there was")
            .ask(replace(A, &small()), done())
            .ask(reset(A), ok())
            .ask(
                clerk::list(clerk::ACME, "").in_world(A),
                ok().has("total_count", 14),
            ),
    ]
}

fn merging() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&MERGING, name);
    vec![
        row("the rows of the body are added to those there are")
            .ask(
                merge(A, &json!({ "clerk": {
                    "users": [{ "id": "user_more", "first_name": "Mo" }],
                    "memberships": [{ "organization": clerk::EMPTY, "user": "user_more", "role": "org:member" }],
                } })),
                done(),
            )
            .ask(
                clerk::list(clerk::EMPTY, "").in_world(A),
                ok().has("data.0.public_user_data.first_name", "Mo"),
            )
            .ask(clerk::list(clerk::ACME, "").in_world(A), ok().has("total_count", 14)),
        row("a row of the same identity replaces the one it finds")
            .ask(
                merge(A, &json!({ "logto": { "organizations": [{ "id": logto::ACME, "name": "Renamed" }] } })),
                done(),
            )
            .ask(logto::get(logto::ACME).in_world(A), logto::ok().has("name", "Renamed"))
            .ask(
                logto::members(logto::ACME, "").in_world(A),
                logto::listed(&logto::ACME_MEMBERS, 4),
            ),
        row("a membership is who is where, and replaces the role")
            .ask(
                merge(A, &json!({ "whylabs": { "memberships": [{
                    "organization": "org-123",
                    "user": crate::whylabs::calls::MEMBER_ID,
                    "role": "ADMIN",
                }] } })),
                done(),
            )
            .ask(
                crate::whylabs::calls::list("org-123").in_world(A),
                ok().mentions("member@acme.ai").lists(
                    "memberships",
                    "role",
                    &["ADMIN", "ADMIN", "VIEWER", "MEMBER"],
                ),
            ),
        row("what was done before stays")
            .ask(clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A), ok())
            .ask(merge(A, &json!({ "clerk": { "users": [{ "id": "user_more" }] } })), done())
            .ask(clerk::list(clerk::EMPTY, "").in_world(A), ok().has("total_count", 1))
            .ask(events(A, ""), ok().lists("events", "api", &["clerk"])),
        row("no id is handed out twice")
            .ask(make_frozen(A), made())
            .ask(
                clerk::create(clerk::EMPTY, clerk::GUS, "org:member").in_world(A),
                ok().keep("id", "id"),
            )
            .ask(merge(A, &json!({ "clerk": { "users": [{}] } })), done())
            .ask(
                clerk::create(clerk::EMPTY, clerk::HAL, "org:member").in_world(A),
                ok().differs("id", "{id}"),
            ),
        row("a seed and a clock that are not named stay, those that are are changed")
            .ask(
                make(&json!({ "name": A, "seed": 7, "clock": { "frozen_at": NEW_YEAR } })),
                made(),
            )
            .ask(merge(A, &json!({ "clerk": { "users": [{ "id": "user_more" }] } })), done())
            .ask(world(A), ok().has("seed", 7).has("now", NEW_YEAR))
            .ask(
                merge(A, &json!({ "seed": 8, "clock": { "frozen_at": "2030-01-01T00:00:00Z" } })),
                done(),
            )
            .ask(world(A), ok().has("seed", 8).has("now", "2030-01-01T00:00:00Z")),
        row("an empty body changes nothing")
            .ask(make_frozen(A), made())
            .ask(export(A), ok().keep("", "state"))
            .ask(merge(A, &json!({})), done())
            .ask(export(A), ok().has("", "{state}")),
        row("a world that has not begun begins with the fixtures and the rows")
            .ask(merge(A, &json!({ "clerk": { "organizations": [{ "id": "org_more" }] } })), done())
            .ask(clerk::list("org_more", "").in_world(A), ok())
            .ask(clerk::list(clerk::ACME, "").in_world(A), ok()),
        row("a new credential is good at once")
            .ask(
                merge(A, &json!({ "logto": { "access_tokens": [{ "secret": "fresh" }] } })),
                done(),
            )
            .ask(logto::with_token(logto::list(""), "fresh").in_world(A), logto::ok()),
    ]
}

/// Fixtures that make no world, and where they are wrong.
fn bad() -> Vec<(&'static str, Value, Vec<&'static str>)> {
    vec![
        (
            "members nobody knows",
            json!({ "github": {}, "clerk": { "teams": [] } }),
            vec!["/github", "/clerk/teams"],
        ),
        (
            "values of another type",
            json!({ "seed": "7", "clerk": { "users": {} }, "logto": [] }),
            vec!["/seed", "/clerk/users", "/logto"],
        ),
        (
            "values against their pattern or their list",
            json!({ "clerk": { "organizations": [{ "slug": "A B" }] }, "whylabs": { "organizations": [{ "tier": "GOLD" }] } }),
            vec!["/clerk/organizations/0/slug", "/whylabs/organizations/0/tier"],
        ),
        (
            "references that lead nowhere",
            json!({
                "extends": true,
                "clerk": { "memberships": [{ "organization": clerk::EMPTY, "user": "user_no", "role": "org:no" }] },
                "logto": { "memberships": [{ "organization": "no", "user": "alice0000001" }] },
            }),
            vec![
                "/clerk/memberships/0/role",
                "/clerk/memberships/0/user",
                "/logto/memberships/0/organization",
            ],
        ),
        (
            "times that are none",
            json!({ "clock": { "frozen_at": "noon" }, "enhance": { "sessions": [{ "login": "x", "expires_at": "later" }] } }),
            vec![
                "/clock/frozen_at",
                "/enhance/sessions/0/expires_at",
                "/enhance/sessions/0/login",
            ],
        ),
        (
            "two clocks",
            json!({ "clock": { "frozen_at": NEW_YEAR, "offset": "PT1H" } }),
            vec!["/clock"],
        ),
    ]
}

fn refused() -> Vec<Scenario> {
    let row = |name: String| Scenario::new(&BAD_FIXTURES, name);
    let mut rows = Vec::new();
    for (what, fixtures, pointers) in bad() {
        rows.push(
            row(format!(
                "{what} are told of, all of them, and nothing is replaced or merged"
            ))
            .ask(make_frozen(A), made())
            .ask(export(A), ok().keep("", "state"))
            .ask(replace(A, &fixtures), told(&pointers))
            .ask(merge(A, &fixtures), told(&pointers))
            .ask(export(A), ok().has("", "{state}")),
        );
    }
    rows.extend([
        row("one bad row keeps all the good ones out".to_owned())
            .ask(
                merge(
                    A,
                    &json!({ "clerk": { "users": [{ "id": "user_good" }, { "first_name": 5 }] } }),
                ),
                wrong_at("/clerk/users/1/first_name"),
            )
            .ask(export(A), ok().hides("user_good")),
        row("what is told of says what is wrong".to_owned()).ask(
            replace(A, &json!({ "clerk": { "secret_keys": [{ "secret": "a b" }] } })),
            wrong_at("/clerk/secret_keys/0/secret").matches("errors.0.detail", "."),
        ),
        row("two rows of one identity are told of".to_owned()).ask(
            replace(
                A,
                &json!({ "clerk": { "users": [{ "id": "user_x" }, { "id": "user_x" }] } }),
            ),
            super::calls::bad_request().matches("errors.0.pointer", "^/clerk/users/1"),
        ),
    ]);
    rows
}

/// These places are told of, in whichever order.
fn told(pointers: &[&str]) -> contract_tests::scenario::Outcome {
    let mut sorted = pointers.to_vec();
    sorted.sort_unstable();
    let outcome = super::calls::bad_request().fits(
        "errors",
        json!({ "type": "array", "minItems": sorted.len(), "maxItems": sorted.len() }),
    );
    sorted.into_iter().fold(outcome, |outcome, pointer| {
        outcome.fits(
            "errors",
            json!({ "contains": { "properties": { "pointer": { "const": pointer } } } }),
        )
    })
}
