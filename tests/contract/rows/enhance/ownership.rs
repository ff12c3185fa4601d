//! The one owner of an organization.

use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;
use serde_json::json;

use super::calls::{
    ALIEN, C, C_BIZ, C_OWNER, C_SITE, C_SUPER, C2, C2_OWNER, Calls as _, D, FREE, MO, MO_OWNER, MO_SUPER,
    MO_SYS, NOPE, P_REG, R, R_OWNER, R_SUPER, T_C, T_MO, W1, add, created, forbidden, gone, hand_over,
    hand_over_with, list, not_found, ok, read, refused, shows, take_ownership, unusable, update,
};
use super::rules::{ANCESTORS, HANDING_OVER, NOT_FROM_WITHIN, OWNERLESS, ROOT, TAKING, TO_THE_OWNER};

pub(crate) fn rows() -> Vec<Scenario> {
    [
        handing_over(),
        refused_bodies(),
        to_the_owner(),
        not_from_within(),
        ownerless(),
        taking(),
        root(),
        ancestors(),
    ]
    .concat()
}

fn roles_of(member: &str, roles: &[&str]) -> (Request, Outcome) {
    (read(C, member).by(&MO_OWNER), ok().has("roles", json!(roles)))
}

fn handing_over() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&HANDING_OVER, name);
    let (new, old) = (
        roles_of(C_SUPER.member, &["Owner"]),
        roles_of(C_OWNER.member, &["SuperAdmin"]),
    );
    vec![
        row("a member becomes the owner, and the owner a super admin")
            .ask(hand_over(C, C_SUPER.member).by(&C_OWNER), ok())
            .ask(new.0, new.1)
            .ask(old.0, old.1)
            .ask(list(C, "role=Owner").by(&C_OWNER), shows(&[&C_SUPER])),
        row("both keep their notifications, the new owner no websites")
            .ask(hand_over(C, C_SITE.member).by(&C_OWNER), ok())
            .ask(
                read(C, C_SITE.member).by(&C_SITE),
                ok().has("roles", json!(["Owner"]))
                    .has("siteAccesses", json!([]))
                    .has("notifications", json!(["backups"])),
            )
            .ask(
                read(C, C_OWNER.member).by(&C_OWNER),
                ok().has("notifications", json!(["backups"])),
            ),
        row("other roles of both are lost")
            .given(update(C, C_SUPER.member, &json!({ "roles": ["SuperAdmin", "Support"] })).by(&C_OWNER))
            .given(
                update(
                    C,
                    C_OWNER.member,
                    &json!({ "roles": ["Owner", "SiteAccess"], "siteAccesses": [W1] }),
                )
                .by(&C_OWNER),
            )
            .ask(hand_over(C, C_SUPER.member).by(&C_OWNER), ok())
            .ask(
                read(C, C_SUPER.member).by(&C_OWNER),
                ok().has("roles", json!(["Owner"])),
            )
            .ask(
                read(C, C_OWNER.member).by(&C_OWNER),
                ok().has("roles", json!(["SuperAdmin"]))
                    .has("siteAccesses", json!([])),
            ),
        row("who was the owner hands over no more")
            .ask(hand_over(C, C_SUPER.member).by(&C_OWNER), ok())
            .ask(hand_over(C, C_OWNER.member).by(&C_OWNER), forbidden())
            .ask(hand_over(C, C_OWNER.member).by(&C_SUPER), ok()),
        row("any active member can become the owner").ask(hand_over(C, C_BIZ.member).by(&C_OWNER), ok()),
    ]
}

fn refused_bodies() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&HANDING_OVER, name);
    vec![
        row("the member has to be said")
            .ask(hand_over_with(C, &json!({})).by(&C_OWNER), unusable())
            .ask(
                hand_over(C, "abc").by(&C_OWNER),
                refused(400, "invalid_input", "member"),
            )
            .ask(
                hand_over_with(C, &json!({ "memberId": null })).by(&C_OWNER),
                unusable(),
            ),
        row("the member has to be one of this organization, and no login")
            .ask(hand_over(C, NOPE).by(&C_OWNER), not_found("member"))
            .ask(hand_over(C, C2_OWNER.member).by(&C_OWNER), not_found("member"))
            .ask(hand_over(C, C_SUPER.login).by(&C_OWNER), not_found("member"))
            .ask(hand_over(C, T_C.id).by(&C_OWNER), not_found("member")),
        row("a pending member cannot own").ask(
            hand_over(C, P_REG.member).by(&C_OWNER),
            refused(400, "invalid_input", "member"),
        ),
    ]
}

fn to_the_owner() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TO_THE_OWNER, name);
    vec![
        row("the owner stays the owner, and nothing changes")
            .ask(hand_over(C, C_OWNER.member).by(&C_OWNER), ok().unchanged())
            .ask(hand_over(C, C_OWNER.member).by(&R_SUPER), ok().unchanged()),
        row("the owner keeps even roles beside")
            .given(update(C, C_OWNER.member, &json!({ "roles": ["Owner", "Business"] })).by(&C_OWNER))
            .ask(hand_over(C, C_OWNER.member).by(&C_OWNER), ok().unchanged())
            .ask(
                read(C, C_OWNER.member).by(&C_OWNER),
                ok().has("roles", json!(["Owner", "Business"])),
            ),
    ]
}

fn not_from_within() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&NOT_FROM_WITHIN, name);
    vec![
        row("a super admin of the organization itself cannot take it over")
            .ask(hand_over(C, C_SUPER.member).by(&C_SUPER), forbidden())
            .ask(hand_over(C, C_BIZ.member).by(&C_SUPER), forbidden())
            .ask(hand_over(C, C_SUPER.member).with(T_C.secret), forbidden()),
        row("the old owner is such a super admin")
            .ask(hand_over(C, C_SUPER.member).by(&C_OWNER), ok())
            .ask(hand_over(C, C_SUPER.member).by(&C_OWNER), forbidden()),
    ]
}

fn ownerless() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&OWNERLESS, name);
    let added = || {
        row("an organization above names an owner, and nobody is demoted")
            .ask(
                add(D, ALIEN.login, &["SuperAdmin"]).with(T_MO.secret),
                created().keep("id", "id"),
            )
            .ask(
                add(D, MO_SYS.login, &["SuperAdmin"]).with(T_MO.secret),
                created().keep("id", "other"),
            )
    };
    vec![
        added()
            .ask(hand_over(D, "{id}").by(&ALIEN), forbidden())
            .ask(hand_over(D, "{id}").by(&MO_SUPER), ok())
            .ask(read(D, "{id}").by(&MO_SUPER), ok().has("roles", json!(["Owner"])))
            .ask(
                read(D, "{other}").by(&MO_SUPER),
                ok().has("roles", json!(["SuperAdmin"])),
            ),
    ]
}

fn taking() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&TAKING, name);
    let callers = [("a super admin", &R_SUPER), ("an owner", &R_OWNER)];
    let mut rows: Vec<_> = callers
        .into_iter()
        .map(|(who, person)| {
            row(&format!(
                "{who} of the reseller takes it, and the owner stays as a super admin"
            ))
            .ask(take_ownership(C).by(person), gone())
            .ask(
                read(C, C_OWNER.member).by(&C_OWNER),
                ok().has("roles", json!(["SuperAdmin"])).has("isActive", true),
            )
            .ask(list(C, "role=Owner").by(&C_OWNER), shows(&[]))
            .ask(list(C, "").by(&C_OWNER), ok().has("total", 7))
        })
        .collect();
    rows.extend([
        row("it cannot be taken twice")
            .ask(take_ownership(C).by(&R_SUPER), gone())
            .ask(take_ownership(C).by(&R_SUPER), not_found("owner")),
        row("it cannot be taken where nobody has it")
            .ask(take_ownership(D).by(&MO_SUPER), not_found("owner")),
        row("nobody takes it from within, the owner neither")
            .ask(take_ownership(C).by(&C_SUPER), forbidden())
            .ask(take_ownership(C).with(T_C.secret), forbidden())
            .ask(take_ownership(C).by(&C_OWNER), forbidden()),
        row("it can be given again, by adding an owner or by naming one")
            .ask(take_ownership(C).by(&R_SUPER), gone())
            .ask(add(C, FREE.login, &["Owner"]).by(&C_OWNER), created())
            .ask(take_ownership(C).by(&R_SUPER), gone())
            .ask(hand_over(C, C_OWNER.member).by(&C_OWNER), forbidden())
            .ask(hand_over(C, C_OWNER.member).by(&R_SUPER), ok())
            .ask(list(C, "role=Owner").by(&C_OWNER), shows(&[&C_OWNER])),
        row("the owner's other roles are lost, and the websites with them")
            .given(
                update(
                    C,
                    C_OWNER.member,
                    &json!({ "roles": ["SiteAccess", "Owner"], "siteAccesses": [W1], "notifications": ["x"] }),
                )
                .by(&C_OWNER),
            )
            .ask(take_ownership(C).by(&R_SUPER), gone())
            .ask(
                read(C, C_OWNER.member).by(&C_OWNER),
                ok().has("roles", json!(["SuperAdmin"]))
                    .has("siteAccesses", json!([]))
                    .has("notifications", json!(["x"])),
            ),
    ]);
    rows
}

fn root() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ROOT, name);
    vec![
        row("nobody takes the ownership of the master organization away")
            .ask(take_ownership(MO).by(&MO_OWNER), forbidden())
            .ask(take_ownership(MO).by(&MO_SUPER), forbidden())
            .ask(take_ownership(MO).with(T_MO.secret), forbidden()),
        row("only its owner hands it over")
            .ask(hand_over(MO, MO_SUPER.member).by(&MO_SUPER), forbidden())
            .ask(hand_over(MO, MO_SUPER.member).with(T_MO.secret), forbidden())
            .ask(hand_over(MO, MO_SUPER.member).by(&MO_OWNER), ok()),
    ]
}

fn ancestors() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ANCESTORS, name);
    vec![
        row("the master organization takes what a reseller's customer owns")
            .ask(take_ownership(C).by(&MO_SUPER), gone())
            .ask(take_ownership(C2).with(T_MO.secret), gone()),
        row("the master organization hands over what a reseller's customer owns")
            .ask(hand_over(C, C_BIZ.member).by(&MO_SUPER), ok())
            .ask(hand_over(C, C_SUPER.member).with(T_MO.secret), ok())
            .ask(hand_over(C, C_OWNER.member).by(&MO_OWNER), ok()),
        row("an organization beside is none above")
            .ask(take_ownership(C).by(&C2_OWNER), forbidden())
            .ask(hand_over(C, C_SUPER.member).by(&C2_OWNER), forbidden()),
        row("an organization below is none above")
            .ask(take_ownership(R).by(&C_OWNER), forbidden())
            .ask(hand_over(R, R_SUPER.member).by(&C_OWNER), forbidden()),
    ]
}
