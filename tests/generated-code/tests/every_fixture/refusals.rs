use api_support::validation::{Direction, check};
use serde_json::{Value, json};

use crate::Case;
use crate::call::Call;
use crate::client::{Response, Server};
use crate::document::{Invalid, invalid};
use crate::examples::is_structured;
use crate::judge::{Judge, Way};
use crate::wire;

/// A value of a component that breaks a rule is refused for that rule alone, in its place.
pub(crate) fn invalid_values_of_components_are_refused(case: &Case, problems: &mut Vec<String>) {
    for (name, schema) in case.document.schemas() {
        let Some(index) = case.fixture.schemas.component(name) else {
            problems.push(format!("{name} is not in the table"));
            continue;
        };
        for entry in invalid(schema) {
            let value = entry.value.unwrap_or(&Value::Null);
            let violations = check(case.fixture.schemas, index, value, Direction::Either);
            let violations: Vec<Value> = violations.iter().map(api_support::Violation::to_json).collect();
            compare(&format!("{name}: {value}"), &entry, "", &violations, problems);
        }
    }
}

/// A body that breaks a rule is refused with 400, and the answer names the rule and the place.
pub(crate) fn invalid_bodies_are_refused(case: &Case, problems: &mut Vec<String>) {
    let server = Server::start(case.fixture);
    for operation in case.document.operations() {
        let content = operation
            .body
            .map(|body| case.document.content(body))
            .unwrap_or_default();
        for media in &content {
            let through_reference = media
                .schema
                .into_iter()
                .flat_map(|schema| invalid(case.document.resolve(schema)));
            for entry in media.invalid.iter().cloned().chain(through_reference) {
                let value = entry.value.unwrap_or(&Value::Null);
                let request = Call::new(&case.document, &operation)
                    .with_body(media, value)
                    .request();
                refused(&request.to_string(), &entry, "", &server.send(&request), problems);
            }
        }
    }
}

/// A parameter that breaks a rule, or is missing, is refused with 400, and the answer names it and the rule.
pub(crate) fn invalid_parameters_are_refused(case: &Case, problems: &mut Vec<String>) {
    let server = Server::start(case.fixture);
    for operation in case.document.operations() {
        for parameter in &operation.parameters {
            let place = format!("/{}", parameter.name.replace('~', "~0").replace('/', "~1"));
            for entry in &parameter.invalid {
                let sent = entry.value.map(|raw| wire::write_raw(parameter, raw));
                let request = Call::new(&case.document, &operation)
                    .with_parameter(parameter, sent)
                    .request();
                refused(
                    &request.to_string(),
                    entry,
                    &place,
                    &server.send(&request),
                    problems,
                );
            }
        }
    }
}

/// A validator that is not ours refuses the invalid values too.
pub(crate) fn invalid_values_are_invalid_to_others(case: &Case, problems: &mut Vec<String>) {
    let either = Judge::new(&case.document, Way::Either);
    for (name, schema) in case.document.schemas() {
        for entry in invalid(schema) {
            let value = entry.value.unwrap_or(&Value::Null);
            if either.faults(schema, value).is_empty() {
                problems.push(format!("{name}: {value} is valid"));
            }
        }
    }
    let request = Judge::new(&case.document, Way::Request);
    for operation in case.document.operations() {
        for media in operation
            .body
            .map(|body| case.document.content(body))
            .unwrap_or_default()
        {
            for entry in media.invalid.iter().filter(|_| is_structured(&media)) {
                let value = entry.value.unwrap_or(&Value::Null);
                if request
                    .faults(media.schema.unwrap_or(&Value::Null), value)
                    .is_empty()
                {
                    problems.push(format!(
                        "{} {}: {value} is valid",
                        operation.method, operation.path
                    ));
                }
            }
        }
    }
}

fn refused(what: &str, entry: &Invalid<'_>, place: &str, answer: &Response, problems: &mut Vec<String>) {
    if answer.status != 400 || answer.header("Content-Type") != Some("application/problem+json") {
        problems.push(format!(
            "{what}: not refused for {}: {} {}",
            entry.rule,
            answer.status,
            answer.text()
        ));
        return;
    }
    let violations = answer
        .json()
        .get("violations")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    compare(what, entry, place, &violations, problems);
}

/// Exactly the one rule is broken, in exactly the one place.
fn compare(what: &str, entry: &Invalid<'_>, place: &str, violations: &[Value], problems: &mut Vec<String>) {
    let found: Vec<Value> = violations
        .iter()
        .map(|one| json!([one["rule"], one["pointer"]]))
        .collect();
    let wanted = json!([entry.rule, format!("{place}{}", entry.pointer)]);
    if found != [wanted.clone()] {
        problems.push(format!(
            "{what}: breaks {wanted}, and is refused for {}",
            Value::from(found)
        ));
    }
}
