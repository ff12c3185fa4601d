//! The error answers of a whole API as one enum: what its hooks can refuse a request with.

use std::collections::BTreeMap;

use super::responses::variant;
use super::types::Types;
use crate::ir::{Content, Operation, Refusal, Response, Status, TypeRef};
use crate::naming::Names;

/// One refusal per status, body and headers that any operation documents for an error, in the order of the statuses.
/// A status with several bodies gets a variant for each, named for the body too.
pub(super) fn lower(operations: &[Operation], types: &Types<'_>) -> Vec<Refusal> {
    let mut refusals: Vec<Refusal> = Vec::new();
    let mut known = BTreeMap::new();
    for operation in operations {
        for response in operation
            .responses
            .iter()
            .filter(|response| is_error(operation, response))
        {
            let position = *known.entry(key(response)).or_insert_with(|| {
                refusals.push(Refusal {
                    ident: variant(response.status),
                    status: response.status,
                    content: response.content.clone(),
                    header_set: response.header_set,
                    operations: Vec::new(),
                });
                refusals.len() - 1
            });
            if let Some(refusal) = refusals.get_mut(position) {
                refusal.operations.push(operation.method_ident.clone());
            }
        }
    }
    refusals.sort_by_key(|refusal| match refusal.status {
        Status::Code(code) => (0, code),
        Status::Range(class) => (1, class.into()),
        Status::Default => (2, 0),
    });
    name(&mut refusals, types);
    refusals
}

/// Errors are 4xx and 5xx, and `default` where success is documented otherwise.
fn is_error(operation: &Operation, response: &Response) -> bool {
    let documents_success = operation
        .responses
        .iter()
        .any(|other| matches!(other.status, Status::Code(200..=399) | Status::Range(2 | 3)));
    match response.status {
        Status::Code(code) => code >= 400,
        Status::Range(class) => class >= 4,
        Status::Default => documents_success,
    }
}

/// What a refusal is told apart by. The examples of its body may differ.
type Key<'a> = (Status, Option<usize>, Option<BodyKey<'a>>);

/// The enum over several media types, and for each the media type, the Rust type and the schema.
type BodyKey<'a> = (Option<&'a str>, Vec<(&'a str, &'a TypeRef, Option<usize>)>);

fn key(response: &Response) -> Key<'_> {
    let body = response.content.as_ref().map(|content| {
        let media = content
            .media
            .iter()
            .map(|one| (one.media_type.as_str(), &one.ty, one.schema));
        (content.ident.as_deref(), media.collect())
    });
    (response.status, response.header_set, body)
}

fn name(refusals: &mut [Refusal], types: &Types<'_>) {
    let mut of_a_status: BTreeMap<Status, usize> = BTreeMap::new();
    for refusal in refusals.iter() {
        *of_a_status.entry(refusal.status).or_default() += 1;
    }
    let mut names = Names::reserving(["Undocumented"]);
    for refusal in refusals {
        let alone = of_a_status.get(&refusal.status) == Some(&1);
        let body = refusal
            .content
            .as_ref()
            .map_or_else(|| "Empty".to_owned(), |content| body_name(content, types));
        let wanted = if alone {
            refusal.ident.clone()
        } else {
            format!("{}{body}", refusal.ident)
        };
        refusal.ident = names.give(wanted);
    }
}

fn body_name(content: &Content, types: &Types<'_>) -> String {
    match (&content.ident, content.media.first().map(|media| &media.ty)) {
        (Some(ident), _) => ident.clone(),
        (None, Some(TypeRef::Named(def))) => types.ident(*def).to_owned(),
        (None, Some(TypeRef::String)) => "Text".to_owned(),
        (None, Some(TypeRef::Opaque)) => "Bytes".to_owned(),
        (None, Some(TypeRef::List(_))) => "List".to_owned(),
        _ => "Value".to_owned(),
    }
}
