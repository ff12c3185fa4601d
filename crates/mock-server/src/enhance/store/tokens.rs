//! Access tokens.

use std::sync::Arc;

use imbl::Vector;

use super::{Refusal, Who, without_repetitions};
use crate::digest::Digest;
use crate::enhance::id;
use crate::enhance::model::{AccessToken, Enhance, Expiry, Id, Role, TokenInUse};
use crate::world::Effects;

/// A token to be made.
#[derive(Clone, Debug)]
pub(in crate::enhance) struct TokenRequest {
    pub(in crate::enhance) roles: Vec<Role>,
    pub(in crate::enhance) friendly_name: Option<String>,
    pub(in crate::enhance) expiry: Option<Expiry>,
}

/// A token that was made, and its secret, which is known nowhere else.
#[derive(Clone)]
pub(in crate::enhance) struct NewToken {
    pub(in crate::enhance) token: Arc<AccessToken>,
    pub(in crate::enhance) secret: String,
}

impl Enhance {
    pub(in crate::enhance) fn add_token(
        &mut self,
        effects: &mut Effects<'_>,
        who: &Who,
        organization_id: &str,
        request: TokenRequest,
    ) -> Result<NewToken, Refusal> {
        let organization = self.administered(who, organization_id)?;
        if request
            .expiry
            .as_ref()
            .is_some_and(|expiry| expiry.at <= effects.now)
        {
            return Err(Refusal::TokenExpired);
        }
        let taken = request.friendly_name.as_ref().filter(|name| {
            let is_theirs = |token: &Arc<AccessToken>| token.friendly_name.as_ref() == Some(*name);
            !name.is_empty() && organization.tokens.iter().any(is_theirs)
        });
        if let Some(name) = taken {
            return Err(Refusal::TokenNameTaken(name.clone()));
        }
        let secret = id::secret(effects.ids.draw());
        let token = Arc::new(AccessToken {
            id: id::new(effects.ids.draw()),
            digest: Digest::of(&secret),
            first_five: secret.chars().take(5).collect(),
            roles: without_repetitions(request.roles),
            friendly_name: request.friendly_name,
            expiry: request.expiry,
        });
        let organization = organization.profile.id;
        self.put_token(organization, Arc::clone(&token))?;
        Ok(NewToken { token, secret })
    }

    /// An organization's tokens, the oldest first.
    pub(in crate::enhance) fn tokens(
        &self,
        who: &Who,
        organization_id: &str,
    ) -> Result<&Vector<Arc<AccessToken>>, Refusal> {
        Ok(&self.administered(who, organization_id)?.tokens)
    }

    pub(in crate::enhance) fn remove_token(
        &mut self,
        who: &Who,
        organization_id: &str,
        token_id: &str,
    ) -> Result<(), Refusal> {
        let organization = self.administered(who, organization_id)?;
        let wanted = id::read(token_id).ok_or(Refusal::TokenUnknown)?;
        let is_wanted = |token: &Arc<AccessToken>| token.id == wanted;
        let position = organization.tokens.iter().position(is_wanted);
        let position = position.ok_or(Refusal::TokenUnknown)?;
        let organization = organization.profile.id;
        let token = self.organization_mut(organization)?.tokens.remove(position);
        self.tokens.remove(&token.digest);
        Ok(())
    }

    /// Adds a token to those of its organization.
    pub(in crate::enhance) fn put_token(
        &mut self,
        organization: Id,
        token: Arc<AccessToken>,
    ) -> Result<(), Refusal> {
        let in_use = TokenInUse {
            organization,
            token: Arc::clone(&token),
        };
        self.tokens.insert(token.digest, in_use);
        self.organization_mut(organization)?.tokens.push_back(token);
        Ok(())
    }
}
