use openapi_model::{self as model, ParameterContent, Style};

use super::types::Types;
use super::{prose, text_extension};
use crate::ir::{Parameter, Serialization, TypeRef};
use crate::naming::{Names, type_name, value_name};

/// The parameters of an operation as fields of its request struct, in document order.
pub(super) fn lower(
    types: &mut Types<'_>,
    parameters: &[model::Parameter],
    operation: &str,
) -> Vec<Parameter> {
    let mut names = Names::reserving(["body"]);
    parameters
        .iter()
        .map(|parameter| lower_one(types, parameter, operation, &mut names))
        .collect()
}

fn lower_one(
    types: &mut Types<'_>,
    parameter: &model::Parameter,
    operation: &str,
    names: &mut Names,
) -> Parameter {
    let location = parameter.location.as_str();
    let schema = parameter.content.schema();
    let wanted = text_extension(&parameter.extensions, "x-rust-name");
    let plain = value_name(wanted.as_deref().unwrap_or(&parameter.name));
    let ident = if names.is_free(&plain) {
        plain
    } else {
        format!("{plain}_{location}")
    };
    let typed = schema.map(|schema| types.of(schema, &format!("{operation}{}", type_name(&parameter.name))));
    let nullable = typed.as_ref().is_some_and(|typed| typed.nullable);
    let default = schema.and_then(|schema| types.api.schemas[schema].default.clone());
    let optional = nullable || !parameter.required && default.is_none();
    let ty = typed.map_or(TypeRef::Value, |typed| typed.ty);
    let words = format!("The {location} parameter `{}`.", parameter.name);
    Parameter {
        ident: names.give(ident),
        wire: parameter.name.clone(),
        location,
        doc: prose::parameter(types, parameter.description.as_deref(), schema, &words),
        deprecated: parameter.deprecated,
        required: parameter.required,
        allow_empty: parameter.allow_empty_value,
        schema: schema.map_or(usize::MAX, model::SchemaId::index),
        serialization: content_serialization(&parameter.content),
        default: default.filter(|_| !parameter.required),
        example: first_example(types.api, &parameter.examples, schema),
        optional: optional && ty != TypeRef::Value,
        ty,
    }
}

/// The first example of a parameter or header, else of its schema, as JSON text.
pub(super) fn first_example(
    api: &model::Api,
    examples: &indexmap::IndexMap<String, model::Example>,
    schema: Option<model::SchemaId>,
) -> Option<String> {
    let own = examples.values().next().map(|example| &*example.value);
    own.or_else(|| schema.and_then(|schema| api.schemas[schema].examples.first()))
        .map(ToString::to_string)
}

pub(super) fn content_serialization(content: &ParameterContent) -> Serialization {
    match content {
        ParameterContent::Schema { style, explode, .. } => serialization(*style, *explode),
        ParameterContent::Media(_) => Serialization::Json,
    }
}

pub(super) fn serialization(style: Style, explode: bool) -> Serialization {
    let style = match style {
        Style::Matrix => "Matrix",
        Style::Label => "Label",
        Style::Form => "Form",
        Style::Simple => "Simple",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
    };
    Serialization::Style(style, explode)
}
