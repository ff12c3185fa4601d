//! The state file.

use contract_tests::scenario::Scenario;

use super::calls::{problem, request};
use super::rules::SAVING;

pub(crate) fn rows() -> Vec<Scenario> {
    vec![
        Scenario::new(&SAVING, "a server that was started without a state file has nowhere to write")
            .ask(request("POST", "/save"), problem(409, "Conflict").matches("detail", "--state")),
    ]
}
