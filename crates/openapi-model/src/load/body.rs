use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Value;

use super::kind::Kind;
use super::node::Node;
use super::reader::{Reader, Unread};
use crate::fault::Fault;
use crate::model::{Encoding, Example, MediaType, RequestBody, Response, StatusSpec, Style};

impl<'d> Reader<'d> {
    pub(super) fn request_body(&mut self, node: Node<'d>) -> Option<RequestBody> {
        let node = self.resolver.follow(node, Kind::RequestBody)?;
        let content = self.media_types(&node);
        if content.is_empty()
            && node
                .get("content")
                .is_some_and(|content| content.value.is_object())
        {
            self.diagnostics
                .push(Fault::EmptyRequestBody.at_key(&node.pointer.join("content")));
        }
        Some(RequestBody {
            required: node.flag("required").unwrap_or_default(),
            description: node.owned_text("description"),
            content,
            extensions: node.extensions(),
            pointer: node.pointer,
        })
    }

    /// The responses of an operation, in document order.
    pub(super) fn responses(&mut self, operation: &Node<'d>) -> Vec<Response> {
        let Some(owner) = operation.get("responses") else {
            return Vec::new();
        };
        let entries = owner.own_entries();
        let entries: Vec<_> = entries.filter(|(key, _)| !key.starts_with("x-")).collect();
        if entries.is_empty() && owner.value.is_object() {
            self.diagnostics.push(Fault::NoResponses.at_key(&owner.pointer));
        }
        let mut responses = Vec::new();
        for (key, node) in entries {
            let Some(status) = StatusSpec::parse(key) else {
                self.diagnostics
                    .push(Fault::InvalidStatus { key: key.to_owned() }.at_key(&node.pointer));
                continue;
            };
            responses.extend(self.response(status, node));
        }
        responses
    }

    pub(super) fn response(&mut self, status: StatusSpec, node: Node<'d>) -> Option<Response> {
        let component = node.reference().and_then(|reference| {
            let name = reference.strip_prefix("#/components/responses/")?;
            Some(name.replace("~1", "/").replace("~0", "~"))
        });
        let node = self.resolver.follow(node, Kind::Response)?;
        let links = node.entries("links");
        Some(Response {
            component,
            status,
            description: node.owned_text("description").unwrap_or_default(),
            headers: self.headers(&node),
            content: self.media_types(&node),
            links: links
                .map(|(name, link)| (name.to_owned(), link.value.clone()))
                .collect(),
            extensions: node.extensions(),
            pointer: node.pointer,
        })
    }

    /// The entries of a `content` map.
    pub(super) fn media_types(&mut self, owner: &Node<'d>) -> Vec<MediaType> {
        let mut media_types = Vec::new();
        for (media_type, node) in owner.entries("content").filter(|(key, _)| !key.starts_with("x-")) {
            if !is_media_type(media_type) {
                let fault = Fault::InvalidMediaType {
                    text: media_type.to_owned(),
                };
                self.diagnostics.push(fault.at_key(&node.pointer));
                continue;
            }
            let encoding = node.entries("encoding");
            media_types.push(MediaType {
                media_type: media_type.to_owned(),
                schema: self.schema_at(&node, "schema"),
                examples: self.examples(&node),
                encoding: encoding
                    .map(|(name, entry)| (name.to_owned(), self.encoding(&entry)))
                    .collect(),
                extensions: node.extensions(),
                pointer: node.pointer,
            });
        }
        media_types
    }

    fn encoding(&mut self, node: &Node<'d>) -> Encoding {
        let headers = node.entries("headers");
        self.unread
            .extend(headers.map(|(_, header)| Unread::Header(header)));
        let allowed = [
            Style::Form,
            Style::SpaceDelimited,
            Style::PipeDelimited,
            Style::DeepObject,
        ];
        let word = node.text("style");
        let style = allowed
            .into_iter()
            .find(|style| Some(style.as_str()) == word)
            .unwrap_or(Style::Form);
        if let Some(word) = word.filter(|word| *word != style.as_str()) {
            let allowed = "`form`, `spaceDelimited`, `pipeDelimited`, `deepObject`".to_owned();
            let fault = Fault::StyleNotAllowed {
                style: word.to_owned(),
                location: "an encoding",
                allowed,
            };
            self.diagnostics.push(fault.at(&node.pointer.join("style")));
        }
        Encoding {
            content_type: node.owned_text("contentType"),
            style,
            explode: node.flag("explode").unwrap_or(style == Style::Form),
        }
    }

    /// `examples` by name, or a lone `example` by the name `default`.
    pub(super) fn examples(&mut self, owner: &Node<'d>) -> IndexMap<String, Example> {
        let mut examples = IndexMap::new();
        if let Some(lone) = owner.get("example") {
            if let Some(others) = owner.get("examples") {
                let fault = Fault::ExampleAndExamples.at_key(&lone.pointer);
                self.diagnostics
                    .push(fault.also(&others.pointer, "and `examples` here"));
            }
            let example = Example {
                summary: None,
                value: self.shared(&lone),
                pointer: lone.pointer,
            };
            examples.insert("default".to_owned(), example);
        }
        for (name, node) in owner.entries("examples") {
            if let Some(example) = self.example(node) {
                examples.insert(name.to_owned(), example);
            }
        }
        examples
    }

    /// An example, whose pointer is that of its value.
    pub(super) fn example(&mut self, node: Node<'d>) -> Option<Example> {
        let node = self.resolver.follow(node, Kind::Example)?;
        let Some(value) = node.get("value") else {
            let fault = if node.has("externalValue") {
                Fault::ExternalExample
            } else {
                Fault::ExampleWithoutValue
            };
            self.diagnostics.push(fault.at_key(&node.pointer));
            return None;
        };
        Some(Example {
            summary: node.owned_text("summary"),
            value: self.shared(&value),
            pointer: value.pointer,
        })
    }

    /// An example's value, one for all references: a large one may stand in a response of a thousand operations.
    fn shared(&mut self, node: &Node<'d>) -> Arc<Value> {
        let values = &mut self.examples;
        let value = values
            .entry(node.pointer.clone())
            .or_insert_with(|| Arc::new(node.value.clone()));
        Arc::clone(value)
    }
}

/// Whether a text is a media type or range: two tokens around a slash, and maybe parameters.
fn is_media_type(text: &str) -> bool {
    let token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    let essence = text.split(';').next().unwrap_or_default().trim();
    essence
        .split_once('/')
        .is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}
