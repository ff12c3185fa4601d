//! Access tokens.

use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;
use mock_server::jiff::SignedDuration;
use serde_json::{Value, json};

use super::calls::{
    C, C_OWNER, C_SITE, C_SUPER, C2, C2_OWNER, Calls as _, D, FREE, MO, MO_OWNER, NOPE, T_BIZ, T_C, T_DEAD,
    T_MO, add, all_twelve, created, drop_token, forbidden, gone, hand_over, invite, list, make_token,
    not_found, ok, read, refused, remove, tokens, unauthenticated, unusable,
};
use super::rules::{
    MAKING_TOKENS, NO_CEILING, NO_MEMBERS, SECRET_ONCE, TOKEN_END, TOKEN_EXPIRY, TOKEN_LIMITS, TOKEN_LIST,
    TOKEN_NAMES,
};

pub(crate) fn rows() -> Vec<Scenario> {
    [
        making(),
        secrets(),
        listing(),
        expiry(),
        names(),
        ends(),
        no_members(),
        limits(),
    ]
    .concat()
}

fn make(body: &Value) -> Request {
    make_token(C, body).by(&C_OWNER)
}

fn made() -> Outcome {
    created().keep("id", "id").keep("unencryptedToken", "secret")
}

fn making() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&MAKING_TOKENS, name);
    vec![
        row("a token comes with id, secret, and how the secret begins").ask(
            make(&json!({ "roles": ["Sysadmin"], "friendlyName": "new" })),
            made()
                .keep_part("unencryptedToken", "^(.{5})", "five")
                .matches("unencryptedToken", "^[A-Za-z0-9_-]{40,}$")
                .has(
                    "",
                    json!({ "id": "{id}", "firstFive": "{five}", "unencryptedToken": "{secret}" }),
                ),
        ),
        row("a token acts with its roles at once")
            .ask(make(&json!({ "roles": ["SuperAdmin"] })), made())
            .ask(list(C, "").with("{secret}"), ok())
            .ask(list(C2, "").with("{secret}"), forbidden()),
        row("a token with lesser roles is known, and may do less")
            .ask(make(&json!({ "roles": ["Support", "Business"] })), made())
            .ask(list(C, "").with("{secret}"), forbidden()),
        row("a system administrator's token makes login links")
            .ask(make(&json!({ "roles": ["Sysadmin"] })), made())
            .ask(
                super::calls::login_link(C, C_SITE.member).with("{secret}"),
                created(),
            ),
        row("an owner's token may do what the owner may")
            .ask(make(&json!({ "roles": ["Owner"] })), made())
            .ask(hand_over(C, C_SUPER.member).with("{secret}"), ok())
            .ask(list(C, "").with("{secret}"), ok()),
        row("no two tokens have the same secret or id")
            .ask(make(&json!({ "roles": ["Support"] })), made())
            .ask(
                make(&json!({ "roles": ["Support"] })),
                created()
                    .differs("id", "{id}")
                    .differs("unencryptedToken", "{secret}"),
            ),
        row("administrators above make tokens below, and a token makes others")
            .ask(
                make_token(D, &json!({ "roles": ["SuperAdmin"] })).with(T_MO.secret),
                made(),
            )
            .ask(
                make_token(D, &json!({ "roles": ["Support"] })).with("{secret}"),
                created(),
            ),
        row("roles have to be said, and have to be roles")
            .ask(make(&json!({ "friendlyName": "x" })), unusable())
            .ask(make(&json!({ "roles": ["Boss"] })), unusable())
            .ask(make(&json!({ "roles": [] })), unusable()),
    ]
}

fn secrets() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SECRET_ONCE, name);
    vec![
        row("no list shows a secret")
            .ask(
                make(&json!({ "roles": ["Support"] })),
                made().keep("firstFive", "five"),
            )
            .ask(
                tokens(C).by(&C_OWNER),
                ok().has(
                    "3",
                    json!({ "id": "{id}", "firstFive": "{five}", "roles": ["Support"] }),
                ),
            ),
    ]
}

fn listing() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TOKEN_LIST, name);
    let all = json!([
        {
            "id": T_C.id, "firstFive": "mock-", "roles": ["SuperAdmin"], "friendlyName": "ci",
            "tokenExpires": "2100-01-01T00:00:00Z"
        },
        { "id": T_BIZ.id, "firstFive": "mock-", "roles": ["Business"] },
        {
            "id": T_DEAD.id, "firstFive": "mock-", "roles": ["SuperAdmin"], "friendlyName": "old-ci",
            "tokenExpires": "2024-01-31T00:00:00Z"
        }
    ]);
    vec![
        row("all tokens of the organization are listed as they came, the expired ones too")
            .ask(tokens(C).by(&C_SUPER), ok().has("", all)),
        row("a new token is the last")
            .ask(
                make(&json!({ "roles": ["Support", "Sysadmin"], "friendlyName": "new" })),
                made(),
            )
            .ask(
                tokens(C).by(&C_SUPER),
                ok().lists("", "id", &[T_C.id, T_BIZ.id, T_DEAD.id, "{id}"])
                    .has("3.roles", json!(["Support", "Sysadmin"]))
                    .has("3.friendlyName", "new")
                    .lacks("3.tokenExpires"),
            ),
        row("tokens of organizations below are not listed")
            .ask(tokens(MO).by(&MO_OWNER), ok().lists("", "id", &[T_MO.id]))
            .ask(tokens(C2).by(&C2_OWNER), ok().has("", json!([]))),
    ]
}

fn expiry() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TOKEN_EXPIRY, name).clock("2026-01-01T00:00:00Z");
    let until = |instant: &str| make(&json!({ "roles": ["SuperAdmin"], "tokenExpires": instant }));
    let mut rows = vec![
        row("a token works until it expires, and is listed still")
            .ask(until("2026-01-01T01:00:00Z"), made())
            .advance(SignedDuration::from_secs(3599))
            .ask(list(C, "").with("{secret}"), ok())
            .advance(SignedDuration::from_secs(2))
            .ask(list(C, "").with("{secret}"), unauthenticated())
            .ask(tokens(C).by(&C_OWNER), ok().has("3.id", "{id}")),
        row("a token without an end never expires")
            .ask(make(&json!({ "roles": ["SuperAdmin"] })), made())
            .advance(SignedDuration::from_hours(24 * 365 * 60))
            .ask(list(C, "").with("{secret}"), ok()),
        row("a token that is to end in the past is not made")
            .ask(
                until("2025-12-31T23:59:59Z"),
                unusable().matches("message", "tokenExpires"),
            )
            .ask(until("2026-01-01T01:00:00+02:00"), unusable())
            .ask(until("2025-12-31T23:59:59.0000000000Z"), unusable()),
    ];
    for instant in [
        "2100-01-01T00:00:00Z",
        "2100-01-01T02:30:00+02:30",
        "2100-01-01T00:00:00.125Z",
    ] {
        rows.push(
            row(&format!(
                "the end of a token is given back as it was sent ({instant})"
            ))
            .ask(until(instant), made())
            .ask(tokens(C).by(&C_OWNER), ok().has("3.tokenExpires", instant)),
        );
    }
    for instant in ["tomorrow", "2100-01-01", "2100-01-01T00:00:00", "", "4102444800"] {
        rows.push(
            row(&format!("the end of a token is an instant ('{instant}' is none)"))
                .ask(until(instant), unusable()),
        );
    }
    rows
}

fn names() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TOKEN_NAMES, name);
    let named = |name: &str| make(&json!({ "roles": ["Support"], "friendlyName": name }));
    let taken = || refused(409, "already_exists", "token");
    vec![
        row("two tokens of an organization do not share a name").ask(named("ci"), taken()),
        row("an expired token keeps its name").ask(named("old-ci"), taken()),
        row("a deleted token frees its name")
            .ask(drop_token(C, T_C.id).by(&C_OWNER), gone())
            .ask(named("ci"), created()),
        row("other organizations have names of their own").ask(
            make_token(C2, &json!({ "roles": ["Support"], "friendlyName": "ci" })).by(&C2_OWNER),
            created(),
        ),
        row("tokens without a name never collide")
            .ask(make(&json!({ "roles": ["Support"] })), created())
            .ask(make(&json!({ "roles": ["Support"] })), created())
            .ask(named(""), created())
            .ask(named(""), created()),
    ]
}

fn ends() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TOKEN_END, name);
    let unknown = || not_found("token");
    vec![
        row("a deleted token is not listed and opens nothing")
            .ask(drop_token(C, T_C.id).by(&C_OWNER), gone())
            .ask(list(C, "").with(T_C.secret), unauthenticated())
            .ask(
                tokens(C).by(&C_OWNER),
                ok().lists("", "id", &[T_BIZ.id, T_DEAD.id]),
            )
            .ask(drop_token(C, T_C.id).by(&C_OWNER), unknown()),
        row("a token that is not this organization's is not there")
            .ask(drop_token(C, T_MO.id).by(&MO_OWNER), unknown())
            .ask(drop_token(MO, T_C.id).by(&MO_OWNER), unknown())
            .ask(drop_token(C, NOPE).by(&C_OWNER), unknown()),
        row("a malformed id is that of no token")
            .ask(drop_token(C, "abc").by(&C_OWNER), unknown())
            .ask(drop_token(C, T_C.secret).by(&C_OWNER), unknown()),
        row("a token may delete itself")
            .ask(drop_token(C, T_C.id).with(T_C.secret), gone())
            .ask(drop_token(C, T_C.id).with(T_C.secret), unauthenticated()),
        row("an expired token can be deleted").ask(drop_token(C, T_DEAD.id).by(&C_OWNER), gone()),
    ]
}

fn no_members() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&NO_MEMBERS, name);
    vec![
        row("a token is not among the members")
            .ask(
                make(&json!({ "roles": ["Owner", "SuperAdmin"], "friendlyName": "n" })),
                made(),
            )
            .ask(list(C, "").by(&C_OWNER), ok().has("total", 7))
            .ask(list(C, "role=Owner").by(&C_OWNER), ok().has("total", 1)),
        row("the id of a token is no member's")
            .ask(read(C, T_C.id).by(&C_OWNER), not_found("member"))
            .ask(remove(C, T_C.id).by(&C_OWNER), not_found("member")),
    ]
}

fn limits() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TOKEN_LIMITS, name);
    let collaborator =
        row("a collaborator's token does nothing").ask(make(&json!({ "roles": ["SiteAccess"] })), made());
    vec![
        all_twelve(C, C_SITE.member, T_C.id)
            .into_iter()
            .fold(collaborator, |row, (_, call)| {
                row.ask(call.with("{secret}"), forbidden())
            }),
        row("a token outlives whoever made it")
            .ask(
                make_token(C, &json!({ "roles": ["SuperAdmin"] })).by(&C_SUPER),
                made(),
            )
            .ask(remove(C, C_SUPER.member).by(&C_OWNER), gone())
            .ask(list(C, "").with("{secret}"), ok()),
        Scenario::new(&NO_CEILING, "a token gives roles that it has not got itself")
            .ask(add(C, FREE.login, &["Sysadmin"]).with(T_C.secret), created())
            .ask(
                make_token(C, &json!({ "roles": ["Owner", "Sysadmin"] })).with(T_C.secret),
                created(),
            )
            .ask(invite(C, "n@x.test", &["Business"]).with(T_C.secret), created()),
    ]
}
