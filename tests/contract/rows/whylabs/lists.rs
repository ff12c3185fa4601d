//! Listing, and where the organization has to be there.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    ACME, ACME_MEMBERS, ADMIN_ID, CLAIM, CLAIM_ID, DOMAINS, EMPTY, EMPTY_KEY, FREE, FREE_KEY, GONE, GONE_KEY,
    MEMBER, MEMBER_ID, NOWHERE, STAFF_KEY, USER, USER_ID, VIEWER, create, list, listed, listed_with,
    membership, no_membership, no_organization, ok, remove, update, with_key,
};
use super::rules::{CLAIMS, LISTING, ORGANIZATIONS};

pub(crate) fn rows() -> Vec<Scenario> {
    [listing(), claims(), organizations()].concat()
}

fn listing() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LISTING, name);
    let bulk: Vec<_> = (1..=25)
        .map(|number| format!("bulk{number:02}@free.example"))
        .collect();
    let bulk: Vec<_> = bulk.iter().map(String::as_str).collect();
    vec![
        row("every member is listed with address, role and default, in the order they joined")
            .ask(
                list(ACME),
                listed_with(&ACME_MEMBERS, "role", &["ADMIN", "MEMBER", "VIEWER", "MEMBER"])
                    .lists("memberships", "default", &[true, false, false, true])
                    .lists("memberships", "orgId", &[ACME; 4])
                    .has(
                        "memberships.0",
                        json!({ "orgId": ACME, "default": true, "role": "ADMIN", "userId": ADMIN_ID, "email": "admin@acme.ai" }),
                    )
                    .lacks("total")
                    .lacks("next"),
            ),
        row("all of them come at once").ask(with_key(list(FREE), FREE_KEY), listed(&bulk)),
        row("nobody is an empty list").ask(
            with_key(list(EMPTY), EMPTY_KEY),
            ok().has("", json!({ "memberships": [] })),
        ),
        row("the caller need not be a member").ask(with_key(list(DOMAINS), STAFF_KEY), listed(&["admin@acme.ai", "multi@acme.ai"])),
        row("users whose record is gone are left out, their addresses free to others")
            .fixtures("extends: true\nwhylabs: { users: [{ id: user-new, email: orphan@acme.ai }] }")
            .ask(list(ACME), listed(&ACME_MEMBERS))
            .ask(create(ACME, "orphan@acme.ai", "VIEWER"), membership(ACME, "user-new", "VIEWER", false))
            .ask(list(ACME), listed(&[ACME_MEMBERS.as_slice(), &["orphan@acme.ai"]].concat())),
        row("listing twice gives the same")
            .ask(list(ACME), ok().keep("", "list"))
            .ask(list(ACME), ok().has("", "{list}")),
    ]
}

fn claims() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&CLAIMS, name);
    vec![
        row("they are not listed").ask(list(ACME), listed(&ACME_MEMBERS)),
        row("they have no role to change").ask(update(ACME, CLAIM, "ADMIN"), no_membership(CLAIM_ID, ACME)),
        row("they can be removed, once")
            .ask(remove(ACME, CLAIM), ok().has("", json!({})))
            .ask(remove(ACME, CLAIM), no_membership(CLAIM_ID, ACME)),
        row("removing the member removes both")
            .ask(create(ACME, CLAIM, "MEMBER"), ok())
            .ask(update(ACME, CLAIM, "ADMIN"), ok().has("role", "ADMIN"))
            .ask(remove(ACME, CLAIM), ok())
            .ask(remove(ACME, CLAIM), no_membership(CLAIM_ID, ACME))
            .ask(list(ACME), listed(&ACME_MEMBERS)),
    ]
}

fn organizations() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ORGANIZATIONS, name);
    let staff = |call| with_key(call, STAFF_KEY);
    let gone = |call| with_key(call, GONE_KEY);
    vec![
        row("nobody joins one that is not there, or is gone")
            .ask(staff(create(NOWHERE, USER, "ADMIN")), no_organization(NOWHERE))
            .ask(gone(create(GONE, USER, "ADMIN")), no_organization(GONE)),
        row("one that is not there, or is gone, has no list, even none that is empty")
            .ask(staff(list(NOWHERE)), no_organization(NOWHERE))
            .ask(gone(list(GONE)), no_organization(GONE))
            .ask(staff(list(GONE)), no_organization(GONE)),
        row("the members of one that is gone can be changed and removed")
            .ask(
                gone(update(GONE, MEMBER, "ADMIN")),
                membership(GONE, MEMBER_ID, "ADMIN", false),
            )
            .ask(gone(remove(GONE, MEMBER)), ok())
            .ask(gone(remove(GONE, MEMBER)), no_membership(MEMBER_ID, GONE)),
        row("one that is not there just has no members to change or to remove")
            .ask(
                staff(update(NOWHERE, USER, "ADMIN")),
                no_membership(USER_ID, NOWHERE),
            )
            .ask(staff(remove(NOWHERE, USER)), no_membership(USER_ID, NOWHERE))
            .ask(
                staff(update(NOWHERE, VIEWER, "ADMIN")),
                super::calls::answer_of_kind(404, "MembershipNotFound"),
            ),
    ]
}
