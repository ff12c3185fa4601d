use std::collections::BTreeSet;

use api_support::schema::Format;
use serde_json::Value;

use crate::Case;
use crate::document::{invalid, is_true, items, members, text};

/// Every keyword that can refuse a request or a value of a component has a value that it refuses.
pub(crate) fn every_rule_has_an_invalid_value(case: &Case, problems: &mut Vec<String>) {
    let mut used = BTreeSet::new();
    let mut shown = BTreeSet::new();
    for (_, schema) in case.document.schemas() {
        collect(schema, &mut used);
        shown.extend(invalid(schema).iter().map(|entry| entry.rule.to_owned()));
    }
    for operation in case.document.operations() {
        if case.table(&operation).skipped.is_some() {
            continue;
        }
        for parameter in &operation.parameters {
            collect(parameter.schema, &mut used);
            used.extend((parameter.required && parameter.location != "path").then(|| "required".to_owned()));
            shown.extend(parameter.invalid.iter().map(|entry| entry.rule.to_owned()));
        }
        for media in operation
            .body
            .map(|body| case.document.content(body))
            .unwrap_or_default()
        {
            media
                .schema
                .into_iter()
                .for_each(|schema| collect(schema, &mut used));
            shown.extend(media.invalid.iter().map(|entry| entry.rule.to_owned()));
        }
    }
    problems.extend(
        used.difference(&shown)
            .map(|rule| format!("no invalid value shows {rule}")),
    );
}

/// The rules that a schema can be broken by. What a `$ref` leads to is looked at where it stands; the alternatives of
/// a choice cannot be broken by themselves, only the choice.
fn collect(schema: &Value, used: &mut BTreeSet<String>) {
    for (keyword, value) in members(Some(schema)) {
        match keyword {
            "enum" | "minLength" | "maxLength" | "pattern" | "multipleOf" | "minItems" | "maxItems"
            | "minProperties" | "maxProperties" => {
                used.insert(keyword.to_owned());
            }
            "minimum" | "maximum" => {
                let exclusive = if keyword == "minimum" {
                    "exclusiveMinimum"
                } else {
                    "exclusiveMaximum"
                };
                used.insert(
                    if is_true(schema, exclusive) {
                        exclusive
                    } else {
                        keyword
                    }
                    .to_owned(),
                );
            }
            "format" if value.as_str().and_then(Format::parse).is_some() => {
                used.insert(keyword.to_owned());
            }
            "uniqueItems" if value == true => {
                used.insert(keyword.to_owned());
            }
            "additionalProperties" if value == false => {
                used.insert(keyword.to_owned());
            }
            "required" if items(Some(value)).next().is_some() => {
                used.insert(keyword.to_owned());
            }
            "not" => {
                used.insert(keyword.to_owned());
            }
            "oneOf" | "anyOf" => {
                used.insert(
                    if schema.get("discriminator").is_some() {
                        "discriminator"
                    } else {
                        keyword
                    }
                    .to_owned(),
                );
            }
            "allOf" => items(Some(value)).for_each(|part| collect(part, used)),
            "items" | "additionalProperties" => collect(value, used),
            "properties" => members(Some(value)).for_each(|(_, property)| collect(property, used)),
            _ => {}
        }
    }
    // A value of another type breaks an `enum` too, and any text is a string: only numbers, booleans and objects
    // that are not listed can be of a wrong type and nothing else.
    let typed = text(schema, "type").is_some_and(|ty| matches!(ty, "integer" | "number" | "boolean"));
    if typed && schema.get("enum").is_none() {
        used.insert("type".to_owned());
    }
}
