//! Enhance's operations as requests, and who and what there is in the built-in fixtures.

use contract_tests::scenario::{Outcome, answer};
use contract_tests::spec::{Spec, specs};
use contract_tests::wire::Request;
use serde_json::{Value, json};

/// The master organization, the root of all.
pub(crate) const MO: &str = "b5da37cf-cdbc-413a-ac1d-7e3f023a9f2c";
/// A reseller below it.
pub(crate) const R: &str = "ecc4f538-0a52-427a-9ea0-e77b1a092eb8";
/// A customer of the reseller.
pub(crate) const C: &str = "c2d94473-b911-4f5f-bc9c-77efd52d8f8f";
/// Another one.
pub(crate) const C2: &str = "7d4fbf88-4f9f-403e-9fcc-534a8313ced6";
/// A customer of the master organization that nobody owns.
pub(crate) const D: &str = "591ca6b7-6fdb-43cf-91a9-fa1dc5fb644a";

/// Websites of the customer.
pub(crate) const W1: &str = "562b0076-285a-4680-9b6e-d2b994a2c01f";
pub(crate) const W2: &str = "0afd7b93-5a91-4e96-8f97-1f7cf7d6a803";
/// A website of the other customer.
pub(crate) const W3: &str = "bc1a40ff-0c7e-46ce-b79c-c0fafeb93b4e";

/// Open invitations: of a login without a password, and of a registered one.
pub(crate) const I_NEW: &str = "48d9d0a7-2cc6-4d4d-863f-3874c5d08560";
pub(crate) const I_REG: &str = "393a3f79-a87f-4491-bedf-72932b7ad663";
/// One that was accepted.
pub(crate) const I_USED: &str = "b5160dcc-c9b5-490f-9ecc-693d586043da";
/// One that is too old.
pub(crate) const I_OLD: &str = "22c480e5-56ad-473e-a8e5-1f9622799a93";

/// Access tokens: SuperAdmin of the master organization and of the customer, Business there, and one that has expired.
pub(crate) const T_MO: Token = Token {
    id: "e4cf3f02-ef56-4b2d-bd86-7db6bf8c7abd",
    secret: "mock-token",
};
pub(crate) const T_C: Token = Token {
    id: "f345a58a-5816-4976-b636-d1c87df0aead",
    secret: "mock-token-customer",
};
pub(crate) const T_BIZ: Token = Token {
    id: "4959a10f-8024-4c5d-a192-c4c3f3b94637",
    secret: "mock-token-business",
};
pub(crate) const T_DEAD: Token = Token {
    id: "f5708a39-40f2-445f-9180-5dd1e5b07e0f",
    secret: "mock-token-dead",
};

/// The id of nothing.
pub(crate) const NOPE: &str = "2dbad576-228c-4208-b3a6-2c403cee7b38";

/// The session that has ended.
pub(crate) const ENDED: &str = "mock-session-ended";
/// The password of every login that has one.
pub(crate) const PASSWORD: &str = "mock-password";

/// An access token.
pub(crate) struct Token {
    pub(crate) id: &'static str,
    pub(crate) secret: &'static str,
}

/// A login, with its membership where it has one.
pub(crate) struct Person {
    pub(crate) login: &'static str,
    pub(crate) member: &'static str,
    pub(crate) email: &'static str,
    pub(crate) session: &'static str,
}

/// Owner of the master organization.
pub(crate) static MO_OWNER: Person = Person {
    login: "41337dd6-db31-4a8c-a3e4-514f8ca902c8",
    member: "c65ce0b8-bb6e-4caa-bf4d-547f19db9bf3",
    email: "owner@mo.test",
    session: "mock-session",
};
pub(crate) static MO_SUPER: Person = Person {
    login: "06647efb-540a-4d0a-ab1e-f43703e8d04b",
    member: "7d0b7a06-24d1-4c1c-89b4-0bf17b984455",
    email: "super@mo.test",
    session: "mock-session-mo-super",
};
pub(crate) static MO_SYS: Person = Person {
    login: "84672212-22af-4575-909d-09223cef8f4c",
    member: "8199eae7-4332-4bc6-ad39-d1da5ba66f63",
    email: "sys@mo.test",
    session: "mock-session-mo-sys",
};
pub(crate) static MO_SUPPORT: Person = Person {
    login: "e0d43952-bd97-4375-bc19-7b6638179ba9",
    member: "68e09f14-8192-4314-9756-252454d371b2",
    email: "support@mo.test",
    session: "mock-session-mo-support",
};
/// Owner of the reseller.
pub(crate) static R_OWNER: Person = Person {
    login: "e3e7a30e-3914-4ec2-8075-26e56a54e818",
    member: "57c9d711-0204-42cd-a98c-e78b59642f47",
    email: "owner@reseller.test",
    session: "mock-session-r-owner",
};
pub(crate) static R_SUPER: Person = Person {
    login: "80703246-7e38-405a-aea1-759ab5cf114a",
    member: "3145f4b1-d12b-4619-8c32-f95946fca1d7",
    email: "super@reseller.test",
    session: "mock-session-r-super",
};
/// Owner of the other customer.
pub(crate) static C2_OWNER: Person = Person {
    login: "9489251b-e681-40cc-8a04-35892c98d360",
    member: "1fc0c8ef-345b-418c-92cd-9275d6e8f52f",
    email: "owner@customer2.test",
    session: "mock-session-c2-owner",
};
/// A login of the realm of the customers, without a membership.
pub(crate) static FREE: Person = Person {
    login: "7ec6f54a-b558-40b0-84f9-d11ade5b049d",
    member: "",
    email: "free@logins.test",
    session: "mock-session-free",
};
/// A login of the master realm, without a membership.
pub(crate) static ALIEN: Person = Person {
    login: "8f4031fa-096b-42d1-91ce-5196e1692c00",
    member: "",
    email: "alien@logins.test",
    session: "mock-session-alien",
};
pub(crate) static C_OWNER: Person = Person {
    login: "e303c5ee-1e3e-41ac-924d-8102a0a38b91",
    member: "973eb64f-c7f2-4e89-9155-bec1b4b7ef32",
    email: "owner@customer.test",
    session: "mock-session-c-owner",
};
pub(crate) static C_SUPER: Person = Person {
    login: "da818713-fd02-43ed-93df-47bf39cfbf04",
    member: "ede00f77-ced1-4a23-b154-4a3ca8333869",
    email: "super@customer.test",
    session: "mock-session-c-super",
};
pub(crate) static C_SYS: Person = Person {
    login: "d116eea4-7531-440d-b63a-60f0b66f3ef2",
    member: "2fa5c6ca-2688-4aa7-abe0-220f641018b6",
    email: "sys@customer.test",
    session: "mock-session-c-sys",
};
pub(crate) static C_BIZ: Person = Person {
    login: "c50b80a0-4c04-443f-bb66-4a105562f81c",
    member: "191c255b-3e8b-44e9-930f-fa75a0bff66f",
    email: "biz@customer.test",
    session: "mock-session-c-biz",
};
pub(crate) static C_SITE: Person = Person {
    login: "54c181c8-a4d6-4330-b29b-c6e22211f9b3",
    member: "0c0b637a-6c2e-4fe8-9bce-f078e3acf019",
    email: "site@customer.test",
    session: "mock-session-c-site",
};
/// Pending in the customer, without a password.
pub(crate) static P_NEW: Person = Person {
    login: "c10ee47e-e0e6-4b0f-9088-f556190af61b",
    member: "e955889c-2e7c-421d-a262-78a80c831256",
    email: "new@customer.test",
    session: "",
};
/// Pending in the customer, registered.
pub(crate) static P_REG: Person = Person {
    login: "9a07d4ae-c564-4657-b3b4-c2030a780d41",
    member: "4c46ca44-5d2b-4a59-8872-453d754fc284",
    email: "reg@customer.test",
    session: "mock-session-p-reg",
};

/// The members of the customer, in the order they came.
pub(crate) static C_MEMBERS: [&Person; 7] = [&C_OWNER, &C_SUPER, &C_SYS, &C_BIZ, &C_SITE, &P_NEW, &P_REG];

/// Who calls.
pub(crate) trait Calls {
    /// With the session of a login.
    fn by(self, person: &Person) -> Self;
    /// With this value as the session.
    fn in_session(self, session: &str) -> Self;
    /// With an access token.
    fn with(self, secret: &str) -> Self;
}

impl Calls for Request {
    fn by(self, person: &Person) -> Self {
        self.in_session(person.session)
    }

    fn in_session(self, session: &str) -> Self {
        self.header("cookie", format!("id0={session}"))
    }

    fn with(self, secret: &str) -> Self {
        self.header("authorization", format!("Bearer {secret}"))
    }
}

pub(crate) fn spec() -> &'static Spec {
    let mut specs = specs().iter();
    specs
        .find(|spec| spec.name == "enhance")
        .expect("there is a document of Enhance's")
}

pub(crate) fn make_token(org: &str, body: &Value) -> Request {
    Request::new("POST", format!("/orgs/{org}/access_tokens")).json(body)
}

pub(crate) fn tokens(org: &str) -> Request {
    Request::new("GET", format!("/orgs/{org}/access_tokens"))
}

pub(crate) fn drop_token(org: &str, token: &str) -> Request {
    Request::new("DELETE", format!("/orgs/{org}/access_tokens/{token}"))
}

pub(crate) fn add_with(org: &str, body: &Value) -> Request {
    Request::new("POST", format!("/orgs/{org}/members")).json(body)
}

pub(crate) fn add(org: &str, login: &str, roles: &[&str]) -> Request {
    add_with(org, &json!({ "loginId": login, "roles": roles }))
}

/// Listing with a query like this.
pub(crate) fn list(org: &str, query: &str) -> Request {
    let separator = if query.is_empty() { "" } else { "?" };
    Request::new("GET", format!("/orgs/{org}/members{separator}{query}"))
}

pub(crate) fn read(org: &str, member: &str) -> Request {
    Request::new("GET", format!("/orgs/{org}/members/{member}"))
}

pub(crate) fn update(org: &str, member: &str, body: &Value) -> Request {
    Request::new("PUT", format!("/orgs/{org}/members/{member}")).json(body)
}

pub(crate) fn remove(org: &str, member: &str) -> Request {
    Request::new("DELETE", format!("/orgs/{org}/members/{member}"))
}

pub(crate) fn login_link(org: &str, member: &str) -> Request {
    Request::new("GET", format!("/orgs/{org}/members/{member}/sso"))
}

pub(crate) fn hand_over_with(org: &str, body: &Value) -> Request {
    Request::new("PUT", format!("/orgs/{org}/owner")).json(body)
}

pub(crate) fn hand_over(org: &str, member: &str) -> Request {
    hand_over_with(org, &json!({ "memberId": member }))
}

pub(crate) fn take_ownership(org: &str) -> Request {
    Request::new("DELETE", format!("/orgs/{org}/owner"))
}

pub(crate) fn invite_with(org: &str, body: &Value) -> Request {
    Request::new("POST", format!("/orgs/{org}/invites")).json(body)
}

pub(crate) fn invite(org: &str, email: &str, roles: &[&str]) -> Request {
    invite_with(
        org,
        &json!({ "email": email, "name": "Ina Invited", "roles": roles }),
    )
}

/// Accepting without a body.
pub(crate) fn accept(key: &str) -> Request {
    Request::new("POST", format!("/invites/{key}"))
}

pub(crate) fn accept_as(key: &str, email: &str, password: &str) -> Request {
    accept(key).json(&json!({ "email": email, "password": password }))
}

pub(crate) fn validate(key: &str) -> Request {
    Request::new("POST", format!("/invites/{key}/validate"))
}

/// The twelve operations that take a credential, on things of an organization.
pub(crate) fn all_twelve(org: &str, member: &str, token: &str) -> [(&'static str, Request); 12] {
    let email = "somebody@x.test";
    [
        (
            "making a token",
            make_token(org, &json!({ "roles": ["Support"] })),
        ),
        ("listing the tokens", tokens(org)),
        ("deleting a token", drop_token(org, token)),
        ("adding a member", add(org, FREE.login, &["Support"])),
        ("listing the members", list(org, "")),
        ("reading a member", read(org, member)),
        (
            "changing a member",
            update(org, member, &json!({ "roles": ["Support"] })),
        ),
        ("removing a member", remove(org, member)),
        ("making a login link", login_link(org, member)),
        ("handing over the ownership", hand_over(org, member)),
        ("taking the ownership away", take_ownership(org)),
        ("inviting", invite(org, email, &["Support"])),
    ]
}

pub(crate) fn ok() -> Outcome {
    answer(200)
}

pub(crate) fn created() -> Outcome {
    answer(201)
}

pub(crate) fn gone() -> Outcome {
    answer(204)
}

/// A refusal with a code, and with the kind of thing it is about, if it is about one.
pub(crate) fn refused(status: u16, code: &str, detail: &str) -> Outcome {
    let refusal = answer(status).has("code", code).matches("message", "^\\S.+\\S$");
    if detail.is_empty() {
        refusal.lacks("detail")
    } else {
        refusal.has("detail", detail)
    }
}

pub(crate) fn unauthenticated() -> Outcome {
    answer(401).has("code", "invalid_session")
}

pub(crate) fn forbidden() -> Outcome {
    answer(403).has("code", "insufficient_privileges")
}

pub(crate) fn unusable() -> Outcome {
    answer(400).has("code", "invalid_input")
}

pub(crate) fn not_found(detail: &str) -> Outcome {
    refused(404, "not_found", detail)
}

/// The listing shows these members, in this order.
pub(crate) fn shows(members: &[&Person]) -> Outcome {
    let ids: Vec<_> = members.iter().map(|person| person.member).collect();
    ok().lists("items", "id", &ids).has("total", members.len())
}

/// The invitation is open.
pub(crate) fn valid() -> Outcome {
    ok().has("isValid", true).unchanged()
}

/// The invitation is not open, and nothing is said of it.
pub(crate) fn not_valid() -> Outcome {
    ok().has("", json!({ "isValid": false })).unchanged()
}
