//! What is found out first, ids in paths, and paths and methods that nobody serves.

use contract_tests::outside::{UNKNOWN_ROUTE, WRONG_METHOD};
use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::{Body, Request};
use serde_json::{Value, json};

use super::calls::{
    ACME, ADMIN, ALICE, BAD_PAGE, CAROL, ERIN, FOREIGN_KEY, NO_ROLE, NO_SUCH_ENTITY, NO_SUCH_ID, NO_TOKEN,
    NOBODY, NOT_A_MEMBER, NOWHERE, VIEWER, WITHOUT_SCOPE, add, add_with, all_fourteen, assign, assign_all,
    assign_all_with, assign_with, bad_token, broken, create, created, done, get, invalid_at, list, members,
    members_of, ok, patch, refused, remove, replace_with, request, roles, roles_of, set_roles_with, take,
    with_bodies, with_token, without_token,
};
use super::rules::{IDS_IN_PATHS, ORDER_OF_CHECKS, ROUTES};

pub(crate) fn rows() -> Vec<Scenario> {
    [order_of_checks(), membership_first(), ids(), bad_ids(), routes()].concat()
}

fn order_of_checks() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ORDER_OF_CHECKS, name);
    let mut rows = Vec::new();
    for (place, calls) in [
        ("where nothing is", all_fourteen(NOWHERE, NOBODY, NO_ROLE)),
        ("where nothing can be", all_fourteen("%20", "%20", "%20")),
    ] {
        for (what, call) in calls {
            rows.push(
                row(&format!("the scope before everything else: {what} {place}"))
                    .ask(with_token(call, WITHOUT_SCOPE), refused(403, "auth.forbidden")),
            );
        }
    }
    for (what, call) in with_bodies() {
        rows.push(row(&format!("the scope before the body: {what}")).ask(
            with_token(broken(call), WITHOUT_SCOPE),
            refused(403, "auth.forbidden"),
        ));
    }
    rows.extend([
        row("the page before the rest of the query")
            .ask(list("page=0&q=a&q=b"), refused(400, BAD_PAGE))
            .ask(members(ACME, "q=a&q=b&page_size=101"), refused(400, BAD_PAGE)),
        row("the page and the query before the organization")
            .ask(members(NOWHERE, "page_size=0"), refused(400, BAD_PAGE))
            .ask(
                members(NOWHERE, "q=a&q=b"),
                invalid_at("query", "invalid_type", &json!(["q"])),
            ),
        row("the body before the organization")
            .ask(
                patch(NOWHERE, &json!({ "name": "" })),
                invalid_at("body", "too_small", &json!(["name"])),
            )
            .ask(
                add(NOWHERE, &[]),
                invalid_at("body", "too_small", &json!(["userIds"])),
            )
            .ask(
                replace_with(NOWHERE, &json!({})),
                invalid_at("body", "invalid_type", &json!(["userIds"])),
            )
            .ask(
                assign_all_with(
                    NOWHERE,
                    &json!({ "userIds": [NOBODY], "organizationRoleIds": [1] }),
                ),
                invalid_at("body", "invalid_type", &json!(["organizationRoleIds", 0])),
            ),
        row("an id that is no text before one that leads nowhere").ask(
            add_with(ACME, &json!({ "userIds": [NOBODY, ""] })),
            invalid_at("body", "too_small", &json!(["userIds", 1])),
        ),
    ]);
    rows
}

fn membership_first() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ORDER_OF_CHECKS, name);
    let no_member = || refused(422, NOT_A_MEMBER);
    vec![
        row("the membership before the page")
            .ask(roles(ACME, ERIN, "page=0"), no_member())
            .ask(roles(NOWHERE, ALICE, "page_size=101"), no_member())
            .ask(roles(ACME, CAROL, "page=0"), refused(400, BAD_PAGE)),
        row("the membership before the body")
            .ask(assign(ACME, ERIN, &[]), no_member())
            .ask(assign_with(ACME, NOBODY, &json!({})), no_member())
            .ask(
                set_roles_with(NOWHERE, ALICE, &json!({ "organizationRoleIds": 5 })),
                no_member(),
            )
            .ask(broken(assign(ACME, ERIN, &[VIEWER])), no_member())
            .ask(
                Request {
                    body: Body::None,
                    ..set_roles_with(ACME, ERIN, &Value::Null)
                },
                no_member(),
            ),
        row("the membership before the role")
            .ask(assign(ACME, ERIN, &[NO_ROLE]), no_member())
            .ask(assign(ACME, ALICE, &[NO_ROLE]), refused(422, FOREIGN_KEY))
            .ask(take(NOWHERE, ALICE, NO_ROLE), no_member()),
    ]
}

/// All operations that have ids in their paths, with this in the place of one of them, and the id's name.
fn with_id(id: &str) -> Vec<(&'static str, Request, &'static str)> {
    let at = |organization: &str, user: &str, role: &str, name: &'static str, from: usize| {
        let calls = all_fourteen(organization, user, role).into_iter();
        // Ids stand one after the other: a path that is long enough has this one.
        let calls = calls.filter(move |(_, call)| call.path().split('/').count() > from);
        calls.map(move |(what, call)| (what, call, name))
    };
    let of_organization = at(id, ALICE, ADMIN, "id", 3);
    let of_user =
        at(ACME, id, ADMIN, "userId", 5).filter(|(_, call, _)| !call.path().ends_with("/users/roles"));
    let of_role = at(ACME, ALICE, id, "roleId", 7);
    of_organization.chain(of_user).chain(of_role).collect()
}

fn ids() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&IDS_IN_PATHS, name);
    vec![
        row("an id can be percent-encoded")
            .ask(get("acme0000000%31"), ok().has("id", ACME))
            .ask(remove("%61cme00000001", "%61lice0000001"), done()),
        row("an id of any form and length is one that nobody has")
            .ask(get(&"x".repeat(500)), refused(404, NO_SUCH_ID))
            .ask(get("a%2Fb"), refused(404, NO_SUCH_ID))
            .ask(get("%F0%9F%8E%89"), refused(404, NO_SUCH_ID))
            .ask(
                patch("%20x", &json!({ "name": "x" })),
                refused(404, NO_SUCH_ENTITY),
            ),
    ]
}

fn bad_ids() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, id) in [
        ("blank", "%20"),
        ("with a control character", "a%09b"),
        ("badly encoded", "a%zz"),
    ] {
        for (operation, call, name) in with_id(id) {
            let outcome = || {
                invalid_at("params", "invalid_string", &json!([name]))
                    .has("data.issues.0.validation", "regex")
            };
            let row = Scenario::new(
                &IDS_IN_PATHS,
                format!("{operation} takes no {name} that is {what}"),
            )
            .ask(call.clone(), outcome());
            // Whatever else there is to say about the request, this comes first.
            let row = match call.body {
                Body::None => row,
                _ => row.ask(broken(call), outcome()),
            };
            rows.push(row);
        }
    }
    rows.push(
        Scenario::new(
            &IDS_IN_PATHS,
            "an id that is none is found before the membership and the page",
        )
        .ask(
            roles(NOWHERE, "%20", "page=0"),
            invalid_at("params", "invalid_string", &json!(["userId"])),
        )
        .ask(
            take(ACME, ERIN, "%20"),
            invalid_at("params", "invalid_string", &json!(["roleId"])),
        ),
    );
    rows
}

fn routes() -> Vec<Scenario> {
    let unknown = || {
        Outcome::outside(&UNKNOWN_ROUTE)
            .matches("message", "^[A-Z].+\\.$")
            .lacks("data")
    };
    let wrong = |allow: &str| {
        Outcome::outside(&WRONG_METHOD)
            .header("allow", allow)
            .lacks("data")
    };
    let mut rows = Vec::new();
    for call in [
        request("GET", "/api/organizations/acme00000001/nothing"),
        request(
            "GET",
            "/api/organizations/acme00000001/users/alice0000001/roles/x/y",
        ),
        request("POST", "/api/organizations/acme00000001/applications"),
    ] {
        rows.push(
            Scenario::new(
                &ROUTES,
                format!(
                    "{} {} is unknown, once there is a token",
                    call.method, call.target
                ),
            )
            .ask(without_token(call.clone()), refused(401, NO_TOKEN))
            .ask(with_token(call.clone(), "garbage"), bad_token())
            .ask(call, unknown()),
        );
    }
    for (call, allow) in [
        (request("DELETE", "/api/organizations"), "GET, HEAD, POST"),
        (
            request("POST", "/api/organizations/acme00000001"),
            "DELETE, GET, HEAD, PATCH",
        ),
        (request("PATCH", members_of(ACME)), "GET, HEAD, POST, PUT"),
        (request("DELETE", format!("{}/roles", members_of(ACME))), "POST"),
        (request("GET", format!("{}/roles", members_of(ACME))), "POST"),
        (
            request("GET", "/api/organizations/acme00000001/users/alice0000001"),
            "DELETE",
        ),
        (request("DELETE", roles_of(ACME, ALICE)), "GET, HEAD, POST, PUT"),
        (request("PUT", format!("{}/x", roles_of(ACME, ALICE))), "DELETE"),
    ] {
        rows.push(
            Scenario::new(
                &ROUTES,
                format!(
                    "{} {} is a wrong method, once there is a token",
                    call.method, call.target
                ),
            )
            .ask(without_token(call.clone()), refused(401, NO_TOKEN))
            .ask(with_token(call.clone(), "garbage"), bad_token())
            .ask(call, wrong(allow)),
        );
    }
    rows.push(
        Scenario::new(
            &ROUTES,
            "nobody is called roles: what is given to several is no member",
        )
        .ask(assign_all(ACME, &[ALICE], &[VIEWER]), created())
        .ask(create(&json!({ "name": "roles" })), created()),
    );
    rows
}
