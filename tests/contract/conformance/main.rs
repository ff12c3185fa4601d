//! Every operation of every API and of what steers the server, called rightly and in every wrong way its document speaks
//! of.
//!
//! The rows are made from the text of the documents; nobody keeps a list. Whatever comes back has to be documented for
//! the operation, its body and headers valid, or be on the closed list (`contract_tests::outside`); a refusal has to
//! be one; and nothing may make the server panic, fail or hang. `snapshots/contract` has what is answered to what.

mod addresses;
mod body;
mod call;
mod control;
mod credentials;
mod framing;
mod matrix;
mod parameters;
mod routes;

use contract_tests::row::Row;
use contract_tests::spec::specs;
use libtest_mimic::Arguments;

fn main() {
    let rows: &'static [Row] = rows().leak();
    let mut trials: Vec<_> = rows.iter().map(Row::trial).collect();
    trials.extend(matrix::trials(rows));
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for spec in specs() {
        for operation in &spec.operations {
            rows.extend(call::rows(spec, operation));
            rows.extend(credentials::rows(spec, operation));
            rows.extend(parameters::rows(spec, operation));
            rows.extend(body::rows(spec, operation));
            rows.extend(addresses::rows(spec, operation));
        }
        rows.extend(routes::rows(spec));
        rows.extend(framing::rows(spec));
    }
    rows.extend(control::rows());
    rows
}
