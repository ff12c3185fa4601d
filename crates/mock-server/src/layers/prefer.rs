//! Reading what a client wants forced: `Prefer` (RFC 7240) with `code` and `example`, and `X-Mock-Status`.

use api_support::operation::StatusSpec;
use http::HeaderMap;

const PREFER: &str = "prefer";
const MOCK_STATUS: &str = "x-mock-status";

/// What a client wants to be answered.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Wish {
    pub(super) status: Option<StatusSpec>,
    pub(super) example: Option<String>,
    /// The preferences it was made in, for `Preference-Applied`.
    pub(super) preferences: Vec<String>,
}

/// A wish that cannot be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub(super) enum BadWish {
    #[error(
        "{header} asks for the status {text}; write a number from 100 to 599, a range such as 4XX, or default."
    )]
    Status { header: &'static str, text: String },
    #[error("Prefer asks for an example without a name; write example=NAME.")]
    Example,
    #[error("Prefer and X-Mock-Status ask for two statuses, {0} and {1}. Ask for one.")]
    Two(StatusSpec, StatusSpec),
    #[error("{0} is no text.")]
    NoText(&'static str),
    #[error("Prefer holds a quotation mark without its other half.")]
    Quotation,
}

impl Wish {
    /// What the headers of a request wish for; `None` where they wish for nothing. Preferences of other kinds are none
    /// of ours and are passed over, as RFC 7240 asks.
    pub(super) fn of(headers: &HeaderMap) -> Result<Option<Self>, BadWish> {
        let mut wish = Self::default();
        for value in headers.get_all(PREFER) {
            let text = std::str::from_utf8(value.as_bytes()).map_err(|_| BadWish::NoText("Prefer"))?;
            for (name, value) in preferences(text)? {
                wish.add(&name, &value)?;
            }
        }
        for value in headers.get_all(MOCK_STATUS) {
            let text = std::str::from_utf8(value.as_bytes()).map_err(|_| BadWish::NoText("X-Mock-Status"))?;
            let status = status("X-Mock-Status", text.trim())?;
            match wish.status {
                Some(other) if other != status => return Err(BadWish::Two(other, status)),
                _ => wish.status = Some(status),
            }
        }
        Ok((wish != Self::default()).then_some(wish))
    }

    /// Of a preference that is given twice the first counts (RFC 7240, section 2).
    fn add(&mut self, name: &str, value: &str) -> Result<(), BadWish> {
        match name {
            "code" if self.status.is_none() => self.status = Some(status("Prefer", value)?),
            "example" if value.is_empty() => return Err(BadWish::Example),
            "example" if self.example.is_none() => self.example = Some(value.to_owned()),
            _ => return Ok(()),
        }
        self.preferences.push(format!("{name}={value}"));
        Ok(())
    }
}

fn status(header: &'static str, text: &str) -> Result<StatusSpec, BadWish> {
    status_of(text).ok_or_else(|| BadWish::Status {
        header,
        text: text.to_owned(),
    })
}

/// A status as it can be asked for: a code, a range, or `default`.
pub(crate) fn status_of(text: &str) -> Option<StatusSpec> {
    let lower = text.to_ascii_lowercase();
    let range = lower
        .strip_suffix("xx")
        .and_then(|class| class.parse().ok())
        .filter(|class| (1..=5).contains(class));
    let code = lower.parse().ok().filter(|code| (100..=599).contains(code));
    match (lower.as_str(), range, code) {
        ("default", ..) => Some(StatusSpec::Default),
        (_, Some(class), _) => Some(StatusSpec::Range(class)),
        (_, _, Some(code)) => Some(StatusSpec::Code(code)),
        _ => None,
    }
}

/// The names, in lower case, and values of preferences, their parameters left out.
fn preferences(text: &str) -> Result<Vec<(String, String)>, BadWish> {
    let read = |preference: &str| {
        let own = split(preference, ';')?.into_iter().next().unwrap_or_default();
        let (name, value) = own.split_once('=').unwrap_or((&own, ""));
        Ok((name.trim().to_ascii_lowercase(), unquoted(value.trim())))
    };
    split(text, ',')?
        .iter()
        .map(|preference| read(preference))
        .collect()
}

/// The parts of a text between delimiters that stand outside quotation marks.
fn split(text: &str, delimiter: char) -> Result<Vec<String>, BadWish> {
    let (mut parts, mut part) = (Vec::new(), String::new());
    let (mut is_quoted, mut is_escaped) = (false, false);
    for c in text.chars() {
        if c == delimiter && !is_quoted {
            parts.push(std::mem::take(&mut part));
            continue;
        }
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = is_quoted && c == '\\' && !is_escaped;
        part.push(c);
    }
    parts.push(part);
    if is_quoted {
        Err(BadWish::Quotation)
    } else {
        Ok(parts)
    }
}

fn unquoted(text: &str) -> String {
    let Some(inner) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else {
        return text.to_owned();
    };
    let mut is_escaped = false;
    inner
        .chars()
        .filter(|c| {
            is_escaped = *c == '\\' && !is_escaped;
            !is_escaped
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn wish(pairs: &[(&'static str, &'static str)]) -> Result<Option<Wish>, BadWish> {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (HeaderName::from_static(name), HeaderValue::from_static(value))
        };
        let mut headers = HeaderMap::new();
        headers.extend(pairs.iter().map(pair));
        Wish::of(&headers)
    }

    fn asked(pairs: &[(&'static str, &'static str)]) -> (Option<StatusSpec>, Option<String>) {
        let wish = wish(pairs).unwrap().unwrap();
        (wish.status, wish.example)
    }

    #[test]
    fn a_status_and_an_example_are_read_in_every_way_they_can_be_written() {
        let code = Some(StatusSpec::Code(409));
        let example = Some("name-taken".to_owned());
        for (headers, status, name) in [
            (&[("prefer", "code=409")][..], code, None),
            (&[("prefer", "Code = \"409\" ; q=1")], code, None),
            (&[("prefer", "example=name-taken")], None, example.clone()),
            (
                &[("prefer", "respond-async, code=409,example=\"name-taken\"")],
                code,
                example.clone(),
            ),
            (&[("prefer", "code=409"), ("x-mock-status", "409")], code, None),
            (&[("x-mock-status", " 409 ")], code, None),
            (&[("prefer", "code=4xx")], Some(StatusSpec::Range(4)), None),
            (&[("prefer", "code=default")], Some(StatusSpec::Default), None),
            (&[("prefer", "code=409, code=500")], code, None),
            (
                &[("prefer", "example=\"a,\\\"b;c\"")],
                None,
                Some("a,\"b;c".to_owned()),
            ),
        ] {
            assert_eq!(asked(headers), (status, name), "{headers:?}");
        }
    }

    #[test]
    fn preferences_of_other_kinds_wish_for_nothing() {
        for value in [
            "",
            "respond-async",
            "return=minimal, wait=10",
            "handling=lenient; code=409",
        ] {
            assert_eq!(wish(&[("prefer", value)]), Ok(None), "{value}");
        }
        assert_eq!(wish(&[]), Ok(None));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        for header in [
            ("prefer", "code"),
            ("prefer", "code="),
            ("prefer", "code=teapot"),
            ("prefer", "code=99"),
            ("prefer", "code=600"),
            ("prefer", "code=9XX"),
            ("prefer", "example="),
            ("prefer", "example=\"open"),
            ("x-mock-status", ""),
            ("x-mock-status", "conflict"),
        ] {
            wish(&[header]).unwrap_err();
        }
        wish(&[("prefer", "code=409"), ("x-mock-status", "404")]).unwrap_err();
    }
}
