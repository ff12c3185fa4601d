//! What the program can do with a running server: wait until it is ready, and check what it has seen.

mod address;
mod client;
mod coverage;
mod duration;
mod health;

use std::fmt;

pub use address::ServerAddress;
pub use coverage::CoverageArguments;
pub use health::HealthArguments;

/// Why a command did not end well.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Failed {
    /// The server is not as it was asked to be.
    Unmet(String),
    /// It could not be found out.
    Unknown(String),
}

impl Failed {
    /// The status the program ends with.
    #[must_use]
    pub fn exit_status(&self) -> u8 {
        match self {
            Self::Unmet(_) => 1,
            Self::Unknown(_) => 2,
        }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unmet(reason) | Self::Unknown(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Failed {}
