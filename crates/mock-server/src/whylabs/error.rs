//! WhyLabs' refusals: shapes and types are those of its server (whylabs/whylabs-oss), the sentences our own.
//!
//! A parameter that is missing or unreadable is refused by the framework the vendor's server is built on, in that
//! framework's shape; everything else by the application, in its own.

use api_support::{Answer, Call, Received, Rejection, Rule, Unauthenticated, Violation};
use http::StatusCode;
use membership_apis::whylabs::WhylabsRefusal;
use membership_apis::whylabs::models::{
    BindingError, BindingErrors, BindingLink, BindingLinks, ErrorResponse,
};

use super::model::Ended;
use super::store::Refusal;
use super::{access, request_id};
use crate::visit::Visit;

/// WhyLabs' answer to a request that does not reach its handler.
pub(super) fn of_rejection(call: &Call<'_>, rejection: &Rejection) -> WhylabsRefusal {
    match rejection {
        Rejection::Unauthenticated(Unauthenticated::Missing) => WhylabsRefusal::Unauthorized(application(
            call,
            "Unauthorized",
            "Send an API key in the X-API-Key header.",
        )),
        // A key that is there and no good is no identity at all to the vendor's server, hence not 401.
        Rejection::Unauthenticated(why) => {
            WhylabsRefusal::Forbidden(application(call, "Forbidden", forbidden(call, *why)))
        }
        Rejection::UnknownRoute { nearest } => {
            let message = format!("There is no such path. The nearest are {}.", nearest.join(", "));
            WhylabsRefusal::NotFound(application(call, "ResourceNotFound", &message))
        }
        Rejection::MethodNotAllowed { allow } => {
            let message = format!("This path takes {} only.", allow.join(", "));
            let body = application(call, "MethodNotAllowed", &message);
            WhylabsRefusal::Undocumented(Answer::json(
                StatusCode::METHOD_NOT_ALLOWED,
                "application/json",
                &body,
            ))
        }
        Rejection::Path(_) => {
            let message = format!("No Organization {} was found.", call.path("org_id"));
            WhylabsRefusal::NotFound(application(call, "ResourceNotFound", &message))
        }
        Rejection::Parameters(violations) => match violations.first() {
            Some(first) => WhylabsRefusal::BadRequest(binding(call, first)),
            None => WhylabsRefusal::Undocumented(rejection.to_problem()),
        },
        other => WhylabsRefusal::Undocumented(other.to_problem()),
    }
}

/// WhyLabs' answer to a request that its rules refuse.
pub(super) fn of_store(call: &Call<'_>, refusal: &Refusal) -> WhylabsRefusal {
    let message = message(refusal);
    let body = |kind| application(call, kind, &message);
    match refusal {
        Refusal::OtherOrganization(_) | Refusal::NotAnAdministrator => {
            WhylabsRefusal::Forbidden(body("Forbidden"))
        }
        Refusal::OrganizationUnknown(_) => WhylabsRefusal::NotFound(body("ResourceNotFound")),
        Refusal::UserUnknown { .. } => WhylabsRefusal::NotFound(body("UserNotFound")),
        Refusal::NotAMember { .. } => WhylabsRefusal::NotFound(body("MembershipNotFound")),
        Refusal::DomainNotAllowed { .. } | Refusal::Full | Refusal::AlreadyAMember { .. } => {
            WhylabsRefusal::BadRequest(body("IllegalArgument"))
        }
    }
}

fn message(refusal: &Refusal) -> String {
    match refusal {
        Refusal::OtherOrganization(id) => format!("The API key does not belong to {id}."),
        Refusal::NotAnAdministrator => "The API key lacks the administrator scope.".to_owned(),
        Refusal::OrganizationUnknown(id) => format!("No Organization {id} was found."),
        Refusal::DomainNotAllowed {
            domain,
            organization,
            allowed,
        } => format!(
            "Addresses at {domain} cannot join {organization}, which allows {}.",
            allowed.join(", ")
        ),
        Refusal::UserUnknown { domain } => {
            format!("No User with an e-mail address at {domain} was found.")
        }
        Refusal::Full => "This organization has as many memberships as it may have.".to_owned(),
        Refusal::AlreadyAMember { email, organization } => {
            format!("{email} already belongs to {organization}.")
        }
        Refusal::NotAMember { user, organization } => {
            format!("No Membership {user}/{organization} was found.")
        }
    }
}

fn forbidden(call: &Call<'_>, why: Unauthenticated) -> &'static str {
    match why {
        Unauthenticated::Missing | Unauthenticated::Malformed => "The API key does not have the form of one.",
        Unauthenticated::Unknown => "The API key is not known.",
        Unauthenticated::Ended => match access::ended(call) {
            Some(Ended::Revoked) => "The API key was revoked.",
            Some(Ended::Expired) | None => "The API key has expired.",
        },
        Unauthenticated::Insufficient => "The API key lacks the administrator scope.",
    }
}

fn application(call: &Call<'_>, kind: &str, message: &str) -> ErrorResponse {
    ErrorResponse {
        request_id: Some(request_id::of(call.parts)),
        r#type: Some(kind.to_owned()),
        ..response(message)
    }
}

/// The framework stops at the first parameter at fault.
fn binding(call: &Call<'_>, violation: &Violation) -> ErrorResponse {
    let name = violation.field();
    let error = BindingError {
        message: complaint(&name, violation),
        path: Some(format!("/{name}")),
    };
    let uri = call.parts.uri.path_and_query().map_or("", |uri| uri.as_str());
    let href = format!("{}{uri}", Visit::of(call.parts).base.prefix);
    let link = BindingLink {
        href,
        templated: Some(false),
    };
    ErrorResponse {
        embedded: Some(BindingErrors { errors: vec![error] }),
        links: Some(BindingLinks { self_: link }),
        ..response("Bad Request")
    }
}

fn complaint(name: &str, violation: &Violation) -> String {
    match (&violation.rule, &violation.received) {
        (Rule::Required, _) => format!("The query parameter [{name}] is required but was not sent."),
        (Rule::Repeated, _) => format!("The query parameter [{name}] was sent more than once."),
        (_, Received::Scalar(value)) => {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            format!("The query parameter [{name}] cannot take the value [{value}].")
        }
        (rule, _) => format!("The query parameter [{name}] must be {}.", rule.expected()),
    }
}

fn response(message: &str) -> ErrorResponse {
    ErrorResponse {
        message: message.to_owned(),
        request_id: None,
        r#type: None,
        parameter: None,
        embedded: None,
        links: None,
    }
}
