//! The mail Enhance sends.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::model::{Id, Login};

/// What of an e-mail address a URL has to encode.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'@')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_')
    .remove(b'~');

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
    /// The invitation of a login into an organization, which is accepted at a control panel.
    pub(super) fn invite(login: &Login, organization: &str, panel_domain: &str, key: Id) -> Self {
        let address = utf8_percent_encode(&login.email, ENCODED);
        Self::Invite {
            to: login.email.clone(),
            name: login.name.clone(),
            organization: organization.to_owned(),
            url: format!("http://{panel_domain}/invites/{key}?email={address}"),
        }
    }

    /// What kind of mail it is.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Invite { .. } => "invite",
        }
    }

    /// What it says.
    #[must_use]
    pub fn data(&self) -> Value {
        match self {
            Self::Invite {
                to,
                name,
                organization,
                url,
            } => json!({ "to": to, "name": name, "organization": organization, "url": url }),
        }
    }

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
