//! From fixtures to what WhyLabs keeps, with every reference checked; and back.

use std::sync::Arc;

use api_support::IndexMap;
use imbl::OrdMap;

use super::id;
use super::model::{Claim, Id, Member, Organization, Person, Profile, Role, Tier, User, Whylabs};
use crate::fixtures::{
    Findings, Identity, MadeUp, Place, WhylabsClaimFixture, WhylabsFixtures, WhylabsMembershipFixture,
    WhylabsOrganizationFixture, WhylabsRole, WhylabsTier, WhylabsUserFixture,
};

mod export;
mod keys;

pub(crate) use export::fixtures_of;

const ORGANIZATIONS: &str = "/whylabs/organizations";
const USERS: &str = "/whylabs/users";
const MEMBERSHIPS: &str = "/whylabs/memberships";
const CLAIMS: &str = "/whylabs/claim_memberships";
const API_KEYS: &str = "/whylabs/api_keys";

/// What makes two rows of a list the same thing.
pub(crate) const IDENTITIES: &[Identity] = &[
    (ORGANIZATIONS, &["id"]),
    (USERS, &["id"]),
    (MEMBERSHIPS, &["organization", "user"]),
    (CLAIMS, &["organization", "user"]),
    (API_KEYS, &["sha256"]),
];

/// Reads WhyLabs' part of the fixtures.
pub(crate) fn read_fixtures(fixtures: &WhylabsFixtures, seed: u64, findings: &mut Findings) -> Whylabs {
    let mut reading = Reading {
        whylabs: Whylabs::default(),
        seed,
        findings,
    };
    let users = fixtures.users.as_deref().unwrap_or_default();
    reading.organizations(fixtures.organizations.as_deref().unwrap_or_default());
    let ids = reading.users(users);
    reading.memberships(fixtures.memberships.as_deref().unwrap_or_default());
    reading.claims(fixtures.claim_memberships.as_deref().unwrap_or_default());
    reading.defaults(users, &ids);
    keys::read(&mut reading, fixtures.api_keys.as_deref().unwrap_or_default());
    reading.whylabs
}

/// Fixtures on their way to a state.
struct Reading<'a> {
    whylabs: Whylabs,
    seed: u64,
    findings: &'a mut Findings,
}

impl Reading<'_> {
    fn organizations(&mut self, rows: &[WhylabsOrganizationFixture]) {
        for (row, fixture) in rows.iter().enumerate() {
            let place = Place::row(ORGANIZATIONS, row);
            let id = fixture.id.as_deref().map_or_else(
                || id::of_organization(MadeUp::rng(self.seed, &format!("{ORGANIZATIONS}/{row}"))),
                Id::from,
            );
            self.findings
                .only_one(place.member("id"), format_args!("the organization `{id}`"));
            let name = fixture.name.clone().unwrap_or_else(|| {
                let founder = MadeUp::person(self.seed, &format!("{ORGANIZATIONS}/{id}"));
                format!("{} & {}", founder.first_name, founder.last_name)
            });
            let domains = fixture.email_domains.iter().flatten();
            let profile = Profile {
                id: Arc::clone(&id),
                name,
                tier: fixture.tier.map(read_tier),
                email_domains: domains.map(|domain| domain.to_lowercase()).collect(),
                deleted: fixture.deleted.unwrap_or_default(),
                internal: fixture.internal.unwrap_or_default(),
            };
            let organization = Organization {
                profile: Arc::new(profile),
                members: OrdMap::new(),
            };
            self.whylabs.organizations.insert(id, organization);
        }
    }

    /// Reads users and gives their ids, row by row.
    fn users(&mut self, rows: &[WhylabsUserFixture]) -> IndexMap<usize, Id> {
        let mut ids = IndexMap::new();
        for (row, fixture) in rows.iter().enumerate() {
            let place = Place::row(USERS, row);
            let email = fixture.email.as_deref().map(str::to_lowercase);
            let email: Arc<str> = email
                .unwrap_or_else(|| {
                    let whose = fixture.id.clone().unwrap_or_else(|| row.to_string());
                    MadeUp::person(self.seed, &format!("{USERS}/{whose}")).email_address
                })
                .into();
            let id = fixture
                .id
                .as_deref()
                .map_or_else(|| id::of_user(&email), Id::from);
            self.findings
                .only_one(place.member("id"), format_args!("the user `{id}`"));
            let deleted = fixture.deleted.unwrap_or_default();
            if !deleted {
                self.findings
                    .only_one(place.member("email"), format_args!("the address `{email}`"));
                self.whylabs.by_email.insert(Arc::clone(&email), Arc::clone(&id));
            }
            let profile = Person {
                id: Arc::clone(&id),
                email,
                deleted,
            };
            let user = User {
                profile: Arc::new(profile),
                default: None,
                memberships: OrdMap::new(),
                claims: OrdMap::new(),
            };
            self.whylabs.users.insert(Arc::clone(&id), user);
            ids.insert(row, id);
        }
        ids
    }

    fn memberships(&mut self, rows: &[WhylabsMembershipFixture]) {
        for (row, fixture) in rows.iter().enumerate() {
            let place = Place::row(MEMBERSHIPS, row);
            self.pair_once(place, "membership", &fixture.organization, &fixture.user);
            let organization = self.organization(place.member("organization"), &fixture.organization);
            let user = self.user(place.member("user"), &fixture.user);
            if let (Some(organization), Some(user_id)) = (organization, user) {
                let role = read_role(fixture.role);
                self.whylabs.put(&organization, Member { user_id, role });
            }
        }
    }

    fn claims(&mut self, rows: &[WhylabsClaimFixture]) {
        for (row, fixture) in rows.iter().enumerate() {
            let place = Place::row(CLAIMS, row);
            self.pair_once(place, "claim membership", &fixture.organization, &fixture.user);
            let organization = self.organization(place.member("organization"), &fixture.organization);
            let user = self.user(place.member("user"), &fixture.user);
            if let Some(organization) = organization
                && let Some(user) = user.and_then(|user| self.whylabs.users.get_mut(&user))
            {
                let claim = Claim {
                    role: read_role(fixture.role),
                    default: fixture.default.unwrap_or_default(),
                };
                user.claims.insert(organization, claim);
            }
        }
    }

    /// Where users land, once it is known where they are members.
    fn defaults(&mut self, rows: &[WhylabsUserFixture], ids: &IndexMap<usize, Id>) {
        for (row, fixture) in rows.iter().enumerate() {
            let place = Place::row(USERS, row).member("default_organization");
            let Some(named) = &fixture.default_organization else {
                continue;
            };
            let organization = self.organization(place, named);
            let user = ids.get(&row).and_then(|id| self.whylabs.users.get_mut(id));
            let (Some(organization), Some(user)) = (organization, user) else {
                continue;
            };
            if user.memberships.contains_key(&organization) {
                user.default = Some(organization);
            } else {
                let wanted = "membership of this user in";
                self.findings.dangling(place, wanted, named, MEMBERSHIPS);
            }
        }
    }

    fn pair_once(&mut self, place: Place, what: &str, organization: &str, user: &str) {
        let what = format!("the {what} of `{user}` in `{organization}`");
        self.findings.only_one(place.member("user"), &what);
    }

    /// The organization a row names, if there is one.
    fn organization(&mut self, place: Place, named: &str) -> Option<Id> {
        let found = self.whylabs.organizations.get_key_value(named);
        let found = found.map(|(id, _)| Arc::clone(id));
        if found.is_none() {
            self.findings
                .dangling(place, "organization", named, ORGANIZATIONS);
        }
        found
    }

    /// The user a row names, if there is one.
    fn user(&mut self, place: Place, named: &str) -> Option<Id> {
        let found = self.whylabs.users.get_key_value(named);
        let found = found.map(|(id, _)| Arc::clone(id));
        if found.is_none() {
            self.findings.dangling(place, "user", named, USERS);
        }
        found
    }
}

fn read_tier(tier: WhylabsTier) -> Tier {
    match tier {
        WhylabsTier::Free => Tier::Free,
        WhylabsTier::Paid => Tier::Paid,
        WhylabsTier::AwsMarketplace => Tier::AwsMarketplace,
        WhylabsTier::Subscription => Tier::Subscription,
    }
}

fn read_role(role: WhylabsRole) -> Role {
    match role {
        WhylabsRole::Admin => Role::Admin,
        WhylabsRole::Member => Role::Member,
        WhylabsRole::Viewer => Role::Viewer,
    }
}
