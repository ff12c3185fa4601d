//! What Logto keeps: a tenant's users and roles, its organizations and their members, and who may call.

use std::collections::HashSet;
use std::sync::Arc;

use api_support::{IndexMap, Number, Value};
use imbl::{OrdMap, Vector};
use jiff::Timestamp;
use membership_apis::logto::models::{UserIdentity, UserProfile};

use super::sorted::Sorted;
use crate::digest::Digest;

/// An id, as Logto shows it.
pub(crate) type Id = Arc<str>;

/// Everything of Logto's in a world.
#[derive(Clone, Debug)]
pub(crate) struct Logto {
    /// Whether the tenant's plan covers organizations.
    pub(super) organizations_enabled: bool,
    pub(super) tokens: OrdMap<Digest, AccessToken>,
    /// The tokens that were issued here, oldest first.
    pub(super) issued: Vector<Digest>,
    pub(super) applications: OrdMap<Id, Application>,
    pub(super) users: OrdMap<Id, Arc<User>>,
    pub(super) roles: OrdMap<Id, Arc<Role>>,
    pub(super) organizations: Organizations,
}

/// What a token says of its bearer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct AccessToken {
    pub(super) subject: Option<Id>,
    pub(super) scope: Scope,
    /// When it stops being good, if it does.
    pub(super) expires_at: Option<Timestamp>,
    pub(super) revoked: bool,
}

/// What a token is good for, as words with a space between.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Scope(pub(super) String);

impl Scope {
    pub(super) fn holds(&self, word: &str) -> bool {
        self.words().any(|held| held == word)
    }

    /// Those of its words that the other has, too, each once.
    pub(super) fn within(&self, other: &Self) -> Self {
        let mut words: Vec<&str> = Vec::new();
        for word in self.words().filter(|word| other.holds(word)) {
            if !words.contains(&word) {
                words.push(word);
            }
        }
        Self(words.join(" "))
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.split_ascii_whitespace()
    }
}

/// A machine-to-machine application, which can have tokens issued.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Application {
    pub(super) secret: Digest,
    pub(super) scope: Scope,
    pub(super) token_seconds: i64,
}

/// A user. What no rule looks at is kept in the form it is shown in.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct User {
    pub(super) id: Id,
    pub(super) username: Option<String>,
    pub(super) primary_email: Option<String>,
    pub(super) primary_phone: Option<String>,
    pub(super) name: Option<String>,
    pub(super) avatar: Option<String>,
    pub(super) custom_data: IndexMap<String, Value>,
    pub(super) identities: IndexMap<String, UserIdentity>,
    pub(super) profile: UserProfile,
    pub(super) application_id: Option<String>,
    pub(super) is_suspended: bool,
    pub(super) last_sign_in_at: Option<Timestamp>,
    pub(super) created_at: Timestamp,
    pub(super) updated_at: Timestamp,
}

/// A role that members of any organization can hold.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Role {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) description: Option<String>,
}

/// The organizations, by id and in the order they came about.
#[derive(Clone, Debug, Default)]
pub(super) struct Organizations {
    pub(super) by_id: OrdMap<Id, Organization>,
    pub(super) in_order: Sorted<u64, Id>,
}

#[derive(Clone, Debug)]
pub(super) struct Organization {
    /// Its key among the organizations in order.
    pub(super) number: u64,
    pub(super) profile: Arc<Profile>,
    pub(super) members: Members,
}

/// An organization without its members.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Profile {
    pub(super) id: Id,
    pub(super) name: String,
    pub(super) description: Option<String>,
    /// Milliseconds since 1970; callers may give any number.
    pub(super) created_at: Number,
}

/// The members of an organization, by user id and in the order they joined.
#[derive(Clone, Debug, Default)]
pub(super) struct Members {
    pub(super) by_user: Sorted<Id, Member>,
    pub(super) in_order: Sorted<u64, Id>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Member {
    /// Its key among the members in order.
    number: u64,
    /// The ids of the roles held, in the order they were given.
    pub(super) roles: Vec<Id>,
}

impl Organizations {
    pub(super) fn get(&self, id: &str) -> Option<&Organization> {
        self.by_id.get(id)
    }

    pub(super) fn get_mut(&mut self, id: &str) -> Option<&mut Organization> {
        self.by_id.get_mut(id)
    }

    /// Adds an organization after all others.
    pub(super) fn add(&mut self, profile: Arc<Profile>) {
        let number = next(&self.in_order);
        self.in_order.put(number, Arc::clone(&profile.id));
        let organization = Organization {
            number,
            members: Members::default(),
            profile,
        };
        self.by_id
            .insert(Arc::clone(&organization.profile.id), organization);
    }

    /// Puts another profile in the place of an organization's; its id may be another, too.
    pub(super) fn set_profile(&mut self, id: &str, profile: Arc<Profile>) {
        if let Some(organization) = self.by_id.remove(id) {
            self.in_order.put(organization.number, Arc::clone(&profile.id));
            self.by_id.insert(
                Arc::clone(&profile.id),
                Organization {
                    profile,
                    ..organization
                },
            );
        }
    }

    pub(super) fn remove(&mut self, id: &str) -> Option<Organization> {
        let organization = self.by_id.remove(id)?;
        self.in_order.remove(&organization.number);
        Some(organization)
    }

    /// In the order they came about.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Organization> {
        self.in_order.iter().filter_map(|(_, id)| self.by_id.get(id))
    }
}

impl Members {
    pub(super) fn len(&self) -> usize {
        self.by_user.len()
    }

    pub(super) fn get(&self, user_id: &str) -> Option<&Member> {
        self.by_user.get(user_id)
    }

    pub(super) fn roles_mut(&mut self, user_id: &str) -> Option<&mut Vec<Id>> {
        self.by_user.get_mut(user_id).map(|member| &mut member.roles)
    }

    /// Takes in users with the roles they hold, those who are no members yet, and says who they were.
    pub(super) fn join(&mut self, joiners: impl IntoIterator<Item = (Id, Vec<Id>)>) -> Vec<Id> {
        let (mut joined, mut rows, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
        let mut number = next(&self.in_order);
        for (user_id, roles) in joiners {
            if self.get(&user_id).is_none() && seen.insert(Arc::clone(&user_id)) {
                self.in_order.put(number, Arc::clone(&user_id));
                rows.push((Arc::clone(&user_id), Member { number, roles }));
                joined.push(user_id);
                number = number.saturating_add(1);
            }
        }
        self.by_user.put_all(rows);
        joined
    }

    pub(super) fn remove(&mut self, user_id: &str) -> bool {
        let removed = self.by_user.remove(user_id);
        if let Some(member) = &removed {
            self.in_order.remove(&member.number);
        }
        removed.is_some()
    }

    /// The first members to have joined.
    pub(super) fn first(&self, count: usize) -> impl Iterator<Item = &Id> {
        self.in_order
            .page(0, count)
            .into_iter()
            .map(|(_, user_id)| user_id)
    }

    /// In the order they joined.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Id, &Member)> {
        self.in_order
            .iter()
            .filter_map(|(_, user_id)| Some((user_id, self.get(user_id)?)))
    }
}

/// The key that comes after all there are.
fn next(in_order: &Sorted<u64, Id>) -> u64 {
    in_order.last_key().map_or(0, |last| last.saturating_add(1))
}
