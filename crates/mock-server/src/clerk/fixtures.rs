//! From fixtures to what Clerk keeps, with every reference checked; and back.

use std::fmt;
use std::sync::Arc;

use imbl::OrdMap;
use jiff::Timestamp;

use super::id;
use super::metadata::{Excess, MOST_BYTES, Metadata};
use super::model::{Clerk, Id, Instance, Role};
use crate::digest::Digest;
use crate::fixtures::{
    ClerkFixtures, ClerkInstanceFixture, ClerkRoleFixture, ClerkSecretKeyFixture, FIRST, Findings, Identity,
    MOST_LEVELS, MadeUp, MetadataFixture, Place,
};

mod export;
mod organizations;
mod users;

pub(crate) use export::fixtures_of;

const INSTANCES: &str = "/clerk/instances";
const SECRET_KEYS: &str = "/clerk/secret_keys";
const ROLES: &str = "/clerk/roles";
const USERS: &str = "/clerk/users";
const ORGANIZATIONS: &str = "/clerk/organizations";
const MEMBERSHIPS: &str = "/clerk/memberships";

/// What makes two rows of a list the same thing.
pub(crate) const IDENTITIES: &[Identity] = &[
    (INSTANCES, &["id"]),
    (SECRET_KEYS, &["sha256"]),
    (ROLES, &["instance", "key"]),
    (USERS, &["id"]),
    (ORGANIZATIONS, &["id"]),
    (MEMBERSHIPS, &["organization", "user"]),
];

/// The most roles an instance can have beside Clerk's own two (clerk/clerk-docs, the guide to roles and permissions).
const MOST_CUSTOM_ROLES: usize = 10;

/// Clerk's own roles, as of August 2024.
const OWN_ROLES: [(&str, &str, &[&str]); 2] = [
    (
        "org:admin",
        "Admin",
        &[
            "org:sys_profile:manage",
            "org:sys_profile:delete",
            "org:sys_memberships:read",
            "org:sys_memberships:manage",
            "org:sys_domains:read",
            "org:sys_domains:manage",
        ],
    ),
    ("org:member", "Member", &["org:sys_memberships:read"]),
];

/// Reads Clerk's part of the fixtures.
pub(crate) fn read_fixtures(fixtures: &ClerkFixtures, seed: u64, findings: &mut Findings) -> Clerk {
    let mut reading = Reading::new(seed, findings);
    reading.instances(fixtures.instances.as_deref().unwrap_or_default());
    reading.secret_keys(fixtures.secret_keys.as_deref().unwrap_or_default());
    reading.roles(fixtures.roles.as_deref().unwrap_or_default());
    users::read(&mut reading, fixtures.users.as_deref().unwrap_or_default());
    organizations::read(
        &mut reading,
        fixtures.organizations.as_deref().unwrap_or_default(),
    );
    organizations::read_memberships(&mut reading, fixtures.memberships.as_deref().unwrap_or_default());
    reading.clerk
}

/// Fixtures on their way to a state.
struct Reading<'a> {
    clerk: Clerk,
    seed: u64,
    /// The instance of rows that name none.
    first_instance: Id,
    findings: &'a mut Findings,
}

impl<'a> Reading<'a> {
    fn new(seed: u64, findings: &'a mut Findings) -> Self {
        Self {
            clerk: Clerk::default(),
            seed,
            first_instance: id::new("ins", FIRST, MadeUp::rng(seed, INSTANCES)),
            findings,
        }
    }

    fn instances(&mut self, rows: &[ClerkInstanceFixture]) {
        let implied = [ClerkInstanceFixture::default()];
        let rows = if rows.is_empty() { &implied } else { rows };
        for (row, instance) in rows.iter().enumerate() {
            let place = Place::row(INSTANCES, row);
            let id = match (&instance.id, row) {
                (Some(id), _) => id.as_str().into(),
                (None, 0) => Arc::clone(&self.first_instance),
                (None, _) => self.id(None, "ins", place, FIRST),
            };
            if row == 0 {
                self.first_instance = Arc::clone(&id);
            }
            self.only_one(place, "id", format_args!("the instance `{id}`"));
            let instance = Instance {
                organizations_enabled: instance.organizations_enabled.unwrap_or(true),
                legacy_role_keys: instance.legacy_role_keys.unwrap_or(true),
                ..Instance::default()
            };
            self.clerk.instances.insert(id, instance);
        }
    }

    fn secret_keys(&mut self, rows: &[ClerkSecretKeyFixture]) {
        for (row, key) in rows.iter().enumerate() {
            let place = Place::row(SECRET_KEYS, row);
            let digest = match (&key.secret, &key.sha256) {
                (Some(secret), None) => Digest::of(secret),
                (None, Some(digest)) => Digest::of_hex(digest),
                _ => {
                    let message = "a key has either `secret` or `sha256`";
                    self.findings.impossible(place, message, "give one of the two");
                    continue;
                }
            };
            self.only_one(place, "", format_args!("the secret key of digest {digest}"));
            if let Some(instance) = self.instance_of(place, key.instance.as_deref()) {
                let key = super::model::SecretKey {
                    instance,
                    may_add_members: key.may_add_members.unwrap_or(true),
                };
                self.clerk.keys.insert(digest, key);
            }
        }
    }

    fn roles(&mut self, rows: &[ClerkRoleFixture]) {
        for (row, role) in rows.iter().enumerate() {
            let place = Place::row(ROLES, row);
            let Some(instance) = self.instance_of(place, role.instance.as_deref()) else {
                continue;
            };
            self.only_one(
                place,
                "key",
                format_args!("the role `{}` of instance `{instance}`", role.key),
            );
            let role = Role {
                key: role.key.clone(),
                name: role.name.clone(),
                permissions: role.permissions.clone(),
            };
            if let Some(instance) = self.clerk.instances.get_mut(&instance) {
                instance.roles.insert(role.key.as_str().into(), Arc::new(role));
                let custom = instance.roles.keys().filter(|key| !is_own(key)).count();
                if custom > MOST_CUSTOM_ROLES {
                    let message = format!("an instance has {MOST_CUSTOM_ROLES} roles of its own at most");
                    self.findings.impossible(place, message, "leave this one out");
                }
            }
        }
        let ids: Vec<_> = self.clerk.instances.keys().cloned().collect();
        for id in ids {
            if let Some(instance) = self
                .clerk
                .instances
                .get_mut(&id)
                .filter(|instance| instance.roles.is_empty())
            {
                instance.roles = own_roles();
            }
        }
    }

    /// The instance a row belongs to, if there is one.
    fn instance_of(&mut self, place: Place, named: Option<&str>) -> Option<Id> {
        let Some(named) = named else {
            return Some(Arc::clone(&self.first_instance));
        };
        let found = self
            .clerk
            .instances
            .get_key_value(named)
            .map(|(id, _)| Arc::clone(id));
        if found.is_none() {
            self.findings
                .dangling(place.member("instance"), "instance", named, INSTANCES);
        }
        found
    }

    /// Says so when this is the second of something there can be only one of.
    fn only_one(&mut self, place: Place, member: &'static str, what: impl fmt::Display) {
        self.findings.only_one(place.member(member), what);
    }

    /// The id a row gives, or one made up.
    fn id(&self, given: Option<&str>, prefix: &str, place: Place, made: Timestamp) -> Id {
        given.map_or_else(
            || {
                let rng = MadeUp::rng(self.seed, &format!("{}/{}", place.list, place.row));
                id::new(prefix, made, rng)
            },
            Id::from,
        )
    }

    fn metadata(
        &mut self,
        place: Place,
        member: &'static str,
        fixture: Option<&MetadataFixture>,
    ) -> Metadata {
        let metadata = fixture
            .map(|MetadataFixture(members)| Metadata::from(members.clone()))
            .unwrap_or_default();
        let told = metadata.excess().map(|excess| match excess {
            Excess::Bytes => (
                format!("it takes up more than {MOST_BYTES} bytes of JSON"),
                "make it smaller",
            ),
            Excess::Levels => (
                format!("it nests deeper than {MOST_LEVELS} levels"),
                "make it flatter",
            ),
        });
        if let Some((message, help)) = told {
            self.findings.impossible(place.member(member), message, help);
        }
        metadata
    }
}

fn own_roles() -> OrdMap<Id, Arc<Role>> {
    let role = |(key, name, permissions): &(&str, &str, &[&str])| Role {
        key: (*key).to_owned(),
        name: (*name).to_owned(),
        permissions: permissions
            .iter()
            .map(|permission| (*permission).to_owned())
            .collect(),
    };
    OWN_ROLES
        .iter()
        .map(|own| (Id::from(own.0), Arc::new(role(own))))
        .collect()
}

fn is_own(key: &str) -> bool {
    OWN_ROLES.iter().any(|(own, ..)| *own == key)
}
