use api_support::{JsonPointer, Operation};
use http::{HeaderMap, HeaderName, Method};
use jiff::Timestamp;
use membership_apis::control::models::FaultMatch;

use super::error::Mistake;
use crate::glob::Glob;
use crate::request_pattern::{self, Named, Operations, RequestPattern, Wanted};
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

/// The calls a fault is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Calls {
    pattern: RequestPattern,
    /// Those of the operations that the fault can take effect on; all of them where nothing is said.
    operations: Option<Vec<&'static Operation>>,
}

impl Calls {
    /// Reads which calls are meant. What is wrong is added to the mistakes.
    pub(super) fn read(given: &FaultMatch, mistakes: &mut Vec<Mistake>) -> Self {
        let mut calls = Self::default();
        calls.pattern.api = given.api.and_then(request_pattern::served);
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
            let operations = Operations::named(name, self.pattern.api);
            let operations = operations.map_err(|unknown| Mistake::at(OPERATION, unknown.to_string()))?;
            self.pattern.operation = Some(operations);
        }
        Ok(self)
    }

    fn with_method(mut self, given: &FaultMatch) -> Result<Self, Mistake> {
        let Some(method) = given.method else {
            return Ok(self);
        };
        self.pattern.method = request_pattern::method(method);
        match &self.pattern.operation {
            Some(operations) if self.candidates().next().is_none() => {
                let methods: Vec<_> = operations
                    .all
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
        let mistake = |detail: &str| Mistake::at("/match/path", detail);
        let before = self.clone();
        let path = given.path.as_deref().map(Wanted::path).transpose();
        self.pattern.path = path.map_err(mistake)?;
        if before.pattern.operation.is_some() && self.candidates().next().is_none() {
            let templates = before
                .candidates()
                .map(|(api, operation)| template(api, operation));
            let templates = templates.collect::<Vec<_>>().join(" or ");
            return Err(mistake(&format!(
                "is no path that the operation has, which is at {templates}"
            )));
        }
        Ok(self)
    }

    fn with_headers(mut self, given: &FaultMatch) -> Result<Self, Mistake> {
        for (name, _) in given.headers.iter().flat_map(|patterns| &patterns.0) {
            if HeaderName::from_bytes(name.as_bytes()).is_err() {
                let pointer = JsonPointer::of(["match", "headers", name]);
                return Err(Mistake::at(pointer, "is not a name that a header can have"));
            }
        }
        self.pattern.headers = Named::headers(given.headers.as_ref());
        Ok(self)
    }

    /// The operations that such calls may be of.
    pub(super) fn candidates(&self) -> impl Iterator<Item = (&'static Served, &'static Operation)> {
        let RequestPattern { method, path, .. } = &self.pattern;
        let apis = APIS.into_iter().filter(|api| self.pattern.is_for(Some(api)));
        let all = apis.flat_map(|api| api.operations.iter().map(move |operation| (api, operation)));
        all.filter(|(api, operation)| {
            self.can_be_of(Some(operation))
                && method.as_ref().is_none_or(|method| takes(operation, method))
                && path
                    .as_ref()
                    .is_none_or(|path| leads_to(&path.glob, api, operation))
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
        self.pattern.is_for(Some(call.api))
            && self.can_be_of(call.operation)
            && self.pattern.has_method(call.method)
            && self.pattern.has_path(call.path)
            && self.pattern.headers.iter().all(|Named { name, wanted }| {
                let mut values = call.headers.get_all(name).iter();
                values.any(|value| wanted.glob.matches(value.as_bytes()))
            })
    }

    fn can_be_of(&self, operation: Option<&Operation>) -> bool {
        let is_left = |own: &Vec<&'static Operation>| operation.is_some_and(|one| is_among(one, own));
        self.pattern.calls(operation) && self.operations.as_ref().is_none_or(is_left)
    }
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
