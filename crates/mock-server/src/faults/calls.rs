use api_support::{JsonPointer, Operation};
use http::{HeaderMap, HeaderName, Method};
use jiff::Timestamp;
use membership_apis::control::models::{ApiName, FaultMatch};

use super::error::Mistake;
use crate::glob::Glob;
use crate::served::{APIS, Served};
use crate::visit::RequestRandom;

/// The pointer to the operation.
const OPERATION: &str = "/match/operation";

/// A call of an API, as far as faults look at it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    pub(crate) api: &'static Served,
    /// The operation; `None` for an unknown route, and for those that are no part of the contract.
    pub(crate) operation: Option<&'static Operation>,
    pub(crate) method: &'a Method,
    /// The path as the vendor has it.
    pub(crate) path: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) random: RequestRandom,
    /// When it came, by the world's clock.
    pub(crate) now: Timestamp,
}

/// The calls a fault is about. All that is named has to hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls {
    api: Option<&'static Served>,
    operations: Option<Vec<&'static Operation>>,
    method: Option<Method>,
    path: Option<Glob>,
    headers: Vec<(HeaderName, Glob)>,
}

impl Calls {
    /// Reads which calls are meant. What is wrong is added to the mistakes.
    pub(super) fn read(given: &FaultMatch, mistakes: &mut Vec<Mistake>) -> Self {
        let mut calls = Self {
            api: given.api.and_then(served),
            ..Self::default()
        };
        for part in [
            Self::with_operation,
            Self::with_method,
            Self::with_path,
            Self::with_headers,
        ] {
            match part(calls.clone(), given) {
                Ok(read) => calls = read,
                Err(mistake) => mistakes.push(mistake),
            }
        }
        calls
    }

    fn with_operation(mut self, given: &FaultMatch) -> Result<Self, Mistake> {
        if let Some(name) = &given.operation {
            let named = |operation: &&'static Operation| operation.id == name || operation.name == name;
            let operations: Vec<_> = self
                .candidates()
                .map(|(_, operation)| operation)
                .filter(named)
                .collect();
            if operations.is_empty() {
                return Err(Mistake::at(OPERATION, unknown_operation(name, self.api)));
            }
            self.operations = Some(operations);
        }
        Ok(self)
    }

    fn with_method(mut self, given: &FaultMatch) -> Result<Self, Mistake> {
        let Some(method) = given.method else {
            return Ok(self);
        };
        self.method = Method::from_bytes(method.as_str().as_bytes()).ok();
        match &self.operations {
            Some(operations) if self.candidates().next().is_none() => {
                let methods: Vec<_> = operations
                    .iter()
                    .map(|operation| operation.method.as_str())
                    .collect();
                let detail = format!(
                    "is not the method of the operation, which is {}",
                    methods.join(" or ")
                );
                Err(Mistake::at("/match/method", detail))
            }
            _ => Ok(self),
        }
    }

    fn with_path(mut self, given: &FaultMatch) -> Result<Self, Mistake> {
        let mistake = |detail: &str| Err(Mistake::at("/match/path", detail));
        match given.path.as_deref() {
            Some(path) if !path.starts_with(['/', '*']) => {
                mistake("must begin with a slash or a star, for every path begins with a slash")
            }
            Some(path) if path.contains(['?', '#']) => mistake("must be a path alone, without a query"),
            path => {
                let before = self.clone();
                self.path = path.map(Glob::of_path);
                if before.operations.is_some() && self.candidates().next().is_none() {
                    let templates = before
                        .candidates()
                        .map(|(api, operation)| template(api, operation));
                    let templates = templates.collect::<Vec<_>>().join(" or ");
                    return mistake(&format!(
                        "is no path that the operation has, which is at {templates}"
                    ));
                }
                Ok(self)
            }
        }
    }

    fn with_headers(mut self, given: &FaultMatch) -> Result<Self, Mistake> {
        for (name, pattern) in given.headers.iter().flat_map(|patterns| &patterns.0) {
            let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
                let pointer = JsonPointer::of(["match", "headers", name]);
                return Err(Mistake::at(pointer, "is not a name that a header can have"));
            };
            self.headers.push((header, Glob::of_value(pattern)));
        }
        Ok(self)
    }

    /// The operations that such calls may be of.
    pub(super) fn candidates(&self) -> impl Iterator<Item = (&'static Served, &'static Operation)> {
        let apis = APIS
            .into_iter()
            .filter(|api| self.api.is_none_or(|own| std::ptr::eq(own, *api)));
        let all = apis.flat_map(|api| api.operations.iter().map(move |operation| (api, operation)));
        all.filter(|(api, operation)| {
            let is_named = self
                .operations
                .as_ref()
                .is_none_or(|own| is_among(operation, own));
            is_named
                && self.method.as_ref().is_none_or(|method| takes(operation, method))
                && self
                    .path
                    .as_ref()
                    .is_none_or(|path| leads_to(path, api, operation))
        })
    }

    /// The calls of these operations only.
    pub(super) fn narrowed(self, operations: Vec<&'static Operation>) -> Self {
        Self {
            operations: Some(operations),
            ..self
        }
    }

    /// Whether a call is one of them.
    pub(super) fn include(&self, call: &Call<'_>) -> bool {
        let is_meant =
            |own: &Vec<&'static Operation>| call.operation.is_some_and(|operation| is_among(operation, own));
        self.api.is_none_or(|own| std::ptr::eq(own, call.api))
            && self.operations.as_ref().is_none_or(is_meant)
            && self.method.as_ref().is_none_or(|own| own == call.method)
            && self.path.as_ref().is_none_or(|own| own.matches(call.path))
            && self.headers.iter().all(|(name, pattern)| {
                let mut values = call.headers.get_all(name).iter();
                values.any(|value| pattern.matches(value.as_bytes()))
            })
    }
}

fn served(name: ApiName) -> Option<&'static Served> {
    APIS.into_iter().find(|api| api.name == name.as_str())
}

fn is_among(operation: &Operation, operations: &[&'static Operation]) -> bool {
    operations.iter().any(|own| std::ptr::eq(*own, operation))
}

/// Whether calls with this method can be of the operation; a HEAD is a call of what a GET without effects calls.
fn takes(operation: &Operation, method: &Method) -> bool {
    let is_head_of_get = *method == Method::HEAD && operation.method == Method::GET && !operation.has_effects;
    operation.method == *method || is_head_of_get
}

/// Whether calls of the operation can have such a path.
fn leads_to(path: &Glob, api: &Served, operation: &Operation) -> bool {
    let mut pattern = String::new();
    for part in template(api, operation).split('{') {
        // A parameter stands for any text without a slash.
        match part.split_once('}') {
            Some((_, after)) => pattern.extend(["*", after]),
            None => pattern.push_str(part),
        }
    }
    let with_slash = format!("{pattern}/");
    path.overlaps(&Glob::of_path(&pattern))
        || (api.wire.trailing_slash && path.overlaps(&Glob::of_path(&with_slash)))
}

/// The path of the operation, as the vendor has it.
fn template(api: &Served, operation: &Operation) -> String {
    format!("{}{}", api.base_path, operation.path)
}

/// What is wrong with the name of an operation that there is not, and the nearest ones there are.
fn unknown_operation(name: &str, api: Option<&'static Served>) -> String {
    let is_named = |operation: &Operation| operation.id == name || operation.name == name;
    let own = APIS
        .into_iter()
        .filter(|served| api.is_none_or(|api| std::ptr::eq(api, *served)));
    let owner = APIS
        .into_iter()
        .find(|served| served.operations.iter().any(is_named));
    let mut names: Vec<_> = own
        .flat_map(|api| api.operations)
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
