use std::fmt;

use serde_json::Value;

use super::document::{Document, examples, is_true, members};
use super::schema::Schema;
use crate::wire::Answer;

/// One documented response.
#[derive(Debug)]
pub struct Response {
    /// Its status or statuses.
    pub status: Status,
    /// Whether it is marked as going beyond the published contract.
    pub is_addition: bool,
    /// Its headers.
    pub headers: Vec<Header>,
    /// What its body may be; empty: there is none.
    pub content: Vec<Media>,
}

/// The statuses a response documents.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Status {
    /// One.
    Code(u16),
    /// A hundred.
    Range(u16),
    /// Those not documented otherwise.
    Default,
}

/// One documented response header.
#[derive(Debug)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Whether it is always sent.
    pub required: bool,
    /// What it may be.
    pub schema: Schema,
}

/// One media type of a body.
#[derive(Debug)]
pub struct Media {
    /// The media type.
    pub media_type: String,
    /// What the body may be.
    pub schema: Schema,
    /// Examples by name.
    pub examples: Vec<(String, Value)>,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

impl Status {
    fn read(text: &str) -> Self {
        match (text, text.strip_suffix("XX")) {
            ("default", _) => Self::Default,
            (_, Some(class)) => Self::Range(class.parse().expect("a range begins with a digit")),
            _ => Self::Code(text.parse().expect("a status is a number")),
        }
    }

    /// A status that it documents; our APIs' `default` is success.
    #[must_use]
    pub fn representative(self) -> u16 {
        match self {
            Self::Code(code) => code,
            Self::Range(class) => class * 100,
            Self::Default => 200,
        }
    }
}

impl Media {
    /// Whether its bodies are JSON documents; others are taken for texts.
    fn is_json(&self) -> bool {
        self.media_type == "application/json" || self.media_type.ends_with("+json")
    }
}

impl Response {
    pub(super) fn read(document: &Document, status: &str, response: &Value) -> Self {
        let resolved = document.resolve(response);
        let header = |(name, header): (&str, &Value)| {
            let header = document.resolve(header);
            Header {
                name: name.to_owned(),
                required: is_true(header, "required"),
                schema: Schema::new(document, header.get("schema").unwrap_or(&Value::Null)),
            }
        };
        let media = |(media_type, media): (&str, &Value)| Media {
            media_type: media_type.to_owned(),
            schema: Schema::new(document, media.get("schema").unwrap_or(&Value::Null)),
            examples: examples(document, media),
        };
        Self {
            status: Status::read(status),
            is_addition: response
                .get("x-addition")
                .or(resolved.get("x-addition"))
                .is_some(),
            headers: members(resolved.get("headers"))
                // OpenAPI has the media types say it instead.
                .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
                .map(header)
                .collect(),
            content: members(resolved.get("content")).map(media).collect(),
        }
    }

    /// Whether it documents a refusal.
    #[must_use]
    pub fn is_error(&self) -> bool {
        matches!(self.status, Status::Code(400..) | Status::Range(4..))
    }

    /// What an answer has that the document does not say, or lacks that it does.
    #[must_use]
    pub fn problems(&self, answer: &Answer) -> Vec<String> {
        let mut problems = self.problems_of_body(answer);
        problems.extend(self.problems_of_headers(answer));
        problems
    }

    /// The same for an answer to HEAD, which has no body to look at.
    #[must_use]
    pub fn problems_without_body(&self, answer: &Answer) -> Vec<String> {
        let mut problems = self.problems_of_headers(answer);
        if !answer.body.is_empty() {
            problems.push(format!(
                "a body of {} bytes where there can be none",
                answer.body.len()
            ));
        }
        problems
    }

    fn problems_of_body(&self, answer: &Answer) -> Vec<String> {
        if self.content.is_empty() {
            let body = (!answer.body.is_empty())
                .then(|| format!("a body where none is documented: {}", answer.text()));
            let media_type = answer
                .header("content-type")
                .map(|media_type| format!("media type {media_type} of no body"));
            return body.into_iter().chain(media_type).collect();
        }
        let media_type = answer.media_type();
        let Some(media) = self
            .content
            .iter()
            .find(|media| Some(media.media_type.as_str()) == media_type)
        else {
            return vec![format!(
                "media type {media_type:?} is not documented for {}",
                self.status
            )];
        };
        if !media.is_json() {
            return match String::from_utf8(answer.body.clone()) {
                Ok(text) => media.schema.problems(&Value::String(text)),
                Err(error) => vec![format!("the body is no text: {error}")],
            };
        }
        match serde_json::from_slice(&answer.body) {
            Ok(value) => media.schema.problems(&value),
            Err(error) => vec![format!("the body is not JSON: {error}")],
        }
    }

    fn problems_of_headers(&self, answer: &Answer) -> Vec<String> {
        let of = |header: &Header| -> Vec<String> {
            let values = answer.headers_named(&header.name);
            if values.is_empty() && header.required {
                return vec![format!("header {} is missing", header.name)];
            }
            let problems = values
                .iter()
                .flat_map(|value| header.schema.problems_of_text(value));
            problems
                .map(|problem| format!("header {}: {problem}", header.name))
                .collect()
        };
        self.headers.iter().flat_map(of).collect()
    }
}
