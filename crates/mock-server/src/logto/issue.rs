//! Violations in the form Logto has them in: issues of zod, the library its server checks requests with.

use api_support::schema::Types;
use api_support::{Call, Part, Rule, Violation};
use membership_apis::logto::SCHEMAS;
use membership_apis::logto::models::{ValidationFailure, ValidationIssue, ValidationPathStep};

/// Every violation as an issue, and a line about each.
pub(super) fn failure(call: &Call<'_>, violations: &[Violation]) -> (ValidationFailure, String) {
    let issues: Vec<_> = violations
        .iter()
        .map(|violation| issue(call, violation))
        .collect();
    let lines: Vec<_> = issues.iter().map(line).collect();
    (
        ValidationFailure {
            issues,
            name: "ZodError".to_owned(),
        },
        lines.join("\n"),
    )
}

/// Whether the fault is that a change names nothing to change.
pub(super) fn is_nothing_to_change(violation: &Violation) -> bool {
    violation.pointer.is_empty() && matches!(violation.rule, Rule::MinProperties(_))
}

/// The schema of the operation's body, in the table.
pub(super) fn body_schema(call: &Call<'_>) -> Option<usize> {
    call.operation?.request_body.as_ref()?.content.first()?.schema
}

fn issue(call: &Call<'_>, violation: &Violation) -> ValidationIssue {
    let received = violation.received.type_name();
    match &violation.rule {
        Rule::Required => mismatch(
            violation,
            expected_at(call, violation),
            received,
            "this is missing".to_owned(),
        ),
        Rule::Type(types) => mismatch(
            violation,
            name(*types),
            received,
            format!("this must not be of type {received}"),
        ),
        Rule::Repeated => mismatch(
            violation,
            "string",
            "array",
            "this must not be of type array".to_owned(),
        ),
        Rule::MinLength(least) => too_small(violation, "string", *least, "character"),
        Rule::MinItems(least) => too_small(violation, "array", *least, "item"),
        Rule::MaxLength(most) => too_big(violation, "string", *most, "character"),
        Rule::MaxItems(most) => too_big(violation, "array", *most, "item"),
        Rule::Pattern(_) | Rule::Syntax(_) => ValidationIssue {
            validation: Some("regex".to_owned()),
            ..plain(violation, "invalid_string", bad_text(violation))
        },
        rule => plain(violation, "custom", format!("this has to be {}", rule.expected())),
    }
}

fn mismatch(violation: &Violation, expected: &str, received: &str, message: String) -> ValidationIssue {
    ValidationIssue {
        expected: Some(expected.to_owned()),
        received: Some(received.to_owned()),
        ..plain(violation, "invalid_type", message)
    }
}

fn too_small(violation: &Violation, measured: &str, least: u64, noun: &str) -> ValidationIssue {
    ValidationIssue {
        minimum: u32::try_from(least).ok().map(Into::into),
        r#type: Some(measured.to_owned()),
        inclusive: Some(true),
        exact: Some(false),
        ..plain(
            violation,
            "too_small",
            format!("give at least {}", counted(least, noun)),
        )
    }
}

fn too_big(violation: &Violation, measured: &str, most: u64, noun: &str) -> ValidationIssue {
    ValidationIssue {
        maximum: u32::try_from(most).ok().map(Into::into),
        r#type: Some(measured.to_owned()),
        inclusive: Some(true),
        exact: Some(false),
        ..plain(
            violation,
            "too_big",
            format!("give at most {}", counted(most, noun)),
        )
    }
}

fn plain(violation: &Violation, code: &str, message: String) -> ValidationIssue {
    ValidationIssue {
        code: code.to_owned(),
        path: path(violation),
        message,
        expected: None,
        received: None,
        minimum: None,
        maximum: None,
        r#type: None,
        inclusive: None,
        exact: None,
        validation: None,
    }
}

/// An id that is blank, holds a control character, or is wrongly percent-encoded.
fn bad_text(violation: &Violation) -> String {
    let text = violation.received.as_str().unwrap_or_default();
    match &violation.rule {
        Rule::Syntax(_) if violation.part == Part::Path => {
            "the percent-encoding of this id is broken".to_owned()
        }
        // The only patterns of the document are those of ids.
        Rule::Pattern(_) if text.trim().is_empty() => "an id cannot be blank".to_owned(),
        Rule::Pattern(_) => "an id cannot hold control characters".to_owned(),
        rule => format!("this has to be {}", rule.expected()),
    }
}

/// The type a missing member should have had.
fn expected_at(call: &Call<'_>, violation: &Violation) -> &'static str {
    let mut schema = body_schema(call);
    for step in violation.path() {
        schema = schema.map(|index| SCHEMAS.get(index)).and_then(|schema| {
            let property = schema
                .properties
                .iter()
                .find(|(name, _)| *name == step)
                .map(|(_, index)| *index);
            property.or(schema.items)
        });
    }
    schema.map_or("unknown", |index| name(SCHEMAS.get(index).types))
}

/// zod's name of a type; `null` is no part of it.
fn name(types: Types) -> &'static str {
    types.names().find(|name| *name != "null").unwrap_or("null")
}

fn path(violation: &Violation) -> Vec<ValidationPathStep> {
    let step = |step: String| match step.parse() {
        Ok(position) if violation.part == Part::Body => ValidationPathStep::Integer(position),
        _ => ValidationPathStep::String(step),
    };
    violation.path().map(step).collect()
}

/// `At "userIds.0" (too_small): give at least 1 character.`
fn line(issue: &ValidationIssue) -> String {
    let steps: Vec<String> = issue
        .path
        .iter()
        .map(|step| match step {
            ValidationPathStep::String(name) => name.clone(),
            ValidationPathStep::Integer(position) => position.to_string(),
        })
        .collect();
    let complaint = match (&issue.expected, &issue.received) {
        (Some(expected), Some(received)) => format!("expected {expected}, received {received}"),
        _ => issue.message.clone(),
    };
    format!("At \"{}\" ({}): {complaint}.", steps.join("."), issue.code)
}

fn counted(count: u64, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
