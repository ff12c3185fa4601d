//! Changing roles, removing members, and what becomes of everybody else.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    ACME, ACME_MEMBERS, ADMIN, ADMIN_KEY, DOMAINS, DOMAINS_KEY, FREE, FREE_KEY, MEMBER, MEMBER_ID, MULTI,
    SPARE, STAFF_KEY, USER, USER_ID, VIEWER, create, duplicate, full, list, listed, listed_with, membership,
    no_membership, ok, remove, update, with_key,
};
use super::rules::{APART, AT_ONCE, NO_PROTECTION, REMOVAL, REPEATING, ROLE_CHANGE};

pub(crate) fn rows() -> Vec<Scenario> {
    [
        role_changes(),
        removals(),
        unprotected(),
        repeating(),
        apart(),
        at_once(),
    ]
    .concat()
}

fn role_changes() -> Vec<Scenario> {
    let row = |name: String| Scenario::new(&ROLE_CHANGE, name);
    let mut rows = Vec::new();
    for from in ["ADMIN", "MEMBER", "VIEWER"] {
        for to in ["ADMIN", "MEMBER", "VIEWER"] {
            rows.push(
                row(format!("from {from} to {to}"))
                    .given(update(ACME, MEMBER, from))
                    .ask(update(ACME, MEMBER, to), membership(ACME, MEMBER_ID, to, false))
                    .ask(
                        list(ACME),
                        listed_with(&ACME_MEMBERS, "role", &["ADMIN", to, "VIEWER", "MEMBER"]),
                    ),
            );
        }
    }
    rows.push(
        row("who is no member has no role to change, and does not become one".to_owned())
            .ask(update(ACME, USER, "ADMIN"), no_membership(USER_ID, ACME))
            .ask(list(ACME), listed(&ACME_MEMBERS)),
    );
    rows.push(
        row("a full organization is no obstacle".to_owned())
            .ask(
                with_key(update(FREE, "bulk01@free.example", "ADMIN"), FREE_KEY),
                ok().has("role", "ADMIN"),
            )
            .ask(with_key(create(FREE, SPARE, "MEMBER"), FREE_KEY), full()),
    );
    rows
}

fn removals() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&REMOVAL, name);
    vec![
        row("the answer is an empty object, and who was removed is listed no more")
            .ask(remove(ACME, VIEWER), ok().has("", json!({})))
            .ask(list(ACME), listed(&[ADMIN, MEMBER, MULTI])),
        row("who was removed has no role to change")
            .ask(remove(ACME, MEMBER), ok())
            .ask(update(ACME, MEMBER, "ADMIN"), no_membership(MEMBER_ID, ACME)),
        row("who was removed can be added again, with a role of its own")
            .ask(remove(ACME, MEMBER), ok())
            .ask(
                create(ACME, MEMBER, "VIEWER"),
                membership(ACME, MEMBER_ID, "VIEWER", false),
            )
            .ask(
                list(ACME),
                listed_with(
                    &[ADMIN, VIEWER, MULTI, MEMBER],
                    "role",
                    &["ADMIN", "VIEWER", "MEMBER", "VIEWER"],
                ),
            ),
        row("who is no member cannot be removed")
            .ask(remove(ACME, USER), no_membership(USER_ID, ACME))
            .ask(remove(DOMAINS, MEMBER), super::calls::other_organization(DOMAINS))
            .ask(
                with_key(remove(DOMAINS, MEMBER), DOMAINS_KEY),
                no_membership(MEMBER_ID, DOMAINS),
            ),
    ]
}

fn unprotected() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&NO_PROTECTION, name);
    vec![
        row("the last administrator can step down")
            .ask(
                update(ACME, ADMIN, "VIEWER"),
                ok().has("role", "VIEWER").has("default", true),
            )
            .ask(
                list(ACME),
                listed_with(&ACME_MEMBERS, "role", &["VIEWER", "MEMBER", "VIEWER", "MEMBER"]),
            ),
        row("the last administrator can be removed, and the key goes on working")
            .ask(with_key(remove(ACME, "ADMIN@acme.ai"), ADMIN_KEY), ok())
            .ask(with_key(list(ACME), ADMIN_KEY), listed(&[MEMBER, VIEWER, MULTI]))
            .ask(with_key(create(ACME, ADMIN, "ADMIN"), ADMIN_KEY), ok()),
        row("everybody can be removed")
            .ask(remove(ACME, ADMIN), ok())
            .ask(remove(ACME, MEMBER), ok())
            .ask(remove(ACME, VIEWER), ok())
            .ask(remove(ACME, MULTI), ok())
            .ask(list(ACME), ok().has("", json!({ "memberships": [] }))),
    ]
}

fn repeating() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&REPEATING, name);
    vec![
        row("adding again is refused")
            .ask(create(ACME, USER, "ADMIN"), ok())
            .ask(create(ACME, USER, "ADMIN"), duplicate(USER, ACME)),
        row("the same role again is the same answer")
            .ask(update(ACME, MEMBER, "VIEWER"), ok().keep("", "changed"))
            .ask(update(ACME, MEMBER, "VIEWER"), ok().has("", "{changed}")),
        row("removing again finds nobody")
            .ask(remove(ACME, VIEWER), ok())
            .ask(
                remove(ACME, VIEWER),
                super::calls::answer_of_kind(404, "MembershipNotFound"),
            )
            .ask(create(ACME, VIEWER, "VIEWER"), ok()),
        row("a key that makes requests one and the same is not looked at")
            .ask(create(ACME, USER, "ADMIN").header("idempotency-key", "k"), ok())
            .ask(
                create(ACME, USER, "ADMIN").header("idempotency-key", "k"),
                duplicate(USER, ACME),
            ),
    ]
}

fn apart() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&APART, name);
    let others = || with_key(list(DOMAINS), DOMAINS_KEY);
    vec![
        row("a role is that of one organization")
            .ask(update(ACME, ADMIN, "VIEWER"), ok())
            .ask(
                others(),
                listed_with(&[ADMIN, MULTI], "role", &["ADMIN", "VIEWER"]),
            ),
        row("who leaves one organization stays in the other")
            .ask(remove(ACME, MULTI), ok())
            .ask(others(), listed(&[ADMIN, MULTI])),
        row("nobody else is changed")
            .ask(with_key(others(), STAFF_KEY), ok().keep("", "others"))
            .ask(update(ACME, MEMBER, "ADMIN"), ok())
            .ask(create(ACME, USER, "ADMIN"), ok())
            .ask(remove(ACME, VIEWER), ok())
            .ask(others(), ok().has("", "{others}"))
            .ask(
                list(ACME),
                listed_with(
                    &[ADMIN, MEMBER, MULTI, USER],
                    "role",
                    &["ADMIN", "ADMIN", "MEMBER", "ADMIN"],
                ),
            ),
    ]
}

fn at_once() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&AT_ONCE, name);
    let add = || create(ACME, USER, "ADMIN");
    let free = |email: &str| with_key(create(FREE, email, "MEMBER"), FREE_KEY);
    vec![
        row("what was done is seen at once")
            .ask(add(), ok())
            .ask(list(ACME), listed(&[ACME_MEMBERS.as_slice(), &[USER]].concat()))
            .ask(remove(ACME, USER), ok())
            .ask(list(ACME), listed(&ACME_MEMBERS)),
        row("one of several additions of one user succeeds")
            .together(
                vec![add(), add(), add()],
                vec![ok(), duplicate(USER, ACME), duplicate(USER, ACME)],
            )
            .ask(list(ACME), listed(&[ACME_MEMBERS.as_slice(), &[USER]].concat())),
        row("one of several users gets the last place")
            .given(with_key(remove(FREE, "bulk25@free.example"), FREE_KEY))
            .together(
                vec![
                    free(SPARE),
                    free("bulk25@free.example"),
                    free("outsider@gmail.com"),
                ],
                vec![ok(), full(), full()],
            ),
        row("one of several removals succeeds")
            .together(
                vec![remove(ACME, VIEWER), remove(ACME, VIEWER)],
                vec![ok(), super::calls::answer_of_kind(404, "MembershipNotFound")],
            )
            .ask(list(ACME), listed(&[ADMIN, MEMBER, MULTI])),
    ]
}
