//! Roles: which there are, what changing one does, and who must stay.

use contract_tests::scenario::Scenario;
use serde_json::json;

use super::calls::{
    ACME, ADA, BOB, CY, EMPTY, EVE, FAY, GUS, HAL, NOBODY, SOLO, TOM, create, list, merge, ok, refused,
    refused_for, remove, update,
};
use super::rules::{LAST_ADMIN, MEMBERS_ONLY, ROLE_CHANGE, ROLES};

const EVERYTHING: [&str; 6] = [
    "org:sys_profile:manage",
    "org:sys_profile:delete",
    "org:sys_memberships:read",
    "org:sys_memberships:manage",
    "org:sys_domains:read",
    "org:sys_domains:manage",
];

const NO_OLD_KEYS: &str = "
extends: true
clerk:
  instances: [{ id: ins_29w82vZtQ8KxWmR3pJ7hYcN5sBd, legacy_role_keys: false }]
";

/// A role with just what the last admin is kept for, and one that lacks a part of it.
const NEARLY_ADMINS: &str = "
extends: true
clerk:
  roles:
    - { key: 'org:just', name: Just, permissions: ['org:sys_memberships:manage', 'org:sys_profile:delete', 'org:sys_memberships:read'] }
    - { key: 'org:almost', name: Almost, permissions: ['org:sys_memberships:manage', 'org:sys_memberships:read', 'org:sys_profile:manage'] }
";

pub(crate) fn rows() -> Vec<Scenario> {
    [
        keys(),
        old_keys(),
        changes(),
        last_admin(),
        exceptions(),
        members_only(),
    ]
    .concat()
}

fn keys() -> Vec<Scenario> {
    let unknown = || refused_for(404, "resource_not_found", "role");
    let mut exact = Scenario::new(&ROLES, "a role key counts as it is written");
    for key in [
        "org:nope",
        "org:Admin",
        "ORG:ADMIN",
        "org:admin ",
        " org:admin",
        "Admin",
        "guest_member",
        "org:",
    ] {
        exact = exact
            .ask(create(ACME, GUS, key), unknown())
            .ask(update(ACME, CY, key), unknown());
    }
    vec![
        exact,
        Scenario::new(&ROLES, "a role says its name and its permissions")
            .ask(
                create(ACME, GUS, "org:admin"),
                ok().has("role_name", "Admin")
                    .has("permissions", json!(EVERYTHING)),
            )
            .ask(
                create(ACME, HAL, "org:billing"),
                ok().has("role_name", "Billing").has(
                    "permissions",
                    json!(["org:sys_memberships:read", "org:invoices:create"]),
                ),
            ),
    ]
}

fn old_keys() -> Vec<Scenario> {
    let unknown = || refused_for(404, "resource_not_found", "role");
    vec![
        Scenario::new(
            &ROLES,
            "the old keys stand for the new ones and stay as they were given",
        )
        .ask(
            create(ACME, GUS, "admin"),
            ok().has("role", "admin")
                .has("role_name", "Admin")
                .has("permissions", json!(EVERYTHING)),
        )
        .ask(
            update(ACME, CY, "basic_member"),
            ok().has("role", "basic_member")
                .has("role_name", "Member")
                .has("permissions", json!(["org:sys_memberships:read"])),
        )
        .ask(list(ACME, "limit=1"), ok().has("data.0.role", "admin")),
        Scenario::new(&ROLES, "an instance without the old keys does not know them")
            .fixtures(NO_OLD_KEYS)
            .ask(create(ACME, GUS, "admin"), unknown())
            .ask(update(ACME, CY, "basic_member"), unknown())
            .ask(create(ACME, GUS, "org:admin"), ok()),
        Scenario::new(&LAST_ADMIN, "an admin by the old key is one")
            .given(create(SOLO, GUS, "admin"))
            .ask(update(SOLO, EVE, "org:member"), ok())
            .ask(
                update(SOLO, GUS, "basic_member"),
                refused(400, "organization_minimum_permissions_needed"),
            ),
    ]
}

fn changes() -> Vec<Scenario> {
    let cy = || list(ACME, "order_by=created_at&offset=2&limit=1");
    vec![
        Scenario::new(
            &ROLE_CHANGE,
            "role, name and permissions change, and the time of change; nothing else does",
        )
        .clock("2026-01-01T00:00:00Z")
        .ask(
            cy(),
            ok().keep("data.0.id", "id")
                .keep("data.0.public_metadata", "public")
                .keep("data.0.private_metadata", "private")
                .keep("data.0.organization", "organization")
                .keep("data.0.public_user_data", "user")
                .keep("data.0.created_at", "created"),
        )
        .ask(
            update(ACME, CY, "org:admin"),
            ok().has(
                "",
                json!({
                    "object": "organization_membership",
                    "id": "{id}",
                    "role": "org:admin",
                    "role_name": "Admin",
                    "permissions": EVERYTHING,
                    "public_metadata": "{public}",
                    "private_metadata": "{private}",
                    "organization": "{organization}",
                    "public_user_data": "{user}",
                    "created_at": "{created}",
                    "updated_at": 1_767_225_600_000_i64
                }),
            )
            .keep("", "changed"),
        )
        .ask(cy(), ok().has("data.0", "{changed}")),
        Scenario::new(&ROLE_CHANGE, "the same role once more is a change too")
            .clock("2026-01-01T00:00:00Z")
            .ask(
                update(ACME, CY, "org:member"),
                ok().has("role", "org:member")
                    .has("updated_at", 1_767_225_600_000_i64),
            ),
    ]
}

fn last_admin() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LAST_ADMIN, name);
    let refused = || refused(400, "organization_minimum_permissions_needed");
    vec![
        row("the only admin can neither step down nor leave")
            .ask(update(SOLO, EVE, "org:member"), refused())
            .ask(update(SOLO, EVE, "org:billing"), refused())
            .ask(remove(SOLO, EVE), refused()),
        row("of two admins one can step down, and then the other has to stay")
            .ask(create(SOLO, GUS, "org:admin"), ok())
            .ask(update(SOLO, EVE, "org:member"), ok())
            .ask(update(SOLO, GUS, "org:member"), refused())
            .ask(remove(SOLO, EVE), ok())
            .ask(remove(SOLO, GUS), refused()),
        row("a role with all an admin may is as good, and then it has to stay")
            .ask(update(SOLO, EVE, "org:owner"), ok().has("role_name", "Owner"))
            .ask(update(SOLO, EVE, "org:member"), refused())
            .ask(remove(SOLO, EVE), refused())
            .ask(update(SOLO, EVE, "org:admin"), ok()),
        row("an owner beside the admin lets the admin go")
            .given(update(SOLO, FAY, "org:owner"))
            .ask(remove(SOLO, EVE), ok())
            .ask(remove(SOLO, FAY), refused()),
        row("three permissions make the difference")
            .fixtures(NEARLY_ADMINS)
            .ask(update(SOLO, EVE, "org:almost"), refused())
            .ask(update(SOLO, EVE, "org:just"), ok())
            .ask(update(SOLO, EVE, "org:almost"), refused()),
    ]
}

fn exceptions() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&LAST_ADMIN, name);
    vec![
        row("the only admin may be made admin again").ask(update(SOLO, EVE, "org:admin"), ok()),
        row("an ordinary member can go where there is one admin").ask(remove(SOLO, FAY), ok()),
        row("where nobody is an admin nobody has to stay")
            .ask(create(EMPTY, GUS, "org:member"), ok())
            .ask(create(EMPTY, HAL, "org:member"), ok())
            .ask(update(EMPTY, GUS, "org:billing"), ok())
            .ask(remove(EMPTY, GUS), ok())
            .ask(remove(EMPTY, HAL), ok().has("organization.members_count", 0)),
        row("whoever created the organization can step down while there is another admin")
            .ask(
                update(ACME, ADA, "org:member"),
                ok().has("organization.created_by", ADA),
            )
            .ask(
                update(ACME, BOB, "org:member"),
                refused(400, "organization_minimum_permissions_needed"),
            ),
        row("whoever created the organization can leave while there is another admin")
            .ask(remove(ACME, ADA), ok())
            .ask(
                list(ACME, "limit=1"),
                ok().has("data.0.organization.created_by", ADA),
            ),
    ]
}

fn members_only() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (who, user) in [
        ("a user who is no member", HAL),
        ("nobody", NOBODY),
        ("a user of another instance", TOM),
        ("a member's e-mail address", "bob@example.com"),
        ("a membership's own id", "orgmem_29w9IhKGYQr83wlMvTgbqvXQqwu"),
        ("a member's id in capitals", "USER_29W85KF5ZR3QA7YEEEBY3ABP3E2"),
    ] {
        let unknown = || refused(404, "resource_not_found");
        rows.push(
            Scenario::new(&MEMBERS_ONLY, format!("{who} has no membership"))
                .ask(update(ACME, user, "org:member"), unknown())
                .ask(merge(ACME, user, &json!({})), unknown())
                .ask(remove(ACME, user), unknown()),
        );
    }
    rows
}
