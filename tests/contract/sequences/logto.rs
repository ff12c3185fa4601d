//! Logto's organizations.

mod body;
mod list;
mod model;
mod operation;
mod organization;
mod play;
mod scene;

use contract_tests::server::Server;
use mock_server::fixtures::Fixtures;

use crate::runner::{Answers, Sequences};
use operation::{Operation, operations};
use play::Play;

pub(crate) fn check() -> Result<(), String> {
    let sequences = Sequences {
        seed: 0x1060_4c00,
        scene: scene::fixtures(),
        answers: &[
            (200, ""),
            (201, ""),
            (204, ""),
            (400, "entity.invalid_input"),
            (400, "entity.unique_integrity_violation"),
            (400, "guard.invalid_input"),
            (400, "guard.invalid_pagination"),
            (401, "auth.authorization_header_missing"),
            (401, "auth.unauthorized"),
            (403, "auth.forbidden"),
            (404, "entity.not_exists"),
            (404, "entity.not_exists_with_id"),
            (404, "entity.not_found"),
            (422, "entity.relation_foreign_key_not_found"),
            (422, "organization.require_membership"),
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
