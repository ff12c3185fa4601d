use std::fmt;

/// Why a fault was not taken in.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FaultError {
    /// It makes no sense; here is everything that is wrong with it.
    #[error("The fault cannot be used: {}.", listed(.0))]
    Invalid(Vec<Mistake>),
    /// The world has as many faults as it may have.
    #[error(
        "The world has as many faults as it may have: {most}, or {most_bytes} bytes of them. Remove one that is done with."
    )]
    NoRoom {
        /// How many it may have.
        most: usize,
        /// How many bytes they may have, written as JSON.
        most_bytes: usize,
    },
    /// All worlds together have as many as there may be.
    #[error(
        "The faults of all worlds together have as many bytes as they may have: {most_bytes}. Remove some that are done with, or a world. What still delays calls keeps its bytes until they end, or their world is reset."
    )]
    NoRoomInServer {
        /// How many bytes they may have, written as JSON.
        most_bytes: usize,
    },
}

/// One thing that is wrong with a fault.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Mistake {
    /// Where: a JSON pointer (RFC 6901) into the fault as it is written in JSON.
    pub pointer: String,
    /// What.
    pub detail: String,
}

impl Mistake {
    pub(super) fn at(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            detail: detail.into(),
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => write!(f, "it {}", self.detail),
            pointer => write!(f, "{pointer} {}", self.detail),
        }
    }
}

fn listed(mistakes: &[Mistake]) -> String {
    mistakes
        .iter()
        .map(Mistake::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}
