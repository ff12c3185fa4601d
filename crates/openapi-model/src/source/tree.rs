use std::ops::Range;

use serde_json::Value;

use super::limits::{MAX_DEPTH, MAX_NODES};
use crate::diagnostic::Diagnostic;
use crate::fault::Fault;
use crate::model::Pointer;

/// Why a reading cannot go on.
pub(super) type Stop = Box<Diagnostic>;

/// A document as it stands in the text: aliases are links, merge keys are entries, nothing is written out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    root: Option<NodeId>,
}

#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct NodeId(usize);

/// Where a scalar's value stands among those of its [`Reading`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct ScalarId(pub(super) usize);

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) kind: NodeKind,
}

#[derive(Clone, Debug)]
pub(crate) enum NodeKind {
    Scalar(ScalarId),
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

    /// What an alias names, or the address itself. An alias never names another one, so one step is enough.
    pub(crate) fn target(&self, id: NodeId) -> NodeId {
        match self.node(id).map(|node| &node.kind) {
            Some(NodeKind::Alias(target)) => *target,
            _ => id,
        }
    }

    /// The node an alias stands for, or the node itself.
    pub(crate) fn resolve(&self, id: NodeId) -> Option<&Node> {
        self.node(self.target(id))
    }

    pub(crate) fn mappings(&self) -> impl Iterator<Item = (NodeId, &[Entry])> {
        let nodes = self.nodes.iter().enumerate();
        nodes.filter_map(|(index, node)| match &node.kind {
            NodeKind::Mapping(entries) => Some((NodeId(index), entries.as_slice())),
            _ => None,
        })
    }
}

/// What a parser's events come to. The scalars' values stand apart from the tree: they move on into the document's
/// value, while the tree stays for its places.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) tree: Tree,
    pub(super) scalars: Vec<Value>,
    pub(super) has_aliases: bool,
}

/// Grows a tree from a parser's events, without recursion and within the limits.
#[derive(Debug, Default)]
pub(super) struct Builder {
    reading: Reading,
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

impl Builder {
    /// Room for what a text of so many lines usually comes to: a value on each, half of them scalars. Lines may be
    /// empty, so there is never room for more than a document may have.
    pub(super) fn for_lines(lines: usize) -> Self {
        let mut builder = Self::default();
        let values = lines.min(MAX_NODES);
        builder.reading.tree.nodes.reserve(values);
        builder.reading.scalars.reserve(values / 2);
        builder
    }

    /// A scalar that is no key.
    pub(super) fn scalar(&mut self, value: Value, span: Range<usize>) -> Result<NodeId, Stop> {
        let id = self.loose_scalar(value, span)?;
        self.attach(id);
        Ok(id)
    }

    /// A scalar that stands nowhere in the value: what an alias names that was anchored at a key.
    pub(super) fn loose_scalar(&mut self, value: Value, span: Range<usize>) -> Result<NodeId, Stop> {
        let scalar = ScalarId(self.reading.scalars.len());
        let id = self.add(NodeKind::Scalar(scalar), span)?;
        self.reading.scalars.push(value);
        Ok(id)
    }

    /// The key of the entry whose value comes next; `merge` for a bare `<<`.
    pub(super) fn key(&mut self, text: String, span: Range<usize>, merge: bool) {
        if let Some(open) = self.open.last_mut() {
            open.key = Some(Key { text, span, merge });
        }
    }

    pub(super) fn alias(&mut self, target: NodeId, span: Range<usize>) -> Result<(), Stop> {
        if self.open.iter().any(|open| open.id == target) {
            return Err(Fault::AliasOfItself.at_span(span).into());
        }
        if self.expects_key() {
            return Err(Fault::KeyIsNotText.at_span(span).into());
        }
        self.reading.has_aliases = true;
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
        let last = match self.reading.tree.node(open.id).map(|node| &node.kind) {
            Some(NodeKind::Sequence(items)) => items.last().copied(),
            Some(NodeKind::Mapping(entries)) => entries.last().map(|entry| entry.value),
            _ => None,
        };
        let last_end = last
            .and_then(|last| self.reading.tree.node(last))
            .map(|node| node.span.end);
        if let Some(node) = self.reading.tree.nodes.get_mut(open.id.0) {
            node.span.end = end.max(last_end.unwrap_or(node.span.start)).max(node.span.start);
        }
    }

    pub(super) fn finish(self) -> Reading {
        self.reading
    }

    /// Whether nothing has come yet.
    pub(super) fn is_empty(&self) -> bool {
        self.reading.tree.nodes.is_empty()
    }

    /// The place of what comes next: the entry of a key, the value of the last key, or an item.
    pub(super) fn next_place(&self, key: Option<&str>) -> Pointer {
        let Some((last, outer)) = self.open.split_last() else {
            return Pointer::root();
        };
        let mut place = Pointer::root();
        for open in outer {
            place = match self.reading.tree.node(open.id).map(|node| &node.kind) {
                Some(NodeKind::Sequence(items)) => place.index(items.len().saturating_sub(1)),
                Some(NodeKind::Mapping(entries)) => match entries.last() {
                    Some(entry) => place.join(&entry.key),
                    None => place,
                },
                _ => place,
            };
        }
        match self.reading.tree.node(last.id).map(|node| &node.kind) {
            Some(NodeKind::Sequence(items)) => place.index(items.len()),
            _ => match key.or(last.key.as_ref().map(|key| key.text.as_str())) {
                Some(key) => place.join(key),
                None => place,
            },
        }
    }

    /// Whether what comes next is a key.
    pub(super) fn expects_key(&self) -> bool {
        let Some(open) = self.open.last() else {
            return false;
        };
        open.key.is_none()
            && matches!(
                self.reading.tree.node(open.id),
                Some(Node {
                    kind: NodeKind::Mapping(_),
                    ..
                })
            )
    }

    fn add(&mut self, kind: NodeKind, span: Range<usize>) -> Result<NodeId, Stop> {
        if self.reading.tree.nodes.len() >= MAX_NODES {
            return Err(Fault::TooManyValues { limit: MAX_NODES }.at_span(span).into());
        }
        let id = NodeId(self.reading.tree.nodes.len());
        self.reading.tree.nodes.push(Node { span, kind });
        Ok(id)
    }

    fn attach(&mut self, child: NodeId) {
        let Some(open) = self.open.last_mut() else {
            self.reading.tree.root.get_or_insert(child);
            return;
        };
        let key = open.key.take();
        match (
            self.reading
                .tree
                .nodes
                .get_mut(open.id.0)
                .map(|node| &mut node.kind),
            key,
        ) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_room_is_made_than_a_document_may_fill() {
        let reading = Builder::for_lines(usize::MAX).finish();
        assert!(reading.tree.nodes.capacity() >= MAX_NODES);
        assert!(reading.tree.nodes.capacity() < 2 * MAX_NODES);
        assert!(reading.scalars.capacity() < MAX_NODES);
        assert!(Builder::for_lines(10).finish().tree.nodes.capacity() < 100);
    }
}
