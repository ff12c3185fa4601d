//! The text of documentation comments.

use openapi_model::{Operation, Schema, SchemaId, Type};

use super::types::Types;

/// A description as documentation: Markdown that rustdoc shows and never runs. Code blocks are marked as text, and
/// lines are not indented so far that Markdown takes them for code.
fn inert(markdown: &str) -> String {
    let mut in_fence = false;
    let lines = markdown.trim().lines().map(|line| {
        let trimmed = line.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            in_fence = !in_fence;
            let fence: String = trimmed.chars().take_while(|c| matches!(c, '`' | '~')).collect();
            return if in_fence { format!("{fence}text") } else { fence };
        }
        let indent = line.len() - trimmed.len();
        if in_fence || indent < 4 {
            line.trim_end().to_owned()
        } else {
            format!("  {}", trimmed.trim_end())
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Paragraphs, empty ones left out.
fn paragraphs(parts: impl IntoIterator<Item = Option<String>>) -> String {
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.trim().is_empty())
        .collect();
    parts.join("\n\n")
}

/// The documentation of a type.
pub(super) fn schema(schema: &Schema) -> String {
    let title = schema.title.as_deref().map(inert);
    let described = schema.description.as_deref().map(inert);
    let fallback = (title.is_none() && described.is_none()).then(|| place(schema));
    paragraphs([title, described, fallback, default(schema)])
}

/// Where a schema without words of its own stands, in words as far as they go.
fn place(schema: &Schema) -> String {
    let steps: Vec<String> = schema.pointer.tokens().collect();
    match steps.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["components", "schemas", name] => format!("The schema `{name}`."),
        ["components", "schemas", name, "properties", property] => {
            format!("The member `{property}` of `{name}`.")
        }
        ["components", "schemas", name, "items"] => format!("An item of `{name}`."),
        _ => format!("The schema at `{}`.", schema.pointer),
    }
}

/// The documentation of a field: the property's own words, else those of the component it refers to.
pub(super) fn property(types: &Types<'_>, id: SchemaId) -> String {
    let schema = &types.api.schemas[id];
    let described = schema
        .description
        .as_deref()
        .or(schema.title.as_deref())
        .map(inert);
    let rules = rules(types, id);
    let fallback = (described.is_none() && rules.is_none()).then(|| match schema.pointer.last() {
        Some(name) => format!("`{name}`."),
        None => "A member.".to_owned(),
    });
    let written = schema.write_only.then(|| "Sent by the client only.".to_owned());
    let read = schema.read_only.then(|| "Sent by the server only.".to_owned());
    paragraphs([described, fallback, rules, read, written, default(schema)])
}

/// The documentation of an alternative.
pub(super) fn alternative(schema: &Schema) -> String {
    let described = schema
        .description
        .as_deref()
        .or(schema.title.as_deref())
        .map(inert);
    described.unwrap_or_else(|| match (&schema.name, kind(schema)) {
        (Some(name), _) => format!("`{name}`."),
        (None, Some(kind)) => format!("{kind}."),
        (None, None) => "An alternative without a name.".to_owned(),
    })
}

/// What a value is called that has one JSON type.
fn kind(schema: &Schema) -> Option<&'static str> {
    let mut types = schema.types.without_null();
    match (types.next()?, types.next()) {
        (Type::Boolean, None) => Some("A boolean"),
        (Type::Integer, None) => Some("An integer"),
        (Type::Number, None) => Some("A number"),
        (Type::String, None) => Some("A string"),
        (Type::Array, None) => Some("An array"),
        (Type::Object, None) => Some("An object"),
        _ => None,
    }
}

/// The rules of a scalar in words, since its Rust type does not show them.
fn rules(types: &Types<'_>, id: SchemaId) -> Option<String> {
    let schema = &types.api.schemas[id];
    let mut rules = Vec::new();
    if let Some(format) = &schema.format {
        rules.push(format!("format `{format}`"));
    }
    match (schema.min_length, schema.max_length) {
        (Some(least), Some(most)) => rules.push(format!("{least} to {most} characters")),
        (Some(least), None) => rules.push(format!("at least {}", counted(least, "character"))),
        (None, Some(most)) => rules.push(format!("at most {}", counted(most, "character"))),
        (None, None) => {}
    }
    if let Some(pattern) = &schema.pattern {
        let unenforced = if types.unenforced.contains(&id) {
            ", not enforced"
        } else {
            ""
        };
        rules.push(format!("pattern `{}`{unenforced}", pattern.replace('`', "'")));
    }
    match (&schema.minimum, &schema.maximum) {
        (Some(least), Some(most)) => rules.push(format!(
            "{}, {}",
            bound(least, "at least", "more than"),
            bound(most, "at most", "less than")
        )),
        (Some(least), None) => rules.push(bound(least, "at least", "more than")),
        (None, Some(most)) => rules.push(bound(most, "at most", "less than")),
        (None, None) => {}
    }
    if let Some(step) = &schema.multiple_of {
        rules.push(format!("a multiple of {step}"));
    }
    match (schema.min_items, schema.max_items) {
        (Some(least), Some(most)) => rules.push(format!("{least} to {most} items")),
        (Some(least), None) => rules.push(format!("at least {}", counted(least, "item"))),
        (None, Some(most)) => rules.push(format!("at most {}", counted(most, "item"))),
        (None, None) => {}
    }
    if schema.unique_items {
        rules.push("no item twice".to_owned());
    }
    (!rules.is_empty()).then(|| format!("Rules: {}.", rules.join("; ")))
}

fn counted(count: u64, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

fn bound(bound: &openapi_model::Bound, inclusive: &str, exclusive: &str) -> String {
    match bound {
        openapi_model::Bound::Inclusive(limit) => format!("{inclusive} {limit}"),
        openapi_model::Bound::Exclusive(limit) => format!("{exclusive} {limit}"),
    }
}

fn default(schema: &Schema) -> Option<String> {
    schema
        .default
        .as_ref()
        .map(|value| format!("Default: `{value}`."))
}

/// A description, or else the given sentence.
pub(super) fn or(description: Option<&str>, otherwise: &str) -> String {
    description
        .map(inert)
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| otherwise.to_owned())
}

/// A parameter's documentation: its words and its schema's rules.
pub(super) fn parameter(
    types: &Types<'_>,
    description: Option<&str>,
    schema: Option<SchemaId>,
    otherwise: &str,
) -> String {
    let words = or(description, otherwise);
    let rules = schema.and_then(|id| rules(types, id));
    let default = schema.and_then(|id| default(&types.api.schemas[id]));
    paragraphs([Some(words), rules, default])
}

/// The documentation of an operation: what it does, and where it is.
pub(super) fn operation(operation: &Operation, id: &str) -> String {
    let place = format!("`{} {}` · operation `{id}`", operation.method, operation.path);
    let summary = operation.summary.as_deref().map(inert);
    let description = operation
        .description
        .as_deref()
        .filter(|text| Some(*text) != operation.summary.as_deref())
        .map(inert);
    paragraphs([summary, Some(place), description])
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn code_in_descriptions_is_shown_and_never_run() {
        let text = inert("Call it:\n\n    let x = 1;\n\n```rust\npanic!();\n```\nDone.");
        assert_eq!(text, "Call it:\n\n  let x = 1;\n\n```text\npanic!();\n```\nDone.");
    }
}
