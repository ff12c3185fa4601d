//! What a request has that its document has not.

use api_support::http::{HeaderMap, HeaderName, HeaderValue, Method};
use api_support::operation::{MediaType, Parameter, Serialization, Style};
use api_support::schema::{Discriminator, Literal, Schema, SchemaTable};
use api_support::server::{Asked, Fault, Routes, audit, misrouted};
use api_support::{Operation, WireRules};

static SCHEMAS: SchemaTable = SchemaTable::new(
    &[
        Schema::STRING,
        Schema::INTEGER.maximum(Literal::Int(9)),
        // 2: the body.
        Schema::OBJECT
            .properties(&[
                ("name", 0),
                ("id", 3),
                ("old", 4),
                ("free", 5),
                ("open", 6),
                ("map", 7),
                ("list", 8),
                ("kind", 10),
            ])
            .required(&["name"]),
        Schema::STRING.read_only(),
        Schema::STRING.deprecated(),
        Schema::OBJECT,
        Schema::OBJECT.properties(&[("a", 0)]).open(),
        Schema::OBJECT.additional(api_support::schema::Additional::Schema(9)),
        Schema::ARRAY.items(9),
        // 9: composed.
        Schema::ANY.all_of(&[11, 12]),
        Schema::ANY
            .one_of(&[13, 14])
            .discriminator(Discriminator::new("tag", &[("x", 13), ("y", 14)])),
        Schema::OBJECT.properties(&[("left", 0)]),
        Schema::OBJECT.properties(&[("right", 0)]),
        Schema::OBJECT
            .properties(&[("tag", 0), ("x", 0)])
            .required(&["x"]),
        Schema::OBJECT
            .properties(&[("tag", 0), ("y", 0)])
            .required(&["y"]),
        // 15: a filter.
        Schema::OBJECT.properties(&[("size", 0)]),
    ],
    &[],
);

static OPERATIONS: [Operation; 3] = [
    Operation::new("add", "add", Method::POST, "/things/{id}")
        .parameters(&[
            Parameter::path("id", 0),
            Parameter::query("limit", 1),
            Parameter::query("was", 0).deprecated(),
            Parameter::query("filter", 15).serialization(Serialization::style(Style::DeepObject, true)),
            Parameter::query("spread", 15),
        ])
        .required_body(&[MediaType::json(2, &[])]),
    Operation::new("list", "list", Method::GET, "/things/{id}").parameters(&[Parameter::path("id", 0)]),
    Operation::new("gone", "gone", Method::GET, "/gone").deprecated(),
];

/// Fault and place of each deviation.
fn found(query: &str, content_type: Option<&'static str>, body: &str) -> Vec<(Fault, String)> {
    of(&OPERATIONS[0], "/things/1", query, content_type, body.as_bytes())
}

fn of(
    operation: &'static Operation,
    path: &str,
    query: &str,
    content_type: Option<&'static str>,
    body: &[u8],
) -> Vec<(Fault, String)> {
    let mut headers = HeaderMap::new();
    if let Some(content_type) = content_type {
        headers.insert(
            HeaderName::from_static("content-type"),
            HeaderValue::from_static(content_type),
        );
    }
    let deviations = audit(&Asked {
        operation,
        schemas: &SCHEMAS,
        rules: &WireRules::STRICT,
        path: Some(path),
        query: Some(query),
        headers: &headers,
        body: Some(body),
    });
    let place = |part: Option<api_support::Part>| part.map_or("", api_support::Part::as_str);
    deviations
        .into_iter()
        .map(|deviation| {
            (
                deviation.fault,
                format!("{}{}", place(deviation.part), deviation.pointer),
            )
        })
        .collect()
}

const JSON: Option<&str> = Some("application/json");

fn told(fault: Fault, place: &str) -> (Fault, String) {
    (fault, place.to_owned())
}

#[test]
fn a_valid_request_has_nothing_off_the_contract() {
    let body = r#"{"name": "a", "free": {"x": {"y": 1}}, "open": {"a": "", "b": 1}, "map": {"k": {"left": "", "right": ""}},
        "list": [{"left": ""}], "kind": {"tag": "x", "x": ""}}"#;
    assert_eq!(
        found(
            "limit=9&filter[size]=1&size=2",
            Some("application/json; charset=utf-8"),
            body
        ),
        []
    );
}

#[test]
fn parameters_are_held_against_the_document() {
    let body = r#"{"name": "a"}"#;
    let undocumented = |place| told(Fault::UndocumentedParameter, place);
    assert_eq!(
        found("page=1&page=2&x/y=", JSON, body),
        [undocumented("query/page"), undocumented("query/x~1y")]
    );
    assert_eq!(
        found("filters[size]=1", JSON, body),
        [undocumented("query/filters[size]")]
    );
    assert_eq!(
        found("limit=10", JSON, body),
        [told(Fault::InvalidValue, "query/limit")]
    );
    assert_eq!(
        found("limit=1&limit=2", JSON, body),
        [told(Fault::InvalidValue, "query/limit")]
    );
    assert_eq!(found("was=1", JSON, body), [told(Fault::Deprecated, "query/was")]);
    assert_eq!(
        of(&OPERATIONS[1], "/things/%zz", "", None, b""),
        [told(Fault::InvalidValue, "path/id")]
    );
}

#[test]
fn members_that_an_open_schema_does_not_name_are_told_at_any_depth() {
    let undocumented = |place| told(Fault::UndocumentedProperty, place);
    for (body, expected) in [
        (r#"{"name": "a", "nam": 1}"#, "body/nam"),
        (
            r#"{"name": "a", "map": {"k": {"left": "", "top": ""}}}"#,
            "body/map/k/top",
        ),
        (r#"{"name": "a", "list": [{}, {"top": ""}]}"#, "body/list/1/top"),
        (
            r#"{"name": "a", "kind": {"tag": "y", "y": "", "x": ""}}"#,
            "body/kind/x",
        ),
    ] {
        assert_eq!(found("", JSON, body), [undocumented(expected)], "{body}");
    }
}

#[test]
fn what_only_the_server_sends_and_what_is_deprecated_is_told() {
    assert_eq!(
        found("", JSON, r#"{"name": "a", "id": "1", "old": "x"}"#),
        [
            told(Fault::InvalidValue, "body/id"),
            told(Fault::Deprecated, "body/old")
        ]
    );
    assert_eq!(
        of(&OPERATIONS[2], "/gone", "", None, b""),
        [told(Fault::Deprecated, "")]
    );
}

#[test]
fn a_body_has_to_be_there_be_readable_and_say_what_it_is() {
    let wrong_type = || told(Fault::WrongContentType, "body");
    assert_eq!(found("", JSON, ""), [told(Fault::MissingBody, "body")]);
    assert_eq!(found("", JSON, "{"), [told(Fault::UnreadableBody, "body")]);
    assert_eq!(found("", None, r#"{"name": "a"}"#), [wrong_type()]);
    assert_eq!(found("", Some("text/plain"), "{"), [wrong_type()]);
    assert_eq!(
        found("", Some("text/plain"), "{}"),
        [wrong_type(), told(Fault::InvalidValue, "body/name")]
    );
    let list = |body| of(&OPERATIONS[1], "/things/1", "", JSON, body);
    assert_eq!(list(b""), []);
    assert_eq!(list(b"{}"), [told(Fault::UndocumentedProperty, "body")]);
}

#[test]
fn a_quick_look_spares_what_cannot_be_wrong() {
    let [add, list, gone] = &OPERATIONS;
    assert!(!Asked::may_deviate(list, None, false));
    assert!(!Asked::may_deviate(list, Some(""), false));
    assert!(Asked::may_deviate(list, Some("x"), false));
    assert!(Asked::may_deviate(list, None, true));
    assert!(Asked::may_deviate(add, None, false));
    assert!(Asked::may_deviate(gone, None, false));
    assert!(!Asked::path_may_deviate(list, &SCHEMAS, "/things/1"));
    assert!(Asked::path_may_deviate(list, &SCHEMAS, "/things/%zz"));
    assert!(!Asked::depends_on_header(list, false, "content-type"));
    assert!(Asked::depends_on_header(list, true, "Content-Type"));
    assert!(!Asked::depends_on_header(list, true, "authorization"));
}

#[test]
fn a_request_for_no_operation_has_an_unknown_path_or_method() {
    let fault = |method: &Method, path| {
        let routes = Routes::new(&OPERATIONS, WireRules::STRICT.trailing_slash);
        let deviation = misrouted(&routes.find(method, path), "/v1");
        deviation.map(|deviation| deviation.fault)
    };
    assert_eq!(fault(&Method::GET, "/things/1"), None);
    assert_eq!(fault(&Method::HEAD, "/things/1"), None);
    assert_eq!(fault(&Method::PUT, "/things/1"), Some(Fault::UnknownMethod));
    assert_eq!(fault(&Method::GET, "/nothing/at/all"), Some(Fault::UnknownPath));
    let routes = Routes::new(&OPERATIONS, WireRules::STRICT.trailing_slash);
    let told = misrouted(&routes.find(&Method::GET, "/thing/1"), "/v1").unwrap();
    assert!(told.detail.contains(" /v1/things/{id}"), "{}", told.detail);
}
