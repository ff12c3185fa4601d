//! Calls as the document shows them.

use contract_tests::row::{Expected, Row};
use contract_tests::spec::{Operation, Spec};
use contract_tests::wire::Request;

pub(crate) fn rows(spec: &'static Spec, operation: &'static Operation) -> Vec<Row> {
    let call = operation.call(spec);
    let mut rows = vec![Row::new(spec, operation, "a valid call", call.clone()).expect(Expected::Success)];
    if let Some(body) = &operation.body {
        let others = body.examples.iter().skip(1);
        rows.extend(others.map(|(name, example)| {
            Row::new(spec, operation, "another example", call.clone().json(example)).of(name)
        }));
    }
    let mut required_only = call.clone();
    required_only.target = operation.target_of_required();
    rows.push(
        Row::new(spec, operation, "with required parameters only", required_only).expect(Expected::Success),
    );
    // Everywhere else HEAD is a wrong method, and among those.
    if operation.method == "GET" && !operation.has_effects {
        let head = Request {
            method: "HEAD".to_owned(),
            ..call.clone()
        };
        rows.push(Row::new(spec, operation, "HEAD", head).expect(Expected::Success));
    }
    let accepts = call.clone().header("accept", "text/html");
    rows.push(
        Row::new(spec, operation, "wanting another media type back", accepts).expect(Expected::Success),
    );
    let continues = call.header("expect", "100-continue");
    rows.push(Row::new(spec, operation, "waiting for 100 Continue", continues).expect(Expected::Success));
    rows
}
