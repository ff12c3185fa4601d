use minijinja::{Value, context};
use openapi_model::{Api, Location, SecuritySchemeKind};

/// A credential for each security scheme, in the form it asks for: what the project's contract test sends. Every text
/// is a Rust literal.
pub(super) fn of(api: &Api) -> Value {
    let credentials = api.security_schemes.iter().map(|(name, scheme)| {
        let (location, place, value) = sent(&scheme.kind);
        context! {
            scheme => format!("{name:?}"),
            location => location,
            name => format!("{place:?}"),
            value => format!("{value:?}"),
        }
    });
    credentials.collect()
}

/// Where a credential travels, under which name, and what it is.
fn sent(kind: &SecuritySchemeKind) -> (&'static str, &str, String) {
    let authorization = |value: String| ("Header", "authorization", value);
    match kind {
        SecuritySchemeKind::Bearer { .. } => authorization("Bearer made-up".to_owned()),
        SecuritySchemeKind::Basic => authorization("Basic bWFkZTp1cA==".to_owned()),
        SecuritySchemeKind::Http(scheme) => authorization(format!("{scheme} made-up")),
        SecuritySchemeKind::ApiKey { location, name } => {
            let location = match location {
                Location::Query => "Query",
                Location::Cookie => "Cookie",
                Location::Header | Location::Path => "Header",
            };
            (location, name, "made-up".to_owned())
        }
    }
}
