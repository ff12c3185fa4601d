//! The state file, and what is wrong with the state a client sent.

use membership_apis::control::models::{self, ProblemError};
use openapi_model::{Diagnostic, Severity};

use super::ControlServer;
use super::error::ControlError;
use crate::fixtures::{AT_HAND, FixturesError};

impl ControlServer {
    /// Writes the state file.
    pub(super) fn save(&self) -> Result<models::Saved, ControlError> {
        let Some(file) = &self.state_file else {
            let detail = "The server has no state file: start it with --state FILE.";
            return Err(ControlError::Conflict(detail.to_owned()));
        };
        let saved = file.write(&self.worlds);
        let saved = saved.map_err(|error| ControlError::Failed(sentence(&error.to_string())))?;
        Ok(models::Saved {
            file: saved.path.display().to_string(),
            worlds: i64::try_from(saved.worlds).unwrap_or(i64::MAX),
            bytes: i64::try_from(saved.bytes).unwrap_or(i64::MAX),
        })
    }
}

impl From<FixturesError> for ControlError {
    fn from(error: FixturesError) -> Self {
        refused(&error, "")
    }
}

/// What went wrong, as the sentences of a problem.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect::<String>().replace('\n', ". ")
}

/// Everything that reading fixtures found. They stand in the body at this JSON pointer.
pub(super) fn refused(error: &FixturesError, at: &str) -> ControlError {
    let mut errors: Vec<ProblemError> = Vec::new();
    for report in error.reports() {
        let is_sent = report.source().name() == AT_HAND;
        let found = report.diagnostics().iter();
        let found = found.filter(|diagnostic| diagnostic.severity() == Severity::Error);
        errors.extend(found.map(|diagnostic| {
            let pointer = diagnostic.pointer().map_or("", |pointer| pointer.as_str());
            match is_sent {
                true => problem_error(format!("{at}{pointer}"), worded(diagnostic)),
                // What is there already came to be wrong by what was sent.
                false => {
                    let place = format!("{} at {pointer}", report.source().name());
                    problem_error(at.to_owned(), format!("{place}: {}", worded(diagnostic)))
                }
            }
        }));
    }
    let unplaced = error.unplaced().iter();
    errors.extend(unplaced.map(|reason| problem_error(at.to_owned(), reason.clone())));
    ControlError::Invalid {
        detail: match errors.as_slice() {
            [one] => format!("The fixtures cannot be used: {} {}.", one.pointer, one.detail),
            _ => format!(
                "The fixtures cannot be used: {} things are wrong with them.",
                errors.len()
            ),
        },
        errors,
    }
}

fn worded(diagnostic: &Diagnostic) -> String {
    match diagnostic.advice() {
        Some(advice) => format!("{}: {advice}", diagnostic.message()),
        None => diagnostic.message().to_owned(),
    }
}

fn problem_error(pointer: String, detail: String) -> ProblemError {
    ProblemError {
        part: None,
        pointer,
        detail,
    }
}
