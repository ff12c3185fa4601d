//! What Logto keeps, in the words of its document.

use api_support::Number;
use membership_apis::logto::models::{
    FeaturedUser, Organization, OrganizationRole, OrganizationRoleSummary, OrganizationWithFeatured,
    UserWithOrganizationRoles,
};

use super::model::{Profile, Role, User};
use super::store::{MemberView, OrganizationView};
use super::time::milliseconds;

pub(super) fn organization(profile: &Profile) -> Organization {
    Organization {
        id: profile.id.to_string(),
        name: profile.name.clone(),
        description: profile.description.clone(),
        created_at: profile.created_at,
    }
}

/// An organization in a list, with its size and its first members where they are asked for.
pub(super) fn listed(view: &OrganizationView, with_featured: bool) -> OrganizationWithFeatured {
    let Organization {
        id,
        name,
        description,
        created_at,
    } = organization(&view.profile);
    OrganizationWithFeatured {
        id,
        name,
        description,
        created_at,
        users_count: with_featured.then(|| count(view.users_count)),
        featured_users: with_featured.then(|| view.featured.iter().map(|user| featured(user)).collect()),
    }
}

pub(super) fn member(view: &MemberView) -> UserWithOrganizationRoles {
    let user = &view.user;
    UserWithOrganizationRoles {
        id: user.id.to_string(),
        username: user.username.clone(),
        primary_email: user.primary_email.clone(),
        primary_phone: user.primary_phone.clone(),
        name: user.name.clone(),
        avatar: user.avatar.clone(),
        custom_data: user.custom_data.clone(),
        identities: user.identities.clone(),
        last_sign_in_at: user.last_sign_in_at.map(milliseconds),
        created_at: milliseconds(user.created_at),
        updated_at: milliseconds(user.updated_at),
        profile: user.profile.clone(),
        application_id: user.application_id.clone(),
        is_suspended: user.is_suspended,
        organization_roles: view.roles.iter().map(|role| summary(role)).collect(),
    }
}

pub(super) fn role(role: &Role) -> OrganizationRole {
    OrganizationRole {
        id: role.id.to_string(),
        name: role.name.clone(),
        description: role.description.clone(),
    }
}

fn summary(role: &Role) -> OrganizationRoleSummary {
    OrganizationRoleSummary {
        id: role.id.to_string(),
        name: role.name.clone(),
    }
}

fn featured(user: &User) -> FeaturedUser {
    FeaturedUser {
        id: user.id.to_string(),
        avatar: user.avatar.clone(),
        name: user.name.clone(),
    }
}

fn count(count: usize) -> Number {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}
