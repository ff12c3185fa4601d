//! WhyLabs' rules: what a key reaches, who may be added, changed and removed, and what becomes of it.

use std::sync::Arc;

use jiff::Timestamp;

use super::event::Notification;
use super::model::{ApiKey, Ended, Id, Member, MembershipView, Organization, Role, Tier, User, Whylabs};
use crate::digest::Digest;
use crate::world::{About, Effects};

/// The most memberships an organization on the free tier may have.
const FREE_MEMBERSHIPS: usize = 25;

/// The scope a key needs to reach the members of its organization.
const ADMINISTRATOR: &str = ":administrator";

/// The scopes that open every organization, to keys of WhyLabs' own.
const INTERNAL_ADMINISTRATORS: [&str; 2] = [":whylabs_administrator", ":whylabs_system"];

/// Why WhyLabs does not do what it is asked to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Refusal {
    /// The key belongs to another organization.
    OtherOrganization(String),
    NotAnAdministrator,
    OrganizationUnknown(String),
    /// The organization does not take addresses of this domain, which is as it was sent.
    DomainNotAllowed {
        domain: String,
        organization: Id,
        allowed: Vec<String>,
    },
    /// Nobody has the address, of which this is the domain: the address itself is told to nobody.
    UserUnknown {
        domain: String,
    },
    Full,
    AlreadyAMember {
        /// As it was sent.
        email: String,
        organization: Id,
    },
    NotAMember {
        user: Id,
        organization: String,
    },
}

impl Whylabs {
    /// The key of a digest, or why it is no longer good.
    pub(super) fn key(&self, digest: &Digest, now: Timestamp) -> Option<Result<&ApiKey, Ended>> {
        let key = self.keys.get(digest)?;
        Some(key.ended(now).map_or(Ok(key), Err))
    }

    /// Whether a key reaches the members of an organization, which need not be there. What the caller may do as a
    /// member is not looked at.
    pub(super) fn admit(&self, key: &ApiKey, organization_id: &str) -> Result<(), Refusal> {
        let own = self.organizations.get(&key.organization);
        let is_internal = own.is_some_and(|organization| organization.profile.internal);
        if is_internal && INTERNAL_ADMINISTRATORS.iter().any(|scope| key.has_scope(scope)) {
            return Ok(());
        }
        if *key.organization != *organization_id {
            return Err(Refusal::OtherOrganization(organization_id.to_owned()));
        }
        // Keys of WhyLabs' own have every ordinary scope.
        if is_internal || key.has_scope(ADMINISTRATOR) {
            Ok(())
        } else {
            Err(Refusal::NotAnAdministrator)
        }
    }

    /// All memberships of an organization, in the order they were made. Those that logins made are left out, and so
    /// are those of users who are gone.
    pub(super) fn list(&self, organization_id: &str) -> Result<Vec<MembershipView>, Refusal> {
        let organization = self.organization(organization_id)?;
        let views = organization.members.values().filter_map(|member| {
            let user = self.users.get(&member.user_id)?;
            (!user.profile.deleted).then(|| MembershipView {
                organization_id: Arc::clone(&organization.profile.id),
                user: Arc::clone(&user.profile),
                role: member.role,
                default: user.lands_in(organization_id),
            })
        });
        Ok(views.collect())
    }

    /// Makes a user a member; with `set_default` it is the organization they land in from now on.
    pub(super) fn add(
        &mut self,
        effects: &mut Effects<'_>,
        key: &ApiKey,
        organization_id: &str,
        addition: &Addition,
    ) -> Result<MembershipView, Refusal> {
        let organization = self.organization(organization_id)?;
        organization.takes_address(&addition.email)?;
        let user = self.user(&addition.email)?;
        organization.has_room()?;
        let profile = Arc::clone(&organization.profile);
        if user.memberships.contains_key(&profile.id) {
            return Err(Refusal::AlreadyAMember {
                email: addition.email.clone(),
                organization: Arc::clone(&profile.id),
            });
        }
        let person = Arc::clone(&user.profile);
        let member = Member {
            user_id: Arc::clone(&person.id),
            role: addition.role,
        };
        self.put(&profile.id, member);
        if let Some(user) = self.users.get_mut(&person.id).filter(|_| addition.set_default) {
            user.default = Some(Arc::clone(&profile.id));
        }
        effects.tell(About::Whylabs(Notification {
            org_id: profile.id.to_string(),
            org_name: profile.name.clone(),
            user_id: person.id.to_string(),
            user_email: person.email.to_string(),
            created_by: key.id.to_string(),
        }));
        Ok(MembershipView {
            organization_id: Arc::clone(&profile.id),
            user: person,
            role: addition.role,
            default: addition.set_default,
        })
    }

    /// Gives a member another role, or the same one once more. Whether the organization is there is not looked at.
    pub(super) fn set_role(
        &mut self,
        organization_id: &str,
        email: &str,
        role: Role,
    ) -> Result<MembershipView, Refusal> {
        let user = self.user(email)?;
        let person = Arc::clone(&user.profile);
        let default = user.lands_in(organization_id);
        let number = user.memberships.get(organization_id).copied();
        let organization = self.organizations.get_mut(organization_id);
        let found = organization.and_then(|organization| {
            let member = organization.members.get_mut(&number?)?;
            Some((Arc::clone(&organization.profile.id), member))
        });
        let Some((organization_id, member)) = found else {
            return Err(Refusal::NotAMember {
                user: Arc::clone(&person.id),
                organization: organization_id.to_owned(),
            });
        };
        member.role = role;
        Ok(MembershipView {
            organization_id,
            user: person,
            role,
            default,
        })
    }

    /// Ends a user's membership, regular or made by a login, or both. Whether the organization is there is not looked
    /// at.
    pub(super) fn remove(&mut self, organization_id: &str, email: &str) -> Result<(), Refusal> {
        let id = Arc::clone(&self.user(email)?.profile.id);
        let not_a_member = || Refusal::NotAMember {
            user: Arc::clone(&id),
            organization: organization_id.to_owned(),
        };
        let user = self.users.get_mut(&id).ok_or_else(not_a_member)?;
        let number = user.memberships.remove(organization_id);
        let claim = user.claims.remove(organization_id);
        if number.is_none() && claim.is_none() {
            return Err(not_a_member());
        }
        user.move_default_on(organization_id);
        if let (Some(number), Some(organization)) = (number, self.organizations.get_mut(organization_id)) {
            organization.members.remove(&number);
        }
        Ok(())
    }

    /// Adds a membership after all others. Both its ends are there.
    pub(super) fn put(&mut self, organization_id: &Id, member: Member) {
        let number = self.numbered;
        self.numbered += 1;
        if let Some(user) = self.users.get_mut(&member.user_id) {
            user.memberships.insert(Arc::clone(organization_id), number);
        }
        if let Some(organization) = self.organizations.get_mut(organization_id) {
            organization.members.insert(number, member);
        }
    }

    fn organization(&self, id: &str) -> Result<&Organization, Refusal> {
        self.organizations
            .get(id)
            .filter(|organization| !organization.profile.deleted)
            .ok_or_else(|| Refusal::OrganizationUnknown(id.to_owned()))
    }

    /// The user of an address, which counts in any letter case, and otherwise just as it is.
    fn user(&self, email: &str) -> Result<&User, Refusal> {
        let id = self.by_email.get(email.to_lowercase().as_str());
        id.and_then(|id| self.users.get(id))
            .ok_or_else(|| Refusal::UserUnknown {
                domain: domain(email).to_owned(),
            })
    }
}

/// A user to be added.
#[derive(Clone, Debug)]
pub(super) struct Addition {
    pub(super) email: String,
    pub(super) role: Role,
    pub(super) set_default: bool,
}

impl Organization {
    /// Organizations on the free tier take every domain.
    fn takes_address(&self, email: &str) -> Result<(), Refusal> {
        let allowed = &self.profile.email_domains;
        let domain = domain(email);
        if self.is_free() || allowed.is_empty() || allowed.contains(&domain.to_lowercase()) {
            return Ok(());
        }
        Err(Refusal::DomainNotAllowed {
            domain: domain.to_owned(),
            organization: Arc::clone(&self.profile.id),
            allowed: allowed.clone(),
        })
    }

    fn has_room(&self) -> Result<(), Refusal> {
        if self.is_free() && self.members.len() >= FREE_MEMBERSHIPS {
            return Err(Refusal::Full);
        }
        Ok(())
    }

    fn is_free(&self) -> bool {
        self.profile.tier == Some(Tier::Free)
    }
}

impl User {
    /// Where no other membership of theirs is the default one, the oldest of them becomes it.
    fn move_default_on(&mut self, left: &str) {
        if self.default.is_none() || self.lands_in(left) {
            let oldest = self.memberships.iter().min_by_key(|(_, number)| **number);
            self.default = oldest.map(|(organization, _)| Arc::clone(organization));
        }
    }
}

/// What stands after the last @, or everything where there is none.
fn domain(email: &str) -> &str {
    email.rsplit_once('@').map_or(email, |(_, domain)| domain)
}
