//! Every fault this crate finds, by its stable code.

mod advice;
mod label;

use std::ops::Range;

use advice::{for_kind, for_meant, for_reference, for_type};
use miette::Diagnostic as _;
use serde_json::Value;

use crate::diagnostic::{Anchor, Diagnostic, Place, Severity};
use crate::model::{PathError, Pointer};

/// What can be wrong with a document: one sentence, a code, a severity, and what to do about it.
#[derive(Clone, Debug, PartialEq, thiserror::Error, miette::Diagnostic)]
#[rustfmt::skip] // One fault, three lines: the table stays readable.
pub(crate) enum Fault {
    // The text.
    #[error("the document is no YAML: {problem}")]
    #[diagnostic(code(yaml::syntax), help("YAML reads indentation by spaces, never tabs; a text with `: ` or ` #` in it needs quotes"))]
    YamlSyntax { problem: String },
    #[error("the document is no JSON: {problem}")]
    #[diagnostic(code(json::syntax), help("a file named `.json` is read as strict JSON: no comments, no comma after the last item"))]
    JsonSyntax { problem: String },
    #[error("the document is empty")]
    #[diagnostic(code(yaml::empty), help("there is nothing in it but blanks and comments"))]
    EmptyDocument,
    #[error("the file holds more than one document")]
    #[diagnostic(code(yaml::several_documents), help("put each document, separated by `---` here, into a file of its own"))]
    SeveralDocuments,
    #[error("the key `{key}` stands twice in one mapping")]
    #[diagnostic(code(yaml::duplicate_key), help("remove or rename one; quotes make no difference, `200` and `'200'` are the same key"))]
    DuplicateKey { key: String },
    #[error("a key must be a text")]
    #[diagnostic(code(yaml::key_is_not_text), help("lists, mappings, aliases and null cannot be keys in JSON; put a text that looks like one in quotes"))]
    KeyIsNotText,
    #[error("`<<` takes its entries from a mapping, and this is none")]
    #[diagnostic(code(yaml::merge_of_no_mapping), help("write `<<: *name` where `&name` marks a mapping, or a list of such"))]
    MergeOfNoMapping,
    #[error("an alias stands within what it stands for")]
    #[diagnostic(code(yaml::alias_of_itself), help("such a document would be endless; for recursive schemas use `$ref`"))]
    AliasOfItself,
    #[error("the tag `{tag}` is not one this value can have")]
    #[diagnostic(code(yaml::unknown_tag), help("only the tags of JSON's own types are read: `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!seq`, `!!map`"))]
    UnknownTag { tag: String },
    #[error("lists and mappings nest deeper than {limit} levels")]
    #[diagnostic(code(yaml::too_deep), help("give inner parts names under `components` and refer to them"))]
    TooDeep { limit: usize },
    #[error("the document has more than {limit} values")]
    #[diagnostic(code(yaml::too_many_values), help("split the API into several documents"))]
    TooManyValues { limit: usize },
    #[error("aliases repeat more than {limit} {unit}")]
    #[diagnostic(code(yaml::alias_expansion), help("use `$ref` to share parts without repeating them"))]
    AliasExpansion { limit: usize, unit: &'static str },
    #[error("the document has {length} bytes, and at most {limit} are read")]
    #[diagnostic(code(yaml::too_long), help("split the API into several documents"))]
    TooLong { limit: usize, length: usize },
    #[error("another common YAML reader finds {other} here")]
    #[diagnostic(code(yaml::readings_differ), severity(Warning), help("put quotes around texts that could be taken for something else, so that all tools agree"))]
    ReadingsDiffer { other: String },
    #[error("`{word}` is text here, and {value} to readers of YAML 1.1, of which there are many")]
    #[diagnostic(code(yaml::boolean_of_11), severity(Warning), help("write `'{word}'` where text is meant, `{value}` where a boolean is"))]
    BooleanOf11 { word: String, value: bool },
    #[error("more words are text here, and booleans to readers of YAML 1.1, from this one on; only the first {limit} are listed")]
    #[diagnostic(code(yaml::more_booleans_of_11), severity(Warning), help("put quotes around those that are listed, and read the document again"))]
    MoreBooleansOf11 { limit: usize },

    // The version.
    #[error("an OpenAPI document is an object, and this is none")]
    #[diagnostic(code(spec::not_an_object), help("it begins with `openapi: 3.0.3`"))]
    NotAnObject,
    #[error("the document does not say which version of OpenAPI it is")]
    #[diagnostic(code(spec::no_version), help("add `openapi: 3.0.3` at the top"))]
    NoVersion,
    #[error("this is Swagger {version}, and OpenAPI 3.0 is read")]
    #[diagnostic(code(spec::swagger), help("convert it first, for instance with `npx swagger2openapi --yaml old.yaml --outfile new.yaml`"))]
    Swagger { version: String },
    #[error("OpenAPI {version} is not read yet")]
    #[diagnostic(code(spec::version_not_read_yet), help("3.0.x is; a document that uses nothing newer may say `openapi: 3.0.3`"))]
    VersionNotReadYet { version: String },
    #[error("there is no OpenAPI version `{version}`")]
    #[diagnostic(code(spec::unknown_version), help("3.0.x is read: write `openapi: 3.0.3`"))]
    UnknownVersion { version: String },

    // Shapes and keywords.
    #[error("{kind} has no keyword `{keyword}`")]
    #[diagnostic(code(spec::unknown_keyword), severity(Warning), help("{}", for_meant(meant.as_deref(), "it is ignored; a keyword of your own begins with `x-`")))]
    UnknownKeyword { keyword: String, kind: &'static str, meant: Option<String> },
    #[error("`{keyword}` came with OpenAPI 3.1 and has no effect in 3.0")]
    #[diagnostic(code(spec::keyword_of_31), severity(Warning), help("{}", advice::for_keyword_of_31(keyword)))]
    KeywordOf31 { keyword: String },
    #[error("expected {expected}, found {found}")]
    #[diagnostic(code(spec::wrong_type), help("{}", for_type(expected, value)))]
    WrongType { expected: &'static str, found: String, value: Value },
    #[error("a list of types came with OpenAPI 3.1")]
    #[diagnostic(code(spec::list_of_types), help("in 3.0 write one type, with `nullable: true` beside it for null, or `oneOf` for several"))]
    ListOfTypes,
    #[error("an exclusive bound that is a number came with OpenAPI 3.1")]
    #[diagnostic(code(spec::numeric_exclusive_bound), help("in 3.0 write `minimum: 5` and `exclusiveMinimum: true`; likewise for the maximum"))]
    NumericExclusiveBound,
    #[error("{kind} needs `{keyword}`")]
    #[diagnostic(code(spec::missing_keyword), help("{}", for_kind(keyword)))]
    MissingKeyword { keyword: &'static str, kind: &'static str },
    #[error("the `openapiv3` crate refuses {kind}: {problem}")]
    #[diagnostic(code(spec::refused), help("compare the object with the specification's chapter on it"))]
    Refused { kind: &'static str, problem: String },
    #[error("`{name}` cannot be the name of a component")]
    #[diagnostic(code(spec::component_name), help("use the letters a to z in either case, digits, `.`, `-` and `_`"))]
    ComponentName { name: String },

    // References.
    #[error("nothing stands at `{reference}`")]
    #[diagnostic(code(spec::dangling_reference), help("{}", for_meant(meant.as_deref(), "declare it under `components`, or correct the reference")))]
    DanglingReference { reference: String, meant: Option<String> },
    #[error("`{reference}` lies outside this document, and references to other files and URLs are not supported")]
    #[diagnostic(code(spec::external_reference), help("{}", for_reference(meant.as_deref())))]
    ExternalReference { reference: String, meant: Option<String> },
    #[error("`{reference}` is no reference into the document")]
    #[diagnostic(code(spec::malformed_reference), help("it begins with `#/`, and `/` within a step is written `~1`: `#/paths/~1pets/get`"))]
    MalformedReference { reference: String },
    #[error("following `{reference}` never ends")]
    #[diagnostic(code(spec::reference_cycle), help("somewhere along the chain there must be an object that is no `$ref`"))]
    ReferenceCycle { reference: String },
    #[error("`{reference}` is {found}, and {expected} belongs here")]
    #[diagnostic(code(spec::reference_to_other_kind), help("refer to the section of `components` for this kind"))]
    ReferenceToOtherKind { reference: String, found: &'static str, expected: &'static str },
    #[error("`{keyword}` beside `$ref` has no effect in OpenAPI 3.0")]
    #[diagnostic(code(spec::beside_reference), severity(Warning), help("to combine them write `allOf: [{{ $ref: … }}]` and put `{keyword}` beside that"))]
    BesideReference { keyword: String },

    // Paths and operations.
    #[error("`{path}` is no path: {problem}")]
    #[diagnostic(code(spec::invalid_path), help("a path looks like `/pets/{{pet_id}}`; query parameters are declared, not written into it"))]
    InvalidPath { path: String, problem: PathError },
    #[error("requests cannot tell this {method} from the one on `{path}`")]
    #[diagnostic(code(spec::same_route), help("paths that differ only in the names of their parameters are the same path"))]
    SameRoute { method: &'static str, path: String },
    #[error("the operationId `{id}` is used twice")]
    #[diagnostic(code(spec::duplicate_operation_id), help("it is an operation's name; give each its own"))]
    DuplicateOperationId { id: String },
    #[error("{method} with a request body is allowed, but servers and proxies may drop it")]
    #[diagnostic(code(spec::unusual_request_body), severity(Warning), help("use query parameters, or another method"))]
    UnusualRequestBody { method: &'static str },
    #[error("a request body needs at least one media type")]
    #[diagnostic(code(spec::empty_request_body), help("add one, such as `application/json`"))]
    EmptyRequestBody,
    #[error("an operation needs at least one response")]
    #[diagnostic(code(spec::no_responses), help("document at least the answer to a successful call, or a `default`"))]
    NoResponses,
    #[error("`{key}` is no status")]
    #[diagnostic(code(spec::invalid_status), help("write a code from 100 to 599, a range such as `4XX` (capital letters), or `default`"))]
    InvalidStatus { key: String },
    #[error("`{text}` is no media type")]
    #[diagnostic(code(spec::invalid_media_type), help("it has two parts, as in `application/json`, or a `*` for any: `image/*`"))]
    InvalidMediaType { text: String },
    #[error("the link leads to `{target}`, which is no operation of this document")]
    #[diagnostic(code(spec::dangling_link), severity(Warning), help("{}", for_meant(meant.as_deref(), "write the operationId of one, or a reference to it: `#/paths/~1pets/get`")))]
    DanglingLink { target: String, meant: Option<String> },
    #[error("a callback is not generated or served")]
    #[diagnostic(code(spec::callbacks_ignored), severity(Warning), help("it is checked, and otherwise ignored"))]
    CallbacksIgnored,
    #[error("`servers` of a path or an operation is ignored")]
    #[diagnostic(code(spec::servers_ignored), severity(Warning), help("only the `servers` of the document are used; put differing paths into `paths`"))]
    ServersIgnored,
    #[error("the server's variable `{name}` is not declared")]
    #[diagnostic(code(spec::unknown_server_variable), help("add it to the server's `variables`, with a `default`"))]
    UnknownServerVariable { name: String },

    // Parameters and headers.
    #[error("the path's parameter `{name}` is not declared")]
    #[diagnostic(code(spec::path_parameter_not_declared), help("add `{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}` to `parameters`"))]
    PathParameterNotDeclared { name: String },
    #[error("the path `{path}` has no parameter `{name}`")]
    #[diagnostic(code(spec::path_parameter_not_in_template), help("{}", for_meant(meant.as_deref(), "put it into the path in braces, or remove it here")))]
    PathParameterNotInTemplate { name: String, path: String, meant: Option<String> },
    #[error("the path parameter `{name}` is not marked as required")]
    #[diagnostic(code(spec::path_parameter_not_required), help("a path has all its parameters or is another path: write `required: true`"))]
    PathParameterNotRequired { name: String },
    #[error("the {location} parameter `{name}` is declared twice in one list")]
    #[diagnostic(code(spec::duplicate_parameter), help("remove one; an operation overrides its path's parameters, but not its own"))]
    DuplicateParameter { name: String, location: &'static str },
    #[error("the header `{name}` is declared twice")]
    #[diagnostic(code(spec::duplicate_header), help("header names have no case; remove one"))]
    DuplicateHeader { name: String },
    #[error("the header `{name}` cannot be described here and is ignored")]
    #[diagnostic(code(spec::header_ignored), severity(Warning), help("media types say what `Accept` and `Content-Type` may be, and security schemes what `Authorization` holds"))]
    HeaderIgnored { name: String },
    #[error("`{found}` is no place for a parameter")]
    #[diagnostic(code(spec::unknown_location), help("{}", for_meant(meant.as_deref(), "write `query`, `header` or `cookie`, or, for a parameter, `path`")))]
    UnknownLocation { found: String, meant: Option<String> },
    #[error("the style `{style}` does not exist in {location}")]
    #[diagnostic(code(spec::style_not_allowed), help("allowed there: {allowed}"))]
    StyleNotAllowed { style: String, location: &'static str, allowed: String },
    #[error("`schema` and `content` exclude each other")]
    #[diagnostic(code(spec::schema_and_content), help("keep `schema` for a value written by a style, `content` for a document in a media type"))]
    SchemaAndContent,
    #[error("the value has no type: there is neither `schema` nor `content`")]
    #[diagnostic(code(spec::neither_schema_nor_content), help("add `schema: {{ type: string }}`, or what fits"))]
    NeitherSchemaNorContent,
    #[error("`content` holds {number} media types here, and must hold one")]
    #[diagnostic(code(spec::content_of_parameter), help("a parameter or header is sent in one way only; to say nothing about it use `schema`"))]
    ContentOfParameter { number: usize },

    // Security.
    #[error("the security scheme `{name}` is not declared")]
    #[diagnostic(code(spec::unknown_security_scheme), help("{}", for_meant(meant.as_deref(), "declare it under `components.securitySchemes`")))]
    UnknownSecurityScheme { name: String, meant: Option<String> },
    #[error("`{found}` is no type of security scheme")]
    #[diagnostic(code(spec::unknown_security_type), help("{}", for_meant(meant.as_deref(), "write `http`, `apiKey`, `oauth2` or `openIdConnect`")))]
    UnknownSecurityType { found: String, meant: Option<String> },

    // Schemas.
    #[error("`{found}` is no type")]
    #[diagnostic(code(spec::unknown_type), help("{}", advice::for_unknown_type(found, meant.as_deref())))]
    UnknownType { found: String, meant: Option<String> },
    #[error("`nullable` has no `type` beside it; it is taken to allow null all the same")]
    #[diagnostic(code(spec::nullable_without_type), severity(Warning), help("other tools may go by the letter and ignore it: put a `type` beside it"))]
    NullableWithoutType,
    #[error("`nullable` allows null, and `enum` lacks it; null is taken to be allowed")]
    #[diagnostic(code(spec::nullable_enum_without_null), severity(Warning), help("by the letter such an `enum` refuses null: add `null` to it, or remove `nullable`"))]
    NullableEnumWithoutNull,
    #[error("`{value}` has not the schema's type, so it is left out")]
    #[diagnostic(code(spec::enum_value_of_other_type), severity(Warning), help("remove it or correct it; null needs `nullable: true`, and a text that looks like a number or a boolean needs quotes"))]
    EnumValueOfOtherType { value: String },
    #[error("the enum's value `{value}` {reason}")]
    #[diagnostic(code(spec::enum_value_refused), severity(Warning), help("such a value can never be sent; correct it or the schema"))]
    EnumValueRefused { value: String, reason: String },
    #[error("`{value}` stands twice in `enum`")]
    #[diagnostic(code(spec::duplicate_enum_value), help("remove one"))]
    DuplicateEnumValue { value: String },
    #[error("`enum` allows no value at all")]
    #[diagnostic(code(spec::empty_enum), help("list the values, or remove the keyword to allow any"))]
    EmptyEnum,
    #[error("`{keyword}` has no schemas")]
    #[diagnostic(code(spec::empty_composition), help("add one, or remove the keyword"))]
    EmptyComposition { keyword: String },
    #[error("an array needs `items`")]
    #[diagnostic(code(spec::array_without_items), help("add `items: {{ type: … }}`, or `items: {{}}` for items of any type"))]
    ArrayWithoutItems,
    #[error("a count cannot be negative")]
    #[diagnostic(code(spec::negative_count), help("write zero or more"))]
    NegativeCount,
    #[error("no value lies between `{least}` and `{most}`")]
    #[diagnostic(code(spec::empty_range), help("swap or correct them"))]
    EmptyRange { least: &'static str, most: &'static str },
    #[error("`{exclusive}` has no `{bound}` beside it and is ignored")]
    #[diagnostic(code(spec::exclusive_without_bound), severity(Warning), help("in 3.0 it only says that `{bound}` itself is not allowed: write both, or neither"))]
    ExclusiveWithoutBound { exclusive: &'static str, bound: &'static str },
    #[error("`multipleOf` must be above zero")]
    #[diagnostic(code(spec::multiple_of_not_positive), help("write a positive number; the sign of a value makes no difference to it"))]
    MultipleOfNotPositive,
    #[error("a property cannot be `readOnly` and `writeOnly` at once")]
    #[diagnostic(code(spec::read_only_and_write_only), help("nobody could ever send it; keep one"))]
    ReadOnlyAndWriteOnly,
    #[error("`required` names `{name}`, which is none of the properties")]
    #[diagnostic(code(spec::required_not_declared), severity(Warning), help("{}", for_meant(meant.as_deref(), "declare it under `properties`, so that its type is known")))]
    RequiredNotDeclared { name: String, meant: Option<String> },
    #[error("by `allOf` this schema is made of itself")]
    #[diagnostic(code(spec::endless_all_of), help("recursion is fine through `properties` and `items`, where a value can end it"))]
    EndlessAllOf,
    #[error("the discriminator has nothing to tell apart")]
    #[diagnostic(code(spec::discriminator_of_nothing), severity(Warning), help("put it beside `oneOf` or `anyOf`, or into a schema that others have in their `allOf`"))]
    DiscriminatorOfNothing,
    #[error("the mapping's target `{target}` is no schema of this document")]
    #[diagnostic(code(spec::unknown_mapping), help("{}", for_meant(meant.as_deref(), "write a name from `components.schemas`, or a reference to it")))]
    UnknownMapping { target: String, meant: Option<String> },
    #[error("`xml` is ignored")]
    #[diagnostic(code(spec::xml_ignored), severity(Warning), help("only JSON, forms and opaque bodies are generated and served"))]
    XmlIgnored,

    // Values.
    #[error("the default {reason}")]
    #[diagnostic(code(spec::default_refused), help("its own schema refuses it; correct the default or the schema"))]
    DefaultRefused { reason: String },
    #[error("the example {reason}")]
    #[diagnostic(code(spec::example_refused), severity(Warning), help("its schema refuses it; correct the example or the schema"))]
    ExampleRefused { reason: String },
    #[error("`example` and `examples` exclude each other")]
    #[diagnostic(code(spec::example_and_examples), severity(Warning), help("move the lone example among the others; until then it is called `default`"))]
    ExampleAndExamples,
    #[error("an example needs a `value`")]
    #[diagnostic(code(spec::example_without_value), severity(Warning), help("write `value:` and the example below it; without it the example is left out"))]
    ExampleWithoutValue,
    #[error("`externalValue` is not fetched, so the example is left out")]
    #[diagnostic(code(spec::external_example), severity(Warning), help("write the example down under `value`"))]
    ExternalExample,
}

impl Fault {
    /// This fault at the value a pointer names.
    pub(crate) fn at(&self, pointer: &Pointer) -> Diagnostic {
        self.at_place(Place::Pointer(pointer.clone(), Anchor::Value))
    }

    /// This fault at the key a pointer ends in.
    pub(crate) fn at_key(&self, pointer: &Pointer) -> Diagnostic {
        self.at_place(Place::Pointer(pointer.clone(), Anchor::Key))
    }

    /// This fault in a text that has no pointers yet.
    pub(crate) fn at_span(&self, span: Range<usize>) -> Diagnostic {
        self.at_place(Place::Span(span))
    }

    fn at_place(&self, place: Place) -> Diagnostic {
        let severity = match self.severity() {
            Some(miette::Severity::Warning | miette::Severity::Advice) => Severity::Warning,
            Some(miette::Severity::Error) | None => Severity::Error,
        };
        let code = self.code().map(|code| code.to_string()).unwrap_or_default();
        let mut diagnostic = Diagnostic::new(code, severity, place, self.to_string());
        diagnostic.help = self.help().map(|help| help.to_string());
        diagnostic.label = self.label().map(str::to_owned);
        diagnostic
    }
}
