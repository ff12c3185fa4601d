//! The documents the server is made from, as they are written and as JSON.

use std::sync::OnceLock;

use axum::body::Bytes;
use membership_apis::control::models::{ApiList, ApiName, ApiSummary, OpenapiDocument};
use membership_apis::control::{self};
use openapi_model::{Document, Source};
use serde_json::Value;

use super::error::ControlError;
use crate::guide;
use crate::served::{APIS, Served};
use crate::visit::PublicBase;

/// The control API's name among the APIs.
const CONTROL: &str = "control";

/// The control API's own document.
const CONTROL_DOCUMENT: &str = include_str!("../../../../specs/control.yaml");

/// A document as it is written.
pub(super) fn yaml(api: &str) -> Result<Bytes, ControlError> {
    let served = APIS.iter().find(|served| served.name == api);
    match served {
        Some(served) => Ok(Bytes::from_static(served.document.as_bytes())),
        None if api == CONTROL => Ok(Bytes::from_static(CONTROL_DOCUMENT.as_bytes())),
        None => {
            let known: Vec<_> = APIS.iter().map(|served| served.name).collect();
            let detail = format!(
                "There is no API {api:?}. There are {} and {CONTROL}.",
                known.join(", ")
            );
            Err(ControlError::NotFound(detail))
        }
    }
}

/// The same document as JSON.
pub(super) fn json(api: &str) -> Result<OpenapiDocument, ControlError> {
    yaml(api)?;
    let members = read().iter().find(|(name, _)| *name == api);
    let members = members
        .and_then(|(_, document)| document.as_object())
        .into_iter()
        .flatten();
    Ok(OpenapiDocument(
        members
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    ))
}

/// The APIs, with what their documents say of them.
pub(super) fn list(base: &PublicBase) -> ApiList {
    let apis = APIS.iter().zip(read());
    let apis = apis.filter_map(|(served, (_, document))| summary(served, document, base));
    ApiList { apis: apis.collect() }
}

/// The names of the APIs.
pub(super) fn names() -> Vec<ApiName> {
    APIS.iter()
        .filter_map(|served| served.name.parse().ok())
        .collect()
}

fn summary(served: &Served, document: &Value, base: &PublicBase) -> Option<ApiSummary> {
    let name = served.name;
    let below = format!("{}/apis/{name}", control::BASE_PATH);
    let version = document.pointer("/info/version").and_then(Value::as_str);
    Some(ApiSummary {
        name: name.parse().ok()?,
        title: served.title.to_owned(),
        version: version.unwrap_or_default().to_owned(),
        base_url: guide::base_url(served, &base.origin),
        operations: i64::try_from(served.operations.len()).unwrap_or(i64::MAX),
        openapi_yaml: format!("{below}/openapi.yaml"),
        openapi_json: format!("{below}/openapi.json"),
    })
}

/// The documents by name, the control API's last; read when somebody first asks.
fn read() -> &'static [(&'static str, Value)] {
    static READ: OnceLock<Vec<(&'static str, Value)>> = OnceLock::new();
    READ.get_or_init(|| {
        let documents = APIS.iter().map(|served| (served.name, served.document));
        let all = documents.chain([(CONTROL, CONTROL_DOCUMENT)]);
        all.map(|(name, text)| {
            let read = Document::parse(Source::new(name, text));
            // The build has read the same documents.
            (
                name,
                read.map(|document| document.value().clone()).unwrap_or_default(),
            )
        })
        .collect()
    })
}
