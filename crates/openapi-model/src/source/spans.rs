use std::ops::Range;

use super::tree::{Entry, Node, NodeId, NodeKind, Tree};
use crate::model::Pointer;

/// Where every place of a document stands in its text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spans {
    tree: Tree,
}

/// What is known of one place.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct Place {
    /// The key's bytes, quotes included; none for the root and the items of lists.
    pub(crate) key: Option<Range<usize>>,
    /// The value's bytes; of an alias, its anchor's.
    pub(crate) value: Range<usize>,
    /// Whether the pointer was found to its end; else this is the nearest place above it.
    pub(crate) exact: bool,
}

impl Spans {
    pub(super) fn new(tree: Tree) -> Self {
        Self { tree }
    }

    /// The place a pointer names, or the nearest one above it that exists.
    pub(crate) fn find(&self, pointer: &Pointer) -> Place {
        let Some(root) = self.tree.root() else {
            return Place::default();
        };
        let mut place = Place {
            key: None,
            value: self.span(root),
            exact: true,
        };
        let mut id = root;
        for token in pointer.tokens() {
            let Some((key, child)) = self.child(id, &token) else {
                return Place {
                    exact: false,
                    ..place
                };
            };
            place = Place {
                key,
                value: self.span(child),
                exact: true,
            };
            id = child;
        }
        place
    }

    fn span(&self, id: NodeId) -> Range<usize> {
        self.tree.resolve(id).map_or(0..0, |node| node.span.clone())
    }

    fn child(&self, id: NodeId, token: &str) -> Option<(Option<Range<usize>>, NodeId)> {
        match &self.tree.resolve(id)?.kind {
            NodeKind::Sequence(items) => Some((None, *items.get(token.parse::<usize>().ok()?)?)),
            NodeKind::Mapping(entries) => {
                let entry = self.entry(entries, token)?;
                Some((Some(entry.key_span.clone()), entry.value))
            }
            NodeKind::Scalar(_) | NodeKind::Alias(_) => None,
        }
    }

    /// An entry of a mapping, or else of what its merge keys bring in. The mappings still to be looked through are
    /// kept in a list, so that merges of merges need no recursion.
    fn entry<'t>(&'t self, entries: &'t [Entry], key: &str) -> Option<&'t Entry> {
        let mut waiting = vec![entries];
        while let Some(entries) = waiting.pop() {
            if let Some(entry) = entries.iter().find(|entry| !entry.merge && entry.key == key) {
                return Some(entry);
            }
            let merged = entries
                .iter()
                .filter(|entry| entry.merge)
                .flat_map(|entry| self.bases(entry.value));
            let bases: Vec<_> = merged.collect();
            waiting.extend(bases.into_iter().rev());
        }
        None
    }

    fn bases(&self, id: NodeId) -> Vec<&[Entry]> {
        let mappings = match self.tree.resolve(id) {
            Some(Node {
                kind: NodeKind::Sequence(items),
                ..
            }) => items.clone(),
            _ => vec![id],
        };
        let entries = mappings.into_iter().filter_map(|id| match self.tree.resolve(id) {
            Some(Node {
                kind: NodeKind::Mapping(entries),
                ..
            }) => Some(entries.as_slice()),
            _ => None,
        });
        entries.collect()
    }
}
