//! Every keyword of OpenAPI 3.0 by the kind of object it stands in, with the shape of its value.
//!
//! This is the allow-list: what is not here is unknown. A new keyword is one line.

use super::kind::Shape::{
    Any, AnyMap, Count, Flag, Many, Map, Number, One, SchemaOrFlag, Text, TextMap, Texts, Values,
};
use super::kind::{Grammar, Kind, keyed, may, must, of, referable};

impl Kind {
    pub(crate) fn grammar(self) -> &'static Grammar {
        match self {
            Self::Root => &ROOT,
            Self::Info => &INFO,
            Self::Contact => &CONTACT,
            Self::License => &LICENSE,
            Self::Server => &SERVER,
            Self::ServerVariable => &SERVER_VARIABLE,
            Self::Components => &COMPONENTS,
            Self::Paths => &PATHS,
            Self::PathItem => &PATH_ITEM,
            Self::Operation => &OPERATION,
            Self::ExternalDocs => &EXTERNAL_DOCS,
            Self::Parameter => &PARAMETER,
            Self::RequestBody => &REQUEST_BODY,
            Self::MediaType => &MEDIA_TYPE,
            Self::Encoding => &ENCODING,
            Self::Responses => &RESPONSES,
            Self::Response => &RESPONSE,
            Self::Callback => &CALLBACK,
            Self::Example => &EXAMPLE,
            Self::Link => &LINK,
            Self::Header => &HEADER,
            Self::Tag => &TAG,
            Self::Schema => &SCHEMA,
            Self::Discriminator => &DISCRIMINATOR,
            Self::Xml => &XML,
            Self::SecurityScheme => &SECURITY_SCHEME,
            Self::OauthFlows => &OAUTH_FLOWS,
            Self::OauthFlow => &OAUTH_FLOW,
            Self::SecurityRequirement => &SECURITY_REQUIREMENT,
        }
    }
}

static ROOT: Grammar = of(
    "the document",
    &[
        must("openapi", Text),
        must("info", One(Kind::Info)),
        may("servers", Many(Kind::Server)),
        must("paths", One(Kind::Paths)),
        may("components", One(Kind::Components)),
        may("security", Many(Kind::SecurityRequirement)),
        may("tags", Many(Kind::Tag)),
        may("externalDocs", One(Kind::ExternalDocs)),
    ],
);

static INFO: Grammar = of(
    "`info`",
    &[
        must("title", Text),
        may("description", Text),
        may("termsOfService", Text),
        may("contact", One(Kind::Contact)),
        may("license", One(Kind::License)),
        must("version", Text),
    ],
);

static CONTACT: Grammar = of(
    "a contact",
    &[may("name", Text), may("url", Text), may("email", Text)],
);

static LICENSE: Grammar = of("a licence", &[must("name", Text), may("url", Text)]);

static SERVER: Grammar = of(
    "a server",
    &[
        must("url", Text),
        may("description", Text),
        may("variables", Map(Kind::ServerVariable)),
    ],
);

static SERVER_VARIABLE: Grammar = of(
    "a server variable",
    &[
        may("enum", Texts),
        must("default", Text),
        may("description", Text),
    ],
);

static COMPONENTS: Grammar = of(
    "`components`",
    &[
        may("schemas", Map(Kind::Schema)),
        may("responses", Map(Kind::Response)),
        may("parameters", Map(Kind::Parameter)),
        may("examples", Map(Kind::Example)),
        may("requestBodies", Map(Kind::RequestBody)),
        may("headers", Map(Kind::Header)),
        may("securitySchemes", Map(Kind::SecurityScheme)),
        may("links", Map(Kind::Link)),
        may("callbacks", Map(Kind::Callback)),
    ],
);

static PATHS: Grammar = keyed("`paths`", One(Kind::PathItem));

static PATH_ITEM: Grammar = of(
    "a path",
    &[
        may("$ref", Text),
        may("summary", Text),
        may("description", Text),
        may("get", One(Kind::Operation)),
        may("put", One(Kind::Operation)),
        may("post", One(Kind::Operation)),
        may("delete", One(Kind::Operation)),
        may("options", One(Kind::Operation)),
        may("head", One(Kind::Operation)),
        may("patch", One(Kind::Operation)),
        may("trace", One(Kind::Operation)),
        may("servers", Many(Kind::Server)),
        may("parameters", Many(Kind::Parameter)),
    ],
);

static OPERATION: Grammar = of(
    "an operation",
    &[
        may("tags", Texts),
        may("summary", Text),
        may("description", Text),
        may("externalDocs", One(Kind::ExternalDocs)),
        may("operationId", Text),
        may("parameters", Many(Kind::Parameter)),
        may("requestBody", One(Kind::RequestBody)),
        must("responses", One(Kind::Responses)),
        may("callbacks", Map(Kind::Callback)),
        may("deprecated", Flag),
        may("security", Many(Kind::SecurityRequirement)),
        may("servers", Many(Kind::Server)),
    ],
);

static EXTERNAL_DOCS: Grammar = of("`externalDocs`", &[may("description", Text), must("url", Text)]);

static PARAMETER: Grammar = referable(
    "a parameter",
    "parameters",
    &[
        must("name", Text),
        must("in", Text),
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("allowEmptyValue", Flag),
        may("style", Text),
        may("explode", Flag),
        may("allowReserved", Flag),
        may("schema", One(Kind::Schema)),
        may("example", Any),
        may("examples", Map(Kind::Example)),
        may("content", Map(Kind::MediaType)),
    ],
);

static REQUEST_BODY: Grammar = referable(
    "a request body",
    "requestBodies",
    &[
        may("description", Text),
        must("content", Map(Kind::MediaType)),
        may("required", Flag),
    ],
);

static MEDIA_TYPE: Grammar = of(
    "a media type",
    &[
        may("schema", One(Kind::Schema)),
        may("example", Any),
        may("examples", Map(Kind::Example)),
        may("encoding", Map(Kind::Encoding)),
    ],
);

static ENCODING: Grammar = of(
    "an encoding",
    &[
        may("contentType", Text),
        may("headers", Map(Kind::Header)),
        may("style", Text),
        may("explode", Flag),
        may("allowReserved", Flag),
    ],
);

static RESPONSES: Grammar = keyed("`responses`", One(Kind::Response));

static RESPONSE: Grammar = referable(
    "a response",
    "responses",
    &[
        must("description", Text),
        may("headers", Map(Kind::Header)),
        may("content", Map(Kind::MediaType)),
        may("links", Map(Kind::Link)),
    ],
);

static CALLBACK: Grammar = Grammar {
    name: "a callback",
    keywords: &[],
    free: Some(One(Kind::PathItem)),
    section: Some("callbacks"),
};

static EXAMPLE: Grammar = referable(
    "an example",
    "examples",
    &[
        may("summary", Text),
        may("description", Text),
        may("value", Any),
        may("externalValue", Text),
    ],
);

static LINK: Grammar = referable(
    "a link",
    "links",
    &[
        may("operationRef", Text),
        may("operationId", Text),
        may("parameters", AnyMap),
        may("requestBody", Any),
        may("description", Text),
        may("server", One(Kind::Server)),
    ],
);

static HEADER: Grammar = referable(
    "a header",
    "headers",
    &[
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("allowEmptyValue", Flag),
        may("style", Text),
        may("explode", Flag),
        may("allowReserved", Flag),
        may("schema", One(Kind::Schema)),
        may("example", Any),
        may("examples", Map(Kind::Example)),
        may("content", Map(Kind::MediaType)),
    ],
);

static TAG: Grammar = of(
    "a tag",
    &[
        must("name", Text),
        may("description", Text),
        may("externalDocs", One(Kind::ExternalDocs)),
    ],
);

static SCHEMA: Grammar = referable(
    "a schema",
    "schemas",
    &[
        may("title", Text),
        may("multipleOf", Number),
        may("maximum", Number),
        may("exclusiveMaximum", Flag),
        may("minimum", Number),
        may("exclusiveMinimum", Flag),
        may("maxLength", Count),
        may("minLength", Count),
        may("pattern", Text),
        may("maxItems", Count),
        may("minItems", Count),
        may("uniqueItems", Flag),
        may("maxProperties", Count),
        may("minProperties", Count),
        may("required", Texts),
        may("enum", Values),
        may("type", Text),
        may("allOf", Many(Kind::Schema)),
        may("oneOf", Many(Kind::Schema)),
        may("anyOf", Many(Kind::Schema)),
        may("not", One(Kind::Schema)),
        may("items", One(Kind::Schema)),
        may("properties", Map(Kind::Schema)),
        may("additionalProperties", SchemaOrFlag),
        may("description", Text),
        may("format", Text),
        may("default", Any),
        may("nullable", Flag),
        may("discriminator", One(Kind::Discriminator)),
        may("readOnly", Flag),
        may("writeOnly", Flag),
        may("xml", One(Kind::Xml)),
        may("externalDocs", One(Kind::ExternalDocs)),
        may("example", Any),
        may("deprecated", Flag),
    ],
);

static DISCRIMINATOR: Grammar = of(
    "a discriminator",
    &[must("propertyName", Text), may("mapping", TextMap)],
);

static XML: Grammar = of(
    "`xml`",
    &[
        may("name", Text),
        may("namespace", Text),
        may("prefix", Text),
        may("attribute", Flag),
        may("wrapped", Flag),
    ],
);

static SECURITY_SCHEME: Grammar = referable(
    "a security scheme",
    "securitySchemes",
    &[
        must("type", Text),
        may("description", Text),
        may("name", Text),
        may("in", Text),
        may("scheme", Text),
        may("bearerFormat", Text),
        may("flows", One(Kind::OauthFlows)),
        may("openIdConnectUrl", Text),
    ],
);

static OAUTH_FLOWS: Grammar = of(
    "OAuth flows",
    &[
        may("implicit", One(Kind::OauthFlow)),
        may("password", One(Kind::OauthFlow)),
        may("clientCredentials", One(Kind::OauthFlow)),
        may("authorizationCode", One(Kind::OauthFlow)),
    ],
);

static OAUTH_FLOW: Grammar = of(
    "an OAuth flow",
    &[
        may("authorizationUrl", Text),
        may("tokenUrl", Text),
        may("refreshUrl", Text),
        must("scopes", TextMap),
    ],
);

static SECURITY_REQUIREMENT: Grammar = keyed("a security requirement", Texts);
