use quote::quote;

use super::const_expression::{ConstExpression, Definition};
use super::expression::Expression;
use super::literals::literal;
use super::repeated::{Repeated, Security};
use super::{Items, Piece};
use crate::ir::{
    Api, Content, Encoding, Header, MediaType, Operation, Parameter, RequestBody, Response, Serialization,
    Status,
};

/// `pub static OPERATIONS: &[Operation] = …;`, and a constant for each part that several operations have.
pub(super) fn emit(api: &Api) -> Items<'_> {
    let repeated = Repeated::of(api);
    let operations = api.operations.iter().map(|one| operation(one, &repeated));
    let table = Definition {
        doc: Some("Every operation of the document, in its order."),
        keyword: "pub static",
        name: "OPERATIONS".to_owned(),
        ty: "&[Operation]",
        value: ConstExpression::list(operations),
    };
    let method = (!api.operations.is_empty()).then(|| quote! { use ::api_support::http::Method; });
    let literal = has_defaults(api).then(|| quote! { use ::api_support::schema::Literal; });
    let imports = quote! {
        #method
        use ::api_support::operation::*;
        #literal
    };
    let definitions = repeated.definitions().chain([table]);
    let items = std::iter::once(Piece::Tokens(imports)).chain(definitions.map(Piece::Definition));
    let module = Piece::module(quote! { mod table {} }, items.collect());
    let export = Piece::Tokens(quote! { pub use table::OPERATIONS; });
    Box::new([module, export].into_iter())
}

/// `&super::OPERATIONS[3]`
pub(super) fn entry(index: usize) -> Expression {
    Expression::path(["super", "OPERATIONS"]).at(index).borrowed()
}

fn has_defaults(api: &Api) -> bool {
    let mut parameters = api.operations.iter().flat_map(|one| &one.parameters);
    parameters.any(|parameter| parameter.default.is_some())
}

fn optional(text: Option<&String>) -> Option<ConstExpression> {
    text.map(|text| ConstExpression::text(text))
}

/// `Operation::new("getPet", "get_pet", Method::GET, "/pets/{pet_id}").tags(&["pets"])…`
fn operation(operation: &Operation, repeated: &Repeated<'_>) -> ConstExpression {
    let identity = [
        ConstExpression::text(&operation.id),
        ConstExpression::text(&operation.method_ident),
        ConstExpression::member("Method", operation.verb),
        ConstExpression::text(&operation.path),
    ];
    let summary = Some(&operation.summary).filter(|summary| !summary.is_empty());
    let security = (!operation.security.is_empty()).then(|| repeated.security(&operation.security));
    let entry = ConstExpression::call("Operation", "new", identity)
        .with_list(
            "tags",
            operation.tags.iter().map(|tag| ConstExpression::text(tag)),
        )
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
pub(super) fn security(security: &Security) -> ConstExpression {
    ConstExpression::list(security.iter().map(|all| {
        ConstExpression::list(all.iter().map(|(scheme, scopes)| {
            let scopes = ConstExpression::list(scopes.iter().map(|scope| ConstExpression::text(scope)));
            ConstExpression::call(
                "SecurityRequirement",
                "new",
                [ConstExpression::text(scheme), scopes],
            )
        }))
    }))
}

/// `Parameter::query("limit", 7).default(Literal::Int(10))`
pub(super) fn parameter(parameter: &Parameter) -> ConstExpression {
    let in_path = parameter.location == "path";
    let usual = match parameter.location {
        "path" | "header" => Serialization::Style("Simple", false),
        _ => Serialization::Style("Form", true),
    };
    let identity = [
        ConstExpression::text(&parameter.wire),
        ConstExpression::index(parameter.schema),
    ];
    ConstExpression::call("Parameter", parameter.location, identity)
        .with_flag("required", parameter.required && !in_path)
        .with_flag("deprecated", parameter.deprecated)
        .with_flag("allow_empty", parameter.allow_empty)
        .with_some("serialization", unusual(parameter.serialization, usual))
        .with_some("default", parameter.default.as_ref().map(literal))
        .with_some("example", optional(parameter.example.as_ref()))
}

fn unusual(given: Serialization, usual: Serialization) -> Option<ConstExpression> {
    (given != usual).then(|| serialization(given))
}

fn serialization(serialization: Serialization) -> ConstExpression {
    match serialization {
        Serialization::Json => ConstExpression::member("Serialization", "Json"),
        Serialization::Style(style, explode) => {
            let style = ConstExpression::member("Style", style);
            ConstExpression::call(
                "Serialization",
                "style",
                [style, ConstExpression::boolean(explode)],
            )
        }
    }
}

/// `.required_body(&[MediaType::json(3, &[])])`
fn request_body(entry: ConstExpression, body: &RequestBody, repeated: &Repeated<'_>) -> ConstExpression {
    let name = if body.required {
        "required_body"
    } else {
        "optional_body"
    };
    entry.with(name, content(Some(&body.content), repeated))
}

fn content(content: Option<&Content>, repeated: &Repeated<'_>) -> ConstExpression {
    let media = content.into_iter().flat_map(|content| &content.media);
    ConstExpression::list(media.map(|media| media_type(media, repeated)))
}

/// `MediaType::json(3, &[])`
fn media_type(media: &MediaType, repeated: &Repeated<'_>) -> ConstExpression {
    let name = &media.media_type;
    let examples = ConstExpression::list(media.examples.iter().map(|example| repeated.example(example)));
    match (name.as_str(), &media.encoding, media.schema) {
        ("application/json", Encoding::Json, Some(schema)) => {
            ConstExpression::call("MediaType", "json", [ConstExpression::index(schema), examples])
        }
        (_, encoding, schema) => {
            let identity = [ConstExpression::text(name), self::encoding(encoding), examples];
            ConstExpression::call("MediaType", "new", identity)
                .with_some("schema", schema.map(ConstExpression::index))
        }
    }
}

fn encoding(encoding: &Encoding) -> ConstExpression {
    match encoding {
        Encoding::Json => ConstExpression::member("Encoding", "Json"),
        Encoding::Text => ConstExpression::member("Encoding", "Text"),
        Encoding::Bytes => ConstExpression::member("Encoding", "Bytes"),
        Encoding::Form(properties) => {
            let properties = properties.iter().map(|(name, written)| {
                ConstExpression::pair(ConstExpression::text(name), serialization(*written))
            });
            ConstExpression::call("Encoding", "Form", [ConstExpression::list(properties)])
        }
    }
}

/// `Example::new("full", r#"{"name":"Rex"}"#)`
pub(super) fn example((name, json): &(String, String)) -> ConstExpression {
    ConstExpression::call(
        "Example",
        "new",
        [ConstExpression::text(name), ConstExpression::text(json)],
    )
}

/// `Response::code(404, "There is no such pet.", &[MediaType::json(5, &[])])`
pub(super) fn response(response: &Response, repeated: &Repeated<'_>) -> ConstExpression {
    let description = ConstExpression::text(response.description.trim());
    let content = content(response.content.as_ref(), repeated);
    let (kind, number) = match response.status {
        Status::Code(code) => ("code", Some(code)),
        Status::Range(class) => ("range", Some(class.into())),
        Status::Default => ("default", None),
    };
    let number = number.map(|number: u16| ConstExpression::count(number.into()));
    ConstExpression::call("Response", kind, number.into_iter().chain([description, content]))
        .with_some("addition", optional(response.addition.as_ref()))
        .with_list("headers", response.headers.iter().map(header))
}

/// `Header::new("Total-Number", 4).required()`
fn header(header: &Header) -> ConstExpression {
    let identity = [
        ConstExpression::text(&header.name),
        ConstExpression::index(header.schema),
    ];
    let usual = Serialization::Style("Simple", false);
    ConstExpression::call("Header", "new", identity)
        .with_flag("required", header.required)
        .with_some("addition", optional(header.addition.as_ref()))
        .with_some("serialization", unusual(header.serialization, usual))
        .with_some("example", optional(header.example.as_ref()))
}
