use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::digest::Digest;
use crate::logto::model::{AccessToken, Id, Logto, Scope};

/// What a token needs to be good for, whatever is called.
const NEEDED: &str = "all";

/// How many tokens that were issued are remembered; the oldest go first.
const MOST_ISSUED: usize = 10_000;

/// Why a token does not let its bearer in.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::logto) enum Flaw {
    Unknown,
    Expired,
    Revoked,
    SubjectMissing,
    ScopeMissing,
}

/// A token about to be issued.
#[derive(Clone, Debug)]
pub(in crate::logto) struct Grant {
    pub(in crate::logto) application: Id,
    pub(in crate::logto) scope: Scope,
    pub(in crate::logto) issued_at: Timestamp,
    pub(in crate::logto) seconds: i64,
}

impl Logto {
    /// Looks at a token, as everything in Logto does before anything else.
    pub(in crate::logto) fn admit(&self, token: &str, now: Timestamp) -> Result<(), Flaw> {
        let token = self.tokens.get(&Digest::of(token)).ok_or(Flaw::Unknown)?;
        if token.revoked {
            return Err(Flaw::Revoked);
        }
        if token.expires_at.is_some_and(|end| end <= now) {
            return Err(Flaw::Expired);
        }
        if token.subject.is_none() {
            return Err(Flaw::SubjectMissing);
        }
        if !token.scope.holds(NEEDED) {
            return Err(Flaw::ScopeMissing);
        }
        Ok(())
    }

    /// What an application that knows its secret is granted of what it asks for.
    pub(in crate::logto) fn grant(
        &self,
        application_id: &str,
        secret: &str,
        scope: &Scope,
        now: Timestamp,
    ) -> Option<Grant> {
        let (id, application) = self.applications.get_key_value(application_id)?;
        (application.secret == Digest::of(secret)).then(|| Grant {
            application: Arc::clone(id),
            scope: scope.within(&application.scope),
            issued_at: now,
            seconds: application.token_seconds,
        })
    }

    /// Makes a token good for what was granted.
    pub(in crate::logto) fn issue(&mut self, token: &str, grant: &Grant) {
        if self.issued.len() >= MOST_ISSUED
            && let Some(oldest) = self.issued.pop_front()
        {
            self.tokens.remove(&oldest);
        }
        let digest = Digest::of(token);
        let issued = AccessToken {
            subject: Some(Arc::clone(&grant.application)),
            scope: grant.scope.clone(),
            expires_at: Some(grant.expires_at()),
            revoked: false,
        };
        self.tokens.insert(digest, issued);
        self.issued.push_back(digest);
    }
}

impl Grant {
    pub(in crate::logto) fn expires_at(&self) -> Timestamp {
        let lifetime = SignedDuration::from_secs(self.seconds);
        self.issued_at.checked_add(lifetime).unwrap_or(Timestamp::MAX)
    }
}
