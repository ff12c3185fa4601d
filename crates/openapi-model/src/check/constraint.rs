use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::number::{compare, is_positive};
use crate::diagnostic::Diagnostic;
use crate::fault::Fault;
use crate::model::{AdditionalProperties, Api, Bound, Schema, SchemaId};

/// Constraints of one schema that contradict each other, or bind nothing.
pub(super) fn check(api: &Api, diagnostics: &mut Vec<Diagnostic>) {
    let parts: BTreeSet<SchemaId> = api
        .schemas
        .iter()
        .flat_map(|(_, schema)| [&schema.all_of, &schema.any_of, &schema.one_of])
        .flatten()
        .copied()
        .collect();
    for (id, schema) in api.schemas.iter() {
        numbers(schema, diagnostics);
        counts(schema, diagnostics);
        if schema.read_only && schema.write_only {
            let fault = Fault::ReadOnlyAndWriteOnly.at_key(&schema.pointer.join("readOnly"));
            diagnostics.push(fault.also(&schema.pointer.join("writeOnly"), "and `writeOnly` here"));
        }
        // A part of a composition may well require what another part declares.
        if !parts.contains(&id) {
            required(schema, diagnostics);
        }
    }
}

fn numbers(schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    if let (Some(minimum), Some(maximum)) = (&schema.minimum, &schema.maximum) {
        let open = matches!(minimum, Bound::Exclusive(_)) || matches!(maximum, Bound::Exclusive(_));
        let order = compare(minimum.number(), maximum.number());
        if order == Ordering::Greater || order == Ordering::Equal && open {
            let fault = Fault::EmptyRange {
                least: "minimum",
                most: "maximum",
            };
            let fault = fault.at_key(&schema.pointer.join("minimum"));
            diagnostics.push(fault.also(&schema.pointer.join("maximum"), "and the maximum here"));
        }
    }
    if schema
        .multiple_of
        .as_ref()
        .is_some_and(|number| !is_positive(number))
    {
        diagnostics.push(Fault::MultipleOfNotPositive.at(&schema.pointer.join("multipleOf")));
    }
}

fn counts(schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let pairs = [
        ("minLength", schema.min_length, "maxLength", schema.max_length),
        ("minItems", schema.min_items, "maxItems", schema.max_items),
        (
            "minProperties",
            schema.min_properties,
            "maxProperties",
            schema.max_properties,
        ),
    ];
    for (least, minimum, most, maximum) in pairs {
        if let (Some(minimum), Some(maximum)) = (minimum, maximum)
            && minimum > maximum
        {
            let fault = Fault::EmptyRange { least, most }.at_key(&schema.pointer.join(least));
            diagnostics.push(fault.also(&schema.pointer.join(most), "and the upper bound here"));
        }
    }
}

fn required(schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let composed = !(schema.all_of.is_empty() && schema.any_of.is_empty() && schema.one_of.is_empty());
    let open = matches!(
        schema.additional_properties,
        AdditionalProperties::Schema(_) | AdditionalProperties::Any
    );
    if composed || open || schema.properties.is_empty() {
        return;
    }
    for name in schema
        .required
        .iter()
        .filter(|name| !schema.properties.contains_key(*name))
    {
        let known = schema.properties.keys().map(String::as_str);
        let meant = crate::names::nearest(name, known).map(str::to_owned);
        let fault = Fault::RequiredNotDeclared {
            name: name.clone(),
            meant,
        };
        diagnostics.push(fault.at(&schema.pointer.join("required")));
    }
}
