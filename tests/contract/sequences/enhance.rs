//! Enhance's members and invites.

mod answer;
mod answering;
mod entries;
mod members;
mod model;
mod operation;
mod play;
mod request;
mod role;
mod scene;

use contract_tests::server::Server;
use mock_server::fixtures::Fixtures;

use crate::runner::{Answers, Sequences};
use operation::{Operation, operations};
use play::Play;

pub(crate) fn check() -> Result<(), String> {
    let sequences = Sequences {
        seed: 0xe44a_4ce0,
        scene: scene::fixtures(),
        answers: &[(200, "getMembers")],
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
