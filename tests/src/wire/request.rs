use std::fmt::Write as _;

use serde_json::Value;

use super::address::Address;

/// A request as it is to be sent, right or wrong.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method.
    pub method: String,
    /// Path and query, without the server's prefix.
    pub target: String,
    /// Headers, in order. `Host` and the body's length are added, and `Connection: close`.
    pub headers: Vec<(String, Vec<u8>)>,
    /// The body.
    pub body: Body,
}

/// The body of a request, and how its length is told.
#[derive(Clone, Debug, Default)]
pub enum Body {
    /// There is none.
    #[default]
    None,
    /// These bytes, announced by `Content-Length`.
    Sized(Vec<u8>),
    /// These bytes, in chunks.
    Chunked(Vec<u8>),
    /// These bytes, of whose length the headers say what they say.
    AsIs(Vec<u8>),
    /// These bytes, of which one more is announced than is sent before the sending side ends.
    CutShort(Vec<u8>),
}

/// How many bytes a chunk has at most.
const CHUNK: usize = 16 * 1024;

impl Request {
    /// A request without headers or body.
    #[must_use]
    pub fn new(method: &str, target: impl Into<String>) -> Self {
        Self {
            method: method.to_owned(),
            target: target.into(),
            headers: Vec::new(),
            body: Body::None,
        }
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name.to_owned(), value.as_ref().to_vec()));
        self
    }

    /// The same without a header.
    #[must_use]
    pub fn without_header(mut self, name: &str) -> Self {
        self.headers
            .retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    /// The same with these bytes as its body, of the media type it says already.
    #[must_use]
    pub fn bytes_as_body(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.body = Body::Sized(bytes.into());
        self
    }

    /// The same with a JSON body.
    #[must_use]
    pub fn json(self, value: &Value) -> Self {
        let request = self
            .without_header("content-type")
            .header("content-type", "application/json");
        request.bytes_as_body(value.to_string())
    }

    /// The same to another path; the query stays.
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        let query = self
            .target
            .find('?')
            .map(|at| self.target[at..].to_owned())
            .unwrap_or_default();
        self.target = format!("{path}{query}");
        self
    }

    /// The path, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Whether the sending side ends before the body does.
    #[must_use]
    pub fn is_cut_short(&self) -> bool {
        matches!(self.body, Body::CutShort(_))
    }

    /// Everything that is sent.
    #[must_use]
    pub fn bytes(&self, address: &Address) -> Vec<u8> {
        let mut head = format!("{} {}{} HTTP/1.1\r\n", self.method, address.prefix, self.target).into_bytes();
        let has = |name: &str| {
            self.headers
                .iter()
                .any(|(known, _)| known.eq_ignore_ascii_case(name))
        };
        let mut added = String::new();
        if !has("host") {
            let _ = write!(added, "host: {}\r\n", address.authority);
        }
        if !has("connection") {
            added.push_str("connection: close\r\n");
        }
        match &self.body {
            Body::None | Body::AsIs(_) => {}
            Body::Sized(body) => drop(write!(added, "content-length: {}\r\n", body.len())),
            Body::CutShort(body) => drop(write!(added, "content-length: {}\r\n", body.len() + 1)),
            Body::Chunked(_) => added.push_str("transfer-encoding: chunked\r\n"),
        }
        head.extend(added.into_bytes());
        for (name, value) in &self.headers {
            head.extend(name.as_bytes());
            head.extend(b": ");
            head.extend(value);
            head.extend(b"\r\n");
        }
        head.extend(b"\r\n");
        match &self.body {
            Body::None => {}
            Body::Sized(body) | Body::AsIs(body) | Body::CutShort(body) => head.extend(body),
            Body::Chunked(body) => {
                for chunk in body.chunks(CHUNK) {
                    head.extend(format!("{:x}\r\n", chunk.len()).bytes());
                    head.extend(chunk);
                    head.extend(b"\r\n");
                }
                head.extend(b"0\r\n\r\n");
            }
        }
        head
    }

    /// The first of what is sent, for people to read.
    #[must_use]
    pub fn excerpt(&self, address: &Address) -> String {
        let bytes = self.bytes(address);
        let shown = bytes.get(..bytes.len().min(1500)).unwrap_or_default();
        let text: String = String::from_utf8_lossy(shown)
            .replace('\r', "")
            .escape_debug()
            .collect();
        let more = if shown.len() < bytes.len() {
            format!(" … and {} bytes more", bytes.len() - shown.len())
        } else {
            String::new()
        };
        format!("{}{more}", text.replace("\\n", "\n").replace("\\\"", "\""))
    }
}

/// A text as it may stand in a path segment or a query value.
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    let encoded = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(request: &Request) -> String {
        let address = Address::read("http://h:1/w/a").unwrap();
        String::from_utf8(request.bytes(&address)).unwrap()
    }

    #[test]
    fn a_request_is_written_as_it_was_made() {
        let request = Request::new("POST", "/a?b=c")
            .header("x", "1")
            .bytes_as_body("hi");
        let head =
            "POST /w/a/a?b=c HTTP/1.1\r\nhost: h:1\r\nconnection: close\r\ncontent-length: 2\r\nx: 1\r\n\r\n";
        assert_eq!(sent(&request), format!("{head}hi"));
    }

    #[test]
    fn a_chunked_body_ends_with_an_empty_chunk() {
        let request = Request {
            body: Body::Chunked(b"hi".to_vec()),
            ..Request::new("POST", "/")
        };
        assert!(sent(&request).ends_with("transfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"));
    }

    #[test]
    fn the_query_stays_when_the_path_changes() {
        assert_eq!(Request::new("GET", "/a?b=c").at("/d").target, "/d?b=c");
        assert_eq!(Request::new("GET", "/a").at("/d").target, "/d");
    }
}
