//! Enhance's refusals: the shape and two of the codes are those its panels are seen to send, the other codes and the
//! sentences our own. A refusal names one fault, the first.

mod refusals;
mod rejections;

use membership_apis::enhance::models::HttpError;
pub(super) use refusals::of_store;
pub(super) use rejections::of_rejection;

/// An error with its code, what it is about, and the reason.
pub(super) fn error(code: &str, detail: Option<&str>, message: String) -> HttpError {
    HttpError {
        code: code.to_owned(),
        detail: detail.map(str::to_owned),
        message: Some(message),
    }
}
