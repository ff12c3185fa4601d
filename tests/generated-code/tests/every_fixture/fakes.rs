use std::collections::BTreeSet;

use api_support::fake::{Chosen, value};
use api_support::operation::Encoding;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;
use serde_json::Value;

use crate::Case;
use crate::examples::is_structured;
use crate::judge::{Judge, Way};

const SEEDS: u64 = 50;

/// Values made up for a component are valid.
pub(crate) fn made_up_values_are_valid(case: &Case, problems: &mut Vec<String>) {
    let judge = Judge::new(&case.document, Way::Either);
    for (name, schema) in case.document.schemas() {
        let Some(index) = case.fixture.schemas.component(name) else {
            continue;
        };
        let make_up = |seed| value(case.fixture.schemas, index, &mut ChaCha8Rng::seed_from_u64(seed));
        sample(&judge, schema, name, make_up, problems);
    }
}

/// So are values of the Rust types, made up and written.
pub(crate) fn made_up_models_are_valid(case: &Case, problems: &mut Vec<String>) {
    let judge = Judge::new(&case.document, Way::Either);
    for (name, schema) in case.document.schemas() {
        let index = case.fixture.schemas.component(name);
        for model in case
            .fixture
            .models
            .iter()
            .filter(|model| Some(model.schema) == index)
        {
            let make_up = |seed| Some((model.make_up)(&mut ChaCha8Rng::seed_from_u64(seed)));
            sample(&judge, schema, model.name, make_up, problems);
        }
    }
}

/// So are the bodies of answers without an example.
pub(crate) fn made_up_answers_are_valid(case: &Case, problems: &mut Vec<String>) {
    let judge = Judge::new(&case.document, Way::Response);
    for operation in case.document.operations() {
        let table = case.table(&operation);
        let Some(answer_of) = case.answering(table.id) else {
            continue;
        };
        for (key, response) in &operation.responses {
            let content = case.document.content(response);
            let Some(media) = content
                .first()
                .filter(|media| media.examples.is_empty() && is_structured(media))
            else {
                continue;
            };
            let chosen = Chosen {
                status: Some(operation.representative(key)),
                ..Chosen::default()
            };
            let make_up = |seed| {
                let answer = answer_of(chosen, &mut ChaCha8Rng::seed_from_u64(seed))?;
                serde_json::from_slice(&answer.body).ok()
            };
            sample(
                &judge,
                media.schema.unwrap_or(&Value::Null),
                &format!("{} {key}", table.id),
                make_up,
                problems,
            );
        }
        for media in table.responses.iter().flat_map(|response| response.content) {
            let Some(schema) = media.schema.filter(|_| media.encoding == Encoding::Json) else {
                continue;
            };
            if (0..SEEDS).any(|seed| {
                value(case.fixture.schemas, schema, &mut ChaCha8Rng::seed_from_u64(seed)).is_none()
            }) {
                problems.push(format!(
                    "{}: no value can be made up for {}",
                    table.id, media.media_type
                ));
            }
        }
    }
}

fn sample(
    judge: &Judge<'_>,
    schema: &Value,
    name: &str,
    make_up: impl Fn(u64) -> Option<Value>,
    problems: &mut Vec<String>,
) {
    let validator = judge.validator(schema);
    let mut found = BTreeSet::new();
    for seed in 0..SEEDS {
        match make_up(seed) {
            None => {
                found.insert(format!("{name}: nothing can be made up"));
            }
            Some(value) => found.extend(validator.iter_errors(&value).map(|error| {
                format!(
                    "{name}: seed {seed}: {value}: {error} at {}",
                    error.instance_path()
                )
            })),
        }
    }
    problems.extend(found.into_iter().take(3));
}
