use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Value;

use super::kind::Kind;
use super::node::Node;
use crate::diagnostic::Diagnostic;
use crate::model::{Pointer, Schema, SchemaId, Schemas};
use crate::resolve::Resolver;

/// What reading a document's objects needs and yields. The files beside this one each add how one kind is read.
///
/// Reading never fails as a whole: a broken part is reported and left out, and its neighbours are read.
pub(crate) struct Reader<'d> {
    pub(crate) root: Node<'d>,
    pub(crate) resolver: Resolver<'d>,
    pub(crate) schemas: Schemas,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What is only read for its faults, and when everything else is done.
    pub(super) unread: VecDeque<Unread<'d>>,
    /// Which of that has been read.
    pub(super) read: BTreeSet<Pointer>,
    ids: IndexMap<Pointer, SchemaId>,
    /// The examples' values that were read.
    pub(super) examples: IndexMap<Pointer, Arc<Value>>,
    /// Schemas with an address that have not been read. A list instead of recursion: a document may chain as many
    /// schemas as it likes.
    waiting: VecDeque<(SchemaId, Node<'d>)>,
}

/// An object that a chain of references may lead back to, or to more of its kind than a stack can hold.
pub(super) enum Unread<'d> {
    Callback(Node<'d>),
    /// A header of a part of a form.
    Header(Node<'d>),
}

impl<'d> Reader<'d> {
    pub(crate) fn new(root: Node<'d>, resolver: Resolver<'d>) -> Self {
        let objects = resolver.structure.objects();
        let schemas = objects.filter(|(_, _, kind)| *kind == Kind::Schema).count();
        Self {
            root,
            resolver,
            schemas: Schemas::with_capacity(schemas),
            diagnostics: Vec::new(),
            unread: VecDeque::new(),
            read: BTreeSet::new(),
            ids: IndexMap::new(),
            examples: IndexMap::new(),
            waiting: VecDeque::new(),
        }
    }

    /// The address of a schema, references followed. Each schema of the document has one, whoever asks.
    pub(crate) fn schema(&mut self, node: Node<'d>) -> SchemaId {
        let place = node.pointer.clone();
        let found = self.resolver.follow(node, Kind::Schema);
        let pointer = found.as_ref().map_or(place, |node| node.pointer.clone());
        if let Some(id) = self.ids.get(&pointer) {
            return *id;
        }
        let id = self.schemas.reserve(pointer.clone());
        self.ids.insert(pointer, id);
        // A schema that cannot be found has been reported; it is read as one that allows anything.
        if let Some(node) = found {
            self.waiting.push_back((id, node));
        }
        id
    }

    /// The schema under a keyword.
    pub(crate) fn schema_at(&mut self, owner: &Node<'d>, key: &str) -> Option<SchemaId> {
        let node = owner.get(key)?;
        Some(self.schema(node))
    }

    /// Reads what was put off, and what that puts off in turn.
    pub(super) fn read_unread(&mut self) {
        while let Some(unread) = self.unread.pop_front() {
            match unread {
                Unread::Callback(node) => self.callback(node),
                Unread::Header(node) => {
                    if let Some(node) = self.resolver.follow(node, Kind::Header)
                        && self.read.insert(node.pointer.clone())
                    {
                        self.header("", node);
                    }
                }
            }
        }
    }

    /// Reads every schema that was asked for, and those it asks for in turn.
    pub(crate) fn read_waiting_schemas(&mut self) {
        while let Some((id, node)) = self.waiting.pop_front() {
            let schema: Schema = self.read_schema(&node);
            self.schemas.fill(id, schema);
        }
    }
}
