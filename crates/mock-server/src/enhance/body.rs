//! What Enhance keeps, in the words of its document.

use membership_apis::enhance::models;

use super::model::{AccessToken, MemberView, Role};
use super::store::{NewToken, OpenInvite, Page};

pub(super) fn page(page: &Page) -> models::MembersListing {
    models::MembersListing {
        items: page.members.iter().map(member).collect(),
        total: i64::try_from(page.total).unwrap_or(i64::MAX),
    }
}

pub(super) fn member(MemberView { member, login }: &MemberView) -> models::Member {
    models::Member {
        id: member.id.to_string(),
        login_id: login.id.to_string(),
        is_active: member.is_active(),
        email: login.email.clone(),
        name: login.name.clone(),
        roles: roles(&member.roles),
        site_accesses: member.site_accesses.iter().map(ToString::to_string).collect(),
        notifications: member.notifications.clone(),
        joined_at: member.joined_on.to_string(),
        avatar_path: login.avatar_path.clone(),
        color_code: login.color_code.clone(),
    }
}

/// The one time that the secret is shown.
pub(super) fn new_token(made: NewToken) -> models::NewAccessTokenResponse {
    models::NewAccessTokenResponse {
        id: made.token.id.to_string(),
        first_five: made.token.first_five.clone(),
        unencrypted_token: made.secret,
    }
}

pub(super) fn token(token: &AccessToken) -> models::OrgAccessToken {
    models::OrgAccessToken {
        id: token.id.to_string(),
        first_five: token.first_five.clone(),
        roles: roles(&token.roles),
        token_expires: token.expiry.as_ref().map(|expiry| expiry.text.clone()),
        friendly_name: token.friendly_name.clone(),
    }
}

/// What is known of an invitation; nothing where it cannot be accepted.
pub(super) fn invite(open: Option<&OpenInvite>) -> models::InviteValidation {
    models::InviteValidation {
        is_valid: open.is_some(),
        login_id: open.map(|open| open.member.login.to_string()),
        org_id: open.map(|open| open.organization.id.to_string()),
        org_name: open.map(|open| open.organization.name.clone()),
        role: open
            .and_then(|open| open.member.roles.first())
            .map(|role| models::Role::from(*role)),
    }
}

pub(super) fn roles(roles: &[Role]) -> Vec<models::Role> {
    roles.iter().map(|role| models::Role::from(*role)).collect()
}

impl From<Role> for models::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Owner => Self::Owner,
            Role::SuperAdmin => Self::SuperAdmin,
            Role::Business => Self::Business,
            Role::SiteAccess => Self::SiteAccess,
            Role::Support => Self::Support,
            Role::Sysadmin => Self::Sysadmin,
        }
    }
}

impl From<models::Role> for Role {
    fn from(role: models::Role) -> Self {
        match role {
            models::Role::Owner => Self::Owner,
            models::Role::SuperAdmin => Self::SuperAdmin,
            models::Role::Business => Self::Business,
            models::Role::SiteAccess => Self::SiteAccess,
            models::Role::Support => Self::Support,
            models::Role::Sysadmin => Self::Sysadmin,
        }
    }
}
