//! Each parameter, broken in each way its schema allows.

use contract_tests::breakage::broken_texts;
use contract_tests::outside::{UNKNOWN_ROUTE, WRONG_METHOD};
use contract_tests::row::{Expected, Row};
use contract_tests::spec::{Location, Operation, Parameter, Spec};
use contract_tests::wire::{Request, percent_encoded};

/// Segments that cannot be read, or can barely be. A server may refuse them, or take them for ids nobody has.
const ODD_SEGMENTS: [(&str, &str); 8] = [
    ("not percent-encoded", "%ZZ"),
    ("half percent-encoded", "%4"),
    ("no UTF-8", "%FF"),
    ("an overlong encoding", "%C0%AF"),
    ("with a NUL", "a%00b"),
    ("with a slash", "a%2Fb"),
    ("that leads upwards", "%2E%2E"),
    ("full of other alphabets", "%E5%90%8D%F0%9F%8E%89"),
];

pub(crate) fn rows(spec: &'static Spec, operation: &'static Operation) -> Vec<Row> {
    let mut rows = Vec::new();
    for parameter in operation.parameters_in(Location::Path) {
        rows.extend(in_path(spec, operation, parameter));
    }
    for parameter in operation.parameters_in(Location::Query) {
        rows.extend(in_query(spec, operation, parameter));
    }
    rows.extend(odd_queries(spec, operation));
    rows
}

fn in_path(spec: &'static Spec, operation: &'static Operation, parameter: &'static Parameter) -> Vec<Row> {
    let call = operation.call(spec);
    let row = |kind, segment: &str| {
        let path = operation.path_with(&parameter.name, segment);
        Row::new(spec, operation, kind, call.clone().at(&path)).of(&parameter.name)
    };
    let mut rows: Vec<Row> = ODD_SEGMENTS
        .iter()
        .map(|(what, segment)| {
            row("with a path segment that is odd", segment).of(format!("{}, {what}", parameter.name))
        })
        .collect();
    for broken in broken_texts(&parameter.schema)
        .into_iter()
        .filter(|broken| !broken.text.is_empty())
    {
        rows.push(row(broken.kind, &percent_encoded(&broken.text)).expect(refused(broken.is_invalid)));
    }
    let is_blank_wrong = !parameter.schema.problems_of_text(" ").is_empty();
    rows.push(row("with a blank path segment", "%20").expect(refused(is_blank_wrong)));
    rows.push(with_nothing(spec, operation, parameter));
    rows
}

/// An empty segment is no value of the parameter. So the path is an unknown one, or, at its end, another path with a
/// slash more.
fn with_nothing(spec: &'static Spec, operation: &'static Operation, parameter: &'static Parameter) -> Row {
    let shorter = operation.path.strip_suffix(&format!("/{{{}}}", parameter.name));
    let mut others = spec
        .operations
        .iter()
        .filter(|other| Some(other.path.as_str()) == shorter);
    let other = others.find(|other| other.method == operation.method);
    let call = operation
        .call_of_somebody(spec)
        .at(&operation.path_with(&parameter.name, ""));
    let row = Row::new(
        spec,
        other.unwrap_or(operation),
        "with an empty path segment",
        call,
    );
    let row = if shorter.is_some() {
        row.or(&WRONG_METHOD)
    } else {
        row
    };
    row.under(operation).of(&parameter.name).or(&UNKNOWN_ROUTE)
}

fn in_query(spec: &'static Spec, operation: &'static Operation, parameter: &'static Parameter) -> Vec<Row> {
    let call = operation.call(spec);
    let row = |kind, raw: Option<&str>| {
        let pairs = operation.query_with(&parameter.name, raw);
        Row::new(spec, operation, kind, with_query(call.clone(), &pairs)).of(&parameter.name)
    };
    let mut rows = Vec::new();
    for broken in broken_texts(&parameter.schema)
        .into_iter()
        .filter(|broken| !broken.text.is_empty())
    {
        rows.push(row(broken.kind, Some(&percent_encoded(&broken.text))).expect(refused(broken.is_invalid)));
    }
    if parameter.required {
        rows.push(row("missing", None).expect(Expected::Refusal));
    }
    // Where a parameter may be left out, some servers take an empty value for one that was.
    let is_empty_wrong = parameter.required && !parameter.schema.problems_of_text("").is_empty();
    rows.push(row("empty", Some("")).expect(refused(is_empty_wrong)));
    let example = percent_encoded(&parameter.example);
    rows.push(row(
        "repeated",
        Some(&format!("{example}&{}={example}", parameter.name)),
    ));
    for odd in ["%ZZ", "%FF", "a%00b"] {
        rows.push(row("with a query value that is odd", Some(odd)).of(format!("{}, {odd}", parameter.name)));
    }
    rows
}

/// Queries with something in them that no operation has a parameter for.
fn odd_queries(spec: &'static Spec, operation: &'static Operation) -> Vec<Row> {
    let call = operation.call(spec);
    let sound = operation.query_with("", None);
    let many = (0..500)
        .map(|number| format!("p{number}={number}"))
        .collect::<Vec<_>>()
        .join("&");
    let odd = [
        ("an unknown parameter", "x_unknown=1".to_owned()),
        ("an unknown parameter that cannot be read", "%ZZ=%FF".to_owned()),
        ("names and values missing", "&&=&=x&y".to_owned()),
        ("very many parameters", many),
    ];
    let row = |(what, more): (&str, String)| {
        let pairs = if sound.is_empty() {
            more
        } else {
            format!("{sound}&{more}")
        };
        Row::new(
            spec,
            operation,
            "with more in the query",
            with_query(call.clone(), &pairs),
        )
        .of(what)
    };
    odd.map(row).into()
}

fn with_query(mut request: Request, pairs: &str) -> Request {
    request.target = if pairs.is_empty() {
        request.path().to_owned()
    } else {
        format!("{}?{pairs}", request.path())
    };
    request
}

fn refused(is_invalid: bool) -> Expected {
    if is_invalid {
        Expected::Refusal
    } else {
        Expected::Documented
    }
}
