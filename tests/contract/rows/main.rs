//! What each vendor does, and what steers the server, rule by rule: the rows of the APIs' tables, each a test of its own
//! name.
//!
//! `cargo test -p contract-tests --test rows -- "last admin"` runs those of one rule. A further API is a file here with
//! its table, and a line below.

mod clerk;
mod control;
mod enhance;
mod logto;
mod whylabs;

use contract_tests::scenario::Table;
use contract_tests::spec::specs;
use libtest_mimic::{Arguments, Failed, Trial};

/// How many statuses the published contracts document, and how many our documents have beyond them.
const PAIRS: (usize, usize) = (153, 20);

fn main() {
    let tables: &'static [Table] =
        vec![clerk::table(), enhance::table(), logto::table(), whylabs::table()].leak();
    let control: &'static Table = Box::leak(Box::new(control::table()));
    let all = tables.iter().chain(std::iter::once(control));
    let mut trials: Vec<_> = all.flat_map(Table::trials).collect();
    trials.push(Trial::test(
        "all four: genuine rows see every documented pair",
        || count(tables),
    ));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// Counts what all the rows see.
fn count(tables: &[Table]) -> Result<(), Failed> {
    let seen = tables.iter().map(Table::seen_pairs);
    let seen = seen.fold((0, 0), |all, of_one| (all.0 + of_one.0, all.1 + of_one.1));
    if tables.len() != specs().len() {
        return Err(format!("{} tables for {} documents", tables.len(), specs().len()).into());
    }
    if seen == PAIRS {
        Ok(())
    } else {
        Err(format!("{seen:?} pairs and additions are seen, where there are {PAIRS:?}").into())
    }
}
