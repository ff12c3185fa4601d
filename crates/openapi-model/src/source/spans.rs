use std::collections::BTreeMap;
use std::ops::Range;

use super::tree::{Entry, NodeId, NodeKind, Tree};
use crate::model::Pointer;

/// Where every place of a document stands in its text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spans {
    tree: Tree,
    /// The entries of large mappings in the order of their keys, by the mapping's address: a report may ask for
    /// thousands of places in one. A key that stands twice keeps its order.
    sorted: BTreeMap<NodeId, Vec<usize>>,
}

/// From this many entries on a mapping counts as large.
const LARGE: usize = 32;

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
        let large = tree.mappings().filter(|(_, entries)| entries.len() >= LARGE);
        let sorted = large.map(|(id, entries)| {
            let mut order: Vec<usize> = (0..entries.len()).collect();
            order.sort_by_key(|index| entries.get(*index).map(|entry| entry.key.as_str()));
            (id, order)
        });
        let sorted = sorted.collect();
        Self { tree, sorted }
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
        let id = self.tree.target(id);
        match &self.tree.node(id)?.kind {
            NodeKind::Sequence(items) => Some((None, *items.get(token.parse::<usize>().ok()?)?)),
            NodeKind::Mapping(_) => {
                let entry = self.entry(id, token)?;
                Some((Some(entry.key_span.clone()), entry.value))
            }
            NodeKind::Scalar(_) | NodeKind::Alias(_) => None,
        }
    }

    /// An entry of a mapping, or else of what its merge keys bring in. The mappings still to be looked through are
    /// kept in a list, so that merges of merges need no recursion.
    fn entry(&self, mapping: NodeId, key: &str) -> Option<&Entry> {
        let mut waiting = vec![mapping];
        while let Some(id) = waiting.pop() {
            let entries = self.entries(id);
            if let Some(entry) = self.own_entry(id, entries, key) {
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

    fn own_entry<'t>(&self, id: NodeId, entries: &'t [Entry], key: &str) -> Option<&'t Entry> {
        let is_it = |entry: &&Entry| !entry.merge && entry.key == key;
        let Some(order) = self.sorted.get(&id) else {
            return entries.iter().find(is_it);
        };
        let entry = |index: &usize| entries.get(*index);
        let first = order.partition_point(|index| entry(index).is_some_and(|entry| entry.key.as_str() < key));
        let rest = order.get(first..).unwrap_or_default().iter();
        rest.filter_map(entry)
            .take_while(|entry| entry.key == key)
            .find(is_it)
    }

    /// The mappings behind a merge key: one, or a list of them.
    fn bases(&self, id: NodeId) -> Vec<NodeId> {
        match self.tree.resolve(id).map(|node| &node.kind) {
            Some(NodeKind::Sequence(items)) => items.iter().map(|item| self.tree.target(*item)).collect(),
            _ => vec![self.tree.target(id)],
        }
    }

    fn entries(&self, id: NodeId) -> &[Entry] {
        match self.tree.node(id).map(|node| &node.kind) {
            Some(NodeKind::Mapping(entries)) => entries,
            _ => &[],
        }
    }
}
