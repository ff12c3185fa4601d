use std::fmt;
use std::mem::size_of_val;
use std::sync::Arc;

use crate::operation::Operation;
use crate::rejection::Rejection;
use crate::validation::Violation;

/// What became of a request; put into the extensions of every response for the layers around the router.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The operation; `None` for an unknown route or method.
    pub operation: Option<&'static Operation>,
    /// Whether the answer is one the operation documents. Answers to requests that no API documents an answer to
    /// (unknown routes and methods, bodies that are too large, operations that are not served) count as documented.
    pub documented: bool,
    /// Why the request did not get what it asked for; `None` where its handler answered.
    pub refused: Option<Refused>,
}

/// Where a request was stopped, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// The step that stopped it.
    pub step: Step,
    /// `None` where only the answer says why.
    rejection: Option<Arc<Rejection>>,
}

impl Refused {
    /// What a server's `admit` or `fail` refused, which only its answer words.
    pub(super) fn at(step: Step) -> Self {
        Self {
            step,
            rejection: None,
        }
    }

    /// What the pipeline refused, worded when somebody asks. Long values are not kept whole.
    #[must_use]
    pub fn by(rejection: &Rejection) -> Self {
        Self {
            step: Step::of(rejection),
            rejection: Some(Arc::new(rejection.abridged())),
        }
    }

    /// Why, in a sentence; empty where only the answer says so.
    #[must_use]
    pub fn reason(&self) -> String {
        self.rejection
            .as_ref()
            .map_or(String::new(), |rejection| rejection.message())
    }

    /// The rules of the document that it broke.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        self.rejection
            .as_ref()
            .map_or(&[], |rejection| rejection.violations())
    }

    /// How many bytes of memory it takes, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let Some(rejection) = &self.rejection else {
            return 0;
        };
        let texts: usize = match &**rejection {
            Rejection::MalformedBody { reason, .. } => reason.len(),
            Rejection::UnsupportedMediaType { received, .. } => received.as_ref().map_or(0, String::len),
            _ => 0,
        };
        let violations = rejection.violations();
        let of_violation = |violation: &Violation| {
            let received = violation.received.as_str().map_or(0, str::len);
            violation.pointer.len() + received
        };
        size_of_val(&**rejection)
            + texts
            + size_of_val(violations)
            + violations.iter().map(of_violation).sum::<usize>()
    }
}

/// The steps a request goes through, in order.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Step {
    /// Finding the operation. A caller is authenticated first, even where there is none.
    Route,
    /// The server's `authenticate`.
    Authentication,
    /// The server's `admit`.
    Admission,
    /// Reading the parameters.
    Parameters,
    /// Reading the body.
    Body,
    /// The handler.
    Handler,
}

impl Step {
    fn of(rejection: &Rejection) -> Self {
        match rejection {
            Rejection::UnknownRoute { .. } | Rejection::MethodNotAllowed { .. } => Self::Route,
            Rejection::Unauthenticated(_) => Self::Authentication,
            Rejection::Path(_) | Rejection::Parameters(_) => Self::Parameters,
            Rejection::MissingBody
            | Rejection::UnsupportedMediaType { .. }
            | Rejection::BodyTooLarge { .. }
            | Rejection::MalformedBody { .. }
            | Rejection::Body(_) => Self::Body,
        }
    }

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Route => "route",
            Self::Authentication => "authentication",
            Self::Admission => "admission",
            Self::Parameters => "parameters",
            Self::Body => "body",
            Self::Handler => "handler",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
