//! What a refusal looks like, and bodies that cannot be read.

use contract_tests::scenario::{Scenario, answer};
use contract_tests::wire::{Body, Request};
use serde_json::{Value, json};

use super::calls::{
    ACME, ADMIN, ALICE, BAD_INPUT, BAD_PAGE, ERIN, FOREIGN_KEY, NO_SUCH_ENTITY, NO_SUCH_ID, NOBODY,
    NOT_A_MEMBER, NOT_FOUND, NOWHERE, WITHOUT_SCOPE, add, add_with, assign, assign_with, create, created,
    delete, done, get, invalid, invalid_at, list, listed, members, ok, patch, refused, replace_with, request,
    roles, set_roles_with, take, with_bodies, with_token, without_token,
};
use super::rules::{ERROR_BODY, ISSUES, UNKNOWN_FIELDS, UNREADABLE};

pub(crate) fn rows() -> Vec<Scenario> {
    [
        bodies(),
        issues(),
        queries(),
        broken(),
        other_bodies(),
        no_objects(),
        unknown(),
    ]
    .concat()
}

fn bodies() -> Vec<Scenario> {
    let plain = [
        (
            "a missing token",
            without_token(list("")),
            401,
            "auth.authorization_header_missing",
        ),
        (
            "a token without the scope",
            with_token(list(""), WITHOUT_SCOPE),
            403,
            "auth.forbidden",
        ),
        ("a page that cannot be", list("page=0"), 400, BAD_PAGE),
        (
            "a change of nothing",
            patch(ACME, &json!({})),
            400,
            "entity.invalid_input",
        ),
        ("an organization that is not there", get(NOWHERE), 404, NO_SUCH_ID),
        (
            "an organization that cannot be changed",
            patch(NOWHERE, &json!({ "name": "x" })),
            404,
            NO_SUCH_ENTITY,
        ),
        (
            "an organization that cannot be deleted",
            delete(NOWHERE),
            404,
            NOT_FOUND,
        ),
        (
            "a role that cannot be taken",
            take(ACME, ERIN, ADMIN),
            404,
            NOT_FOUND,
        ),
        ("an id that leads nowhere", add(ACME, &[NOBODY]), 422, FOREIGN_KEY),
        (
            "a user who is no member",
            roles(ACME, ERIN, ""),
            422,
            NOT_A_MEMBER,
        ),
    ];
    let rows = plain.into_iter().map(|(what, call, status, code)| {
        Scenario::new(
            &ERROR_BODY,
            format!("{what} is told by a code and a sentence, and nothing else"),
        )
        .ask(
            call,
            refused(status, code)
                .lacks("status")
                .lacks("requestId")
                .header("content-type", "application/json"),
        )
    });
    rows.collect()
}

fn issues() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ISSUES, name);
    vec![
        row("what is missing was undefined").ask(
            create(&json!({})),
            invalid_at("body", "invalid_type", &json!(["name"]))
                .has("data.issues.0.expected", "string")
                .has("data.issues.0.received", "undefined")
                .matches("details", "expected string, received undefined"),
        ),
        row("what is null was null, and not missing").ask(
            create(&json!({ "name": null })),
            invalid_at("body", "invalid_type", &json!(["name"]))
                .has("data.issues.0.expected", "string")
                .has("data.issues.0.received", "null"),
        ),
        row("what is of another type says of which").ask(
            add_with(ACME, &json!({ "userIds": [ALICE, 7] })),
            invalid_at("body", "invalid_type", &json!(["userIds", 1]))
                .has("data.issues.0.expected", "string")
                .has("data.issues.0.received", "number"),
        ),
        row("what is too short says how long it has to be").ask(
            create(&json!({ "name": "" })),
            invalid_at("body", "too_small", &json!(["name"]))
                .has("data.issues.0.minimum", 1)
                .has("data.issues.0.type", "string")
                .has("data.issues.0.inclusive", true)
                .has("data.issues.0.exact", false)
                .lacks("data.issues.0.maximum"),
        ),
        row("what is too few says how many it has to be").ask(
            add(ACME, &[]),
            invalid_at("body", "too_small", &json!(["userIds"]))
                .has("data.issues.0.minimum", 1)
                .has("data.issues.0.type", "array")
                .has("data.issues.0.inclusive", true)
                .has("data.issues.0.exact", false),
        ),
        row("what is too long says how long it can be").ask(
            patch(ACME, &json!({ "id": "x".repeat(22) })),
            invalid_at("body", "too_big", &json!(["id"]))
                .has("data.issues.0.maximum", 21)
                .has("data.issues.0.type", "string")
                .has("data.issues.0.inclusive", true)
                .has("data.issues.0.exact", false)
                .lacks("data.issues.0.minimum"),
        ),
        row("all that is wrong is said at once, a line for each").ask(
            create(&json!({ "name": "", "description": 5, "createdAt": "now" })),
            invalid("body")
                .lists(
                    "data.issues",
                    "code",
                    &["too_small", "invalid_type", "invalid_type"],
                )
                .lists(
                    "data.issues",
                    "path",
                    &[json!(["name"]), json!(["description"]), json!(["createdAt"])],
                )
                .matches(
                    "details",
                    "^[^\\n]*\"name\"[^\\n]*\\n[^\\n]*\"description\"[^\\n]*\\n[^\\n]*\"createdAt\"[^\\n]*$",
                ),
        ),
        row("every item that is wrong has its place").ask(
            add_with(ACME, &json!({ "userIds": ["", ALICE, null] })),
            invalid("body").lists(
                "data.issues",
                "path",
                &[json!(["userIds", 0]), json!(["userIds", 2])],
            ),
        ),
    ]
}

fn queries() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ISSUES, name);
    let twice = |name: &str| {
        invalid_at("query", "invalid_type", &json!([name]))
            .has("data.issues.0.expected", "string")
            .has("data.issues.0.received", "array")
    };
    vec![
        row("a text to search for is one")
            .ask(list("q=a&q=b"), twice("q"))
            .ask(members(ACME, "q=a&q=a"), twice("q")),
        row("whether to show members is said once")
            .ask(list("showFeatured=1&showFeatured=1"), twice("showFeatured")),
    ]
}

fn broken() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, call) in with_bodies() {
        let unreadable = || {
            answer(400)
                .has("code", BAD_INPUT)
                .matches("message", "\\bbody\\b")
                .matches("details", ".")
                .lacks("data")
        };
        let mut row = Scenario::new(&UNREADABLE, format!("{what} takes no body that is not JSON"));
        for body in [
            &b"{\"name\":"[..],
            b"",
            b"{'name':'x'}",
            b"{\"name\":\"x\"} x",
            b"\"\xff\"",
        ] {
            // A body of no bytes is no body.
            if !body.is_empty() {
                row = row.ask(call.clone().bytes_as_body(body), unreadable());
            }
        }
        rows.push(row);
    }
    rows
}

/// A body that is missing or of another type counts as an empty object.
fn other_bodies() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, call) in with_bodies() {
        let outcome = || match call.method.as_str() {
            "PATCH" => refused(400, "entity.invalid_input"),
            _ => invalid("body").has("data.issues.0.received", "undefined"),
        };
        let none = Request {
            body: Body::None,
            ..call.clone().without_header("content-type")
        };
        let text = call.clone().without_header("content-type");
        rows.push(
            Scenario::new(
                &UNREADABLE,
                format!("{what} without a body, or with one of another type, is with an empty one"),
            )
            .ask(none, outcome())
            .ask(text.clone().header("content-type", "text/plain"), outcome())
            .ask(
                text.header("content-type", "application/x-www-form-urlencoded"),
                outcome(),
            ),
        );
    }
    rows
}

fn no_objects() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, call) in with_bodies() {
        let mut row = Scenario::new(&UNREADABLE, format!("{what} takes an object"));
        for (value, received) in [
            (json!([]), "array"),
            (json!("x"), "string"),
            (json!(5), "number"),
            (json!(true), "boolean"),
            (Value::Null, "null"),
        ] {
            row = row.ask(
                call.clone().json(&value),
                invalid_at("body", "invalid_type", &json!([]))
                    .has("data.issues.0.expected", "object")
                    .has("data.issues.0.received", received),
            );
        }
        rows.push(row);
    }
    rows
}

fn unknown() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&UNKNOWN_FIELDS, name);
    vec![
        row("fields that nobody knows are passed over")
            .ask(
                create(&json!({ "name": "New", "tenantId": "x", "customData": { "a": 1 } })),
                created().lacks("tenantId").lacks("customData"),
            )
            .ask(
                add_with(
                    ACME,
                    &json!({ "userIds": [ERIN], "organizationRoleIds": [ADMIN] }),
                ),
                created(),
            )
            .ask(roles(ACME, ERIN, ""), ok().has("", json!([])))
            .ask(
                assign_with(
                    ACME,
                    ERIN,
                    &json!({ "organizationRoleIds": [ADMIN], "organizationRoleNames": ["x"] }),
                ),
                created(),
            )
            .ask(
                set_roles_with(ACME, ERIN, &json!({ "organizationRoleIds": [], "x": null })),
                done(),
            )
            .ask(replace_with(ACME, &json!({ "userIds": [ERIN], "x": [] })), done())
            .ask(members(ACME, ""), listed(&[ERIN], 1)),
        row("parameters that nobody knows are passed over")
            .ask(list("x=1&x=2&Q=glob&limit=0"), ok().header("total-number", "3"))
            .ask(
                members(ACME, "organizationRoleId=x"),
                ok().header("total-number", "4"),
            )
            .ask(roles(ACME, ALICE, "q=a&q=b"), ok().header("total-number", "2"))
            .ask(
                request("DELETE", format!("/api/organizations/{ACME}?page=0")),
                done(),
            ),
        row("a body that nobody asked for is passed over")
            .ask(assign(ACME, ALICE, &[ADMIN]), created())
            .ask(take(ACME, ALICE, ADMIN).json(&json!({ "x": 1 })), done())
            .ask(delete(ACME).json(&json!([])), done()),
    ]
}
