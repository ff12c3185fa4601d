use openapi_model as model;

use super::content::{self, Way};
use super::limit::{LimitKind, SkipReason};
use super::types::Types;
use super::{Limit, parameters, prose, responses, text_extension};
use crate::ir::{Operation, Parameter, RequestBody, Response};
use crate::naming::{Names, type_name, value_name};

/// Methods that every generated trait has.
const TRAIT_METHODS: [&str; 4] = ["authenticate", "admit", "reject", "fail"];

/// Every operation, in document order. One that cannot be emitted is kept, marked as skipped.
pub(super) fn lower(api: &model::Api, types: &mut Types<'_>, limits: &mut Vec<Limit>) -> Vec<Operation> {
    let mut methods = Names::reserving(TRAIT_METHODS);
    let mut ids = Names::reserving(
        api.operations
            .iter()
            .filter_map(|operation| operation.id.as_deref()),
    );
    // Every operation has its names before any body or header gets one beside them.
    let identities: Vec<Identity> = api
        .operations
        .iter()
        .map(|operation| {
            let id = operation
                .id
                .clone()
                .unwrap_or_else(|| ids.give(made_id(operation)));
            let wanted = text_extension(&operation.extensions, "x-rust-name").unwrap_or_else(|| id.clone());
            let method_ident = give_method(&mut methods, value_name(&wanted));
            let request_ident = give_pair(&mut types.operation_names, &type_name(&wanted));
            Identity {
                id,
                method_ident,
                request_ident,
            }
        })
        .collect();
    let operations = api.operations.iter().zip(identities);
    operations
        .map(|(operation, identity)| lower_one(types, operation, identity, limits))
        .collect()
}

/// The names of an operation.
struct Identity {
    id: String,
    method_ident: String,
    request_ident: String,
}

/// A name for an operation without one, from its method and path: `GET /a/{b}/c` is `getABC`.
fn made_id(operation: &model::Operation) -> String {
    let words = format!(
        "{} {}",
        operation.method.key(),
        operation.path.as_str().replace(['/', '{', '}'], " ")
    );
    use heck::ToLowerCamelCase as _;
    words.to_lower_camel_case()
}

fn give_method(methods: &mut Names, wanted: String) -> String {
    if TRAIT_METHODS.contains(&wanted.as_str()) {
        methods.give(format!("{wanted}_operation"))
    } else {
        methods.give(wanted)
    }
}

/// A name whose own and whose response's name are both free.
fn give_pair(idents: &mut Names, wanted: &str) -> String {
    let numbered = (2_u32..).map(|number| format!("{wanted}{number}"));
    let mut candidates = std::iter::once(wanted.to_owned()).chain(numbered);
    let is_free = |name: &String| idents.is_free(name) && idents.is_free(&format!("{name}Response"));
    let ident = candidates.find(is_free).unwrap_or_else(|| wanted.to_owned());
    idents.give(format!("{ident}Response"));
    idents.give(ident)
}

fn lower_one(
    types: &mut Types<'_>,
    operation: &model::Operation,
    identity: Identity,
    limits: &mut Vec<Limit>,
) -> Operation {
    let emitted = parts(types, operation, &identity.request_ident, limits);
    let skipped = emitted.as_ref().err().copied();
    if let Some(reason) = skipped {
        let kind = LimitKind::OperationSkipped {
            operation: identity.id.clone(),
            reason,
        };
        limits.push(Limit::new(&operation.pointer, kind));
    }
    let (parameters, body, responses) = emitted.unwrap_or_default();
    Operation {
        doc: prose::operation(operation, &identity.id),
        response_ident: format!("{}Response", identity.request_ident),
        id: identity.id,
        method_ident: identity.method_ident,
        request_ident: identity.request_ident,
        verb: operation.method.as_str(),
        path: operation.path.as_str().to_owned(),
        summary: operation.summary.clone().unwrap_or_default(),
        tags: operation.tags.clone(),
        deprecated: operation.deprecated,
        addition: text_extension(&operation.extensions, "x-addition"),
        has_effects: operation.extensions.contains_key("x-has-effects"),
        security: security(operation),
        parameters,
        body,
        responses,
        skipped: skipped.map(|reason| reason.sentence().to_owned()),
    }
}

fn security(operation: &model::Operation) -> Vec<Vec<(String, Vec<String>)>> {
    let schemes = |one: &model::SecurityRequirement| {
        one.iter()
            .map(|(name, scopes)| (name.clone(), scopes.clone()))
            .collect()
    };
    operation.security.iter().map(schemes).collect()
}

type Parts = (Vec<Parameter>, Option<RequestBody>, Vec<Response>);

/// Everything an operation has types for, or why it has none. Responses are looked at first, so that an operation
/// that is skipped leaves no types of its request behind.
fn parts(
    types: &mut Types<'_>,
    operation: &model::Operation,
    ident: &str,
    limits: &mut Vec<Limit>,
) -> Result<Parts, SkipReason> {
    let responses = responses::lower(types, &operation.responses, ident, limits)?;
    let body = match &operation.request_body {
        None => None,
        Some(body) => match content::lower(
            types,
            &body.content,
            Way::Request,
            &format!("{ident}Body"),
            limits,
        ) {
            content::Lowered::Empty => None,
            content::Lowered::Skipped(reason) => return Err(reason),
            content::Lowered::Content(content) => Some(RequestBody {
                required: body.required,
                doc: prose::or(body.description.as_deref(), "The request body."),
                content,
            }),
        },
    };
    Ok((
        parameters::lower(types, &operation.parameters, ident),
        body,
        responses,
    ))
}
