//! Paths and methods that no operation has.

use std::collections::BTreeSet;

use contract_tests::outside::{UNKNOWN_API, UNKNOWN_ROUTE, WRONG_METHOD};
use contract_tests::row::{Expected, Row};
use contract_tests::spec::{Operation, Spec};
use contract_tests::wire::{Body, Request};

/// Methods, one of which nobody has heard of.
const METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW",
];

pub(crate) fn rows(spec: &'static Spec) -> Vec<Row> {
    let mut seen = BTreeSet::new();
    let paths = spec
        .operations
        .iter()
        .filter(|operation| seen.insert(operation.path.as_str()));
    let mut rows: Vec<Row> = paths
        .flat_map(|operation| wrong_methods(spec, operation))
        .collect();
    rows.extend(unknown(spec));
    rows
}

/// Each method that a path does not take.
fn wrong_methods(spec: &'static Spec, first: &'static Operation) -> Vec<Row> {
    let of_path = spec
        .operations
        .iter()
        .filter(|operation| operation.path == first.path);
    let mut taken: Vec<&str> = Vec::new();
    for operation in of_path {
        taken.push(&operation.method);
        if operation.method == "GET" && !operation.has_effects {
            taken.push("HEAD");
        }
    }
    let mut rows = Vec::new();
    for method in METHODS.into_iter().filter(|method| !taken.contains(method)) {
        let call = bare(spec, first, method);
        let row = Row::about(spec, &first.path, "a wrong method", call.clone()).of(method);
        rows.push(
            row.expect(Expected::Outside)
                .or(&WRONG_METHOD)
                .and_header("allow", taken.join(",")),
        );
        let row = Row::about(
            spec,
            &first.path,
            "a wrong method without credentials",
            of_nobody(call),
        )
        .of(method);
        // Who calls is found out first, where it matters at all.
        rows.push(row.expect(Expected::Refusal).or(&WRONG_METHOD));
    }
    rows
}

/// Paths that nobody documents: in the API's own shape where the API is known, and only for those who may call.
fn unknown(spec: &'static Spec) -> Vec<Row> {
    let Some(operation) = spec.operations.iter().find(|operation| !operation.is_open()) else {
        return Vec::new();
    };
    let path = operation.call(spec).path().to_owned();
    let row = |kind, call, detail: String| {
        let row = Row::about(spec, "unknown routes", kind, call)
            .of(detail)
            .expect(Expected::Outside);
        row.ours_only("what it serves besides is another server's own affair")
    };
    let routes = [
        ("below a documented path", format!("{path}/no-such-thing/at-all")),
        (
            "below the base path",
            format!("/{}{}/no-such-thing", spec.name, operation.base_path),
        ),
    ];
    let mut rows = Vec::new();
    for (what, path) in routes {
        for method in ["GET", "POST", "DELETE"] {
            let (call, detail) = (
                bare(spec, operation, method).at(&path),
                format!("{what}, {method}"),
            );
            rows.push(row("an unknown route", call.clone(), detail.clone()).or(&UNKNOWN_ROUTE));
            let nobody = row("an unknown route without credentials", of_nobody(call), detail);
            rows.push(nobody.expect(Expected::Status(401)));
        }
    }
    let doubled = bare(spec, operation, "GET").at(&path.replacen("/org", "//org", 1));
    // It may not even be recognised as the API's.
    let doubled = row("a doubled slash", doubled, String::new())
        .or(&UNKNOWN_ROUTE)
        .or(&UNKNOWN_API);
    let nowhere = bare(spec, operation, "GET").at(&format!("/no-such-api{path}"));
    rows.extend([
        doubled,
        row("a path of no API", nowhere, String::new()).or(&UNKNOWN_API),
    ]);
    rows
}

fn of_nobody(call: Request) -> Request {
    ["authorization", "x-api-key", "cookie"]
        .into_iter()
        .fold(call, |call, header| call.without_header(header))
}

/// A call without a body, by another method.
fn bare(spec: &'static Spec, operation: &'static Operation, method: &str) -> Request {
    let call = operation.call_of_somebody(spec).without_header("content-type");
    Request {
        method: method.to_owned(),
        target: call.path().to_owned(),
        body: Body::None,
        ..call
    }
}
