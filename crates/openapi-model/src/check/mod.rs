//! What the shapes of objects cannot say: rules between the parts of a read document.

mod composition;
mod constraint;
mod number;
mod path;
mod value;
mod written_value;

use crate::diagnostic::Diagnostic;
use crate::model::Api;

/// Checks a read document, and completes its discriminators, which needs all of it.
pub(crate) fn check(api: &mut Api) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    composition::check(api, &mut diagnostics);
    constraint::check(api, &mut diagnostics);
    path::check(api, &mut diagnostics);
    written_value::check(api, &mut diagnostics);
    diagnostics
}
