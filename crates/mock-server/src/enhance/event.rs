//! The mail Enhance sends.

/// A mail of Enhance's.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Mail {
    /// The invitation into an organization.
    Invite {
        /// The invited person's e-mail address.
        to: String,
        /// The invited person's name.
        name: String,
        /// The name of the organization.
        organization: String,
        /// Where the invitation is accepted; it has the invitation's key.
        url: String,
    },
}

impl Mail {
    /// The address it goes to.
    #[must_use]
    pub fn to(&self) -> &str {
        match self {
            Self::Invite { to, .. } => to,
        }
    }

    /// The URL it is about.
    #[must_use]
    pub fn url(&self) -> &str {
        match self {
            Self::Invite { url, .. } => url,
        }
    }
}
