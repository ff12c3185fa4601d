use std::collections::BTreeMap;

use proc_macro2::Ident;
use quote::format_ident;
use syn::{Item, ItemMod, ItemStatic, parse_quote};

use super::expression::Expression;
use super::literals::literal;
use super::{Items, exporting};
use crate::ir::{AdditionalSchema, Api, Bound, SchemaNode};

/// The statics that hold the document's patterns.
type Patterns<'a> = BTreeMap<&'a str, Ident>;

/// `pub static SCHEMAS: SchemaTable = …;` and a static for each pattern.
pub(super) fn emit(api: &Api) -> Items<'_> {
    let patterns = patterns(api);
    let nodes = api.schemas.iter().map(|schema| node(schema, &patterns));
    let components = api.components.iter().map(|(name, index)| property((name, index)));
    let mut table: ItemStatic = parse_quote! {
        /// Every schema of the document, as validation reads them.
        pub static SCHEMAS: SchemaTable = ();
    };
    let lists = [Expression::list(nodes), Expression::list(components)];
    table.expr = Expression::call("SchemaTable", "new", lists).into_syntax();
    let mut module: ItemMod = parse_quote! {
        mod schemas {
            use ::api_support::schema::*;
        }
    };
    if let Some((_, items)) = &mut module.content {
        items.extend(patterns.iter().map(|(source, name)| pattern(source, name)));
        items.push(Item::Static(table));
    }
    let export = parse_quote! { pub use schemas::SCHEMAS; };
    exporting(module, export)
}

fn patterns(api: &Api) -> Patterns<'_> {
    let sources = api.schemas.iter().filter_map(|node| node.pattern.as_deref());
    let sources: std::collections::BTreeSet<_> = sources.collect();
    let named = |(position, source)| (source, format_ident!("PATTERN_{position}"));
    sources.into_iter().enumerate().map(named).collect()
}

/// `static PATTERN_0: Pattern = Pattern::new(r"^\d+$");`
fn pattern(source: &str, name: &Ident) -> Item {
    let mut item: ItemStatic = parse_quote! { static #name: Pattern = (); };
    item.expr = Expression::call("Pattern", "new", [Expression::text(source)]).into_syntax();
    Item::Static(item)
}

/// `("name", 38)`
fn property((name, index): (&String, &usize)) -> Expression {
    Expression::pair(Expression::text(name), Expression::index(*index))
}

/// `Schema::STRING.max_length(20)`: only what the document says.
fn node(node: &SchemaNode, patterns: &Patterns<'_>) -> Expression {
    let schema = scalars(types(&node.types), node, patterns);
    compositions(containers(schema, node), node)
        .with_flag("nullable", node.nullable)
        .with_flag("read_only", node.read_only)
        .with_flag("write_only", node.write_only)
        .with_flag("deprecated", node.deprecated)
}

/// `Schema::ANY`, `Schema::STRING`, `Schema::STRING.or_null()`, `Schema::of(Types::STRING.or(Types::INTEGER))`
fn types(names: &[&str]) -> Expression {
    let schema = |name: &str| Expression::member("Schema", &name.to_uppercase());
    let types = |name: &str| Expression::member("Types", &name.to_uppercase());
    match names {
        [] => schema("any"),
        ["null"] => Expression::call("Schema", "of", [types("null")]),
        [only] => schema(only),
        [one, "null"] | ["null", one] => schema(one).with_flag("or_null", true),
        [first, others @ ..] => {
            let all = others
                .iter()
                .fold(types(first), |all, name| all.with("or", types(name)));
            Expression::call("Schema", "of", [all])
        }
    }
}

fn scalars(schema: Expression, node: &SchemaNode, patterns: &Patterns<'_>) -> Expression {
    let format = node
        .format
        .map(|format| Expression::member("Format", &crate::naming::type_name(format)));
    let pattern = node
        .pattern
        .as_deref()
        .and_then(|pattern| patterns.get(pattern))
        .map(|name| Expression::constant(name).borrowed());
    let bounds = |bound: &Option<Bound>| match bound {
        None => (None, None),
        Some(Bound::Inclusive(limit)) => (Some(literal(limit)), None),
        Some(Bound::Exclusive(limit)) => (None, Some(literal(limit))),
    };
    let ((minimum, exclusive_minimum), (maximum, exclusive_maximum)) =
        (bounds(&node.minimum), bounds(&node.maximum));
    schema
        .with_some("format", format)
        .with_list("enumeration", node.enumeration.iter().map(literal))
        .with_some("minimum", minimum)
        .with_some("exclusive_minimum", exclusive_minimum)
        .with_some("maximum", maximum)
        .with_some("exclusive_maximum", exclusive_maximum)
        .with_some("multiple_of", node.multiple_of.as_ref().map(literal))
        .with_some("min_length", node.min_length.map(Expression::count))
        .with_some("max_length", node.max_length.map(Expression::count))
        .with_some("pattern", pattern)
}

fn containers(schema: Expression, node: &SchemaNode) -> Expression {
    let additional = match node.additional {
        AdditionalSchema::Schema(index) => Some(Expression::call(
            "Additional",
            "Schema",
            [Expression::index(index)],
        )),
        AdditionalSchema::Any | AdditionalSchema::Forbidden => None,
    };
    schema
        .with_some("items", node.items.map(Expression::index))
        .with_some("min_items", node.min_items.map(Expression::count))
        .with_some("max_items", node.max_items.map(Expression::count))
        .with_flag("unique_items", node.unique_items)
        .with_list("properties", node.properties.iter().map(property))
        .with_list(
            "required",
            node.required.iter().map(|name| Expression::text(name)),
        )
        .with_flag("closed", node.additional == AdditionalSchema::Forbidden)
        .with_some("additional", additional)
        .with_flag("open", node.open)
        .with_some("min_properties", node.min_properties.map(Expression::count))
        .with_some("max_properties", node.max_properties.map(Expression::count))
}

fn compositions(schema: Expression, node: &SchemaNode) -> Expression {
    let indices = |parts: &[usize]| parts.iter().copied().map(Expression::index).collect::<Vec<_>>();
    let discriminator = node.discriminator.as_ref().map(|(name, mapping)| {
        let mapping = mapping.iter().map(|(tag, index)| property((tag, index)));
        let parts = [Expression::text(name), Expression::list(mapping)];
        Expression::call("Discriminator", "new", parts)
    });
    schema
        .with_list("all_of", indices(&node.all_of))
        .with_list("any_of", indices(&node.any_of))
        .with_list("one_of", indices(&node.one_of))
        .with_some("not", node.not.map(Expression::index))
        .with_some("discriminator", discriminator)
}
