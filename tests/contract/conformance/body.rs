//! The body: broken in each property, and as a whole.

use contract_tests::breakage::broken_bodies;
use contract_tests::outside::{BODY_TOO_LARGE, NOT_HTTP};
use contract_tests::row::{Expected, Row};
use contract_tests::spec::{Operation, RequestBody, Spec};
use contract_tests::wire::{Body, Request};
use serde_json::{Value, json};

/// How deep a body can be nested by somebody who means harm.
const DEPTH: usize = 10_000;

/// One byte more than is taken.
const TOO_MANY: usize = 1024 * 1024 + 1;

pub(crate) fn rows(spec: &'static Spec, operation: &'static Operation) -> Vec<Row> {
    match &operation.body {
        None => unwanted(spec, operation),
        Some(body) => {
            let mut rows = in_properties(spec, operation, body);
            rows.extend(as_a_whole(spec, operation, body));
            rows.extend(of_bytes(spec, operation));
            rows.extend(too_large(spec, operation));
            rows.extend(of_another_media_type(spec, operation));
            rows
        }
    }
}

fn in_properties(spec: &'static Spec, operation: &'static Operation, body: &'static RequestBody) -> Vec<Row> {
    let call = operation.call(spec);
    let row = |broken: contract_tests::breakage::BrokenBody| {
        let row = Row::new(spec, operation, broken.kind, call.clone().json(&broken.body)).of(&broken.pointer);
        row.expect(if broken.is_invalid {
            Expected::Refusal
        } else {
            Expected::Documented
        })
    };
    // The schema knows what is wrong; what is only odd may be wrong for a reason that no schema can put in words.
    broken_bodies(&body.schema, &operation.example_body())
        .into_iter()
        .map(row)
        .collect()
}

fn as_a_whole(spec: &'static Spec, operation: &'static Operation, body: &'static RequestBody) -> Vec<Row> {
    let call = operation.call(spec);
    let values = [
        ("null", Value::Null),
        ("a list", json!([])),
        ("a text", json!("text")),
        ("a number", json!(7)),
        ("true", json!(true)),
    ];
    let mut rows: Vec<Row> = values
        .into_iter()
        .map(|(what, value)| {
            let row = Row::new(
                spec,
                operation,
                "with a body of another type",
                call.clone().json(&value),
            )
            .of(what);
            row.expect(if body.schema.allows(&value) {
                Expected::Documented
            } else {
                Expected::Refusal
            })
        })
        .collect();
    let empty = call.clone().json(&json!({}));
    let is_empty_wrong = !body.schema.allows(&json!({}));
    let refused = if is_empty_wrong {
        Expected::Refusal
    } else {
        Expected::Documented
    };
    rows.push(Row::new(spec, operation, "with an empty object", empty).expect(refused));
    let absent = Request {
        body: Body::None,
        ..call.clone().without_header("content-type")
    };
    let absent_refused = if body.required {
        refused
    } else {
        Expected::Documented
    };
    rows.push(Row::new(spec, operation, "without a body", absent).expect(absent_refused));
    rows.push(
        Row::new(spec, operation, "with a body of no bytes", call.bytes_as_body("")).expect(absent_refused),
    );
    rows
}

/// Bytes that no JSON parser takes, or that some choke on.
fn of_bytes(spec: &'static Spec, operation: &'static Operation) -> Vec<Row> {
    let call = operation.call(spec);
    let sound = operation.example_body().to_string().into_bytes();
    let truncated = sound[..sound.len() - 1].to_vec();
    let row = |kind, bytes: Vec<u8>| {
        Row::new(spec, operation, kind, call.clone().bytes_as_body(bytes)).expect(Expected::Refusal)
    };
    let nested_member = format!("{{\"x_deep\":{}{}}}", "[".repeat(DEPTH), "]".repeat(DEPTH));
    let mut rows = vec![
        row("with truncated JSON", truncated),
        row("with no JSON", b"{'a': 1}".to_vec()),
        row("with two documents", [sound.as_slice(), b" ", &sound].concat()),
        row("with a body of NULs", vec![0; 64]),
        row(
            "with invalid UTF-8",
            [b"{\"a\": \"\xff\xfe\", ".as_slice(), &sound[1..]].concat(),
        ),
        row(
            "with half a surrogate pair",
            [b"{\"a\": \"\\ud83d\", ".as_slice(), &sound[1..]].concat(),
        ),
        row(
            "with JSON 10,000 deep",
            format!("{}{}", "[".repeat(DEPTH), "]".repeat(DEPTH)).into_bytes(),
        ),
        row(
            "with objects 10,000 deep",
            format!("{}1{}", "{\"a\":".repeat(DEPTH), "}".repeat(DEPTH)).into_bytes(),
        ),
        row("with a member 10,000 deep", nested_member.into_bytes()),
        row(
            "with a huge number",
            [b"{\"a\": 1e999999, ".as_slice(), &sound[1..]].concat(),
        ),
        row(
            "with a byte order mark",
            [b"\xef\xbb\xbf".as_slice(), &sound].concat(),
        )
        .expect(Expected::Documented),
    ];
    let cut_short = Request {
        body: Body::CutShort(sound.clone()),
        ..call.clone()
    };
    rows.push(
        Row::new(spec, operation, "with a body that breaks off", cut_short)
            .expect(Expected::Refusal)
            .or(&NOT_HTTP),
    );
    let no_chunk = Request {
        body: Body::AsIs(b"zz\r\nx\r\n0\r\n\r\n".to_vec()),
        ..call.clone()
    };
    let no_chunk = no_chunk.header("transfer-encoding", "chunked");
    rows.push(
        Row::new(spec, operation, "with a chunk that is none", no_chunk)
            .expect(Expected::Refusal)
            .or(&NOT_HTTP),
    );
    let chunked = Request {
        body: Body::Chunked(sound),
        ..call
    };
    rows.push(Row::new(spec, operation, "with a body in chunks", chunked).expect(Expected::Success));
    rows
}

fn too_large(spec: &'static Spec, operation: &'static Operation) -> Vec<Row> {
    let call = operation.call(spec);
    let large = format!("{{\"x_large\":\"{}\"}}", "x".repeat(TOO_MANY - 14)).into_bytes();
    let row = |what, body| {
        let row = Row::new(spec, operation, "too large", Request { body, ..call.clone() }).of(what);
        row.expect(Expected::Refusal)
            .or(&BODY_TOO_LARGE)
            .ours_only("the limit is our server's")
    };
    vec![
        row("announced", Body::Sized(large.clone())),
        row("in chunks", Body::Chunked(large)),
    ]
}

fn of_another_media_type(spec: &'static Spec, operation: &'static Operation) -> Vec<Row> {
    let call = operation.call(spec).without_header("content-type");
    let media_types = [
        ("text", "text/plain"),
        ("a form", "application/x-www-form-urlencoded"),
        ("several parts", "multipart/form-data; boundary=x"),
        ("no media type at all", "nonsense"),
        ("an empty one", ""),
    ];
    let mut rows: Vec<Row> = media_types
        .into_iter()
        .map(|(what, media_type)| {
            let call = call.clone().header("content-type", media_type);
            // Servers that read every body as JSON do so on purpose.
            Row::new(spec, operation, "of another media type", call).of(what)
        })
        .collect();
    let parameters = call
        .clone()
        .header("content-type", "Application/JSON; charset=utf-8");
    rows.push(
        Row::new(spec, operation, "with a parameter of the media type", parameters).expect(Expected::Success),
    );
    rows.push(Row::new(spec, operation, "without a media type", call));
    rows
}

/// A body nobody asked for is not looked at, but must not be in anybody's way either.
fn unwanted(spec: &'static Spec, operation: &'static Operation) -> Vec<Row> {
    let call = operation.call(spec).header("content-type", "application/json");
    let row = |kind, body| Row::new(spec, operation, kind, Request { body, ..call.clone() });
    vec![
        row("with an empty body nobody asked for", Body::Sized(Vec::new())).expect(Expected::Success),
        row(
            "with a body nobody asked for",
            Body::Sized(b"{\"a\": 1}".to_vec()),
        )
        .expect(Expected::Success),
        row("with no JSON nobody asked for", Body::Sized(b"\xff{".to_vec())),
        row(
            "with far too much nobody asked for",
            Body::Sized(vec![b'x'; TOO_MANY]),
        )
        .or(&BODY_TOO_LARGE),
        row(
            "with far too many chunks nobody asked for",
            Body::Chunked(vec![b'x'; TOO_MANY]),
        )
        .or(&BODY_TOO_LARGE),
    ]
}
