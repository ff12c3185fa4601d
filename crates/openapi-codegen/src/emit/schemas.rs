use std::collections::BTreeMap;

use quote::quote;

use super::const_expression::{ConstExpression, Definition};
use super::literals::literal;
use super::{Items, Piece};
use crate::ir::{AdditionalSchema, Api, Bound, SchemaNode};

/// The names of the statics that hold the document's patterns.
type Patterns<'a> = BTreeMap<&'a str, String>;

/// `pub static SCHEMAS: SchemaTable = …;` and a static for each pattern.
pub(super) fn emit(api: &Api) -> Items<'_> {
    let patterns = patterns(api);
    let nodes = api.schemas.iter().map(|schema| node(schema, &patterns));
    let components = api.components.iter().map(|(name, index)| property((name, index)));
    let lists = [ConstExpression::list(nodes), ConstExpression::list(components)];
    let table = Definition {
        doc: Some("Every schema of the document, as validation reads them."),
        keyword: "pub static",
        name: "SCHEMAS".to_owned(),
        ty: "SchemaTable",
        value: ConstExpression::call("SchemaTable", "new", lists),
    };
    let imports = quote! { use ::api_support::schema::*; };
    let definitions = patterns.iter().map(|(source, name)| pattern(source, name));
    let definitions = definitions.chain([table]).map(Piece::Definition);
    let items = std::iter::once(Piece::Tokens(imports)).chain(definitions);
    let module = Piece::module(quote! { mod schemas {} }, items.collect());
    let export = Piece::Tokens(quote! { pub use schemas::SCHEMAS; });
    Box::new([module, export].into_iter())
}

fn patterns(api: &Api) -> Patterns<'_> {
    let sources = api.schemas.iter().filter_map(|node| node.pattern.as_deref());
    let sources: std::collections::BTreeSet<_> = sources.collect();
    let named = |(position, source)| (source, format!("PATTERN_{position}"));
    sources.into_iter().enumerate().map(named).collect()
}

/// `static PATTERN_0: Pattern = Pattern::new(r"^\d+$");`
fn pattern(source: &str, name: &str) -> Definition {
    Definition {
        doc: None,
        keyword: "static",
        name: name.to_owned(),
        ty: "Pattern",
        value: ConstExpression::call("Pattern", "new", [ConstExpression::text(source)]),
    }
}

/// `("name", 38)`
fn property((name, index): (&String, &usize)) -> ConstExpression {
    ConstExpression::pair(ConstExpression::text(name), ConstExpression::index(*index))
}

/// `Schema::STRING.max_length(20)`: only what the document says.
fn node(node: &SchemaNode, patterns: &Patterns<'_>) -> ConstExpression {
    let schema = scalars(types(&node.types), node, patterns);
    compositions(containers(schema, node), node)
        .with_flag("nullable", node.nullable)
        .with_flag("read_only", node.read_only)
        .with_flag("write_only", node.write_only)
        .with_flag("deprecated", node.deprecated)
}

/// `Schema::ANY`, `Schema::STRING`, `Schema::STRING.or_null()`, `Schema::of(Types::STRING.or(Types::INTEGER))`
fn types(names: &[&str]) -> ConstExpression {
    let schema = |name: &str| ConstExpression::member("Schema", &name.to_uppercase());
    let types = |name: &str| ConstExpression::member("Types", &name.to_uppercase());
    match names {
        [] => schema("any"),
        ["null"] => ConstExpression::call("Schema", "of", [types("null")]),
        [only] => schema(only),
        [one, "null"] | ["null", one] => schema(one).with_flag("or_null", true),
        [first, others @ ..] => {
            let all = others
                .iter()
                .fold(types(first), |all, name| all.with("or", types(name)));
            ConstExpression::call("Schema", "of", [all])
        }
    }
}

fn scalars(schema: ConstExpression, node: &SchemaNode, patterns: &Patterns<'_>) -> ConstExpression {
    let format = node
        .format
        .map(|format| ConstExpression::member("Format", &crate::naming::type_name(format)));
    let pattern = node
        .pattern
        .as_deref()
        .and_then(|pattern| patterns.get(pattern))
        .map(|name| ConstExpression::word(format!("&{name}")));
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
        .with_some("min_length", node.min_length.map(ConstExpression::count))
        .with_some("max_length", node.max_length.map(ConstExpression::count))
        .with_some("pattern", pattern)
}

fn containers(schema: ConstExpression, node: &SchemaNode) -> ConstExpression {
    let additional = match node.additional {
        AdditionalSchema::Schema(index) => Some(ConstExpression::call(
            "Additional",
            "Schema",
            [ConstExpression::index(index)],
        )),
        AdditionalSchema::Any | AdditionalSchema::Forbidden => None,
    };
    schema
        .with_some("items", node.items.map(ConstExpression::index))
        .with_some("min_items", node.min_items.map(ConstExpression::count))
        .with_some("max_items", node.max_items.map(ConstExpression::count))
        .with_flag("unique_items", node.unique_items)
        .with_list("properties", node.properties.iter().map(property))
        .with_list(
            "required",
            node.required.iter().map(|name| ConstExpression::text(name)),
        )
        .with_flag("closed", node.additional == AdditionalSchema::Forbidden)
        .with_some("additional", additional)
        .with_flag("open", node.open)
        .with_some("min_properties", node.min_properties.map(ConstExpression::count))
        .with_some("max_properties", node.max_properties.map(ConstExpression::count))
}

fn compositions(schema: ConstExpression, node: &SchemaNode) -> ConstExpression {
    let indices = |parts: &[usize]| {
        parts
            .iter()
            .copied()
            .map(ConstExpression::index)
            .collect::<Vec<_>>()
    };
    let discriminator = node.discriminator.as_ref().map(|(name, mapping)| {
        let mapping = mapping.iter().map(|(tag, index)| property((tag, index)));
        let parts = [ConstExpression::text(name), ConstExpression::list(mapping)];
        ConstExpression::call("Discriminator", "new", parts)
    });
    schema
        .with_list("all_of", indices(&node.all_of))
        .with_list("any_of", indices(&node.any_of))
        .with_list("one_of", indices(&node.one_of))
        .with_some("not", node.not.map(ConstExpression::index))
        .with_some("discriminator", discriminator)
}
