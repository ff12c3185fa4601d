//! The error answers of a whole API as one enum: what its hooks can refuse a request with.

use super::responses::variant;
use super::types::Types;
use crate::ir::{Content, Operation, Refusal, Response, Status, TypeRef};
use crate::naming::Names;

/// One refusal per status, body and headers that any operation documents for an error, in the order of the statuses.
/// A status with several bodies gets a variant for each, named for the body too.
pub(super) fn lower(operations: &[Operation], types: &Types<'_>) -> Vec<Refusal> {
    let mut refusals: Vec<Refusal> = Vec::new();
    for operation in operations {
        for response in operation
            .responses
            .iter()
            .filter(|response| is_error(operation, response))
        {
            let known = refusals.iter_mut().find(|known| {
                known.status == response.status
                    && known.header_set == response.header_set
                    && same_content(known.content.as_ref(), response.content.as_ref())
            });
            match known {
                Some(known) => known.operations.push(operation.method_ident.clone()),
                None => refusals.push(Refusal {
                    ident: variant(response.status),
                    status: response.status,
                    content: response.content.clone(),
                    header_set: response.header_set,
                    operations: vec![operation.method_ident.clone()],
                }),
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

/// Whether two bodies are one type on the wire; their examples may differ.
fn same_content(left: Option<&Content>, right: Option<&Content>) -> bool {
    let key = |content: &Content| {
        let media = content
            .media
            .iter()
            .map(|one| (one.media_type.clone(), one.ty.clone(), one.schema));
        (content.ident.clone(), media.collect::<Vec<_>>())
    };
    left.map(key) == right.map(key)
}

fn name(refusals: &mut [Refusal], types: &Types<'_>) {
    let idents: Vec<String> = refusals.iter().map(|refusal| refusal.ident.clone()).collect();
    let mut names = Names::reserving(["Undocumented"]);
    for refusal in refusals {
        let alone = idents.iter().filter(|ident| **ident == refusal.ident).count() == 1;
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
