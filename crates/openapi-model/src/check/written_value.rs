use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::value::{Violation, violations, violations_of_listed};
use crate::diagnostic::Diagnostic;
use crate::fault::Fault;
use crate::model::{Api, Example, MediaType, ParameterContent, Pointer, SchemaId};

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
    let mut examples = Examples {
        api,
        checked: BTreeSet::new(),
        diagnostics,
    };
    for operation in &api.operations {
        for parameter in &operation.parameters {
            examples.content(&parameter.content, &parameter.examples);
        }
        for media in operation.request_body.iter().flat_map(|body| &body.content) {
            examples.media(media);
        }
        for response in &operation.responses {
            for media in &response.content {
                examples.media(media);
            }
            for header in &response.headers {
                examples.content(&header.content, &header.examples);
            }
        }
    }
}

/// The first thing wrong with a value of an enum; the list may be long, so one is enough.
fn enum_value(api: &Api, id: SchemaId, value: &Value) -> Option<Diagnostic> {
    let list = api.schemas[id].pointer.join("enum");
    let fault = violations_of_listed(&api.schemas, id, value, &list)
        .into_iter()
        .next()?;
    Some(
        Fault::EnumValueRefused {
            value: value.to_string(),
            reason: fault.reason,
        }
        .at_key(&list),
    )
}

/// The examples of operations, each checked once by each of its schemas, however many operations share it.
struct Examples<'a> {
    api: &'a Api,
    checked: BTreeSet<(&'a Pointer, SchemaId)>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Examples<'a> {
    fn content(&mut self, content: &'a ParameterContent, examples: &'a IndexMap<String, Example>) {
        if let ParameterContent::Media(media) = content {
            self.media(media);
        }
        self.check(content.schema(), examples);
    }

    /// Only JSON is checked: how another media type would write a value, its example need not say.
    fn media(&mut self, media: &'a MediaType) {
        let essence = media.media_type.split(';').next().unwrap_or_default().trim();
        let is_json = essence.eq_ignore_ascii_case("application/json")
            || essence.to_ascii_lowercase().ends_with("+json");
        if is_json {
            self.check(media.schema, &media.examples);
        }
    }

    fn check(&mut self, schema: Option<SchemaId>, examples: &'a IndexMap<String, Example>) {
        let Some(schema) = schema else { return };
        for example in examples.values() {
            if self.checked.insert((&example.pointer, schema)) {
                let faults = violations(&self.api.schemas, schema, &example.value, &example.pointer);
                let faults = faults.into_iter().map(|fault| refused(fault, Role::Example));
                self.diagnostics.extend(faults);
            }
        }
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
