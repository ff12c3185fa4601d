//! The control API. It takes no credentials on the machine it runs on, has one address and forces no answers; what is asked
//! for is made before.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use contract_tests::row::Row;
use contract_tests::spec::{Operation, control};
use contract_tests::wire::Request;
use mock_server::{Builder, Limits};
use serde_json::json;

use super::{addresses, body, call, framing, parameters, routes};

/// The world that the document's examples name.
const WORLD: &str = "checkout-test-7";

pub(crate) fn rows() -> Vec<Row> {
    let spec = control();
    let mut rows = Vec::new();
    for operation in &spec.operations {
        let of_operation = [
            call::rows(spec, operation),
            parameters::rows(spec, operation),
            body::rows(spec, operation),
            addresses::with_slashes(spec, operation),
            addresses::from_a_page(spec, operation),
        ];
        let prepared = |row: Row| {
            row.after(before(operation))
                .server(settings(operation))
                .ours_only("other servers are not steered like this")
        };
        rows.extend(of_operation.into_iter().flatten().map(prepared));
    }
    rows.extend(routes::rows(spec));
    rows.extend(framing::rows(spec));
    rows
}

/// Makes what the examples speak of: the world, a fault in it, and the call that is verified.
fn before(operation: &Operation) -> Vec<Request> {
    if !operation.path.contains("/{world}") {
        return Vec::new();
    }
    let faults = format!("/_mock/worlds/{WORLD}/faults");
    let memberships = format!("/w/{WORLD}/v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships");
    vec![
        Request::new("POST", "/_mock/worlds").json(&json!({ "name": WORLD })),
        Request::new("POST", faults)
            .json(&json!({ "match": { "api": "enhance" }, "delay": { "milliseconds": 0 } })),
        Request::new("POST", memberships).json(&json!({ "role": "org:admin" })),
    ]
}

fn settings(operation: &Operation) -> fn(Builder) -> Builder {
    if operation.id == "saveState" {
        with_state_file
    } else {
        with_small_bodies
    }
}

/// Bodies may be as large as those of the other APIs.
fn with_small_bodies(builder: Builder) -> Builder {
    builder.limits(Limits {
        control_body_bytes: Limits::default().body_bytes,
        ..Limits::default()
    })
}

/// Each server has a file of its own, for no two may have one.
fn with_state_file(builder: Builder) -> Builder {
    static FILES: AtomicUsize = AtomicUsize::new(0);
    let file = format!("conformance_state_{}.json", FILES.fetch_add(1, Ordering::Relaxed));
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(file);
    with_small_bodies(builder).state_file(path)
}
