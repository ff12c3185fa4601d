use std::fmt;

use serde_json::{Value, json};

use crate::json_pointer::JsonPointer;
use crate::schema::{Format, Literal, Types};

/// So many characters of a string that was received are shown.
const MOST_SHOWN: usize = 60;

/// So many characters of a text are kept where it is abridged.
const MOST_KEPT: usize = 256;

/// The beginning of a text, where it is long.
#[must_use]
pub fn abridged(text: &str) -> String {
    match text.char_indices().nth(MOST_KEPT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// One rule of the document that a request broke, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The part of the request it is in.
    pub part: Part,
    /// Where in that part: a JSON pointer (RFC 6901) into the body, or `/` and the parameter's name and then into its
    /// value. A missing member is named by the place it should stand at.
    pub pointer: String,
    /// The rule.
    pub rule: Rule,
    /// What stood there.
    pub received: Received,
}

/// A part of a request.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[expect(missing_docs, reason = "the variants are HTTP's own words")]
pub enum Part {
    Path,
    Query,
    Header,
    Cookie,
    Body,
}

impl Part {
    /// The word for it, as OpenAPI has it for parameters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
        }
    }
}

/// A rule of JSON Schema or of HTTP, with what it asked for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[expect(
    missing_docs,
    reason = "the variants are JSON Schema's own keywords, with their values"
)]
pub enum Rule {
    Type(Types),
    Enum(&'static [Literal]),
    Format(Format),
    Pattern(&'static str),
    MinLength(u64),
    MaxLength(u64),
    Minimum(Literal),
    ExclusiveMinimum(Literal),
    Maximum(Literal),
    ExclusiveMaximum(Literal),
    MultipleOf(Literal),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    MinProperties(u64),
    MaxProperties(u64),
    Required,
    AdditionalProperties,
    OneOf {
        matched: usize,
    },
    AnyOf,
    Not,
    Discriminator(Vec<&'static str>),
    /// A parameter that takes one value was sent several times, or an object has several members of one name.
    Repeated,
    /// The text is not in the form its place asks for, such as percent-encoding or a parameter's style.
    Syntax(&'static str),
    /// The value passed every rule of the document, yet its Rust type could not be read from it.
    Unreadable(String),
}

impl Rule {
    /// The keyword of JSON Schema, or a word in its manner.
    #[must_use]
    pub fn keyword(&self) -> &'static str {
        match self {
            Self::Type(_) => "type",
            Self::Enum(_) => "enum",
            Self::Format(_) => "format",
            Self::Pattern(_) => "pattern",
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::Minimum(_) => "minimum",
            Self::ExclusiveMinimum(_) => "exclusiveMinimum",
            Self::Maximum(_) => "maximum",
            Self::ExclusiveMaximum(_) => "exclusiveMaximum",
            Self::MultipleOf(_) => "multipleOf",
            Self::MinItems(_) => "minItems",
            Self::MaxItems(_) => "maxItems",
            Self::UniqueItems => "uniqueItems",
            Self::MinProperties(_) => "minProperties",
            Self::MaxProperties(_) => "maxProperties",
            Self::Required => "required",
            Self::AdditionalProperties => "additionalProperties",
            Self::OneOf { .. } => "oneOf",
            Self::AnyOf => "anyOf",
            Self::Not => "not",
            Self::Discriminator(_) => "discriminator",
            Self::Repeated => "repeated",
            Self::Syntax(_) => "syntax",
            Self::Unreadable(_) => "unreadable",
        }
    }

    /// What the rule asks for, as the end of a sentence that begins with "must be".
    #[must_use]
    pub fn expected(&self) -> String {
        match self {
            Self::Type(types) => format!("of type {types}"),
            Self::Enum(values) => match values {
                [only] => only.to_string(),
                _ => format!(
                    "one of {}",
                    values
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            },
            Self::Format(format) => format!("a valid {}", format.as_str()),
            Self::Pattern(pattern) => format!("a match of {pattern}"),
            Self::MinLength(least) => format!("at least {}", counted(*least, "character")),
            Self::MaxLength(most) => format!("at most {}", counted(*most, "character")),
            Self::Minimum(bound) => format!("at least {bound}"),
            Self::ExclusiveMinimum(bound) => format!("more than {bound}"),
            Self::Maximum(bound) => format!("at most {bound}"),
            Self::ExclusiveMaximum(bound) => format!("less than {bound}"),
            Self::MultipleOf(Literal::Int(1)) => "a whole number".to_owned(),
            Self::MultipleOf(step) => format!("a multiple of {step}"),
            Self::MinItems(least) => format!("at least {}", counted(*least, "item")),
            Self::MaxItems(most) => format!("at most {}", counted(*most, "item")),
            Self::UniqueItems => "different from every other item".to_owned(),
            Self::MinProperties(least) => format!("an object of at least {}", counted(*least, "member")),
            Self::MaxProperties(most) => format!("an object of at most {}", counted(*most, "member")),
            Self::Required => "present".to_owned(),
            Self::AdditionalProperties => "left out: this member is not known".to_owned(),
            Self::OneOf { matched: 0 } | Self::AnyOf => "one of the documented alternatives".to_owned(),
            Self::OneOf { matched } => format!("exactly one of the documented alternatives, not {matched}"),
            Self::Not => "something else".to_owned(),
            Self::Discriminator(known) => format!("one of {}", known.join(", ")),
            Self::Repeated => "given once".to_owned(),
            Self::Syntax(form) => (*form).to_owned(),
            Self::Unreadable(reason) => format!("readable: {reason}"),
        }
    }
}

fn counted(count: u64, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// What stood where a rule was broken. Containers are told by their size alone, so that a report of many violations
/// stays small.
#[derive(Clone, Debug, PartialEq)]
pub enum Received {
    /// Nothing.
    Missing,
    /// A scalar: a string, a number, a boolean or `null`.
    Scalar(Value),
    /// An array of so many items.
    Array(usize),
    /// An object of so many members.
    Object(usize),
    /// A member of an object that has another of that name.
    Again,
}

impl Received {
    /// The JSON type, or `undefined` where it is no one value.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Missing | Self::Again => "undefined",
            Self::Scalar(Value::Null) => "null",
            Self::Scalar(Value::Bool(_)) => "boolean",
            Self::Scalar(Value::Number(_)) => "number",
            Self::Scalar(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }

    /// The text of a string; `None` for anything else.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Scalar(Value::String(text)) => Some(text),
            _ => None,
        }
    }
}

impl From<&Value> for Received {
    fn from(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::Array(items.len()),
            Value::Object(members) => Self::Object(members.len()),
            scalar => Self::Scalar(scalar.clone()),
        }
    }
}

impl fmt::Display for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("nothing"),
            Self::Again => f.write_str("there again"),
            Self::Scalar(Value::String(text)) if text.chars().nth(MOST_SHOWN).is_some() => {
                write!(f, "\"{}…\"", text.chars().take(MOST_SHOWN).collect::<String>())
            }
            Self::Scalar(value) => value.fmt(f),
            Self::Array(len) => f.write_str(&format!("an array of {}", counted(*len as u64, "item"))),
            Self::Object(len) => f.write_str(&format!("an object of {}", counted(*len as u64, "member"))),
        }
    }
}

impl Violation {
    /// The same, but for the rest of a long pointer and of a string that is shown by its beginning only. What stands
    /// at a place that is not told whole is not told either: nobody could say whether it is a secret.
    pub(crate) fn abridged(&self) -> Self {
        let is_told_whole = self.pointer.chars().nth(MOST_KEPT).is_none();
        let received = match &self.received {
            Received::Scalar(_) if !is_told_whole => Received::Scalar(Value::from("…")),
            // One more than is shown tells that there was more.
            Received::Scalar(Value::String(text)) => {
                Received::Scalar(Value::String(text.chars().take(MOST_SHOWN + 1).collect()))
            }
            other => other.clone(),
        };
        let rule = match &self.rule {
            Rule::Unreadable(reason) => Rule::Unreadable(abridged(reason)),
            rule => rule.clone(),
        };
        Self {
            part: self.part,
            pointer: abridged(&self.pointer),
            rule,
            received,
        }
    }

    /// A body whose Rust type could not be read though it passed every rule of the document.
    #[must_use]
    pub fn unreadable(reason: String) -> Self {
        Self {
            part: Part::Body,
            pointer: String::new(),
            rule: Rule::Unreadable(reason),
            received: Received::Missing,
        }
    }

    /// The name of the parameter or of the body's member it is about: the first step of the pointer, unescaped.
    /// Empty when it is about the body as a whole.
    #[must_use]
    pub fn field(&self) -> String {
        self.path().next().unwrap_or_default()
    }

    /// The steps of the pointer, unescaped.
    pub fn path(&self) -> impl Iterator<Item = String> + '_ {
        JsonPointer::steps(&self.pointer)
    }

    /// The violation as JSON: `part`, `pointer`, `rule`, `expected` and `received`, all strings.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "part": self.part.as_str(),
            "pointer": self.pointer,
            "rule": self.rule.keyword(),
            "expected": self.rule.expected(),
            "received": self.received.to_string(),
        })
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = self.part.as_str();
        let place = match (self.part, self.pointer.as_str()) {
            (Part::Body, "") => "the body".to_owned(),
            (Part::Body, pointer) => format!("{pointer} in the body"),
            (_, pointer) => format!("{part} parameter `{}`", pointer.trim_start_matches('/')),
        };
        write!(
            f,
            "{place} must be {}, and is {}",
            self.rule.expected(),
            self.received
        )
    }
}
