use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::literals::literal;
use crate::ir::{AdditionalSchema, Api, Bound, SchemaNode};

/// `pub static SCHEMAS: SchemaTable = …;` and a static for each pattern.
pub(super) fn emit(api: &Api) -> TokenStream {
    let mut patterns: Vec<&str> = api
        .schemas
        .iter()
        .filter_map(|node| node.pattern.as_deref())
        .collect();
    patterns.sort_unstable();
    patterns.dedup();
    let pattern_statics = patterns.iter().enumerate().map(|(position, pattern)| {
        let name = format_ident!("PATTERN_{position}");
        quote! { static #name: Pattern = Pattern::new(#pattern); }
    });
    let nodes = api.schemas.iter().map(|schema| node(schema, &patterns));
    let components = api.components.iter().map(|(name, index)| {
        let index = Literal::usize_unsuffixed(*index);
        quote! { (#name, #index) }
    });
    quote! {
        mod schemas {
            use ::api_support::schema::*;

            #(#pattern_statics)*

            /// Every schema of the document, as validation reads them.
            pub static SCHEMAS: SchemaTable = SchemaTable {
                schemas: &[#(#nodes),*],
                components: &[#(#components),*],
            };
        }

        pub use schemas::SCHEMAS;
    }
}

/// `Schema { types: Types::STRING, max_length: Some(20), ..Schema::ANY }`: only what the document says.
fn node(node: &SchemaNode, patterns: &[&str]) -> TokenStream {
    let mut members: Vec<TokenStream> = Vec::new();
    if !node.types.is_empty() {
        let types = types(&node.types);
        members.push(quote! { types: #types });
    }
    members.extend(scalars(node, patterns));
    members.extend(containers(node));
    members.extend(compositions(node));
    for (flag, name) in [
        (node.nullable, "nullable"),
        (node.read_only, "read_only"),
        (node.write_only, "write_only"),
    ] {
        let name = format_ident!("{name}");
        members.extend(flag.then(|| quote! { #name: true }));
    }
    if members.is_empty() {
        return quote! { Schema::ANY };
    }
    quote! { Schema { #(#members,)* ..Schema::ANY } }
}

fn types(names: &[&str]) -> TokenStream {
    let mut constants = names.iter().map(|name| {
        let name = format_ident!("{}", name.to_uppercase());
        quote! { Types::#name }
    });
    let first = constants.next().unwrap_or_else(|| quote! { Types::ANY });
    quote! { #first #(.or(#constants))* }
}

fn scalars(node: &SchemaNode, patterns: &[&str]) -> Vec<TokenStream> {
    let mut members = Vec::new();
    if let Some(format) = node.format {
        let format = format_ident!("{}", crate::naming::type_name(format));
        members.push(quote! { format: Some(Format::#format) });
    }
    if !node.enumeration.is_empty() {
        let values = node.enumeration.iter().map(literal);
        members.push(quote! { enumeration: &[#(#values),*] });
    }
    for (name, given) in [("minimum", &node.minimum), ("maximum", &node.maximum)] {
        let name = format_ident!("{name}");
        members.extend(given.as_ref().map(|given| {
            let given = bound(given);
            quote! { #name: Some(#given) }
        }));
    }
    members.extend(node.multiple_of.as_ref().map(|step| {
        let step = literal(step);
        quote! { multiple_of: Some(#step) }
    }));
    members.extend(counts(&[
        ("min_length", node.min_length),
        ("max_length", node.max_length),
    ]));
    let position = node
        .pattern
        .as_deref()
        .and_then(|pattern| patterns.iter().position(|known| *known == pattern));
    members.extend(position.map(|position| {
        let name = format_ident!("PATTERN_{position}");
        quote! { pattern: Some(&#name) }
    }));
    members
}

fn bound(bound: &Bound) -> TokenStream {
    match bound {
        Bound::Inclusive(limit) => {
            let limit = literal(limit);
            quote! { Bound::Inclusive(#limit) }
        }
        Bound::Exclusive(limit) => {
            let limit = literal(limit);
            quote! { Bound::Exclusive(#limit) }
        }
    }
}

fn counts(given: &[(&str, Option<u64>)]) -> Vec<TokenStream> {
    let member = |(name, count): &(&str, Option<u64>)| {
        let name = format_ident!("{name}");
        count.map(|count| {
            let count = Literal::u64_unsuffixed(count);
            quote! { #name: Some(#count) }
        })
    };
    given.iter().filter_map(member).collect()
}

fn containers(node: &SchemaNode) -> Vec<TokenStream> {
    let mut members = Vec::new();
    members.extend(node.items.map(|items| {
        let items = Literal::usize_unsuffixed(items);
        quote! { items: Some(#items) }
    }));
    members.extend(counts(&[
        ("min_items", node.min_items),
        ("max_items", node.max_items),
    ]));
    members.extend(node.unique_items.then(|| quote! { unique_items: true }));
    if !node.properties.is_empty() {
        let properties = node.properties.iter().map(|(name, index)| {
            let index = Literal::usize_unsuffixed(*index);
            quote! { (#name, #index) }
        });
        members.push(quote! { properties: &[#(#properties),*] });
    }
    if !node.required.is_empty() {
        let required = &node.required;
        members.push(quote! { required: &[#(#required),*] });
    }
    match node.additional {
        AdditionalSchema::Any => {}
        AdditionalSchema::Forbidden => members.push(quote! { additional: Additional::Forbidden }),
        AdditionalSchema::Schema(index) => {
            let index = Literal::usize_unsuffixed(index);
            members.push(quote! { additional: Additional::Schema(#index) });
        }
    }
    members.extend(counts(&[
        ("min_properties", node.min_properties),
        ("max_properties", node.max_properties),
    ]));
    members
}

fn compositions(node: &SchemaNode) -> Vec<TokenStream> {
    let mut members = Vec::new();
    for (name, parts) in [
        ("all_of", &node.all_of),
        ("any_of", &node.any_of),
        ("one_of", &node.one_of),
    ] {
        if !parts.is_empty() {
            let name = format_ident!("{name}");
            let parts = parts.iter().map(|part| Literal::usize_unsuffixed(*part));
            members.push(quote! { #name: &[#(#parts),*] });
        }
    }
    members.extend(node.not.map(|not| {
        let not = Literal::usize_unsuffixed(not);
        quote! { not: Some(#not) }
    }));
    members.extend(node.discriminator.as_ref().map(|(property, mapping)| {
        let mapping = mapping.iter().map(|(tag, index)| {
            let index = Literal::usize_unsuffixed(*index);
            quote! { (#tag, #index) }
        });
        quote! { discriminator: Some(Discriminator { property: #property, mapping: &[#(#mapping),*] }) }
    }));
    members
}
