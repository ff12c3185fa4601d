//! What Logto tells a tenant's webhooks about organizations (logto-io/logto, the hooks of the Management API).

use std::sync::Arc;

use membership_apis::logto::models::Organization;
use serde_json::{Value, json};

use super::body;
use super::model::{Id, Profile};

/// Something that happened to an organization.
#[derive(Clone, Debug)]
pub(crate) enum Happened {
    Created(Arc<Profile>),
    Updated(Arc<Profile>),
    Deleted(Id),
    /// Members were added or removed; the roles they hold are no part of it.
    MembersUpdated {
        organization: Id,
        added: Vec<Id>,
        removed: Vec<Id>,
    },
}

impl Happened {
    /// How many ids of users it lists.
    pub(crate) fn ids(&self) -> usize {
        match self {
            Self::MembersUpdated { added, removed, .. } => added.len() + removed.len(),
            Self::Created(_) | Self::Updated(_) | Self::Deleted(_) => 0,
        }
    }
}

/// A webhook of Logto's. Each change that is asked for and not refused sends one, whether it changes anything or not;
/// what becomes of roles sends none.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Webhook {
    /// `Organization.Created`
    OrganizationCreated(Organization),
    /// `Organization.Data.Updated`: the organization as it is now.
    OrganizationDataUpdated(Organization),
    /// `Organization.Deleted`
    OrganizationDeleted {
        /// The id it had.
        id: String,
    },
    /// `Organization.Membership.Updated`
    OrganizationMembershipUpdated {
        /// The organization's id.
        organization_id: String,
        /// The ids of the users who have become members.
        added_user_ids: Vec<String>,
        /// The ids of the users who are members no longer.
        removed_user_ids: Vec<String>,
    },
}

impl Webhook {
    /// Logto's name for it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::OrganizationCreated(_) => "Organization.Created",
            Self::OrganizationDataUpdated(_) => "Organization.Data.Updated",
            Self::OrganizationDeleted { .. } => "Organization.Deleted",
            Self::OrganizationMembershipUpdated { .. } => "Organization.Membership.Updated",
        }
    }

    /// The id of the organization it is about.
    #[must_use]
    pub fn organization_id(&self) -> &str {
        match self {
            Self::OrganizationCreated(organization) | Self::OrganizationDataUpdated(organization) => {
                &organization.id
            }
            Self::OrganizationDeleted { id } => id,
            Self::OrganizationMembershipUpdated { organization_id, .. } => organization_id,
        }
    }

    /// What it says: the organization as the API writes it, or the ids of what is gone, came and went.
    #[must_use]
    pub fn data(&self) -> Value {
        match self {
            Self::OrganizationCreated(organization) | Self::OrganizationDataUpdated(organization) => {
                serde_json::to_value(organization).unwrap_or_default()
            }
            Self::OrganizationDeleted { id } => json!({ "id": id }),
            Self::OrganizationMembershipUpdated {
                organization_id,
                added_user_ids,
                removed_user_ids,
            } => json!({
                "organizationId": organization_id,
                "addedUserIds": added_user_ids,
                "removedUserIds": removed_user_ids,
            }),
        }
    }

    pub(crate) fn of(happened: &Happened) -> Self {
        let written = |ids: &[Id]| ids.iter().map(ToString::to_string).collect();
        match happened {
            Happened::Created(profile) => Self::OrganizationCreated(body::organization(profile)),
            Happened::Updated(profile) => Self::OrganizationDataUpdated(body::organization(profile)),
            Happened::Deleted(id) => Self::OrganizationDeleted { id: id.to_string() },
            Happened::MembersUpdated {
                organization,
                added,
                removed,
            } => Self::OrganizationMembershipUpdated {
                organization_id: organization.to_string(),
                added_user_ids: written(added),
                removed_user_ids: written(removed),
            },
        }
    }
}
