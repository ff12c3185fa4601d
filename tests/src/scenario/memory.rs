use std::collections::BTreeMap;

use serde_json::Value;

use crate::wire::{Address, Body, Request};

/// The name under which the server's own address stands.
const SERVER: &str = "server";

/// What was kept of earlier answers, by name. Wherever `{name}` stands, the value kept under it is meant; braces around
/// anything else are only braces.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    kept: BTreeMap<&'static str, Value>,
}

impl Memory {
    /// Nothing is kept yet but the address of the server.
    pub(super) fn of(server: &Address) -> Self {
        let mut memory = Self::default();
        memory.keep(SERVER, server.to_string().into());
        memory
    }

    pub(super) fn keep(&mut self, name: &'static str, value: Value) {
        self.kept.insert(name, value);
    }

    /// A text with what was kept put in.
    pub(super) fn text(&self, text: &str) -> String {
        self.kept.iter().fold(text.to_owned(), |text, (name, value)| {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            text.replace(&format!("{{{name}}}"), &value)
        })
    }

    /// Path and query with what was kept put in; the server's own address before them is taken off.
    fn target(&self, target: &str) -> String {
        let target = self.text(target);
        let server = self.kept.get(SERVER).and_then(Value::as_str).unwrap_or_default();
        target.strip_prefix(server).map(str::to_owned).unwrap_or(target)
    }

    /// A value with what was kept put in: a text that is nothing but a name becomes the value itself.
    pub(super) fn recalled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let name = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
                let whole = name.and_then(|name| self.kept.get(name));
                whole.cloned().unwrap_or_else(|| Value::String(self.text(text)))
            }
            Value::Array(items) => items.iter().map(|item| self.recalled(item)).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, member)| (name.clone(), self.recalled(member)))
                .collect(),
            other => other.clone(),
        }
    }

    /// A request with what was kept put into its target, its headers and its body.
    pub(super) fn request(&self, request: &Request) -> Request {
        let mut request = request.clone();
        request.target = self.target(&request.target);
        for (_, value) in &mut request.headers {
            if let Ok(text) = std::str::from_utf8(value) {
                *value = self.text(text).into_bytes();
            }
        }
        if let Body::Sized(bytes) = &mut request.body
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            *bytes = self.text(text).into_bytes();
        }
        request
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_in_braces_stands_for_what_was_kept() {
        let mut memory = Memory::default();
        memory.keep("id", json!("m_1"));
        memory.keep("whole", json!({ "a": 1 }));
        assert_eq!(
            memory.recalled(&json!({ "x": ["{whole}", "a {id} {other}"] })),
            json!({ "x": [{ "a": 1 }, "a m_1 {other}"] })
        );
        let request = Request::new("PATCH", "/m/{id}").json(&json!({ "id": "{id}" }));
        let recalled = memory.request(&request);
        assert_eq!(recalled.target, "/m/m_1");
        assert!(matches!(recalled.body, Body::Sized(bytes) if bytes == br#"{"id":"m_1"}"#));
        let bearer = Request::new("GET", "/").header("authorization", "Bearer {id}");
        assert_eq!(memory.request(&bearer).headers[0].1, b"Bearer m_1");
    }

    #[test]
    fn what_leads_to_the_server_is_a_path_of_it() {
        let mut memory = Memory::of(&Address::read("http://h:1/w/a").unwrap());
        assert_eq!(memory.text("{server}/m"), "http://h:1/w/a/m");
        memory.keep("next", json!("http://h:1/w/a/m?page=2"));
        assert_eq!(memory.request(&Request::new("GET", "{next}")).target, "/m?page=2");
        memory.keep("next", json!("http://h:2/m"));
        assert_eq!(
            memory.request(&Request::new("GET", "{next}")).target,
            "http://h:2/m"
        );
    }
}
