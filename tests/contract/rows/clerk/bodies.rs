//! Bodies: unreadable ones, and fields that are missing, of the wrong type or unknown.

use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::{Body, Request};
use serde_json::{Value, json};

use super::calls::{
    ACME, CY, GUS, create, create_with, list, merge, ok, refused, refused_for, update, update_with,
};
use super::rules::{FIELDS, UNKNOWN_FIELDS, UNREADABLE};

const MISSING: &str = "form_param_missing";
const INVALID: &str = "form_param_value_invalid";

pub(crate) fn rows() -> Vec<Scenario> {
    [
        unreadable(),
        other_media_types(),
        of_adding(),
        of_a_role(),
        of_metadata(),
        unknown(),
    ]
    .concat()
}

/// The three operations that take a body, each with one that is good.
fn calls() -> [(&'static str, Request); 3] {
    [
        ("adding", create(ACME, GUS, "org:member")),
        ("changing a role", update(ACME, CY, "org:billing")),
        (
            "merging metadata",
            merge(ACME, CY, &json!({ "public_metadata": { "a": 1 } })),
        ),
    ]
}

fn unreadable() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, call) in calls() {
        let none = Request {
            body: Body::None,
            ..call.clone().without_header("content-type")
        };
        let mut row = Scenario::new(
            &UNREADABLE,
            format!("{what} takes a JSON object and nothing else"),
        )
        .ask(none, refused(400, "request_body_invalid"));
        for body in [
            "",
            "{\"role\":",
            "{'role': 1}",
            "[1]",
            "[]",
            "\"x\"",
            "5",
            "null",
            "true",
            "{} {}",
        ] {
            row = row.ask(
                call.clone().bytes_as_body(body),
                refused(400, "request_body_invalid"),
            );
        }
        rows.push(row);
    }
    rows
}

fn other_media_types() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, call) in calls() {
        let bare = call.without_header("content-type");
        let text = bare.clone().header("content-type", "text/plain");
        rows.push(
            Scenario::new(&UNREADABLE, format!("{what} reads JSON of whatever media type"))
                .ask(
                    text.clone().bytes_as_body("role=org:admin"),
                    refused(400, "request_body_invalid"),
                )
                .ask(text, ok()),
        );
        rows.push(Scenario::new(&UNREADABLE, format!("{what} reads JSON of no media type")).ask(bare, ok()));
    }
    rows
}

fn of_adding() -> Vec<Scenario> {
    let row = |name: String, body: Value, outcome: Outcome| {
        Scenario::new(&FIELDS, name).ask(create_with(ACME, &body), outcome)
    };
    let mut rows = vec![
        row(
            "adding needs a role".to_owned(),
            json!({ "user_id": GUS }),
            refused_for(422, MISSING, "role"),
        ),
        row(
            "adding needs a user".to_owned(),
            json!({ "role": "org:member" }),
            refused_for(422, MISSING, "user_id"),
        ),
        row(
            "adding says everything that is missing at once".to_owned(),
            json!({}),
            contract_tests::scenario::answer(422)
                .lists("errors", "code", &[MISSING, MISSING])
                .lists("errors", "meta.param_name", &["user_id", "role"]),
        ),
        row(
            "adding says all that is wrong at once, each in its way".to_owned(),
            json!({ "user_id": 5, "role": "", "public_metadata": [] }),
            contract_tests::scenario::answer(422)
                .lists("errors", "code", &[INVALID, MISSING, INVALID])
                .lists(
                    "errors",
                    "meta.param_name",
                    &["user_id", "role", "public_metadata"],
                ),
        ),
    ];
    for (field, other) in [("user_id", "role"), ("role", "user_id")] {
        let with = |value: Value| {
            let good = if other == "role" { "org:member" } else { GUS };
            json!({ field: value, other: good })
        };
        for (what, value) in [("an empty text", json!("")), ("null", json!(null))] {
            rows.push(row(
                format!("{what} is no {field}"),
                with(value),
                refused_for(422, MISSING, field),
            ));
        }
        for value in [json!(5), json!(true), json!([GUS]), json!({ "id": GUS })] {
            rows.push(row(
                format!("{value} is no {field}"),
                with(value),
                refused_for(422, INVALID, field),
            ));
        }
    }
    for bag in ["public_metadata", "private_metadata"] {
        for value in [json!("x"), json!(5), json!([]), json!(false)] {
            let mut body = json!({ "user_id": GUS, "role": "org:member" });
            body[bag] = value.clone();
            rows.push(row(
                format!("{value} is no {bag} to begin with"),
                body,
                refused_for(422, INVALID, bag),
            ));
        }
    }
    rows
}

fn of_a_role() -> Vec<Scenario> {
    let mut row = Scenario::new(&FIELDS, "changing a role needs a role");
    for body in [json!({}), json!({ "role": "" }), json!({ "role": null })] {
        row = row.ask(update_with(ACME, CY, &body), refused_for(422, MISSING, "role"));
    }
    let mut other = Scenario::new(&FIELDS, "changing a role needs a text");
    for value in [json!(3), json!(false), json!(["org:admin"]), json!({})] {
        let body = json!({ "role": value });
        other = other.ask(update_with(ACME, CY, &body), refused_for(422, INVALID, "role"));
    }
    vec![row, other]
}

fn of_metadata() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for bag in ["public_metadata", "private_metadata"] {
        let mut row = Scenario::new(&FIELDS, format!("only an object can be merged into {bag}"));
        for value in [json!("x"), json!(5), json!([{}]), json!(true), json!(null)] {
            let body = json!({ bag: value });
            row = row.ask(merge(ACME, CY, &body), refused_for(422, INVALID, bag));
        }
        rows.push(row);
    }
    rows.push(
        Scenario::new(
            &FIELDS,
            "what is wrong with one kind of metadata keeps the other as it was",
        )
        .ask(
            merge(
                ACME,
                CY,
                &json!({ "public_metadata": { "a": 1 }, "private_metadata": null }),
            ),
            refused_for(422, INVALID, "private_metadata"),
        ),
    );
    rows
}

fn unknown() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&UNKNOWN_FIELDS, name);
    let unknown = |field: &str| refused_for(422, "form_param_unknown", field);
    vec![
        row("adding ignores fields that nobody knows").ask(
            create_with(
                ACME,
                &json!({ "user_id": GUS, "role": "org:member", "unsafe_metadata": { "a": 1 }, "id": "x" }),
            ),
            ok().lacks("unsafe_metadata").differs("id", "x"),
        ),
        row("changing a role ignores every other field")
            .ask(
                list(ACME, "order_by=created_at&offset=2&limit=1"),
                ok().keep("data.0.public_metadata", "before"),
            )
            .ask(
                update_with(
                    ACME,
                    CY,
                    &json!({ "role": "org:billing", "user_id": GUS, "public_metadata": { "a": 1 }, "x": 1 }),
                ),
                ok().has("public_metadata", "{before}")
                    .has("public_user_data.user_id", CY),
            ),
        row("merging refuses fields that nobody knows")
            .ask(
                merge(ACME, CY, &json!({ "unsafe_metadata": {} })),
                unknown("unsafe_metadata"),
            )
            .ask(
                merge(
                    ACME,
                    CY,
                    &json!({ "public_metadata": { "a": 1 }, "role": "org:admin" }),
                ),
                unknown("role"),
            ),
        row("merging says all fields that nobody knows").ask(
            merge(ACME, CY, &json!({ "a": 1, "b": 2 })),
            contract_tests::scenario::answer(422)
                .lists("errors", "code", &["form_param_unknown", "form_param_unknown"])
                .lists("errors", "meta.param_name", &["a", "b"]),
        ),
    ]
}
