//! How the entries of a generated table are written: what an entry says beyond the usual is added to it by name.

use http::Method;

use super::{
    Encoding, Example, Header, Location, MediaType, Operation, Parameter, RequestBody, Response,
    SecurityRequirement, Serialization, StatusSpec, Style,
};
use crate::schema::Literal;

impl Operation {
    /// An operation without parameters, body and responses, that asks for no credential.
    #[must_use]
    pub const fn new(id: &'static str, name: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            name,
            method,
            path,
            tags: &[],
            summary: "",
            deprecated: false,
            addition: None,
            has_effects: false,
            security: &[],
            parameters: &[],
            request_body: None,
            responses: &[],
            skipped: None,
        }
    }

    /// With these tags.
    #[must_use]
    pub const fn tags(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }

    /// With this summary.
    #[must_use]
    pub const fn summary(mut self, summary: &'static str) -> Self {
        self.summary = summary;
        self
    }

    /// Advised against.
    #[must_use]
    pub const fn deprecated(mut self) -> Self {
        self.deprecated = true;
        self
    }

    /// An addition to the documented contract, for this reason.
    #[must_use]
    pub const fn addition(mut self, reason: &'static str) -> Self {
        self.addition = Some(reason);
        self
    }

    /// A GET that changes something.
    #[must_use]
    pub const fn has_effects(mut self) -> Self {
        self.has_effects = true;
        self
    }

    /// With these alternatives of credentials.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [SecurityRequirement]]) -> Self {
        self.security = alternatives;
        self
    }

    /// With these parameters.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Parameter]) -> Self {
        self.parameters = parameters;
        self
    }

    /// With a body that must be sent.
    #[must_use]
    pub const fn required_body(mut self, content: &'static [MediaType]) -> Self {
        self.request_body = Some(RequestBody {
            required: true,
            content,
        });
        self
    }

    /// With a body that may be left out.
    #[must_use]
    pub const fn optional_body(mut self, content: &'static [MediaType]) -> Self {
        self.request_body = Some(RequestBody {
            required: false,
            content,
        });
        self
    }

    /// With these responses.
    #[must_use]
    pub const fn responses(mut self, responses: &'static [Response]) -> Self {
        self.responses = responses;
        self
    }

    /// Not served, for this reason.
    #[must_use]
    pub const fn skipped(mut self, reason: &'static str) -> Self {
        self.skipped = Some(reason);
        self
    }
}

impl SecurityRequirement {
    /// A scheme and the scopes asked for.
    #[must_use]
    pub const fn new(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}

impl Parameter {
    /// A path parameter, which must be sent, in its location's usual style.
    #[must_use]
    pub const fn path(name: &'static str, schema: usize) -> Self {
        Self::new(name, Location::Path, schema).required()
    }

    /// A query parameter that may be left out, in its location's usual style.
    #[must_use]
    pub const fn query(name: &'static str, schema: usize) -> Self {
        Self::new(name, Location::Query, schema)
    }

    /// A header parameter that may be left out, in its location's usual style.
    #[must_use]
    pub const fn header(name: &'static str, schema: usize) -> Self {
        Self::new(name, Location::Header, schema)
    }

    /// A cookie parameter that may be left out, in its location's usual style.
    #[must_use]
    pub const fn cookie(name: &'static str, schema: usize) -> Self {
        Self::new(name, Location::Cookie, schema)
    }

    const fn new(name: &'static str, location: Location, schema: usize) -> Self {
        Self {
            name,
            location,
            required: false,
            deprecated: false,
            allow_empty: false,
            schema,
            serialization: Serialization::of(location),
            default: None,
            example: None,
        }
    }

    /// It must be sent.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Advised against.
    #[must_use]
    pub const fn deprecated(mut self) -> Self {
        self.deprecated = true;
        self
    }

    /// It may be sent without a value.
    #[must_use]
    pub const fn allow_empty(mut self) -> Self {
        self.allow_empty = true;
        self
    }

    /// Written otherwise than is usual.
    #[must_use]
    pub const fn serialization(mut self, serialization: Serialization) -> Self {
        self.serialization = serialization;
        self
    }

    /// With this value when it is not sent.
    #[must_use]
    pub const fn default(mut self, value: Literal) -> Self {
        self.default = Some(value);
        self
    }

    /// With this example, as JSON text.
    #[must_use]
    pub const fn example(mut self, json: &'static str) -> Self {
        self.example = Some(json);
        self
    }
}

impl Serialization {
    /// By a style; arrays and objects are spread if it explodes.
    #[must_use]
    pub const fn style(style: Style, explode: bool) -> Self {
        Self::Style { style, explode }
    }

    /// The usual one of a location.
    #[must_use]
    pub const fn of(location: Location) -> Self {
        match location {
            Location::Path | Location::Header => Self::style(Style::Simple, false),
            Location::Query | Location::Cookie => Self::style(Style::Form, true),
        }
    }
}

impl MediaType {
    /// A media type whose bytes are read and written in a way, without a schema.
    #[must_use]
    pub const fn new(media_type: &'static str, encoding: Encoding, examples: &'static [Example]) -> Self {
        Self {
            media_type,
            encoding,
            schema: None,
            examples,
        }
    }

    /// `application/json` with a schema.
    #[must_use]
    pub const fn json(schema: usize, examples: &'static [Example]) -> Self {
        Self::new("application/json", Encoding::Json, examples).schema(schema)
    }

    /// With this schema.
    #[must_use]
    pub const fn schema(mut self, schema: usize) -> Self {
        self.schema = Some(schema);
        self
    }
}

impl Example {
    /// An example by its name.
    #[must_use]
    pub const fn new(name: &'static str, json: &'static str) -> Self {
        Self { name, json }
    }
}

impl Response {
    /// What a status code means, and the media types of its body.
    #[must_use]
    pub const fn code(code: u16, description: &'static str, content: &'static [MediaType]) -> Self {
        Self::new(StatusSpec::Code(code), description, content)
    }

    /// What a hundred of status codes mean, and the media types of their bodies.
    #[must_use]
    pub const fn range(class: u8, description: &'static str, content: &'static [MediaType]) -> Self {
        Self::new(StatusSpec::Range(class), description, content)
    }

    /// What every status means that is not documented otherwise, and the media types of its body.
    #[must_use]
    pub const fn default(description: &'static str, content: &'static [MediaType]) -> Self {
        Self::new(StatusSpec::Default, description, content)
    }

    const fn new(status: StatusSpec, description: &'static str, content: &'static [MediaType]) -> Self {
        Self {
            status,
            description,
            addition: None,
            headers: &[],
            content,
        }
    }

    /// An addition to the documented contract, for this reason.
    #[must_use]
    pub const fn addition(mut self, reason: &'static str) -> Self {
        self.addition = Some(reason);
        self
    }

    /// With these headers.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [Header]) -> Self {
        self.headers = headers;
        self
    }
}

impl Header {
    /// A header that may be left out, in the usual style of headers.
    #[must_use]
    pub const fn new(name: &'static str, schema: usize) -> Self {
        Self {
            name,
            required: false,
            addition: None,
            schema,
            serialization: Serialization::of(Location::Header),
            example: None,
        }
    }

    /// It is always sent.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// An addition to the documented contract, for this reason.
    #[must_use]
    pub const fn addition(mut self, reason: &'static str) -> Self {
        self.addition = Some(reason);
        self
    }

    /// Written otherwise than is usual.
    #[must_use]
    pub const fn serialization(mut self, serialization: Serialization) -> Self {
        self.serialization = serialization;
        self
    }

    /// With this example, as JSON text.
    #[must_use]
    pub const fn example(mut self, json: &'static str) -> Self {
        self.example = Some(json);
        self
    }
}
