use crate::operation::Operation;

/// What became of a request; put into the extensions of every response for the layers around the router.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// The operation; `None` for an unknown route or method.
    pub operation: Option<&'static Operation>,
    /// Whether the answer is one the operation documents. Answers to requests that no API documents an answer to
    /// (unknown routes and methods, bodies that are too large, operations that are not served) count as documented.
    pub documented: bool,
}
