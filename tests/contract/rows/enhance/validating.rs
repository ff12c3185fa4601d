//! Asking whether an invitation is open.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    C, C_BIZ, C_OWNER, Calls as _, ENDED, I_NEW, I_OLD, I_REG, I_USED, NOPE, P_NEW, P_REG, PASSWORD, T_DEAD,
    T_MO, accept_as, created, gone, invite, not_valid, ok, remove, update, valid, validate,
};
use super::rules::{VALIDATED, VALIDATING, VALIDATING_OPEN};

pub(crate) fn rows() -> Vec<Scenario> {
    [validating(), validated(), open()].concat()
}

fn validating() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&VALIDATING, name);
    let mut rows = vec![
        row("an open invitation is valid as often as it is asked about")
            .ask(validate(I_NEW), valid().keep("", "said"))
            .ask(validate(I_NEW), valid().has("", "{said}")),
        row("one that was accepted is not, from the moment it is")
            .ask(validate(I_USED), not_valid())
            .ask(validate(I_REG), valid())
            .ask(accept_as(I_REG, P_REG.email, PASSWORD), ok())
            .ask(validate(I_REG), not_valid()),
        row("one that is too old is not").ask(validate(I_OLD), not_valid()),
        row("one that was replaced is not")
            .ask(invite(C, P_NEW.email, &["Support"]).by(&C_OWNER), created())
            .ask(validate(I_NEW), not_valid()),
        row("one whose member was removed is not")
            .ask(remove(C, P_NEW.member).by(&C_OWNER), gone())
            .ask(validate(I_NEW), not_valid()),
    ];
    for key in [
        NOPE,
        "abc",
        "%20",
        "%F0%9F%8E%89",
        "a%2Fb",
        "00000000-0000-0000-0000-000000000000",
        P_NEW.member,
    ] {
        rows.push(
            row(&format!("a key that was never given is not ('{key}')")).ask(validate(key), not_valid()),
        );
    }
    rows
}

fn validated() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&VALIDATED, name);
    let roles = |roles: &[&str]| update(C, P_NEW.member, &json!({ "roles": roles })).by(&C_OWNER);
    vec![
        row("organization, login and role are told, and nothing else")
            .ask(
                validate(I_NEW),
                valid().has(
                    "",
                    json!({
                        "isValid": true, "orgId": C, "orgName": "Customer Co",
                        "role": "Support", "loginId": P_NEW.login
                    }),
                ),
            )
            .ask(
                validate(I_REG),
                valid().has("role", "Business").has("loginId", P_REG.login),
            ),
        row("of several roles the first is told")
            .ask(
                invite(C, "n@x.test", &["Sysadmin", "Support"]).by(&C_OWNER),
                created().keep_part("", "/invites/([^?]+)\\?", "key"),
            )
            .ask(validate("{key}"), valid().has("role", "Sysadmin")),
        row("the role is that which the member has now")
            .ask(roles(&["Business", "Support"]), ok())
            .ask(validate(I_NEW), valid().has("role", "Business")),
        row("where the member has none, none is told")
            .ask(roles(&[]), ok())
            .ask(
                validate(I_NEW),
                valid().lacks("role").has("orgId", C).has("loginId", P_NEW.login),
            ),
    ]
}

fn open() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&VALIDATING_OPEN, name);
    vec![
        row("no credential is needed, and none is looked at")
            .ask(validate(I_NEW), valid().keep("", "said"))
            .ask(validate(I_NEW).by(&C_BIZ), valid().has("", "{said}"))
            .ask(validate(I_NEW).with(T_MO.secret), valid().has("", "{said}"))
            .ask(validate(I_NEW).in_session(ENDED), valid().has("", "{said}"))
            .ask(validate(I_NEW).in_session("nobody"), valid().has("", "{said}"))
            .ask(validate(I_NEW).with(T_DEAD.secret), valid().has("", "{said}"))
            .ask(
                validate(I_NEW)
                    .header("authorization", "Basic x")
                    .header("cookie", "id0="),
                valid().has("", "{said}"),
            ),
        row("a body that is sent along is not looked at").ask(
            validate(I_NEW)
                .header("content-type", "application/json")
                .bytes_as_body("{"),
            valid(),
        ),
    ]
}
