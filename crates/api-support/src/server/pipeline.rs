use std::future::Future;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use http::{Request, StatusCode};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::call::Call;
use super::input::{FromInput, Input};
use super::outcome::{Outcome, Refused, Step};
use super::routes::{Match, Routes};
use super::written::not_served;
use crate::operation::{Location, Operation};
use crate::rejection::{Rejection, problem, with_allow};
use crate::schema::SchemaTable;
use crate::wire::{
    Answer, BodyLimit, DecodedBody, PathChecks, Raw, WireRules, decode_body, decode_parameters,
};

/// What the pipeline needs of an API; implemented by generated code around the server's own trait.
pub trait Api: Send + Sync + 'static {
    /// What authentication finds out: the caller, the state to work on.
    type Context: Clone + Send + Sync + 'static;
    /// The answers to requests that do not reach their handler.
    type Refusal: Refusal;
    /// How forgiving the server is.
    const WIRE: WireRules;

    /// The operation table.
    fn operations() -> &'static [Operation];

    /// The schema table.
    fn schemas() -> &'static SchemaTable;

    /// Finds out who calls.
    ///
    /// # Errors
    /// Why the caller is refused.
    fn authenticate(&self, call: &Call<'_>) -> Result<Self::Context, Rejection>;

    /// Looks at the request before its parameters are read.
    ///
    /// # Errors
    /// The answer, when the request must not go on.
    fn admit(&self, context: &Self::Context, call: &Call<'_>) -> Result<(), Self::Refusal>;

    /// Words a rejection.
    fn reject(&self, context: Option<&Self::Context>, call: &Call<'_>, rejection: Rejection)
    -> Self::Refusal;

    /// Types the input and runs the handler of the operation at a position of the table.
    fn handle(
        &self,
        index: usize,
        context: Self::Context,
        call: &Call<'_>,
        input: Input,
    ) -> impl Future<Output = Result<Answer, Failed<Self::Refusal>>> + Send;
}

/// Why a handler gave no answer of its own.
#[derive(Debug)]
pub enum Failed<R> {
    /// The input could not be typed.
    Rejected(Rejection),
    /// The handler failed, and the server's `fail` worded it.
    Refused(R),
}

/// A generated refusal: one variant per error answer the API documents anywhere.
pub trait Refusal: IntoAnswer {
    /// The status it travels under and the schema of its body; `None` for one that is outside the contract.
    fn documented_as(&self) -> Option<(u16, Option<usize>)>;
}

/// Something that can be sent.
pub trait IntoAnswer {
    /// Its status, headers and body.
    fn into_answer(self) -> Answer;
}

/// Types the input, runs a handler, and words what it could not do; for generated code.
///
/// # Errors
/// When the input does not fit its types, or the handler failed.
pub async fn run<Request, Response, Error, R, Handling>(
    input: Input,
    handler: impl FnOnce(Request) -> Handling + Send,
    fail: impl FnOnce(Error) -> R + Send,
) -> Result<Answer, Failed<R>>
where
    Request: FromInput,
    Response: IntoAnswer,
    Handling: Future<Output = Result<Response, Error>> + Send,
{
    let request = Request::from_input(input).map_err(Failed::Rejected)?;
    handler(request)
        .await
        .map(IntoAnswer::into_answer)
        .map_err(|error| Failed::Refused(fail(error)))
}

struct Server<A> {
    api: A,
    routes: Routes,
}

/// An axum router that serves an API. It has one fallback for everything and no routes of its own, so it can be
/// nested under any prefix; `Router::merge` with another router that has a fallback panics, as axum documents.
pub fn router<A: Api>(api: A) -> Router {
    let routes = Routes::new(A::operations(), A::WIRE.trailing_slash);
    Router::new()
        .fallback(serve::<A>)
        .with_state(Arc::new(Server { api, routes }))
}

async fn serve<A: Api>(State(server): State<Arc<Server<A>>>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let found = server.routes.find(&parts.method, parts.uri.path());
    let (index, raw_path) = match &found {
        Match::Operation { index, parameters } => (Some(*index), parameters.as_slice()),
        Match::Path { .. } | Match::Nothing { .. } => (None, [].as_slice()),
    };
    let operation = index.and_then(|index| A::operations().get(index));
    let decoded_path: Vec<_> = raw_path
        .iter()
        .map(|(name, raw)| {
            (
                name.clone(),
                percent_decode_str(raw).decode_utf8_lossy().into_owned(),
            )
        })
        .collect();
    let call = Call::new(operation, &parts, &decoded_path);
    let exchange = Exchange {
        api: &server.api,
        call,
        parts: &parts,
        raw_path,
    };
    match exchange.run(index, found.clone(), body).await {
        Ok(answer) => exchange.respond(answer),
        Err(response) => response,
    }
}

/// One request and what is needed to answer it.
struct Exchange<'a, A> {
    api: &'a A,
    call: Call<'a>,
    parts: &'a Parts,
    raw_path: &'a [(String, String)],
}

impl<A: Api> Exchange<'_, A> {
    /// Runs the steps in order. The error is a finished response: a rejection, or an operation that is not served.
    async fn run(&self, index: Option<usize>, found: Match, body: Body) -> Result<Answer, Response> {
        let context = self
            .api
            .authenticate(&self.call)
            .map_err(|rejection| self.reject(None, rejection))?;
        let (Some(index), Some(operation)) = (index, self.call.operation) else {
            return Err(self.reject(Some(&context), unrouted(found)));
        };
        if let Some(reason) = operation.skipped {
            return Err(self.finish(not_served(operation, reason), true, None));
        }
        let before_admission = A::WIRE.path_checks == PathChecks::BeforeAdmission;
        let mut values = vec![None; operation.parameters.len()];
        if before_admission {
            self.parameters(&context, operation, &[Location::Path], &mut values)?;
        }
        self.api
            .admit(&context, &self.call)
            .map_err(|refusal| self.refuse(refusal, false, Refused::at(Step::Admission)))?;
        if !before_admission {
            self.parameters(&context, operation, &[Location::Path], &mut values)?;
        }
        self.parameters(
            &context,
            operation,
            &[Location::Query, Location::Header, Location::Cookie],
            &mut values,
        )?;
        let body = self.body(&context, operation, body).await?;
        let input = Input {
            parameters: values,
            documented: operation.parameters,
            body,
        };
        match self.api.handle(index, context.clone(), &self.call, input).await {
            Ok(answer) => Ok(answer),
            Err(Failed::Rejected(rejection)) => Err(self.reject(Some(&context), rejection)),
            Err(Failed::Refused(refusal)) => Err(self.refuse(refusal, false, Refused::at(Step::Handler))),
        }
    }

    #[expect(clippy::result_large_err, reason = "the error is the response, sent at once")]
    fn parameters(
        &self,
        context: &A::Context,
        operation: &'static Operation,
        locations: &[Location],
        values: &mut [Option<Value>],
    ) -> Result<(), Response> {
        let raw = Raw {
            path: self.raw_path,
            query: self.parts.uri.query().unwrap_or_default(),
            headers: &self.parts.headers,
        };
        let (found, violations) = decode_parameters(operation, A::schemas(), &A::WIRE, &raw, locations);
        if !violations.is_empty() {
            let path_only = locations == [Location::Path];
            let rejection = if path_only {
                Rejection::Path(violations)
            } else {
                Rejection::Parameters(violations)
            };
            return Err(self.reject(Some(context), rejection));
        }
        for (slot, value) in values.iter_mut().zip(found) {
            if value.is_some() {
                *slot = value;
            }
        }
        Ok(())
    }

    /// Bodies of operations that take none are not looked at.
    async fn body(
        &self,
        context: &A::Context,
        operation: &'static Operation,
        body: Body,
    ) -> Result<DecodedBody, Response> {
        let Some(documented) = &operation.request_body else {
            return Ok(DecodedBody::Absent);
        };
        let limit = self
            .parts
            .extensions
            .get::<BodyLimit>()
            .copied()
            .unwrap_or(BodyLimit::DEFAULT);
        decode_body(
            documented,
            A::schemas(),
            &A::WIRE,
            &self.parts.headers,
            body,
            limit,
        )
        .await
        .map_err(|rejection| self.reject(Some(context), rejection))
    }

    fn reject(&self, context: Option<&A::Context>, rejection: Rejection) -> Response {
        let outside = rejection.is_outside_contract() || self.call.operation.is_none();
        let allow = match &rejection {
            Rejection::MethodNotAllowed { allow } => allow.clone(),
            _ => Vec::new(),
        };
        let refused = Refused::by(&rejection);
        let refusal = self.api.reject(context, &self.call, rejection);
        let mut response = self.refuse(refusal, outside, refused);
        if !allow.is_empty() {
            let allow = with_allow(Answer::empty(StatusCode::METHOD_NOT_ALLOWED), &allow).headers;
            response.headers_mut().extend(allow);
        }
        response
    }

    /// Sends a refusal if the operation documents it; `outside`: or if no operation can.
    fn refuse(&self, refusal: A::Refusal, outside: bool, refused: Refused) -> Response {
        let refused = Some(refused);
        let documented_as = refusal.documented_as();
        let documented = match (self.call.operation, documented_as) {
            (None, _) => true,
            (Some(_), None) => outside,
            (Some(operation), Some((status, schema))) => outside || documents(operation, status, schema),
        };
        if documented || documented_as.is_none() {
            return self.finish(refusal.into_answer(), documented, refused);
        }
        let operation = self.call.operation.map_or("", |operation| operation.id);
        let status = refusal.into_answer().status.as_u16();
        tracing::error!(operation, status, "a refusal is not documented for its operation");
        let detail = format!(
            "The server refused this call of {operation} with {status}, which that operation does not document."
        );
        self.finish(
            problem(StatusCode::INTERNAL_SERVER_ERROR, &detail, &[]),
            false,
            refused,
        )
    }

    /// Sends a handler's answer; one the operation does not document is sent too, and counted.
    fn respond(&self, answer: Answer) -> Response {
        let status = answer.status.as_u16();
        let documented = answer.status == StatusCode::NOT_IMPLEMENTED
            || self
                .call
                .operation
                .is_none_or(|operation| operation.documented(status).is_some());
        if !documented {
            let operation = self.call.operation.map_or("", |operation| operation.id);
            tracing::error!(operation, status, "an answer is not documented for its operation");
        }
        self.finish(answer, documented, None)
    }

    fn finish(&self, answer: Answer, documented: bool, refused: Option<Refused>) -> Response {
        let mut response = answer.into_response();
        response.extensions_mut().insert(Outcome {
            operation: self.call.operation,
            documented,
            refused,
        });
        response
    }
}

fn unrouted(found: Match) -> Rejection {
    match found {
        Match::Path { allow } => Rejection::MethodNotAllowed { allow },
        Match::Nothing { nearest } => Rejection::UnknownRoute { nearest },
        Match::Operation { .. } => Rejection::UnknownRoute { nearest: Vec::new() },
    }
}

fn documents(operation: &Operation, status: u16, schema: Option<usize>) -> bool {
    let Some(response) = operation.documented(status) else {
        return false;
    };
    match schema {
        None => response.content.is_empty() || response.content.iter().any(|media| media.schema.is_none()),
        Some(schema) => response.content.iter().any(|media| media.schema == Some(schema)),
    }
}
