//! Removing members, and memberships from beginning to end.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    ACME, ACME_MEMBERS, CY, DEE, FAY, GUS, JAN, SOLO, USER, create, list, merge, ok, refused, remove, update,
};
use super::rules::{IDS, LIFE, REMOVAL};

pub(crate) fn rows() -> Vec<Scenario> {
    [removal(), ids(), lives()].concat()
}

fn removal() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&REMOVAL, name);
    let unknown = || refused(404, "resource_not_found");
    vec![
        row("the answer is the membership as it was, in the organization as it is now")
            .clock("2026-01-01T00:00:00Z")
            .ask(
                list(ACME, "offset=11&limit=1"),
                ok().keep("data.0.id", "id")
                    .keep("data.0.public_metadata", "public")
                    .keep("data.0.public_user_data", "user"),
            )
            .ask(
                remove(ACME, CY),
                ok().has("id", "{id}")
                    .has("object", "organization_membership")
                    .has("role", "org:member")
                    .has("public_metadata", "{public}")
                    .has("private_metadata", json!({ "crm": { "id": 7 } }))
                    .has("public_user_data", "{user}")
                    .has("created_at", 1_724_749_948_000_i64)
                    .has("updated_at", 1_724_749_948_000_i64)
                    .has("organization.members_count", 13)
                    .lacks("deleted"),
            ),
        row("who was removed is listed no more")
            .ask(remove(ACME, ACME_MEMBERS[0]), ok())
            .ask(
                list(ACME, ""),
                ok().lists("data", USER, &ACME_MEMBERS[1..11])
                    .has("total_count", 13),
            ),
        row("who was removed cannot be removed again, or changed")
            .ask(remove(ACME, DEE), ok())
            .ask(remove(ACME, DEE), unknown())
            .ask(update(ACME, DEE, "org:member"), unknown())
            .ask(merge(ACME, DEE, &json!({})), unknown()),
        row("everybody but the last admin can be removed")
            .ask(remove(SOLO, FAY), ok().has("organization.members_count", 1))
            .ask(
                remove(SOLO, super::calls::EVE),
                refused(400, "organization_minimum_permissions_needed"),
            ),
    ]
}

fn ids() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&IDS, name);
    let form = "^orgmem_[0-9A-Za-z]{27}$";
    vec![
        row("a membership has an id of Clerk's form, of its own and for good")
            .clock("2026-01-01T00:00:00Z")
            .ask(
                create(ACME, GUS, "org:member"),
                ok().matches("id", form).keep("id", "gus"),
            )
            .ask(
                create(SOLO, GUS, "org:member"),
                ok().matches("id", form).differs("id", "{gus}"),
            )
            .ask(update(ACME, GUS, "org:admin"), ok().has("id", "{gus}"))
            .ask(merge(ACME, GUS, &json!({})), ok().has("id", "{gus}"))
            .ask(list(ACME, "limit=1"), ok().has("data.0.id", "{gus}"))
            .ask(remove(ACME, GUS), ok().has("id", "{gus}"))
            .ask(
                create(ACME, GUS, "org:member"),
                ok().matches("id", form).differs("id", "{gus}"),
            ),
        row("a refused request uses up no id")
            .clock("2026-01-01T00:00:00Z")
            .ask(
                create(ACME, CY, "org:member"),
                refused(400, "already_a_member_in_organization"),
            )
            .ask(create(ACME, GUS, "org:member"), ok()),
    ]
}

fn lives() -> Vec<Scenario> {
    let first = |name| ok().has("data.0", name);
    vec![
        Scenario::new(
            &LIFE,
            "added, listed, changed, merged, removed, gone, and added anew",
        )
        .ask(
            create(ACME, GUS, "org:member"),
            ok().keep("", "added").keep("id", "id"),
        )
        .ask(list(ACME, "limit=1"), first("{added}").has("total_count", 15))
        .ask(
            update(ACME, GUS, "org:billing"),
            ok().has("id", "{id}")
                .has("role", "org:billing")
                .keep("", "changed"),
        )
        .ask(list(ACME, "limit=1"), first("{changed}"))
        .ask(
            merge(
                ACME,
                GUS,
                &json!({ "public_metadata": { "a": { "b": 1 } }, "private_metadata": { "c": [2] } }),
            ),
            ok().has("role", "org:billing")
                .has("public_metadata", json!({ "a": { "b": 1 } }))
                .keep("", "merged"),
        )
        .ask(list(ACME, "limit=1"), first("{merged}"))
        .ask(
            remove(ACME, GUS),
            ok().has("id", "{id}")
                .has("role", "org:billing")
                .has("public_metadata", json!({ "a": { "b": 1 } }))
                .has("private_metadata", json!({ "c": [2] })),
        )
        .ask(
            list(ACME, "limit=500"),
            ok().lists("data", USER, &ACME_MEMBERS).has("total_count", 14),
        )
        .ask(merge(ACME, GUS, &json!({})), refused(404, "resource_not_found"))
        .ask(
            create(ACME, GUS, "org:member"),
            ok().differs("id", "{id}")
                .has("public_metadata", json!({}))
                .has("private_metadata", json!({}))
                .has("organization.members_count", 15),
        ),
        Scenario::new(&LIFE, "a member keeps the place in the list through every change")
            .ask(update(ACME, JAN, "org:admin"), ok())
            .ask(merge(ACME, JAN, &json!({ "public_metadata": { "a": 1 } })), ok())
            .ask(list(ACME, "limit=500"), ok().lists("data", USER, &ACME_MEMBERS)),
    ]
}
