use super::kind::Kind;
use super::node::Node;
use super::parameter::merged;
use super::reader::{Reader, Unread};
use crate::fault::Fault;
use crate::model::{Method, Operation, Parameter, PathTemplate, SecurityRequirement};

impl<'d> Reader<'d> {
    /// Every operation under `paths`, in document order.
    pub(super) fn operations(&mut self, document: &[SecurityRequirement]) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (text, node) in self.root.entries("paths") {
            if text.starts_with("x-") {
                continue;
            }
            match PathTemplate::parse(text) {
                Ok(path) => operations.extend(self.path_item(&path, node, document)),
                Err(problem) => {
                    let fault = Fault::InvalidPath {
                        path: text.to_owned(),
                        problem,
                    };
                    self.diagnostics.push(fault.at_key(&node.pointer));
                    // The operations below are still read for their own faults.
                    self.path_item(&PathTemplate::root(), node, document);
                }
            }
        }
        operations
    }

    fn path_item(
        &mut self,
        path: &PathTemplate,
        node: Node<'d>,
        security: &[SecurityRequirement],
    ) -> Vec<Operation> {
        let Some(node) = self.resolver.follow(node, Kind::PathItem) else {
            return Vec::new();
        };
        self.servers_ignored(&node);
        let inherited = self.parameters(&node);
        let mut operations = Vec::new();
        for (key, operation) in node.own_entries() {
            if let Some(method) = Method::ALL.into_iter().find(|method| method.key() == key)
                && operation.value.is_object()
            {
                operations.push(self.operation(method, path, &operation, &inherited, security));
            }
        }
        operations
    }

    fn operation(
        &mut self,
        method: Method,
        path: &PathTemplate,
        node: &Node<'d>,
        inherited: &[Parameter],
        security: &[SecurityRequirement],
    ) -> Operation {
        self.servers_ignored(node);
        self.callbacks(node);
        let own = self.parameters(node);
        let body = node.get("requestBody");
        if let Some(body) = &body
            && matches!(
                method,
                Method::Get | Method::Head | Method::Delete | Method::Trace
            )
        {
            self.diagnostics.push(
                Fault::UnusualRequestBody {
                    method: method.as_str(),
                }
                .at_key(&body.pointer),
            );
        }
        let tags = node
            .items("tags")
            .filter_map(|tag| tag.value.as_str().map(str::to_owned));
        Operation {
            id: node.owned_text("operationId"),
            method,
            path: path.clone(),
            tags: tags.collect(),
            summary: node.owned_text("summary"),
            description: node.owned_text("description"),
            deprecated: node.flag("deprecated").unwrap_or_default(),
            parameters: merged(own, inherited),
            request_body: body.and_then(|body| self.request_body(body)),
            responses: self.responses(node),
            security: if node.has("security") {
                self.security(node)
            } else {
                security.to_vec()
            },
            extensions: node.extensions(),
            pointer: node.pointer.clone(),
        }
    }

    fn servers_ignored(&mut self, node: &Node<'d>) {
        if let Some(servers) = node.get("servers") {
            self.diagnostics
                .push(Fault::ServersIgnored.at_key(&servers.pointer));
        }
    }

    /// Callbacks are read for their faults, later, and dropped.
    fn callbacks(&mut self, operation: &Node<'d>) {
        let Some(owner) = operation.get("callbacks") else {
            return;
        };
        self.diagnostics
            .push(Fault::CallbacksIgnored.at_key(&owner.pointer));
        let callbacks = operation.entries("callbacks");
        self.unread
            .extend(callbacks.map(|(_, callback)| Unread::Callback(callback)));
    }

    pub(super) fn callback(&mut self, node: Node<'d>) {
        let Some(node) = self.resolver.follow(node, Kind::Callback) else {
            return;
        };
        if !self.read.insert(node.pointer.clone()) {
            return; // A callback's operations may have callbacks, and these may come round again.
        }
        for (expression, item) in node.own_entries() {
            if !expression.starts_with("x-") {
                self.path_item(&PathTemplate::root(), item, &[]);
            }
        }
    }
}
