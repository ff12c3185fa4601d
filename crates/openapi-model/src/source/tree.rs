use std::ops::Range;

use serde_json::Value;

use super::limits::{MAX_DEPTH, MAX_NODES};
use crate::diagnostic::Diagnostic;
use crate::fault::Fault;

/// Why a reading cannot go on.
pub(super) type Stop = Box<Diagnostic>;

/// A document as it stands in the text: aliases are links, merge keys are entries, nothing is written out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    root: Option<NodeId>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct NodeId(usize);

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) kind: NodeKind,
}

#[derive(Clone, Debug)]
pub(crate) enum NodeKind {
    Scalar(Value),
    Sequence(Vec<NodeId>),
    Mapping(Vec<Entry>),
    Alias(NodeId),
}

#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Range<usize>,
    pub(crate) value: NodeId,
    /// Whether the key is a bare `<<`, whose value's entries count as entries here.
    pub(crate) merge: bool,
}

impl Tree {
    pub(crate) fn root(&self) -> Option<NodeId> {
        self.root
    }

    pub(crate) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0)
    }

    /// The node an alias stands for, or the node itself. An alias never names another one, so one step is enough.
    pub(crate) fn resolve(&self, id: NodeId) -> Option<&Node> {
        match self.node(id)? {
            Node {
                kind: NodeKind::Alias(target),
                ..
            } => self.node(*target),
            node => Some(node),
        }
    }
}

/// Grows a tree from a parser's events, without recursion and within the limits.
#[derive(Debug, Default)]
pub(super) struct Builder {
    tree: Tree,
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    id: NodeId,
    key: Option<Key>,
}

/// A key whose value has not come yet.
#[derive(Clone, Debug)]
struct Key {
    text: String,
    span: Range<usize>,
    merge: bool,
}

/// A scalar as a parser found it: its value, and what it is called as a key.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) value: Value,
    pub(super) key: Option<String>,
    pub(super) merge: bool,
}

impl Builder {
    pub(super) fn scalar(&mut self, leaf: Leaf, span: Range<usize>) -> Result<NodeId, Stop> {
        if self.expects_key() {
            let id = self.add(NodeKind::Scalar(Value::Null), span.clone())?;
            let Some(text) = leaf.key else {
                return Err(Fault::KeyIsNotText.at_span(span).into());
            };
            self.set_key(Key {
                text,
                span,
                merge: leaf.merge,
            });
            return Ok(id);
        }
        let id = self.add(NodeKind::Scalar(leaf.value), span)?;
        self.attach(id);
        Ok(id)
    }

    pub(super) fn alias(&mut self, target: NodeId, span: Range<usize>) -> Result<(), Stop> {
        if self.open.iter().any(|open| open.id == target) {
            return Err(Fault::AliasOfItself.at_span(span).into());
        }
        if self.expects_key() {
            return Err(Fault::KeyIsNotText.at_span(span).into());
        }
        let id = self.add(NodeKind::Alias(target), span)?;
        self.attach(id);
        Ok(())
    }

    pub(super) fn open(&mut self, kind: NodeKind, span: Range<usize>) -> Result<NodeId, Stop> {
        if self.expects_key() {
            return Err(Fault::KeyIsNotText.at_span(span).into());
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Fault::TooDeep { limit: MAX_DEPTH }.at_span(span).into());
        }
        let id = self.add(kind, span)?;
        self.attach(id);
        self.open.push(Open { id, key: None });
        Ok(id)
    }

    /// Closes the innermost list or mapping. Block style has no closing mark, so there the last child ends it.
    pub(super) fn close(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let last = match self.tree.node(open.id).map(|node| &node.kind) {
            Some(NodeKind::Sequence(items)) => items.last().copied(),
            Some(NodeKind::Mapping(entries)) => entries.last().map(|entry| entry.value),
            _ => None,
        };
        let last_end = last
            .and_then(|last| self.tree.node(last))
            .map(|node| node.span.end);
        if let Some(node) = self.tree.nodes.get_mut(open.id.0) {
            node.span.end = end.max(last_end.unwrap_or(node.span.start)).max(node.span.start);
        }
    }

    pub(super) fn finish(self) -> Tree {
        self.tree
    }

    fn expects_key(&self) -> bool {
        let Some(open) = self.open.last() else {
            return false;
        };
        open.key.is_none()
            && matches!(
                self.tree.node(open.id),
                Some(Node {
                    kind: NodeKind::Mapping(_),
                    ..
                })
            )
    }

    fn set_key(&mut self, key: Key) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some(key);
        }
    }

    fn add(&mut self, kind: NodeKind, span: Range<usize>) -> Result<NodeId, Stop> {
        if self.tree.nodes.len() >= MAX_NODES {
            return Err(Fault::TooManyValues { limit: MAX_NODES }.at_span(span).into());
        }
        let id = NodeId(self.tree.nodes.len());
        self.tree.nodes.push(Node { span, kind });
        Ok(id)
    }

    fn attach(&mut self, child: NodeId) {
        let Some(open) = self.open.last_mut() else {
            self.tree.root.get_or_insert(child);
            return;
        };
        let key = open.key.take();
        match (self.tree.nodes.get_mut(open.id.0).map(|node| &mut node.kind), key) {
            (Some(NodeKind::Sequence(items)), _) => items.push(child),
            (Some(NodeKind::Mapping(entries)), Some(key)) => {
                entries.push(Entry {
                    key: key.text,
                    key_span: key.span,
                    value: child,
                    merge: key.merge,
                });
            }
            _ => {}
        }
    }
}
