//! Enhance's members and invites.

mod accepting;
mod adding;
mod bodies;
pub(crate) mod calls;
mod credentials;
mod invitees;
mod inviting;
mod links;
mod lists;
mod mails;
mod moments;
mod ownership;
mod proofs;
mod removal;
mod rights;
mod rules;
mod settings;
mod stories;
mod tokens;
mod validating;

use contract_tests::scenario::Table;
use mock_server::membership_apis::enhance::OPERATIONS;

pub(crate) fn table() -> Table {
    Table {
        spec: calls::spec(),
        operations: OPERATIONS,
        rules: rules::RULES,
        scenarios: [
            credentials::rows(),
            rights::rows(),
            adding::rows(),
            lists::rows(),
            settings::rows(),
            removal::rows(),
            ownership::rows(),
            links::rows(),
            tokens::rows(),
            inviting::rows(),
            mails::rows(),
            invitees::rows(),
            validating::rows(),
            accepting::rows(),
            proofs::rows(),
            bodies::rows(),
            moments::rows(),
            stories::rows(),
        ]
        .concat(),
    }
}
