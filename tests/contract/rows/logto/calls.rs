//! Logto's operations as requests, and who and what there is in the built-in fixtures.

use contract_tests::credentials::with_credentials;
use contract_tests::scenario::{Outcome, answer};
use contract_tests::spec::{Spec, specs};
use contract_tests::wire::{Body, Request};
use serde_json::{Value, json};

pub(crate) const ACME: &str = "acme00000001";
pub(crate) const GLOBEX: &str = "globex000002";
pub(crate) const EMPTY: &str = "emptyorg0003";
/// No organization's.
pub(crate) const NOWHERE: &str = "nosuchorg";

pub(crate) const ALICE: &str = "alice0000001";
pub(crate) const BOB: &str = "bob000000002";
pub(crate) const CAROL: &str = "carol0000003";
pub(crate) const DAVE: &str = "dave00000004";
/// A member of nothing.
pub(crate) const ERIN: &str = "erin00000005";
/// A member of nothing.
pub(crate) const FRANK: &str = "frank0000006";
/// No user's.
pub(crate) const NOBODY: &str = "nosuchuser";

pub(crate) const ADMIN: &str = "role_admin_0000000001";
pub(crate) const MEMBER: &str = "role_member_000000002";
pub(crate) const VIEWER: &str = "role_viewer_000000003";
/// No role's.
pub(crate) const NO_ROLE: &str = "nosuchrole";

/// Acme's members.
pub(crate) const ACME_MEMBERS: [&str; 4] = [ALICE, BOB, CAROL, DAVE];

/// A good token that lacks the scope.
pub(crate) const WITHOUT_SCOPE: &str = "mock-token-without-scope";

pub(crate) const NO_TOKEN: &str = "auth.authorization_header_missing";
pub(crate) const FOREIGN_KEY: &str = "entity.relation_foreign_key_not_found";
pub(crate) const NOT_A_MEMBER: &str = "organization.require_membership";
pub(crate) const NOT_FOUND: &str = "entity.not_found";
pub(crate) const NO_SUCH_ID: &str = "entity.not_exists_with_id";
pub(crate) const NO_SUCH_ENTITY: &str = "entity.not_exists";
pub(crate) const BAD_PAGE: &str = "guard.invalid_pagination";
pub(crate) const BAD_INPUT: &str = "guard.invalid_input";

pub(crate) fn spec() -> &'static Spec {
    let mut specs = specs().iter();
    specs
        .find(|spec| spec.name == "logto")
        .expect("there is a document of Logto's")
}

/// A request with the token that is good for everything.
pub(crate) fn request(method: &str, target: impl Into<String>) -> Request {
    with_credentials(spec(), &spec().operations[0], Request::new(method, target))
}

pub(crate) fn organization(id: &str) -> String {
    format!("/api/organizations/{id}")
}

pub(crate) fn members_of(organization: &str) -> String {
    format!("/api/organizations/{organization}/users")
}

pub(crate) fn member_of(organization: &str, user: &str) -> String {
    format!("{}/{user}", members_of(organization))
}

pub(crate) fn roles_of(organization: &str, user: &str) -> String {
    format!("{}/roles", member_of(organization, user))
}

fn queried(path: &str, query: &str) -> Request {
    let separator = if query.is_empty() { "" } else { "?" };
    request("GET", format!("{path}{separator}{query}"))
}

/// Listing organizations with a query like this.
pub(crate) fn list(query: &str) -> Request {
    queried("/api/organizations", query)
}

pub(crate) fn create(body: &Value) -> Request {
    request("POST", "/api/organizations").json(body)
}

pub(crate) fn get(id: &str) -> Request {
    request("GET", organization(id))
}

pub(crate) fn patch(id: &str, body: &Value) -> Request {
    request("PATCH", organization(id)).json(body)
}

pub(crate) fn delete(id: &str) -> Request {
    request("DELETE", organization(id))
}

/// Listing members with a query like this.
pub(crate) fn members(organization: &str, query: &str) -> Request {
    queried(&members_of(organization), query)
}

/// Adding members with a body like this.
pub(crate) fn add_with(organization: &str, body: &Value) -> Request {
    request("POST", members_of(organization)).json(body)
}

pub(crate) fn add(organization: &str, users: &[&str]) -> Request {
    add_with(organization, &json!({ "userIds": users }))
}

/// Replacing the members with a body like this.
pub(crate) fn replace_with(organization: &str, body: &Value) -> Request {
    request("PUT", members_of(organization)).json(body)
}

pub(crate) fn replace(organization: &str, users: &[&str]) -> Request {
    replace_with(organization, &json!({ "userIds": users }))
}

/// Giving roles to several with a body like this.
pub(crate) fn assign_all_with(organization: &str, body: &Value) -> Request {
    request("POST", format!("{}/roles", members_of(organization))).json(body)
}

pub(crate) fn assign_all(organization: &str, users: &[&str], roles: &[&str]) -> Request {
    assign_all_with(
        organization,
        &json!({ "userIds": users, "organizationRoleIds": roles }),
    )
}

pub(crate) fn remove(organization: &str, user: &str) -> Request {
    request("DELETE", member_of(organization, user))
}

/// Listing a member's roles with a query like this.
pub(crate) fn roles(organization: &str, user: &str, query: &str) -> Request {
    queried(&roles_of(organization, user), query)
}

/// Giving roles to one with a body like this.
pub(crate) fn assign_with(organization: &str, user: &str, body: &Value) -> Request {
    request("POST", roles_of(organization, user)).json(body)
}

pub(crate) fn assign(organization: &str, user: &str, roles: &[&str]) -> Request {
    assign_with(organization, user, &json!({ "organizationRoleIds": roles }))
}

/// Replacing a member's roles with a body like this.
pub(crate) fn set_roles_with(organization: &str, user: &str, body: &Value) -> Request {
    request("PUT", roles_of(organization, user)).json(body)
}

pub(crate) fn set_roles(organization: &str, user: &str, roles: &[&str]) -> Request {
    set_roles_with(organization, user, &json!({ "organizationRoleIds": roles }))
}

pub(crate) fn take(organization: &str, user: &str, role: &str) -> Request {
    request("DELETE", format!("{}/{role}", roles_of(organization, user)))
}

/// All fourteen operations on an organization, a user and a role.
pub(crate) fn all_fourteen(organization: &str, user: &str, role: &str) -> [(&'static str, Request); 14] {
    [
        ("listing organizations", list("")),
        ("creating an organization", create(&json!({ "name": "New" }))),
        ("reading an organization", get(organization)),
        (
            "changing an organization",
            patch(organization, &json!({ "name": "New" })),
        ),
        ("deleting an organization", delete(organization)),
        ("listing members", members(organization, "")),
        ("adding members", add(organization, &[user])),
        ("replacing members", replace(organization, &[user])),
        (
            "giving roles to several",
            assign_all(organization, &[user], &[role]),
        ),
        ("removing a member", remove(organization, user)),
        ("listing roles", roles(organization, user, "")),
        ("giving roles to one", assign(organization, user, &[role])),
        ("replacing roles", set_roles(organization, user, &[role])),
        ("taking a role", take(organization, user, role)),
    ]
}

/// The operations that take a body, each with one that is good.
pub(crate) fn with_bodies() -> impl Iterator<Item = (&'static str, Request)> {
    let calls = all_fourteen(ACME, ALICE, VIEWER).into_iter();
    calls.filter(|(_, call)| !matches!(call.body, Body::None))
}

/// A request with another token.
pub(crate) fn with_token(request: Request, token: &str) -> Request {
    without_token(request).header("authorization", format!("Bearer {token}"))
}

pub(crate) fn without_token(request: Request) -> Request {
    request.without_header("authorization")
}

/// A refusal that says no more than its code and a few words.
pub(crate) fn refused(status: u16, code: &str) -> Outcome {
    answer(status)
        .has("code", code)
        .matches("message", "^[A-Z].+\\.$")
        .lacks("data")
        .lacks("details")
}

/// A refusal of a part of the request (query, body or params), with all that is wrong with it.
pub(crate) fn invalid(part: &str) -> Outcome {
    answer(400)
        .has("code", BAD_INPUT)
        .matches("message", &format!("\\b{part}\\b"))
        .has("data.name", "ZodError")
}

/// The same for a part that has one thing wrong with it, of this kind and at this place.
pub(crate) fn invalid_at(part: &str, code: &str, path: &Value) -> Outcome {
    let steps = path.as_array().into_iter().flatten();
    let steps: Vec<_> = steps
        .map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned))
        .collect();
    let line = format!("\"{}\" \\({code}\\)", steps.join("\\."));
    invalid(part)
        .has("data.issues.0.code", code)
        .has("data.issues.0.path", path.clone())
        .matches("data.issues.0.message", ".")
        .lacks("data.issues.1")
        .matches("details", &line)
}

pub(crate) fn ok() -> Outcome {
    answer(200)
}

/// A 201 that says nothing more.
pub(crate) fn created() -> Outcome {
    answer(201)
}

/// A 204.
pub(crate) fn done() -> Outcome {
    answer(204)
}

/// A page of members, of whom there are so many in all.
pub(crate) fn listed(users: &[&str], total: usize) -> Outcome {
    ok().lists("", "id", users)
        .header("total-number", &total.to_string())
}

/// A page of roles.
pub(crate) fn held(roles: &[&str]) -> Outcome {
    ok().lists("", "id", roles)
}

/// A request with a body that is no JSON.
pub(crate) fn broken(call: Request) -> Request {
    call.bytes_as_body("{\"name\":")
}

/// A token that does not let anybody in, with what its reader found.
pub(crate) fn bad_token() -> Outcome {
    answer(401)
        .has("code", "auth.unauthorized")
        .matches("message", "^[A-Z].+\\.$")
        .matches("data.code", "^ERR_JW[A-Z]_[A-Z_]+$")
        .matches("data.name", "^JW[A-Z]")
        .lacks("details")
        .lacks_header("www-authenticate")
}
