use proc_macro2::Literal;
use syn::{Item, ItemMod, ItemStatic, parse_quote};

use super::expression::Expression;
use super::literals::literal;
use super::repeated::{Repeated, Security};
use super::{Items, exporting};
use crate::ir::{
    Api, Content, Encoding, Header, MediaType, Operation, Parameter, RequestBody, Response, Serialization,
    Status,
};

/// `pub static OPERATIONS: &[Operation] = …;`, and a constant for each part that several operations have.
pub(super) fn emit(api: &Api) -> Items<'_> {
    let repeated = Repeated::of(api);
    let operations = api.operations.iter().map(|one| operation(one, &repeated));
    let mut table: ItemStatic = parse_quote! {
        /// Every operation of the document, in its order.
        pub static OPERATIONS: &[Operation] = &[];
    };
    table.expr = Expression::list(operations).into_syntax();
    let mut module: ItemMod = parse_quote! {
        mod table {
            use ::api_support::operation::*;
        }
    };
    if let Some((_, items)) = &mut module.content {
        if !api.operations.is_empty() {
            items.insert(0, parse_quote! { use ::api_support::http::Method; });
        }
        if has_defaults(api) {
            items.push(parse_quote! { use ::api_support::schema::Literal; });
        }
        items.extend(repeated.definitions());
        items.push(Item::Static(table));
    }
    let export = parse_quote! { pub use table::OPERATIONS; };
    exporting(module, export)
}

/// `&super::OPERATIONS[3]`
pub(super) fn entry(index: usize) -> Expression {
    Expression::path(["super", "OPERATIONS"]).at(index).borrowed()
}

fn has_defaults(api: &Api) -> bool {
    let mut parameters = api.operations.iter().flat_map(|one| &one.parameters);
    parameters.any(|parameter| parameter.default.is_some())
}

fn optional(text: Option<&String>) -> Option<Expression> {
    text.map(|text| Expression::text(text))
}

/// `Operation::new("getPet", "get_pet", Method::GET, "/pets/{pet_id}").tags(&["pets"])…`
fn operation(operation: &Operation, repeated: &Repeated<'_>) -> Expression {
    let identity = [
        Expression::text(&operation.id),
        Expression::text(&operation.method_ident),
        Expression::member("Method", operation.verb),
        Expression::text(&operation.path),
    ];
    let summary = Some(&operation.summary).filter(|summary| !summary.is_empty());
    let security = (!operation.security.is_empty()).then(|| repeated.security(&operation.security));
    let entry = Expression::call("Operation", "new", identity)
        .with_list("tags", operation.tags.iter().map(|tag| Expression::text(tag)))
        .with_some("summary", optional(summary))
        .with_flag("deprecated", operation.deprecated)
        .with_some("addition", optional(operation.addition.as_ref()))
        .with_flag("has_effects", operation.has_effects)
        .with_some("security", security)
        .with_list(
            "parameters",
            operation.parameters.iter().map(|one| repeated.parameter(one)),
        );
    let entry = match &operation.body {
        Some(body) => request_body(entry, body, repeated),
        None => entry,
    };
    entry
        .with_list(
            "responses",
            operation.responses.iter().map(|one| repeated.response(one)),
        )
        .with_some("skipped", optional(operation.skipped.as_ref()))
}

/// `&[&[SecurityRequirement::new("bearerAuth", &[])]]`
pub(super) fn security(security: &Security) -> Expression {
    Expression::list(security.iter().map(|all| {
        Expression::list(all.iter().map(|(scheme, scopes)| {
            let scopes = Expression::list(scopes.iter().map(|scope| Expression::text(scope)));
            Expression::call("SecurityRequirement", "new", [Expression::text(scheme), scopes])
        }))
    }))
}

/// `Parameter::query("limit", 7).default(Literal::Int(10))`
pub(super) fn parameter(parameter: &Parameter) -> Expression {
    let in_path = parameter.location == "path";
    let usual = match parameter.location {
        "path" | "header" => Serialization::Style("Simple", false),
        _ => Serialization::Style("Form", true),
    };
    let identity = [
        Expression::text(&parameter.wire),
        Expression::index(parameter.schema),
    ];
    Expression::call("Parameter", parameter.location, identity)
        .with_flag("required", parameter.required && !in_path)
        .with_flag("deprecated", parameter.deprecated)
        .with_flag("allow_empty", parameter.allow_empty)
        .with_some("serialization", unusual(parameter.serialization, usual))
        .with_some("default", parameter.default.as_ref().map(literal))
        .with_some("example", optional(parameter.example.as_ref()))
}

fn unusual(given: Serialization, usual: Serialization) -> Option<Expression> {
    (given != usual).then(|| serialization(given))
}

fn serialization(serialization: Serialization) -> Expression {
    match serialization {
        Serialization::Json => Expression::member("Serialization", "Json"),
        Serialization::Style(style, explode) => {
            let style = Expression::member("Style", style);
            Expression::call("Serialization", "style", [style, Expression::boolean(explode)])
        }
    }
}

/// `.required_body(&[MediaType::json(3, &[])])`
fn request_body(entry: Expression, body: &RequestBody, repeated: &Repeated<'_>) -> Expression {
    let name = if body.required {
        "required_body"
    } else {
        "optional_body"
    };
    entry.with(name, content(Some(&body.content), repeated))
}

fn content(content: Option<&Content>, repeated: &Repeated<'_>) -> Expression {
    let media = content.into_iter().flat_map(|content| &content.media);
    Expression::list(media.map(|media| media_type(media, repeated)))
}

/// `MediaType::json(3, &[])`
fn media_type(media: &MediaType, repeated: &Repeated<'_>) -> Expression {
    let name = &media.media_type;
    let examples = Expression::list(media.examples.iter().map(|example| repeated.example(example)));
    match (name.as_str(), &media.encoding, media.schema) {
        ("application/json", Encoding::Json, Some(schema)) => {
            Expression::call("MediaType", "json", [Expression::index(schema), examples])
        }
        (_, encoding, schema) => {
            let identity = [Expression::text(name), self::encoding(encoding), examples];
            Expression::call("MediaType", "new", identity).with_some("schema", schema.map(Expression::index))
        }
    }
}

fn encoding(encoding: &Encoding) -> Expression {
    match encoding {
        Encoding::Json => Expression::member("Encoding", "Json"),
        Encoding::Text => Expression::member("Encoding", "Text"),
        Encoding::Bytes => Expression::member("Encoding", "Bytes"),
        Encoding::Form(properties) => {
            let properties = properties
                .iter()
                .map(|(name, written)| Expression::pair(Expression::text(name), serialization(*written)));
            Expression::call("Encoding", "Form", [Expression::list(properties)])
        }
    }
}

/// `Example::new("full", r#"{"name":"Rex"}"#)`
pub(super) fn example((name, json): &(String, String)) -> Expression {
    Expression::call("Example", "new", [Expression::text(name), Expression::text(json)])
}

/// `Response::code(404, "There is no such pet.", &[MediaType::json(5, &[])])`
pub(super) fn response(response: &Response, repeated: &Repeated<'_>) -> Expression {
    let description = Expression::text(response.description.trim());
    let content = content(response.content.as_ref(), repeated);
    let (kind, number) = match response.status {
        Status::Code(code) => ("code", Some(Literal::u16_unsuffixed(code))),
        Status::Range(class) => ("range", Some(Literal::u8_unsuffixed(class))),
        Status::Default => ("default", None),
    };
    let number = number.map(Expression::token);
    Expression::call("Response", kind, number.into_iter().chain([description, content]))
        .with_some("addition", optional(response.addition.as_ref()))
        .with_list("headers", response.headers.iter().map(header))
}

/// `Header::new("Total-Number", 4).required()`
fn header(header: &Header) -> Expression {
    let identity = [Expression::text(&header.name), Expression::index(header.schema)];
    let usual = Serialization::Style("Simple", false);
    Expression::call("Header", "new", identity)
        .with_flag("required", header.required)
        .with_some("addition", optional(header.addition.as_ref()))
        .with_some("serialization", unusual(header.serialization, usual))
        .with_some("example", optional(header.example.as_ref()))
}
