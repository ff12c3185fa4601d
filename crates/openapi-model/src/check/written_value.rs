use serde_json::Value;

use super::value::{Violation, violations};
use crate::diagnostic::Diagnostic;
use crate::fault::Fault;
use crate::model::{Api, Example, Header, MediaType, Parameter, ParameterContent, SchemaId};

/// Checks the values a document writes down against the schemas they are for: defaults, examples, the values of
/// enums.
pub(super) fn check(api: &Api, diagnostics: &mut Vec<Diagnostic>) {
    for (id, schema) in api.schemas.iter() {
        if let Some(default) = &schema.default {
            let faults = violations(&api.schemas, id, default, &schema.pointer.join("default"));
            diagnostics.extend(faults.into_iter().map(|fault| refused(fault, Role::Default)));
        }
        for example in &schema.examples {
            let faults = violations(&api.schemas, id, example, &schema.pointer.join("example"));
            diagnostics.extend(faults.into_iter().map(|fault| refused(fault, Role::Example)));
        }
        let values = schema.enumeration.iter().flatten();
        for value in values.filter(|value| !value.is_null()) {
            diagnostics.extend(enum_value(api, id, value));
        }
    }
    for operation in &api.operations {
        for parameter in &operation.parameters {
            parameter_examples(api, parameter, diagnostics);
        }
        for media in operation.request_body.iter().flat_map(|body| &body.content) {
            media_examples(api, media, diagnostics);
        }
        for response in &operation.responses {
            response
                .content
                .iter()
                .for_each(|media| media_examples(api, media, diagnostics));
            response
                .headers
                .iter()
                .for_each(|header| header_examples(api, header, diagnostics));
        }
    }
}

/// The first thing wrong with a value of an enum; the list may be long, so one is enough.
fn enum_value(api: &Api, id: SchemaId, value: &Value) -> Option<Diagnostic> {
    let list = api.schemas[id].pointer.join("enum");
    let fault = violations(&api.schemas, id, value, &list).into_iter().next()?;
    Some(
        Fault::EnumValueRefused {
            value: value.to_string(),
            reason: fault.reason,
        }
        .at_key(&list),
    )
}

fn parameter_examples(api: &Api, parameter: &Parameter, diagnostics: &mut Vec<Diagnostic>) {
    content_examples(api, &parameter.content, parameter.examples.values(), diagnostics);
}

fn header_examples(api: &Api, header: &Header, diagnostics: &mut Vec<Diagnostic>) {
    content_examples(api, &header.content, header.examples.values(), diagnostics);
}

fn content_examples<'e>(
    api: &Api,
    content: &ParameterContent,
    values: impl Iterator<Item = &'e Example>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let ParameterContent::Media(media) = content {
        media_examples(api, media, diagnostics);
    }
    examples(api, content.schema(), values, diagnostics);
}

/// Only JSON is checked: how another media type would write a value, its example need not say.
fn media_examples(api: &Api, media: &MediaType, diagnostics: &mut Vec<Diagnostic>) {
    let essence = media.media_type.split(';').next().unwrap_or_default().trim();
    let is_json =
        essence.eq_ignore_ascii_case("application/json") || essence.to_ascii_lowercase().ends_with("+json");
    if is_json {
        examples(api, media.schema, media.examples.values(), diagnostics);
    }
}

fn examples<'e>(
    api: &Api,
    schema: Option<SchemaId>,
    examples: impl Iterator<Item = &'e Example>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(schema) = schema else { return };
    for example in examples {
        let faults = violations(&api.schemas, schema, &example.value, &example.pointer);
        diagnostics.extend(faults.into_iter().map(|fault| refused(fault, Role::Example)));
    }
}

#[derive(Clone, Copy)]
enum Role {
    Default,
    Example,
}

fn refused(violation: Violation, role: Role) -> Diagnostic {
    let Violation { pointer, reason } = violation;
    let fault = match role {
        Role::Default => Fault::DefaultRefused { reason },
        Role::Example => Fault::ExampleRefused { reason },
    };
    fault.at(&pointer)
}
