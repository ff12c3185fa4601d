//! Clerk's organization memberships.

mod adding;
mod bodies;
pub(crate) mod calls;
mod keys;
mod lists;
mod metadata;
mod moments;
mod orders;
mod removal;
mod roles;
mod rules;

use contract_tests::scenario::Table;
use mock_server::membership_apis::clerk::OPERATIONS;

pub(crate) fn table() -> Table {
    Table {
        spec: calls::spec(),
        operations: OPERATIONS,
        rules: rules::RULES,
        scenarios: [
            keys::rows(),
            adding::rows(),
            bodies::rows(),
            roles::rows(),
            lists::rows(),
            orders::rows(),
            metadata::rows(),
            removal::rows(),
            moments::rows(),
        ]
        .concat(),
    }
}
