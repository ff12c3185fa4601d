use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::{Debug, Display};

use contract_tests::server::Server;
use mock_server::MockServer;
use mock_server::fixtures::{Fixtures, Given, resolve};
use proptest::collection::vec;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};

/// How many operations a sequence has.
const LENGTH: usize = 50;

/// What was answered: statuses with the codes of errors.
pub(crate) type Answers = BTreeSet<(u16, String)>;

/// The random sequences of an API.
#[derive(Debug)]
pub(crate) struct Sequences {
    /// What they are made from unless `PROPTEST_RNG_SEED` says otherwise.
    pub(crate) seed: u64,
    /// The world each of them begins with, in the format of the fixtures.
    pub(crate) scene: String,
    /// What they have to come by, no more and no less, or they show less than they seem to.
    pub(crate) answers: &'static [(u16, &'static str)],
}

impl Sequences {
    /// Plays every sequence. What one fails with is told together with the shortest that fails.
    pub(crate) fn check<O>(
        &self,
        operations: impl Strategy<Value = O>,
        play: impl Fn(&Server, &Fixtures, &[O]) -> Result<Answers, String>,
    ) -> Result<(), String>
    where
        O: Clone + Debug + Display,
    {
        let scene = Given::Text {
            name: "the scene".to_owned(),
            text: self.scene.clone(),
        };
        let start = resolve(std::slice::from_ref(&scene), None).map_err(|error| error.to_string())?;
        let server = Server::ours(MockServer::builder().fixtures(scene));
        let play = |sequence: &[O]| play(&server, &start, sequence);
        let config = self.config();
        let seed = config.rng_seed;
        let seen = RefCell::new(Answers::new());
        let outcome = TestRunner::new(config).run(&vec(operations, LENGTH), |sequence| {
            let answers = play(&sequence).map_err(TestCaseError::fail)?;
            seen.borrow_mut().extend(answers);
            Ok(())
        });
        outcome.map_err(|error| match error {
            TestError::Fail(_, sequence) => {
                let sequence = without_the_rest(sequence, |sequence| play(sequence).is_err());
                let reason = play(&sequence).err().unwrap_or_default();
                self.report(&reason, &sequence, seed)
            }
            TestError::Abort(reason) => reason.to_string(),
        })?;
        self.compare(&seen.into_inner())
    }

    fn config(&self) -> Config {
        let mut config = Config {
            failure_persistence: None,
            ..Config::default()
        };
        if config.rng_seed == RngSeed::Random {
            config.rng_seed = RngSeed::Fixed(self.seed);
        }
        config
    }

    fn compare(&self, seen: &Answers) -> Result<(), String> {
        let wanted = self.answers.iter();
        let wanted: Answers = wanted
            .map(|(status, code)| (*status, (*code).to_owned()))
            .collect();
        if *seen == wanted {
            Ok(())
        } else {
            Err(format!("the sequences come by {seen:#?} and not by {wanted:#?}"))
        }
    }

    fn report<O: Display>(&self, reason: &str, sequence: &[O], seed: RngSeed) -> String {
        let steps: Vec<_> = sequence.iter().map(ToString::to_string).collect();
        format!(
            "{reason}\n\nthe shortest sequence that fails, of those from {seed:?}:\n{}\n\nit begins with:\n{}",
            steps.join("\n"),
            self.scene
        )
    }
}

/// What is left of a sequence that fails when everything that can be left out is. The length of a sequence is fixed, so
/// that what it is made from only makes its operations simpler.
fn without_the_rest<O: Clone>(mut sequence: Vec<O>, fails: impl Fn(&[O]) -> bool) -> Vec<O> {
    for index in (0..sequence.len()).rev() {
        let left_out = sequence.remove(index);
        if !fails(&sequence) {
            sequence.insert(index, left_out);
        }
    }
    sequence
}
