//! WhyLabs' organization memberships.

mod adding;
mod addresses;
pub(crate) mod calls;
mod changes;
mod defaults;
mod keys;
mod lists;
mod notifications;
mod parameters;
mod refusals;
mod rules;
mod statuses;

use contract_tests::scenario::Table;
use mock_server::membership_apis::whylabs::OPERATIONS;

pub(crate) fn table() -> Table {
    Table {
        spec: calls::spec(),
        operations: OPERATIONS,
        rules: rules::RULES,
        scenarios: [
            keys::rows(),
            refusals::rows(),
            parameters::rows(),
            addresses::rows(),
            adding::rows(),
            defaults::rows(),
            lists::rows(),
            changes::rows(),
            statuses::rows(),
            notifications::rows(),
        ]
        .concat(),
    }
}
