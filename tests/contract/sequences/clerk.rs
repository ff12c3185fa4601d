//! Clerk's organization memberships.

mod metadata;
mod model;
mod operation;
mod play;
mod scene;

use contract_tests::server::Server;
use mock_server::fixtures::Fixtures;

use crate::runner::{Answers, Sequences};
use operation::{Operation, operations};
use play::Play;

pub(crate) fn check() -> Result<(), String> {
    let sequences = Sequences {
        seed: 0x0c1e_4c00,
        scene: scene::fixtures(),
        answers: &[
            (200, ""),
            (400, "already_a_member_in_organization"),
            (400, "organization_minimum_permissions_needed"),
            (401, "clerk_key_invalid"),
            (403, "authorization_invalid"),
            (403, "organization_membership_quota_exceeded"),
            (403, "organization_not_enabled_in_instance"),
            (404, "resource_not_found"),
            (422, "form_param_exceeds_allowed_size"),
            (422, "form_param_missing"),
            (422, "form_param_unknown"),
            (422, "form_param_value_invalid"),
        ],
    };
    sequences.check(operations(), play)
}

/// Plays a sequence from the start, looks at everything at its end, and tells what it came by.
fn play(server: &Server, start: &Fixtures, sequence: &[Operation]) -> Result<Answers, String> {
    let mut play = Play::begin(server, start)?;
    for operation in sequence {
        play.step(operation)?;
    }
    play.look_around()?;
    Ok(play.answers)
}
