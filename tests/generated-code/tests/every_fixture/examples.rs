use api_support::Operation;
use api_support::fake::Chosen;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;
use serde_json::Value;

use crate::Case;
use crate::call::Call;
use crate::client::Server;
use crate::document::Media;
use crate::judge::{Judge, Way, same};

/// Every example of a request body is accepted, and what its handler is given reads as what was sent.
pub(crate) fn request_examples_arrive_unchanged(case: &Case, problems: &mut Vec<String>) {
    let server = Server::start(case.fixture);
    for operation in case.document.operations() {
        let table = case.table(&operation);
        if table.skipped.is_some() {
            continue;
        }
        let content = operation
            .body
            .map(|body| case.document.content(body))
            .unwrap_or_default();
        for (media, (name, example)) in content
            .iter()
            .flat_map(|media| media.examples.iter().map(move |one| (media, one)))
        {
            let request = Call::new(&case.document, &operation)
                .with_body(media, example)
                .request();
            let answer = server.send(&request);
            let arrived = server.faked.take_body();
            if operation.response(answer.status).is_none() || answer.status >= 400 {
                problems.push(format!(
                    "example {name}: {request}: {} {}",
                    answer.status,
                    answer.text()
                ));
            } else if content.len() == 1
                && is_structured(media)
                && !arrived.as_ref().is_some_and(|it| same(it, example))
            {
                problems.push(format!("example {name}: {example} arrived as {arrived:?}"));
            } else if content.len() > 1 {
                problems.extend(survives(case, table, media, example));
            }
        }
    }
}

/// A body of several media types is a choice, which cannot be written back as it stands: its part is.
fn survives(case: &Case, table: &Operation, media: &Media<'_>, example: &Value) -> Option<String> {
    let content = table.request_body.as_ref()?.content;
    let schema = content
        .iter()
        .find(|known| known.media_type == media.media_type)?
        .schema?;
    let model = case.fixture.models.iter().find(|model| model.schema == schema)?;
    match (model.round_trip)(example) {
        Ok(back) if same(&back, example) => None,
        other => Some(format!("{}: {example} comes back as {other:?}", media.media_type)),
    }
}

/// The examples of a document are what its schemas say, by a validator that is not ours.
pub(crate) fn examples_are_valid_to_others(case: &Case, problems: &mut Vec<String>) {
    let [either, request, response] =
        [Way::Either, Way::Request, Way::Response].map(|way| Judge::new(&case.document, way));
    let mut hold = |judge: &Judge<'_>, schema: Option<&Value>, example: &Value| {
        let faults = schema
            .map(|schema| judge.faults(schema, example))
            .unwrap_or_default();
        problems.extend(faults.into_iter().map(|fault| format!("{example}: {fault}")));
    };
    for (_, schema) in case.document.schemas() {
        schema
            .get("example")
            .into_iter()
            .for_each(|example| hold(&either, Some(schema), example));
    }
    for operation in case.document.operations() {
        for parameter in &operation.parameters {
            parameter
                .example
                .into_iter()
                .for_each(|example| hold(&request, Some(parameter.schema), example));
        }
        let bodies = operation.body.into_iter().map(|body| (&request, body));
        let answers = operation.responses.iter().map(|(_, one)| (&response, *one));
        for (judge, owner) in bodies.chain(answers) {
            for media in case.document.content(owner) {
                media
                    .examples
                    .iter()
                    .for_each(|(_, example)| hold(judge, media.schema, example));
            }
            for header in case.document.headers(owner) {
                header
                    .example
                    .into_iter()
                    .for_each(|example| hold(judge, Some(header.schema), example));
            }
        }
    }
}

/// Every example of a response is what its typed answer sends, with its status, media type and headers.
pub(crate) fn response_examples_leave_unchanged(case: &Case, problems: &mut Vec<String>) {
    for operation in case.document.operations() {
        let table = case.table(&operation);
        let Some(answer_of) = case.answering(table.id) else {
            continue;
        };
        for (key, response) in &operation.responses {
            let status = operation.representative(key);
            for media in case.document.content(response) {
                for (name, example) in &media.examples {
                    let chosen = Chosen {
                        status: Some(status),
                        example: Some(name),
                        media_type: Some(media.media_type),
                    };
                    let Some(answer) = answer_of(chosen, &mut ChaCha8Rng::seed_from_u64(0)) else {
                        problems.push(format!(
                            "{} {key}: there is no answer for example {name}",
                            table.id
                        ));
                        continue;
                    };
                    let sent = if is_structured(&media) {
                        serde_json::from_slice(&answer.body).unwrap_or(Value::Null)
                    } else {
                        Value::from(String::from_utf8_lossy(&answer.body))
                    };
                    if answer.status != status || !same(&sent, example) {
                        problems.push(format!(
                            "{} {key}: example {name} is {example}, sent {} {sent}",
                            table.id, answer.status
                        ));
                    }
                }
            }
        }
    }
}

/// Every example of a component survives its Rust type.
pub(crate) fn schema_examples_survive_their_type(case: &Case, problems: &mut Vec<String>) {
    for (name, schema) in case.document.schemas() {
        let Some(example) = schema.get("example") else {
            continue;
        };
        let index = case.fixture.schemas.component(name);
        // The first: those that follow are alternatives of a union with properties of its own.
        let Some(model) = case
            .fixture
            .models
            .iter()
            .find(|model| Some(model.schema) == index)
        else {
            continue;
        };
        match (model.round_trip)(example) {
            Ok(back) if same(&back, example) => {}
            Ok(back) => problems.push(format!("{name}: {example} comes back as {back}")),
            Err(error) => problems.push(format!("{name}: {} does not read {example}: {error}", model.name)),
        }
    }
}

/// Whether a body is a JSON document or a form.
pub(crate) fn is_structured(media: &Media<'_>) -> bool {
    let essence = media
        .media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json"
        || essence.ends_with("+json")
        || essence == "application/x-www-form-urlencoded"
}
