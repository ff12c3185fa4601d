use percent_encoding::percent_decode_str;

use super::rules::Plus;

/// The pairs of a query or form, names decoded, values still encoded, in order.
pub(crate) struct Pairs<'a> {
    pairs: Vec<(String, &'a str)>,
    plus: Plus,
}

impl<'a> Pairs<'a> {
    pub(crate) fn parse(text: &'a str, plus: Plus) -> Self {
        let pairs = text
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decode(name, plus).unwrap_or_else(|_| name.to_owned()), value)
            })
            .collect();
        Self { pairs, plus }
    }

    /// The encoded values of a name, in order.
    pub(crate) fn values(&self, name: &str) -> Vec<&'a str> {
        self.pairs
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, value)| *value)
            .collect()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), *value))
    }

    pub(super) fn decode(&self, value: &str) -> Result<String, Malformed> {
        decode(value, self.plus)
    }

    /// Whether `+` stands for a space here.
    pub(super) fn plus_is_space(&self) -> bool {
        self.plus == Plus::Space
    }
}

/// The percent-encoding is broken, or what it encodes is not UTF-8.
#[derive(Debug)]
pub(crate) struct Malformed;

fn decode(text: &str, plus: Plus) -> Result<String, Malformed> {
    match plus {
        Plus::Space if text.contains('+') => percent_decode(&text.replace('+', " ")),
        Plus::Space | Plus::Literal => percent_decode(text),
    }
}

/// Decodes percent-encoding strictly: `%` must begin two hexadecimal digits, and the bytes must be UTF-8.
pub(crate) fn percent_decode(text: &str) -> Result<String, Malformed> {
    let bytes = text.as_bytes();
    let broken = bytes.iter().enumerate().any(|(at, byte)| {
        *byte == b'%'
            && !bytes
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    if broken {
        return Err(Malformed);
    }
    percent_decode_str(text)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| Malformed)
}
