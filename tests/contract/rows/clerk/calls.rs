//! Clerk's operations as requests, and who and what there is in the built-in fixtures.

use contract_tests::credentials::with_credentials;
use contract_tests::scenario::{Outcome, answer};
use contract_tests::spec::{Spec, specs};
use contract_tests::wire::Request;
use serde_json::{Value, json};

pub(crate) const ACME: &str = "org_29w9IfBrPmcpi0IeBVaKtA7R94W";
pub(crate) const SOLO: &str = "org_29w9KzczMSpxkMzN5E6EUCLDUdv";
pub(crate) const FULL: &str = "org_29w9Mrdr0UwfMpf5rg7wOojmCUu";
pub(crate) const EMPTY: &str = "org_29w9PnBRoeL5pykPTPly5kAA819";
/// Of the other instance.
pub(crate) const ELSEWHERE: &str = "org_2OEpQK6tVbXr8YwPc2ZsNmLd4Hg";
/// Of none.
pub(crate) const NOWHERE: &str = "org_000000000000000000000000000";

pub(crate) const ADA: &str = "user_29w83sxmDNGwOuEthce5gg56FcC";
pub(crate) const BOB: &str = "user_29w84BKy9Pf34qY6Nb3wWD25RQ4";
pub(crate) const CY: &str = "user_29w85KF5ZR3qa7yEeeby3abP3E2";
pub(crate) const DEE: &str = "user_29w86RZs8IQ9Y7aJZqhB6baeCN6";
pub(crate) const EVE: &str = "user_29w87cZj4a3dDVhYRnKTbxTNJFo";
pub(crate) const FAY: &str = "user_29w88qBinF5aJXVuLkSIc47WQAm";
pub(crate) const GUS: &str = "user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb";
pub(crate) const HAL: &str = "user_2OEpLsL9xVQ2zg4mZaouqKLiMcV";
pub(crate) const JAN: &str = "user_2OEpN1IjOugM1yTMAd7V3DnI8lF";
/// Of the other instance.
pub(crate) const TOM: &str = "user_2OEpQ7dWmYv3XkZc9RjLfTs5bNe";
/// Of none.
pub(crate) const NOBODY: &str = "user_000000000000000000000000000";

/// Acme's members, newest first.
pub(crate) const ACME_MEMBERS: [&str; 14] = [
    "user_2OEpPfCpFqPlpECXVMk11oHUGCi",
    "user_2OEpPQsGXNwAMnEYYnWLeEdpoms",
    "user_2OEpPCiAX1DyyXN9iYw1mXJft5i",
    "user_2OEpP0McNU77sVTUUJ596lLlGUr",
    "user_2OEpNoc360a9Y6yNd14tDdO9eGz",
    "user_2OEpNbythpZPPPP6UeP3C4DSA7L",
    "user_2OEpNTQYNdaKy8isWydfhl3Tvtn",
    "user_2OEpNGhuOzE95B9EgE0VrbBGI09",
    "user_2OEpN9PPwtV5ASPZHu8qRtZHjQM",
    JAN,
    DEE,
    CY,
    BOB,
    ADA,
];

/// A good key that may not add members.
pub(crate) const RESTRICTED: &str = "sk_test_rollcall_restricted";
/// A good key of the instance that has organizations switched off.
pub(crate) const PLAIN: &str = "sk_test_rollcall_plain";

/// Where a member's user is in a membership.
pub(crate) const USER: &str = "public_user_data.user_id";

pub(crate) fn spec() -> &'static Spec {
    let mut specs = specs().iter();
    specs
        .find(|spec| spec.name == "clerk")
        .expect("there is a document of Clerk's")
}

/// A request with the key that opens the first instance.
pub(crate) fn request(method: &str, target: impl Into<String>) -> Request {
    with_credentials(spec(), &spec().operations[0], Request::new(method, target))
}

pub(crate) fn memberships(organization: &str) -> String {
    format!("/v1/organizations/{organization}/memberships")
}

pub(crate) fn membership(organization: &str, user: &str) -> String {
    format!("{}/{user}", memberships(organization))
}

/// Adding with a body like this.
pub(crate) fn create_with(organization: &str, body: &Value) -> Request {
    request("POST", memberships(organization)).json(body)
}

pub(crate) fn create(organization: &str, user: &str, role: &str) -> Request {
    create_with(organization, &json!({ "user_id": user, "role": role }))
}

/// Listing with a query like this.
pub(crate) fn list(organization: &str, query: &str) -> Request {
    let separator = if query.is_empty() { "" } else { "?" };
    request("GET", format!("{}{separator}{query}", memberships(organization)))
}

/// Changing the role with a body like this.
pub(crate) fn update_with(organization: &str, user: &str, body: &Value) -> Request {
    request("PATCH", membership(organization, user)).json(body)
}

pub(crate) fn update(organization: &str, user: &str, role: &str) -> Request {
    update_with(organization, user, &json!({ "role": role }))
}

pub(crate) fn merge(organization: &str, user: &str, body: &Value) -> Request {
    request("PATCH", format!("{}/metadata", membership(organization, user))).json(body)
}

pub(crate) fn remove(organization: &str, user: &str) -> Request {
    request("DELETE", membership(organization, user))
}

/// All five operations on a member, or on somebody who is none.
pub(crate) fn all_five(organization: &str, user: &str) -> [(&'static str, Request); 5] {
    [
        ("adding", create(organization, user, "org:member")),
        ("listing", list(organization, "")),
        ("changing a role", update(organization, user, "org:member")),
        ("removing", remove(organization, user)),
        ("merging metadata", merge(organization, user, &json!({}))),
    ]
}

/// A request with another key.
pub(crate) fn with_key(request: Request, key: &str) -> Request {
    without_key(request).header("authorization", format!("Bearer {key}"))
}

pub(crate) fn without_key(request: Request) -> Request {
    request.without_header("authorization")
}

/// A refusal that is about no parameter.
pub(crate) fn refused(status: u16, code: &str) -> Outcome {
    answer(status)
        .has("errors.0.code", code)
        .lacks("errors.0.meta")
        .lacks("errors.1")
}

/// A refusal that is about one parameter.
pub(crate) fn refused_for(status: u16, code: &str, parameter: &str) -> Outcome {
    answer(status)
        .has("errors.0.code", code)
        .has("errors.0.meta", json!({ "param_name": parameter }))
        .lacks("errors.1")
}

pub(crate) fn ok() -> Outcome {
    answer(200)
}
