//! Logto's refusals: codes, statuses and shape are those of its server (logto-io/logto), the sentences our own.

use api_support::validation::{self, Direction};
use api_support::{Answer, Call, Rejection, Unauthenticated, Violation};
use http::StatusCode;
use membership_apis::logto::models::{ErrorBody, InvalidRequest};
use membership_apis::logto::{LogtoRefusal, SCHEMAS};
use serde_json::{Value, json};

use super::access::{self, Flaw};
use super::issue;
use super::store::{self, Reference, Refusal};

/// The query parameters whose faults have a code of their own.
const PAGING: [&str; 2] = ["page", "page_size"];

/// Logto's answer to a request that does not reach its handler.
pub(super) fn of_rejection(call: &Call<'_>, rejection: &Rejection, anonymous: bool) -> LogtoRefusal {
    match rejection {
        Rejection::Unauthenticated(why) => {
            // What is wrong is known more closely than a rejection can say.
            let flaw = access::authenticate(call, anonymous).err();
            of_flaw(flaw.unwrap_or_else(|| flaw_of(*why)))
        }
        Rejection::UnknownRoute { nearest } => {
            let message = format!("There is no such path. The nearest are {}.", nearest.join(", "));
            LogtoRefusal::NotFound(error("request.general", &message))
        }
        Rejection::MethodNotAllowed { allow } => {
            let body = error(
                "request.general",
                &format!("This path takes {} only.", allow.join(", ")),
            );
            LogtoRefusal::Undocumented(Answer::json(
                StatusCode::METHOD_NOT_ALLOWED,
                "application/json",
                &body,
            ))
        }
        Rejection::Parameters(violations) if violations.iter().any(is_paging) => {
            LogtoRefusal::BadRequest(InvalidRequest {
                code: "guard.invalid_pagination".to_owned(),
                message:
                    "Give page and page_size once at most, as whole numbers from 1 up; page_size ends at 100."
                        .to_owned(),
                data: None,
                details: None,
            })
        }
        Rejection::Path(violations) => LogtoRefusal::BadRequest(invalid("params", call, violations)),
        Rejection::Parameters(violations) => LogtoRefusal::BadRequest(invalid("query", call, violations)),
        Rejection::Body(violations) => LogtoRefusal::BadRequest(bad_body(call, violations)),
        // A body that is not JSON by its Content-Type is not looked at: it counts as an empty object.
        Rejection::MissingBody | Rejection::UnsupportedMediaType { .. } => {
            LogtoRefusal::BadRequest(bad_body(call, &of_empty_object(call)))
        }
        Rejection::MalformedBody { reason, .. } => LogtoRefusal::BadRequest(unreadable(reason.clone())),
        Rejection::BodyTooLarge { limit } => {
            LogtoRefusal::BadRequest(unreadable(format!("the body is longer than {limit} bytes")))
        }
        other => LogtoRefusal::Undocumented(other.to_problem()),
    }
}

/// Logto's answer to a request that its rules refuse.
pub(super) fn of_store(refusal: &Refusal) -> LogtoRefusal {
    match refusal {
        Refusal::OrganizationUnknown(id) => LogtoRefusal::NotFound(error(
            "entity.not_exists_with_id",
            &format!("Nothing among organizations has the id {id}."),
        )),
        Refusal::NothingToWrite => LogtoRefusal::BadRequest(nothing_to_write()),
        Refusal::NothingToChange => {
            LogtoRefusal::NotFound(error("entity.not_exists", "There is no such organization."))
        }
        Refusal::NothingToDelete => {
            LogtoRefusal::NotFound(error("entity.not_found", "There is nothing here to delete."))
        }
        Refusal::IdInUse(id) => LogtoRefusal::BadRequest(InvalidRequest {
            code: "entity.unique_integrity_violation".to_owned(),
            message: format!("Something else already goes by this key: an organization has the id {id}."),
            data: None,
            details: None,
        }),
        Refusal::ReferenceUnknown(reference) => LogtoRefusal::UnprocessableEntity(error(
            "entity.relation_foreign_key_not_found",
            &format!("One id or more leads nowhere: {}.", nothing_at(reference)),
        )),
        Refusal::MembershipRequired => LogtoRefusal::UnprocessableEntity(error(
            "organization.require_membership",
            "Roles here are for members, and this user is not one.",
        )),
    }
}

fn nothing_at(reference: &Reference) -> String {
    match reference {
        Reference::Organization(id) => format!("there is no organization {id}"),
        Reference::User(id) => format!("there is no user {id}"),
        Reference::Role(id) => format!("there is no organization role {id}"),
        Reference::Member(id) => format!("user {id} is no member of the organization"),
    }
}

fn of_flaw(flaw: Flaw) -> LogtoRefusal {
    match flaw {
        Flaw::HeaderMissing => LogtoRefusal::Unauthorized(error(
            "auth.authorization_header_missing",
            "This request needs an Authorization header.",
        )),
        Flaw::TypeNotSupported => LogtoRefusal::Unauthorized(ErrorBody {
            data: Some(json!({ "supportedTypes": ["Bearer"] })),
            ..error(
                "auth.authorization_token_type_not_supported",
                "Tokens of this type are not understood here.",
            )
        }),
        Flaw::PlanExceeded => LogtoRefusal::Forbidden(error(
            "subscription.limit_exceeded",
            "The plan of this tenant does not cover organizationsEnabled.",
        )),
        Flaw::Token(flaw) => of_token(flaw),
    }
}

fn of_token(flaw: store::Flaw) -> LogtoRefusal {
    match flaw {
        store::Flaw::Unknown => LogtoRefusal::Unauthorized(token_error(json!({
            "code": "ERR_JWS_INVALID",
            "name": "JWSInvalid",
        }))),
        // Nothing verifies a token that was withdrawn.
        store::Flaw::Revoked => LogtoRefusal::Unauthorized(token_error(json!({
            "code": "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
            "name": "JWSSignatureVerificationFailed",
        }))),
        store::Flaw::Expired => LogtoRefusal::Unauthorized(token_error(json!({
            "code": "ERR_JWT_EXPIRED",
            "name": "JWTExpired",
            "claim": "exp",
            "reason": "check_failed",
        }))),
        store::Flaw::SubjectMissing => LogtoRefusal::Unauthorized(error(
            "auth.jwt_sub_missing",
            "This access token does not say whose it is.",
        )),
        store::Flaw::ScopeMissing => LogtoRefusal::Forbidden(error(
            "auth.forbidden",
            "This access token does not reach that far.",
        )),
    }
}

/// As near as a rejection comes to saying what is wrong.
fn flaw_of(why: Unauthenticated) -> Flaw {
    match why {
        Unauthenticated::Missing => Flaw::HeaderMissing,
        Unauthenticated::Malformed => Flaw::TypeNotSupported,
        Unauthenticated::Unknown => Flaw::Token(store::Flaw::Unknown),
        Unauthenticated::Ended => Flaw::Token(store::Flaw::Expired),
        Unauthenticated::Insufficient => Flaw::Token(store::Flaw::ScopeMissing),
    }
}

/// What the reader of tokens found goes along as data.
fn token_error(found: Value) -> ErrorBody {
    ErrorBody {
        data: Some(found),
        ..error("auth.unauthorized", "This access token does not let you in.")
    }
}

fn is_paging(violation: &Violation) -> bool {
    PAGING.contains(&violation.field().as_str())
}

/// A change of nothing has a code of its own; Logto's server finds it out only when it writes.
fn bad_body(call: &Call<'_>, violations: &[Violation]) -> InvalidRequest {
    if violations.iter().all(issue::is_nothing_to_change) {
        return nothing_to_write();
    }
    invalid("body", call, violations)
}

fn nothing_to_write() -> InvalidRequest {
    InvalidRequest {
        code: "entity.invalid_input".to_owned(),
        message: "This request leaves nothing to write.".to_owned(),
        data: None,
        details: None,
    }
}

fn of_empty_object(call: &Call<'_>) -> Vec<Violation> {
    let schema = issue::body_schema(call);
    schema.map_or_else(Vec::new, |schema| {
        validation::check(&SCHEMAS, schema, &json!({}), Direction::Request)
    })
}

fn invalid(part: &str, call: &Call<'_>, violations: &[Violation]) -> InvalidRequest {
    let (data, details) = issue::failure(call, violations);
    InvalidRequest {
        data: Some(data),
        ..invalid_input(part, details)
    }
}

fn unreadable(details: String) -> InvalidRequest {
    invalid_input("body", details)
}

fn invalid_input(part: &str, details: String) -> InvalidRequest {
    InvalidRequest {
        code: "guard.invalid_input".to_owned(),
        message: format!("The {part} of this request cannot be accepted."),
        data: None,
        details: Some(details),
    }
}

fn error(code: &str, message: &str) -> ErrorBody {
    ErrorBody {
        code: code.to_owned(),
        message: message.to_owned(),
        data: None,
        details: None,
    }
}
