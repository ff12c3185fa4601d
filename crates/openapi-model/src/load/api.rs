use super::kind::Kind;
use super::node::Node;
use super::reader::Reader;
use crate::fault::Fault;
use crate::model::{Api, Info, Server, StatusSpec, Tag};
use crate::resolve::{base_path, expand_variables};

impl<'d> Reader<'d> {
    /// Reads the whole document.
    pub(super) fn api(&mut self) -> Api {
        let root = self.root.clone();
        let components = root
            .get("components")
            .unwrap_or_else(|| Node::new(root.pointer.clone(), &NOTHING));
        let named = components.entries("schemas");
        let named = named
            .map(|(name, schema)| (name.to_owned(), self.schema(schema)))
            .collect();
        let servers = self.servers(&root);
        let security = self.security(&root);
        let security_schemes = self.security_schemes(&components);
        let operations = self.operations(&security);
        self.unused_components(&components);
        self.links();
        self.read_unread();
        self.read_waiting_schemas();
        Api {
            info: info(&root),
            base_path: servers
                .first()
                .map(|server| base_path(&server.url))
                .unwrap_or_default(),
            servers,
            tags: tags(&root),
            security_schemes,
            operations,
            schemas: std::mem::take(&mut self.schemas),
            components: named,
            extensions: root.extensions(),
        }
    }

    fn servers(&mut self, root: &Node<'d>) -> Vec<Server> {
        let mut servers = Vec::new();
        for node in root.items("servers") {
            let Some(url) = node.text("url") else { continue };
            let variables = node.get("variables");
            let value_of = |name: &str| variables.as_ref()?.get(name)?.text("default");
            match expand_variables(url, value_of) {
                Ok(url) => servers.push(Server {
                    url,
                    description: node.owned_text("description"),
                }),
                Err(name) => self
                    .diagnostics
                    .push(Fault::UnknownServerVariable { name }.at(&node.pointer.join("url"))),
            }
        }
        servers
    }

    /// Reads the components that no operation refers to for their faults.
    fn unused_components(&mut self, components: &Node<'d>) {
        for (_, node) in components.entries("parameters") {
            self.parameter(node);
        }
        for (_, node) in components.entries("requestBodies") {
            self.request_body(node);
        }
        for (_, node) in components.entries("responses") {
            self.response(StatusSpec::Default, node);
        }
        for (name, node) in components.entries("headers") {
            self.header(name, node);
        }
        for (_, node) in components.entries("examples") {
            self.example(node);
        }
        for (_, node) in components.entries("callbacks") {
            self.callback(node);
        }
        for (_, node) in components.entries("links") {
            self.resolver.follow(node, Kind::Link);
        }
    }
}

static NOTHING: serde_json::Value = serde_json::Value::Null;

fn info(root: &Node<'_>) -> Info {
    let Some(info) = root.get("info") else {
        return Info::default();
    };
    Info {
        title: info.owned_text("title").unwrap_or_default(),
        version: info.owned_text("version").unwrap_or_default(),
        description: info.owned_text("description"),
    }
}

fn tags(root: &Node<'_>) -> Vec<Tag> {
    let tags = root.items("tags").filter_map(|tag| {
        Some(Tag {
            name: tag.owned_text("name")?,
            description: tag.owned_text("description"),
        })
    });
    tags.collect()
}
