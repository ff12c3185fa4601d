//! Worlds: the fixtures they begin with, what is wrong with fixtures that are none, and worlds that are taken out of
//! one server and put into another.
//!
//! Each file below `tests/fixtures/worlds` is a test of its own. Everything here is about our server alone.

mod determinism;
mod files;
mod isolation;
mod round_trip;

use std::panic;

use contract_tests::server;
use libtest_mimic::{Arguments, Trial};

/// A test, by its name.
type Test = (String, Box<dyn FnOnce() + Send>);

fn main() {
    let tests = [
        files::tests(),
        round_trip::tests(),
        determinism::tests(),
        isolation::tests(),
    ];
    let trials = tests.into_iter().flatten().map(|(name, check)| {
        let check = panic::AssertUnwindSafe(check);
        Trial::test(name, move || {
            let panic::AssertUnwindSafe(check) = check;
            check();
            Ok(())
        })
        .with_ignored_flag(server::given().is_some())
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

/// A test with nothing of its own to remember.
fn test(name: &str, check: fn()) -> Test {
    (name.to_owned(), Box::new(check))
}
