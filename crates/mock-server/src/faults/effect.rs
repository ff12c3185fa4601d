use api_support::operation::{Operation, StatusSpec};
use api_support::{Answer, JsonPointer};
use axum::body::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use membership_apis::control::models::{DocumentedEffect, FaultEffect, RawEffect};

use super::calls::Calls;
use super::error::Mistake;
use super::rate_limit::RateLimit;
use crate::layers::forced;
use crate::visit::RequestRandom;

/// Headers that say where an answer ends or what becomes of the connection (RFC 9112, sections 6 and 9), which is the
/// server's to say.
const FRAMING: [HeaderName; 7] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// What comes instead of an answer, or becomes of it.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    /// An answer the operation documents.
    Documented {
        status: StatusSpec,
        example: Option<String>,
    },
    /// This answer.
    Raw(Answer),
    /// The API's own answer, slowly.
    SlowBody { bytes_per_second: u32 },
    /// The API's own answer without its body.
    EmptyBody,
    /// The API's own answer, cut off; half of it where no length is said.
    TruncatedBody { bytes: Option<usize> },
    /// No answer.
    CutConnection { after_handling: bool },
    /// 429 for calls beyond a limit.
    RateLimit(RateLimit),
}

impl Effect {
    /// Reads an effect, and which of the calls it can have an effect on.
    pub(super) fn read(given: &FaultEffect, calls: Calls) -> Result<(Self, Calls), Vec<Mistake>> {
        // The document bounds the numbers, which has been checked.
        let number = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        let effect = match given {
            FaultEffect::DocumentedEffect(given) => {
                return documented(given, calls).map_err(|mistake| vec![mistake]);
            }
            FaultEffect::RawEffect(given) => Self::Raw(raw(given)?),
            FaultEffect::SlowBodyEffect(given) => Self::SlowBody {
                bytes_per_second: number(given.bytes_per_second).max(1),
            },
            FaultEffect::EmptyBodyEffect(_) => Self::EmptyBody,
            FaultEffect::TruncatedBodyEffect(given) => Self::TruncatedBody {
                bytes: given
                    .bytes
                    .map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX)),
            },
            FaultEffect::CutConnectionEffect(given) => Self::CutConnection {
                after_handling: given.after_handling.unwrap_or_default(),
            },
            FaultEffect::RateLimitEffect(given) => Self::RateLimit(RateLimit {
                requests: u64::try_from(given.requests).unwrap_or_default(),
                seconds: number(given.seconds),
            }),
        };
        Ok((effect, calls))
    }
}

/// A documented answer, and the calls of the operations that document it.
fn documented(given: &DocumentedEffect, calls: Calls) -> Result<(Effect, Calls), Mistake> {
    let Some(status) = forced::status_of(&given.status) else {
        return Err(Mistake::at(
            "/effect/status",
            "must be a status code, a range such as 4XX, or default",
        ));
    };
    let documenting = |example: Option<&str>| -> Vec<&'static Operation> {
        let documents = |(api, operation)| {
            let rng = &mut RequestRandom::new(0, 0).made_up();
            forced::documented(api, operation, status, example, rng)
                .is_some()
                .then_some(operation)
        };
        calls.candidates().filter_map(documents).collect()
    };
    let operations = documenting(given.example.as_deref());
    if operations.is_empty() {
        let (pointer, what) = match documenting(None).as_slice() {
            [] => ("/effect/status", "this status"),
            _ => ("/effect/example", "an answer of this status with this example"),
        };
        let detail = format!(
            "{what} is documented by no operation the fault is about{}",
            known(&calls)
        );
        return Err(Mistake::at(pointer, detail));
    }
    let effect = Effect::Documented {
        status,
        example: given.example.clone(),
    };
    Ok((effect, calls.narrowed(operations)))
}

/// What the operation documents, where there is one.
fn known(calls: &Calls) -> String {
    let mut candidates = calls.candidates();
    let (Some((_, operation)), None) = (candidates.next(), candidates.next()) else {
        return String::new();
    };
    let known: Vec<_> = operation
        .responses
        .iter()
        .map(|response| {
            let examples = response.content.iter().flat_map(|media| media.examples);
            let names: Vec<_> = examples.map(|example| example.name).collect();
            match names.as_slice() {
                [] => response.status.to_string(),
                names => format!("{} ({})", response.status, names.join(", ")),
            }
        })
        .collect();
    format!("; {} documents {}", operation.id, known.join(", "))
}

fn raw(given: &RawEffect) -> Result<Answer, Vec<Mistake>> {
    let status = u16::try_from(given.status)
        .ok()
        .and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = given.body.clone().unwrap_or_default();
    let mut mistakes = Vec::new();
    // RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5.
    if matches!(status.as_u16(), 204 | 205 | 304) && !body.is_empty() {
        mistakes.push(Mistake::at(
            "/effect/body",
            format!(
                "must be left out, for no answer of status {} has one",
                status.as_u16()
            ),
        ));
    }
    let mut headers = HeaderMap::new();
    for (name, value) in given.headers.iter().flatten() {
        match raw_header(name, value) {
            Ok((header, value)) => {
                headers.append(header, value);
            }
            Err(detail) => mistakes.push(Mistake::at(JsonPointer::of(["effect", "headers", name]), detail)),
        }
    }
    if mistakes.is_empty() {
        let body = Bytes::from(body);
        Ok(Answer {
            status,
            headers,
            body,
        })
    } else {
        Err(mistakes)
    }
}

fn raw_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let header =
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| "is not a name that a header can have")?;
    if FRAMING.contains(&header) {
        return Err("is the server's to set, for it says where the answer or the connection ends");
    }
    let value = HeaderValue::from_bytes(value.as_bytes())
        .map_err(|_| "has a value that no header can have: control characters cannot stand in one")?;
    Ok((header, value))
}
