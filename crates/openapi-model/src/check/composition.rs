use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::fault::Fault;
use crate::model::{Api, SchemaId};

/// Checks how schemas are made of each other, and gives each discriminator the values its alternatives' names imply.
pub(super) fn check(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    endless(api, diagnostics);
    let parts = parts_of(api);
    let mut implied: Vec<(SchemaId, Vec<(String, SchemaId)>)> = Vec::new();
    for (id, schema) in api.schemas.iter() {
        if schema.discriminator.is_none() {
            continue;
        }
        let mut alternatives: Vec<SchemaId> = schema.one_of.iter().chain(&schema.any_of).copied().collect();
        if alternatives.is_empty() {
            alternatives = descendants(id, &parts);
        }
        if alternatives.is_empty() {
            diagnostics.push(Fault::DiscriminatorOfNothing.at_key(&schema.pointer.join("discriminator")));
        }
        let named = alternatives
            .iter()
            .filter_map(|id| Some((api.schemas[*id].name.clone()?, *id)));
        implied.push((id, named.collect()));
    }
    for (id, names) in implied {
        let Some(discriminator) = api
            .schemas
            .get_mut(id)
            .and_then(|schema| schema.discriminator.as_mut())
        else {
            continue;
        };
        for (name, alternative) in names {
            if !discriminator
                .mapping
                .values()
                .any(|mapped| *mapped == alternative)
            {
                discriminator.mapping.entry(name).or_insert(alternative);
            }
        }
    }
}

/// For each schema, those that have it in their `allOf`, in order of address.
fn parts_of(api: &Api) -> BTreeMap<SchemaId, Vec<SchemaId>> {
    let mut children: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    for (id, schema) in api.schemas.iter() {
        for part in &schema.all_of {
            children.entry(*part).or_default().push(id);
        }
    }
    children
}

/// What is made from a schema by `allOf`, at any remove.
fn descendants(id: SchemaId, children: &BTreeMap<SchemaId, Vec<SchemaId>>) -> Vec<SchemaId> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![id];
    while let Some(next) = waiting.pop() {
        let children = children.get(&next).into_iter().flatten();
        waiting.extend(children.filter(|child| **child != id && found.insert(**child)));
    }
    found.into_iter().collect()
}

/// Reports schemas whose `allOf` leads back to themselves: no value could ever be checked against one.
fn endless(api: &Api, diagnostics: &mut Vec<Diagnostic>) {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; api.schemas.len()];
    let mut mark = |id: SchemaId, new: Mark| {
        marks
            .get_mut(id.index())
            .map_or(Mark::Done, |mark| std::mem::replace(mark, new))
    };
    for (start, _) in api.schemas.iter() {
        // Depth first by a list of open schemas, each with the part to look at next.
        let mut open: Vec<(SchemaId, usize)> = Vec::new();
        match mark(start, Mark::Open) {
            Mark::New => open.push((start, 0)),
            before => {
                mark(start, before);
            }
        }
        while let Some((id, next)) = open.last_mut() {
            let (id, index) = (*id, *next);
            *next += 1;
            let Some(part) = api.schemas[id].all_of.get(index).copied() else {
                mark(id, Mark::Done);
                open.pop();
                continue;
            };
            match mark(part, Mark::Open) {
                Mark::New => open.push((part, 0)),
                Mark::Open => {
                    let place = api.schemas[id].pointer.join("allOf").index(index);
                    diagnostics.push(Fault::EndlessAllOf.at(&place));
                }
                Mark::Done => {
                    mark(part, Mark::Done);
                }
            }
        }
    }
}
