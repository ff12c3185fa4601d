//! Logto's organizations.

mod access;
pub(crate) mod calls;
mod checks;
mod errors;
mod giving;
mod lists;
mod members;
mod moments;
mod organizations;
mod pages;
mod roles;
mod rules;
mod tokens;

use contract_tests::scenario::Table;
use mock_server::membership_apis::logto::OPERATIONS;

pub(crate) fn table() -> Table {
    Table {
        spec: calls::spec(),
        operations: OPERATIONS,
        rules: rules::RULES,
        scenarios: [
            organizations::rows(),
            lists::rows(),
            members::rows(),
            giving::rows(),
            roles::rows(),
            access::rows(),
            checks::rows(),
            errors::rows(),
            pages::rows(),
            tokens::rows(),
            moments::rows(),
        ]
        .concat(),
    }
}
