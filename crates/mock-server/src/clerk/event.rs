//! What Clerk tells an application's webhooks about memberships.

use membership_apis::clerk::models::OrganizationMembership;
use serde_json::Value;

use super::body;
use super::model::MembershipView;

/// What became of a membership.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum What {
    Created,
    Updated,
    Deleted,
}

/// Something that happened to a membership.
#[derive(Clone, Debug)]
pub(crate) struct Happened {
    what: What,
    membership: MembershipView,
}

impl Happened {
    pub(super) fn new(what: What, membership: MembershipView) -> Self {
        Self { what, membership }
    }
}

/// A webhook of Clerk's, with the membership it carries.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Webhook {
    /// `organizationMembership.created`
    MembershipCreated(Box<OrganizationMembership>),
    /// `organizationMembership.updated`
    MembershipUpdated(Box<OrganizationMembership>),
    /// `organizationMembership.deleted`: the membership as it was.
    MembershipDeleted(Box<OrganizationMembership>),
}

impl Webhook {
    /// Clerk's name for it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::MembershipCreated(_) => "organizationMembership.created",
            Self::MembershipUpdated(_) => "organizationMembership.updated",
            Self::MembershipDeleted(_) => "organizationMembership.deleted",
        }
    }

    /// The membership it is about.
    #[must_use]
    pub fn membership(&self) -> &OrganizationMembership {
        match self {
            Self::MembershipCreated(membership)
            | Self::MembershipUpdated(membership)
            | Self::MembershipDeleted(membership) => membership,
        }
    }

    /// What it says: the membership, as the API writes it.
    #[must_use]
    pub fn data(&self) -> Value {
        serde_json::to_value(self.membership()).unwrap_or_default()
    }

    pub(crate) fn of(happened: &Happened) -> Self {
        let membership = Box::new(body::membership(&happened.membership));
        match happened.what {
            What::Created => Self::MembershipCreated(membership),
            What::Updated => Self::MembershipUpdated(membership),
            What::Deleted => Self::MembershipDeleted(membership),
        }
    }
}
