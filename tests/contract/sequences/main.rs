//! Random sequences of operations, held against a small model of each API that shares nothing with the server.
//!
//! The sequences are the same in every run. `PROPTEST_RNG_SEED=7 cargo test -p contract-tests --test sequences` tries
//! others, `PROPTEST_CASES=5000` more of them. One that fails is made as short as it can be and printed as requests.
//! A further API is a module here, and a line below.

mod clerk;
mod enhance;
mod logto;
mod runner;
mod stage;
mod whylabs;

use contract_tests::server;
use libtest_mimic::{Arguments, Failed, Trial};

/// Whether an API's sequences go as its model says.
type Check = fn() -> Result<(), String>;

const CHECKS: [(&str, Check); 4] = [
    ("clerk", clerk::check),
    ("enhance", enhance::check),
    ("logto", logto::check),
    ("whylabs", whylabs::check),
];

fn main() {
    let trials = CHECKS.map(|(api, check)| {
        let name = format!("{api}: random sequences go as the model says");
        let trial = Trial::test(name, move || check().map_err(Failed::from));
        match server::given() {
            Some(_) => trial
                .with_kind("needs fixtures of its own")
                .with_ignored_flag(true),
            None => trial,
        }
    });
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit();
}
