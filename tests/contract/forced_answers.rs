//! Every documented status and every example, forced, and held against the text of the document.
//!
//! Forced answers come before everything else: these calls carry no credentials, no body and no query.

use contract_tests::outside::problems_of_problem;
use contract_tests::server::{self, Server};
use contract_tests::spec::{Media, Operation, Response, Spec, specs};
use contract_tests::wire::{Answer, Request, exchange};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

fn main() {
    let is_other = server::given().is_some();
    let trials = specs().iter().flat_map(of_api).map(|trial| {
        // Only our server can be told what to answer.
        let is_of_document = trial.kind() == "document";
        trial.with_ignored_flag(is_other && !is_of_document)
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn of_api(spec: &'static Spec) -> Vec<Trial> {
    let count = move || {
        let responses = spec.operations.iter().flat_map(|operation| &operation.responses);
        let pairs = responses.filter(|response| !response.is_addition).count();
        if pairs == spec.pairs {
            Ok(())
        } else {
            Err(format!("{pairs} pairs, where there are {}", spec.pairs).into())
        }
    };
    let name = format!(
        "{}: the document has all {} pairs of operation and status",
        spec.name, spec.pairs
    );
    let mut trials = vec![Trial::test(name, count).with_kind("document")];
    for operation in &spec.operations {
        for response in &operation.responses {
            trials.extend(of_response(spec, operation, response));
        }
        trials.extend(of_operation(spec, operation));
    }
    trials
}

/// A documented response: forced by each way to ask for it, and each of its examples.
fn of_response(
    spec: &'static Spec,
    operation: &'static Operation,
    response: &'static Response,
) -> Vec<Trial> {
    let status = response.status;
    let mut trials = Vec::new();
    let mut wishes = vec![
        (
            format!("Prefer: code={status}"),
            "prefer",
            format!("code={status}"),
        ),
        (
            format!("X-Mock-Status: {status}"),
            "x-mock-status",
            status.to_string(),
        ),
    ];
    if status.to_string() != status.representative().to_string() {
        let code = status.representative();
        wishes.push((format!("Prefer: code={code}"), "prefer", format!("code={code}")));
    }
    for (what, header, value) in wishes {
        let name = format!("{}: {operation}: {what} is answered as documented", spec.name);
        trials.push(Trial::test(name, move || {
            forced(operation, response, header, &value, None)
        }));
    }
    for (example, value) in response.content.iter().flat_map(|media: &Media| &media.examples) {
        let name = format!(
            "{}: {operation}: {status} with the example {example} is that example",
            spec.name
        );
        let wish = format!("code={status}, example={example}");
        trials.push(Trial::test(name, move || {
            forced(operation, response, "prefer", &wish, Some(value))
        }));
    }
    trials
}

fn forced(
    operation: &Operation,
    response: &Response,
    header: &str,
    wish: &str,
    example: Option<&Value>,
) -> Result<(), Failed> {
    let answer = answer(operation, header, wish)?;
    let wanted = response.status.representative();
    let mut problems = response.problems(&answer);
    if answer.status != wanted {
        problems.insert(0, format!("status {} instead of {wanted}", answer.status));
    }
    if let Some(example) = example.filter(|example| **example != answer.json()) {
        problems.push(format!(
            "the body is not the example:\n{example}\n{}",
            answer.text()
        ));
    }
    verdict(&problems, &answer)
}

/// What else there is to force, or not.
fn of_operation(spec: &'static Spec, operation: &'static Operation) -> Vec<Trial> {
    let named = |what: &str| format!("{}: {operation}: {what}", spec.name);
    let mut trials = Vec::new();
    for (header, wish) in [
        ("prefer", "code=418"),
        ("x-mock-status", "418"),
        ("prefer", "example=no-such-example"),
        ("prefer", "code=nonsense"),
    ] {
        let name = named(&format!(
            "{header}: {wish} is refused with the documented statuses"
        ));
        trials.push(Trial::test(name, move || refused(operation, header, wish)));
    }
    let name = named("a forced success changes nothing");
    trials.push(Trial::test(name, move || changes_nothing(spec, operation)));
    trials
}

/// What is not documented is a problem that says what is.
fn refused(operation: &Operation, header: &str, wish: &str) -> Result<(), Failed> {
    let answer = answer(operation, header, wish)?;
    let mut problems = problems_of_problem(&answer);
    if answer.status != 400 {
        problems.push(format!("status {} instead of 400", answer.status));
    }
    let listed = answer.json();
    let listed: Vec<&str> = listed["documented"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one["status"].as_str())
        .collect();
    let documented: Vec<String> = operation
        .responses
        .iter()
        .map(|response| response.status.to_string())
        .collect();
    if listed != documented {
        problems.push(format!("it lists {listed:?} instead of {documented:?}"));
    }
    verdict(&problems, &answer)
}

/// A call that works before a success was forced works after it: nothing was used up, removed or taken.
fn changes_nothing(spec: &Spec, operation: &Operation) -> Result<(), Failed> {
    let server = Server::start();
    let call = operation.call(spec);
    let wish = format!("code={}", operation.success());
    for request in [
        call.clone().header("prefer", &wish),
        call.clone().header("prefer", &wish),
        call,
    ] {
        let answer = exchange(server.address(), &request).map_err(|ended| ended.to_string())?;
        if answer.status != operation.success() {
            return Err(format!("{}\n\n{answer}", request.excerpt(server.address())).into());
        }
    }
    Ok(())
}

fn answer(operation: &Operation, header: &str, wish: &str) -> Result<Answer, Failed> {
    let server = Server::start();
    let request = Request::new(&operation.method, operation.path_with("", "")).header(header, wish);
    let answer = exchange(server.address(), &request).map_err(|ended| ended.to_string())?;
    match server.undocumented() {
        0 => Ok(answer),
        _ => Err("the server counts an undocumented answer".into()),
    }
}

fn verdict(problems: &[String], answer: &Answer) -> Result<(), Failed> {
    if problems.is_empty() {
        Ok(())
    } else {
        Err(format!("{}\n\n{answer}", problems.join("\n")).into())
    }
}
