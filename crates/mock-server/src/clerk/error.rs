//! Clerk's refusals: codes, statuses and shape are those of the vendor's published error catalogue
//! (clerk/clerk-docs), the sentences our own.

use api_support::schema::Types;
use api_support::{Answer, Call, Received, Rejection, Rule, Unauthenticated, Violation};
use http::StatusCode;
use membership_apis::clerk::models::{ClerkError, ClerkErrorMeta, ClerkErrors};
use membership_apis::clerk::{BASE_PATH, ClerkRefusal, SCHEMAS};

use super::metadata::{Excess, MOST_BYTES};
use super::store::Refusal;
use super::trace;
use crate::fixtures::MOST_LEVELS;
use crate::visit::Visit;

/// Clerk's answer to a request that does not reach its handler.
pub(super) fn of_rejection(call: &Call<'_>, rejection: &Rejection) -> ClerkRefusal {
    let (status, errors) = rejection_errors(call, rejection);
    envelope(call, status, errors)
}

/// Clerk's answer to a request that its rules refuse.
pub(super) fn of_store(call: &Call<'_>, refusal: &Refusal) -> ClerkRefusal {
    let (status, errors) = refusal_errors(refusal);
    envelope(call, status, errors)
}

fn envelope(call: &Call<'_>, status: StatusCode, errors: Vec<ClerkError>) -> ClerkRefusal {
    let visit = Visit::of(call.parts);
    let body = ClerkErrors {
        errors,
        meta: None,
        clerk_trace_id: Some(trace::id(visit)),
    };
    let headers = trace::headers(visit);
    match status {
        StatusCode::BAD_REQUEST => ClerkRefusal::BadRequest(body, headers),
        StatusCode::UNAUTHORIZED => ClerkRefusal::Unauthorized(body, headers),
        StatusCode::FORBIDDEN => ClerkRefusal::Forbidden(body, headers),
        StatusCode::NOT_FOUND => ClerkRefusal::NotFound(body, headers),
        StatusCode::UNPROCESSABLE_ENTITY => ClerkRefusal::UnprocessableEntity(body, headers),
        other => ClerkRefusal::Undocumented(Answer::json(other, "application/json", &body)),
    }
}

fn refusal_errors(refusal: &Refusal) -> (StatusCode, Vec<ClerkError>) {
    let unknown = |detail: &str| error("resource_not_found", "does not exist", detail);
    match refusal {
        Refusal::KeyNotPermitted => (
            StatusCode::FORBIDDEN,
            vec![key_error(Unauthenticated::Insufficient)],
        ),
        Refusal::OrganizationsDisabled => {
            let detail = "The dashboard has organizations switched off for this instance.";
            let error = error("organization_not_enabled_in_instance", "no access", detail);
            (StatusCode::FORBIDDEN, vec![error])
        }
        Refusal::OrganizationUnknown => {
            let detail = "There is no such organization.";
            (StatusCode::NOT_FOUND, vec![unknown(detail)])
        }
        Refusal::NotAMember => {
            let detail = "There is no such resource.";
            (StatusCode::NOT_FOUND, vec![unknown(detail)])
        }
        Refusal::UserUnknown(id) => {
            let detail = format!("This instance has no user with the id {id}.");
            (StatusCode::NOT_FOUND, vec![unknown(&detail)])
        }
        Refusal::RoleUnknown => {
            let detail = "There is no such organization role.";
            let error = of_parameter("resource_not_found", "does not exist", detail, "role".to_owned());
            (StatusCode::NOT_FOUND, vec![error])
        }
        Refusal::AlreadyAMember(id) => {
            let detail = format!("User {id} is in the organization already.");
            let error = error("already_a_member_in_organization", "already belongs", &detail);
            (StatusCode::BAD_REQUEST, vec![error])
        }
        Refusal::Full { limit } => {
            let detail = format!("It may hold {limit} memberships at most, pending invitations counted.");
            let error = error(
                "organization_membership_quota_exceeded",
                "organization is full",
                &detail,
            );
            (StatusCode::FORBIDDEN, vec![error])
        }
        Refusal::MinimumPermissions => {
            let detail = "One member at least must keep the permissions that every organization needs.";
            let error = error(
                "organization_minimum_permissions_needed",
                "an administrator is needed",
                detail,
            );
            (StatusCode::BAD_REQUEST, vec![error])
        }
        Refusal::MetadataTooLarge(bags) => {
            let too_large = |(bag, excess): &(&'static str, Excess)| {
                let message = match excess {
                    Excess::Bytes => format!(
                        "{bag} would take up more than {MOST_BYTES} bytes ({} KB).",
                        MOST_BYTES / 1024
                    ),
                    Excess::Levels => format!("{bag} would nest deeper than {MOST_LEVELS} levels."),
                };
                of_parameter(
                    "form_param_exceeds_allowed_size",
                    &message,
                    &message,
                    (*bag).to_owned(),
                )
            };
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                bags.iter().map(too_large).collect(),
            )
        }
    }
}

fn rejection_errors(call: &Call<'_>, rejection: &Rejection) -> (StatusCode, Vec<ClerkError>) {
    match rejection {
        Rejection::Unauthenticated(why) => (key_status(*why), vec![key_error(*why)]),
        Rejection::UnknownRoute { nearest } => {
            let paths: Vec<_> = nearest.iter().map(|path| format!("{BASE_PATH}{path}")).collect();
            let detail = format!(
                "There is no such resource. The nearest paths are {}.",
                paths.join(", ")
            );
            (
                StatusCode::NOT_FOUND,
                vec![error("resource_not_found", "does not exist", &detail)],
            )
        }
        // Ids are opaque: one that cannot be read is one nobody has.
        Rejection::Path(_) => {
            let detail = "There is no such resource.";
            (
                StatusCode::NOT_FOUND,
                vec![error("resource_not_found", "does not exist", detail)],
            )
        }
        Rejection::MethodNotAllowed { allow } => {
            let detail = format!("This path takes {} only.", allow.join(", "));
            (
                StatusCode::METHOD_NOT_ALLOWED,
                vec![error("method_not_allowed", "wrong method", &detail)],
            )
        }
        Rejection::Parameters(violations) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            by_field(violations, query_error),
        ),
        Rejection::Body(violations) if !violations.iter().any(|violation| violation.pointer.is_empty()) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            by_field(violations, |violation| body_error(call, violation)),
        ),
        Rejection::BodyTooLarge { limit } => {
            let detail = format!("The body has to be a JSON object of {limit} bytes at most.");
            (StatusCode::BAD_REQUEST, vec![unreadable(&detail)])
        }
        _ => {
            let detail = "The body has to be a JSON object, as documented for this operation.";
            (StatusCode::BAD_REQUEST, vec![unreadable(detail)])
        }
    }
}

fn key_status(why: Unauthenticated) -> StatusCode {
    if why == Unauthenticated::Insufficient {
        StatusCode::FORBIDDEN
    } else {
        StatusCode::UNAUTHORIZED
    }
}

fn key_error(why: Unauthenticated) -> ClerkError {
    match why {
        Unauthenticated::Missing | Unauthenticated::Malformed => error(
            "authorization_header_format_invalid",
            "bad Authorization header",
            "No usable Authorization header; send it as 'Bearer <secret key>'.",
        ),
        Unauthenticated::Unknown | Unauthenticated::Ended => {
            let message = "The secret key is not known here. Check that it was copied correctly.";
            error("clerk_key_invalid", message, message)
        }
        Unauthenticated::Insufficient => error(
            "authorization_invalid",
            "not permitted",
            "This key does not permit the request.",
        ),
    }
}

fn unreadable(detail: &str) -> ClerkError {
    error("request_body_invalid", "unreadable body", detail)
}

/// One error per field, for the first rule it breaks.
fn by_field(violations: &[Violation], word: impl Fn(&Violation) -> ClerkError) -> Vec<ClerkError> {
    let mut fields: Vec<String> = Vec::new();
    let mut errors = Vec::new();
    for violation in violations {
        let field = violation.field();
        if !fields.contains(&field) {
            errors.push(word(violation));
            fields.push(field);
        }
    }
    errors
}

fn query_error(violation: &Violation) -> ClerkError {
    let field = violation.field();
    let value = match &violation.received {
        Received::Scalar(value) => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
        other => other.to_string(),
    };
    let value = if value.is_empty() {
        "An empty text".to_owned()
    } else {
        value
    };
    let detail = format!("{value} is not a value that {field} can take.");
    of_parameter("form_param_value_invalid", "value not allowed", &detail, field)
}

fn body_error(call: &Call<'_>, violation: &Violation) -> ClerkError {
    let field = violation.field();
    match &violation.rule {
        Rule::AdditionalProperties => {
            let detail = format!("This request takes no parameter {field}.");
            of_parameter("form_param_unknown", "unexpected parameter", &detail, field)
        }
        _ if is_missing(call, violation) => {
            let detail = format!("A value for {field} has to be sent.");
            of_parameter("form_param_missing", "no value", &detail, field)
        }
        Rule::Type(types) if types.contains(Types::OBJECT) => {
            let detail = format!("A JSON object is expected for {field}.");
            of_parameter("form_param_value_invalid", "value not allowed", &detail, field)
        }
        Rule::Type(types) => {
            let sent = with_article(violation.received.type_name());
            let detail = format!(
                "{} is expected for {field}, but {sent} was sent.",
                capital(&with_article(&types.to_string()))
            );
            of_parameter("form_param_value_invalid", "value not allowed", &detail, field)
        }
        rule => {
            let detail = format!("{field} has to be {}.", rule.expected());
            of_parameter("form_param_value_invalid", "value not allowed", &detail, field)
        }
    }
}

/// Whether nothing was sent for a field that is required: neither the field nor, by Clerk's reading, `null` or an
/// empty text.
fn is_missing(call: &Call<'_>, violation: &Violation) -> bool {
    let media = call
        .operation
        .and_then(|operation| operation.request_body.as_ref())
        .and_then(|body| body.content.first());
    let schema = media
        .and_then(|media| media.schema)
        .map(|index| SCHEMAS.get(index));
    let is_required = schema.is_some_and(|schema| schema.required.contains(&violation.field().as_str()));
    let is_nothing = match &violation.received {
        Received::Missing => true,
        Received::Scalar(value) => value.is_null() || value.as_str() == Some(""),
        Received::Array(_) | Received::Object(_) | Received::Again => false,
    };
    is_required && is_nothing
}

fn with_article(noun: &str) -> String {
    match noun {
        "null" => noun.to_owned(),
        _ if noun.starts_with(['a', 'i', 'o']) => format!("an {noun}"),
        _ => format!("a {noun}"),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn of_parameter(code: &str, message: &str, long_message: &str, field: String) -> ClerkError {
    let meta = ClerkErrorMeta {
        param_name: Some(field),
        ..ClerkErrorMeta::default()
    };
    ClerkError {
        meta: Some(meta),
        ..error(code, message, long_message)
    }
}

fn error(code: &str, message: &str, long_message: &str) -> ClerkError {
    ClerkError {
        message: message.to_owned(),
        long_message: long_message.to_owned(),
        code: code.to_owned(),
        meta: None,
        clerk_trace_id: None,
    }
}
