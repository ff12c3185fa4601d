use std::collections::BTreeMap;

use http::StatusCode;
use openapi_model as model;

use super::content::{self, Way};
use super::limit::SkipReason;
use super::parameters::{content_serialization, first_example};
use super::types::Types;
use super::{Limit, prose, text_extension};
use crate::ir::{Header, HeaderField, HeaderSet, Operation, Response, Serialization, Status, TypeRef};
use crate::naming::{Names, type_name, value_name};

/// The responses of an operation, or why they cannot be emitted.
pub(super) fn lower(
    types: &mut Types<'_>,
    responses: &[model::Response],
    operation: &str,
    limits: &mut Vec<Limit>,
) -> Result<Vec<Response>, SkipReason> {
    let mut lowered = Vec::new();
    for response in responses {
        let status = status(response.status);
        let ident = variant(status);
        let hint = format!("{operation}{ident}Body");
        let content = match content::lower(types, &response.content, Way::Response, &hint, limits) {
            content::Lowered::Empty => None,
            content::Lowered::Content(content) => Some(content),
            content::Lowered::Skipped(reason) => return Err(reason),
        };
        lowered.push(Response {
            status,
            ident,
            description: response.description.clone(),
            addition: text_extension(&response.extensions, "x-addition"),
            content,
            headers: response.headers.iter().map(|one| header(types, one)).collect(),
            header_set: None,
        });
    }
    Ok(lowered)
}

fn status(status: model::StatusSpec) -> Status {
    match status {
        model::StatusSpec::Code(code) => Status::Code(code),
        model::StatusSpec::Range(class) => Status::Range(class),
        model::StatusSpec::Default => Status::Default,
    }
}

/// The variant of a status: HTTP's own name for it, never the document's description.
pub(super) fn variant(status: Status) -> String {
    match status {
        Status::Code(code) => StatusCode::from_u16(code)
            .ok()
            .and_then(|code| code.canonical_reason())
            .map_or_else(|| format!("Status{code}"), type_name),
        Status::Range(class) => format!("Status{class}xx"),
        Status::Default => "Default".to_owned(),
    }
}

fn header(types: &mut Types<'_>, header: &model::Header) -> Header {
    let schema = header.content.schema();
    Header {
        name: header.name.clone(),
        required: header.required,
        addition: text_extension(&header.extensions, "x-addition"),
        schema: schema.map_or(usize::MAX, model::SchemaId::index),
        serialization: content_serialization(&header.content),
        example: first_example(types.api, &header.examples, schema),
    }
}

/// Gives the headers of every response a struct; responses with the same headers share one. A shared struct is
/// named for its first header, any other for its operation and status.
pub(super) fn share_headers(operations: &mut [Operation], types: &mut Types<'_>) -> Vec<HeaderSet> {
    let mut sets: Vec<(Vec<HeaderField>, Vec<String>)> = Vec::new();
    let mut known = BTreeMap::new();
    let ids: Vec<_> = types.api.schemas.iter().map(|(id, _)| id).collect();
    for operation in operations.iter_mut() {
        let request_ident = operation.request_ident.clone();
        for response in operation
            .responses
            .iter_mut()
            .filter(|response| !response.headers.is_empty())
        {
            let own_name = format!("{request_ident}{}Headers", response.ident);
            let fields = fields(types, &ids, &response.headers, &own_name);
            let position = *known.entry(key(&fields)).or_insert_with(|| {
                sets.push((fields, Vec::new()));
                sets.len() - 1
            });
            if let Some((_, users)) = sets.get_mut(position) {
                users.push(own_name);
            }
            response.header_set = Some(position);
        }
    }
    sets.into_iter()
        .map(|(fields, users)| {
            let wanted = match users.as_slice() {
                [only] => only.clone(),
                _ => format!(
                    "{}Headers",
                    fields
                        .first()
                        .map_or_else(String::new, |field| type_name(&field.wire))
                ),
            };
            HeaderSet {
                ident: types.operation_names.give(wanted),
                fields,
            }
        })
        .collect()
}

/// What makes two structs of headers the same.
fn key(fields: &[HeaderField]) -> Vec<(String, bool, Serialization, TypeRef)> {
    let key = |field: &HeaderField| {
        (
            field.wire.clone(),
            field.required,
            field.serialization,
            field.ty.clone(),
        )
    };
    fields.iter().map(key).collect()
}

fn fields(
    types: &mut Types<'_>,
    ids: &[model::SchemaId],
    headers: &[Header],
    hint: &str,
) -> Vec<HeaderField> {
    let mut names = Names::default();
    headers
        .iter()
        .map(|header| {
            let id = ids.get(header.schema).copied();
            let ty = id.map_or(TypeRef::Value, |id| {
                types.of(id, &format!("{hint}{}", type_name(&header.name))).ty
            });
            let words = format!("The header `{}`.", header.name);
            HeaderField {
                ident: names.give(value_name(&header.name)),
                wire: header.name.clone(),
                doc: prose::parameter(types, None, id, &words),
                required: header.required,
                serialization: header.serialization,
                ty,
            }
        })
        .collect()
}
