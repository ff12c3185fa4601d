//! What Clerk keeps, in the words of its document.

use api_support::Field;
use membership_apis::clerk::models::{
    Organization, OrganizationMembership, OrganizationMembershipObject, OrganizationMembershipPublicUserData,
    OrganizationMemberships, OrganizationObject,
};

use super::model::{MembershipView, Profile, User};
use super::store::Page;

/// What stands where no logo was uploaded.
const DEFAULT_LOGO: &str = "https://img.clerk.com/default-org";

/// What stands where no picture was uploaded.
const DEFAULT_PICTURE: &str = "https://img.clerk.com/default-user";

pub(super) fn page(page: &Page) -> OrganizationMemberships {
    OrganizationMemberships {
        data: page.memberships.iter().map(membership).collect(),
        total_count: count(page.total),
    }
}

pub(super) fn membership(view: &MembershipView) -> OrganizationMembership {
    let membership = &view.membership;
    OrganizationMembership {
        object: Some(OrganizationMembershipObject::OrganizationMembership),
        id: Some(membership.id.to_string()),
        role: Some(membership.role.clone()),
        role_name: Some(view.role.name.clone()),
        permissions: Some(view.role.permissions.clone()),
        public_metadata: Some(membership.public_metadata.members()),
        private_metadata: Some(membership.private_metadata.members()),
        organization: Some(organization(&view.organization, view.members_count)),
        public_user_data: Some(public_user_data(&view.user)),
        created_at: Some(membership.created_at.as_millisecond()),
        updated_at: Some(membership.updated_at.as_millisecond()),
    }
}

fn organization(profile: &Profile, members_count: usize) -> Organization {
    Organization {
        object: OrganizationObject::Organization,
        id: profile.id.to_string(),
        name: profile.name.clone(),
        slug: profile.slug.clone(),
        image_url: Some(
            profile
                .image_url
                .clone()
                .unwrap_or_else(|| DEFAULT_LOGO.to_owned()),
        ),
        has_image: Some(profile.image_url.is_some()),
        members_count: Field::Value(count(members_count)),
        pending_invitations_count: Some(count(profile.pending_invitations)),
        max_allowed_memberships: count(profile.max_allowed_memberships),
        admin_delete_enabled: Some(profile.admin_delete_enabled),
        public_metadata: profile.public_metadata.members(),
        private_metadata: profile.private_metadata.members(),
        created_by: profile.created_by.as_ref().map(ToString::to_string),
        created_at: profile.created_at.as_millisecond(),
        updated_at: profile.updated_at.as_millisecond(),
    }
}

#[expect(deprecated, reason = "Clerk still sends the field it has deprecated, as null")]
fn public_user_data(user: &User) -> OrganizationMembershipPublicUserData {
    OrganizationMembershipPublicUserData {
        user_id: Some(user.id.to_string()),
        first_name: nullable(user.first_name.as_deref()),
        last_name: nullable(user.last_name.as_deref()),
        profile_image_url: Field::Null,
        image_url: Some(
            user.image_url
                .clone()
                .unwrap_or_else(|| DEFAULT_PICTURE.to_owned()),
        ),
        has_image: Some(user.image_url.is_some()),
        identifier: nullable(user.identifier()),
    }
}

fn nullable(text: Option<&str>) -> Field<String> {
    text.map_or(Field::Null, |text| Field::Value(text.to_owned()))
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
