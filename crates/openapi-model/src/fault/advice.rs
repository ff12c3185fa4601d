use serde_json::Value;

/// What was probably meant, or else some general advice.
pub(super) fn for_meant(meant: Option<&str>, otherwise: &str) -> String {
    meant.map_or_else(
        || otherwise.to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    )
}

pub(super) fn for_reference(meant: Option<&str>) -> String {
    for_meant(
        meant,
        "bring the parts together in one document, for instance with `npx @redocly/cli bundle`",
    )
}

/// What usually lies behind a value of the wrong type: most often what YAML made of it.
pub(super) fn for_type(expected: &str, value: &Value) -> &'static str {
    match (expected, value) {
        ("`true` or `false`", Value::String(text)) if is_yaml_1_1_boolean(text) => {
            "YAML 1.2 reads `yes`, `no`, `on` and `off` as text; write `true` or `false`"
        }
        ("`true` or `false`" | "a number" | "a whole number", Value::String(_)) => {
            "write it without quotes; not-a-number and the infinities of YAML do not exist in JSON"
        }
        ("text", Value::Number(_) | Value::Bool(_)) => "put it in quotes to make it a text",
        (_, Value::Null) => "give it a value, or remove the keyword",
        ("a list", _) => "write each item on a line of its own, after `- `",
        ("an object", Value::Array(_)) => "write `key: value` lines instead of a list",
        _ => "correct the value, or remove the keyword",
    }
}

fn is_yaml_1_1_boolean(text: &str) -> bool {
    ["yes", "no", "on", "off", "y", "n"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

pub(super) fn for_kind(keyword: &str) -> &'static str {
    match keyword {
        "description" => "say in a few words what it means; an empty text will do",
        "responses" => "document at least the answer to a successful call, or a `default`",
        "paths" => "write `paths: {}` if there are none",
        "content" => "list the media types it may have, such as `application/json`",
        "in" => "write `query`, `header` or `cookie`, or, for a parameter, `path`",
        "scopes" => "write `scopes: {}` if there are none",
        _ => "the specification requires it; add it",
    }
}

pub(super) fn for_keyword_of_31(keyword: &str) -> &'static str {
    match keyword {
        "const" => "in 3.0 write an `enum` of one value",
        "examples" => "in a schema of 3.0 write one `example`",
        "prefixItems" => "3.0 has no tuples; describe the items by `items` with `oneOf`",
        "$defs" => "put the schemas under `components.schemas`",
        "webhooks" => "they are ignored",
        _ => "it is ignored; say it in the description, or in other words of 3.0",
    }
}

pub(super) fn for_unknown_type(found: &str, meant: Option<&str>) -> String {
    match found {
        "null" => "in 3.0 null is allowed by `nullable: true` beside another type".to_owned(),
        "file" => "write `type: string` with `format: binary`".to_owned(),
        "any" => "leave `type` out to allow any".to_owned(),
        "date" | "datetime" | "date-time" | "uuid" | "email" => {
            "write `type: string` and make this the `format`".to_owned()
        }
        "float" | "double" | "decimal" => "write `type: number` and make this the `format`".to_owned(),
        "int" | "long" | "int32" | "int64" => {
            "write `type: integer`, with `format: int32` or `int64`".to_owned()
        }
        _ => for_meant(
            meant,
            "write `string`, `number`, `integer`, `boolean`, `array` or `object`",
        ),
    }
}
