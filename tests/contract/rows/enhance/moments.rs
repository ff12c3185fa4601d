//! Requests at one moment.

use contract_tests::outside::{LOGIN_PAGE, SPENT_LOGIN_LINK};
use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::Request;
use serde_json::json;

use super::calls::{
    ALIEN, C, C_BIZ, C_OWNER, C_SITE, C_SUPER, C2, C2_OWNER, Calls as _, D, FREE, I_NEW, I_REG, MO_SYS,
    P_NEW, P_REG, PASSWORD, R_SUPER, T_MO, accept, accept_as, add, created, forbidden, gone, hand_over,
    invite, list, login_link, make_token, not_found, ok, refused, remove, take_ownership,
};
use super::rules::AT_ONCE;

pub(crate) fn rows() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&AT_ONCE, name);
    let named = || make_token(C, &json!({ "roles": ["Support"], "friendlyName": "new" })).by(&C_OWNER);
    let duplicate = |detail: &str| refused(409, "already_exists", detail);
    let mut one_of_eight = vec![duplicate("member"); 7];
    one_of_eight.push(created());
    vec![
        row("of eight who add the same login one succeeds")
            .together(
                vec![add(C, FREE.login, &["Support"]).by(&C_OWNER); 8],
                one_of_eight,
            )
            .ask(list(C, "").by(&C_OWNER), ok().has("total", 8)),
        row("of two who add an owner one succeeds")
            .together(
                vec![
                    add(D, ALIEN.login, &["Owner"]).with(T_MO.secret),
                    add(D, MO_SYS.login, &["Owner"]).with(T_MO.secret),
                ],
                vec![created(), refused(400, "invalid_input", "owner")],
            )
            .ask(list(D, "role=Owner").with(T_MO.secret), ok().has("total", 1)),
        row("of two tokens of one name one is made")
            .together(vec![named(), named()], vec![created(), duplicate("token")]),
        row("of two who accept an invitation one succeeds").together(
            vec![
                accept_as(I_NEW, P_NEW.email, "Secret1"),
                accept_as(I_NEW, P_NEW.email, "Secret2"),
            ],
            vec![ok(), not_found("invite")],
        ),
        row("of a password and a session that accept an invitation one succeeds").together(
            vec![accept_as(I_REG, P_REG.email, PASSWORD), accept(I_REG).by(&P_REG)],
            vec![ok(), not_found("invite")],
        ),
        row("two who invite one address make one member and two keys")
            .together(
                vec![invite(C, "n@x.test", &["Support"]).by(&C_OWNER); 2],
                vec![created().keep("", "first"), created()],
            )
            .ask(list(C, "").by(&C_OWNER), ok().has("total", 8)),
        row("two organizations that invite one address make one login")
            .together(
                vec![
                    invite(C, "n@x.test", &["Support"]).by(&C_OWNER),
                    invite(C2, "n@x.test", &["Support"]).by(&C2_OWNER),
                ],
                vec![created(), created()],
            )
            .ask(
                list(C, "offset=7").by(&C_OWNER),
                ok().keep("items.0.loginId", "login"),
            )
            .ask(
                list(C2, "offset=1").by(&C2_OWNER),
                ok().has("items.0.loginId", "{login}"),
            ),
        row("of two who remove a member one succeeds").together(
            vec![remove(C, C_BIZ.member).by(&C_OWNER); 2],
            vec![gone(), not_found("member")],
        ),
        row("of two who take the ownership away one succeeds").together(
            vec![take_ownership(C).by(&R_SUPER); 2],
            vec![gone(), not_found("owner")],
        ),
        row("an owner hands over once").together(
            vec![
                hand_over(C, C_SUPER.member).by(&C_OWNER),
                hand_over(C, C_BIZ.member).by(&C_OWNER),
            ],
            vec![ok(), forbidden()],
        ),
        row("of two who follow a login link one is signed in")
            .ask(
                login_link(C, C_SITE.member).by(&C_OWNER),
                created().keep_part("", "^http://[^/]+(/.+)$", "link"),
            )
            .together(
                vec![Request::new("GET", "{link}"); 2],
                vec![Outcome::outside(&LOGIN_PAGE), Outcome::outside(&SPENT_LOGIN_LINK)],
            ),
    ]
}
