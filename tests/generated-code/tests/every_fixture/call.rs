use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::client::Request;
use crate::document::{Document, Media, Operation, Parameter, text};
use crate::wire::{self, Sent, encode};

/// A request to an operation, put together from what its document gives as examples.
#[derive(Clone)]
pub(crate) struct Call<'a> {
    base_path: String,
    operation: Operation<'a>,
    parameters: Vec<(&'a str, Sent)>,
    body: Option<(&'a str, Vec<u8>)>,
    credentials: Vec<&'a Value>,
}

impl<'a> Call<'a> {
    /// A valid call: every parameter that is required or has an example, the first body, the first credentials.
    pub(crate) fn new(document: &'a Document, operation: &Operation<'a>) -> Self {
        let sent =
            |parameter: &Parameter<'a>| Some((parameter.name, wire::write(parameter, parameter.example?)));
        let media = operation
            .body
            .map(|body| document.content(body))
            .unwrap_or_default();
        let body = media
            .iter()
            .find_map(|media| Some((media, media.examples.first()?.1)));
        let call = Self {
            base_path: document.base_path(),
            parameters: operation.parameters.iter().filter_map(sent).collect(),
            credentials: operation.security.first().cloned().unwrap_or_default(),
            operation: operation.clone(),
            body: None,
        };
        match body {
            Some((media, value)) => call.with_body(media, value),
            None => call,
        }
    }

    /// Without the parameters that need not be sent.
    pub(crate) fn only_required(mut self) -> Self {
        let optional: Vec<_> = self
            .operation
            .parameters
            .iter()
            .filter(|one| !one.required)
            .collect();
        self.parameters.retain(|(name, sent)| {
            !optional
                .iter()
                .any(|one| one.name == *name && one.location == location(sent))
        });
        self
    }

    pub(crate) fn without_credentials(mut self) -> Self {
        self.credentials.clear();
        self
    }

    pub(crate) fn with_body(mut self, media: &Media<'a>, value: &Value) -> Self {
        self.body = Some((media.media_type, wire::body(media, value)));
        self
    }

    /// With a parameter sent as given, or left out.
    pub(crate) fn with_parameter(mut self, parameter: &Parameter<'a>, sent: Option<Sent>) -> Self {
        self.parameters
            .retain(|(name, known)| *name != parameter.name || location(known) != parameter.location);
        self.parameters.extend(sent.map(|sent| (parameter.name, sent)));
        self
    }

    pub(crate) fn request(&self) -> Request {
        let mut path = self.operation.path.to_owned();
        let mut query = Vec::new();
        let mut cookies = Vec::new();
        let mut headers = Vec::new();
        for (name, sent) in &self.parameters {
            match sent {
                Sent::Path(text) => path = path.replace(&format!("{{{name}}}"), text),
                Sent::Query(pairs) => query.extend(pairs.clone()),
                Sent::Header(text) => headers.push(((*name).to_owned(), text.clone())),
                Sent::Cookie(pairs) => cookies.extend(pairs.clone()),
            }
        }
        for scheme in &self.credentials {
            credential(scheme, &mut query, &mut headers, &mut cookies);
        }
        if !cookies.is_empty() {
            headers.push(("Cookie".to_owned(), join(&cookies, "; ")));
        }
        let mut request = Request::new(&self.operation.method, &format!("{}{path}", self.base_path));
        if !query.is_empty() {
            request.target = format!("{}?{}", request.target, join(&query, "&"));
        }
        if let Some((media_type, bytes)) = &self.body {
            headers.push(("Content-Type".to_owned(), (*media_type).to_owned()));
            request.body.clone_from(bytes);
        }
        request.headers = headers;
        request
    }
}

fn location(sent: &Sent) -> &'static str {
    match sent {
        Sent::Path(_) => "path",
        Sent::Query(_) => "query",
        Sent::Header(_) => "header",
        Sent::Cookie(_) => "cookie",
    }
}

type Pairs = Vec<(String, String)>;

/// A credential in the form its scheme asks for.
fn credential(scheme: &Value, query: &mut Pairs, headers: &mut Pairs, cookies: &mut Pairs) {
    let authorization = |text: String| ("Authorization".to_owned(), text);
    match (
        text(scheme, "type"),
        text(scheme, "scheme"),
        text(scheme, "in"),
        text(scheme, "name"),
    ) {
        (Some("apiKey"), _, Some("query"), Some(name)) => query.push((encode(name), "key".to_owned())),
        (Some("apiKey"), _, Some("cookie"), Some(name)) => cookies.push((name.to_owned(), "key".to_owned())),
        (Some("apiKey"), _, _, Some(name)) => headers.push((name.to_owned(), "key".to_owned())),
        (Some("http"), Some(name), ..) if name.eq_ignore_ascii_case("basic") => {
            headers.push(authorization(format!(
                "Basic {}",
                STANDARD.encode("user:password")
            )));
        }
        (Some("http"), Some(name), ..) => headers.push(authorization(format!("{name} token"))),
        _ => headers.push(authorization("Bearer token".to_owned())),
    }
}

fn join(pairs: &[(String, String)], between: &str) -> String {
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join(between)
}
