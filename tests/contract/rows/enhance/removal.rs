//! Removing members.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    ALIEN, C, C_BIZ, C_OWNER, C_SITE, C_SUPER, C2, C2_OWNER, Calls as _, D, I_NEW, I_REG, MO_OWNER, NOPE,
    P_NEW, P_REG, PASSWORD, R_SUPER, T_MO, accept_as, add, created, forbidden, gone, hand_over, invite, list,
    not_found, not_valid, ok, read, refused, remove, take_ownership, unusable, validate,
};
use super::rules::{MEMBER_ID, OWNER_STAYS, REMOVAL};

pub(crate) fn rows() -> Vec<Scenario> {
    [removal(), pending(), owners(), ids()].concat()
}

fn removal() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&REMOVAL, name);
    vec![
        row("who is removed is gone, and the list is one shorter")
            .ask(remove(C, C_BIZ.member).by(&C_SUPER), gone())
            .ask(read(C, C_BIZ.member).by(&C_SUPER), not_found("member"))
            .ask(
                list(C, "").by(&C_SUPER),
                ok().has("total", 6).has("items.3.id", C_SITE.member),
            )
            .ask(remove(C, C_BIZ.member).by(&C_SUPER), not_found("member")),
        row("the session of who is removed goes on without rights")
            .ask(remove(C, C_SUPER.member).by(&C_OWNER), gone())
            .ask(list(C, "").by(&C_SUPER), forbidden())
            .ask(read(C, C_SUPER.member).by(&C_SUPER), forbidden()),
        row("the login stays, with its other memberships")
            .given(add(C2, C_BIZ.login, &["SuperAdmin"]).by(&C2_OWNER))
            .ask(remove(C, C_BIZ.member).by(&C_SUPER), gone())
            .ask(list(C2, "").by(&C_BIZ), ok().has("total", 2))
            .ask(
                add(C, C_BIZ.login, &["Support"]).by(&C_SUPER),
                created().keep("id", "id"),
            )
            .ask(
                read(C, "{id}").by(&C_BIZ),
                ok().has("roles", json!(["Support"])).has("name", "Cass Biz"),
            ),
        row("who is removed can be invited again")
            .ask(remove(C, C_BIZ.member).by(&C_SUPER), gone())
            .ask(
                invite(C, C_BIZ.email, &["Support"]).by(&C_SUPER),
                created().keep_part("", "/invites/([^?]+)", "key"),
            )
            .ask(accept_as("{key}", C_BIZ.email, PASSWORD), ok()),
        row("a super admin may remove itself")
            .ask(remove(C, C_SUPER.member).by(&C_SUPER), gone())
            .ask(list(C, "").by(&C_SUPER), forbidden()),
    ]
}

fn pending() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&REMOVAL, name);
    vec![
        row("with a pending member goes the invitation")
            .ask(remove(C, P_NEW.member).by(&C_SUPER), gone())
            .ask(validate(I_NEW), not_valid())
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1"), not_found("invite"))
            .ask(list(C, "").by(&C_SUPER), ok().has("total", 6)),
        row("with a pending member goes no other invitation")
            .ask(remove(C, P_NEW.member).by(&C_SUPER), gone())
            .ask(accept_as(I_REG, P_REG.email, PASSWORD), ok()),
        row("with a pending member go the invitations here alone")
            .ask(
                invite(C2, P_REG.email, &["Support"]).by(&C2_OWNER),
                created().keep_part("", "/invites/([^?]+)", "key"),
            )
            .ask(remove(C, P_REG.member).by(&C_SUPER), gone())
            .ask(validate(I_REG), not_valid())
            .ask(accept_as("{key}", P_REG.email, PASSWORD), ok()),
    ]
}

fn owners() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&OWNER_STAYS, name);
    let stays = || refused(400, "invalid_input", "owner");
    vec![
        row("nobody removes the owner")
            .ask(remove(C, C_OWNER.member).by(&C_SUPER), stays())
            .ask(remove(C, C_OWNER.member).by(&C_OWNER), stays())
            .ask(remove(C, C_OWNER.member).by(&R_SUPER), stays())
            .ask(remove(C, C_OWNER.member).with(T_MO.secret), stays()),
        row("who has handed over the ownership can be removed, and the new owner cannot")
            .given(hand_over(C, C_SUPER.member).by(&C_OWNER))
            .ask(remove(C, C_SUPER.member).by(&C_SUPER), stays())
            .ask(remove(C, C_OWNER.member).by(&C_SUPER), gone()),
        row("who has lost the ownership can be removed")
            .given(take_ownership(C).by(&R_SUPER))
            .ask(remove(C, C_OWNER.member).by(&C_SUPER), gone()),
        row("an owner who was added stays, too")
            .ask(
                add(D, ALIEN.login, &["Owner"]).with(T_MO.secret),
                created().keep("id", "id"),
            )
            .ask(remove(D, "{id}").with(T_MO.secret), stays()),
    ]
}

fn ids() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&MEMBER_ID, name);
    vec![
        row("removing takes the id of a member of the organization")
            .ask(remove(C, NOPE).by(&C_OWNER), not_found("member"))
            .ask(remove(C, C2_OWNER.member).by(&MO_OWNER), not_found("member"))
            .ask(remove(C2, C_BIZ.member).by(&MO_OWNER), not_found("member"))
            .ask(remove(C, C_BIZ.login).by(&C_OWNER), not_found("member")),
        row("removing under a malformed id is a bad request")
            .ask(
                remove(C, "abc").by(&C_SUPER),
                refused(400, "invalid_input", "member"),
            )
            .ask(remove(C, "%20").by(&C_SUPER), unusable())
            .ask(remove(C, &C_BIZ.member.replace('-', "")).by(&C_SUPER), unusable()),
    ]
}
