//! What a request has that its document has not, however forgiving the server is: for people whose client is to stay
//! within the contract.
//!
//! A header that is not documented is no deviation, nor is a cookie: proxies and libraries add them. A query parameter
//! that carries a credential has to be among the operation's parameters, for the table does not say how a security
//! scheme travels.

mod members;

use http::HeaderMap;

use super::routes::{self, Match};
use crate::json_pointer::JsonPointer;
use crate::operation::{Encoding, Location, Operation, Parameter, Serialization, Style};
use crate::rejection::Rejection;
use crate::schema::{Schema, SchemaTable, Types};
use crate::validation::{self, Direction, Part, Received, Rule, Violation};
use crate::wire::{Coercion, Pairs, Raw, WireRules, check_parameters, choose, parse};

/// More of one request are not told.
const MOST_DEVIATIONS: usize = 100;

/// One thing about a request that is off the contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Deviation {
    /// What it is.
    pub fault: Fault,
    /// The part of the request it is in; `None` where it is about all of it.
    pub part: Option<Part>,
    /// A JSON pointer (RFC 6901) into that part; parameters are its members.
    pub pointer: String,
    /// The keyword of JSON Schema, or a word in its manner, for a value that is not valid.
    pub rule: Option<&'static str>,
    /// What is wrong, as the end of a sentence that begins with the place.
    pub detail: String,
    /// What stood there, where that tells more.
    pub received: Option<Received>,
}

/// The ways to be off a contract.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fault {
    /// No documented path matches.
    UnknownPath,
    /// The path is documented, the method is not.
    UnknownMethod,
    /// A query parameter that is not documented.
    UndocumentedParameter,
    /// A member of a body that is not documented, or a body where none is.
    UndocumentedProperty,
    /// A value that breaks a rule.
    InvalidValue,
    /// A body that is of no documented media type, or does not say of which it is.
    WrongContentType,
    /// A body that is no document of its media type.
    UnreadableBody,
    /// A body that must be sent and was not.
    MissingBody,
    /// Something the document advises against.
    Deprecated,
}

/// A request of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The operation.
    pub operation: &'static Operation,
    /// The schema table of its API.
    pub schemas: &'static SchemaTable,
    /// How the API reads requests; only what decides what a request means counts, not what it forgives.
    pub rules: &'a WireRules,
    /// The path, percent-encoded, without the base path; `None` where it is known to be as it must.
    pub path: Option<&'a str>,
    /// The query, without `?`.
    pub query: Option<&'a str>,
    /// The headers; one is looked at only where [`depends_on_header`](Self::depends_on_header) says so.
    pub headers: &'a HeaderMap,
    /// The body; `None` where there is one and not all of it is known, so that nothing can be said of what is in it.
    pub body: Option<&'a [u8]>,
}

impl Asked<'_> {
    /// Whether a request can have anything off the contract besides its path; a quick look that spares most requests the
    /// whole one.
    #[must_use]
    pub fn may_deviate(operation: &Operation, query: Option<&str>, has_body: bool) -> bool {
        let has_query = query.is_some_and(|query| !query.is_empty());
        let needs_body = operation.request_body.as_ref().is_some_and(|body| body.required);
        let matters = |parameter: &Parameter| match parameter.location {
            Location::Path => parameter.deprecated,
            Location::Query => parameter.required,
            Location::Header | Location::Cookie => true,
        };
        operation.deprecated
            || has_query
            || has_body
            || needs_body
            || operation.parameters.iter().any(matters)
    }

    /// Whether the path of a request can be off the contract. One that was read and found valid on the way to its
    /// handler cannot: no server forgives a path anything.
    #[must_use]
    pub fn path_may_deviate(operation: &Operation, schemas: &SchemaTable, path: &str) -> bool {
        let in_path = operation.parameters.iter();
        let mut in_path = in_path.filter(|parameter| parameter.location == Location::Path);
        path.contains('%') || in_path.any(|parameter| !takes_any_segment(schemas.get(parameter.schema)))
    }

    /// Whether a header has a part in whether a request is off the contract.
    #[must_use]
    pub fn depends_on_header(operation: &Operation, has_body: bool, name: &str) -> bool {
        let mut parameters = operation.parameters.iter();
        (has_body && name.eq_ignore_ascii_case("content-type"))
            || parameters.any(|parameter| match parameter.location {
                Location::Header => name.eq_ignore_ascii_case(parameter.name),
                Location::Cookie => name.eq_ignore_ascii_case("cookie"),
                Location::Path | Location::Query => false,
            })
    }

    /// The same rules without anything forgiven.
    fn strict(&self) -> WireRules {
        WireRules {
            plus: self.rules.plus,
            ..WireRules::STRICT
        }
    }
}

/// Everything about a request that is off the contract, in the order it is read; empty where nothing is.
#[must_use]
pub fn audit(asked: &Asked<'_>) -> Vec<Deviation> {
    let mut found = Vec::new();
    if asked.operation.deprecated {
        found.push(Deviation::deprecated(
            None,
            String::new(),
            "the operation is deprecated",
        ));
    }
    parameters(asked, &mut found);
    body(asked, &mut found);
    found.truncate(MOST_DEVIATIONS);
    found
}

/// What is off about a request that is for no operation, by what its route was found to be; `None` where it is for one.
/// Paths are told with the API's base path before them.
#[must_use]
pub fn misrouted(found: &Match, base_path: &str) -> Option<Deviation> {
    let (fault, detail) = match found {
        Match::Operation { .. } => return None,
        Match::Path { allow } => {
            let detail = format!("the path takes {} only", allow.join(", "));
            (Fault::UnknownMethod, detail)
        }
        Match::Nothing { nearest } if nearest.is_empty() => {
            (Fault::UnknownPath, "the path is not documented".to_owned())
        }
        Match::Nothing { nearest } => {
            let nearest: Vec<_> = nearest.iter().map(|path| format!("{base_path}{path}")).collect();
            let detail = format!(
                "the path is not documented; the nearest are {}",
                nearest.join(", ")
            );
            (Fault::UnknownPath, detail)
        }
    };
    Some(Deviation {
        fault,
        part: None,
        pointer: String::new(),
        rule: None,
        detail,
        received: None,
    })
}

impl Deviation {
    fn of(fault: Fault, part: Part, pointer: String, detail: impl Into<String>) -> Self {
        Self {
            fault,
            part: Some(part),
            pointer,
            rule: None,
            detail: detail.into(),
            received: None,
        }
    }

    fn deprecated(part: Option<Part>, pointer: String, detail: &str) -> Self {
        Self {
            fault: Fault::Deprecated,
            part,
            pointer,
            rule: None,
            detail: detail.to_owned(),
            received: None,
        }
    }
}

impl From<Violation> for Deviation {
    fn from(violation: Violation) -> Self {
        let (fault, rule) = match violation.rule {
            Rule::AdditionalProperties => (Fault::UndocumentedProperty, None),
            ref rule => (Fault::InvalidValue, Some(rule.keyword())),
        };
        Self {
            fault,
            part: Some(violation.part),
            pointer: violation.pointer,
            rule,
            detail: format!("must be {}", violation.rule.expected()),
            received: Some(violation.received),
        }
    }
}

/// Whether every text is a value of the schema, but for the empty one, which no parameter of a path is.
fn takes_any_segment(schema: &Schema) -> bool {
    schema.types.contains(Types::STRING)
        && schema.format.is_none()
        && schema.pattern.is_none()
        && schema.min_length.is_none_or(|least| least <= 1)
        && schema.max_length.is_none()
        && schema.enumeration.is_empty()
        && schema.all_of.is_empty()
        && schema.any_of.is_empty()
        && schema.one_of.is_empty()
        && schema.not.is_none()
}

fn parameters(asked: &Asked<'_>, found: &mut Vec<Deviation>) {
    let query = asked.query.unwrap_or_default();
    let in_path = asked.path.map(|path| routes::capture(asked.operation, path));
    let raw = Raw {
        path: in_path.as_deref().unwrap_or_default(),
        query,
        headers: asked.headers,
    };
    let mut looked_at = vec![Location::Query, Location::Header, Location::Cookie];
    looked_at.extend(asked.path.map(|_| Location::Path));
    let strict = asked.strict();
    let broken = check_parameters(asked.operation, asked.schemas, &strict, &raw, &looked_at);
    found.extend(broken.into_iter().map(Deviation::from));
    let pairs = Pairs::parse(query, strict.plus);
    let coercion = Coercion {
        table: asked.schemas,
        lenient_booleans: false,
    };
    let mut told: Vec<&str> = Vec::new();
    for (name, _) in pairs.iter() {
        let in_query = asked.operation.parameters.iter();
        let mut in_query = in_query.filter(|parameter| parameter.location == Location::Query);
        if told.contains(&name) || in_query.any(|parameter| claims(coercion, parameter, name)) {
            continue;
        }
        told.push(name);
        let detail = "the parameter is not documented";
        found.push(Deviation::of(
            Fault::UndocumentedParameter,
            Part::Query,
            JsonPointer::of([name]).into(),
            detail,
        ));
    }
    let deprecated =
        |parameter: &&Parameter| parameter.deprecated || asked.schemas.get(parameter.schema).deprecated;
    for parameter in asked.operation.parameters.iter().filter(deprecated) {
        let (part, is_sent) = match parameter.location {
            Location::Path => (Part::Path, true),
            Location::Query => (
                Part::Query,
                pairs.iter().any(|(name, _)| claims(coercion, parameter, name)),
            ),
            Location::Header => (Part::Header, asked.headers.contains_key(parameter.name)),
            Location::Cookie => (Part::Cookie, sends_cookie(asked.headers, parameter.name)),
        };
        if is_sent {
            let detail = "the parameter is deprecated";
            found.push(Deviation::deprecated(
                Some(part),
                JsonPointer::of([parameter.name]).into(),
                detail,
            ));
        }
    }
}

/// Whether a name in the query is one of a parameter's.
fn claims(coercion: Coercion, parameter: &Parameter, name: &str) -> bool {
    match parameter.serialization {
        Serialization::Style {
            style: Style::DeepObject,
            ..
        } => name
            .strip_prefix(parameter.name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('[')),
        Serialization::Style {
            style: Style::Form,
            explode: true,
        } if coercion.is_object(parameter.schema) => {
            coercion.property_names(parameter.schema).contains(&name)
        }
        _ => parameter.name == name,
    }
}

fn sends_cookie(headers: &HeaderMap, name: &str) -> bool {
    let lines = headers.get_all(http::header::COOKIE).iter();
    let pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'));
    pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .any(|(known, _)| known == name)
}

fn body(asked: &Asked<'_>, found: &mut Vec<Deviation>) {
    let is_there = asked.body.is_none_or(|bytes| !bytes.is_empty());
    let mut tell = |fault, detail: String| {
        found.push(Deviation::of(fault, Part::Body, String::new(), detail));
    };
    let Some(documented) = &asked.operation.request_body else {
        if is_there {
            tell(
                Fault::UndocumentedProperty,
                "the operation takes no body".to_owned(),
            );
        }
        return;
    };
    if !is_there {
        if documented.required {
            tell(Fault::MissingBody, "a body is required".to_owned());
        }
        return;
    }
    let content_type = asked.headers.get(http::header::CONTENT_TYPE);
    let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()));
    let supported = || {
        let types: Vec<_> = documented.content.iter().map(|media| media.media_type).collect();
        types.join(" or ")
    };
    // What is wrong with the type hides nothing of what is wrong within, as long as it can be read.
    let (media, is_documented) = match (
        &content_type,
        choose(documented, &WireRules::STRICT, content_type.as_deref()),
    ) {
        (Some(_), Ok((_, media))) => (Some(media), true),
        (None, _) => {
            tell(
                Fault::WrongContentType,
                format!("the body does not say that it is {}", supported()),
            );
            (documented.content.first(), false)
        }
        (Some(received), Err(_)) => {
            let detail = format!("the body must be {}, and is said to be {received}", supported());
            tell(Fault::WrongContentType, detail);
            (documented.content.first(), false)
        }
    };
    let (Some(media), Some(bytes)) = (media, asked.body) else {
        return;
    };
    if let Some(schema) = media.schema.filter(|_| media.encoding == Encoding::Json)
        && validation::is_documented_text(asked.schemas, schema, bytes)
    {
        return;
    }
    match (parse(asked.schemas, media, bytes), media.schema) {
        (Ok(Some(value)), Some(schema)) => {
            let violations = validation::check(asked.schemas, schema, &value, Direction::Request);
            found.extend(violations.into_iter().map(Deviation::from));
            members::audit(asked.schemas, schema, &value, found);
        }
        (Ok(_), _) => {}
        (Err(Rejection::Body(violations)), _) => found.extend(violations.into_iter().map(Deviation::from)),
        (Err(rejection), _) if is_documented => tell(Fault::UnreadableBody, rejection.message()),
        (Err(_), _) => {}
    }
}
