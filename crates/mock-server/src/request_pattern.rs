//! What faults and expectations alike tell requests by.

use api_support::Operation;
use http::Method;
use membership_apis::control::models::{self, ApiName, Patterns};

use crate::glob::Glob;
use crate::served::{APIS, Served};

/// Which requests are meant, by what API, operation, method, path and headers they have. All that is named has to hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestPattern {
    pub(crate) api: Option<&'static Served>,
    pub(crate) operation: Option<Operations>,
    pub(crate) method: Option<Method>,
    pub(crate) path: Option<Wanted>,
    pub(crate) headers: Vec<Named>,
}

/// The operations that have a name.
#[derive(Clone, Debug)]
pub(crate) struct Operations {
    /// As it was given: an `operationId`, or the readable name in Rust.
    pub(crate) name: String,
    pub(crate) all: Vec<&'static Operation>,
}

/// A text as it was given, and as it is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) text: String,
    pub(crate) glob: Glob,
}

/// What a parameter or header of a name has to be.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) wanted: Wanted,
}

/// No operation has this name: what is wrong with it, and the nearest ones there are.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct UnknownOperation(String);

impl RequestPattern {
    /// Whether requests for this API are meant, or for none.
    pub(crate) fn is_for(&self, api: Option<&'static Served>) -> bool {
        self.api.is_none_or(|own| is_same(Some(own), api))
    }

    /// Whether calls of this operation are meant, or of none.
    pub(crate) fn calls(&self, operation: Option<&Operation>) -> bool {
        let has = |own: &Operations| operation.is_some_and(|operation| own.has(operation));
        self.operation.as_ref().is_none_or(has)
    }

    pub(crate) fn has_method(&self, method: &Method) -> bool {
        self.method.as_ref().is_none_or(|own| own == method)
    }

    /// Whether requests for this path are meant, which is the vendor's own.
    pub(crate) fn has_path(&self, path: &str) -> bool {
        self.path.as_ref().is_none_or(|own| own.glob.matches(path))
    }
}

impl Operations {
    /// Those of a name, of one API or of any.
    pub(crate) fn named(name: &str, api: Option<&'static Served>) -> Result<Self, UnknownOperation> {
        let is_named = |operation: &&Operation| operation.id == name || operation.name == name;
        let all: Vec<_> = of(api).filter(is_named).collect();
        if all.is_empty() {
            return Err(UnknownOperation(unknown(name, api)));
        }
        Ok(Self {
            name: name.to_owned(),
            all,
        })
    }

    pub(crate) fn has(&self, operation: &Operation) -> bool {
        self.all.iter().any(|own| std::ptr::eq(*own, operation))
    }
}

impl Wanted {
    /// What is wrong with a pattern that no path can match is told.
    pub(crate) fn path(text: &str) -> Result<Self, &'static str> {
        if !text.starts_with(['/', '*']) {
            return Err("must begin with a slash or a star, for every path begins with a slash");
        }
        if text.contains(['?', '#']) {
            return Err("must be a path alone, without a query");
        }
        Ok(Self {
            text: text.to_owned(),
            glob: Glob::of_path(text),
        })
    }

    fn value(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            glob: Glob::of_value(text),
        }
    }
}

impl Named {
    /// Values by the names of headers.
    pub(crate) fn headers(given: Option<&Patterns>) -> Vec<Self> {
        Self::all(given, str::to_ascii_lowercase)
    }

    /// Values by the names of parameters.
    pub(crate) fn parameters(given: Option<&Patterns>) -> Vec<Self> {
        Self::all(given, str::to_owned)
    }

    fn all(given: Option<&Patterns>, known_by: fn(&str) -> String) -> Vec<Self> {
        let each = given.into_iter().flat_map(|patterns| &patterns.0);
        let named = each.map(|(name, text)| Self {
            name: known_by(name),
            wanted: Wanted::value(text),
        });
        named.collect()
    }
}

/// The API of a name.
pub(crate) fn served(name: ApiName) -> Option<&'static Served> {
    APIS.into_iter().find(|api| api.name == name.as_str())
}

/// The method as HTTP has it.
pub(crate) fn method(method: models::Method) -> Option<Method> {
    Method::from_bytes(method.as_str().as_bytes()).ok()
}

fn is_same(one: Option<&'static Served>, other: Option<&'static Served>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if std::ptr::eq(one, other))
}

/// The operations of an API, or of all.
fn of(api: Option<&'static Served>) -> impl Iterator<Item = &'static Operation> {
    APIS.into_iter()
        .filter(move |served| api.is_none_or(|own| std::ptr::eq(own, *served)))
        .flat_map(|served| served.operations)
}

/// What is wrong with the name of an operation that there is not, and the nearest ones there are.
fn unknown(name: &str, api: Option<&'static Served>) -> String {
    let is_named = |operation: &Operation| operation.id == name || operation.name == name;
    let owner = APIS
        .into_iter()
        .find(|served| served.operations.iter().any(is_named));
    let mut names: Vec<_> = of(api)
        .flat_map(|operation| [operation.id, operation.name])
        .collect();
    names.sort_unstable();
    names.dedup();
    names.sort_by_key(|known| strsim::damerau_levenshtein(&name.to_lowercase(), &known.to_lowercase()));
    let nearest: Vec<_> = names
        .into_iter()
        .take(3)
        .map(|known| format!("`{known}`"))
        .collect();
    let nearest = nearest.join(", ");
    match (owner, api) {
        (Some(owner), Some(api)) => format!(
            "is an operation of {}, not of {}, which has {nearest}",
            owner.name, api.name
        ),
        (None, Some(api)) => format!("is not an operation of {}; the nearest are {nearest}", api.name),
        (_, None) => format!("is not an operation of any API; the nearest are {nearest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_found_by_either_of_its_names_and_in_its_own_api() {
        let clerk = served(ApiName::Clerk);
        for name in ["ListOrganizationMemberships", "list_organization_memberships"] {
            let found = Operations::named(name, clerk).unwrap();
            assert_eq!(found.all.len(), 1, "{name}");
            let pattern = RequestPattern {
                api: clerk,
                operation: Some(found.clone()),
                ..RequestPattern::default()
            };
            assert!(pattern.calls(found.all.first().copied()) && !pattern.calls(None));
            assert!(
                pattern.is_for(clerk) && !pattern.is_for(served(ApiName::Logto)) && !pattern.is_for(None)
            );
        }
    }

    #[test]
    fn a_name_that_no_operation_has_is_told_with_the_nearest_and_whose_it_is() {
        let told = |name, api| Operations::named(name, api).unwrap_err().to_string();
        let misspelt = told("ListOrganisationMemberships", None);
        assert!(misspelt.contains("of any API") && misspelt.contains("`ListOrganizationMemberships`"));
        let elsewhere = told("ListOrganizationMemberships", served(ApiName::Logto));
        assert!(
            elsewhere.starts_with("is an operation of clerk, not of logto"),
            "{elsewhere}"
        );
    }
}
