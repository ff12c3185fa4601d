//! Roles given to members, one by one and to several, and replaced.

use contract_tests::scenario::Scenario;
use serde_json::{Value, json};

use super::calls::{
    ACME, ADMIN, ALICE, BOB, CAROL, DAVE, ERIN, FOREIGN_KEY, GLOBEX, MEMBER, NO_ROLE, NOBODY, NOWHERE,
    VIEWER, assign, assign_all, assign_all_with, assign_with, created, done, held, invalid, invalid_at,
    members, ok, refused, roles, set_roles, set_roles_with,
};
use super::rules::{GIVING, GIVING_TO_SEVERAL, SETTING_ROLES};

pub(crate) fn rows() -> Vec<Scenario> {
    [
        giving(),
        setting(),
        bad_roles(),
        giving_to_several(),
        not_to_several(),
    ]
    .concat()
}

fn giving() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&GIVING, name);
    vec![
        row("roles are given beside those there are")
            .ask(assign(ACME, BOB, &[VIEWER]), created())
            .ask(roles(ACME, BOB, ""), held(&[MEMBER, VIEWER])),
        row("a role that is held already is passed over")
            .ask(assign(ACME, BOB, &[VIEWER]), created())
            .ask(assign(ACME, BOB, &[VIEWER]), created())
            .ask(assign(ACME, BOB, &[VIEWER, ADMIN, MEMBER]), created())
            .ask(
                roles(ACME, BOB, ""),
                held(&[MEMBER, VIEWER, ADMIN]).header("total-number", "3"),
            ),
        row("a role that is named twice is given once")
            .ask(assign(ACME, CAROL, &[ADMIN, ADMIN]), created())
            .ask(roles(ACME, CAROL, ""), held(&[ADMIN])),
        row("no role is given together with one that is not there")
            .ask(assign(ACME, BOB, &[VIEWER, NO_ROLE]), refused(422, FOREIGN_KEY))
            .ask(assign(ACME, BOB, &[NO_ROLE, VIEWER]), refused(422, FOREIGN_KEY))
            .ask(roles(ACME, BOB, ""), held(&[MEMBER])),
        row("a role does not go by its name").ask(assign(ACME, BOB, &["viewer"]), refused(422, FOREIGN_KEY)),
        row("nobody else is given the role")
            .ask(assign(ACME, BOB, &[VIEWER]), created())
            .ask(roles(ACME, CAROL, ""), held(&[]))
            .ask(roles(ACME, ALICE, ""), held(&[ADMIN, MEMBER])),
    ]
}

fn setting() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SETTING_ROLES, name);
    vec![
        row("those named are the roles, and no others")
            .ask(set_roles(ACME, ALICE, &[VIEWER]), done())
            .ask(roles(ACME, ALICE, ""), held(&[VIEWER])),
        row("all roles can go, and the member stays")
            .ask(set_roles(ACME, ALICE, &[]), done())
            .ask(roles(ACME, ALICE, ""), held(&[]))
            .ask(members(ACME, ""), ok().header("total-number", "4")),
        row("a role that is named twice is held once")
            .ask(set_roles(ACME, ALICE, &[VIEWER, MEMBER, VIEWER]), done())
            .ask(
                members(ACME, "q=alice"),
                ok().lists("0.organizationRoles", "id", &[MEMBER, VIEWER]),
            ),
        row("the roles stay where one is not there")
            .ask(set_roles(ACME, ALICE, &[NO_ROLE]), refused(422, FOREIGN_KEY))
            .ask(
                set_roles(ACME, ALICE, &[VIEWER, NO_ROLE]),
                refused(422, FOREIGN_KEY),
            )
            .ask(roles(ACME, ALICE, ""), held(&[ADMIN, MEMBER])),
        row("roles in other organizations stay")
            .ask(set_roles(ACME, DAVE, &[ADMIN]), done())
            .ask(set_roles(ACME, DAVE, &[]), done())
            .ask(roles(GLOBEX, DAVE, ""), held(&[VIEWER])),
    ]
}

/// What is wrong with the roles that are given to one, or replace those of one.
fn bad_roles() -> Vec<Scenario> {
    let place = || json!(["organizationRoleIds"]);
    let first = || json!(["organizationRoleIds", 0]);
    let mut rows = vec![Scenario::new(&GIVING, "no role cannot be given").ask(
        assign(ACME, BOB, &[]),
        invalid_at("body", "too_small", &place()).has("data.issues.0.minimum", 1),
    )];
    for (what, body, code, path) in [
        ("nothing is sent", json!({}), "invalid_type", place()),
        (
            "null is sent",
            json!({ "organizationRoleIds": null }),
            "invalid_type",
            place(),
        ),
        (
            "one id is sent",
            json!({ "organizationRoleIds": "x" }),
            "invalid_type",
            place(),
        ),
        (
            "an empty id is sent",
            json!({ "organizationRoleIds": [""] }),
            "too_small",
            first(),
        ),
        (
            "a number is sent",
            json!({ "organizationRoleIds": [7] }),
            "invalid_type",
            first(),
        ),
        (
            "names are sent",
            json!({ "organizationRoleNames": ["viewer"] }),
            "invalid_type",
            place(),
        ),
    ] {
        let outcome = || invalid_at("body", code, &path);
        rows.push(
            Scenario::new(&GIVING, format!("no role is given where {what}"))
                .ask(assign_with(ACME, BOB, &body), outcome()),
        );
        rows.push(
            Scenario::new(&SETTING_ROLES, format!("the roles stay where {what}"))
                .ask(set_roles_with(ACME, ALICE, &body), outcome()),
        );
    }
    rows
}

fn giving_to_several() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&GIVING_TO_SEVERAL, name);
    vec![
        row("every user is given every role, beside those there are")
            .ask(assign_all(ACME, &[BOB, CAROL], &[ADMIN, VIEWER]), created())
            .ask(roles(ACME, BOB, ""), held(&[MEMBER, ADMIN, VIEWER]))
            .ask(roles(ACME, CAROL, ""), held(&[ADMIN, VIEWER]))
            .ask(roles(ACME, DAVE, ""), held(&[])),
        row("what is held already, or named twice, is passed over")
            .ask(
                assign_all(ACME, &[ALICE, BOB, ALICE], &[ADMIN, MEMBER, ADMIN]),
                created(),
            )
            .ask(roles(ACME, ALICE, ""), held(&[ADMIN, MEMBER]))
            .ask(roles(ACME, BOB, ""), held(&[MEMBER, ADMIN])),
        row("roles given in one organization are given in no other")
            .ask(assign_all(ACME, &[DAVE], &[ADMIN]), created())
            .ask(roles(GLOBEX, DAVE, ""), held(&[VIEWER])),
    ]
}

fn not_to_several() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&GIVING_TO_SEVERAL, name);
    let unknown = || refused(422, FOREIGN_KEY);
    let mut rows = vec![
        row("nobody is given a role together with somebody who is no member")
            .ask(assign_all(ACME, &[BOB, ERIN], &[VIEWER]), unknown())
            .ask(roles(ACME, BOB, ""), held(&[MEMBER])),
        row("nobody is given a role together with somebody who is not there")
            .ask(assign_all(ACME, &[BOB, NOBODY], &[VIEWER]), unknown()),
        row("nobody is given a role together with one that is not there")
            .ask(assign_all(ACME, &[BOB, CAROL], &[VIEWER, NO_ROLE]), unknown())
            .ask(roles(ACME, CAROL, ""), held(&[])),
        row("nobody is given a role in an organization that is not there")
            .ask(assign_all(NOWHERE, &[BOB], &[VIEWER]), unknown()),
        row("all that is missing is said at once").ask(
            assign_all_with(ACME, &json!({})),
            invalid("body")
                .lists(
                    "data.issues",
                    "path",
                    &[json!(["userIds"]), json!(["organizationRoleIds"])],
                )
                .matches("details", "userIds.*\\n.*organizationRoleIds"),
        ),
    ];
    for (what, users, ids, code, path) in [
        (
            "no user",
            json!([]),
            json!([VIEWER]),
            "too_small",
            json!(["userIds"]),
        ),
        (
            "users of null",
            Value::Null,
            json!([VIEWER]),
            "invalid_type",
            json!(["userIds"]),
        ),
        (
            "an empty user",
            json!([BOB, ""]),
            json!([VIEWER]),
            "too_small",
            json!(["userIds", 1]),
        ),
        (
            "no role",
            json!([BOB]),
            json!([]),
            "too_small",
            json!(["organizationRoleIds"]),
        ),
        (
            "one role",
            json!([BOB]),
            json!(VIEWER),
            "invalid_type",
            json!(["organizationRoleIds"]),
        ),
        (
            "an empty role",
            json!([BOB]),
            json!([""]),
            "too_small",
            json!(["organizationRoleIds", 0]),
        ),
    ] {
        let body = json!({ "userIds": users, "organizationRoleIds": ids });
        rows.push(
            row(&format!("nobody is given a role where {what} is sent"))
                .ask(assign_all_with(ACME, &body), invalid_at("body", code, &path)),
        );
    }
    for (missing, body) in [
        ("userIds", json!({ "organizationRoleIds": [VIEWER] })),
        ("organizationRoleIds", json!({ "userIds": [BOB] })),
    ] {
        rows.push(row(&format!("nobody is given a role without {missing}")).ask(
            assign_all_with(ACME, &body),
            invalid_at("body", "invalid_type", &json!([missing])),
        ));
    }
    rows
}
