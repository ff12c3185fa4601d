use api_support::Answer;
use api_support::fake::Chosen;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;
use serde_json::{Value, json};

use crate::Case;
use crate::call::Call;
use crate::client::Server;
use crate::document::{Operation, Parameter, text};
use crate::examples::is_structured;
use crate::judge::{Judge, Way, same};

/// What every documented answer sends is valid against the document: media type, body, headers. So is what the
/// server sends over its socket.
pub(crate) fn answers_are_as_documented(case: &Case, problems: &mut Vec<String>) {
    let judge = Judge::new(&case.document, Way::Response);
    let server = Server::start(case.fixture);
    for operation in case.document.operations() {
        let table = case.table(&operation);
        let Some(answer_of) = case.answering(table.id) else {
            continue;
        };
        for (key, response) in &operation.responses {
            let status = operation.representative(key);
            let chosen = Chosen {
                status: Some(status),
                ..Chosen::default()
            };
            match answer_of(chosen, &mut ChaCha8Rng::seed_from_u64(1)) {
                Some(answer) => {
                    let answered = Answered::from_table(&answer);
                    answered.hold_against(case, &judge, response, &format!("{} {key}", table.id), problems);
                }
                None => problems.push(format!("{} {key}: no answer can be made", table.id)),
            }
        }
        over_the_socket(case, &judge, &server, &operation, problems);
    }
}

fn over_the_socket(
    case: &Case,
    judge: &Judge<'_>,
    server: &Server,
    operation: &Operation<'_>,
    problems: &mut Vec<String>,
) {
    let request = Call::new(&case.document, operation).request();
    let answer = server.send(&request);
    let Some(response) = operation.response(answer.status) else {
        problems.push(format!("{request}: {} is not documented", answer.status));
        return;
    };
    let ours = ["connection", "content-length", "date"];
    let headers = answer
        .headers
        .into_iter()
        .filter(|(name, _)| !ours.contains(&name.as_str()))
        .collect();
    let body = if operation.method == "HEAD" {
        None
    } else {
        Some(answer.body)
    };
    Answered { headers, body }.hold_against(case, judge, response, &request.to_string(), problems);
}

/// An answer as it was sent.
struct Answered {
    /// Names in lower case.
    headers: Vec<(String, String)>,
    /// `None` where HTTP allows none.
    body: Option<Vec<u8>>,
}

impl Answered {
    fn from_table(answer: &Answer) -> Self {
        let text =
            |value: &api_support::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = answer
            .headers
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), text(value)))
            .collect();
        Self {
            headers,
            body: Some(answer.body.to_vec()),
        }
    }

    fn hold_against(
        &self,
        case: &Case,
        judge: &Judge<'_>,
        response: &Value,
        what: &str,
        problems: &mut Vec<String>,
    ) {
        let documented = case.document.headers(response);
        for (name, _) in &self.headers {
            if name != "content-type"
                && !documented
                    .iter()
                    .any(|header| header.name.eq_ignore_ascii_case(name))
            {
                problems.push(format!("{what}: header {name} is not documented"));
            }
        }
        for header in &documented {
            self.header(case, judge, header, what, problems);
        }
        if self.body.is_some() {
            self.content(case, judge, response, what, problems);
        }
    }

    fn find(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    fn header(
        &self,
        case: &Case,
        judge: &Judge<'_>,
        header: &Parameter<'_>,
        what: &str,
        problems: &mut Vec<String>,
    ) {
        let Some(sent) = self.find(header.name) else {
            if header.required {
                problems.push(format!("{what}: header {} is missing", header.name));
            }
            return;
        };
        let value = read(case, header, sent);
        let faults = judge.faults(header.schema, &value);
        if !faults.is_empty() {
            problems.push(format!(
                "{what}: header {} is {sent}: {}",
                header.name,
                faults.join("; ")
            ));
        }
        if header.example.is_some_and(|example| !same(example, &value)) {
            problems.push(format!(
                "{what}: header {} is {value}, and its example {:?}",
                header.name, header.example
            ));
        }
    }

    fn content(
        &self,
        case: &Case,
        judge: &Judge<'_>,
        response: &Value,
        what: &str,
        problems: &mut Vec<String>,
    ) {
        let body = self.body.as_deref().unwrap_or_default();
        let content = case.document.content(response);
        let Some(sent) = self.find("content-type") else {
            if !body.is_empty() || !content.is_empty() {
                problems.push(format!("{what}: a body without a media type"));
            }
            return;
        };
        let Some(media) = content.iter().find(|media| covers(media.media_type, sent)) else {
            problems.push(format!("{what}: {sent} is not documented"));
            return;
        };
        let Some(schema) = media.schema else { return };
        let value = if is_structured(media) {
            serde_json::from_slice(body).unwrap_or_else(|error| json!(format!("not JSON: {error}")))
        } else {
            Value::from(String::from_utf8_lossy(body))
        };
        let faults = judge.faults(schema, &value);
        if !faults.is_empty() {
            problems.push(format!("{what}: {value}: {}", faults.join("; ")));
        }
    }
}

fn covers(documented: &str, sent: &str) -> bool {
    let (kind, _) = sent.split_once('/').unwrap_or((sent, ""));
    documented.eq_ignore_ascii_case(sent)
        || documented == "*/*"
        || documented.strip_suffix("/*") == Some(kind)
}

/// The text of a header as a value of its schema.
fn read(case: &Case, header: &Parameter<'_>, sent: &str) -> Value {
    if header.is_json {
        return serde_json::from_str(sent).unwrap_or(Value::Null);
    }
    let schema = case.document.resolve(header.schema);
    match text(schema, "type") {
        Some("array") => sent
            .split(',')
            .map(|item| scalar(case, schema.get("items"), item))
            .collect(),
        Some("object") => {
            let pieces: Vec<&str> = sent.split([',', '=']).collect();
            let property = |name: &str| {
                schema
                    .get("properties")
                    .and_then(|properties| properties.get(name))
            };
            pieces
                .chunks(2)
                .map(|pair| (pair[0].to_owned(), scalar(case, property(pair[0]), pair[1])))
                .collect()
        }
        _ => scalar(case, Some(schema), sent),
    }
}

fn scalar(case: &Case, schema: Option<&Value>, text_sent: &str) -> Value {
    let ty = schema.and_then(|schema| text(case.document.resolve(schema), "type"));
    match ty {
        Some("integer" | "number" | "boolean") => {
            serde_json::from_str(text_sent).unwrap_or_else(|_| Value::from(text_sent))
        }
        _ => Value::from(text_sent),
    }
}
