//! WhyLabs' operations as requests, and who and what there is in the built-in fixtures.

use contract_tests::credentials::with_credentials;
use contract_tests::scenario::{Outcome, answer};
use contract_tests::spec::{Spec, specs};
use contract_tests::wire::Request;
use serde_json::{Value, json};

pub(crate) const ACME: &str = "org-123";
/// Takes addresses at acme.ai and acme.com only.
pub(crate) const DOMAINS: &str = "org-dom1";
/// On the free tier, and full.
pub(crate) const FREE: &str = "org-free25";
pub(crate) const EMPTY: &str = "org-empty1";
/// Deleted, with one membership left over.
pub(crate) const GONE: &str = "org-gone1";
pub(crate) const NOWHERE: &str = "org-nope";

pub(crate) const ADMIN: &str = "admin@acme.ai";
pub(crate) const MEMBER: &str = "member@acme.ai";
pub(crate) const VIEWER: &str = "viewer@acme.ai";
/// A member of two organizations.
pub(crate) const MULTI: &str = "multi@acme.ai";
/// A member of Acme by a login only.
pub(crate) const CLAIM: &str = "claim@acme.ai";
/// A user whose record is gone.
pub(crate) const ORPHAN: &str = "orphan@acme.ai";
/// A member of nothing.
pub(crate) const USER: &str = "user@whylabs.ai";
pub(crate) const SPARE: &str = "spare@free.example";
pub(crate) const OUTSIDER: &str = "outsider@gmail.com";
/// Nobody's address.
pub(crate) const GHOST: &str = "ghost@acme.ai";

/// Acme's members, in the order they joined.
pub(crate) const ACME_MEMBERS: [&str; 4] = [ADMIN, MEMBER, VIEWER, MULTI];

pub(crate) const ADMIN_ID: &str = "user-78ee8230463e698507825d85badf4f8a6c36a756fc6f74d734e8d8d908a1370d";
pub(crate) const MEMBER_ID: &str = "user-5e6282958b87e1de633a73d55acd28fb52fffc7dbfa9730ae485ec48501a9d23";
pub(crate) const CLAIM_ID: &str = "user-203530abf8f19b4ad7df1d833a6dadd0a7a70ae3c5d8c5ffae16d1fef0362bbe";
pub(crate) const USER_ID: &str = "user-928e877226c67a07fcb2396a8ef97cb38761548f0413989aeb9016ccb3303cb5";

pub(crate) const ADMIN_KEY: &str = "K1Admin123.Org123AdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
pub(crate) const USER_KEY: &str = "K2User1234.Org123UserScopeKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
pub(crate) const EXPIRED_KEY: &str = "K3Expired1.Org123ExpiredAdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxx";
pub(crate) const REVOKED_KEY: &str = "K4Revoked1.Org123RevokedAdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxx";
pub(crate) const FREE_KEY: &str = "K5FreeAdm1.OrgFree25AdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
pub(crate) const DOMAINS_KEY: &str = "K6DomAdmin.OrgDom1AdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
pub(crate) const GONE_KEY: &str = "K7GoneAdm1.OrgGone1AdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
pub(crate) const STAFF_KEY: &str = "K8SuperAdm.WhyLabsOrg0SuperAdministratorKeyxxxxxxxxxxxxxxxxxxxxx";
pub(crate) const SCOPELESS_KEY: &str = "K9NoScope1.Org123NullScopesKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
pub(crate) const EMPTY_KEY: &str = "KAEmptyAdm.OrgEmpty1AdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
/// Good until the year 2100.
pub(crate) const LASTING_KEY: &str = "KBLasting1.Org123AdministratorKeyUntilTheYear2100xxxxxxxxxxxxxxx";
/// Of the right form, and nobody's.
pub(crate) const UNKNOWN_KEY: &str = "KUnknown12.NobodyHasThisKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

pub(crate) fn spec() -> &'static Spec {
    let mut specs = specs().iter();
    specs
        .find(|spec| spec.name == "whylabs")
        .expect("there is a document of WhyLabs'")
}

/// A request with the key of Acme's administrator.
pub(crate) fn request(method: &str, target: impl Into<String>) -> Request {
    with_credentials(spec(), &spec().operations[0], Request::new(method, target))
}

pub(crate) fn path(organization: &str) -> String {
    format!("/v0/organizations/{organization}/membership")
}

/// Adding with a query like this.
pub(crate) fn create_with(organization: &str, query: &str) -> Request {
    request("POST", format!("{}?{query}", path(organization)))
}

pub(crate) fn create(organization: &str, email: &str, role: &str) -> Request {
    create_with(organization, &format!("email={email}&role={role}"))
}

pub(crate) fn list(organization: &str) -> Request {
    request("GET", path(organization))
}

/// Changing the role with a query like this.
pub(crate) fn update_with(organization: &str, query: &str) -> Request {
    request("PUT", format!("{}?{query}", path(organization)))
}

pub(crate) fn update(organization: &str, email: &str, role: &str) -> Request {
    update_with(organization, &format!("email={email}&role={role}"))
}

pub(crate) fn remove(organization: &str, email: &str) -> Request {
    request("DELETE", format!("{}?email={email}", path(organization)))
}

/// All four operations on a member, or on somebody who is none.
pub(crate) fn all_four(organization: &str, email: &str) -> [(&'static str, Request); 4] {
    [
        ("adding", create(organization, email, "MEMBER")),
        ("listing", list(organization)),
        ("changing a role", update(organization, email, "MEMBER")),
        ("removing", remove(organization, email)),
    ]
}

/// A request with another key.
pub(crate) fn with_key(request: Request, key: &str) -> Request {
    without_key(request).header("x-api-key", key)
}

pub(crate) fn without_key(request: Request) -> Request {
    request.without_header("x-api-key")
}

/// A refusal by the application, or for the key.
pub(crate) fn refused(status: u16, kind: &str, message: &str) -> Outcome {
    answer(status)
        .has("type", kind)
        .has("message", message)
        .keep_header("x-request-id", "id of the refusal")
        .has("requestId", "{id of the refusal}")
        .lacks("parameter")
        .lacks("_embedded")
        .lacks("_links")
}

pub(crate) fn no_key() -> Outcome {
    refused(401, "Unauthorized", "Send an API key in the X-API-Key header.")
}

pub(crate) fn forbidden(message: &str) -> Outcome {
    refused(403, "Forbidden", message)
}

pub(crate) fn other_organization(organization: &str) -> Outcome {
    forbidden(&format!("The API key does not belong to {organization}."))
}

pub(crate) fn no_administrator() -> Outcome {
    forbidden("The API key lacks the administrator scope.")
}

/// The framework's refusal of a parameter.
pub(crate) fn unreadable(parameter: &str, complaint: &str) -> Outcome {
    answer(400)
        .has("message", "Bad Request")
        .has(
            "_embedded",
            json!({ "errors": [{
                "message": format!("The query parameter [{parameter}] {complaint}"),
                "path": format!("/{parameter}"),
            }] }),
        )
        .has("_links.self.templated", false)
        .lacks("requestId")
        .lacks("type")
}

pub(crate) fn missing(parameter: &str) -> Outcome {
    unreadable(parameter, "is required but was not sent.")
}

pub(crate) fn unusable(parameter: &str, value: &str) -> Outcome {
    unreadable(parameter, &format!("cannot take the value [{value}]."))
}

pub(crate) fn no_organization(organization: &str) -> Outcome {
    let message = format!("No Organization {organization} was found.");
    refused(404, "ResourceNotFound", &message)
}

pub(crate) fn no_user(domain: &str) -> Outcome {
    let message = format!("No User with an e-mail address at {domain} was found.");
    refused(404, "UserNotFound", &message)
}

pub(crate) fn no_membership(user: &str, organization: &str) -> Outcome {
    let message = format!("No Membership {user}/{organization} was found.");
    refused(404, "MembershipNotFound", &message)
}

pub(crate) fn full() -> Outcome {
    let message = "This organization has as many memberships as it may have.";
    refused(400, "IllegalArgument", message)
}

pub(crate) fn duplicate(email: &str, organization: &str) -> Outcome {
    let message = format!("{email} already belongs to {organization}.");
    refused(400, "IllegalArgument", &message)
}

/// A refusal of an address that is not at acme.ai or acme.com.
pub(crate) fn not_allowed(domain: &str) -> Outcome {
    let message = format!("Addresses at {domain} cannot join {DOMAINS}, which allows acme.ai, acme.com.");
    refused(400, "IllegalArgument", &message)
}

pub(crate) fn ok() -> Outcome {
    answer(200)
}

/// A membership, as adding and changing answer it.
pub(crate) fn membership(organization: &str, user: &str, role: &str, default: bool) -> Outcome {
    let body = json!({ "orgId": organization, "role": role, "userId": user, "default": default });
    ok().has("", body)
}

/// A list of these members, in this order.
pub(crate) fn listed(emails: &[&str]) -> Outcome {
    ok().lists("memberships", "email", emails)
}

/// A list of members with these values at a place of each.
pub(crate) fn listed_with<T: Clone + Into<Value>>(emails: &[&str], place: &str, values: &[T]) -> Outcome {
    listed(emails).lists("memberships", place, values)
}

/// A refusal by the application, whatever it says.
pub(crate) fn answer_of_kind(status: u16, kind: &str) -> Outcome {
    answer(status).has("type", kind).lacks("_embedded")
}
