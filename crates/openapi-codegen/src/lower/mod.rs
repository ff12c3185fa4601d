//! From the resolved document to what the generated code says.
//!
//! The only place where names, presence, boxing and routes are decided, and the last one where anything can be wrong:
//! what comes out of here can be emitted.

mod composition;
mod content;
mod enums;
mod hierarchy;
mod integers;
mod limit;
mod nullability;
mod operations;
mod parameters;
mod prose;
mod recursion;
mod refusals;
mod responses;
mod routes;
mod security;
mod table;
#[cfg(test)]
mod twins;
mod types;
mod unions;

pub(crate) use limit::{Limit, SkipReason};

use openapi_model as model;

use crate::ir;
use types::Types;

/// A lowered document and what could not be carried over exactly.
pub(crate) struct Lowered {
    pub(crate) api: ir::Api,
    pub(crate) limits: Vec<Limit>,
}

/// Lowers a document. `name` is the API's name in any case.
pub(crate) fn lower(api: model::Api, name: &str, source: &str) -> Lowered {
    let mut limits = Vec::new();
    let api = &hierarchy::part(api, &mut limits);
    let schemas = table::lower(api, &mut limits);
    let mut types = Types::new(api, &schemas);
    types.components();
    let mut operations = operations::lower(api, &mut types, &mut limits);
    routes::examine(api, &mut limits);
    let header_sets = responses::share_headers(&mut operations, &mut types);
    let refusals = refusals::lower(&operations, &types);
    limits.append(&mut types.limits);
    let mut defs = types.finish();
    recursion::break_cycles(&mut defs);
    let api = ir::Api {
        source: source.to_owned(),
        name: crate::naming::type_name(name),
        title: api.info.title.clone(),
        base_path: api.base_path.clone(),
        types: defs,
        schemas,
        components: api
            .components
            .iter()
            .map(|(name, id)| (name.clone(), id.index()))
            .collect(),
        operations,
        header_sets,
        schemes: security::lower(api),
        refusals,
        fakes: true,
    };
    Lowered { api, limits }
}

/// A text extension such as `x-addition`.
fn text_extension(extensions: &model::Extensions, name: &str) -> Option<String> {
    extensions
        .get(name)
        .and_then(|value| value.as_str())
        .map(str::to_owned)
}
