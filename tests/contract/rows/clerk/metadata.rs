//! Merging metadata, and how much of it there may be.

use contract_tests::scenario::{Scenario, answer};
use serde_json::{Value, json};

use super::calls::{ACME, CY, FAY, FULL, GUS, JAN, create_with, list, merge, ok, refused_for};
use super::rules::{MERGING, METADATA_SIZE};

const TOO_LARGE: &str = "form_param_exceeds_allowed_size";

pub(crate) fn rows() -> Vec<Scenario> {
    [merges(), whole_merges(), sizes(), sizes_of_both(), depths()].concat()
}

fn public(value: &Value) -> Value {
    json!({ "public_metadata": value })
}

/// What becomes of Cy's public metadata by a patch.
fn merges() -> Vec<Scenario> {
    let stored = json!({ "prefs": { "theme": "dark", "beta": true }, "tags": ["x"] });
    let cases = [
        (
            "a key is changed, removed and added beside others, at any depth",
            json!({ "prefs": { "beta": null, "lang": "el" } }),
            json!({ "prefs": { "theme": "dark", "lang": "el" }, "tags": ["x"] }),
        ),
        (
            "an array takes the place of an array, with nulls as they are",
            json!({ "tags": [null, { "a": null }] }),
            json!({ "prefs": { "theme": "dark", "beta": true }, "tags": [null, { "a": null }] }),
        ),
        (
            "a scalar takes the place of an object",
            json!({ "prefs": 7 }),
            json!({ "prefs": 7, "tags": ["x"] }),
        ),
        (
            "an object takes the place of an array, without its nulls",
            json!({ "tags": { "a": null, "b": { "c": null, "d": 1 } } }),
            json!({ "prefs": { "theme": "dark", "beta": true }, "tags": { "b": { "d": 1 } } }),
        ),
        (
            "an object takes the place of a scalar, without its nulls",
            json!({ "prefs": { "theme": { "name": "dark", "since": null } } }),
            json!({ "prefs": { "theme": { "name": "dark" }, "beta": true }, "tags": ["x"] }),
        ),
        (
            "a new object comes without its nulls",
            json!({ "new": { "a": null, "b": { "c": null } } }),
            json!({ "prefs": { "theme": "dark", "beta": true }, "tags": ["x"], "new": { "b": {} } }),
        ),
        (
            "an object that is emptied stays",
            json!({ "prefs": { "theme": null, "beta": null } }),
            json!({ "prefs": {}, "tags": ["x"] }),
        ),
        (
            "a key that is removed is gone with all it held",
            json!({ "prefs": null, "tags": null }),
            json!({}),
        ),
        (
            "removing what is not there changes nothing",
            json!({ "gone": null, "prefs": { "gone": null } }),
            stored.clone(),
        ),
        (
            "an empty text, false and 0 are values like others",
            json!({ "a": "", "b": false, "c": 0, "prefs": { "beta": false } }),
            json!({ "prefs": { "theme": "dark", "beta": false }, "tags": ["x"], "a": "", "b": false, "c": 0 }),
        ),
        ("an empty object merges nothing", json!({}), stored),
    ];
    cases
        .into_iter()
        .map(|(name, patch, merged)| {
            Scenario::new(&MERGING, name)
                .ask(
                    merge(ACME, CY, &public(&patch)),
                    ok().has("public_metadata", merged.clone())
                        .has("private_metadata", json!({ "crm": { "id": 7 } })),
                )
                .ask(
                    list(ACME, "offset=11&limit=1"),
                    ok().has("data.0.public_metadata", merged),
                )
        })
        .collect()
}

fn whole_merges() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&MERGING, name);
    let stored = json!({ "prefs": { "theme": "dark", "beta": true }, "tags": ["x"] });
    vec![
        row("both kinds of metadata are merged in one request").ask(
            merge(
                ACME,
                CY,
                &json!({ "public_metadata": { "tags": null }, "private_metadata": { "crm": { "tier": "gold" } } }),
            ),
            ok().has("public_metadata", json!({ "prefs": { "theme": "dark", "beta": true } }))
                .has("private_metadata", json!({ "crm": { "id": 7, "tier": "gold" } })),
        ),
        row("what is not sent is left alone, and a body of nothing is fine")
            .clock("2026-01-01T00:00:00Z")
            .ask(
                merge(ACME, CY, &json!({})),
                ok().has("public_metadata", stored)
                    .has("private_metadata", json!({ "crm": { "id": 7 } }))
                    .has("updated_at", 1_767_225_600_000_i64)
                    .has("created_at", 1_724_749_948_000_i64),
            ),
        row("role, organization and user stay as they are").ask(
            merge(ACME, CY, &public(&json!({ "role": "org:admin", "name": "x" }))),
            ok().has("role", "org:member")
                .has("organization.public_metadata", json!({}))
                .has("organization.name", "Acme")
                .has("public_user_data.identifier", "cyclone"),
        ),
        row("merges follow on each other")
            .ask(merge(ACME, JAN, &public(&json!({ "a": { "b": 1 } }))), ok())
            .ask(merge(ACME, JAN, &public(&json!({ "a": { "c": 2 } }))), ok())
            .ask(
                merge(ACME, JAN, &public(&json!({ "a": { "b": null } }))),
                ok().has("public_metadata", json!({ "a": { "c": 2 } })),
            ),
    ]
}

/// An object that takes up this many bytes as compact JSON.
fn of_size(bytes: usize) -> Value {
    let frame = json!({ "k": "" }).to_string().len();
    json!({ "k": "x".repeat(bytes - frame) })
}

fn sizes() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&METADATA_SIZE, name);
    let accents = |count: usize| json!({ "k": "\u{e9}".repeat(count) });
    let body =
        |bytes: usize| json!({ "user_id": GUS, "role": "org:member", "private_metadata": of_size(bytes) });
    vec![
        row("8192 bytes of public metadata fit, one more does not")
            .ask(
                merge(ACME, JAN, &public(&of_size(8193))),
                refused_for(422, TOO_LARGE, "public_metadata").matches("errors.0.long_message", "8192"),
            )
            .ask(
                merge(ACME, JAN, &public(&of_size(8192))),
                ok().has("public_metadata", of_size(8192)),
            ),
        row("8192 bytes of private metadata fit, one more does not")
            .ask(
                merge(ACME, JAN, &json!({ "private_metadata": of_size(8193) })),
                refused_for(422, TOO_LARGE, "private_metadata"),
            )
            .ask(
                merge(ACME, JAN, &json!({ "private_metadata": of_size(8192) })),
                ok(),
            ),
        row("bytes count, not letters")
            .ask(merge(ACME, JAN, &public(&accents(4092))), ok())
            .ask(
                merge(ACME, JAN, &public(&accents(4093))),
                refused_for(422, TOO_LARGE, "public_metadata"),
            ),
        row("what counts is what comes out of the merge")
            .ask(merge(ACME, JAN, &public(&of_size(5000))), ok())
            .ask(
                merge(ACME, JAN, &public(&json!({ "l": "x".repeat(4000) }))),
                refused_for(422, TOO_LARGE, "public_metadata"),
            )
            .ask(
                merge(ACME, JAN, &public(&json!({ "k": null, "l": "x".repeat(4000) }))),
                ok(),
            ),
        row("the same holds from the start")
            .ask(
                create_with(ACME, &body(8193)),
                refused_for(422, TOO_LARGE, "private_metadata"),
            )
            .ask(
                create_with(ACME, &body(8192)),
                ok().has("private_metadata", of_size(8192)),
            ),
    ]
}

/// An object of so many levels, itself counted.
fn of_levels(levels: usize) -> Value {
    (1..levels).fold(json!({}), |value, _| json!({ "a": value }))
}

fn depths() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&METADATA_SIZE, name);
    let body = |levels: usize| json!({ "user_id": GUS, "role": "org:member", "private_metadata": of_levels(levels) });
    vec![
        row("64 levels of metadata fit, one more does not")
            .ask(
                merge(ACME, JAN, &public(&of_levels(65))),
                refused_for(422, TOO_LARGE, "public_metadata").matches("errors.0.long_message", "64 levels"),
            )
            .ask(
                merge(ACME, JAN, &public(&of_levels(64))),
                ok().has("public_metadata", of_levels(64)),
            ),
        row("64 levels of metadata fit from the start, one more does not")
            .ask(
                create_with(ACME, &body(65)),
                refused_for(422, TOO_LARGE, "private_metadata"),
            )
            .ask(
                create_with(ACME, &body(64)),
                ok().has("private_metadata", of_levels(64)),
            ),
    ]
}

fn sizes_of_both() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&METADATA_SIZE, name);
    let both = |public: Value, private: Value| {
        merge(
            FULL,
            FAY,
            &json!({ "public_metadata": public, "private_metadata": private }),
        )
    };
    vec![
        row("each kind of metadata is measured alone").ask(both(of_size(8192), of_size(8192)), ok()),
        row("where one kind is too large the other stays as it was too")
            .ask(
                both(json!({ "a": 1 }), of_size(8193)),
                refused_for(422, TOO_LARGE, "private_metadata"),
            )
            .ask(
                both(of_size(9000), json!({ "a": 1 })),
                refused_for(422, TOO_LARGE, "public_metadata"),
            )
            .ask(
                list(FULL, "limit=1"),
                ok().has("data.0.public_metadata", json!({}))
                    .has("data.0.private_metadata", json!({})),
            ),
        row("both kinds too large are two errors").ask(
            both(of_size(8193), of_size(8193)),
            answer(422)
                .lists("errors", "code", &[TOO_LARGE, TOO_LARGE])
                .lists(
                    "errors",
                    "meta.param_name",
                    &["public_metadata", "private_metadata"],
                ),
        ),
    ]
}
