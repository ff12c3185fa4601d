//! Issuing invitations.

use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;
use mock_server::jiff::SignedDuration;
use serde_json::{Value, json};

use super::calls::{
    C, C_BIZ, C_OWNER, C_SUPER, C2, C2_OWNER, Calls as _, D, FREE, I_NEW, I_REG, MO, MO_OWNER, P_NEW, P_REG,
    PASSWORD, R, accept_as, created, invite, invite_with, list, not_found, not_valid, ok, read, refused,
    unusable, valid, validate,
};
use super::rules::{
    INVITE_AGAIN, INVITE_KNOWN, INVITE_LIFE, INVITE_MEMBER, INVITE_NEW, INVITE_PENDING, INVITE_URL, PANEL,
};

pub(crate) fn rows() -> Vec<Scenario> {
    [
        new(),
        known(),
        elsewhere(),
        again(),
        again_as(),
        members(),
        urls(),
        panels(),
        life(),
    ]
    .concat()
}

/// The invitation was made; its key is kept.
fn sent(name: &'static str) -> Outcome {
    created().keep_part("", "/invites/([^?]+)\\?", name)
}

fn by_owner(body: &Value) -> Request {
    invite_with(C, body).by(&C_OWNER)
}

fn newcomer() -> Request {
    list(C, "offset=7").by(&C_OWNER)
}

fn new() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&INVITE_NEW, name);
    let whole = json!({
        "email": "n@x.test", "name": "Nat New", "roles": ["Support", "Business"], "notifications": ["b", "a"]
    });
    vec![
        row("a new address becomes a pending login and a pending member, with all the invitation says")
            .clock("2026-01-01T12:00:00Z")
            .ask(by_owner(&whole), sent("key"))
            .ask(
                newcomer(),
                ok().has("total", 8)
                    .keep("items.0.id", "id")
                    .has("items.0.isActive", false)
                    .has("items.0.email", "n@x.test")
                    .has("items.0.name", "Nat New")
                    .has("items.0.roles", json!(["Support", "Business"]))
                    .has("items.0.siteAccesses", json!([]))
                    .has("items.0.notifications", json!(["b", "a"]))
                    .has("items.0.joinedAt", "2026-01-01")
                    .matches("items.0.colorCode", "^#[0-9a-f]{6}$")
                    .lacks("items.0.avatarPath")
                    .keep("items.0.loginId", "login"),
            )
            .ask(
                validate("{key}"),
                valid().has("loginId", "{login}").has("role", "Support"),
            )
            .ask(read(C, "{id}").by(&C_OWNER), ok().has("isActive", false)),
        row("an address that is known in another realm is new here")
            .ask(
                invite(C, "alien@logins.test", &["Support"]).by(&C_OWNER),
                sent("key"),
            )
            .ask(
                newcomer(),
                ok().differs("items.0.loginId", super::calls::ALIEN.login)
                    .has("items.0.name", "Ina Invited"),
            )
            .ask(accept_as("{key}", "alien@logins.test", "Secret1"), ok()),
        row("address, name and roles have to be said")
            .ask(
                by_owner(&json!({ "name": "N", "roles": ["Support"] })),
                unusable(),
            )
            .ask(
                by_owner(&json!({ "email": "n@x.test", "roles": ["Support"] })),
                unusable(),
            )
            .ask(by_owner(&json!({ "email": "n@x.test", "name": "N" })), unusable())
            .ask(invite(C, "n@x.test", &[]).by(&C_OWNER), unusable())
            .ask(invite(C, "n@x.test", &["Boss"]).by(&C_OWNER), unusable()),
        row("an address has to be one")
            .ask(
                invite(C, "nobody", &["Support"]).by(&C_OWNER),
                refused(400, "invalid_input", "invite"),
            )
            .ask(invite(C, "", &["Support"]).by(&C_OWNER), unusable())
            .ask(invite(C, "a b@x.test", &["Support"]).by(&C_OWNER), unusable()),
    ]
}

fn known() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&INVITE_KNOWN, name);
    vec![
        row("a registered login stays as it is, its name too")
            .ask(invite(C, FREE.email, &["Support"]).by(&C_OWNER), sent("key"))
            .ask(
                newcomer(),
                ok().has("items.0.loginId", FREE.login)
                    .has("items.0.name", "Fred Free")
                    .has("items.0.colorCode", "#70c1b3")
                    .has("items.0.isActive", false),
            )
            .ask(
                accept_as("{key}", FREE.email, "another"),
                super::calls::forbidden(),
            )
            .ask(accept_as("{key}", FREE.email, PASSWORD), ok()),
        row("a member of another organization can be invited")
            .ask(
                invite(C, "owner@customer2.test", &["Support"]).by(&C_OWNER),
                sent("key"),
            )
            .ask(newcomer(), ok().has("items.0.loginId", C2_OWNER.login)),
    ]
}

fn elsewhere() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&INVITE_PENDING, name);
    vec![
        row("who is invited in two organizations is one pending login with two members")
            .ask(invite(C2, P_NEW.email, &["Business"]).by(&C2_OWNER), sent("key"))
            .ask(
                list(C2, "").by(&C2_OWNER),
                ok().has("total", 2)
                    .has("items.1.loginId", P_NEW.login)
                    .differs("items.1.id", P_NEW.member)
                    .has("items.1.roles", json!(["Business"]))
                    .has("items.1.isActive", false),
            )
            .ask(
                validate("{key}"),
                valid().has("orgId", C2).has("loginId", P_NEW.login),
            )
            .ask(validate(I_NEW), valid().has("orgId", C)),
    ]
}

fn again() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&INVITE_AGAIN, name);
    let new = || invite(C, "n@x.test", &["Support"]).by(&C_OWNER);
    vec![
        row("the key is another, and the member the same")
            .ask(new(), sent("first"))
            .ask(newcomer(), ok().keep("items.0", "member"))
            .ask(new(), sent("second").differs("", "{first}"))
            .ask(newcomer(), ok().has("items", json!(["{member}"])).has("total", 8)),
        row("the old key is worth nothing any more")
            .ask(new(), sent("first"))
            .ask(new(), sent("second"))
            .ask(validate("{first}"), not_valid())
            .ask(accept_as("{first}", "n@x.test", "Secret1"), not_found("invite"))
            .ask(validate("{second}"), valid())
            .ask(accept_as("{second}", "n@x.test", "Secret1"), ok()),
        row("a registered login's invitation is replaced in the same way")
            .ask(invite(C, P_REG.email, &["Support"]).by(&C_OWNER), sent("key"))
            .ask(validate(I_REG), not_valid())
            .ask(
                validate("{key}"),
                valid().has("role", "Support").has("loginId", P_REG.login),
            )
            .ask(list(C, "").by(&C_OWNER), ok().has("total", 7)),
        row("an address in another case is the same")
            .ask(new(), sent("first"))
            .ask(invite(C, "N@X.test", &["Support"]).by(&C_OWNER), sent("second"))
            .ask(validate("{first}"), not_valid())
            .ask(newcomer(), ok().has("total", 8)),
    ]
}

fn again_as() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&INVITE_AGAIN, name);
    let first = json!({ "email": "n@x.test", "name": "One", "roles": ["SiteAccess"],
        "siteAccesses": [super::calls::W1], "notifications": ["a"] });
    let second = json!({ "email": "n@x.test", "name": "Two", "roles": ["Support"] });
    vec![
        row("the latest invitation settles roles, websites, notifications and the name")
            .ask(by_owner(&first), sent("key"))
            .ask(
                newcomer(),
                ok().has("items.0.siteAccesses", json!([super::calls::W1]))
                    .has("items.0.name", "One"),
            )
            .ask(by_owner(&second), sent("key"))
            .ask(
                newcomer(),
                ok().has("items.0.roles", json!(["Support"]))
                    .has("items.0.siteAccesses", json!([]))
                    .has("items.0.notifications", json!([]))
                    .has("items.0.name", "Two"),
            )
            .ask(validate("{key}"), valid().has("role", "Support")),
        row("a registered login keeps its name")
            .ask(invite(C, P_REG.email, &["Support"]).by(&C_OWNER), sent("key"))
            .ask(
                read(C, P_REG.member).by(&C_OWNER),
                ok().has("name", "Reggie Reg").has("roles", json!(["Support"])),
            ),
    ]
}

fn members() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&INVITE_MEMBER, name);
    let there = || refused(400, "already_exists", "member");
    vec![
        row("a member cannot be invited")
            .ask(invite(C, C_BIZ.email, &["Support"]).by(&C_OWNER), there())
            .ask(invite(C, C_OWNER.email, &["Support"]).by(&C_SUPER), there())
            .ask(invite(C, C_OWNER.email, &["Owner"]).by(&C_SUPER), there())
            .ask(invite(MO, "owner@mo.test", &["Support"]).by(&MO_OWNER), there()),
        row("who has accepted cannot be invited again")
            .given(accept_as(I_REG, P_REG.email, PASSWORD))
            .ask(invite(C, P_REG.email, &["Support"]).by(&C_OWNER), there()),
    ]
}

fn urls() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&INVITE_URL, name);
    let uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    let url = |email: &str| format!("^http://panel\\.reseller\\.test/invites/{uuid}\\?email={email}$");
    let mut rows = vec![
        row("it has panel, key and address").ask(
            invite(C, "n@x.test", &["Support"]).by(&C_OWNER),
            created().matches("", &url("n(@|%40)x\\.test")),
        ),
        row("it is returned whether a mail is sent or not").ask(
            by_owner(&json!({ "email": "n@x.test", "name": "N", "roles": ["Support"], "sendEmail": false })),
            created().matches("", &url("n(@|%40)x\\.test")),
        ),
    ];
    for (email, encoded) in [
        ("a+b@x.test", "a%2Bb(@|%40)x\\.test"),
        ("a&b@x.test", "a%26b(@|%40)x\\.test"),
        ("a#b@x.test", "a%23b(@|%40)x\\.test"),
        ("a%b@x.test", "a%25b(@|%40)x\\.test"),
    ] {
        rows.push(
            row(&format!("the address is encoded where it has to be ({email})")).ask(
                invite(C, email, &["Support"]).by(&C_OWNER),
                created().matches("", &url(encoded)),
            ),
        );
    }
    rows
}

fn panels() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&PANEL, name);
    let on = |panel: &str| created().matches("", &format!("^http://{}/invites/", panel.replace('.', "\\.")));
    let fixtures = "
extends: true
enhance:
  organizations:
    - { id: 11111111-1111-4111-8111-111111111111, name: Bare Reseller, parent: ecc4f538-0a52-427a-9ea0-e77b1a092eb8 }
    - { id: 22222222-2222-4222-8222-222222222222, name: Far Customer, parent: 11111111-1111-4111-8111-111111111111, panel_domain: panel.far.test }
";
    vec![
        row("a reseller's customers have the reseller's")
            .ask(
                invite(C, "n@x.test", &["Support"]).by(&MO_OWNER),
                on("panel.reseller.test"),
            )
            .ask(
                invite(C2, "n@x.test", &["Support"]).by(&MO_OWNER),
                on("panel.reseller.test"),
            ),
        row("a reseller has that of the one above it, in spite of its own").ask(
            invite(R, "n@x.test", &["Support"]).by(&MO_OWNER),
            on("panel.mo.test"),
        ),
        row("the master organization's customers have its own, and so has itself")
            .ask(
                invite(D, "n@x.test", &["Support"]).by(&MO_OWNER),
                on("panel.mo.test"),
            )
            .ask(
                invite(MO, "n@x.test", &["Support"]).by(&MO_OWNER),
                on("panel.mo.test"),
            ),
        row("without one it is that of the next above that has one")
            .fixtures(fixtures)
            .ask(
                invite("22222222-2222-4222-8222-222222222222", "n@x.test", &["Support"]).by(&MO_OWNER),
                on("panel.reseller.test"),
            ),
    ]
}

fn life() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&INVITE_LIFE, name).clock("2026-01-01T00:00:00Z");
    let new = || invite(C, "n@x.test", &["Support"]).by(&C_OWNER);
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    vec![
        row("it is open for ten days")
            .ask(new(), sent("key"))
            .advance(days(10) - SignedDuration::from_secs(1))
            .ask(validate("{key}"), valid())
            .ask(accept_as("{key}", "n@x.test", "Secret1"), ok()),
        row("after ten days it is worth nothing, and the member stays pending")
            .ask(new(), sent("key"))
            .advance(days(10) + SignedDuration::from_secs(1))
            .ask(validate("{key}"), not_valid())
            .ask(accept_as("{key}", "n@x.test", "Secret1"), not_found("invite"))
            .ask(newcomer(), ok().has("items.0.isActive", false).has("total", 8)),
        row("who was too late can be invited again, as the same member")
            .ask(new(), sent("key"))
            .ask(newcomer(), ok().keep("items.0.id", "id"))
            .advance(days(11))
            .ask(new(), sent("key"))
            .ask(newcomer(), ok().has("items.0.id", "{id}").has("total", 8))
            .ask(validate("{key}"), valid())
            .ask(accept_as("{key}", "n@x.test", "Secret1"), ok()),
        row("a newer invitation has ten days of its own")
            .ask(new(), sent("key"))
            .advance(days(9))
            .ask(new(), sent("key"))
            .advance(days(9))
            .ask(validate("{key}"), valid()),
    ]
}
