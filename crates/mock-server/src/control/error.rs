//! What the control API refuses, and how each refusal is worded: problems of RFC 9457.

use api_support::operation::Location;
use api_support::validation::MOST_VIOLATIONS;
use api_support::{JsonPointer, Operation, Part, Rejection, Unauthenticated, Violation, problem};
use http::StatusCode;
use membership_apis::control::models::{NotVerified, Problem, ProblemError, ProblemErrorPart};
use membership_apis::control::{BASE_PATH, ControlRefusal};

use super::access::Denied;
use crate::journal::Unverified;
use crate::world::{BadWorldName, NoRoom};

/// Why something was not done.
#[derive(Clone, Debug)]
pub(super) enum ControlError {
    /// The request asks for what makes no sense.
    Invalid {
        detail: String,
        errors: Vec<ProblemError>,
    },
    /// What it is about is not there.
    NotFound(String),
    /// What it asks for cannot be now.
    Conflict(String),
    /// What it expects was not called.
    NotVerified(Unverified),
    /// There is no room for a world.
    NoRoom(NoRoom),
    /// The machine would not do it.
    Failed(String),
}

impl ControlError {
    /// One thing that is wrong, at a place of the body.
    pub(super) fn at(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        let error = ProblemError {
            part: None,
            pointer: pointer.into(),
            detail: detail.into(),
        };
        Self::Invalid {
            detail: format!("The body cannot be accepted: {} {}.", error.pointer, error.detail),
            errors: vec![error],
        }
    }
}

impl From<NoRoom> for ControlError {
    fn from(no_room: NoRoom) -> Self {
        Self::NoRoom(no_room)
    }
}

impl From<BadWorldName> for ControlError {
    fn from(bad: BadWorldName) -> Self {
        Self::Invalid {
            detail: bad.to_string(),
            errors: Vec::new(),
        }
    }
}

/// Words what a handler could not do.
pub(super) fn of_handler(error: ControlError) -> ControlRefusal {
    match error {
        ControlError::Invalid { detail, errors } => {
            ControlRefusal::BadRequest(a_problem(StatusCode::BAD_REQUEST, detail, errors))
        }
        ControlError::NotFound(detail) => {
            ControlRefusal::NotFound(a_problem(StatusCode::NOT_FOUND, detail, Vec::new()))
        }
        ControlError::Conflict(detail) => {
            ControlRefusal::ConflictProblem(a_problem(StatusCode::CONFLICT, detail, Vec::new()))
        }
        ControlError::NotVerified(unverified) => {
            ControlRefusal::ConflictNotVerified(not_verified(unverified))
        }
        ControlError::NoRoom(no_room) => ControlRefusal::ServiceUnavailable(a_problem(
            StatusCode::SERVICE_UNAVAILABLE,
            no_room.to_string(),
            Vec::new(),
        )),
        ControlError::Failed(detail) => ControlRefusal::InternalServerError(a_problem(
            StatusCode::INTERNAL_SERVER_ERROR,
            detail,
            Vec::new(),
        )),
    }
}

/// Words why a caller is not let in.
pub(super) fn of_denied(denied: Denied) -> ControlRefusal {
    match denied {
        Denied::ForeignPage => foreign_page(),
        Denied::ForeignHost(host) => foreign_host(&host),
        Denied::UnknownParameter { operation, name } => unknown_parameter(operation, &name),
    }
}

fn foreign_page() -> ControlRefusal {
    ControlRefusal::Forbidden(a_problem(
        StatusCode::FORBIDDEN,
        "The request comes from a web page of another machine, which may not steer this server. Start it with \
         --control-token, and have the page send that."
            .to_owned(),
        Vec::new(),
    ))
}

fn foreign_host(host: &str) -> ControlRefusal {
    ControlRefusal::Forbidden(a_problem(
        StatusCode::FORBIDDEN,
        format!(
            "The request is addressed to {host:?}, a name that a web page of another machine can have while it leads here. \
             Address it to 127.0.0.1 or localhost, or start the server with --control-token, and send that."
        ),
        Vec::new(),
    ))
}

fn unknown_parameter(operation: &Operation, name: &str) -> ControlRefusal {
    let parameters = operation.parameters.iter();
    let known: Vec<_> = parameters
        .filter(|parameter| parameter.location == Location::Query)
        .map(|parameter| parameter.name)
        .collect();
    let known = if known.is_empty() {
        "There are none".to_owned()
    } else {
        format!("There are: {}", known.join(", "))
    };
    let error = ProblemError {
        part: Some(ProblemErrorPart::Query),
        pointer: JsonPointer::of([name]).into(),
        detail: format!("is no parameter of {}", operation.id),
    };
    let detail = format!("{} has no query parameter `{name}`. {known}.", operation.id);
    ControlRefusal::BadRequest(a_problem(StatusCode::BAD_REQUEST, detail, vec![error]))
}

/// Words a rejection.
pub(super) fn of_rejection(rejection: &Rejection) -> ControlRefusal {
    let status = rejection.status();
    let detail = rejection.message();
    match rejection {
        Rejection::Unauthenticated(Unauthenticated::Insufficient) => ControlRefusal::Forbidden(a_problem(
            status,
            "The server listens on an address that others can reach, and was started without a token: it cannot be \
             steered. Start it with --control-token, or listen on 127.0.0.1."
                .to_owned(),
            Vec::new(),
        )),
        Rejection::Unauthenticated(_) => ControlRefusal::Unauthorized(a_problem(
            status,
            "Steering this server takes the token it was started with: `Authorization: Bearer` and the value of \
             --control-token."
                .to_owned(),
            Vec::new(),
        )),
        Rejection::UnknownRoute { nearest } => {
            ControlRefusal::Undocumented(problem(status, &no_such_path(nearest), &[]))
        }
        Rejection::MethodNotAllowed { .. } => ControlRefusal::Undocumented(problem(status, &detail, &[])),
        Rejection::BodyTooLarge { .. } => {
            ControlRefusal::PayloadTooLarge(a_problem(status, detail, Vec::new()))
        }
        Rejection::UnsupportedMediaType { .. } => {
            ControlRefusal::UnsupportedMediaType(a_problem(status, detail, Vec::new()))
        }
        Rejection::MissingBody
        | Rejection::MalformedBody { .. }
        | Rejection::Path(_)
        | Rejection::Parameters(_)
        | Rejection::Body(_) => {
            let errors: Vec<_> = rejection.violations().iter().map(broken_rule).collect();
            let detail = if errors.len() >= MOST_VIOLATIONS {
                format!("{detail} There may be more: this ends at {MOST_VIOLATIONS}.")
            } else {
                detail
            };
            ControlRefusal::BadRequest(a_problem(status, detail, errors))
        }
        other => ControlRefusal::Undocumented(problem(status, &other.message(), &[])),
    }
}

fn no_such_path(nearest: &[&str]) -> String {
    let nearest: Vec<_> = nearest.iter().map(|path| format!("{BASE_PATH}{path}")).collect();
    let nearest = match nearest.as_slice() {
        [] => String::new(),
        nearest => format!(" The nearest are {}.", nearest.join(", ")),
    };
    format!(
        "The control API has no such path.{nearest} All of them are in {BASE_PATH}/apis/control/openapi.yaml."
    )
}

fn broken_rule(violation: &Violation) -> ProblemError {
    ProblemError {
        part: match violation.part {
            Part::Path => Some(ProblemErrorPart::Path),
            Part::Query => Some(ProblemErrorPart::Query),
            Part::Header | Part::Cookie => Some(ProblemErrorPart::Header),
            Part::Body => None,
        },
        pointer: violation.pointer.clone(),
        detail: format!(
            "must be {}, and is {}",
            violation.rule.expected(),
            violation.received
        ),
    }
}

fn not_verified(unverified: Unverified) -> NotVerified {
    let Unverified { detail, unmet } = unverified;
    let Problem {
        r#type,
        title,
        status,
        detail,
        ..
    } = a_problem(StatusCode::CONFLICT, detail, Vec::new());
    NotVerified {
        r#type,
        title,
        status,
        detail,
        unmet,
    }
}

fn a_problem(status: StatusCode, detail: String, errors: Vec<ProblemError>) -> Problem {
    Problem {
        r#type: "about:blank".to_owned(),
        title: status.canonical_reason().unwrap_or("Unknown").to_owned(),
        status: status.as_u16().into(),
        detail,
        errors: (!errors.is_empty()).then_some(errors),
    }
}
