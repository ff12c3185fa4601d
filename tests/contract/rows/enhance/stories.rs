//! Stories that lead through several operations.

use contract_tests::scenario::{Outcome, Scenario};
use mock_server::jiff::SignedDuration;
use serde_json::json;

use super::accepting::accepted;
use super::calls::{
    ALIEN, C, C_BIZ, C_OWNER, C_SITE, C_SUPER, Calls as _, D, FREE, I_NEW, I_REG, MO_SUPER, MO_SYS, P_NEW,
    P_REG, PASSWORD, R_SUPER, T_MO, W1, accept, accept_as, add, created, drop_token, forbidden, gone,
    hand_over, invite, list, make_token, not_found, not_valid, ok, read, refused, remove, shows,
    take_ownership, tokens, unauthenticated, update, valid, validate,
};
use super::rules::STORIES;

pub(crate) fn rows() -> Vec<Scenario> {
    [
        invitations(),
        again(),
        owners(),
        settings(),
        access_tokens(),
        removals(),
    ]
    .concat()
}

fn row(name: &str) -> Scenario {
    Scenario::new(&STORIES, name)
}

fn sent(name: &'static str) -> Outcome {
    created().keep_part("", "/invites/([^?]+)\\?", name)
}

fn invitations() -> Vec<Scenario> {
    let newcomer = || list(C, "search=n@x.test").by(&C_OWNER);
    vec![
        row("a new person is invited, is pending, accepts, and is a member who reads itself")
            .ask(invite(C, "n@x.test", &["Support"]).by(&C_SUPER), sent("key"))
            .ask(
                newcomer(),
                ok().has("items.0.isActive", false)
                    .has("total", 1)
                    .keep("items.0.id", "id"),
            )
            .ask(
                validate("{key}"),
                valid().has("orgId", C).has("orgName", "Customer Co"),
            )
            .ask(accept_as("{key}", "n@x.test", "Secret1"), accepted())
            .ask(
                read(C, "{id}").in_session("{session}"),
                ok().has("isActive", true),
            )
            .ask(newcomer(), ok().has("items.0.isActive", true))
            .ask(validate("{key}"), not_valid())
            .ask(accept_as("{key}", "n@x.test", "Secret1"), not_found("invite")),
        row("a registered person is invited and accepts in a session, and no login is made")
            .ask(invite(C, FREE.email, &["Support"]).by(&C_SUPER), sent("key"))
            .ask(accept("{key}").by(&FREE), ok().lacks_header("set-cookie"))
            .ask(
                list(C, "offset=7").by(&C_SUPER),
                ok().lists("items", "loginId", &[FREE.login])
                    .keep("items.0.id", "id"),
            )
            .ask(read(C, "{id}").by(&FREE), ok().has("isActive", true))
            .ask(remove(C, "{id}").by(&C_SUPER), gone())
            .ask(invite(C, FREE.email, &["Support"]).by(&C_SUPER), sent("key"))
            .ask(accept_as("{key}", FREE.email, PASSWORD), accepted()),
        row("somebody else follows the invitation first, and the right person after")
            .ask(accept(I_REG).by(&C_BIZ), forbidden())
            .ask(validate(I_REG), valid())
            .ask(accept(I_REG).by(&P_REG), ok())
            .ask(read(C, P_REG.member).by(&P_REG), ok().has("isActive", true)),
        row("one address in two realms: the login of the other realm is not touched")
            .ask(
                add(D, ALIEN.login, &["Support"]).with(T_MO.secret),
                created().keep("id", "id"),
            )
            .ask(read(D, "{id}").by(&ALIEN), ok().keep("", "before"))
            .ask(invite(C, ALIEN.email, &["Support"]).by(&C_OWNER), sent("key"))
            .ask(accept_as("{key}", ALIEN.email, "Secret1"), accepted())
            .ask(read(D, "{id}").by(&ALIEN), ok().has("", "{before}"))
            .ask(read(D, "{id}").in_session("{session}"), forbidden()),
    ]
}

fn again() -> Vec<Scenario> {
    vec![
        row("invited twice: one pending member, two keys, of which the second works")
            .ask(invite(C, "n@x.test", &["Support"]).by(&C_OWNER), sent("first"))
            .ask(invite(C, "n@x.test", &["Business"]).by(&C_OWNER), sent("second"))
            .ask(list(C, "").by(&C_OWNER), ok().has("total", 8))
            .ask(accept_as("{first}", "n@x.test", "Secret1"), not_found("invite"))
            .ask(accept_as("{second}", "n@x.test", "Secret1"), accepted())
            .ask(
                list(C, "offset=7").by(&C_OWNER),
                ok().has("items.0.roles", json!(["Business"])),
            ),
        row("a pending member is removed and invited again, as another member")
            .ask(remove(C, P_NEW.member).by(&C_OWNER), gone())
            .ask(validate(I_NEW), not_valid())
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1"), not_found("invite"))
            .ask(invite(C, P_NEW.email, &["Support"]).by(&C_OWNER), sent("key"))
            .ask(
                list(C, "offset=6").by(&C_OWNER),
                ok().has("items.0.loginId", P_NEW.login)
                    .differs("items.0.id", P_NEW.member),
            )
            .ask(accept_as("{key}", P_NEW.email, "Secret1"), accepted()),
    ]
}

fn owners() -> Vec<Scenario> {
    vec![
        row("an organization that nobody owned gets an owner, another, and the first one leaves")
            .ask(
                add(D, ALIEN.login, &["Owner"]).with(T_MO.secret),
                created().keep("id", "first"),
            )
            .ask(
                add(D, MO_SYS.login, &["Support"]).with(T_MO.secret),
                created().keep("id", "second"),
            )
            .ask(hand_over(D, "{second}").by(&ALIEN), ok())
            .ask(
                read(D, "{first}").by(&ALIEN),
                ok().has("roles", json!(["SuperAdmin"])),
            )
            .ask(remove(D, "{first}").by(&MO_SYS), gone())
            .ask(
                remove(D, "{second}").with(T_MO.secret),
                refused(400, "invalid_input", "owner"),
            ),
        row("the reseller takes the ownership away and gives it back")
            .ask(take_ownership(C).by(&R_SUPER), gone())
            .ask(take_ownership(C).by(&R_SUPER), not_found("owner"))
            .ask(hand_over(C, C_BIZ.member).by(&R_SUPER), ok())
            .ask(
                list(C, "").by(&MO_SUPER),
                ok().has("items.0.roles", json!(["SuperAdmin"]))
                    .has("items.1.roles", json!(["SuperAdmin"]))
                    .has("items.3.roles", json!(["Owner"])),
            ),
    ]
}

fn settings() -> Vec<Scenario> {
    let body = json!({ "roles": ["SiteAccess", "SuperAdmin"], "siteAccesses": [W1] });
    vec![
        row("who is left notifications alone has lost roles, websites and rights")
            .ask(
                update(C, C_SUPER.member, &json!({ "notifications": ["backups"] })).by(&C_OWNER),
                ok(),
            )
            .ask(
                read(C, C_SUPER.member).by(&C_OWNER),
                ok().has("roles", json!([]))
                    .has("siteAccesses", json!([]))
                    .has("notifications", json!(["backups"])),
            )
            .ask(list(C, "").by(&C_SUPER), forbidden()),
        row("a collaborator who becomes a super admin drops out of the filter and keeps the website")
            .ask(
                list(C, &format!("siteAccess={W1}")).by(&C_OWNER),
                shows(&[&C_SITE]),
            )
            .ask(update(C, C_SITE.member, &body).by(&C_OWNER), ok())
            .ask(list(C, &format!("siteAccess={W1}")).by(&C_SITE), shows(&[]))
            .ask(
                read(C, C_SITE.member).by(&C_SITE),
                ok().has("siteAccesses", json!([W1])),
            ),
    ]
}

fn access_tokens() -> Vec<Scenario> {
    let made = || created().keep("id", "id").keep("unencryptedToken", "secret");
    vec![
        row("a token is made, used, listed, deleted, and then is none")
            .ask(
                make_token(C, &json!({ "roles": ["SuperAdmin"], "friendlyName": "new" })).by(&C_OWNER),
                made().keep("firstFive", "five"),
            )
            .ask(list(C, "").with("{secret}"), shows(&super::calls::C_MEMBERS))
            .ask(
                tokens(C).with("{secret}"),
                ok().has("3.firstFive", "{five}").lacks("3.unencryptedToken"),
            )
            .ask(drop_token(C, "{id}").by(&C_OWNER), gone())
            .ask(list(C, "").with("{secret}"), unauthenticated()),
        row("a token is made, used, and expires")
            .clock("2026-01-01T00:00:00Z")
            .ask(
                make_token(
                    C,
                    &json!({ "roles": ["SuperAdmin"], "tokenExpires": "2026-01-02T00:00:00Z" }),
                )
                .by(&C_OWNER),
                made(),
            )
            .ask(list(C, "").with("{secret}"), ok())
            .advance(SignedDuration::from_hours(25))
            .ask(list(C, "").with("{secret}"), unauthenticated()),
    ]
}

fn removals() -> Vec<Scenario> {
    vec![
        row("who is removed with a session open is refused, and still known")
            .ask(list(C, "").by(&C_SUPER), ok())
            .ask(remove(C, C_SUPER.member).by(&C_OWNER), gone())
            .ask(list(C, "").by(&C_SUPER), forbidden()),
    ]
}
