//! Accepting an invitation: the four cases, and what comes of them.

use contract_tests::scenario::{Outcome, Scenario};
use serde_json::json;

use super::calls::{
    C, C_BIZ, C_OWNER, C2, C2_OWNER, Calls as _, D, I_NEW, I_OLD, I_REG, I_USED, NOPE, P_NEW, P_REG,
    PASSWORD, R, R_OWNER, R_SUPER, accept, accept_as, created, forbidden, invite, list, not_found, not_valid,
    ok, read, update, valid, validate,
};
use super::rules::{
    ACCEPT_KNOWN, ACCEPT_NEW, ACCEPT_OTHER, ACCEPT_SESSION, CONSUMED, COOKIE, ELSEWHERE, LOCALE, SEVERAL,
};

pub(crate) fn rows() -> Vec<Scenario> {
    [
        new(),
        known(),
        in_session(),
        in_another(),
        consumed(),
        cookie(),
        several(),
        elsewhere(),
        locale(),
    ]
    .concat()
}

/// Accepted, with a session that is kept.
pub(crate) fn accepted() -> Outcome {
    ok().keep_part_of_header("set-cookie", "^id0=([^;]+);", "session")
}

fn sent(name: &'static str) -> Outcome {
    created().keep_part("", "/invites/([^?]+)\\?", name)
}

fn new() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ACCEPT_NEW, name);
    vec![
        row("a new person chooses a password, is a member, and is signed in")
            .clock("2026-01-02T03:04:05Z")
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1"), accepted())
            .ask(
                read(C, P_NEW.member).in_session("{session}"),
                ok().has("isActive", true)
                    .has("joinedAt", "2026-01-02")
                    .has("loginId", P_NEW.login)
                    .has("name", "Nina New")
                    .has("roles", json!(["Support"])),
            ),
        row("the password that was chosen is asked for from then on")
            .ask(invite(C2, P_NEW.email, &["Support"]).by(&C2_OWNER), sent("key"))
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1"), accepted())
            .ask(accept_as("{key}", P_NEW.email, "Secret2"), forbidden())
            .ask(accept_as("{key}", P_NEW.email, "Secret1"), accepted()),
        row("who was invited as a super admin acts as one")
            .ask(invite(C, "n@x.test", &["SuperAdmin"]).by(&C_OWNER), sent("key"))
            .ask(accept_as("{key}", "n@x.test", "p\u{e4}ss w\u{f6}rd"), accepted())
            .ask(list(C, "").in_session("{session}"), ok().has("total", 8)),
    ]
}

fn known() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ACCEPT_KNOWN, name);
    vec![
        row("a known person proves itself with the password, is a member, and is signed in")
            .clock("2026-01-02T03:04:05Z")
            .ask(accept_as(I_REG, P_REG.email, PASSWORD), accepted())
            .ask(
                read(C, P_REG.member).in_session("{session}"),
                ok().has("isActive", true)
                    .has("joinedAt", "2026-01-02")
                    .has("name", "Reggie Reg"),
            ),
        row("the password stays, and so do other sessions")
            .ask(accept_as(I_REG, P_REG.email, PASSWORD), accepted())
            .ask(read(C, P_REG.member).by(&P_REG), ok())
            .ask(invite(C2, P_REG.email, &["Support"]).by(&C2_OWNER), sent("key"))
            .ask(accept_as("{key}", P_REG.email, PASSWORD), accepted()),
    ]
}

fn in_session() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ACCEPT_SESSION, name);
    let quietly = || ok().lacks_header("set-cookie");
    vec![
        row("in the session of who is invited no body is needed, and the session goes on")
            .clock("2026-01-02T03:04:05Z")
            .ask(accept(I_REG).by(&P_REG), quietly())
            .ask(
                read(C, P_REG.member).by(&P_REG),
                ok().has("isActive", true).has("joinedAt", "2026-01-02"),
            )
            .ask(validate(I_REG), not_valid()),
        row("in the session of who is invited a body is not looked at")
            .ask(accept_as(I_REG, "somebody@x.test", "wrong").by(&P_REG), quietly()),
        row("even a body that cannot be read is not").ask(
            accept(I_REG)
                .header("content-type", "application/json")
                .bytes_as_body("{")
                .by(&P_REG),
            quietly(),
        ),
        row("a session that accepting began accepts the next one")
            .ask(invite(C2, P_NEW.email, &["Support"]).by(&C2_OWNER), sent("key"))
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1"), accepted())
            .ask(accept("{key}").in_session("{session}"), quietly()),
    ]
}

fn in_another() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ACCEPT_OTHER, name);
    vec![
        row("another's session accepts nothing, and the invitation stays open")
            .ask(accept(I_REG).by(&C_BIZ), forbidden())
            .ask(accept(I_REG).by(&C_OWNER), forbidden())
            .ask(validate(I_REG), valid())
            .ask(accept(I_REG).by(&P_REG), ok()),
        row("another's session accepts nothing, even with the right password")
            .ask(accept_as(I_REG, P_REG.email, PASSWORD).by(&C_BIZ), forbidden())
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1").by(&C_BIZ), forbidden())
            .ask(validate(I_NEW), valid()),
    ]
}

fn consumed() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&CONSUMED, name);
    let closed = || not_found("invite");
    vec![
        row("an invitation is accepted once")
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1"), accepted())
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1"), closed())
            .ask(accept(I_NEW).in_session("{session}"), closed())
            .ask(validate(I_NEW), not_valid()),
        row("what is not open is not there, whatever else is sent")
            .ask(accept(NOPE), closed())
            .ask(accept("abc"), closed())
            .ask(accept(I_USED).by(&C_BIZ), closed())
            .ask(accept(I_OLD).by(&P_REG), closed())
            .ask(accept(NOPE).with(super::calls::T_MO.secret), closed())
            .ask(accept_as(I_USED, "x", "y"), closed())
            .ask(
                accept(NOPE)
                    .header("content-type", "application/json")
                    .bytes_as_body("{"),
                closed(),
            )
            .ask(accept(I_OLD).bytes_as_body("x"), closed()),
        row("a refusal leaves an invitation open")
            .ask(accept_as(I_NEW, "x@x.test", "Secret1"), forbidden())
            .ask(accept(I_NEW).by(&C_BIZ), forbidden())
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1"), accepted()),
    ]
}

fn cookie() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&COOKIE, name);
    let form = "^id0=[A-Za-z0-9_-]{32,}; Path=/; HttpOnly; SameSite=Lax$";
    vec![
        row("it has the name of the session, and is for browsers")
            .ask(
                accept_as(I_NEW, P_NEW.email, "Secret1"),
                accepted().header_matches("set-cookie", form),
            )
            .ask(
                accept_as(I_REG, P_REG.email, PASSWORD),
                ok().header_matches("set-cookie", form),
            ),
        row("it works at once, and each is another")
            .ask(
                accept_as(I_NEW, P_NEW.email, "Secret1"),
                accepted().keep_header("set-cookie", "first"),
            )
            .ask(
                invite(C2, P_NEW.email, &["SuperAdmin"]).by(&C2_OWNER),
                sent("key"),
            )
            .ask(accept_as("{key}", P_NEW.email, "Secret1"), accepted())
            .ask(read(C, P_NEW.member).header("cookie", "{first}"), ok())
            .ask(read(C, P_NEW.member).in_session("{session}"), ok())
            .ask(list(C2, "").header("cookie", "{first}"), ok()),
    ]
}

fn several() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&SEVERAL, name);
    let two = |name: &str| {
        row(name)
            .ask(invite(C2, P_NEW.email, &["Support"]).by(&C2_OWNER), sent("key"))
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1"), accepted())
    };
    vec![
        two("the first that is accepted settles the password, the others ask for it")
            .ask(validate("{key}"), valid())
            .ask(accept_as("{key}", P_NEW.email, "Other2"), forbidden())
            .ask(accept_as("{key}", P_NEW.email, "Secret1"), ok()),
        two("the session that the first began accepts the others")
            .ask(list(C2, "").by(&C2_OWNER), ok().has("items.1.isActive", false))
            .ask(accept("{key}").in_session("{session}"), ok())
            .ask(list(C2, "").by(&C2_OWNER), ok().has("items.1.isActive", true)),
    ]
}

fn elsewhere() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ELSEWHERE, name);
    vec![
        row("the member in another organization stays as it is")
            .ask(read(C2, C2_OWNER.member).by(&C2_OWNER), ok().keep("", "before"))
            .ask(invite(C, C2_OWNER.email, &["Support"]).by(&C_OWNER), sent("key"))
            .ask(accept("{key}").by(&C2_OWNER), ok())
            .ask(read(C2, C2_OWNER.member).by(&C2_OWNER), ok().has("", "{before}"))
            .ask(
                list(C, "offset=7").by(&C_OWNER),
                ok().has("items.0.isActive", true)
                    .has("items.0.roles", json!(["Support"])),
            ),
        row("an open invitation of somebody else stays open")
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1"), ok())
            .ask(validate(I_REG), valid())
            .ask(read(C, P_REG.member).by(&C_OWNER), ok().has("isActive", false)),
        row("roles that were changed in the meantime count")
            .ask(
                update(C, P_NEW.member, &json!({ "roles": ["SuperAdmin"] })).by(&C_OWNER),
                ok(),
            )
            .ask(accept_as(I_NEW, P_NEW.email, "Secret1"), accepted())
            .ask(list(C, "").in_session("{session}"), ok()),
        row("a reseller's own member accepts at the master organization's customer")
            .ask(
                invite(D, R_SUPER.email, &["Support"]).by(&super::calls::MO_OWNER),
                sent("key"),
            )
            .ask(accept("{key}").by(&R_SUPER), ok())
            .ask(list(R, "").by(&R_OWNER), ok().has("total", 2)),
    ]
}

fn locale() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LOCALE, name);
    let body = |email: &str, password: &str, locale: &str| json!({ "email": email, "password": password, "locale": locale });
    vec![
        row("a new person may choose a language").ask(
            accept(I_NEW).json(&body(P_NEW.email, "Secret1", "de-CH")),
            accepted(),
        ),
        row("a known person's language is not looked at").ask(
            accept(I_REG).json(&body(P_REG.email, PASSWORD, "de-CH")),
            accepted(),
        ),
        row("a language that nobody knows makes the body unusable").ask(
            accept(I_NEW).json(&body(P_NEW.email, "Secret1", "tlh")),
            forbidden(),
        ),
    ]
}
