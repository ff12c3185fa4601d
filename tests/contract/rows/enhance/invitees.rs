//! Who is invited as what: owners, collaborators, and addresses in any case.

use contract_tests::scenario::{Outcome, Scenario};
use mock_server::jiff::SignedDuration;
use serde_json::json;

use super::calls::{
    ALIEN, C, C_OWNER, C_SITE, C2, C2_OWNER, Calls as _, D, MO_OWNER, MO_SUPER, MO_SYS, NOPE, P_NEW, P_REG,
    PASSWORD, T_MO, W1, W2, W3, accept, accept_as, add, created, forbidden, gone, hand_over, invite,
    invite_with, list, not_valid, ok, read, refused, remove, shows, update, valid, validate,
};
use super::rules::{ADDRESSES, INVITE_OWNER, INVITE_SITES, PENDING_OWNER};

pub(crate) fn rows() -> Vec<Scenario> {
    [
        owners(),
        pending_owners(),
        other_owners(),
        sites(),
        addresses(),
        addresses_kept(),
    ]
    .concat()
}

fn sent() -> Outcome {
    created().keep_part("", "/invites/([^?]+)\\?", "key")
}

fn owned() -> Outcome {
    refused(400, "invalid_input", "owner")
}

fn owners() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&INVITE_OWNER, name);
    vec![
        row("where there is an owner nobody is invited as one")
            .ask(invite(C, "n@x.test", &["Owner"]).by(&C_OWNER), owned())
            .ask(
                invite(C, P_REG.email, &["Support", "Owner"]).by(&C_OWNER),
                owned(),
            ),
        row("where there is none somebody may be, and owns once the invitation is accepted")
            .ask(invite(D, ALIEN.email, &["Owner"]).with(T_MO.secret), sent())
            .ask(list(D, "").with(T_MO.secret), ok().keep("items.0.id", "id"))
            .ask(accept("{key}").by(&ALIEN), ok())
            .ask(
                read(D, "{id}").by(&ALIEN),
                ok().has("roles", json!(["Owner"])).has("isActive", true),
            )
            .ask(remove(D, "{id}").with(T_MO.secret), owned()),
    ]
}

fn pending_owners() -> Vec<Scenario> {
    let row = |name: &str| {
        Scenario::new(&PENDING_OWNER, name)
            .ask(invite(D, ALIEN.email, &["Owner"]).with(T_MO.secret), sent())
            .ask(list(D, "").with(T_MO.secret), ok().keep("items.0.id", "id"))
    };
    vec![
        row("the role counts for no right before the invitation is accepted")
            .ask(list(D, "").by(&ALIEN), forbidden())
            .ask(remove(D, "{id}").by(&ALIEN), forbidden())
            .ask(hand_over(D, "{id}").by(&ALIEN), forbidden()),
        row("a pending owner can be removed")
            .ask(remove(D, "{id}").with(T_MO.secret), gone())
            .ask(validate("{key}"), not_valid()),
        row("a pending owner is no owner whose ownership could be taken").ask(
            super::calls::take_ownership(D).by(&MO_SUPER),
            super::calls::not_found("owner"),
        ),
        row("a pending owner cannot be made the owner").ask(
            hand_over(D, "{id}").by(&MO_SUPER),
            refused(400, "invalid_input", "member"),
        ),
        row("while one is invited as owner nobody else is")
            .ask(invite(D, "n@x.test", &["Owner"]).with(T_MO.secret), owned())
            .ask(
                invite(D, "n@x.test", &["SuperAdmin"]).with(T_MO.secret),
                created(),
            ),
        row("when the invitation has been withdrawn another is invited as owner")
            .ask(remove(D, "{id}").with(T_MO.secret), gone())
            .ask(invite(D, "n@x.test", &["Owner"]).with(T_MO.secret), created()),
        row("when the invitation has expired another is invited as owner")
            .advance(SignedDuration::from_hours(24 * 11))
            .ask(invite(D, "n@x.test", &["Owner"]).with(T_MO.secret), created()),
    ]
}

/// Somebody else becomes the owner while an invitation of one is open.
fn other_owners() -> Vec<Scenario> {
    let row = |name: &str| {
        Scenario::new(&PENDING_OWNER, name)
            .ask(
                invite(D, ALIEN.email, &["Owner", "Support"]).with(T_MO.secret),
                sent(),
            )
            .ask(list(D, "").with(T_MO.secret), ok().keep("items.0.id", "id"))
    };
    let demoted = || ok().has("isActive", false).matches("roles.0", "^SuperAdmin$");
    vec![
        row("one who is added as owner makes the pending one a super admin")
            .ask(add(D, MO_SYS.login, &["Owner"]).with(T_MO.secret), created())
            .ask(read(D, "{id}").with(T_MO.secret), demoted())
            .ask(validate("{key}"), valid().has("role", "SuperAdmin"))
            .ask(list(D, "role=Owner").with(T_MO.secret), ok().has("total", 1)),
        row("one who is named owner makes the pending one a super admin, whose invitation stays")
            .ask(
                add(D, MO_SYS.login, &["Support"]).with(T_MO.secret),
                created().keep("id", "other"),
            )
            .ask(hand_over(D, "{other}").by(&MO_SUPER), ok())
            .ask(read(D, "{id}").with(T_MO.secret), demoted())
            .ask(accept("{key}").by(&ALIEN), ok())
            .ask(list(D, "").by(&ALIEN), ok().has("total", 2))
            .ask(read(D, "{other}").by(&ALIEN), ok().has("roles", json!(["Owner"]))),
    ]
}

fn sites() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&INVITE_SITES, name);
    let body = |roles: &[&str], sites: &[&str]| json!({ "email": "n@x.test", "name": "N", "roles": roles, "siteAccesses": sites });
    let invited = |roles: &[&str], sites: &[&str]| invite_with(C, &body(roles, sites)).by(&C_OWNER);
    let newcomer = || list(C, "offset=7").by(&C_OWNER);
    let unknown = || refused(400, "invalid_input", "website");
    vec![
        row("a collaborator gets the websites of the invitation")
            .ask(invited(&["SiteAccess"], &[W2, W1]), sent())
            .ask(newcomer(), ok().has("items.0.siteAccesses", json!([W2, W1])))
            .ask(accept_as("{key}", "n@x.test", "Secret1"), ok())
            .ask(newcomer(), ok().has("items.0.siteAccesses", json!([W2, W1]))),
        row("the websites have to be the organization's")
            .ask(invited(&["SiteAccess"], &[W3]), unknown())
            .ask(invited(&["SiteAccess"], &[W1, NOPE]), unknown()),
        row("without the role the websites are dropped")
            .ask(invited(&["Support"], &[W1]), sent())
            .ask(newcomer(), ok().has("items.0.siteAccesses", json!([]))),
    ]
}

fn addresses() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ADDRESSES, name);
    vec![
        row("a member is one in any case of the address").ask(
            invite(C, "BIZ@Customer.TEST", &["Support"]).by(&C_OWNER),
            refused(400, "already_exists", "member"),
        ),
        row("a login is found in any case of the address")
            .ask(
                invite(C2, "Site@CUSTOMER.test", &["Support"]).by(&C2_OWNER),
                sent(),
            )
            .ask(
                list(C2, "offset=1").by(&C2_OWNER),
                ok().has("items.0.loginId", C_SITE.login)
                    .has("items.0.email", C_SITE.email),
            ),
        row("an invitation is accepted in any case of the address")
            .ask(
                accept_as(super::calls::I_NEW, "NEW@Customer.Test", "Secret1"),
                ok(),
            )
            .ask(
                read(C, P_NEW.member).by(&C_OWNER),
                ok().has("email", P_NEW.email).has("isActive", true),
            )
            .ask(
                accept_as(super::calls::I_REG, "REG@CUSTOMER.TEST", PASSWORD),
                ok(),
            ),
        row("a password counts as it is written").ask(
            accept_as(super::calls::I_REG, P_REG.email, &PASSWORD.to_uppercase()),
            forbidden(),
        ),
    ]
}

fn addresses_kept() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ADDRESSES, name);
    vec![
        row("an address keeps the case it came in")
            .ask(
                invite(C, "Mixed.Case@X.test", &["Support"]).by(&C_OWNER),
                sent().matches("", "\\?email=Mixed\\.Case(@|%40)X\\.test$"),
            )
            .ask(
                list(C, "search=mixed.case@x").by(&C_OWNER),
                ok().lists("items", "email", &["Mixed.Case@X.test"]),
            )
            .ask(accept_as("{key}", "mixed.case@x.test", "Secret1"), ok()),
        row("one address in two realms is two logins")
            .ask(invite(D, C_OWNER.email, &["Support"]).by(&MO_OWNER), sent())
            .ask(
                list(D, "").by(&MO_OWNER),
                ok().lists("items", "email", &[C_OWNER.email])
                    .differs("items.0.loginId", C_OWNER.login),
            )
            .ask(
                update(C, C_OWNER.member, &json!({ "roles": ["Owner"] })).by(&C_OWNER),
                ok(),
            )
            .ask(list(C, "role=Owner").by(&C_OWNER), shows(&[&C_OWNER])),
    ]
}
