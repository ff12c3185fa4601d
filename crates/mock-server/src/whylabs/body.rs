//! What WhyLabs keeps, in the words of its document.

use membership_apis::whylabs::models::{self, MembershipMetadata, OrganizationMemberships};

use super::model::{MembershipView, Role};

pub(super) fn metadata(view: &MembershipView) -> MembershipMetadata {
    MembershipMetadata {
        org_id: Some(view.organization_id.to_string()),
        role: Some(role(view.role)),
        user_id: Some(view.user.id.to_string()),
        default: Some(view.default),
    }
}

pub(super) fn memberships(views: &[MembershipView]) -> OrganizationMemberships {
    let membership = |view: &MembershipView| models::Membership {
        org_id: view.organization_id.to_string(),
        default: Some(view.default),
        role: role(view.role),
        user_id: view.user.id.to_string(),
        email: view.user.email.to_string(),
    };
    OrganizationMemberships {
        memberships: views.iter().map(membership).collect(),
    }
}

fn role(role: Role) -> models::Role {
    match role {
        Role::Admin => models::Role::Admin,
        Role::Member => models::Role::Member,
        Role::Viewer => models::Role::Viewer,
    }
}

pub(super) fn read_role(role: models::Role) -> Role {
    match role {
        models::Role::Admin => Role::Admin,
        models::Role::Member => Role::Member,
        models::Role::Viewer => Role::Viewer,
    }
}
