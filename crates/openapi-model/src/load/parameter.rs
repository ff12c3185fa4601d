use indexmap::IndexMap;

use super::kind::Kind;
use super::node::Node;
use super::reader::Reader;
use crate::fault::Fault;
use crate::model::{Header, Location, Parameter, ParameterContent, Style};
use crate::names::nearest;

impl<'d> Reader<'d> {
    /// The parameters of a list, references followed; broken ones, and headers that HTTP itself owns, left out.
    pub(super) fn parameters(&mut self, owner: &Node<'d>) -> Vec<Parameter> {
        let mut parameters: IndexMap<(Location, String), Parameter> = IndexMap::new();
        for item in owner.items("parameters") {
            let place = item.pointer.clone();
            let Some(parameter) = self.parameter(item) else {
                continue;
            };
            let identity = identity(&parameter);
            if parameters.contains_key(&identity) {
                let location = parameter.location.as_str();
                self.diagnostics.push(
                    Fault::DuplicateParameter {
                        name: parameter.name,
                        location,
                    }
                    .at_key(&place),
                );
                continue;
            }
            parameters.insert(identity, parameter);
        }
        parameters.into_values().collect()
    }

    pub(super) fn parameter(&mut self, node: Node<'d>) -> Option<Parameter> {
        let node = self.resolver.follow(node, Kind::Parameter)?;
        let name = node.owned_text("name")?;
        let location = self.location(&node, &Location::ALL)?;
        if location == Location::Header && is_http_header(&name) {
            self.diagnostics
                .push(Fault::HeaderIgnored { name }.at(&node.pointer.join("name")));
            return None;
        }
        let in_path = location == Location::Path;
        let required = node.flag("required").unwrap_or_default();
        if in_path && !required && node.get("required").is_none_or(|flag| flag.value.is_boolean()) {
            let fault = Fault::PathParameterNotRequired { name: name.clone() };
            self.diagnostics
                .push(
                    fault.at(&node
                        .pointer
                        .join(if node.has("required") { "required" } else { "name" })),
                );
        }
        let content = self.parameter_content(&node, location)?;
        Some(Parameter {
            required: required || in_path,
            deprecated: node.flag("deprecated").unwrap_or_default(),
            allow_empty_value: node.flag("allowEmptyValue").unwrap_or_default(),
            allow_reserved: node.flag("allowReserved").unwrap_or_default(),
            description: node.owned_text("description"),
            examples: self.examples(&node),
            extensions: node.extensions(),
            pointer: node.pointer,
            name,
            location,
            content,
        })
    }

    /// The headers of a response, `Content-Type` left out.
    pub(super) fn headers(&mut self, response: &Node<'d>) -> Vec<Header> {
        let mut headers: IndexMap<String, Header> = IndexMap::new();
        for (name, node) in response.entries("headers") {
            if name.eq_ignore_ascii_case("content-type") {
                self.diagnostics.push(
                    Fault::HeaderIgnored {
                        name: name.to_owned(),
                    }
                    .at_key(&node.pointer),
                );
                continue;
            }
            let folded = name.to_ascii_lowercase();
            if headers.contains_key(&folded) {
                self.diagnostics.push(
                    Fault::DuplicateHeader {
                        name: name.to_owned(),
                    }
                    .at_key(&node.pointer),
                );
                continue;
            }
            if let Some(header) = self.header(name, node) {
                headers.insert(folded, header);
            }
        }
        headers.into_values().collect()
    }

    pub(super) fn header(&mut self, name: &str, node: Node<'d>) -> Option<Header> {
        let node = self.resolver.follow(node, Kind::Header)?;
        let content = self.parameter_content(&node, Location::Header)?;
        Some(Header {
            name: name.to_owned(),
            required: node.flag("required").unwrap_or_default(),
            deprecated: node.flag("deprecated").unwrap_or_default(),
            description: node.owned_text("description"),
            content,
            examples: self.examples(&node),
            extensions: node.extensions(),
            pointer: node.pointer,
        })
    }

    /// `in`, which must be one of some.
    pub(super) fn location(&mut self, node: &Node<'d>, allowed: &[Location]) -> Option<Location> {
        let word = node.text("in")?;
        let found = allowed.iter().find(|location| location.as_str() == word);
        if found.is_none() {
            let words = allowed.iter().map(|location| location.as_str());
            let meant = nearest(word, words).map(str::to_owned);
            let fault = Fault::UnknownLocation {
                found: word.to_owned(),
                meant,
            };
            self.diagnostics.push(fault.at(&node.pointer.join("in")));
        }
        found.copied()
    }

    fn parameter_content(&mut self, node: &Node<'d>, location: Location) -> Option<ParameterContent> {
        let content = node.get("content").filter(|content| content.value.is_object());
        match (node.get("schema"), content) {
            (Some(_), Some(content)) => {
                let fault = Fault::SchemaAndContent.at_key(&content.pointer);
                self.diagnostics
                    .push(fault.also(&node.pointer.join("schema"), "and `schema` here"));
                None
            }
            (None, None) => {
                if !node.has("content") {
                    self.diagnostics
                        .push(Fault::NeitherSchemaNorContent.at_key(&node.pointer));
                }
                None
            }
            (Some(schema), None) => {
                let style = self.style(node, location);
                let explode = node.flag("explode").unwrap_or(style == Style::Form);
                Some(ParameterContent::Schema {
                    schema: self.schema(schema),
                    style,
                    explode,
                })
            }
            (None, Some(content)) => {
                let mut media = self.media_types(node);
                if media.len() != 1 {
                    let number = media.len();
                    self.diagnostics
                        .push(Fault::ContentOfParameter { number }.at_key(&content.pointer));
                    return None;
                }
                media.pop().map(|media| ParameterContent::Media(Box::new(media)))
            }
        }
    }

    /// `style`, or the location's default.
    fn style(&mut self, node: &Node<'d>, location: Location) -> Style {
        let allowed = location.styles();
        let default = allowed.first().copied().unwrap_or(Style::Form);
        let Some(word) = node.text("style") else {
            return default;
        };
        if let Some(style) = allowed.iter().find(|style| style.as_str() == word) {
            return *style;
        }
        let allowed: Vec<_> = allowed
            .iter()
            .map(|style| format!("`{}`", style.as_str()))
            .collect();
        let fault = Fault::StyleNotAllowed {
            style: word.to_owned(),
            location: location.as_str(),
            allowed: allowed.join(", "),
        };
        self.diagnostics.push(fault.at(&node.pointer.join("style")));
        default
    }
}

/// A parameter's own list, then what it inherits and does not override.
pub(super) fn merged(own: Vec<Parameter>, inherited: &[Parameter]) -> Vec<Parameter> {
    let mut merged: IndexMap<(Location, String), Parameter> = IndexMap::new();
    for parameter in own.into_iter().chain(inherited.iter().cloned()) {
        merged.entry(identity(&parameter)).or_insert(parameter);
    }
    merged.into_values().collect()
}

/// What no two parameters of a list may share. Header names have no case.
fn identity(parameter: &Parameter) -> (Location, String) {
    let name = match parameter.location {
        Location::Header => parameter.name.to_ascii_lowercase(),
        _ => parameter.name.clone(),
    };
    (parameter.location, name)
}

/// Headers that a parameter may not describe; OpenAPI has other words for them.
fn is_http_header(name: &str) -> bool {
    ["accept", "content-type", "authorization"]
        .iter()
        .any(|header| name.eq_ignore_ascii_case(header))
}
