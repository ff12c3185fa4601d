//! How users are found.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    ACME, ACME_MEMBERS, CLAIM, GHOST, MEMBER, MEMBER_ID, ORPHAN, USER, USER_ID, VIEWER, create, create_with,
    list, listed, membership, missing, no_user, ok, path, remove, request, update, update_with,
};
use super::rules::{ADDRESSES, NO_NEW_USERS};

pub(crate) fn rows() -> Vec<Scenario> {
    [addresses(), users()].concat()
}

fn addresses() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ADDRESSES, name);
    let mut rows = vec![
        row("an address counts in any letter case")
            .ask(
                create(ACME, "USER@WhyLabs.AI", "VIEWER"),
                membership(ACME, USER_ID, "VIEWER", false),
            )
            .ask(
                update(ACME, "MEMBER@acme.AI", "ADMIN"),
                membership(ACME, MEMBER_ID, "ADMIN", false),
            )
            .ask(remove(ACME, "Viewer@Acme.Ai"), ok())
            .ask(
                list(ACME),
                listed(&[
                    "admin@acme.ai",
                    "member@acme.ai",
                    "multi@acme.ai",
                    "user@whylabs.ai",
                ]),
            ),
        row("a plus has to be written as %2B, since a bare one is a space")
            .ask(create(ACME, "new+tag@acme.ai", "MEMBER"), no_user("acme.ai"))
            .ask(create(ACME, "new%2Btag@acme.ai", "MEMBER"), ok())
            .ask(update(ACME, "new+tag@acme.ai", "VIEWER"), no_user("acme.ai"))
            .ask(update(ACME, "new%2Btag@acme.ai", "VIEWER"), ok())
            .ask(remove(ACME, "new+tag@acme.ai"), no_user("acme.ai"))
            .ask(remove(ACME, "new%2btag@acme.ai"), ok()),
        row("an @ may be written as %40").ask(create(ACME, "user%40whylabs.ai", "ADMIN"), ok()),
        row("blanks around an address are part of it")
            .ask(create(ACME, "%20user@whylabs.ai", "ADMIN"), no_user("whylabs.ai"))
            .ask(remove(ACME, "member@acme.ai%20"), no_user("acme.ai ")),
        row("once the address is another, the old one is nobody's, and the user the same")
            .fixtures(format!(
                "extends: true\nwhylabs: {{ users: [{{ id: {MEMBER_ID}, email: Renamed@Acme.ai }}] }}"
            ))
            .ask(update(ACME, MEMBER, "ADMIN"), no_user("acme.ai"))
            .ask(create(ACME, MEMBER, "ADMIN"), no_user("acme.ai"))
            .ask(
                update(ACME, "renamed@acme.ai", "ADMIN"),
                membership(ACME, MEMBER_ID, "ADMIN", false),
            )
            .ask(list(ACME), ok().has("memberships.1.email", "renamed@acme.ai")),
        row("an address has to be sent")
            .ask(create_with(ACME, "role=ADMIN"), missing("email"))
            .ask(update_with(ACME, "role=ADMIN"), missing("email"))
            .ask(request("DELETE", path(ACME)), missing("email")),
        row("an empty address counts as none")
            .ask(create(ACME, "", "ADMIN"), missing("email"))
            .ask(update(ACME, "", "ADMIN"), missing("email"))
            .ask(remove(ACME, ""), missing("email")),
    ];
    for (written, domain) in [
        ("notanemail", "notanemail"),
        ("@", ""),
        ("member", "member"),
        ("member@", ""),
        ("member@acme.ai@", ""),
        ("%F0%9F%8E%89@acme.ai", "acme.ai"),
        ("a@%C3%A9.example", "\u{e9}.example"),
    ] {
        rows.push(
            row(&format!("{written} is just somebody unknown"))
                .ask(create(ACME, written, "ADMIN"), no_user(domain))
                .ask(update(ACME, written, "ADMIN"), no_user(domain))
                .ask(remove(ACME, written), no_user(domain)),
        );
    }
    rows
}

fn users() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&NO_NEW_USERS, name);
    vec![
        row("who is unknown stays so")
            .ask(create(ACME, GHOST, "MEMBER"), no_user("acme.ai"))
            .ask(create(ACME, GHOST, "MEMBER"), no_user("acme.ai"))
            .ask(update(ACME, GHOST, "MEMBER"), no_user("acme.ai"))
            .ask(remove(ACME, GHOST), no_user("acme.ai"))
            .ask(list(ACME), listed(&ACME_MEMBERS)),
        row("who was removed is a user still")
            .ask(remove(ACME, VIEWER), ok())
            .ask(
                create(ACME, VIEWER, "ADMIN"),
                ok().has("role", "ADMIN").has("default", false),
            ),
        row("a user whose record is gone is nobody")
            .ask(create(ACME, ORPHAN, "MEMBER"), no_user("acme.ai"))
            .ask(update(ACME, ORPHAN, "MEMBER"), no_user("acme.ai"))
            .ask(remove(ACME, ORPHAN), no_user("acme.ai")),
        row("the id of a user stays the same through all of it")
            .ask(create(ACME, CLAIM, "MEMBER"), ok().keep("userId", "id"))
            .ask(remove(ACME, CLAIM), ok().has("", json!({})))
            .ask(create(ACME, CLAIM, "ADMIN"), ok().has("userId", "{id}"))
            .ask(create(ACME, USER, "ADMIN"), ok().differs("userId", "{id}")),
    ]
}
