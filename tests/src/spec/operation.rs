use std::fmt;

use serde_json::Value;

use super::document::{Document, examples, is_true, items, members, text};
use super::parameter::{Location, Parameter};
use super::response::{Response, Status};
use super::schema::Schema;

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// The method, in capitals.
    pub method: String,
    /// The path template, base path included.
    pub path: String,
    /// What stands before its API's other paths too.
    pub base_path: String,
    /// Whether a GET changes something, so that a HEAD must not run it.
    pub has_effects: bool,
    /// The ways to show who calls, one of which must be taken; each the names of its schemes with what the document
    /// says of them.
    pub security: Vec<Vec<(String, Value)>>,
    /// Its parameters, those of its path included.
    pub parameters: Vec<Parameter>,
    /// Its body, if it takes one.
    pub body: Option<RequestBody>,
    /// Its responses, in document order.
    pub responses: Vec<Response>,
}

/// The body an operation takes.
#[derive(Debug)]
pub struct RequestBody {
    /// Whether it must be sent.
    pub required: bool,
    /// Its media type.
    pub media_type: String,
    /// What it may be.
    pub schema: Schema,
    /// Examples by name.
    pub examples: Vec<(String, Value)>,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

impl Operation {
    pub(super) fn read(
        document: &Document,
        method: &str,
        path: &str,
        item: &Value,
        operation: &Value,
    ) -> Self {
        let base_path = document.base_path().to_owned();
        Self {
            id: text(operation, "operationId").unwrap_or_default().to_owned(),
            method: method.to_ascii_uppercase(),
            path: format!("{base_path}{path}"),
            base_path,
            has_effects: operation.get("x-has-effects").is_some(),
            security: security(document, operation),
            parameters: parameters(document, item, operation),
            body: operation
                .get("requestBody")
                .map(|body| RequestBody::read(document, document.resolve(body))),
            responses: members(operation.get("responses"))
                .map(|(status, response)| Response::read(document, status, response))
                .collect(),
        }
    }

    /// The response that documents a status: the one for it, else for its range, else `default`.
    #[must_use]
    pub fn response(&self, status: u16) -> Option<&Response> {
        let wanted = [Status::Code(status), Status::Range(status / 100), Status::Default];
        wanted
            .iter()
            .find_map(|wanted| self.responses.iter().find(|response| response.status == *wanted))
    }

    /// The status of success: the first documented one, or 200 where it travels as `default`.
    #[must_use]
    pub fn success(&self) -> u16 {
        let codes = self
            .responses
            .iter()
            .filter_map(|response| match response.status {
                Status::Code(code @ 200..=299) => Some(code),
                _ => None,
            });
        codes.min().unwrap_or(200)
    }

    /// Whether a call without credentials is let in.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.security.is_empty() || self.security.iter().any(Vec::is_empty)
    }

    /// The parameters that travel in one place.
    pub fn parameters_in(&self, location: Location) -> impl Iterator<Item = &Parameter> {
        self.parameters
            .iter()
            .filter(move |parameter| parameter.location == location)
    }
}

fn security(document: &Document, operation: &Value) -> Vec<Vec<(String, Value)>> {
    let alternatives = items(operation.get("security").or(document.security()));
    let schemes = |alternative| {
        let named = |name: &str| {
            (
                name.to_owned(),
                document.security_scheme(name).cloned().unwrap_or_default(),
            )
        };
        members(Some(alternative)).map(|(name, _)| named(name)).collect()
    };
    alternatives.map(schemes).collect()
}

/// The operation's own parameters and those of its path that it does not replace.
fn parameters(document: &Document, item: &Value, operation: &Value) -> Vec<Parameter> {
    let read = |holder: &Value| -> Vec<Parameter> {
        items(holder.get("parameters"))
            .map(|one| Parameter::read(document, document.resolve(one)))
            .collect()
    };
    let own = read(operation);
    let mut all = read(item);
    all.retain(|shared| {
        !own.iter()
            .any(|own| own.name == shared.name && own.location == shared.location)
    });
    all.extend(own);
    all
}

impl RequestBody {
    fn read(document: &Document, body: &Value) -> Self {
        let (media_type, media) = members(body.get("content"))
            .next()
            .expect("a request body has a media type");
        Self {
            required: is_true(body, "required"),
            media_type: media_type.to_owned(),
            schema: Schema::new(document, media.get("schema").unwrap_or(&Value::Null)),
            examples: examples(document, media),
        }
    }
}
