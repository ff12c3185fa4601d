use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::literals::{literal, option};
use super::types::{serialization, status_spec};
use crate::ir::{Api, Content, Encoding, Header, MediaType, Operation, Parameter, RequestBody, Response};

/// `pub static OPERATIONS: &[Operation] = …;`
pub(super) fn emit(api: &Api) -> TokenStream {
    let operations = api.operations.iter().map(operation);
    let method = (!api.operations.is_empty()).then(|| quote! { use ::api_support::http::Method; });
    let has_defaults = api
        .operations
        .iter()
        .flat_map(|one| &one.parameters)
        .any(|parameter| parameter.default.is_some());
    let literal = has_defaults.then(|| quote! { use ::api_support::schema::Literal; });
    quote! {
        mod table {
            #method
            use ::api_support::operation::*;
            #literal

            /// Every operation of the document, in its order.
            pub static OPERATIONS: &[Operation] = &[#(#operations),*];
        }

        pub use table::OPERATIONS;
    }
}

fn operation(operation: &Operation) -> TokenStream {
    let Operation {
        id,
        method_ident: name,
        path,
        summary,
        tags,
        deprecated,
        has_effects,
        ..
    } = operation;
    let method = format_ident!("{}", operation.verb);
    let (addition, skipped) = (
        text_option(operation.addition.as_deref()),
        text_option(operation.skipped.as_deref()),
    );
    let security = operation.security.iter().map(|all| {
        let all = all.iter().map(|(scheme, scopes)| {
            quote! { SecurityRequirement { scheme: #scheme, scopes: &[#(#scopes),*] } }
        });
        quote! { &[#(#all),*] }
    });
    let parameters = operation.parameters.iter().map(parameter);
    let request_body = option(operation.body.as_ref().map(request_body));
    let responses = operation.responses.iter().map(response);
    quote! {
        Operation {
            id: #id,
            name: #name,
            method: Method::#method,
            path: #path,
            tags: &[#(#tags),*],
            summary: #summary,
            deprecated: #deprecated,
            addition: #addition,
            has_effects: #has_effects,
            security: &[#(#security),*],
            parameters: &[#(#parameters),*],
            request_body: #request_body,
            responses: &[#(#responses),*],
            skipped: #skipped,
        }
    }
}

fn text_option(text: Option<&str>) -> TokenStream {
    option(text.map(|text| quote! { #text }))
}

/// JSON text, for examples: they are data, read when they are asked for.
fn json_option(value: Option<&serde_json::Value>) -> TokenStream {
    let text = value.map(ToString::to_string);
    option(text.map(|text| quote! { #text }))
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let Parameter {
        wire,
        required,
        allow_empty,
        ..
    } = parameter;
    let location = format_ident!("{}", crate::naming::type_name(parameter.location));
    let (schema, serialization) = (
        Literal::usize_unsuffixed(parameter.schema),
        serialization(parameter.serialization),
    );
    let (default, example) = (
        option(parameter.default.as_ref().map(literal)),
        json_option(parameter.example.as_ref()),
    );
    quote! {
        Parameter {
            name: #wire,
            location: Location::#location,
            required: #required,
            allow_empty: #allow_empty,
            schema: #schema,
            serialization: #serialization,
            default: #default,
            example: #example,
        }
    }
}

fn request_body(body: &RequestBody) -> TokenStream {
    let (required, content) = (body.required, content(&body.content));
    quote! { RequestBody { required: #required, content: &[#(#content),*] } }
}

fn content(content: &Content) -> Vec<TokenStream> {
    content.media.iter().map(media_type).collect()
}

fn media_type(media: &MediaType) -> TokenStream {
    let name = &media.media_type;
    let encoding = match &media.encoding {
        Encoding::Json => quote! { Json },
        Encoding::Text => quote! { Text },
        Encoding::Bytes => quote! { Bytes },
        Encoding::Form(properties) => {
            let properties = properties.iter().map(|(name, written)| {
                let written = serialization(*written);
                quote! { (#name, #written) }
            });
            quote! { Form(&[#(#properties),*]) }
        }
    };
    let schema = option(media.schema.map(|schema| {
        let schema = Literal::usize_unsuffixed(schema);
        quote! { #schema }
    }));
    let examples = media.examples.iter().map(|(name, value)| {
        let json = value.to_string();
        quote! { Example { name: #name, json: #json } }
    });
    quote! {
        MediaType {
            media_type: #name,
            encoding: Encoding::#encoding,
            schema: #schema,
            examples: &[#(#examples),*],
        }
    }
}

fn response(response: &Response) -> TokenStream {
    let (status, description) = (status_spec(response.status), response.description.trim());
    let addition = text_option(response.addition.as_deref());
    let headers = response.headers.iter().map(header);
    let content = response.content.as_ref().map(content).unwrap_or_default();
    quote! {
        Response {
            status: #status,
            description: #description,
            addition: #addition,
            headers: &[#(#headers),*],
            content: &[#(#content),*],
        }
    }
}

fn header(header: &Header) -> TokenStream {
    let Header { name, required, .. } = header;
    let (addition, example) = (
        text_option(header.addition.as_deref()),
        json_option(header.example.as_ref()),
    );
    let (schema, serialization) = (
        Literal::usize_unsuffixed(header.schema),
        serialization(header.serialization),
    );
    quote! {
        Header {
            name: #name,
            required: #required,
            addition: #addition,
            schema: #schema,
            serialization: #serialization,
            example: #example,
        }
    }
}
