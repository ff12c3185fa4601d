use std::ops::Range;

use indexmap::IndexMap;
use serde_json::{Map, Value, map};

use super::limits::{MAX_ALIAS_NODES, MAX_ALIAS_TEXT, MAX_DEPTH};
use super::tree::{Entry, Node, NodeId, NodeKind, Reading, ScalarId, Stop, Tree};
use crate::diagnostic::Diagnostic;
use crate::fault::Fault;

/// The document's tree, and its value with aliases and merge keys written out, or everything that stands in the way of
/// that.
pub(super) fn expand(reading: Reading) -> (Tree, Result<Value, Vec<Diagnostic>>) {
    let mut expansion = Expansion {
        tree: &reading.tree,
        scalars: reading.scalars,
        once: !reading.has_aliases,
        alias_nodes: 0,
        alias_text: 0,
        faults: Vec::new(),
    };
    let value = expansion.document();
    (reading.tree, value)
}

struct Expansion<'t> {
    tree: &'t Tree,
    scalars: Vec<Value>,
    /// Whether every scalar is asked for once, so that it can be given away.
    once: bool,
    alias_nodes: usize,
    alias_text: usize,
    faults: Vec<Diagnostic>,
}

#[derive(Clone)]
struct Depth {
    levels: usize,
    /// Where the outermost alias stands that this is an expansion of.
    in_alias: Option<Range<usize>>,
}

impl Expansion<'_> {
    fn document(&mut self) -> Result<Value, Vec<Diagnostic>> {
        let Some(root) = self.tree.root() else {
            return Err(vec![Fault::EmptyDocument.at_span(0..0)]);
        };
        let depth = Depth {
            levels: 0,
            in_alias: None,
        };
        match self.value(root, depth) {
            Ok(value) if self.faults.is_empty() => return Ok(value),
            Ok(_) => {}
            Err(stop) => self.faults.push(*stop),
        }
        Err(std::mem::take(&mut self.faults))
    }

    fn value(&mut self, id: NodeId, mut depth: Depth) -> Result<Value, Stop> {
        let tree = self.tree;
        let Some(mut node) = tree.node(id) else {
            return Ok(Value::Null);
        };
        if let NodeKind::Alias(_) = node.kind {
            depth.in_alias.get_or_insert(node.span.clone());
            let Some(target) = tree.resolve(id) else {
                return Ok(Value::Null);
            };
            node = target;
        }
        self.count(node, &depth)?;
        let below = Depth {
            levels: depth.levels + 1,
            in_alias: depth.in_alias.clone(),
        };
        match &node.kind {
            NodeKind::Scalar(id) => self.scalar(*id, &depth),
            NodeKind::Sequence(items) => items
                .iter()
                .map(|item| self.value(*item, below.clone()))
                .collect::<Result<_, _>>()
                .map(Value::Array),
            NodeKind::Mapping(entries) => self.mapping(entries, &below).map(Value::Object),
            NodeKind::Alias(_) => Ok(Value::Null),
        }
    }

    fn scalar(&mut self, id: ScalarId, depth: &Depth) -> Result<Value, Stop> {
        let Some(value) = self.scalars.get_mut(id.0) else {
            return Ok(Value::Null);
        };
        let value = if self.once {
            std::mem::take(value)
        } else {
            value.clone()
        };
        self.repeat(value.as_str().map_or(0, str::len), depth)?;
        Ok(value)
    }

    fn mapping(&mut self, entries: &[Entry], depth: &Depth) -> Result<Map<String, Value>, Stop> {
        let mut map = Map::with_capacity(entries.len());
        let mut has_duplicates = false;
        for entry in entries.iter().filter(|entry| !entry.merge) {
            let map::Entry::Vacant(vacant) = map.entry(entry.key.clone()) else {
                has_duplicates = true;
                continue;
            };
            self.repeat(entry.key.len(), depth)?;
            vacant.insert(self.value(entry.value, depth.clone())?);
        }
        if has_duplicates && depth.in_alias.is_none() {
            self.duplicates(entries);
        }
        for entry in entries.iter().filter(|entry| entry.merge) {
            self.merge(entry, &mut map, depth)?;
        }
        Ok(map)
    }

    fn duplicates(&mut self, entries: &[Entry]) {
        let mut places: IndexMap<&str, &Range<usize>> = IndexMap::new();
        for entry in entries.iter().filter(|entry| !entry.merge) {
            if let Some(first) = places.get(entry.key.as_str()) {
                let fault = Fault::DuplicateKey {
                    key: entry.key.clone(),
                };
                let diagnostic = fault.at_span(entry.key_span.clone());
                self.faults
                    .push(diagnostic.also_at_span((*first).clone(), "it stands here first"));
            } else {
                places.insert(&entry.key, &entry.key_span);
            }
        }
    }

    /// `<<: *base`, or a list of such: what is not said here is taken from there, the first that says it counting.
    fn merge(&mut self, entry: &Entry, map: &mut Map<String, Value>, depth: &Depth) -> Result<(), Stop> {
        let merged = match self.value(entry.value, depth.clone())? {
            Value::Array(bases) => bases,
            base => vec![base],
        };
        for base in merged {
            let Value::Object(base) = base else {
                self.faults
                    .push(Fault::MergeOfNoMapping.at_span(entry.key_span.clone()));
                continue;
            };
            for (key, value) in base {
                map.entry(key).or_insert(value);
            }
        }
        Ok(())
    }

    /// Counts what a value would cost if it were repeated without end.
    fn count(&mut self, node: &Node, depth: &Depth) -> Result<(), Stop> {
        if depth.levels > MAX_DEPTH {
            let place = depth.in_alias.clone().unwrap_or_else(|| node.span.clone());
            return Err(Fault::TooDeep { limit: MAX_DEPTH }.at_span(place).into());
        }
        let Some(place) = &depth.in_alias else {
            return Ok(());
        };
        self.alias_nodes += 1;
        if self.alias_nodes > MAX_ALIAS_NODES {
            let fault = Fault::AliasExpansion {
                limit: MAX_ALIAS_NODES,
                unit: "values",
            };
            return Err(fault.at_span(place.clone()).into());
        }
        Ok(())
    }

    fn repeat(&mut self, bytes: usize, depth: &Depth) -> Result<(), Stop> {
        let Some(place) = &depth.in_alias else {
            return Ok(());
        };
        self.alias_text += bytes;
        if self.alias_text > MAX_ALIAS_TEXT {
            let fault = Fault::AliasExpansion {
                limit: MAX_ALIAS_TEXT,
                unit: "bytes of text",
            };
            return Err(fault.at_span(place.clone()).into());
        }
        Ok(())
    }
}
