use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names in lower case, and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body, its framing taken off.
    pub body: Vec<u8>,
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.status)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {value}")?;
        }
        write!(f, "\n{}", self.text())
    }
}

impl Answer {
    /// The value of a header; of several, the first.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers_named(name).into_iter().next()
    }

    /// All values of a header.
    #[must_use]
    pub fn headers_named(&self, name: &str) -> Vec<&str> {
        let named = self
            .headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str()).collect()
    }

    /// Where the links in its headers lead, by their relations. They may stand in one header or in several.
    #[must_use]
    pub fn links(&self) -> BTreeMap<String, String> {
        let headers = self.headers_named("link").into_iter();
        headers
            .flat_map(|header| header.split('<').skip(1))
            .filter_map(|link| {
                let (target, parameters) = link.split_once('>')?;
                let (_, relation) = parameters.split_once("rel=\"")?;
                let (relation, _) = relation.split_once('"')?;
                Some((relation.to_owned(), target.to_owned()))
            })
            .collect()
    }

    /// The media type, without its parameters.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.header("content-type")
            .map(|value| value.split(';').next().unwrap_or_default().trim())
    }

    /// The body as JSON; null where it is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_in_one_header_and_in_several() {
        let link = |value: &str| ("link".to_owned(), value.to_owned());
        let answer = Answer {
            status: 200,
            headers: vec![
                link("</a?page=1,2>; rel=\"first\", </b>;rel=\"last\""),
                link("</c>; title=\"c\"; rel=\"next\""),
            ],
            body: Vec::new(),
        };
        let links = answer.links();
        let links: Vec<_> = links
            .iter()
            .map(|(relation, target)| (relation.as_str(), target.as_str()))
            .collect();
        assert_eq!(links, [("first", "/a?page=1,2"), ("last", "/b"), ("next", "/c")]);
    }
}
