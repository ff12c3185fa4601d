//! Below HTTP's surface: heads that are too long, and bytes that are no HTTP.

use contract_tests::outside::{HEADERS_TOO_LARGE, HEADERS_UNREAD, NOT_HTTP, URI_TOO_LONG};
use contract_tests::row::{Expected, Row};
use contract_tests::spec::Spec;
use contract_tests::wire::Request;

const LIMITS: &str = "the limits are our server's";

pub(crate) fn rows(spec: &'static Spec) -> Vec<Row> {
    let Some(operation) = spec.operations.first() else {
        return Vec::new();
    };
    let call = operation.call(spec);
    let path = call.path().to_owned();
    let mut rows = long_heads(spec, &call);
    rows.extend(no_http(spec, &path));
    let shouted = call.headers.iter().fold(
        Request {
            headers: Vec::new(),
            ..call.clone()
        },
        |request, (name, value)| request.header(&name.to_uppercase(), value),
    );
    rows.push(Row::new(spec, operation, "with headers in capitals", shouted).expect(Expected::Success));
    rows.push(
        Row::new(
            spec,
            operation,
            "with a header nobody can read",
            call.header("x-odd", b"\xff\xfe"),
        )
        .expect(Expected::Success),
    );
    rows
}

fn long_heads(spec: &'static Spec, call: &Request) -> Vec<Row> {
    let padded = |length: usize| {
        let separator = if call.target.contains('?') { '&' } else { '?' };
        Request {
            target: format!("{}{separator}x={}", call.target, "x".repeat(length)),
            ..call.clone()
        }
    };
    let many = (0..90).fold(call.clone(), |call, number| {
        call.header(&format!("x-many-{number}"), "x".repeat(300))
    });
    let countless = (0..500).fold(call.clone(), |call, number| {
        call.header(&format!("x-many-{number}"), "x")
    });
    let about = |kind, request| {
        Row::about(spec, "long heads", kind, request)
            .expect(Expected::Outside)
            .ours_only(LIMITS)
    };
    vec![
        about("a URI over the limit", padded(9_000)).or(&URI_TOO_LONG),
        about("a URI far over the limit", padded(60_000)).or(&URI_TOO_LONG),
        about("a URI too long to be read", padded(400_000))
            .or(&HEADERS_UNREAD)
            .or(&NOT_HTTP),
        about(
            "a header over the limit",
            call.clone().header("x-large", "x".repeat(20_000)),
        )
        .or(&HEADERS_TOO_LARGE),
        about(
            "a header too large to be read",
            call.clone().header("x-large", "x".repeat(400_000)),
        )
        .or(&HEADERS_UNREAD),
        about("headers over the limit together", many).or(&HEADERS_TOO_LARGE),
        about("countless headers", countless)
            .or(&HEADERS_UNREAD)
            .or(&HEADERS_TOO_LARGE),
    ]
}

fn no_http(spec: &'static Spec, path: &str) -> Vec<Row> {
    let head = |line: &str| format!("GET {path} HTTP/1.1\r\nhost: h\r\n{line}\r\n\r\n").into_bytes();
    let body = |lines: &str, body: &str| {
        format!("POST {path} HTTP/1.1\r\nhost: h\r\n{lines}\r\n\r\n{body}").into_bytes()
    };
    let messages: Vec<(&'static str, Vec<u8>)> = vec![
        ("a header without a name", head(": value")),
        ("a header without a colon", head("nonsense")),
        ("a header with a blank in its name", head("x y: value")),
        ("a header with a NUL in its value", head("x: a\0b")),
        ("a header in two lines", head("x: a\r\n b: c")),
        ("a length that is no number", body("content-length: many", "")),
        ("a negative length", body("content-length: -1", "")),
        (
            "two lengths",
            body("content-length: 1\r\ncontent-length: 2", "xx"),
        ),
        (
            "a transfer coding nobody knows",
            body("transfer-encoding: braids", "x"),
        ),
        (
            "a method with a blank in it",
            format!("GE T {path} HTTP/1.1\r\nhost: h\r\n\r\n").into_bytes(),
        ),
        (
            "a path with a blank in it",
            b"GET /a b HTTP/1.1\r\nhost: h\r\n\r\n".to_vec(),
        ),
        (
            "a version nobody speaks",
            format!("GET {path} HTTP/9.9\r\nhost: h\r\n\r\n").into_bytes(),
        ),
        (
            "the beginning of HTTP/2",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        ),
        (
            "the beginning of TLS",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        ),
        (
            "a head that breaks off",
            format!("GET {path} HTTP/1.1\r\nhost:").into_bytes(),
        ),
        ("nothing", Vec::new()),
        ("NULs", vec![0; 4096]),
        ("line ends alone", b"\r\n\r\n\r\n".to_vec()),
    ];
    let row = |(kind, bytes)| {
        let row = Row::about(spec, "what is no HTTP", kind, Request::new("GET", "/")).saying(bytes);
        row.expect(Expected::Outside)
            .or(&NOT_HTTP)
            .ours_only("how it reads HTTP is another server's own affair")
    };
    messages.into_iter().map(row).collect()
}
