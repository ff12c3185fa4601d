//! What the query may say.

use contract_tests::scenario::Scenario;

use super::calls::{
    ACME, MEMBER, USER, USER_ID, create, create_with, list, listed, membership, missing, ok, path, remove,
    request, unreadable, unusable, update, update_with,
};
use super::rules::{OTHER_PARAMETERS, ROLES, SET_DEFAULT};

pub(crate) fn rows() -> Vec<Scenario> {
    [roles(), set_default(), others()].concat()
}

fn roles() -> Vec<Scenario> {
    let row = |name: String| Scenario::new(&ROLES, name);
    let mut rows = Vec::new();
    for role in ["ADMIN", "MEMBER", "VIEWER"] {
        rows.push(
            row(format!("{role} is a role"))
                .ask(create(ACME, USER, role), membership(ACME, USER_ID, role, false))
                .ask(update(ACME, MEMBER, role), ok().has("role", role)),
        );
    }
    for role in ["OWNER", "SUPERADMIN", "admin", "Admin", "ADMIN,MEMBER", "0"] {
        rows.push(
            row(format!("{role} is none"))
                .ask(create(ACME, USER, role), unusable("role", role))
                .ask(update(ACME, MEMBER, role), unusable("role", role)),
        );
    }
    rows.push(
        row("a role has to be sent".to_owned())
            .ask(create_with(ACME, "email=user@whylabs.ai"), missing("role"))
            .ask(update_with(ACME, "email=member@acme.ai"), missing("role")),
    );
    rows.push(
        row("an empty role counts as none".to_owned())
            .ask(create(ACME, USER, ""), missing("role"))
            .ask(update(ACME, MEMBER, ""), missing("role")),
    );
    rows.push(row("a role is sent once".to_owned()).ask(
        update_with(ACME, "email=member@acme.ai&role=ADMIN&role=VIEWER"),
        unreadable("role", "was sent more than once."),
    ));
    rows
}

fn set_default() -> Vec<Scenario> {
    let row = |name: String| Scenario::new(&SET_DEFAULT, name);
    let with = |value: &str| create_with(ACME, &format!("email={USER}&role=VIEWER&set_default={value}"));
    let mut rows = Vec::new();
    for value in ["true", "True", "TRUE", "yes", "Yes", "y", "Y", "on", "ON"] {
        rows.push(
            row(format!("{value} is true")).ask(with(value), membership(ACME, USER_ID, "VIEWER", true)),
        );
    }
    for value in [
        "false", "False", "FALSE", "no", "NO", "n", "N", "off", "Off", "none", "None", "null", "NULL", "",
    ] {
        rows.push(
            row(format!("{value:?} is not")).ask(with(value), membership(ACME, USER_ID, "VIEWER", false)),
        );
    }
    for value in ["maybe", "1", "0", "tru", "truee", "2"] {
        rows.push(row(format!("{value} is no answer")).ask(with(value), unusable("set_default", value)));
    }
    rows
}

fn others() -> Vec<Scenario> {
    vec![
        Scenario::new(&OTHER_PARAMETERS, "they are not looked at")
            .ask(
                request("GET", format!("{}?limit=1&email=x&role=OWNER", path(ACME))),
                listed(&super::calls::ACME_MEMBERS),
            )
            .ask(
                create_with(ACME, "email=user@whylabs.ai&role=ADMIN&default=true&user_id=x"),
                membership(ACME, USER_ID, "ADMIN", false),
            )
            .ask(
                update_with(ACME, "email=user@whylabs.ai&role=VIEWER&set_default=true"),
                membership(ACME, USER_ID, "VIEWER", false),
            )
            .ask(
                request("DELETE", format!("{}?email={USER}&role=OWNER", path(ACME))),
                ok(),
            ),
        Scenario::new(
            &OTHER_PARAMETERS,
            "the names of those that are known count in their case",
        )
        .ask(
            create_with(ACME, "Email=user@whylabs.ai&role=ADMIN"),
            missing("email"),
        )
        .ask(remove(ACME, MEMBER), ok())
        .ask(list(ACME), ok()),
    ]
}
