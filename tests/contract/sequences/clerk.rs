//! Clerk's organization memberships.

mod model;
mod operation;
mod play;
mod scene;

use contract_tests::server::Server;
use mock_server::MockServer;
use mock_server::fixtures::{Fixtures, Given, resolve};
use proptest::collection::vec;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};

use operation::{Operation, operations};
use play::Play;

/// How many operations a sequence has.
const LENGTH: usize = 50;

/// What the sequences are made from unless `PROPTEST_RNG_SEED` says otherwise.
const SEED: u64 = 0x0c1e_4c00;

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
    let outcome = runner.run(&vec(operations(), LENGTH), |sequence| {
        let played = play(&server, &start, &sequence);
        played.map_err(proptest::test_runner::TestCaseError::fail)
    });
    outcome.map_err(|error| match error {
        TestError::Fail(reason, sequence) => report(&reason.to_string(), &sequence, seed),
        TestError::Abort(reason) => reason.to_string(),
    })
}

/// Plays a sequence from the start, and looks at everything at its end.
fn play(server: &Server, start: &Fixtures, sequence: &[Operation]) -> Result<(), String> {
    let mut play = Play::begin(server, start)?;
    for operation in sequence {
        play.step(operation)?;
    }
    play.look_around()
}

fn report(reason: &str, sequence: &[Operation], seed: RngSeed) -> String {
    let steps: Vec<_> = sequence.iter().map(ToString::to_string).collect();
    format!(
        "{reason}\n\nthe shortest sequence that fails, of those from {seed:?}:\n{}\n\nit begins with:\n{}",
        steps.join("\n"),
        scene::fixtures()
    )
}
