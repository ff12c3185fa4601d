//! From fixtures to what Logto keeps, with every reference checked; and back.

use std::sync::Arc;

use imbl::{OrdMap, Vector};

use super::id;
use super::model::{AccessToken, Application, Id, Logto, Organizations, Role, Scope};
use crate::digest::Digest;
use crate::fixtures::{
    Findings, Identity, LogtoAccessTokenFixture, LogtoApplicationFixture, LogtoFixtures,
    LogtoOrganizationRoleFixture, MadeUp, Place, instant,
};

mod export;
mod organizations;
mod users;

pub(crate) use export::fixtures_of;

const ACCESS_TOKENS: &str = "/logto/access_tokens";
const APPLICATIONS: &str = "/logto/applications";
const USERS: &str = "/logto/users";
const ROLES: &str = "/logto/organization_roles";
const ORGANIZATIONS: &str = "/logto/organizations";
const MEMBERSHIPS: &str = "/logto/memberships";

/// What makes two rows of a list the same thing.
pub(crate) const IDENTITIES: &[Identity] = &[
    (ACCESS_TOKENS, &["sha256"]),
    (APPLICATIONS, &["id"]),
    (USERS, &["id"]),
    (ROLES, &["id"]),
    (ORGANIZATIONS, &["id"]),
    (MEMBERSHIPS, &["organization", "user"]),
];

/// What tokens and applications are good for unless it is said.
const USUAL_SCOPE: &str = "all";

/// How long tokens are good unless it is said.
const USUAL_SECONDS: i64 = 3600;

/// Reads Logto's part of the fixtures.
pub(crate) fn read_fixtures(fixtures: &LogtoFixtures, seed: u64, findings: &mut Findings) -> Logto {
    let logto = Logto {
        organizations_enabled: fixtures.organizations_enabled.unwrap_or(true),
        tokens: OrdMap::new(),
        issued: Vector::new(),
        applications: OrdMap::new(),
        users: OrdMap::new(),
        roles: OrdMap::new(),
        organizations: Organizations::default(),
    };
    let mut reading = Reading {
        logto,
        seed,
        findings,
    };
    reading.access_tokens(fixtures.access_tokens.as_deref().unwrap_or_default());
    reading.applications(fixtures.applications.as_deref().unwrap_or_default());
    users::read(&mut reading, fixtures.users.as_deref().unwrap_or_default());
    reading.roles(fixtures.organization_roles.as_deref().unwrap_or_default());
    organizations::read(
        &mut reading,
        fixtures.organizations.as_deref().unwrap_or_default(),
    );
    organizations::read_memberships(&mut reading, fixtures.memberships.as_deref().unwrap_or_default());
    reading.logto
}

/// Fixtures on their way to a state.
struct Reading<'a> {
    logto: Logto,
    seed: u64,
    findings: &'a mut Findings,
}

impl Reading<'_> {
    fn access_tokens(&mut self, rows: &[LogtoAccessTokenFixture]) {
        for (row, token) in rows.iter().enumerate() {
            let place = Place::row(ACCESS_TOKENS, row);
            let given = (token.secret.as_deref(), token.sha256.as_deref());
            let Some(digest) = self.digest(place, "a token", given) else {
                continue;
            };
            self.findings
                .only_one(place, format_args!("the access token of digest {digest}"));
            let made_up = || Some(self.id(None, id::STANDARD, place));
            let token = AccessToken {
                subject: token
                    .subject
                    .clone()
                    .into_option()
                    .map_or_else(made_up, |said| said.map(Into::into)),
                scope: scope(token.scope.as_deref()),
                expires_at: instant(
                    token.expires_at.as_deref(),
                    place.member("expires_at"),
                    self.findings,
                ),
                revoked: token.revoked.unwrap_or_default(),
            };
            self.logto.tokens.insert(digest, token);
        }
    }

    fn applications(&mut self, rows: &[LogtoApplicationFixture]) {
        for (row, application) in rows.iter().enumerate() {
            let place = Place::row(APPLICATIONS, row);
            let what = format!("the application `{}`", application.id);
            self.findings.only_one(place.member("id"), &what);
            let given = (application.secret.as_deref(), application.sha256.as_deref());
            if let Some(secret) = self.digest(place, "an application", given) {
                let read = Application {
                    secret,
                    scope: scope(application.scope.as_deref()),
                    token_seconds: application.token_seconds.unwrap_or(USUAL_SECONDS),
                };
                self.logto
                    .applications
                    .insert(application.id.as_str().into(), read);
            }
        }
    }

    fn roles(&mut self, rows: &[LogtoOrganizationRoleFixture]) {
        for (row, role) in rows.iter().enumerate() {
            let place = Place::row(ROLES, row);
            let id = self.id(role.id.as_deref(), id::STANDARD, place);
            self.findings
                .only_one(place.member("id"), format_args!("the role `{id}`"));
            let what = format!("the role of the name `{}`", role.name);
            self.findings.only_one(place.member("name"), &what);
            let role = Role {
                id: Arc::clone(&id),
                name: role.name.clone(),
                description: role.description.value().cloned(),
            };
            self.logto.roles.insert(id, Arc::new(role));
        }
    }

    /// The digest of a secret that is given in clear or by it.
    fn digest(&mut self, place: Place, what: &str, given: (Option<&str>, Option<&str>)) -> Option<Digest> {
        match given {
            (Some(secret), None) => Some(Digest::of(secret)),
            (None, Some(digest)) => Some(Digest::of_hex(digest)),
            _ => {
                let message = format!("{what} has either `secret` or `sha256`");
                self.findings.impossible(place, message, "give one of the two");
                None
            }
        }
    }

    /// The id a row gives, or one made up.
    fn id(&self, given: Option<&str>, length: usize, place: Place) -> Id {
        given.map_or_else(
            || {
                let rng = MadeUp::rng(self.seed, &format!("{}/{}", place.list, place.row));
                id::new(length, rng)
            },
            Id::from,
        )
    }
}

fn scope(given: Option<&str>) -> Scope {
    Scope(given.unwrap_or(USUAL_SCOPE).to_owned())
}
