//! The operation table: what a document says of each operation, as data.

mod entry;

use http::Method;

use crate::schema::Literal;

/// One operation of an API.
#[derive(Debug)]
pub struct Operation {
    /// `operationId`, or the name made from method and path where the document gives none.
    pub id: &'static str,
    /// The name of its method in the generated trait.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, without the base path.
    pub path: &'static str,
    /// Its tags.
    pub tags: &'static [&'static str],
    /// Its summary, or the empty string.
    pub summary: &'static str,
    /// Whether the document advises against using it.
    pub deprecated: bool,
    /// Why the operation is an addition to the documented contract, if it is one (`x-addition`).
    pub addition: Option<&'static str>,
    /// Whether a GET changes something (`x-has-effects`), so that a HEAD must not run it.
    pub has_effects: bool,
    /// Alternatives, one of which must be met; empty: no credential is asked for.
    pub security: &'static [&'static [SecurityRequirement]],
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Its request body, if it takes one.
    pub request_body: Option<RequestBody>,
    /// Its responses, in document order.
    pub responses: &'static [Response],
    /// Why the operation is not served, if it is not; it then answers 501.
    pub skipped: Option<&'static str>,
}

impl Operation {
    /// What the operation documents for a status: the response for the code itself, else for its range, else
    /// `default`.
    #[must_use]
    pub fn response(&self, status: u16) -> Option<&'static Response> {
        let covering = |wanted: fn(&StatusSpec, u16) -> bool| {
            self.responses
                .iter()
                .find(|response| wanted(&response.status, status))
        };
        covering(|spec, status| *spec == StatusSpec::Code(status))
            .or_else(|| covering(|spec, status| matches!(spec, StatusSpec::Range(class) if u16::from(*class) == status / 100)))
            .or_else(|| covering(|spec, _| *spec == StatusSpec::Default))
    }

    /// The same, but for a `default` that success travels as: that documents successes and no errors.
    #[must_use]
    pub fn documented(&self, status: u16) -> Option<&'static Response> {
        let response = self.response(status)?;
        let is_success = || {
            self.success()
                .is_some_and(|success| std::ptr::eq(success, response))
        };
        let is_error_as_success =
            response.status == StatusSpec::Default && !(200..300).contains(&status) && is_success();
        (!is_error_as_success).then_some(response)
    }

    /// The response that success travels as: the first 2xx code, else the 2XX range, else `default` where no success
    /// is documented otherwise, else the first response.
    #[must_use]
    pub fn success(&self) -> Option<&'static Response> {
        let codes = self
            .responses
            .iter()
            .filter(|r| matches!(r.status, StatusSpec::Code(200..=299)));
        let range = self.responses.iter().filter(|r| r.status == StatusSpec::Range(2));
        let default = self.responses.iter().filter(|r| r.status == StatusSpec::Default);
        codes
            .chain(range)
            .chain(default)
            .next()
            .or_else(|| self.responses.first())
    }
}

/// One scheme of a security requirement.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct SecurityRequirement {
    /// The scheme's name in the document.
    pub scheme: &'static str,
    /// The scopes asked for.
    pub scopes: &'static [&'static str],
}

/// One parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it travels.
    pub location: Location,
    /// Whether it must be sent.
    pub required: bool,
    /// Whether the document advises against sending it.
    pub deprecated: bool,
    /// Whether it may be sent without a value (`allowEmptyValue`), which then counts as the empty string.
    pub allow_empty: bool,
    /// Its schema in the table.
    pub schema: usize,
    /// How its value is written.
    pub serialization: Serialization,
    /// The value it has when it is not sent.
    pub default: Option<Literal>,
    /// An example from the document, as JSON text.
    pub example: Option<&'static str>,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the variants are OpenAPI's own words")]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// How a value is written as text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Serialization {
    /// By a style of OpenAPI.
    Style {
        /// The style.
        style: Style,
        /// Whether arrays and objects are spread.
        explode: bool,
    },
    /// As a JSON document.
    Json,
}

/// A style of OpenAPI.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the variants are OpenAPI's own words")]
pub enum Style {
    Matrix,
    Label,
    Form,
    Simple,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

/// What an operation says of its request body.
#[derive(Debug)]
pub struct RequestBody {
    /// Whether it must be sent.
    pub required: bool,
    /// The media types it may have.
    pub content: &'static [MediaType],
}

/// One media type of a request or response body.
#[derive(Debug)]
pub struct MediaType {
    /// The media type or range, as the document has it.
    pub media_type: &'static str,
    /// How its bytes are read and written.
    pub encoding: Encoding,
    /// Its schema in the table; `None` where the document gives none.
    pub schema: Option<usize>,
    /// Examples by name.
    pub examples: &'static [Example],
}

/// How the bytes of a body are read and written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Encoding {
    /// A JSON document.
    Json,
    /// `application/x-www-form-urlencoded`, with what the document says of its properties.
    Form(&'static [(&'static str, Serialization)]),
    /// Unicode text.
    Text,
    /// Bytes nobody looks into.
    Bytes,
}

/// An example of a body.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Example {
    /// Its name; `default` where the document gives none.
    pub name: &'static str,
    /// The value, as JSON text.
    pub json: &'static str,
}

/// One documented response.
#[derive(Debug)]
pub struct Response {
    /// The status or statuses.
    pub status: StatusSpec,
    /// What it means.
    pub description: &'static str,
    /// Why it is an addition to the documented contract, if it is one (`x-addition`).
    pub addition: Option<&'static str>,
    /// Its headers.
    pub headers: &'static [Header],
    /// The media types it may have; empty: no body.
    pub content: &'static [MediaType],
}

/// The statuses a response documents.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StatusSpec {
    /// One status code.
    Code(u16),
    /// A hundred of them: `4` for `4XX`.
    Range(u8),
    /// Every status not documented otherwise.
    Default,
}

impl StatusSpec {
    /// A status that stands for it: itself, the first of its range, or 200 for `default`.
    #[must_use]
    pub fn representative(self) -> u16 {
        match self {
            Self::Code(code) => code,
            Self::Range(class) => u16::from(class) * 100,
            Self::Default => 200,
        }
    }
}

impl std::fmt::Display for StatusSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// One documented response header.
#[derive(Debug)]
pub struct Header {
    /// Its name.
    pub name: &'static str,
    /// Whether it is always sent.
    pub required: bool,
    /// Why it is an addition to the documented contract, if it is one (`x-addition`).
    pub addition: Option<&'static str>,
    /// Its schema in the table.
    pub schema: usize,
    /// How its value is written.
    pub serialization: Serialization,
    /// An example from the document, as JSON text.
    pub example: Option<&'static str>,
}
