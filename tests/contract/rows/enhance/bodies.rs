//! Bodies, good and bad.

use contract_tests::scenario::Scenario;
use contract_tests::wire::Request;
use serde_json::{Value, json};

use super::calls::{
    C, C_BIZ, C_OWNER, C_SITE, C_SUPER, Calls as _, FREE, W1, add, add_with, created, hand_over_with,
    invite_with, list, make_token, ok, read, refused, tokens, unusable, update,
};
use super::rules::{BODIES, EXTRAS};

pub(crate) fn rows() -> Vec<Scenario> {
    [unreadable(), fields(), nulls(), empty_roles(), extras()].concat()
}

/// Each of the five operations with a body that has to be one, with this body.
fn all_five(body: &Value) -> [(&'static str, Request); 5] {
    [
        ("making a token", make_token(C, body).by(&C_OWNER)),
        ("adding a member", add_with(C, body).by(&C_OWNER)),
        ("changing a member", update(C, C_SITE.member, body).by(&C_OWNER)),
        ("handing over the ownership", hand_over_with(C, body).by(&C_OWNER)),
        ("inviting", invite_with(C, body).by(&C_OWNER)),
    ]
}

fn unreadable() -> Vec<Scenario> {
    let object = || refused(400, "invalid_input", "").matches("message", "^body: ");
    all_five(&json!({}))
        .into_iter()
        .map(|(what, call)| {
            let row = Scenario::new(&BODIES, format!("{what} takes a JSON object"));
            let bodies = ["", "{", "[]", "\"x\"", "null", "1", "{}}", "{'a': 1}", "\u{fe}"];
            let row = bodies.iter().fold(row, |row, body| {
                row.ask(call.clone().bytes_as_body(*body), object())
            });
            row.ask(call.clone().bytes_as_body([0x7b, 0xff, 0x7d]), object())
                .ask(
                    call.clone()
                        .without_header("content-type")
                        .header("content-type", "text/plain"),
                    object(),
                )
        })
        .collect()
}

/// A body with a fault, and the field that is at fault.
fn faults() -> Vec<(&'static str, Value, &'static str)> {
    let invite = |field: &str, value: Value| {
        let mut body = json!({ "email": "n@x.test", "name": "N", "roles": ["Support"] });
        body[field] = value;
        body
    };
    let token = |field: &str, value: Value| {
        let mut body = json!({ "roles": ["Support"] });
        body[field] = value;
        body
    };
    let mut faults = vec![
        ("making a token", json!({ "roles": "Support" }), "roles"),
        ("making a token", token("friendlyName", json!(1)), "friendlyName"),
        (
            "making a token",
            token("tokenExpires", json!(4_102_444_800_u32)),
            "tokenExpires",
        ),
        (
            "adding a member",
            json!({ "loginId": 1, "roles": ["Support"] }),
            "loginId",
        ),
        (
            "adding a member",
            json!({ "loginId": FREE.login, "roles": [1] }),
            "roles",
        ),
        (
            "adding a member",
            json!({ "loginId": FREE.login, "roles": ["support"] }),
            "roles",
        ),
        (
            "adding a member",
            json!({ "loginId": FREE.login, "roles": ["SysAdmin"] }),
            "roles",
        ),
        ("changing a member", json!({ "roles": {} }), "roles"),
        (
            "changing a member",
            json!({ "roles": ["SiteAccess"], "siteAccesses": [1] }),
            "siteAccesses",
        ),
        (
            "changing a member",
            json!({ "notifications": "backups" }),
            "notifications",
        ),
        (
            "handing over the ownership",
            json!({ "memberId": [C_SUPER.member] }),
            "memberId",
        ),
        ("inviting", invite("email", json!(1)), "email"),
        ("inviting", invite("name", json!([])), "name"),
        ("inviting", invite("roles", json!("Support")), "roles"),
        ("inviting", invite("siteAccesses", json!(W1)), "siteAccesses"),
        ("inviting", invite("sendEmail", json!("no")), "sendEmail"),
    ];
    for field in ["tokenExpires", "friendlyName", "roles"] {
        faults.push(("making a token", token(field, Value::Null), field));
    }
    for field in ["roles", "siteAccesses", "notifications"] {
        faults.push(("changing a member", json!({ field: null }), field));
    }
    for field in [
        "email",
        "name",
        "roles",
        "siteAccesses",
        "notifications",
        "sendEmail",
    ] {
        faults.push(("inviting", invite(field, Value::Null), field));
    }
    faults
}

fn fields() -> Vec<Scenario> {
    let faults = faults()
        .into_iter()
        .filter(|(_, body, field)| !body[field].is_null());
    faults
        .map(|fault| faulty("a value of another type or none of those there are", fault))
        .collect()
}

fn nulls() -> Vec<Scenario> {
    let faults = faults()
        .into_iter()
        .filter(|(_, body, field)| body[field].is_null());
    faults.map(|fault| faulty("null", fault)).collect()
}

fn faulty(what: &str, (operation, body, field): (&str, Value, &str)) -> Scenario {
    let [request] = all_five(&body)
        .into_iter()
        .filter(|(name, _)| *name == operation)
        .map(|(_, request)| request)
        .collect::<Vec<_>>()
        .try_into()
        .expect("the operation is one of the five");
    Scenario::new(&BODIES, format!("{operation} refuses {what}: {body}"))
        .ask(request, unusable().matches("message", &format!("^{field}\\b")))
}

fn empty_roles() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&BODIES, name);
    let roles = json!({ "roles": [] });
    vec![
        row("no roles are refused where roles are given, and taken where they are replaced")
            .ask(make_token(C, &roles).by(&C_OWNER), unusable())
            .ask(add(C, FREE.login, &[]).by(&C_OWNER), unusable())
            .ask(
                invite_with(C, &json!({ "email": "n@x.test", "name": "N", "roles": [] })).by(&C_OWNER),
                unusable(),
            )
            .ask(update(C, C_BIZ.member, &roles).by(&C_OWNER), ok()),
    ]
}

fn extras() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&EXTRAS, name);
    let roles = json!(["Support", "Business", "Support", "Support"]);
    let once = json!(["Support", "Business"]);
    vec![
        row("roles that are repeated count once, the first time")
            .ask(
                add_with(C, &json!({ "loginId": FREE.login, "roles": roles })).by(&C_OWNER),
                created().keep("id", "id"),
            )
            .ask(read(C, "{id}").by(&C_OWNER), ok().has("roles", once.clone()))
            .ask(
                update(C, C_BIZ.member, &json!({ "roles": roles })).by(&C_OWNER),
                ok(),
            )
            .ask(
                read(C, C_BIZ.member).by(&C_OWNER),
                ok().has("roles", once.clone()),
            )
            .ask(make_token(C, &json!({ "roles": roles })).by(&C_OWNER), created())
            .ask(tokens(C).by(&C_OWNER), ok().has("3.roles", once.clone()))
            .ask(
                invite_with(C, &json!({ "email": "n@x.test", "name": "N", "roles": roles })).by(&C_OWNER),
                created(),
            )
            .ask(
                list(C, "search=n@x.test").by(&C_OWNER),
                ok().has("items.0.roles", once),
            ),
        row("fields that nobody knows are ignored")
            .ask(
                add_with(
                    C,
                    &json!({ "loginId": FREE.login, "roles": ["Support"], "x": null }),
                )
                .by(&C_OWNER),
                created(),
            )
            .ask(
                make_token(C, &json!({ "roles": ["Support"], "allowedIps": ["::1"] })).by(&C_OWNER),
                created(),
            )
            .ask(
                update(C, C_BIZ.member, &json!({ "roles": ["Business"], "email": 1 })).by(&C_OWNER),
                ok(),
            )
            .ask(
                hand_over_with(C, &json!({ "memberId": C_SUPER.member, "roles": [] })).by(&C_OWNER),
                ok(),
            ),
        row("any words are notifications, and they keep their order")
            .ask(
                update(
                    C,
                    C_BIZ.member,
                    &json!({ "roles": ["Business"], "notifications": ["z", "", "a", "z", "\u{1f389}"] }),
                )
                .by(&C_OWNER),
                ok(),
            )
            .ask(
                read(C, C_BIZ.member).by(&C_OWNER),
                ok().has("notifications", json!(["z", "", "a", "z", "\u{1f389}"])),
            ),
    ]
}
