//! What Clerk keeps: instances, and in each its roles, users, organizations and memberships.

use std::sync::Arc;

use imbl::OrdMap;
use jiff::Timestamp;

use super::members::Members;
use super::metadata::Metadata;
use crate::digest::Digest;

/// An id, as Clerk shows it.
pub(crate) type Id = Arc<str>;

/// Everything of Clerk's in a world.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clerk {
    pub(super) instances: OrdMap<Id, Instance>,
    pub(super) keys: OrdMap<Digest, SecretKey>,
}

/// What a key opens.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct SecretKey {
    pub(super) instance: Id,
    pub(super) may_add_members: bool,
}

/// An application's users and organizations, apart from every other application's.
#[derive(Clone, Debug, Default)]
pub(super) struct Instance {
    pub(super) organizations_enabled: bool,
    pub(super) legacy_role_keys: bool,
    pub(super) roles: OrdMap<Id, Arc<Role>>,
    pub(super) users: OrdMap<Id, Arc<User>>,
    pub(super) organizations: OrdMap<Id, Organization>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Role {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) permissions: Vec<String>,
}

/// The permissions an organization must not lose its last member with: those its creator needs
/// (clerk/clerk-docs, the guide to roles and permissions).
const MINIMUM_PERMISSIONS: [&str; 3] = [
    "org:sys_memberships:manage",
    "org:sys_memberships:read",
    "org:sys_profile:delete",
];

/// The role keys of instances from before there were prefixes, and what they stand for.
const LEGACY_ROLE_KEYS: [(&str, &str); 2] = [("admin", "org:admin"), ("basic_member", "org:member")];

impl Role {
    /// Whether it has what the last member with it is kept for.
    pub(super) fn has_minimum_permissions(&self) -> bool {
        MINIMUM_PERMISSIONS
            .iter()
            .all(|needed| self.permissions.iter().any(|held| held == needed))
    }
}

impl Instance {
    /// The role of a key; the key may be an old one.
    pub(super) fn role(&self, key: &str) -> Option<&Arc<Role>> {
        let legacy = LEGACY_ROLE_KEYS
            .iter()
            .filter(|_| self.legacy_role_keys)
            .find(|(legacy, _)| *legacy == key);
        self.roles
            .get(key)
            .or_else(|| self.roles.get(legacy.map(|(_, current)| *current)?))
    }
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct User {
    pub(super) id: Id,
    pub(super) first_name: Option<String>,
    pub(super) last_name: Option<String>,
    pub(super) username: Option<String>,
    /// The primary one first.
    pub(super) email_addresses: Vec<String>,
    /// The primary one first.
    pub(super) phone_numbers: Vec<String>,
    pub(super) image_url: Option<String>,
}

impl User {
    pub(super) fn email_address(&self) -> Option<&str> {
        self.email_addresses.first().map(String::as_str)
    }

    pub(super) fn phone_number(&self) -> Option<&str> {
        self.phone_numbers.first().map(String::as_str)
    }

    /// What Clerk calls the user by.
    pub(super) fn identifier(&self) -> Option<&str> {
        self.email_address()
            .or_else(|| self.phone_number())
            .or(self.username.as_deref())
    }
}

#[derive(Clone, Debug)]
pub(super) struct Organization {
    pub(super) profile: Arc<Profile>,
    pub(super) members: Members,
}

/// An organization without its members; no operation here changes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Profile {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) slug: String,
    /// How many members and pending invitations there may be together; 0 sets no limit.
    pub(super) max_allowed_memberships: usize,
    pub(super) pending_invitations: usize,
    pub(super) admin_delete_enabled: bool,
    pub(super) image_url: Option<String>,
    pub(super) public_metadata: Metadata,
    pub(super) private_metadata: Metadata,
    pub(super) created_by: Option<Id>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Membership {
    pub(super) id: Id,
    pub(super) user_id: Id,
    /// The key of the role as it was given, which may be an old one.
    pub(super) role: String,
    pub(super) public_metadata: Metadata,
    pub(super) private_metadata: Metadata,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

/// A membership and everything Clerk shows along with it, as all of it was at one moment.
#[derive(Clone, Debug)]
pub(crate) struct MembershipView {
    pub(super) membership: Arc<Membership>,
    pub(super) role: Arc<Role>,
    pub(super) user: Arc<User>,
    pub(super) organization: Arc<Profile>,
    pub(super) members_count: usize,
}
