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

/// What the sequences have to come by: operations and the codes of errors.
const ANSWERS: [(u16, &str); 63] = [
    (200, "acceptInvite"),
    (200, "getAccessTokens"),
    (200, "getMember"),
    (200, "getMembers"),
    (200, "the page of a login link"),
    (200, "updateMember"),
    (200, "updateOwner"),
    (200, "validateInvite"),
    (201, "createAccessToken"),
    (201, "createInvite"),
    (201, "createMember"),
    (201, "getOrgMemberLogin"),
    (204, "deleteAccessToken"),
    (204, "deleteMember"),
    (204, "deleteOwner"),
    (400, "createAccessToken invalid_input"),
    (400, "createInvite already_exists"),
    (400, "createInvite invalid_input"),
    (400, "createMember invalid_input"),
    (400, "deleteMember invalid_input"),
    (400, "getMembers invalid_input"),
    (400, "updateMember invalid_input"),
    (400, "updateOwner invalid_input"),
    (401, "createAccessToken invalid_session"),
    (401, "createInvite invalid_session"),
    (401, "createMember invalid_session"),
    (401, "deleteAccessToken invalid_session"),
    (401, "deleteMember invalid_session"),
    (401, "deleteOwner invalid_session"),
    (401, "getAccessTokens invalid_session"),
    (401, "getMember invalid_session"),
    (401, "getMembers invalid_session"),
    (401, "getOrgMemberLogin invalid_session"),
    (401, "the page of a login link invalid_session"),
    (401, "updateMember invalid_session"),
    (401, "updateOwner invalid_session"),
    (403, "acceptInvite insufficient_privileges"),
    (403, "createAccessToken insufficient_privileges"),
    (403, "createInvite insufficient_privileges"),
    (403, "createMember insufficient_privileges"),
    (403, "deleteAccessToken insufficient_privileges"),
    (403, "deleteMember insufficient_privileges"),
    (403, "deleteOwner insufficient_privileges"),
    (403, "getAccessTokens insufficient_privileges"),
    (403, "getMember insufficient_privileges"),
    (403, "getMembers insufficient_privileges"),
    (403, "getOrgMemberLogin insufficient_privileges"),
    (403, "updateMember insufficient_privileges"),
    (403, "updateOwner insufficient_privileges"),
    (404, "acceptInvite not_found"),
    (404, "createAccessToken not_found"),
    (404, "createInvite not_found"),
    (404, "createMember not_found"),
    (404, "deleteAccessToken not_found"),
    (404, "deleteMember not_found"),
    (404, "deleteOwner not_found"),
    (404, "getAccessTokens not_found"),
    (404, "getMember not_found"),
    (404, "getMembers not_found"),
    (404, "updateMember not_found"),
    (404, "updateOwner not_found"),
    (409, "createAccessToken already_exists"),
    (409, "createMember already_exists"),
];

pub(crate) fn check() -> Result<(), String> {
    let sequences = Sequences {
        seed: 0xe44a_4ce0,
        scene: scene::fixtures(),
        answers: &ANSWERS,
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
