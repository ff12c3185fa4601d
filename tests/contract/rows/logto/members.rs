//! Members: added, replaced, removed, listed and searched.

use contract_tests::scenario::Scenario;
use serde_json::{Value, json};

use super::calls::{
    ACME, ACME_MEMBERS, ADMIN, ALICE, BOB, CAROL, DAVE, EMPTY, ERIN, FOREIGN_KEY, FRANK, GLOBEX, MEMBER,
    NO_SUCH_ID, NOBODY, NOT_A_MEMBER, NOT_FOUND, NOWHERE, VIEWER, add, add_with, assign, created, done,
    invalid_at, list, listed, members, ok, refused, remove, replace, replace_with, roles, set_roles,
};
use super::rules::{
    ADDING, ADDING_ALL, ADDING_NOBODY, MEMBERS, REMOVING, REPLACING, SEARCHING_MEMBERS, SUSPENDED,
};

pub(crate) fn rows() -> Vec<Scenario> {
    [
        adding(),
        adding_all(),
        adding_nobody(),
        replacing(),
        not_replacing(),
        removing(),
        lists(),
        searching(),
        suspended(),
    ]
    .concat()
}

fn adding() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ADDING, name);
    vec![
        row("who is added is a member, without roles")
            .ask(add(ACME, &[ERIN]), created())
            .ask(members(ACME, ""), listed(&[ALICE, BOB, CAROL, DAVE, ERIN], 5))
            .ask(roles(ACME, ERIN, ""), ok().has("", json!([]))),
        row("who is a member already can be added, and stays one, once, with the same roles")
            .ask(members(ACME, ""), ok().keep("", "before"))
            .ask(add(ACME, &[ALICE]), created())
            .ask(
                members(ACME, ""),
                ok().has("", "{before}").header("total-number", "4"),
            ),
        row("the same can be added twice")
            .ask(add(ACME, &[ERIN]), created())
            .ask(add(ACME, &[ERIN]), created())
            .ask(members(ACME, "q=erin"), listed(&[ERIN], 1)),
        row("members and others can be added together")
            .ask(add(ACME, &[BOB, ERIN, ALICE, FRANK]), created())
            .ask(
                members(ACME, ""),
                listed(&[ALICE, BOB, CAROL, DAVE, ERIN, FRANK], 6),
            )
            .ask(roles(ACME, ALICE, ""), ok().lists("", "id", &[ADMIN, MEMBER])),
        row("who is named twice is added once")
            .ask(add(EMPTY, &[ERIN, FRANK, ERIN]), created())
            .ask(members(EMPTY, ""), listed(&[ERIN, FRANK], 2)),
        row("one user can be a member of any number of organizations")
            .ask(add(GLOBEX, &[ALICE]), created())
            .ask(add(EMPTY, &[ALICE]), created())
            .ask(members(GLOBEX, ""), listed(&[ALICE, DAVE], 2))
            .ask(members(EMPTY, ""), listed(&[ALICE], 1))
            .ask(members(ACME, ""), listed(&ACME_MEMBERS, 4)),
    ]
}

fn adding_all() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ADDING_ALL, name);
    let unknown = || refused(422, FOREIGN_KEY);
    vec![
        row("nobody is added together with somebody who is not there")
            .ask(add(ACME, &[ERIN, NOBODY]), unknown())
            .ask(add(ACME, &[NOBODY, ERIN]), unknown())
            .ask(members(ACME, ""), listed(&ACME_MEMBERS, 4)),
        row("nobody is added to an organization that is not there")
            .ask(add(NOWHERE, &[ERIN]), unknown())
            .ask(add("0", &[ERIN]), unknown()),
        row("nobody is added by a name, an address, or an id in capitals")
            .ask(add(ACME, &["erin"]), unknown())
            .ask(add(ACME, &["erin@example.org"]), unknown())
            .ask(add(ACME, &["ERIN00000005"]), unknown())
            .ask(add(ACME, &[" erin00000005"]), unknown()),
    ]
}

fn adding_nobody() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ADDING_NOBODY, name);
    let mut rows = vec![
        row("nobody cannot be added").ask(
            add(ACME, &[]),
            invalid_at("body", "too_small", &json!(["userIds"]))
                .has("data.issues.0.minimum", 1)
                .has("data.issues.0.type", "array"),
        ),
    ];
    for (what, body, code, path) in [
        ("nothing is sent", json!({}), "invalid_type", json!(["userIds"])),
        (
            "null is sent",
            json!({ "userIds": null }),
            "invalid_type",
            json!(["userIds"]),
        ),
        (
            "one id is sent",
            json!({ "userIds": ERIN }),
            "invalid_type",
            json!(["userIds"]),
        ),
        (
            "an empty id is sent",
            json!({ "userIds": [""] }),
            "too_small",
            json!(["userIds", 0]),
        ),
        (
            "a number is sent",
            json!({ "userIds": [1] }),
            "invalid_type",
            json!(["userIds", 0]),
        ),
        (
            "one of two is null",
            json!({ "userIds": [ERIN, null] }),
            "invalid_type",
            json!(["userIds", 1]),
        ),
    ] {
        rows.push(
            row(&format!("nobody is added where {what}"))
                .ask(add_with(ACME, &body), invalid_at("body", code, &path)),
        );
    }
    rows
}

fn replacing() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&REPLACING, name);
    vec![
        row("those named are the members, and nobody else")
            .ask(replace(ACME, &[BOB, ERIN]), done())
            .ask(members(ACME, ""), listed(&[BOB, ERIN], 2))
            .ask(roles(ACME, ALICE, ""), refused(422, NOT_A_MEMBER))
            .ask(roles(ACME, ERIN, ""), ok().has("", json!([]))),
        row("nobody keeps a role, not even those who stay")
            .ask(replace(ACME, &[ALICE, BOB]), done())
            .ask(
                members(ACME, ""),
                listed(&[ALICE, BOB], 2).lists("", "organizationRoles", &[json!([]), json!([])]),
            )
            .ask(roles(ACME, ALICE, ""), ok().has("", json!([]))),
        row("those who leave and come back have no roles")
            .ask(replace(ACME, &[BOB]), done())
            .ask(add(ACME, &[ALICE]), created())
            .ask(roles(ACME, ALICE, ""), ok().has("", json!([]))),
        row("an organization can be left without members")
            .ask(replace(ACME, &[]), done())
            .ask(members(ACME, ""), listed(&[], 0)),
        row("who is named twice is a member once")
            .ask(replace(ACME, &[ERIN, BOB, ERIN, BOB]), done())
            .ask(members(ACME, ""), listed(&[BOB, ERIN], 2)),
        row("other organizations keep their members and their roles")
            .ask(replace(ACME, &[]), done())
            .ask(
                members(GLOBEX, ""),
                listed(&[DAVE], 1).lists("0.organizationRoles", "id", &[VIEWER]),
            ),
    ]
}

fn not_replacing() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&REPLACING, name);
    let unknown = || refused(422, FOREIGN_KEY);
    let mut rows = vec![
        row("the members stay, with their roles, where somebody is not there")
            .ask(members(ACME, ""), ok().keep("", "before"))
            .ask(replace(ACME, &[NOBODY]), unknown())
            .ask(replace(ACME, &[BOB, NOBODY]), unknown())
            .ask(members(ACME, ""), ok().has("", "{before}")),
        row("an organization that is not there has no members to replace, not even by none")
            .ask(replace(NOWHERE, &[ERIN]), unknown())
            .ask(replace(NOWHERE, &[]), unknown()),
    ];
    for (what, body, code, path) in [
        ("nothing is sent", json!({}), "invalid_type", json!(["userIds"])),
        (
            "null is sent",
            json!({ "userIds": null }),
            "invalid_type",
            json!(["userIds"]),
        ),
        (
            "one id is sent",
            json!({ "userIds": ERIN }),
            "invalid_type",
            json!(["userIds"]),
        ),
        (
            "an empty id is sent",
            json!({ "userIds": [BOB, ""] }),
            "too_small",
            json!(["userIds", 1]),
        ),
        (
            "a number is sent",
            json!({ "userIds": [1] }),
            "invalid_type",
            json!(["userIds", 0]),
        ),
    ] {
        rows.push(
            row(&format!("the members stay where {what}"))
                .ask(replace_with(ACME, &body), invalid_at("body", code, &path)),
        );
    }
    rows
}

fn removing() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&REMOVING, name);
    let gone = || refused(404, NOT_FOUND);
    vec![
        row("who is removed is no member, and has no roles when added again")
            .ask(remove(ACME, ALICE), done())
            .ask(members(ACME, ""), listed(&[BOB, CAROL, DAVE], 3))
            .ask(roles(ACME, ALICE, ""), refused(422, NOT_A_MEMBER))
            .ask(add(ACME, &[ALICE]), created())
            .ask(roles(ACME, ALICE, ""), ok().has("", json!([]))),
        row("nobody is removed twice")
            .ask(remove(ACME, BOB), done())
            .ask(remove(ACME, BOB), gone()),
        row("who is no member cannot be removed").ask(remove(ACME, ERIN), gone()),
        row("nobody is removed from an organization that is not there")
            .ask(remove(NOWHERE, ALICE), gone())
            .ask(remove(NOWHERE, NOBODY), gone())
            .ask(remove("0", "0"), gone()),
        row("a user who is not there is an id that leads nowhere")
            .ask(remove(ACME, NOBODY), refused(422, FOREIGN_KEY))
            .ask(remove(EMPTY, "0"), refused(422, FOREIGN_KEY)),
        row("who is removed keeps what there is in other organizations")
            .given(add(ACME, &[DAVE]))
            .given(set_roles(ACME, DAVE, &[ADMIN]))
            .ask(remove(ACME, DAVE), done())
            .ask(members(GLOBEX, ""), listed(&[DAVE], 1))
            .ask(roles(GLOBEX, DAVE, ""), ok().lists("", "id", &[VIEWER])),
    ]
}

fn lists() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&MEMBERS, name);
    let named = |ids: &[&str]| ok().lists("", "name", ids);
    vec![
        row("a member is shown whole, with the roles held here by name").ask(
            members(ACME, "page_size=1"),
            ok().has("", json!([alice()])),
        ),
        row("accounts elsewhere and data of one's own are shown")
            .ask(
                members(ACME, "q=bob"),
                ok().has(
                    "0.identities",
                    json!({ "github": { "userId": "1000002", "details": { "id": "1000002", "name": "Bob Brown", "email": "bob@example.com" } } }),
                ),
            )
            .ask(
                members(ACME, "q=carol"),
                ok().has("0.customData", json!({ "team": "research" }))
                    .has("0.primaryEmail", Value::Null)
                    .has("0.name", Value::Null)
                    .has("0.profile", json!({}))
                    .has("0.organizationRoles", json!([])),
            ),
        row("members stand in the order of their ids, whenever they joined")
            .ask(add(EMPTY, &[FRANK, BOB, ERIN]), created())
            .ask(add(EMPTY, &[ALICE]), created())
            .ask(
                members(EMPTY, ""),
                named(&["Alice Adams", "Bob Brown", "Erin Evans", "Frank Ford"]),
            ),
        row("roles stand in the order of their names, whenever they were given")
            .given(set_roles(ACME, ALICE, &[]))
            .given(assign(ACME, ALICE, &[VIEWER]))
            .given(assign(ACME, ALICE, &[MEMBER, ADMIN]))
            .ask(
                members(ACME, "q=alice"),
                ok().has(
                    "0.organizationRoles",
                    json!([
                        { "id": ADMIN, "name": "admin" },
                        { "id": MEMBER, "name": "member" },
                        { "id": VIEWER, "name": "viewer" }
                    ]),
                ),
            ),
        row("an organization without members has an empty list").ask(members(EMPTY, ""), listed(&[], 0)),
        row("an organization that is not there has no list").ask(
            members(NOWHERE, ""),
            refused(404, NO_SUCH_ID)
                .matches("message", "\\borganizations\\b")
                .matches("message", NOWHERE),
        ),
        row("only the roles held here are shown")
            .given(assign(ACME, DAVE, &[ADMIN]))
            .ask(members(GLOBEX, ""), ok().lists("0.organizationRoles", "id", &[VIEWER]))
            .ask(members(ACME, "q=dave"), ok().lists("0.organizationRoles", "id", &[ADMIN])),
    ]
}

fn alice() -> Value {
    json!({
        "id": ALICE,
        "username": "alice",
        "primaryEmail": "alice@example.com",
        "primaryPhone": "15550100001",
        "name": "Alice Adams",
        "avatar": "https://example.com/avatars/alice.png",
        "customData": {},
        "identities": {},
        "lastSignInAt": 1_714_996_800_000_i64,
        "createdAt": 1_704_153_600_000_i64,
        "updatedAt": 1_714_996_800_000_i64,
        "profile": {
            "familyName": "Adams",
            "givenName": "Alice",
            "address": {
                "formatted": "1 Main Street, Springfield, 12345, US",
                "streetAddress": "1 Main Street",
                "locality": "Springfield",
                "postalCode": "12345",
                "country": "US"
            }
        },
        "applicationId": null,
        "isSuspended": false,
        "organizationRoles": [{ "id": ADMIN, "name": "admin" }, { "id": MEMBER, "name": "member" }]
    })
}

fn searching() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SEARCHING_MEMBERS, name);
    let mut rows = Vec::new();
    for (what, query, found) in [
        ("an id", "CE0000", &[ALICE][..]),
        ("an e-mail address", "EXAMPLE.COM", &[ALICE, BOB]),
        ("a phone number", "0100003", &[CAROL]),
        ("a username", "AROL", &[CAROL]),
        ("a name", "iaz", &[DAVE]),
        ("first and last name", "b%20br", &[BOB]),
    ] {
        rows.push(
            row(&format!(
                "members are found by a part of {what}, in capitals or not"
            ))
            .ask(members(ACME, &format!("q={query}")), listed(found, found.len())),
        );
    }
    rows.extend([
        row("neither roles nor data of one's own are searched")
            .ask(members(ACME, "q=admin"), listed(&[], 0))
            .ask(members(ACME, "q=research"), listed(&[], 0))
            .ask(members(ACME, "q=github"), listed(&[], 0))
            .ask(members(ACME, "q=springfield"), listed(&[], 0)),
        row("what somebody has not is not found").ask(members(ACME, "q=null"), listed(&[], 0)),
        row("searching for nobody is not searching").ask(members(ACME, "q="), listed(&ACME_MEMBERS, 4)),
        row("members who are found are counted before they are paged")
            .ask(members(ACME, "q=example&page_size=1&page=2"), listed(&[BOB], 3)),
        row("only members are found").ask(members(ACME, "q=erin"), listed(&[], 0)),
        row("no sign stands for others among members").ask(members(ACME, "q=a%25e"), listed(&[], 0)),
    ]);
    rows
}

fn suspended() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SUSPENDED, name);
    vec![
        row("a suspended user is listed, counted and shown")
            .ask(
                members(ACME, "q=dave"),
                listed(&[DAVE], 1).has("0.isSuspended", true),
            )
            .ask(
                list("showFeatured=1&q=globex"),
                ok().has("0.usersCount", 1)
                    .lists("0.featuredUsers", "id", &[DAVE]),
            ),
        row("a suspended user can be added, given roles and removed")
            .ask(add(EMPTY, &[DAVE]), created())
            .ask(assign(EMPTY, DAVE, &[ADMIN]), created())
            .ask(roles(EMPTY, DAVE, ""), ok().lists("", "id", &[ADMIN]))
            .ask(remove(EMPTY, DAVE), done()),
    ]
}
