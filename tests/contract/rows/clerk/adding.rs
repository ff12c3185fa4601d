//! Adding members: whom, how many, and who may.

use contract_tests::scenario::{Outcome, Scenario};
use serde_json::{Value, json};

use super::calls::{
    ACME, CY, ELSEWHERE, EMPTY, EVE, FAY, FULL, GUS, HAL, JAN, NOBODY, NOWHERE, PLAIN, RESTRICTED, SOLO, TOM,
    USER, create, create_with, list, merge, ok, refused, remove, update, with_key,
};
use super::rules::{ADDING, DUPLICATE, EMBEDDED, METADATA_AT_START, NOT_PERMITTED, QUOTA, UNKNOWN};

const FULL_HOUSE: &str = "organization_membership_quota_exceeded";

pub(crate) fn rows() -> Vec<Scenario> {
    [
        adding(),
        unknown(),
        duplicates(),
        quota(),
        not_permitted(),
        from_the_start(),
        embedded(),
    ]
    .concat()
}

/// Gus, as he joins Acme when the clock stands at the beginning of 2026.
fn gus_in_acme() -> Value {
    json!({
        "object": "organization_membership",
        "id": "{id}",
        "role": "org:member",
        "role_name": "Member",
        "permissions": ["org:sys_memberships:read"],
        "public_metadata": {},
        "private_metadata": {},
        "organization": {
            "object": "organization",
            "id": ACME,
            "name": "Acme",
            "slug": "acme",
            "image_url": "https://img.clerk.com/default-org",
            "has_image": false,
            "members_count": 15,
            "pending_invitations_count": 0,
            "max_allowed_memberships": 0,
            "admin_delete_enabled": true,
            "public_metadata": {},
            "private_metadata": {},
            "created_by": super::calls::ADA,
            "created_at": 1_724_749_942_000_i64,
            "updated_at": 1_724_749_942_000_i64
        },
        "public_user_data": {
            "user_id": GUS,
            "first_name": "Gus",
            "last_name": "Gray",
            "profile_image_url": null,
            "image_url": "https://img.clerk.com/default-user",
            "has_image": false,
            "identifier": "gus@example.com"
        },
        "created_at": 1_767_225_600_000_i64,
        "updated_at": 1_767_225_600_000_i64
    })
}

fn adding() -> Vec<Scenario> {
    vec![
        Scenario::new(&ADDING, "the answer is the membership, whole")
            .clock("2026-01-01T00:00:00Z")
            .ask(
                create(ACME, GUS, "org:member"),
                ok().keep("id", "id").has("", gus_in_acme()),
            ),
        Scenario::new(&ADDING, "who was added is listed at once, and first")
            .ask(create(ACME, GUS, "org:billing"), ok().keep("", "added"))
            .ask(
                list(ACME, "limit=1"),
                ok().has("data.0", "{added}").has("total_count", 15),
            ),
        Scenario::new(&ADDING, "the first member of an organization may have any role").ask(
            create(EMPTY, GUS, "org:member"),
            ok().has("organization.members_count", 1),
        ),
    ]
}

fn unknown() -> Vec<Scenario> {
    let unknown = || refused(404, "resource_not_found");
    vec![
        Scenario::new(&UNKNOWN, "nobody joins an organization that is not there")
            .ask(create(NOWHERE, GUS, "org:member"), unknown()),
        Scenario::new(
            &UNKNOWN,
            "nobody who is not there joins, and the refusal says who that is",
        )
        .ask(
            create(ACME, NOBODY, "org:member"),
            unknown().matches("errors.0.long_message", NOBODY),
        ),
        Scenario::new(
            &UNKNOWN,
            "an organization that is not there has no list, even none that is empty",
        )
        .ask(list(NOWHERE, ""), unknown()),
        Scenario::new(
            &UNKNOWN,
            "an organization that is not there has no members to change",
        )
        .ask(update(NOWHERE, CY, "org:admin"), unknown())
        .ask(merge(NOWHERE, CY, &json!({})), unknown())
        .ask(remove(NOWHERE, CY), unknown()),
        Scenario::new(&UNKNOWN, "an id of no known form is one that is not there")
            .ask(list("Acme", ""), unknown())
            .ask(list("%F0%9F%8E%89", ""), unknown())
            .ask(list("a%2Fb", ""), unknown())
            .ask(create(ACME, "gus", "org:member"), unknown()),
    ]
}

fn duplicates() -> Vec<Scenario> {
    vec![
        Scenario::new(&DUPLICATE, "a member cannot be added again, and keeps the role")
            .ask(
                create(ACME, CY, "org:admin"),
                refused(400, "already_a_member_in_organization").matches("errors.0.long_message", CY),
            )
            .ask(
                list(ACME, "order_by=created_at&offset=2&limit=1"),
                ok().has("data.0.public_user_data.user_id", CY)
                    .has("data.0.role", "org:member"),
            ),
        Scenario::new(&DUPLICATE, "who was removed can be added again, as somebody new")
            .ask(remove(ACME, CY), ok().keep("id", "before"))
            .ask(
                create(ACME, CY, "org:member"),
                ok().differs("id", "{before}")
                    .has("public_metadata", json!({}))
                    .has("private_metadata", json!({})),
            ),
    ]
}

fn quota() -> Vec<Scenario> {
    let full = |limit: &str| refused(403, FULL_HOUSE).matches("errors.0.long_message", limit);
    let ids = [GUS, HAL, EVE, FAY, CY];
    let usual = ids.iter().fold(
        Scenario::new(
            &QUOTA,
            "there is room for five members where nothing else is said",
        ),
        |row, user| row.ask(create(EMPTY, user, "org:member"), ok()),
    );
    let fixtures = "
extends: true
clerk:
  organizations:
    - { id: org_invited, name: Invited, max_allowed_memberships: 2, pending_invitations: 2 }
    - { id: org_overfull, name: Overfull, max_allowed_memberships: 1, pending_invitations: 4 }
";
    vec![
        Scenario::new(&QUOTA, "members and open invitations fill an organization")
            .ask(create(FULL, GUS, "org:member"), full("3")),
        Scenario::new(&QUOTA, "invitations alone fill an organization too")
            .fixtures(fixtures)
            .ask(create("org_invited", GUS, "org:admin"), full("2"))
            .ask(create("org_overfull", GUS, "org:admin"), full("1")),
        Scenario::new(&QUOTA, "who leaves makes room for one")
            .ask(remove(FULL, FAY), ok())
            .ask(create(FULL, GUS, "org:member"), ok())
            .ask(create(FULL, HAL, "org:member"), full("3")),
        usual.ask(create(EMPTY, JAN, "org:member"), full("5")),
        Scenario::new(&QUOTA, "a limit of 0 is none")
            .ask(
                create(ACME, GUS, "org:member"),
                ok().has("organization.max_allowed_memberships", 0)
                    .has("organization.members_count", 15),
            )
            .ask(create(ACME, HAL, "org:member"), ok()),
        Scenario::new(&QUOTA, "members of a full organization can be changed")
            .ask(update(FULL, FAY, "org:admin"), ok())
            .ask(merge(FULL, FAY, &json!({ "public_metadata": { "a": 1 } })), ok()),
    ]
}

fn not_permitted() -> Vec<Scenario> {
    let off = || refused(403, "organization_not_enabled_in_instance");
    let plain = |request| with_key(request, PLAIN);
    let restricted = |request| with_key(request, RESTRICTED);
    vec![
        Scenario::new(
            &NOT_PERMITTED,
            "nobody is added where organizations are switched off",
        )
        .ask(plain(create(ELSEWHERE, TOM, "org:member")), off()),
        Scenario::new(
            &NOT_PERMITTED,
            "those who are members where organizations are switched off can be changed",
        )
        .ask(plain(list(ELSEWHERE, "")), ok().lists("data", USER, &[TOM]))
        .ask(plain(update(ELSEWHERE, TOM, "org:admin")), ok())
        .ask(plain(merge(ELSEWHERE, TOM, &json!({}))), ok())
        .ask(
            plain(remove(ELSEWHERE, TOM)),
            refused(400, "organization_minimum_permissions_needed"),
        ),
        Scenario::new(&NOT_PERMITTED, "a restricted key adds nobody").ask(
            restricted(create(ACME, GUS, "org:member")),
            refused(403, "authorization_invalid"),
        ),
        Scenario::new(&NOT_PERMITTED, "a restricted key does everything else")
            .ask(restricted(list(ACME, "")), ok())
            .ask(restricted(update(ACME, CY, "org:admin")), ok())
            .ask(restricted(merge(ACME, CY, &json!({}))), ok())
            .ask(restricted(remove(ACME, CY)), ok()),
    ]
}

fn from_the_start() -> Vec<Scenario> {
    let with = |public: Value, private: Value| {
        let body = json!({
            "user_id": GUS, "role": "org:member", "public_metadata": public, "private_metadata": private
        });
        create_with(ACME, &body)
    };
    let row = |name: &str| Scenario::new(&METADATA_AT_START, name);
    let bags = |public: Value, private: Value| -> Outcome {
        ok().has("public_metadata", public)
            .has("private_metadata", private)
    };
    vec![
        row("metadata sent along is there from the start")
            .ask(
                with(
                    json!({ "team": "north", "tags": [1, null] }),
                    json!({ "crm": { "id": 11 } }),
                ),
                bags(
                    json!({ "team": "north", "tags": [1, null] }),
                    json!({ "crm": { "id": 11 } }),
                )
                .keep("", "added"),
            )
            .ask(list(ACME, "limit=1"), ok().has("data.0", "{added}")),
        row("null metadata is empty metadata")
            .ask(with(json!(null), json!(null)), bags(json!({}), json!({}))),
        row("one kind of metadata may come without the other").ask(
            create_with(
                SOLO,
                &json!({ "user_id": GUS, "role": "org:member", "private_metadata": { "a": 1 } }),
            ),
            bags(json!({}), json!({ "a": 1 })),
        ),
    ]
}

fn embedded() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&EMBEDDED, name);
    let counts = |count: i32| {
        ok().has("organization.members_count", count)
            .has("organization.updated_at", 1_724_749_942_000_i64)
    };
    let fixtures = "
extends: true
clerk:
  organizations:
    - id: org_branded
      name: Branded
      max_allowed_memberships: 0
      pending_invitations: 2
      admin_delete_enabled: false
      image_url: https://img.example.com/logo.png
      public_metadata: { plan: gold }
      private_metadata: { account: 9 }
      created_at: 2024-01-01T00:00:00Z
      updated_at: 2024-02-01T00:00:00Z
";
    vec![
        row("the number of members is right after every change, and the organization is otherwise untouched")
            .ask(create(ACME, GUS, "org:member"), counts(15))
            .ask(update(ACME, GUS, "org:admin"), counts(15))
            .ask(
                merge(ACME, GUS, &json!({ "public_metadata": { "a": 1 } })),
                counts(15),
            )
            .ask(remove(ACME, GUS), counts(14))
            .ask(
                list(ACME, "limit=1"),
                ok().has("data.0.organization.members_count", 14)
                    .has("data.0.organization.updated_at", 1_724_749_942_000_i64),
            ),
        row("the organization is shown with its own metadata, picture and invitations")
            .fixtures(fixtures)
            .ask(
                create("org_branded", GUS, "org:admin"),
                ok().has("organization.public_metadata", json!({ "plan": "gold" }))
                    .has("organization.private_metadata", json!({ "account": 9 }))
                    .has("organization.has_image", true)
                    .has("organization.image_url", "https://img.example.com/logo.png")
                    .has("organization.pending_invitations_count", 2)
                    .has("organization.admin_delete_enabled", false)
                    .has("organization.created_at", 1_704_067_200_000_i64)
                    .has("organization.updated_at", 1_706_745_600_000_i64)
                    .lacks("organization.created_by"),
            ),
        row("a user goes by e-mail address, else by phone number, else by username").ask(
            list(ACME, "order_by=created_at&offset=1&limit=3"),
            ok().lists(
                "data",
                "public_user_data.identifier",
                &["bob@example.com", "cyclone", "+15555550104"],
            )
            .has("data.1.public_user_data.first_name", Value::Null)
            .has("data.1.public_user_data.last_name", Value::Null),
        ),
    ]
}
