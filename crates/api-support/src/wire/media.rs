use std::cmp::Reverse;

/// A media type without its parameters, in lower case: `text/html` of `Text/HTML; charset=utf-8`.
#[must_use]
pub fn essence(media_type: &str) -> String {
    before_parameters(media_type).to_ascii_lowercase()
}

fn before_parameters(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// How well a documented media type covers a received one; the greater, the better.
///
/// The media type itself counts before its range, and that before `*/*`. Then the parameters decide (RFC 9110, 8.3.1):
/// one that gives a parameter another value than the request comes last, one that shares more parameters with the
/// request comes before one that shares fewer, and one that has fewer besides before one that has more.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Coverage {
    specificity: u8,
    contradicted: Reverse<usize>,
    shared: usize,
    unasked: Reverse<usize>,
}

/// How well a documented media type or range covers a received one; `None` is not at all.
pub(super) fn coverage(documented: &str, received: &str) -> Option<Coverage> {
    let specificity = specificity(before_parameters(documented), before_parameters(received))?;
    let sent = media_type_parameters(received);
    let mut coverage = Coverage {
        specificity,
        contradicted: Reverse(0),
        shared: 0,
        unasked: Reverse(0),
    };
    for (name, value) in media_type_parameters(documented) {
        match sent.iter().find(|(known, _)| *known == name) {
            Some((_, sent)) if *sent == value => coverage.shared += 1,
            Some(_) => coverage.contradicted.0 += 1,
            None => coverage.unasked.0 += 1,
        }
    }
    Some(coverage)
}

fn specificity(documented: &str, received: &str) -> Option<u8> {
    if documented.eq_ignore_ascii_case(received) {
        return Some(2);
    }
    match documented.split_once('/')? {
        ("*", "*") => Some(0),
        (kind, "*") => received
            .split_once('/')
            .filter(|(other, _)| other.eq_ignore_ascii_case(kind))
            .map(|_| 1),
        _ => None,
    }
}

/// The parameters of a media type: names in lower case, values without quotes. A `charset` means the same
/// in any case and is given in lower case.
#[must_use]
pub fn media_type_parameters(media_type: &str) -> Vec<(String, String)> {
    if !media_type.contains(';') {
        return Vec::new();
    }
    let (mut quoted, mut escaped) = (false, false);
    let ends_piece = |c: char| {
        let is_escaped = std::mem::replace(&mut escaped, false);
        match c {
            '\\' if quoted && !is_escaped => escaped = true,
            '"' if !is_escaped => quoted = !quoted,
            ';' => return !quoted,
            _ => {}
        }
        false
    };
    let pieces = media_type.split(ends_piece).skip(1);
    let pairs = pieces.filter_map(|piece| piece.split_once('='));
    pairs
        .map(|(name, value)| {
            let (name, value) = (name.trim().to_ascii_lowercase(), unquoted(value.trim()));
            let value = if name == "charset" {
                value.to_ascii_lowercase()
            } else {
                value
            };
            (name, value)
        })
        .collect()
}

fn unquoted(value: &str) -> String {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let Some(inner) = inner else {
        return value.to_owned();
    };
    let mut text = String::new();
    let mut escaped = false;
    for c in inner.chars() {
        escaped = c == '\\' && !escaped;
        if !escaped {
            text.push(c);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of the documented media types a received one is taken for.
    fn chosen(documented: &[&str], received: &str) -> Option<usize> {
        let covering = documented
            .iter()
            .enumerate()
            .filter_map(|(position, one)| Some((coverage(one, received)?, Reverse(position))));
        covering.max().map(|(_, Reverse(position))| position)
    }

    #[test]
    fn an_exact_media_type_covers_better_than_a_range() {
        let documented = ["*/*", "image/*", "image/png"];
        assert_eq!(chosen(&documented, "Image/PNG"), Some(2));
        assert_eq!(chosen(&documented, "image/gif; x=1"), Some(1));
        assert_eq!(chosen(&documented, "text/plain"), Some(0));
        assert_eq!(chosen(&["image/*"], "text/plain"), None);
        assert_eq!(chosen(&["text/plain"], "garbage"), None);
    }

    #[test]
    fn parameters_tell_media_types_of_one_name_apart() {
        let versions = [
            "application/json; v=1",
            "application/json;V=\"2\"",
            "application/json",
        ];
        assert_eq!(chosen(&versions, "application/json; v=1"), Some(0));
        assert_eq!(
            chosen(&versions, "application/json; charset=utf-8;  v=2 "),
            Some(1)
        );
        assert_eq!(chosen(&versions, "application/json"), Some(2));
        assert_eq!(chosen(&versions, "application/json; charset=utf-8"), Some(2));
        assert_eq!(chosen(&versions, "application/json; v=3"), Some(2));
        assert_eq!(chosen(&versions[..2], "application/json"), Some(0));
        assert_eq!(chosen(&versions[..2], "application/json; v=3"), Some(0));
    }

    #[test]
    fn parameters_are_read_with_and_without_quotes() {
        let read = |text| media_type_parameters(text);
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            read("a/b; Charset=UTF-8 ;q=\"x; \\\"y\\\"\";bare"),
            [pair("charset", "utf-8"), pair("q", "x; \"y\"")]
        );
        assert_eq!(read("a/b"), []);
    }
}
