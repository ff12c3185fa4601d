use openapi_model::{Api, Location, SecuritySchemeKind};

use super::prose;
use crate::ir::{Scheme, SchemeKind};
use crate::naming::{Names, value_name};

/// One field of the credentials per scheme, in document order.
pub(super) fn lower(api: &Api) -> Vec<Scheme> {
    let mut names = Names::default();
    api.security_schemes
        .iter()
        .map(|(name, scheme)| Scheme {
            name: name.clone(),
            ident: names.give(value_name(name)),
            doc: prose::or(
                scheme.description.as_deref(),
                &format!("What was sent for the scheme `{name}`."),
            ),
            kind: kind(&scheme.kind),
        })
        .collect()
}

fn kind(kind: &SecuritySchemeKind) -> SchemeKind {
    match kind {
        SecuritySchemeKind::Bearer { .. } => SchemeKind::Bearer,
        SecuritySchemeKind::Basic => SchemeKind::Basic,
        SecuritySchemeKind::Http(scheme) => SchemeKind::Http(scheme.clone()),
        SecuritySchemeKind::ApiKey { location, name } => match location {
            Location::Query => SchemeKind::QueryKey(name.clone()),
            Location::Cookie => SchemeKind::CookieKey(name.clone()),
            Location::Header | Location::Path => SchemeKind::HeaderKey(name.clone()),
        },
    }
}
