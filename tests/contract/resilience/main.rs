//! What happens when clients misbehave and servers die.

mod connections;
mod crowd;
mod lifecycle;

use contract_tests::server;
use libtest_mimic::{Arguments, Failed, Trial};

/// What a test comes to.
type Verdict = Result<(), Failed>;

/// A test and its name.
type Test = (&'static str, fn() -> Verdict);

fn main() {
    let tests = [connections::TESTS, crowd::TESTS, lifecycle::TESTS].concat();
    // Limits and life of another server are not ours to play with.
    let is_other = server::given().is_some();
    let trials = tests
        .into_iter()
        .map(|(name, test)| Trial::test(name, test).with_ignored_flag(is_other));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

/// Fails with a reason.
fn ensure(holds: bool, reason: impl FnOnce() -> String) -> Verdict {
    if holds { Ok(()) } else { Err(reason().into()) }
}
