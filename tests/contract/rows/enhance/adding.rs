//! Adding members and reading one.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    ALIEN, C, C_BIZ, C_OWNER, C_SITE, C_SUPER, C2, C2_OWNER, Calls as _, D, FREE, I_NEW, MO_OWNER, MO_SUPER,
    MO_SYS, NOPE, P_NEW, P_REG, R, R_OWNER, T_MO, accept_as, add, add_with, created, forbidden, gone, list,
    not_found, ok, read, refused, remove, unusable, update,
};
use super::rules::{ADDING, DUPLICATE, FIRST_OWNER, NO_CEILING, READING};

pub(crate) fn rows() -> Vec<Scenario> {
    [adding(), duplicates(), owners(), no_ceiling(), reading()].concat()
}

fn adding() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ADDING, name);
    let unknown = || not_found("login");
    vec![
        row("who is added is a member at once, with nothing but the roles")
            .clock("2026-01-01T23:59:59Z")
            .ask(
                add(C, FREE.login, &["Support", "Business"]).by(&C_SUPER),
                created().keep("id", "id"),
            )
            .ask(
                read(C, "{id}").by(&C_SUPER),
                ok().has("id", "{id}")
                    .has("loginId", FREE.login)
                    .has("isActive", true)
                    .has("email", FREE.email)
                    .has("name", "Fred Free")
                    .has("roles", json!(["Support", "Business"]))
                    .has("siteAccesses", json!([]))
                    .has("notifications", json!([]))
                    .has("joinedAt", "2026-01-01")
                    .keep("", "added"),
            )
            .ask(
                list(C, "offset=7").by(&C_SUPER),
                ok().has("items", json!(["{added}"])).has("total", 8),
            ),
        row("the answer is the id and nothing else").ask(
            add(C, FREE.login, &["Support"]).by(&C_SUPER),
            created().keep("id", "id").has("", json!({ "id": "{id}" })),
        ),
        row("who is added acts with the roles at once")
            .ask(list(C, "").by(&FREE), forbidden())
            .ask(add(C, FREE.login, &["SuperAdmin"]).by(&C_SUPER), created())
            .ask(list(C, "").by(&FREE), ok()),
        row("nobody who is not there is added").ask(add(C, NOPE, &["Support"]).by(&C_SUPER), unknown()),
        row("a login of another realm is not there")
            .ask(add(C, ALIEN.login, &["Support"]).by(&C_SUPER), unknown())
            .ask(add(C, MO_SUPER.login, &["Support"]).by(&MO_OWNER), unknown())
            .ask(add(R, FREE.login, &["Support"]).by(&MO_OWNER), unknown())
            .ask(add(D, C_BIZ.login, &["Support"]).by(&MO_OWNER), unknown()),
        row("the realm of a reseller's customers is one realm")
            .ask(add(C2, C_BIZ.login, &["Support"]).by(&C2_OWNER), created())
            .ask(add(C, C2_OWNER.login, &["Support"]).by(&C_SUPER), created()),
        row("the realm of a reseller is that of its parent")
            .ask(add(R, ALIEN.login, &["Support"]).by(&R_OWNER), created())
            .ask(add(D, MO_SYS.login, &["Support"]).by(&MO_OWNER), created()),
        row("a malformed login is a bad request")
            .ask(
                add(C, "abc", &["Support"]).by(&C_SUPER),
                refused(400, "invalid_input", "login"),
            )
            .ask(add(C, "", &["Support"]).by(&C_SUPER), unusable())
            .ask(add(C, FREE.email, &["Support"]).by(&C_SUPER), unusable()),
        row("a member is no login").ask(add(C2, C_BIZ.member, &["Support"]).by(&C2_OWNER), unknown()),
        row("login and roles have to be said")
            .ask(
                add_with(C, &json!({ "roles": ["Support"] })).by(&C_SUPER),
                unusable(),
            )
            .ask(
                add_with(C, &json!({ "loginId": FREE.login })).by(&C_SUPER),
                unusable(),
            ),
        row("a role has to be one").ask(add(C, FREE.login, &["Boss"]).by(&C_SUPER), unusable()),
        row("a login without a password can be added elsewhere, and chooses one later")
            .ask(
                add(C2, P_NEW.login, &["Support"]).by(&C2_OWNER),
                created().keep("id", "id"),
            )
            .ask(read(C2, "{id}").by(&C2_OWNER), ok().has("isActive", true))
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1"), ok()),
    ]
}

fn duplicates() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&DUPLICATE, name);
    let duplicate = || refused(409, "already_exists", "member");
    vec![
        row("a member cannot be added again, and keeps the roles")
            .ask(add(C, C_BIZ.login, &["SuperAdmin"]).by(&C_SUPER), duplicate())
            .ask(
                read(C, C_BIZ.member).by(&C_SUPER),
                ok().has("roles", json!(["Business"])),
            ),
        row("a pending member cannot be added, and stays pending")
            .ask(add(C, P_REG.login, &["Support"]).by(&C_SUPER), duplicate())
            .ask(add(C, P_NEW.login, &["Support"]).by(&C_SUPER), duplicate())
            .ask(read(C, P_REG.member).by(&C_SUPER), ok().has("isActive", false)),
        row("a login may be a member of several organizations, with other ids and roles")
            .ask(
                add(C2, C_BIZ.login, &["SuperAdmin"]).by(&C2_OWNER),
                created().differs("id", C_BIZ.member).keep("id", "id"),
            )
            .ask(
                read(C2, "{id}").by(&C2_OWNER),
                ok().has("loginId", C_BIZ.login)
                    .has("roles", json!(["SuperAdmin"])),
            )
            .ask(
                read(C, C_BIZ.member).by(&C_OWNER),
                ok().has("roles", json!(["Business"])),
            ),
        row("who was removed can be added again, under another id")
            .ask(remove(C, C_BIZ.member).by(&C_SUPER), gone())
            .ask(
                add(C, C_BIZ.login, &["Support"]).by(&C_SUPER),
                created().differs("id", C_BIZ.member),
            ),
    ]
}

fn owners() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&FIRST_OWNER, name);
    let owned = || refused(400, "invalid_input", "owner");
    vec![
        row("an organization that nobody owns gets its owner by adding one")
            .ask(
                add(D, ALIEN.login, &["Owner"]).with(T_MO.secret),
                created().keep("id", "id"),
            )
            .ask(
                read(D, "{id}").with(T_MO.secret),
                ok().has("roles", json!(["Owner"])).has("isActive", true),
            )
            .ask(list(D, "").by(&ALIEN), ok()),
        row("an organization has one owner")
            .ask(add(C, FREE.login, &["Owner"]).by(&C_OWNER), owned())
            .ask(
                add(C, FREE.login, &["Support", "Owner"]).with(T_MO.secret),
                owned(),
            ),
        row("the second owner is one too many")
            .given(add(D, ALIEN.login, &["Owner"]).with(T_MO.secret))
            .ask(add(D, MO_SYS.login, &["Owner"]).with(T_MO.secret), owned())
            .ask(add(D, MO_SYS.login, &["SuperAdmin"]).with(T_MO.secret), created()),
    ]
}

fn no_ceiling() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&NO_CEILING, name);
    vec![
        row("a super admin makes super admins")
            .ask(
                add(C, FREE.login, &["SuperAdmin", "Sysadmin"]).by(&C_SUPER),
                created(),
            )
            .ask(
                update(C, C_BIZ.member, &json!({ "roles": ["SuperAdmin"] })).by(&C_SUPER),
                ok(),
            ),
        row("a super admin above gives an organization its owner")
            .ask(add(D, ALIEN.login, &["Owner"]).by(&MO_SUPER), created()),
    ]
}

fn reading() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&READING, name);
    let collaborator = json!({
        "id": C_SITE.member,
        "loginId": C_SITE.login,
        "isActive": true,
        "email": C_SITE.email,
        "name": "Cody Site",
        "roles": ["SiteAccess"],
        "siteAccesses": [super::calls::W1],
        "notifications": ["backups"],
        "joinedAt": "2024-02-20",
        "colorCode": "#8a5fb0"
    });
    vec![
        row("a member is shown whole").ask(
            read(C, C_SITE.member).by(&C_SUPER),
            ok().has("", collaborator.clone()),
        ),
        row("a member reads itself").ask(read(C, C_SITE.member).by(&C_SITE), ok().has("", collaborator)),
        row("an avatar is shown where there is one").ask(
            read(C, C_OWNER.member).by(&C_OWNER),
            ok().has("avatarPath", format!("/avatars/{}.png", C_OWNER.login))
                .has("colorCode", "#3f7cac")
                .has("notifications", json!(["backups"])),
        ),
        row("administrators above read members below")
            .ask(read(C, C_SITE.member).by(&MO_SUPER), ok())
            .ask(read(C, C_SITE.member).by(&R_OWNER), ok()),
        row("a pending member reads itself, which is its one right")
            .ask(read(C, P_REG.member).by(&P_REG), ok().has("isActive", false))
            .ask(read(C, C_SITE.member).by(&P_REG), forbidden())
            .ask(list(C, "").by(&P_REG), forbidden()),
        row("nobody without a right finds out whether a member is there")
            .ask(read(C, C_SITE.member).by(&C_BIZ), forbidden())
            .ask(read(C, NOPE).by(&C_BIZ), forbidden())
            .ask(read(C, "abc").by(&C_BIZ), forbidden())
            .ask(read(C, C2_OWNER.member).by(&C2_OWNER), forbidden())
            .ask(read(C, C_SITE.member).by(&FREE), forbidden()),
        row("who is not in this organization is not found there")
            .ask(read(C, NOPE).by(&C_OWNER), not_found("member"))
            .ask(read(C, C2_OWNER.member).by(&C_OWNER), not_found("member"))
            .ask(read(C2, C_SITE.member).by(&MO_OWNER), not_found("member"))
            .ask(read(C, C_SITE.login).by(&C_OWNER), not_found("member")),
        row("a malformed id is one that is not there")
            .ask(read(C, "abc").by(&C_OWNER), not_found("member"))
            .ask(read(C, "%F0%9F%8E%89").by(&C_OWNER), not_found("member"))
            .ask(read(C, "a%2Fb").by(&C_OWNER), not_found("member")),
    ]
}
