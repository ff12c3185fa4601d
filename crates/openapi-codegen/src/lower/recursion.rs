//! Boxing: a type that contains itself without a list, a map or a box between has no size.

use std::collections::BTreeSet;

use crate::ir::{TypeDef, TypeKind, TypeRef};

/// Boxes every direct containment that lies on a cycle.
pub(super) fn break_cycles(defs: &mut [TypeDef]) {
    let edges: Vec<BTreeSet<usize>> = defs.iter().map(|def| contained(&def.kind)).collect();
    let components = Components::of(&edges);
    for (position, def) in defs.iter_mut().enumerate() {
        let is_cyclic = |target: usize| components.are_one(position, target);
        for ty in direct_mut(&mut def.kind) {
            box_cyclic(ty, &is_cyclic);
        }
    }
}

/// The definitions a type holds in place.
fn contained(kind: &TypeKind) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let types: Vec<&TypeRef> = match kind {
        TypeKind::Struct(body) => body.fields.iter().map(|field| &field.ty).collect(),
        TypeKind::Union(variants) => variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::Newtype(ty) | TypeKind::Alias(ty) => vec![ty],
        TypeKind::StringEnum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    };
    for ty in types {
        collect(ty, &mut found);
    }
    found
}

fn collect(ty: &TypeRef, found: &mut BTreeSet<usize>) {
    match ty {
        TypeRef::Named(target) => {
            found.insert(*target);
        }
        TypeRef::Nullable(inner) => collect(inner, found),
        _ => {}
    }
}

/// The strongly connected components of a graph, by Tarjan's algorithm: definitions that contain each other.
struct Components {
    /// Per definition, the number of its component; none until that is known.
    of: Vec<Option<usize>>,
    /// Per definition, when it was first met.
    met: Vec<Option<usize>>,
    /// Per definition, the earliest one still undecided that it leads to.
    low: Vec<usize>,
    undecided: Vec<usize>,
    number: usize,
    clock: usize,
}

impl Components {
    fn of(edges: &[BTreeSet<usize>]) -> Self {
        let mut components = Self {
            of: vec![None; edges.len()],
            met: vec![None; edges.len()],
            low: vec![0; edges.len()],
            undecided: Vec::new(),
            number: 0,
            clock: 0,
        };
        for start in 0..edges.len() {
            if components.time(start).is_none() {
                components.visit(start, edges);
            }
        }
        components
    }

    /// Whether two definitions are the same or contain each other.
    fn are_one(&self, left: usize, right: usize) -> bool {
        self.of.get(left) == self.of.get(right)
    }

    /// Walks everything below a definition, by a list of its own: a document may chain more types than a stack holds.
    fn visit(&mut self, start: usize, edges: &[BTreeSet<usize>]) {
        let below = |node: usize| edges.get(node).into_iter().flatten();
        self.meet(start);
        let mut open = vec![(start, below(start))];
        while let Some((node, rest)) = open.last_mut() {
            let node = *node;
            if let Some(next) = rest.next() {
                match self.time(*next) {
                    None => {
                        self.meet(*next);
                        open.push((*next, below(*next)));
                    }
                    Some(time) if self.of.get(*next) == Some(&None) => self.lower(node, time),
                    Some(_) => {}
                }
                continue;
            }
            open.pop();
            let low = self.low.get(node).copied().unwrap_or_default();
            if let Some((parent, _)) = open.last() {
                self.lower(*parent, low);
            }
            if self.time(node) == Some(low) {
                self.close(node);
            }
        }
    }

    fn time(&self, node: usize) -> Option<usize> {
        self.met.get(node).copied().flatten()
    }

    fn meet(&mut self, node: usize) {
        if let (Some(met), Some(low)) = (self.met.get_mut(node), self.low.get_mut(node)) {
            (*met, *low) = (Some(self.clock), self.clock);
        }
        self.clock += 1;
        self.undecided.push(node);
    }

    fn lower(&mut self, node: usize, time: usize) {
        if let Some(low) = self.low.get_mut(node) {
            *low = time.min(*low);
        }
    }

    /// Makes everything met since a definition, and not yet decided, one component.
    fn close(&mut self, node: usize) {
        while let Some(member) = self.undecided.pop() {
            if let Some(component) = self.of.get_mut(member) {
                *component = Some(self.number);
            }
            if member == node {
                break;
            }
        }
        self.number += 1;
    }
}

fn direct_mut(kind: &mut TypeKind) -> Vec<&mut TypeRef> {
    match kind {
        TypeKind::Struct(body) => body.fields.iter_mut().map(|field| &mut field.ty).collect(),
        TypeKind::Union(variants) => variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        // A newtype's or an alias's own edge is boxed at the struct or union that closes the cycle.
        _ => Vec::new(),
    }
}

fn box_cyclic(ty: &mut TypeRef, is_cyclic: &impl Fn(usize) -> bool) {
    match ty {
        TypeRef::Named(target) if is_cyclic(*target) => *ty = TypeRef::Boxed(Box::new(ty.clone())),
        TypeRef::Nullable(inner) => box_cyclic(inner, is_cyclic),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn components(edges: &[&[usize]]) -> Vec<Option<usize>> {
        let edges: Vec<_> = edges
            .iter()
            .map(|edges| edges.iter().copied().collect())
            .collect();
        Components::of(&edges).of
    }

    #[test]
    fn what_contains_each_other_is_one_component() {
        let of = components(&[&[1], &[2], &[0, 3], &[4], &[], &[5, 4], &[3, 0]]);
        assert!(of[0] == of[1] && of[1] == of[2]);
        let others: BTreeSet<_> = [of[0], of[3], of[4], of[5], of[6]].into();
        assert_eq!(others.len(), 5);
    }

    #[test]
    fn a_long_chain_that_closes_is_one_component_and_an_open_one_is_many() {
        const LENGTH: usize = 50_000;
        let chain = |last: Option<usize>| -> Vec<BTreeSet<usize>> {
            let next = (1..LENGTH).map(|next| BTreeSet::from([next]));
            next.chain([last.into_iter().collect()]).collect()
        };
        assert_eq!(Components::of(&chain(Some(0))).number, 1);
        assert_eq!(Components::of(&chain(None)).number, LENGTH);
    }
}
