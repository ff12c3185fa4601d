use std::net::{Ipv4Addr, Ipv6Addr};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

use crate::schema::Format;

/// Whether a text has the format. Formats of numbers are checked elsewhere and hold for every text.
#[must_use]
pub fn has_format(format: Format, text: &str) -> bool {
    match format {
        Format::Int32 | Format::Int64 | Format::Uint32 | Format::Uint64 => true,
        Format::DateTime => time::OffsetDateTime::parse(text, &Rfc3339).is_ok(),
        Format::Date => is_date(text),
        Format::Time => is_date_time_tail(text),
        Format::Uuid => text.len() == 36 && uuid::Uuid::try_parse(text).is_ok(),
        Format::Email => {
            let options = email_address::Options::default().without_display_text();
            email_address::EmailAddress::parse_with_options(text, options).is_ok()
        }
        Format::Uri => fluent_uri::Uri::parse(text).is_ok(),
        Format::UriReference => fluent_uri::UriRef::parse(text).is_ok(),
        Format::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
        Format::Hostname => is_hostname(text),
        Format::Byte => STANDARD.decode(text).is_ok(),
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && time::Date::parse(text, format_description!("[year]-[month]-[day]")).is_ok()
}

/// RFC 3339's `full-time` is what follows the `T` of a date-time.
fn is_date_time_tail(text: &str) -> bool {
    time::OffsetDateTime::parse(&format!("2000-01-01T{text}"), &Rfc3339).is_ok()
}

/// RFC 1123: labels of letters, digits and inner hyphens, 63 characters each, 253 in all.
fn is_hostname(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_accept_what_their_standards_accept_and_nothing_else() {
        let cases: [(Format, &[&str], &[&str]); 12] = [
            (
                Format::DateTime,
                &[
                    "2024-02-29T12:00:00Z",
                    "2024-01-01T00:00:00.123456+02:00",
                    "2024-01-01t00:00:00z",
                ],
                &[
                    "2023-02-29T12:00:00Z",
                    "2024-01-01T00:00:00",
                    "2024-01-01",
                    "2024-01-01T25:00:00Z",
                    "",
                ],
            ),
            (
                Format::Date,
                &["2024-02-29"],
                &["2024-2-9", "2023-02-29", "20240229", "2024-02-29Z"],
            ),
            (
                Format::Time,
                &["12:00:00Z", "12:00:00.5+01:00"],
                &["12:00", "12:00:00"],
            ),
            (
                Format::Uuid,
                &["b5da37cf-cdbc-413a-ac1d-7e3f023a9f2c"],
                &[
                    "b5da37cfcdbc413aac1d7e3f023a9f2c",
                    "{b5da37cf-cdbc-413a-ac1d-7e3f023a9f2c}",
                    "x",
                ],
            ),
            (
                Format::Email,
                &["a@example.com", "a+b@example.co.uk"],
                &["a", "a@", "@b", "a b@example.com", "A <a@example.com>"],
            ),
            (
                Format::Uri,
                &["https://example.com/a?b#c", "urn:x:y"],
                &["/a", "a b", "http://exa mple"],
            ),
            (
                Format::UriReference,
                &["/a", "https://example.com", ""],
                &["a b", "http://[::1"],
            ),
            (Format::Ipv4, &["127.0.0.1"], &["127.0.0.256", "::1", "1.2.3"]),
            (Format::Ipv6, &["::1", "2001:db8::1"], &["127.0.0.1", ":::"]),
            (
                Format::Hostname,
                &["example.com", "a-b"],
                &["-a", "a..b", "a_b", ""],
            ),
            (Format::Byte, &["aGk=", ""], &["aGk", "a*b="]),
            (Format::Int64, &["anything"], &[]),
        ];
        for (format, valid, invalid) in cases {
            for text in valid {
                assert!(has_format(format, text), "{} accepts {text:?}", format.as_str());
            }
            for text in invalid {
                assert!(!has_format(format, text), "{} refuses {text:?}", format.as_str());
            }
        }
    }
}
