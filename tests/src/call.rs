//! The calls a document shows: its examples, put together to requests.

use std::fmt::Write as _;

use serde_json::Value;

use crate::credentials::with_credentials;
use crate::spec::{Location, Operation, Parameter, Spec};
use crate::wire::{Request, percent_encoded};

impl Operation {
    /// A valid call: every parameter with its example, the first example of the body, and credentials where the
    /// operation asks for them.
    #[must_use]
    pub fn call(&self, spec: &Spec) -> Request {
        if self.is_open() {
            self.call_of_nobody()
        } else {
            self.call_of_somebody(spec)
        }
    }

    /// The same with credentials even where the operation asks for none.
    #[must_use]
    pub fn call_of_somebody(&self, spec: &Spec) -> Request {
        with_credentials(spec, self, self.call_of_nobody())
    }

    /// The same without credentials.
    #[must_use]
    pub fn call_of_nobody(&self) -> Request {
        let request = Request::new(&self.method, self.target(&self.query_of(|_| true)));
        if self.body.is_some() {
            request.json(&self.example_body())
        } else {
            request
        }
    }

    /// Path and query of a valid call that leaves out all it can.
    #[must_use]
    pub fn target_of_required(&self) -> String {
        self.target(&self.query_of(|parameter| parameter.required))
    }

    /// The first example of the body; null where there is none.
    #[must_use]
    pub fn example_body(&self) -> Value {
        let examples = self.body.iter().flat_map(|body| &body.examples);
        examples
            .map(|(_, example)| example.clone())
            .next()
            .unwrap_or_default()
    }

    /// The path with the examples of its parameters, except for one.
    #[must_use]
    pub fn path_with(&self, name: &str, raw: &str) -> String {
        let mut path = self.path.clone();
        for parameter in self.parameters_in(Location::Path) {
            let own = percent_encoded(&parameter.example);
            let segment = if parameter.name == name { raw } else { &own };
            path = path.replace(&format!("{{{}}}", parameter.name), segment);
        }
        path
    }

    /// The query with the examples of its parameters, except for one, which has this raw value or is left out.
    #[must_use]
    pub fn query_with(&self, name: &str, raw: Option<&str>) -> String {
        let mut query = self.query_of(|parameter| parameter.name != name);
        if let Some(raw) = raw {
            let separator = if query.is_empty() { "" } else { "&" };
            // Writing to a String cannot fail.
            let _ = write!(query, "{separator}{name}={raw}");
        }
        query
    }

    fn query_of(&self, is_sent: impl Fn(&Parameter) -> bool) -> String {
        let sent = self
            .parameters_in(Location::Query)
            .filter(|parameter| is_sent(parameter));
        let pairs: Vec<_> = sent
            .map(|sent| format!("{}={}", sent.name, percent_encoded(&sent.example)))
            .collect();
        pairs.join("&")
    }

    fn target(&self, query: &str) -> String {
        let path = self.path_with("", "");
        if query.is_empty() {
            path
        } else {
            format!("{path}?{query}")
        }
    }
}
