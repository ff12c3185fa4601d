//! What is wrong with a body, as the model finds it.

use serde_json::{Value, json};

/// Kinds of faults, with their places.
pub(crate) type Issues = Vec<(&'static str, Value)>;

/// What is wrong with a list of ids that has to have so many.
pub(crate) fn issues_of_ids(body: &Value, name: &str, least: usize) -> Issues {
    match &body[name] {
        Value::Array(ids) if ids.len() < least => vec![("too_small", json!([name]))],
        Value::Array(ids) => {
            let issue = |(position, id): (usize, &Value)| {
                let place = json!([name, position]);
                match id.as_str() {
                    Some("") => Some(("too_small", place)),
                    Some(_) => None,
                    None => Some(("invalid_type", place)),
                }
            };
            ids.iter().enumerate().filter_map(issue).collect()
        }
        _ => vec![("invalid_type", json!([name]))],
    }
}

/// What is wrong with what an organization is to be.
pub(crate) fn issues_of_organization(body: &Value, is_change: bool) -> Issues {
    let mut issues = Issues::new();
    let mut text = |name: &'static str, least: usize, most: usize, may_be_null: bool| match body.get(name) {
        Some(Value::String(text)) if text.chars().count() < least => {
            issues.push(("too_small", json!([name])))
        }
        Some(Value::String(text)) if text.chars().count() > most => issues.push(("too_big", json!([name]))),
        None | Some(Value::String(_)) => {}
        Some(Value::Null) if may_be_null => {}
        Some(_) => issues.push(("invalid_type", json!([name]))),
    };
    if is_change {
        text("id", 1, 21, false);
    }
    text("name", 1, 128, false);
    text("description", 0, 256, true);
    if !is_change && body.get("name").is_none() {
        issues.push(("invalid_type", json!(["name"])));
    }
    if body.get("createdAt").is_some_and(|created| !created.is_number()) {
        issues.push(("invalid_type", json!(["createdAt"])));
    }
    issues
}

/// The ids in a list, each once.
pub(crate) fn ids<'a>(body: &'a Value, name: &str) -> Vec<&'a str> {
    let mut ids = Vec::new();
    for id in body[name]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// A description as it is kept: none where it has no characters.
pub(crate) fn description(body: &Value) -> Option<String> {
    let text = body["description"].as_str().filter(|text| !text.is_empty());
    text.map(str::to_owned)
}
