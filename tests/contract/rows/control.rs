//! What steers the mock server.

mod access;
mod bad_faults;
mod bodies;
pub(crate) mod calls;
mod clock;
mod coverage;
mod expiry;
mod faults;
mod isolation;
mod journal;
mod matching;
mod outbox;
mod parameters;
mod reports;
mod reset;
mod rules;
mod saving;
mod secrets;
mod server;
mod state;
mod turns;
mod unmet;
mod verifying;
mod violations;
mod worlds;

use contract_tests::scenario::Table;
use mock_server::membership_apis::control::OPERATIONS;

pub(crate) fn table() -> Table {
    Table {
        spec: calls::spec(),
        operations: OPERATIONS,
        rules: rules::RULES,
        scenarios: [
            server::rows(),
            access::rows(),
            parameters::rows(),
            bodies::rows(),
            worlds::rows(),
            reset::rows(),
            isolation::rows(),
            state::rows(),
            clock::rows(),
            expiry::rows(),
            outbox::rows(),
            faults::rows(),
            matching::rows(),
            turns::rows(),
            bad_faults::rows(),
            journal::rows(),
            secrets::rows(),
            verifying::rows(),
            unmet::rows(),
            violations::rows(),
            coverage::rows(),
            reports::rows(),
            saving::rows(),
        ]
        .concat(),
    }
}
