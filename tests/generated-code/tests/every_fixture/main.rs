//! Every accepted fixture, held against its document: a test for each fixture and check.
//!
//! `cargo test -p generated-code -- query_deep_object` runs all checks of one fixture, `-- every_route_answers` one check
//! of all. Documents are read as they are written, requests are written by hand, values are judged by the `jsonschema`
//! crate: nothing of the generator or its run-time library checks itself here.

use std::process::ExitCode;

use api_support::Operation as Entry;
use generated_code::{Answering, FIXTURES, Fixture};
use libtest_mimic::{Arguments, Failed, Trial, run};

use document::{Document, Operation};

mod answers;
mod call;
mod client;
mod document;
mod examples;
mod fakes;
mod judge;
mod refusals;
mod rules;
mod serving;
mod wire;

/// A fixture and its document.
struct Case {
    fixture: &'static Fixture,
    document: Document,
}

impl Case {
    /// The entry of the operation table for an operation of the document.
    fn table(&self, operation: &Operation<'_>) -> &'static Entry {
        let found = self
            .fixture
            .operations
            .iter()
            .find(|entry| entry.path == operation.path && entry.method.as_str() == operation.method);
        found.unwrap_or_else(|| panic!("{} {} is not in the table", operation.method, operation.path))
    }

    fn has_operations(&self) -> bool {
        !self.document.operations().is_empty()
    }

    /// Whether an operation that is served takes a body.
    fn has_bodies(&self) -> bool {
        self.fixture
            .operations
            .iter()
            .any(|operation| operation.request_body.is_some())
    }

    /// Whether an operation that is served answers with one.
    fn has_contents(&self) -> bool {
        self.fixture
            .operations
            .iter()
            .flat_map(|operation| operation.responses)
            .any(|response| !response.content.is_empty())
    }

    fn has_components(&self) -> bool {
        self.document.schemas().next().is_some()
    }

    fn has_component_examples(&self) -> bool {
        self.document
            .schemas()
            .any(|(_, schema)| schema.get("example").is_some())
    }

    fn has_invalid_components(&self) -> bool {
        self.document
            .schemas()
            .any(|(_, schema)| schema.get("x-invalid").is_some())
    }

    fn has_invalid_parameters(&self) -> bool {
        self.document
            .operations()
            .iter()
            .any(|operation| operation.parameters.iter().any(|one| !one.invalid.is_empty()))
    }

    /// The answers of an operation by its id; `None` where it is not served.
    fn answering(&self, id: &str) -> Option<Answering> {
        self.fixture
            .answers
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(_, answering)| *answering)
    }
}

/// Something that holds of every fixture that has what it is about.
struct Check {
    name: &'static str,
    /// Whether the fixture has anything to check.
    applies: fn(&Case) -> bool,
    /// Collects what is wrong with a fixture, all of it at once.
    run: fn(&Case, &mut Vec<String>),
}

/// `check!(serving::every_route_answers, if has_operations)`
macro_rules! check {
    ($module:ident::$check:ident, if $applies:expr) => {
        Check {
            name: stringify!($check),
            applies: $applies,
            run: $module::$check,
        }
    };
}

const CHECKS: [Check; 16] = [
    check!(serving::every_route_answers, if Case::has_operations),
    check!(serving::credentials_are_asked_for, if Case::has_operations),
    check!(serving::other_routes_are_refused, if |_| true),
    check!(examples::examples_are_valid_to_others, if |_| true),
    check!(examples::request_examples_arrive_unchanged, if Case::has_bodies),
    check!(examples::response_examples_leave_unchanged, if Case::has_contents),
    check!(examples::schema_examples_survive_their_type, if Case::has_component_examples),
    check!(answers::answers_are_as_documented, if Case::has_operations),
    check!(refusals::invalid_values_of_components_are_refused, if Case::has_invalid_components),
    check!(refusals::invalid_bodies_are_refused, if Case::has_bodies),
    check!(refusals::invalid_parameters_are_refused, if Case::has_invalid_parameters),
    check!(refusals::invalid_values_are_invalid_to_others, if |case| Case::has_invalid_components(case) || Case::has_bodies(case)),
    check!(fakes::made_up_values_are_valid, if Case::has_components),
    check!(fakes::made_up_models_are_valid, if Case::has_components),
    check!(fakes::made_up_answers_are_valid, if Case::has_contents),
    check!(rules::every_rule_has_an_invalid_value, if |_| true),
];

fn main() -> ExitCode {
    let trials = FIXTURES.iter().flat_map(|fixture| {
        let case = Case {
            fixture,
            document: Document::read(fixture.name),
        };
        CHECKS
            .iter()
            .filter(|check| (check.applies)(&case))
            .map(|check| trial(fixture, check))
            .collect::<Vec<_>>()
    });
    run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn trial(fixture: &'static Fixture, check: &'static Check) -> Trial {
    Trial::test(format!("{}::{}", fixture.name, check.name), move || {
        let case = Case {
            fixture,
            document: Document::read(fixture.name),
        };
        let mut problems = Vec::new();
        (check.run)(&case, &mut problems);
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Failed::from(problems.join("\n")))
        }
    })
}
