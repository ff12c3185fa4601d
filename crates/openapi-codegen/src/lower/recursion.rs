//! Boxing: a type that contains itself without a list, a map or a box between has no size.

use std::collections::BTreeSet;

use crate::ir::{TypeDef, TypeKind, TypeRef};

/// Boxes every direct containment that lies on a cycle.
pub(super) fn break_cycles(defs: &mut [TypeDef]) {
    let edges: Vec<BTreeSet<usize>> = defs.iter().map(|def| contained(&def.kind)).collect();
    let reachable: Vec<BTreeSet<usize>> = (0..defs.len())
        .map(|start| reachable_from(start, &edges))
        .collect();
    for (position, def) in defs.iter_mut().enumerate() {
        let is_cyclic = |target: usize| {
            reachable
                .get(target)
                .is_some_and(|reached| reached.contains(&position))
        };
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

fn reachable_from(start: usize, edges: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open = vec![start];
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(edges.get(next).into_iter().flatten());
        }
    }
    reached
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
