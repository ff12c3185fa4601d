use indexmap::IndexMap;

use super::kind::Kind;
use super::node::Node;
use super::reader::Reader;
use crate::fault::Fault;
use crate::model::{Location, SecurityRequirement, SecurityScheme, SecuritySchemeKind};
use crate::names::nearest;

impl<'d> Reader<'d> {
    /// `security` of an operation or of the document: each scheme must be declared.
    pub(super) fn security(&mut self, owner: &Node<'d>) -> Vec<SecurityRequirement> {
        let components = self.root.get("components");
        let declared = components.and_then(|components| components.get("securitySchemes")?.object());
        let mut requirements = Vec::new();
        for node in owner.items("security") {
            let mut requirement = SecurityRequirement::new();
            for (name, scopes) in node.own_entries() {
                if !declared.is_some_and(|declared| declared.contains_key(name)) {
                    let names = declared.into_iter().flat_map(|declared| declared.keys());
                    let meant = nearest(name, names.map(String::as_str)).map(str::to_owned);
                    let fault = Fault::UnknownSecurityScheme {
                        name: name.to_owned(),
                        meant,
                    };
                    self.diagnostics.push(fault.at_key(&scopes.pointer));
                }
                let scopes = scopes.value.as_array().into_iter().flatten();
                let scopes = scopes.filter_map(|scope| scope.as_str().map(str::to_owned));
                requirement.insert(name.to_owned(), scopes.collect());
            }
            requirements.push(requirement);
        }
        requirements
    }

    pub(super) fn security_schemes(&mut self, components: &Node<'d>) -> IndexMap<String, SecurityScheme> {
        let mut schemes = IndexMap::new();
        for (name, node) in components.entries("securitySchemes") {
            if let Some(scheme) = self.security_scheme(node) {
                schemes.insert(name.to_owned(), scheme);
            }
        }
        schemes
    }

    fn security_scheme(&mut self, node: Node<'d>) -> Option<SecurityScheme> {
        let node = self.resolver.follow(node, Kind::SecurityScheme)?;
        let kind = match node.text("type")? {
            "http" => self.http_scheme(&node)?,
            "apiKey" => self.api_key(&node)?,
            "oauth2" => {
                self.need(&node, "flows")?;
                SecuritySchemeKind::Bearer { format: None }
            }
            "openIdConnect" => {
                self.need(&node, "openIdConnectUrl")?;
                SecuritySchemeKind::Bearer { format: None }
            }
            other => {
                let meant = nearest(other, ["http", "apiKey", "oauth2", "openIdConnect"]).map(str::to_owned);
                let fault = Fault::UnknownSecurityType {
                    found: other.to_owned(),
                    meant,
                };
                self.diagnostics.push(fault.at(&node.pointer.join("type")));
                return None;
            }
        };
        let (description, extensions) = (node.owned_text("description"), node.extensions());
        Some(SecurityScheme {
            pointer: node.pointer,
            kind,
            description,
            extensions,
        })
    }

    fn http_scheme(&mut self, node: &Node<'d>) -> Option<SecuritySchemeKind> {
        self.need(node, "scheme")?;
        let scheme = node.text("scheme")?.to_ascii_lowercase();
        Some(match scheme.as_str() {
            "bearer" => SecuritySchemeKind::Bearer {
                format: node.owned_text("bearerFormat"),
            },
            "basic" => SecuritySchemeKind::Basic,
            _ => SecuritySchemeKind::Http(scheme),
        })
    }

    fn api_key(&mut self, node: &Node<'d>) -> Option<SecuritySchemeKind> {
        let complete = (self.need(node, "in"), self.need(node, "name"));
        let (Some(()), Some(())) = complete else {
            return None;
        };
        let location = self.location(node, &[Location::Query, Location::Header, Location::Cookie])?;
        Some(SecuritySchemeKind::ApiKey {
            location,
            name: node.owned_text("name")?,
        })
    }

    /// A keyword that this type of scheme cannot do without.
    fn need(&mut self, node: &Node<'d>, keyword: &'static str) -> Option<()> {
        if node.has(keyword) {
            return Some(());
        }
        let fault = Fault::MissingKeyword {
            keyword,
            kind: "a security scheme of this type",
        };
        self.diagnostics.push(fault.at_key(&node.pointer));
        None
    }
}
