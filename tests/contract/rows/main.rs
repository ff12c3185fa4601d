//! What each vendor does, rule by rule: the rows of the APIs' tables, each a test of its own name.
//!
//! `cargo test -p contract-tests --test rows -- "last admin"` runs those of one rule. A further API is a file here with
//! its table, and a line below.

mod clerk;

use contract_tests::scenario::Table;
use libtest_mimic::Arguments;

fn main() {
    let tables = [clerk::table()];
    let trials = tables.into_iter().flat_map(Table::trials).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
