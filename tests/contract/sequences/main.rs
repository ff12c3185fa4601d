//! Random sequences of operations, held against a small model of each API that shares nothing with the server.
//!
//! The sequences are the same in every run. `PROPTEST_RNG_SEED=7 cargo test -p contract-tests --test sequences` tries
//! others, `PROPTEST_CASES=5000` more of them. One that fails is made as short as it can be and printed as requests.

mod clerk;

use contract_tests::server;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let name = "clerk: random sequences go as the model says";
    let trial = Trial::test(name, || clerk::check().map_err(Failed::from));
    let trial = match server::given() {
        Some(_) => trial
            .with_kind("needs fixtures of its own")
            .with_ignored_flag(true),
        None => trial,
    };
    libtest_mimic::run(&Arguments::from_args(), vec![trial]).exit();
}
