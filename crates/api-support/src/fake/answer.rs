use http::StatusCode;
use rand::Rng;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::value::value;
use crate::operation::{Encoding, Header, MediaType, Operation, Response};
use crate::schema::SchemaTable;
use crate::wire::{Answer, Opaque, header_text};

/// Which of an operation's documented answers to make.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Chosen<'a> {
    /// The status; `None`: the one success travels under.
    pub status: Option<u16>,
    /// The name of the example whose value the body has; `None`: the first example, else a made-up body.
    pub example: Option<&'a str>,
    /// The media type, as the document has it; `None`: the first that has the example.
    pub media_type: Option<&'a str>,
}

/// A generated response enum, one of whose variants can be made up.
pub trait FakeResponse: Sized {
    /// The operation it answers, and the schemas of its document.
    fn table() -> Table;

    /// The answer in the making, typed; `None` when no body can be made up.
    fn make(making: &mut Making<'_>) -> Option<Self>;

    /// A documented answer: the named example, else the first example, else a made-up body; headers likewise.
    /// `None` when the status or the example is not documented, or no body can be made up.
    fn fake_response(chosen: Chosen<'_>, rng: &mut dyn Rng) -> Option<Self> {
        let (operation, schemas) = Self::table();
        Self::make(&mut Making::new(operation, schemas, chosen, rng)?)
    }
}

/// A generated struct of headers, which can be made up with the answer they belong to.
pub trait FakeHeaders: Sized {
    /// The headers of the answer in the making; `None` when one that is required cannot be made up.
    fn make(making: &mut Making<'_>) -> Option<Self>;
}

/// An operation, and the schemas of its document.
pub type Table = (&'static Operation, &'static SchemaTable);

/// A documented answer of an operation, made from its table alone. `None` as for
/// [`fake_response`](FakeResponse::fake_response).
pub fn answer(
    operation: &'static Operation,
    table: &SchemaTable,
    chosen: Chosen<'_>,
    rng: &mut dyn Rng,
) -> Option<Answer> {
    let (status, response) = choose(operation, chosen.status)?;
    let status = StatusCode::from_u16(status).ok()?;
    if chosen.example.is_some_and(|name| !has_example(response, name)) {
        return None;
    }
    let media = choose_media(response, chosen);
    let mut answer = match media {
        None => Answer::empty(status),
        Some(media) => {
            let value = body_value(media, table, chosen, rng)?;
            match media.encoding {
                Encoding::Json | Encoding::Form(_) => Answer::json(status, concrete(media), &value),
                Encoding::Text | Encoding::Bytes => Answer::text(status, concrete(media), text_of(&value)),
            }
        }
    };
    for documented in response.headers {
        if let Some(value) = header_value(documented, table, rng) {
            answer =
                answer.with_written_header(documented.name, header_text(documented.serialization, &value));
        }
    }
    Some(answer)
}

fn choose(operation: &'static Operation, status: Option<u16>) -> Option<(u16, &'static Response)> {
    match status {
        Some(status) => operation.response(status).map(|response| (status, response)),
        None => operation
            .success()
            .map(|response| (response.status.representative(), response)),
    }
}

fn has_example(response: &Response, name: &str) -> bool {
    response
        .content
        .iter()
        .any(|media| media.examples.iter().any(|example| example.name == name))
}

/// The media type that was asked for or has the wanted example, else the first.
fn choose_media(response: &'static Response, chosen: Chosen<'_>) -> Option<&'static MediaType> {
    let wanted = |media: &&MediaType| chosen.media_type.is_none_or(|name| media.media_type == name);
    let has_example = |media: &&MediaType| {
        chosen
            .example
            .is_none_or(|name| media.examples.iter().any(|example| example.name == name))
    };
    let content = || response.content.iter().filter(wanted);
    content().find(has_example).or_else(|| content().next())
}

/// A media range cannot be sent: it becomes a media type it covers.
fn concrete(media: &MediaType) -> &str {
    match media.media_type {
        range if range.contains('*') && media.encoding == Encoding::Json => "application/json",
        "*/*" | "application/*" => "application/octet-stream",
        "text/*" => "text/plain",
        "image/*" => "image/png",
        other => other,
    }
}

fn body_value(
    media: &MediaType,
    table: &SchemaTable,
    chosen: Chosen<'_>,
    rng: &mut dyn Rng,
) -> Option<Value> {
    let named = chosen
        .example
        .and_then(|name| media.examples.iter().find(|example| example.name == name));
    match named.or_else(|| media.examples.first()) {
        Some(example) => serde_json::from_str(example.json).ok(),
        None => match media.schema {
            Some(schema) => value(table, schema, rng),
            None => Some(Value::from("")),
        },
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn header_value(header: &Header, table: &SchemaTable, rng: &mut dyn Rng) -> Option<Value> {
    match header.example {
        Some(example) => serde_json::from_str(example).ok(),
        None => value(table, header.schema, rng),
    }
}

/// A documented answer in the making; what [`FakeResponse::make`] is written with.
pub struct Making<'a> {
    response: &'static Response,
    position: usize,
    status: StatusCode,
    table: &'static SchemaTable,
    chosen: Chosen<'a>,
    rng: &'a mut dyn Rng,
}

impl<'a> Making<'a> {
    /// Begins the chosen answer of an operation; `None` when it is not documented.
    fn new(
        operation: &'static Operation,
        table: &'static SchemaTable,
        chosen: Chosen<'a>,
        rng: &'a mut dyn Rng,
    ) -> Option<Self> {
        let (status, response) = choose(operation, chosen.status)?;
        if chosen.example.is_some_and(|name| !has_example(response, name)) {
            return None;
        }
        let position = operation
            .responses
            .iter()
            .position(|known| std::ptr::eq(known, response))?;
        let status = StatusCode::from_u16(status).ok()?;
        Some(Self {
            response,
            position,
            status,
            table,
            chosen,
            rng,
        })
    }

    /// The position of the response in the operation's table.
    #[must_use]
    pub fn response(&self) -> usize {
        self.position
    }

    /// The status, for responses that leave it open.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The position of the media type, for bodies that have several.
    #[must_use]
    pub fn media_type(&self) -> Option<usize> {
        let chosen = choose_media(self.response, self.chosen)?;
        self.response
            .content
            .iter()
            .position(|media| std::ptr::eq(media, chosen))
    }

    /// The body of the media type at a position.
    pub fn body<T: FakeBody>(&mut self, media: usize) -> Option<T> {
        let media = self.response.content.get(media)?;
        T::from_fake(body_value(media, self.table, self.chosen, self.rng)?, media)
    }

    /// The header at a position.
    pub fn header<T: DeserializeOwned>(&mut self, header: usize) -> Option<T> {
        let header = self.response.headers.get(header)?;
        serde_json::from_value(header_value(header, self.table, self.rng)?).ok()
    }

    /// The headers, typed.
    pub fn headers<T: FakeHeaders>(&mut self) -> Option<T> {
        T::make(self)
    }
}

/// A body that can be made from a made-up value.
pub trait FakeBody: Sized {
    /// Makes it.
    fn from_fake(value: Value, media: &MediaType) -> Option<Self>;
}

impl<T: DeserializeOwned> FakeBody for T {
    fn from_fake(value: Value, _: &MediaType) -> Option<Self> {
        serde_json::from_value(value).ok()
    }
}

impl FakeBody for Opaque {
    fn from_fake(value: Value, media: &MediaType) -> Option<Self> {
        Some(Self {
            media_type: concrete(media).to_owned(),
            bytes: text_of(&value).into_bytes().into(),
        })
    }
}
