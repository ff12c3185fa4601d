use api_support::credentials::bearer;
use api_support::schema::{Format, Types};
use api_support::{Answer, Call, Credential, Received, Rejection, Rule, Unauthenticated, Violation};
use http::StatusCode;
use membership_apis::enhance::EnhanceRefusal;
use membership_apis::enhance::models::HttpError;

use super::{error, of_store};
use crate::enhance::store::Refusal;

/// Enhance's answer to a request that does not reach its handler.
pub(in crate::enhance) fn of_rejection(call: &Call<'_>, rejection: &Rejection) -> EnhanceRefusal {
    match rejection {
        Rejection::Unauthenticated(why) => EnhanceRefusal::Unauthorized(no_entry(call, *why)),
        Rejection::UnknownRoute { nearest } => {
            let message = format!("There is no such path; the nearest are {}", nearest.join(", "));
            EnhanceRefusal::NotFound(error("not_found", None, message))
        }
        Rejection::MethodNotAllowed { allow } => {
            let body = error(
                "method_not_allowed",
                None,
                format!("This path takes {} only", allow.join(", ")),
            );
            EnhanceRefusal::Undocumented(Answer::json(
                StatusCode::METHOD_NOT_ALLOWED,
                "application/json",
                &body,
            ))
        }
        // No 400 is documented there: a body that is no use is as good as none.
        _ if call.operation_name() == "accept_invite" => of_store(&Refusal::PasswordMissing),
        Rejection::Path(violations) | Rejection::Parameters(violations) | Rejection::Body(violations) => {
            match violations.first() {
                Some(first) => EnhanceRefusal::BadRequest(invalid(call, first)),
                None => EnhanceRefusal::Undocumented(rejection.to_problem()),
            }
        }
        Rejection::UnsupportedMediaType { supported, .. } => EnhanceRefusal::BadRequest(bad_body(&format!(
            "a JSON object is wanted, sent as {}",
            supported.join(" or ")
        ))),
        Rejection::BodyTooLarge { limit } => EnhanceRefusal::BadRequest(bad_body(&format!(
            "a JSON object of {limit} bytes at most is wanted"
        ))),
        _ => EnhanceRefusal::BadRequest(bad_body("a JSON object is wanted")),
    }
}

/// Why what was shown lets nobody in: the token, where one was sent, which counts before the cookie.
fn no_entry(call: &Call<'_>, why: Unauthenticated) -> HttpError {
    let is_token = matches!(bearer(call.parts), Credential::Present(_));
    let (detail, message) = match why {
        Unauthenticated::Missing => (None, "Send the session cookie id0 or an access token"),
        Unauthenticated::Malformed => (None, "Send the access token as 'Authorization: Bearer <token>'"),
        Unauthenticated::Ended if is_token => (Some("token"), "This access token has expired"),
        Unauthenticated::Ended => (None, "This session is over"),
        _ if is_token => (Some("token"), "This access token is not known"),
        _ => (None, "This session is not known"),
    };
    error("invalid_session", detail, message.to_owned())
}

fn bad_body(wanted: &str) -> HttpError {
    error("invalid_input", None, format!("body: {wanted}"))
}

fn invalid(call: &Call<'_>, violation: &Violation) -> HttpError {
    if violation.pointer.is_empty() {
        return bad_body("a JSON object is wanted");
    }
    let place = violation.path().collect::<Vec<_>>().join("/");
    error(
        "invalid_input",
        subject(call, &violation.field()),
        format!("{place}: {}", complaint(violation)),
    )
}

/// The kind of thing a field is about, as far as there is a word for it.
fn subject(call: &Call<'_>, field: &str) -> Option<&'static str> {
    match (call.operation_name(), field) {
        (_, "roles") | ("get_members", _) => None,
        (_, "loginId") => Some("login"),
        (_, "memberId" | "member_id") | ("update_member", _) => Some("member"),
        ("create_access_token", _) => Some("token"),
        ("create_invite", _) => Some("invite"),
        _ => None,
    }
}

fn complaint(violation: &Violation) -> String {
    let sent = sent(&violation.received);
    match &violation.rule {
        Rule::Required => "required".to_owned(),
        Rule::Repeated => "give it once".to_owned(),
        Rule::Type(Types::INTEGER) => format!("{sent} is no whole number"),
        Rule::Type(types) => {
            let wanted = types.to_string();
            let received = match violation.received.type_name() {
                "null" => "null".to_owned(),
                name => with_article(name),
            };
            format!("{} is wanted, {received} was sent", with_article(&wanted))
        }
        Rule::Minimum(bound) => format!("{sent} is less than {bound}"),
        Rule::Maximum(bound) => format!("{sent} is more than {bound}"),
        Rule::Enum([left, right]) => format!("{sent} is neither {} nor {}", bare(left), bare(right)),
        Rule::Enum(values) => {
            format!(
                "{sent} is none of {}",
                values.iter().map(bare).collect::<Vec<_>>().join(", ")
            )
        }
        Rule::Format(Format::DateTime) => "write an instant such as 2100-01-01T00:00:00Z".to_owned(),
        Rule::Format(Format::Email) => format!("{sent} is no e-mail address"),
        Rule::Format(Format::Uuid) => format!("{sent} is no uuid"),
        // The only pattern of the document is that of a uuid, on the member's id in the path.
        Rule::Pattern(_) => format!("{sent} is no uuid"),
        Rule::MinItems(1) => "name one role at least".to_owned(),
        rule => format!("must be {}", rule.expected()),
    }
}

fn sent(received: &Received) -> String {
    match received {
        Received::Scalar(value) => format!(
            "\"{}\"",
            value.as_str().map_or_else(|| value.to_string(), str::to_owned)
        ),
        other => other.to_string(),
    }
}

fn bare(literal: &api_support::schema::Literal) -> String {
    literal.to_string().trim_matches('"').to_owned()
}

fn with_article(noun: &str) -> String {
    if noun.starts_with(['a', 'i', 'o', 'u']) {
        format!("an {noun}")
    } else {
        format!("a {noun}")
    }
}
