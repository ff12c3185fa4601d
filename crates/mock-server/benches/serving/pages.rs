//! What a page of 20 costs in an organization of 100,000 members, against the same page in one of 100: the first and
//! the last one, each over one connection, requests of the two alternating.

use std::error::Error;
use std::time::{Duration, Instant};

use mock_server::MockServer;
use mock_server::fixtures::{Fixtures, Given};
use serde_json::{Value, json};

use crate::connection::Connection;
use crate::traffic::request;

const SMALL: usize = 100;
const LARGE: usize = 100_000;
const PAGE: usize = 20;
const REQUESTS: usize = 3000;

/// The two organizations, as ids that every API takes.
const ORGANIZATIONS: [(&str, usize); 2] = [(LARGE_ID, LARGE), (SMALL_ID, SMALL)];
const LARGE_ID: &str = "00000000-0000-4000-8000-00000000000a";
const SMALL_ID: &str = "00000000-0000-4000-8000-00000000000b";

/// A listing of an organization's members.
struct Listing {
    name: &'static str,
    credential: &'static str,
    fixtures: fn() -> Value,
    /// The target of the page that begins at a member.
    target: fn(&str, usize) -> String,
    /// What each member on a page has once.
    mark: &'static str,
}

const LISTINGS: [Listing; 4] = [
    Listing {
        name: "clerk, newest first",
        credential: "authorization: Bearer bench",
        fixtures: clerk,
        target: |organization, offset| clerk_target(organization, offset, "-created_at"),
        mark: "\"role_name\"",
    },
    Listing {
        name: "clerk, oldest first",
        credential: "authorization: Bearer bench",
        fixtures: clerk,
        target: |organization, offset| clerk_target(organization, offset, "%2Bcreated_at"),
        mark: "\"role_name\"",
    },
    Listing {
        name: "logto",
        credential: "authorization: Bearer bench",
        fixtures: logto,
        target: |organization, offset| {
            let page = offset / PAGE + 1;
            format!(
                "/api/organizations/{}/users?page={page}&page_size={PAGE}",
                short(organization)
            )
        },
        mark: "\"organizationRoles\"",
    },
    Listing {
        name: "enhance",
        credential: "authorization: Bearer bench",
        fixtures: enhance,
        target: |organization, offset| format!("/orgs/{organization}/members?limit={PAGE}&offset={offset}"),
        mark: "\"loginId\"",
    },
];

/// Prints the ratios.
pub(crate) fn measure() -> Result<(), Box<dyn Error>> {
    println!("a page of {PAGE}, median: from {LARGE} members, from {SMALL}, their ratio (goal 1.5 at most)");
    for listing in &LISTINGS {
        listing.measure()?;
    }
    Ok(())
}

impl Listing {
    fn measure(&self) -> Result<(), Box<dyn Error>> {
        let fixtures: Fixtures = serde_json::from_value((self.fixtures)())?;
        let server = MockServer::builder()
            .fixtures(Given::Value(Box::new(fixtures)))
            .start()?;
        let mut connection = Connection::open(server.addr())?;
        for (page, of_large, of_small) in [("first", 0, 0), ("last", LARGE - PAGE, SMALL - PAGE)] {
            let offsets = [(LARGE_ID, of_large), (SMALL_ID, of_small)];
            let requests = offsets.map(|(organization, offset)| {
                request("GET", &(self.target)(organization, offset), self.credential, "")
            });
            let mut times = [Vec::new(), Vec::new()];
            for _ in 0..REQUESTS {
                for (request, times) in requests.iter().zip(&mut times) {
                    times.push(self.time(&mut connection, request)?);
                }
            }
            let [large, small] = times.map(median);
            let ratio = large.as_secs_f64() / small.as_secs_f64();
            println!(
                "{:<20} {page:<6} {large:>10.1?} {small:>10.1?} {ratio:>6.2}",
                self.name
            );
        }
        Ok(())
    }

    fn time(&self, connection: &mut Connection, request: &str) -> Result<Duration, Box<dyn Error>> {
        let begun = Instant::now();
        let body = connection.ask(request)?;
        let taken = begun.elapsed();
        let members = String::from_utf8_lossy(&body).matches(self.mark).count();
        if members == PAGE {
            Ok(taken)
        } else {
            Err(format!("{}: {members} members on the page", self.name).into())
        }
    }
}

fn clerk_target(organization: &str, offset: usize, order: &str) -> String {
    format!("/v1/organizations/{organization}/memberships?limit={PAGE}&offset={offset}&order_by={order}")
}

fn clerk() -> Value {
    let users = numbers().map(|number| json!({ "id": id(number) }));
    let organizations = ORGANIZATIONS.map(|(id, _)| json!({ "id": id }));
    let memberships =
        members().map(|(organization, number)| json!({ "organization": organization, "user": id(number), "role": "org:member" }));
    json!({ "clerk": {
        "secret_keys": [{ "secret": "bench" }],
        "users": users.collect::<Value>(),
        "organizations": organizations,
        "memberships": memberships.collect::<Value>(),
    } })
}

fn logto() -> Value {
    let users = numbers().map(|number| json!({ "id": format!("{number:012}") }));
    let organizations = ORGANIZATIONS.map(|(id, _)| json!({ "id": short(id) }));
    let memberships = members().map(
        |(organization, number)| json!({ "organization": short(organization), "user": format!("{number:012}") }),
    );
    json!({ "logto": {
        "access_tokens": [{ "secret": "bench" }],
        "users": users.collect::<Value>(),
        "organizations": organizations,
        "memberships": memberships.collect::<Value>(),
    } })
}

fn enhance() -> Value {
    let master = "00000000-0000-4000-8000-00000000000f";
    let below = ORGANIZATIONS.map(|(id, _)| json!({ "id": id, "parent": master }));
    let logins = numbers().map(|number| json!({ "id": id(number) }));
    let members = members()
        .map(|(organization, number)| json!({ "organization": organization, "login": id(number), "roles": ["Support"] }));
    json!({ "enhance": {
        "organizations": [{ "id": master, "panel_domain": "panel.test" }, below[0], below[1]],
        "logins": logins.collect::<Value>(),
        "access_tokens": [{ "organization": master, "secret": "bench", "roles": ["Owner"] }],
        "members": members.collect::<Value>(),
    } })
}

fn numbers() -> std::ops::Range<usize> {
    0..LARGE
}

/// Every membership: an organization and the number of a member.
fn members() -> impl Iterator<Item = (&'static str, usize)> {
    ORGANIZATIONS
        .into_iter()
        .flat_map(|(id, size)| (0..size).map(move |number| (id, number)))
}

fn id(number: usize) -> String {
    format!("00000000-0000-4000-9000-{number:012}")
}

/// Logto's ids have 21 characters at most.
fn short(id: &str) -> &str {
    &id[id.len() - 12..]
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
