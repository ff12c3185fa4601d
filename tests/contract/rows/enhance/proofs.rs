//! Accepting an invitation with a proof that is none.

use contract_tests::scenario::Scenario;
use contract_tests::wire::Request;
use serde_json::{Value, json};

use super::accepting::accepted;
use super::calls::{
    C, C_OWNER, Calls as _, ENDED, I_NEW, I_REG, P_NEW, P_REG, PASSWORD, T_C, T_DEAD, T_MO, accept,
    accept_as, forbidden, ok, read, valid, validate,
};
use super::rules::{ACCEPT_TOKEN, NO_SESSION, WRONG_PROOF};

pub(crate) fn rows() -> Vec<Scenario> {
    [wrong(), sessions(), tokens()].concat()
}

fn raw(key: &str, body: &str) -> Request {
    accept(key)
        .header("content-type", "application/json")
        .bytes_as_body(body)
}

fn wrong() -> Vec<Scenario> {
    let with = |body: &Value| raw(I_REG, &body.to_string());
    let new = |body: &Value| raw(I_NEW, &body.to_string());
    let (email, password) = (P_REG.email, PASSWORD);
    let proofs = [
        ("nothing", accept(I_REG)),
        ("nothing, as a new person", accept(I_NEW)),
        ("an empty body", raw(I_REG, "")),
        ("an empty object", with(&json!({}))),
        ("an address alone", with(&json!({ "email": email }))),
        (
            "an address alone, as a new person",
            new(&json!({ "email": P_NEW.email })),
        ),
        ("a password alone", with(&json!({ "password": password }))),
        ("a wrong password", accept_as(I_REG, email, "wrong")),
        ("an empty password", accept_as(I_REG, email, "")),
        (
            "the beginning of the password",
            accept_as(I_REG, email, "mock-passwor"),
        ),
        ("another's address", accept_as(I_REG, C_OWNER.email, password)),
        (
            "another's address, as a new person",
            accept_as(I_NEW, P_REG.email, "Secret1"),
        ),
        ("no address", accept_as(I_REG, "reg", password)),
        (
            "a null password",
            with(&json!({ "email": email, "password": null })),
        ),
        (
            "a null language",
            with(&json!({ "email": email, "password": password, "locale": null })),
        ),
        (
            "a number as password",
            with(&json!({ "email": email, "password": 1 })),
        ),
        ("no object", with(&json!([email, password]))),
        ("what is no JSON", raw(I_REG, "{")),
        (
            "a form",
            accept(I_REG)
                .header("content-type", "application/x-www-form-urlencoded")
                .bytes_as_body(format!("email={email}&password={password}")),
        ),
    ];
    proofs
        .into_iter()
        .map(|(what, request)| {
            Scenario::new(
                &WRONG_PROOF,
                format!("{what} proves nothing, and all stays as it was"),
            )
            .ask(request, forbidden().lacks_header("set-cookie"))
            .ask(validate(I_REG), valid())
            .ask(read(C, P_REG.member).by(&C_OWNER), ok().has("isActive", false))
        })
        .collect()
}

fn sessions() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&NO_SESSION, name);
    vec![
        row("an ended session is none: the password counts")
            .ask(accept(I_REG).in_session(ENDED), forbidden())
            .ask(
                accept_as(I_REG, P_REG.email, PASSWORD).in_session(ENDED),
                accepted(),
            ),
        row("an unknown session is none: the password counts")
            .ask(accept(I_NEW).in_session("nobody"), forbidden())
            .ask(
                accept_as(I_NEW, P_NEW.email, "Secret1").in_session("nobody"),
                accepted(),
            ),
        row("an empty cookie is no session")
            .ask(accept_as(I_REG, P_REG.email, PASSWORD).in_session(""), accepted()),
    ]
}

fn tokens() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ACCEPT_TOKEN, name);
    let proof = || accept_as(I_REG, P_REG.email, PASSWORD);
    vec![
        row("a token is nobody who is invited, whatever else is sent")
            .ask(accept(I_REG).with(T_MO.secret), forbidden())
            .ask(proof().with(T_MO.secret), forbidden())
            .ask(proof().with(T_C.secret), forbidden())
            .ask(
                accept_as(I_NEW, P_NEW.email, "Secret1").with(T_C.secret),
                forbidden(),
            )
            .ask(accept(I_REG).with(T_C.secret).by(&P_REG), forbidden()),
        row("a token that is not valid is none: the password counts")
            .ask(accept(I_REG).with("nobody"), forbidden())
            .ask(proof().with("nobody"), accepted()),
        row("an expired token is none: the password counts").ask(proof().with(T_DEAD.secret), accepted()),
        row("beside a token that is not valid the session counts").ask(
            accept(I_REG).with("nobody").by(&P_REG),
            ok().lacks_header("set-cookie"),
        ),
    ]
}
