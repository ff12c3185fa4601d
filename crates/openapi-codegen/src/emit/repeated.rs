use std::collections::BTreeMap;

use super::const_expression::{ConstExpression, Definition};
use super::operations;
use crate::ir::{Api, Content, Operation, Parameter, Response, Serialization};
use crate::naming::{Names, constant_name};

/// Alternatives of credentials, as an operation has them.
pub(super) type Security = [Vec<(String, Vec<String>)>];

/// What the operation table says more than once; each becomes a constant.
pub(super) struct Repeated<'a> {
    entries: BTreeMap<Entry<'a>, String>,
    constants: Vec<(String, Constant<'a>)>,
}

/// An entry of the table, compared by all that the table says of it.
#[derive(Clone, Eq, Ord, PartialEq, PartialOrd)]
enum Entry<'a> {
    Security(&'a Security),
    Parameter(ParameterKey<'a>),
    Example(&'a (String, String)),
    Response(&'a Response),
}

/// A parameter's default value is its schema's, and so is left out.
type ParameterKey<'a> = (
    &'a str,
    &'a str,
    usize,
    bool,
    bool,
    bool,
    Serialization,
    Option<&'a str>,
);

#[derive(Clone, Copy)]
enum Constant<'a> {
    Security(&'a Security),
    Parameter(&'a Parameter),
    Example(&'a (String, String)),
    Response(&'a Response),
}

impl<'a> Repeated<'a> {
    pub(super) fn of(api: &'a Api) -> Self {
        let mut found: BTreeMap<Entry<'a>, usize> = BTreeMap::new();
        let mut order = Vec::new();
        for constant in occurrences(api) {
            let uses = found.entry(constant.entry()).or_default();
            *uses += 1;
            // What a repeated response consists of is written with it, once.
            if *uses == 2 {
                order.push(constant);
            }
        }
        let mut names = Names::reserving(["OPERATIONS"]);
        let constants: Vec<_> = order
            .into_iter()
            .map(|constant| (names.give(constant.wanted_name()), constant))
            .collect();
        let entries = constants
            .iter()
            .map(|(name, constant)| (constant.entry(), name.clone()))
            .collect();
        Self { entries, constants }
    }

    /// The definitions of the constants.
    pub(super) fn definitions(&self) -> impl Iterator<Item = Definition> {
        self.constants.iter().map(|(name, constant)| {
            let (ty, value) = match constant {
                Constant::Security(security) => ("&[&[SecurityRequirement]]", operations::security(security)),
                Constant::Parameter(parameter) => ("Parameter", operations::parameter(parameter)),
                Constant::Example(example) => ("Example", operations::example(example)),
                Constant::Response(response) => ("Response", operations::response(response, self)),
            };
            Definition {
                doc: None,
                keyword: "const",
                name: name.clone(),
                ty,
                value,
            }
        })
    }

    fn named(&self, entry: &Entry<'_>) -> Option<ConstExpression> {
        self.entries.get(entry).cloned().map(ConstExpression::word)
    }

    pub(super) fn security(&self, security: &Security) -> ConstExpression {
        self.named(&Entry::Security(security))
            .unwrap_or_else(|| operations::security(security))
    }

    pub(super) fn parameter(&self, parameter: &Parameter) -> ConstExpression {
        self.named(&Entry::Parameter(key(parameter)))
            .unwrap_or_else(|| operations::parameter(parameter))
    }

    pub(super) fn example(&self, example: &(String, String)) -> ConstExpression {
        self.named(&Entry::Example(example))
            .unwrap_or_else(|| operations::example(example))
    }

    pub(super) fn response(&self, response: &Response) -> ConstExpression {
        self.named(&Entry::Response(response))
            .unwrap_or_else(|| operations::response(response, self))
    }
}

impl<'a> Constant<'a> {
    fn entry(self) -> Entry<'a> {
        match self {
            Self::Security(security) => Entry::Security(security),
            Self::Parameter(parameter) => Entry::Parameter(key(parameter)),
            Self::Example(example) => Entry::Example(example),
            Self::Response(response) => Entry::Response(response),
        }
    }

    fn wanted_name(self) -> String {
        match self {
            Self::Security(_) => "SECURITY".to_owned(),
            Self::Parameter(parameter) => constant_name(&parameter.wire),
            Self::Example((name, _)) => constant_name(name),
            Self::Response(response) => constant_name(&response.ident),
        }
    }
}

fn key(parameter: &Parameter) -> ParameterKey<'_> {
    (
        &parameter.wire,
        parameter.location,
        parameter.schema,
        parameter.required,
        parameter.deprecated,
        parameter.allow_empty,
        parameter.serialization,
        parameter.example.as_deref(),
    )
}

/// Everything that can be repeated, in the order of the table. The examples of responses that are alike count once,
/// since such a response is written once.
fn occurrences(api: &Api) -> impl Iterator<Item = Constant<'_>> {
    let mut seen = std::collections::BTreeSet::new();
    api.operations.iter().flat_map(move |operation| {
        let Operation {
            security,
            parameters,
            body,
            responses,
            ..
        } = operation;
        let mut found = Vec::new();
        found.extend((!security.is_empty()).then_some(Constant::Security(security)));
        found.extend(parameters.iter().map(Constant::Parameter));
        found.extend(body.iter().flat_map(|body| examples(&body.content)));
        for response in responses {
            found.push(Constant::Response(response));
            if seen.insert(response) {
                found.extend(response.content.iter().flat_map(examples));
            }
        }
        found
    })
}

fn examples(content: &Content) -> impl Iterator<Item = Constant<'_>> {
    content
        .media
        .iter()
        .flat_map(|media| &media.examples)
        .map(Constant::Example)
}
