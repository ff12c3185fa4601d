use std::collections::BTreeSet;

use super::kind::Kind;
use super::node::Node;
use super::reader::Reader;
use crate::fault::Fault;
use crate::names::nearest;

impl Reader<'_> {
    /// Looks up the operation of every link, by its id or by a reference. What lies outside the document is taken on
    /// trust.
    pub(super) fn links(&mut self) {
        let objects = |wanted: Kind| {
            let objects = self.resolver.structure.objects();
            objects.filter(move |(_, _, kind)| *kind == wanted)
        };
        let ids: BTreeSet<&str> = objects(Kind::Operation)
            .filter_map(|(_, operation, _)| operation.get("operationId")?.as_str())
            .collect();
        let links: Vec<_> = objects(Kind::Link)
            .map(|(pointer, link, _)| Node::new(pointer.clone(), link))
            .collect();
        for link in links {
            if let Some(id) = link.text("operationId").filter(|id| !ids.contains(id)) {
                let fault = Fault::DanglingLink {
                    target: id.to_owned(),
                    meant: nearest(id, ids.iter().copied()).map(str::to_owned),
                };
                self.diagnostics.push(fault.at(&link.pointer.join("operationId")));
            }
            let reference = link.text("operationRef").filter(|text| text.starts_with('#'));
            if let Some(reference) = reference
                && self.resolver.target(reference, Kind::Operation).is_err()
            {
                let fault = Fault::DanglingLink {
                    target: reference.to_owned(),
                    meant: None,
                };
                self.diagnostics
                    .push(fault.at(&link.pointer.join("operationRef")));
            }
        }
    }
}
