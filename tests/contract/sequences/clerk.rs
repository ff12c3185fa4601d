//! Clerk's organization memberships.

mod metadata;
mod model;
mod operation;
mod play;
mod scene;

use std::cell::RefCell;
use std::collections::BTreeSet;

use contract_tests::server::Server;
use mock_server::MockServer;
use mock_server::fixtures::{Fixtures, Given, resolve};
use proptest::collection::vec;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};

use operation::{Operation, operations};
use play::Play;

/// How many operations a sequence has.
const LENGTH: usize = 50;

/// What the sequences are made from unless `PROPTEST_RNG_SEED` says otherwise.
const SEED: u64 = 0x0c1e_4c00;

/// What random sequences have to come by, or they show less than they seem to.
const ANSWERS: [(u16, &str); 12] = [
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
];

pub(crate) fn check() -> Result<(), String> {
    let scene = Given::Text {
        name: "the scene".to_owned(),
        text: scene::fixtures(),
    };
    let start = resolve(std::slice::from_ref(&scene), None).map_err(|error| error.to_string())?;
    let server = Server::ours(MockServer::builder().fixtures(scene));
    let mut config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(SEED);
    }
    let seed = config.rng_seed;
    let mut runner = TestRunner::new(config);
    let seen = RefCell::new(BTreeSet::new());
    let outcome = runner.run(&vec(operations(), LENGTH), |sequence| {
        let answers = play(&server, &start, &sequence).map_err(TestCaseError::fail)?;
        seen.borrow_mut().extend(answers);
        Ok(())
    });
    outcome.map_err(|error| match error {
        TestError::Fail(_, sequence) => {
            let sequence = without_the_rest(sequence, |sequence| play(&server, &start, sequence).is_err());
            let reason = play(&server, &start, &sequence).err().unwrap_or_default();
            report(&reason, &sequence, seed)
        }
        TestError::Abort(reason) => reason.to_string(),
    })?;
    let wanted: BTreeSet<_> = ANSWERS.map(|(status, code)| (status, code.to_owned())).into();
    let seen = seen.into_inner();
    if seen == wanted {
        Ok(())
    } else {
        Err(format!("the sequences come by {seen:#?} and not by {wanted:#?}"))
    }
}

/// Plays a sequence from the start, looks at everything at its end, and tells what it came by.
fn play(
    server: &Server,
    start: &Fixtures,
    sequence: &[Operation],
) -> Result<BTreeSet<(u16, String)>, String> {
    let mut play = Play::begin(server, start)?;
    for operation in sequence {
        play.step(operation)?;
    }
    play.look_around()?;
    Ok(play.answers)
}

/// What is left of a sequence that fails when everything that can be left out is. The length of a sequence is fixed, so
/// that what it is made from only makes its operations simpler.
fn without_the_rest(mut sequence: Vec<Operation>, fails: impl Fn(&[Operation]) -> bool) -> Vec<Operation> {
    for index in (0..sequence.len()).rev() {
        let left_out = sequence.remove(index);
        if !fails(&sequence) {
            sequence.insert(index, left_out);
        }
    }
    sequence
}

fn report(reason: &str, sequence: &[Operation], seed: RngSeed) -> String {
    let steps: Vec<_> = sequence.iter().map(ToString::to_string).collect();
    format!(
        "{reason}\n\nthe shortest sequence that fails, of those from {seed:?}:\n{}\n\nit begins with:\n{}",
        steps.join("\n"),
        scene::fixtures()
    )
}
