use std::collections::BTreeSet;
use std::sync::LazyLock;

use mock_server::fixtures::BUILT_IN;
use openapi_model::Source;
use serde_json::Value;

use super::Scenario;
use super::action::Action;
use crate::credentials::accepted;
use crate::spec::Spec;
use crate::wire::{Body, Request};

/// The ids and the secrets of the built-in fixtures.
struct Named {
    ids: BTreeSet<String>,
    secrets: BTreeSet<String>,
}

static NAMED: LazyLock<Named> = LazyLock::new(|| {
    let document = openapi_model::Document::parse(Source::new("built-in fixtures", BUILT_IN));
    let document = document.unwrap_or_else(|_| panic!("the built-in fixtures cannot be read"));
    let mut named = Named {
        ids: BTreeSet::new(),
        secrets: BTreeSet::new(),
    };
    collect(document.value(), &mut named);
    named
});

fn collect(value: &Value, named: &mut Named) {
    for (name, member) in value.as_object().into_iter().flatten() {
        match (name.as_str(), member) {
            ("id", Value::String(id)) => drop(named.ids.insert(id.clone())),
            ("secret", Value::String(secret)) => drop(named.secrets.insert(secret.clone())),
            _ => collect(member, named),
        }
    }
    for item in value.as_array().into_iter().flatten() {
        collect(item, named);
    }
}

impl Scenario {
    /// Why another server than ours, with other contents and a clock of its own, could not be held to it. It is read
    /// off what the scenario does, so that nobody can forget to say so.
    #[must_use]
    pub fn needs(&self, spec: &Spec) -> Option<&'static str> {
        let moves_clock = self
            .actions
            .iter()
            .any(|action| matches!(action, Action::Advance(_)));
        let steers = |request: &Request| request.path().starts_with("/_mock/");
        let looks_inside = |action: &Action| matches!(action, Action::Told(..));
        if self.settings.is_some() || self.requests().any(steers) {
            Some("needs to steer our server")
        } else if self.clock.is_some() || moves_clock {
            Some("needs to set the clock")
        } else if self.actions.iter().any(looks_inside) {
            Some("needs to see what was told")
        } else if !self.fixtures.is_empty() {
            Some("needs fixtures of its own")
        } else if self.requests().any(|request| names_a_fixture(spec, request)) {
            Some("needs the built-in fixtures")
        } else {
            None
        }
    }
}

/// Whether a request names something of the built-in fixtures. The credential that every server is asked with does not
/// count, as another server's can be given in its place.
fn names_a_fixture(spec: &Spec, request: &Request) -> bool {
    let body = match &request.body {
        Body::Sized(bytes) | Body::Chunked(bytes) | Body::AsIs(bytes) | Body::CutShort(bytes) => {
            String::from_utf8_lossy(bytes)
        }
        Body::None => "".into(),
    };
    let usual = spec
        .operations
        .iter()
        .flat_map(|operation| accepted(spec, operation));
    let usual: BTreeSet<String> = usual.map(|(.., value)| value).collect();
    let shows = |(_, value): &(String, Vec<u8>)| {
        let value = String::from_utf8_lossy(value);
        !usual.contains(value.as_ref()) && value.split(' ').any(|word| NAMED.secrets.contains(word))
    };
    names_an_id(&request.target) || names_an_id(&body) || request.headers.iter().any(shows)
}

/// Whether an id stands in a text as a word of its own.
fn names_an_id(text: &str) -> bool {
    let is_of_a_word = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    text.split(|letter| !is_of_a_word(letter))
        .any(|word| NAMED.ids.contains(word))
}
