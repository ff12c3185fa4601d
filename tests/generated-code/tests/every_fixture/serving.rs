use std::collections::BTreeSet;

use crate::Case;
use crate::call::Call;
use crate::client::{Request, Server};
use crate::document::Operation;

const METHODS: [&str; 9] = [
    "PATCH", "DELETE", "PUT", "POST", "GET", "OPTIONS", "TRACE", "HEAD", "BREW",
];

/// The router starts, and every operation answers a valid call as documented; one that is skipped says why.
pub(crate) fn every_route_answers(case: &Case, problems: &mut Vec<String>) {
    let server = Server::start(case.fixture);
    for operation in case.document.operations() {
        let table = case.table(&operation);
        let whole = Call::new(&case.document, &operation);
        for call in [whole.clone(), whole.only_required()] {
            let request = call.request();
            let answer = server.send(&request);
            if let Some(reason) = table.skipped {
                if answer.status != 501 || !answer.text().contains(reason) {
                    problems.push(format!(
                        "{request}: {} {} does not name “{reason}”",
                        answer.status,
                        answer.text()
                    ));
                }
                continue;
            }
            let promised = operation
                .responses
                .iter()
                .any(|(status, _)| status.starts_with(['2', '3', 'd']));
            let documented = operation.response(answer.status).is_some();
            if !documented || (promised && !(200..400).contains(&answer.status)) {
                problems.push(format!("{request}: {} {}", answer.status, answer.text()));
            }
        }
    }
    let skips = case
        .fixture
        .operations
        .iter()
        .any(|operation| operation.skipped.is_some());
    if skips != case.fixture.name.starts_with("skip_") {
        problems.push("only documents named `skip_…` have operations that are skipped".to_owned());
    }
}

/// Without its credentials an operation that asks for some answers 401.
pub(crate) fn credentials_are_asked_for(case: &Case, problems: &mut Vec<String>) {
    let server = Server::start(case.fixture);
    for operation in case.document.operations() {
        let optional = operation.security.is_empty() || operation.security.iter().any(Vec::is_empty);
        let request = Call::new(&case.document, &operation)
            .without_credentials()
            .request();
        let answer = server.send(&request);
        if (answer.status == 401) == optional {
            problems.push(format!("{request}: {} {}", answer.status, answer.text()));
        }
    }
}

/// An unknown path answers 404, a wrong method 405 with the right ones, and HEAD runs GET without its body.
pub(crate) fn other_routes_are_refused(case: &Case, problems: &mut Vec<String>) {
    let server = Server::start(case.fixture);
    let mut expect = |request: Request, status: u16, allow: Option<&str>| {
        let answer = server.send(&request);
        if answer.status != status || answer.header("Allow") != allow {
            problems.push(format!(
                "{request}: {} with Allow {:?}, not {status} {allow:?}",
                answer.status,
                answer.header("Allow")
            ));
        }
    };
    let nowhere = format!("{}/a/b/c/d/e/f/g/h/i/nowhere", case.document.base_path());
    expect(Request::new("GET", &nowhere), 404, None);
    let operations = case.document.operations();
    for operation in &operations {
        let allowed = allowed(operation, &operations);
        let wrong = METHODS
            .into_iter()
            .find(|method| !allowed.contains(*method))
            .expect("BREW is never documented");
        let mut request = Call::new(&case.document, operation).request();
        wrong.clone_into(&mut request.method);
        let allow = allowed.iter().cloned().collect::<Vec<_>>().join(", ");
        expect(request, 405, Some(&allow));
    }
    for operation in operations.iter().filter(|operation| operation.method == "GET") {
        let mut request = Call::new(&case.document, operation).request();
        let own = operations
            .iter()
            .any(|other| other.path == operation.path && other.method == "HEAD");
        let got = server.send(&request);
        "HEAD".clone_into(&mut request.method);
        let answer = server.send(&request);
        if !answer.body.is_empty() || (!own && answer.status != got.status) {
            problems.push(format!(
                "{request}: {} {}, where GET has {}",
                answer.status,
                answer.text(),
                got.status
            ));
        }
    }
}

/// The methods of a path, by templates of the same shape; GET brings HEAD along.
fn allowed(operation: &Operation<'_>, operations: &[Operation<'_>]) -> BTreeSet<String> {
    let same = operations
        .iter()
        .filter(|other| shape(other.path) == shape(operation.path));
    let mut allowed: BTreeSet<String> = same.map(|other| other.method.clone()).collect();
    if allowed.contains("GET") {
        allowed.insert("HEAD".to_owned());
    }
    allowed
}

fn shape(path: &str) -> String {
    let mut pieces = path.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |shape, piece| {
        shape + "{}" + piece.split_once('}').map_or("", |(_, rest)| rest)
    })
}
