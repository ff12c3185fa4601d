//! Organizations: created, read, changed, renamed and deleted.

use contract_tests::scenario::Scenario;
use serde_json::{Value, json};

use super::calls::{
    ACME, ACME_MEMBERS, ADMIN, ALICE, BOB, CAROL, DAVE, EMPTY, FOREIGN_KEY, GLOBEX, MEMBER, NO_SUCH_ENTITY,
    NO_SUCH_ID, NOT_A_MEMBER, NOT_FOUND, NOWHERE, VIEWER, add, assign, assign_all, create, created, delete,
    done, get, invalid_at, list, listed, members, ok, patch, refused, remove, replace, roles, set_roles,
    take,
};
use super::rules::{CHANGING, CREATING, DELETING, NOTHING_TO_CHANGE, READING, RENAMING};

pub(crate) fn rows() -> Vec<Scenario> {
    [
        creating(),
        reading(),
        changing(),
        bad_changes(),
        nothing_to_change(),
        renaming(),
        deleting(),
    ]
    .concat()
}

/// The beginning of 2026.
const NOW: i64 = 1_767_225_600_000;

fn creating() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&CREATING, name);
    let mut rows = vec![
        row("a new organization has an id of its own, was created now, and has no description")
            .clock("2026-01-01T00:00:00Z")
            .ask(
                create(&json!({ "name": "New Org" })),
                created()
                    .matches("id", "^[0-9a-z]{12}$")
                    .keep("id", "id")
                    .has(
                        "",
                        json!({ "id": "{id}", "name": "New Org", "description": null, "createdAt": NOW }),
                    )
                    .keep("", "new"),
            )
            .ask(get("{id}"), ok().has("", "{new}"))
            .ask(list("page=4&page_size=1"), ok().has("", json!(["{new}"]))),
        row("a new organization has the description and the time that are sent along").ask(
            create(&json!({ "name": "New Org", "description": "x", "createdAt": 1_715_000_000_000_i64 })),
            created()
                .has("description", "x")
                .has("createdAt", 1_715_000_000_000_i64),
        ),
        row("a description of null is none, and one of no characters is none either")
            .ask(
                create(&json!({ "name": "New Org", "description": null })),
                created().has("description", Value::Null),
            )
            .ask(
                create(&json!({ "name": "New Org", "description": "" })),
                created().has("description", Value::Null),
            ),
        row("an id that is sent along is passed over")
            .ask(
                create(&json!({ "name": "New Org", "id": ACME })),
                created().differs("id", ACME).keep("id", "id"),
            )
            .ask(get(ACME), ok().has("name", "Acme Inc"))
            .ask(get("{id}"), ok().has("name", "New Org")),
        row("a name may be that of another organization")
            .ask(create(&json!({ "name": "Globex" })), created().keep("id", "one"))
            .ask(
                create(&json!({ "name": "Globex" })),
                created().differs("id", "{one}").keep("id", "two"),
            )
            .ask(
                list("q=globex"),
                ok().lists("", "id", &[GLOBEX, "{one}", "{two}"]),
            ),
        row("a new organization has no members, whoever calls")
            .ask(create(&json!({ "name": "New Org" })), created().keep("id", "id"))
            .ask(members("{id}", ""), listed(&[], 0))
            .ask(
                list("q=new%20org&showFeatured=1"),
                ok().has("0.usersCount", 0).has("0.featuredUsers", json!([])),
            ),
        row("one more is created, one more is there")
            .ask(create(&json!({ "name": "New Org" })), created())
            .ask(list(""), ok().header("total-number", "4")),
    ];
    let longest = "\u{e9}".repeat(128);
    rows.push(
        row("a name has 128 characters at most, a description 256")
            .ask(
                create(&json!({ "name": longest, "description": longest.repeat(2) })),
                created().has("name", longest.as_str()),
            )
            .ask(
                create(&json!({ "name": "x".repeat(129) })),
                invalid_at("body", "too_big", &json!(["name"])).has("data.issues.0.maximum", 128),
            )
            .ask(
                create(&json!({ "name": "x", "description": "x".repeat(257) })),
                invalid_at("body", "too_big", &json!(["description"])).has("data.issues.0.maximum", 256),
            ),
    );
    for (what, body, code) in [
        ("is missing", json!({}), "invalid_type"),
        ("is empty", json!({ "name": "" }), "too_small"),
        ("is null", json!({ "name": null }), "invalid_type"),
        ("is no text", json!({ "name": 1 }), "invalid_type"),
    ] {
        rows.push(
            row(&format!("nothing is created where the name {what}"))
                .ask(create(&body), invalid_at("body", code, &json!(["name"]))),
        );
    }
    rows
}

fn reading() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&READING, name);
    vec![
        row("an organization is read whole").ask(
            get(ACME),
            ok().has(
                "",
                json!({
                    "id": ACME,
                    "name": "Acme Inc",
                    "description": "Makes everything",
                    "createdAt": 1_704_067_200_000_i64
                }),
            ),
        ),
        row("an organization that nobody described has a description of null")
            .ask(get(GLOBEX), ok().has("description", Value::Null)),
        row("no organization goes by a part of an id, or by an id in capitals")
            .ask(get("acme0000000"), refused(404, NO_SUCH_ID))
            .ask(get("acme000000011"), refused(404, NO_SUCH_ID))
            .ask(get("ACME00000001"), refused(404, NO_SUCH_ID))
            .ask(get("Acme%20Inc"), refused(404, NO_SUCH_ID))
            .ask(get("0"), refused(404, NO_SUCH_ID)),
        row("the refusal says what there is not").ask(
            get(NOWHERE),
            refused(404, NO_SUCH_ID)
                .matches("message", "\\borganizations\\b")
                .matches("message", NOWHERE),
        ),
    ]
}

fn changing() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&CHANGING, name);
    let acme = |name: &str, description: Value| {
        json!({
            "id": ACME, "name": name, "description": description, "createdAt": 1_704_067_200_000_i64
        })
    };
    vec![
        row("only what is sent changes, and the answer is the whole")
            .ask(
                patch(ACME, &json!({ "name": "Acme Ltd" })),
                ok().has("", acme("Acme Ltd", json!("Makes everything"))),
            )
            .ask(
                patch(ACME, &json!({ "description": "Makes more" })),
                ok().has("", acme("Acme Ltd", json!("Makes more")))
                    .keep("", "changed"),
            )
            .ask(get(ACME), ok().has("", "{changed}")),
        row("a description of null clears it")
            .ask(
                patch(ACME, &json!({ "description": null })),
                ok().has("", acme("Acme Inc", Value::Null)),
            )
            .ask(get(ACME), ok().has("description", Value::Null)),
        row("a description of no characters clears it")
            .ask(
                patch(ACME, &json!({ "description": "" })),
                ok().has("", acme("Acme Inc", Value::Null)),
            )
            .ask(get(ACME), ok().has("description", Value::Null)),
        row("the time of creation can be changed")
            .ask(
                patch(ACME, &json!({ "createdAt": 1_715_000_000_000_i64 })),
                ok().has("createdAt", 1_715_000_000_000_i64)
                    .has("name", "Acme Inc"),
            )
            .ask(get(ACME), ok().has("createdAt", 1_715_000_000_000_i64)),
        row("any number is a time of creation")
            .ask(patch(ACME, &json!({ "createdAt": 0 })), ok().has("createdAt", 0))
            .ask(
                patch(ACME, &json!({ "createdAt": -1 })),
                ok().has("createdAt", -1),
            )
            .ask(
                patch(ACME, &json!({ "createdAt": 1.5 })),
                ok().has("createdAt", 1.5),
            )
            .ask(
                create(&json!({ "name": "New", "createdAt": 9e18 })),
                created().has("createdAt", 9e18),
            ),
        row("what is sent along beside is passed over").ask(
            patch(
                ACME,
                &json!({ "name": "Acme Ltd", "customData": {}, "usersCount": 9 }),
            ),
            ok().has("", acme("Acme Ltd", json!("Makes everything"))),
        ),
        row("members and roles stay through a change")
            .ask(members(ACME, ""), ok().keep("", "before"))
            .ask(patch(ACME, &json!({ "name": "Acme Ltd" })), ok())
            .ask(members(ACME, ""), ok().has("", "{before}")),
        row("an organization that is not there cannot be changed").ask(
            patch(NOWHERE, &json!({ "name": "x" })),
            refused(404, NO_SUCH_ENTITY).matches("message", "\\borganization\\b"),
        ),
    ]
}

fn bad_changes() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, field, value, code) in [
        ("empty name", "name", json!(""), "too_small"),
        ("name of null", "name", Value::Null, "invalid_type"),
        (
            "name of 129 characters",
            "name",
            json!("x".repeat(129)),
            "too_big",
        ),
        ("name that is no text", "name", json!(["x"]), "invalid_type"),
        (
            "description of 257 characters",
            "description",
            json!("x".repeat(257)),
            "too_big",
        ),
        (
            "description that is no text",
            "description",
            json!(false),
            "invalid_type",
        ),
        ("empty id", "id", json!(""), "too_small"),
        ("blank id", "id", json!(" \t"), "invalid_string"),
        (
            "id with a control character",
            "id",
            json!("users\u{0}"),
            "invalid_string",
        ),
        ("id of null", "id", Value::Null, "invalid_type"),
        ("id of 22 characters", "id", json!("x".repeat(22)), "too_big"),
        (
            "time that is a text",
            "createdAt",
            json!("2024-01-01"),
            "invalid_type",
        ),
        ("time of null", "createdAt", Value::Null, "invalid_type"),
    ] {
        rows.push(
            Scenario::new(
                &CHANGING,
                format!("there is no {what}, and nothing else changes either"),
            )
            .ask(
                patch(ACME, &json!({ "name": "Acme Ltd", field: value })),
                invalid_at("body", code, &json!([field])),
            ),
        );
    }
    rows
}

fn nothing_to_change() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&NOTHING_TO_CHANGE, name);
    let nothing = || refused(400, "entity.invalid_input");
    vec![
        row("a change of nothing is refused").ask(patch(ACME, &json!({})), nothing()),
        row("a change of what nobody knows is a change of nothing")
            .ask(patch(ACME, &json!({ "customData": {}, "Name": "x" })), nothing()),
        row("a change of nothing is one wherever it is").ask(patch(NOWHERE, &json!({})), nothing()),
    ]
}

fn renaming() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&RENAMING, name);
    let new = "acmeltd00001";
    let taken = || refused(400, "entity.unique_integrity_violation");
    vec![
        row("members and their roles come along")
            .ask(members(ACME, ""), ok().keep("", "before"))
            .ask(
                patch(ACME, &json!({ "id": new })),
                ok().has(
                    "",
                    json!({
                        "id": new,
                        "name": "Acme Inc",
                        "description": "Makes everything",
                        "createdAt": 1_704_067_200_000_i64
                    }),
                ),
            )
            .ask(members(new, ""), ok().has("", "{before}"))
            .ask(roles(new, ALICE, ""), ok().lists("", "id", &[ADMIN, MEMBER]))
            .ask(take(new, ALICE, ADMIN), done())
            .ask(
                members(new, "q=alice"),
                ok().lists("0.organizationRoles", "id", &[MEMBER]),
            ),
        row("the old id is nobody's")
            .given(patch(ACME, &json!({ "id": new })))
            .ask(get(ACME), refused(404, NO_SUCH_ID))
            .ask(patch(ACME, &json!({ "name": "x" })), refused(404, NO_SUCH_ENTITY))
            .ask(delete(ACME), refused(404, NOT_FOUND))
            .ask(members(ACME, ""), refused(404, NO_SUCH_ID))
            .ask(add(ACME, &[BOB]), refused(422, FOREIGN_KEY))
            .ask(remove(ACME, BOB), refused(404, NOT_FOUND))
            .ask(roles(ACME, BOB, ""), refused(422, NOT_A_MEMBER)),
        row("the list keeps its order")
            .given(patch(ACME, &json!({ "id": "zzz" })))
            .ask(list(""), ok().lists("", "id", &["zzz", GLOBEX, EMPTY])),
        row("no two organizations have one id")
            .ask(patch(ACME, &json!({ "id": GLOBEX, "name": "x" })), taken())
            .ask(get(ACME), ok().has("name", "Acme Inc")),
        row("an organization can be given the id it has")
            .ask(
                patch(ACME, &json!({ "id": ACME, "name": "Acme Ltd" })),
                ok().has("name", "Acme Ltd"),
            )
            .ask(members(ACME, ""), listed(&ACME_MEMBERS, 4)),
        row("an id that is free again can be taken")
            .given(patch(ACME, &json!({ "id": new })))
            .ask(patch(GLOBEX, &json!({ "id": ACME })), ok().has("name", "Globex"))
            .ask(members(ACME, ""), listed(&[DAVE], 1)),
        row("an id has 21 characters at most")
            .ask(
                patch(ACME, &json!({ "id": "x".repeat(21) })),
                ok().has("id", "x".repeat(21)),
            )
            .ask(get(&"x".repeat(21)), ok()),
        row("whether the id is in use is found out after whether there is such an organization").ask(
            patch(NOWHERE, &json!({ "id": GLOBEX })),
            refused(404, NO_SUCH_ENTITY),
        ),
    ]
}

fn deleting() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&DELETING, name);
    vec![
        row("an organization that was deleted is gone, from the list too")
            .ask(delete(GLOBEX), done())
            .ask(get(GLOBEX), refused(404, NO_SUCH_ID))
            .ask(
                list(""),
                ok().lists("", "id", &[ACME, EMPTY]).header("total-number", "2"),
            ),
        row("nothing is deleted twice, and nothing that is not there")
            .ask(delete(GLOBEX), done())
            .ask(delete(GLOBEX), refused(404, NOT_FOUND))
            .ask(delete(NOWHERE), refused(404, NOT_FOUND))
            .ask(delete("0"), refused(404, NOT_FOUND)),
        row("an organization that was deleted takes no part in anything")
            .given(delete(ACME))
            .ask(patch(ACME, &json!({ "name": "x" })), refused(404, NO_SUCH_ENTITY))
            .ask(members(ACME, ""), refused(404, NO_SUCH_ID))
            .ask(add(ACME, &[ALICE]), refused(422, FOREIGN_KEY))
            .ask(replace(ACME, &[ALICE]), refused(422, FOREIGN_KEY))
            .ask(replace(ACME, &[]), refused(422, FOREIGN_KEY))
            .ask(assign_all(ACME, &[ALICE], &[ADMIN]), refused(422, FOREIGN_KEY))
            .ask(remove(ACME, ALICE), refused(404, NOT_FOUND))
            .ask(roles(ACME, ALICE, ""), refused(422, NOT_A_MEMBER))
            .ask(assign(ACME, ALICE, &[ADMIN]), refused(422, NOT_A_MEMBER))
            .ask(set_roles(ACME, ALICE, &[]), refused(422, NOT_A_MEMBER))
            .ask(take(ACME, ALICE, ADMIN), refused(422, NOT_A_MEMBER)),
        row("users and roles outlive the organization, and what they have elsewhere does too")
            .given(delete(ACME))
            .ask(roles(GLOBEX, DAVE, ""), ok().lists("", "id", &[VIEWER]))
            .ask(add(GLOBEX, &[ALICE, CAROL]), created())
            .ask(assign(GLOBEX, ALICE, &[ADMIN]), created())
            .ask(members(GLOBEX, ""), listed(&[ALICE, CAROL, DAVE], 3)),
        row("an organization that comes to the id of one that was deleted finds nothing of it")
            .given(delete(ACME))
            .ask(patch(EMPTY, &json!({ "id": ACME })), ok())
            .ask(members(ACME, ""), listed(&[], 0))
            .ask(add(ACME, &[ALICE]), created())
            .ask(roles(ACME, ALICE, ""), ok().has("", json!([]))),
    ]
}
