//! The same operation by its other addresses, and in worlds.

use contract_tests::outside::{BAD_WORLD, PREFLIGHT, UNKNOWN_ROUTE};
use contract_tests::row::{Expected, Row};
use contract_tests::spec::{Operation, Spec};

const REASON: &str = "the address is our server's";

pub(crate) fn rows(spec: &'static Spec, operation: &'static Operation) -> Vec<Row> {
    let call = operation.call(spec);
    let path = call.path().to_owned();
    let named = format!("/{}{path}", spec.name);
    let at = |kind, path: &str| Row::new(spec, operation, kind, call.clone().at(path)).ours_only(REASON);
    let mut rows = vec![
        at("by its named address", &named).expect(Expected::Success),
        at("in a world by its path", &format!("/w/default{path}")).expect(Expected::Success),
        at("in a world by its named path", &format!("/w/default{named}")).expect(Expected::Success),
        at("in a world whose name is none", &format!("/w/a%20b{path}"))
            .expect(Expected::Outside)
            .or(&BAD_WORLD),
        at(
            "in a world whose name is too long",
            &format!("/w/{}{path}", "w".repeat(65)),
        )
        .expect(Expected::Outside)
        .or(&BAD_WORLD),
    ];
    rows.extend(with_slashes(spec, operation));
    let world = |kind, path: &str, name: &str| {
        let call = call.clone().at(path).header("x-mock-world", name);
        Row::new(spec, operation, kind, call).ours_only("worlds are our server's")
    };
    rows.push(world("in a world by its header", &path, "default").expect(Expected::Success));
    rows.push(
        world(
            "in a world by path and header",
            &format!("/w/default{path}"),
            "default",
        )
        .expect(Expected::Success),
    );
    rows.push(
        world("in two worlds", &format!("/w/default{path}"), "other")
            .expect(Expected::Outside)
            .or(&BAD_WORLD),
    );
    rows.push(
        world("in a world without a name", &path, "")
            .expect(Expected::Outside)
            .or(&BAD_WORLD),
    );
    rows.extend(from_a_page(spec, operation));
    rows
}

/// The same address with a slash at its end, or two. One is tolerated where the vendor tolerates it.
pub(crate) fn with_slashes(spec: &'static Spec, operation: &'static Operation) -> Vec<Row> {
    // Paths that nobody documents are open to nobody.
    let somebody = operation.call_of_somebody(spec);
    let path = somebody.path().to_owned();
    vec![
        Row::new(
            spec,
            operation,
            "with a slash at the end",
            somebody.clone().at(&format!("{path}/")),
        )
        .or(&UNKNOWN_ROUTE),
        Row::new(
            spec,
            operation,
            "with two slashes at the end",
            somebody.at(&format!("{path}//")),
        )
        .expect(Expected::Outside)
        .or(&UNKNOWN_ROUTE),
    ]
}

/// Calls as a browser makes them for a page.
pub(crate) fn from_a_page(spec: &'static Spec, operation: &'static Operation) -> Vec<Row> {
    let origin = "http://localhost:3000";
    let call = operation.call(spec).header("origin", origin);
    let mut preflight = operation.call_of_nobody().header("origin", origin);
    "OPTIONS".clone_into(&mut preflight.method);
    preflight.body = contract_tests::wire::Body::None;
    let preflight = preflight
        .without_header("content-type")
        .header("access-control-request-method", &operation.method)
        .header("access-control-request-headers", "authorization, content-type");
    vec![
        Row::new(spec, operation, "from a page", call)
            .expect(Expected::Success)
            .and_header("access-control-allow-origin", origin)
            .ours_only("not every server lets pages call"),
        Row::new(spec, operation, "whether a page may call", preflight)
            .expect(Expected::Outside)
            .or(&PREFLIGHT)
            .ours_only("not every server lets pages call"),
    ]
}
