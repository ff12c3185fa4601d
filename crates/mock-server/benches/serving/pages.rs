//! What a page of 20 costs in an organization of 100,000 members, against the same page in one of 100: the first and
//! the last one, each over one connection, requests of the two alternating.

use std::error::Error;
use std::time::{Duration, Instant};

use mock_server::MockServer;
use mock_server::fixtures::{
    ClerkFixtures, ClerkMembershipFixture, ClerkOrganizationFixture, ClerkSecretKeyFixture, ClerkUserFixture,
    Fixtures, Given,
};

use crate::connection::Connection;

const SMALL: usize = 100;
const LARGE: usize = 100_000;
const PAGE: usize = 20;
const REQUESTS: usize = 3000;

/// Prints the ratios.
pub(crate) fn measure() -> Result<(), Box<dyn Error>> {
    let server = MockServer::builder()
        .fixtures(Given::Value(Box::new(fixtures())))
        .start()?;
    let mut connection = Connection::open(server.addr())?;
    println!("a page of {PAGE}, median: from {LARGE} members, from {SMALL}, their ratio (goal 1.5 at most)");
    for order in ["-created_at", "%2Bcreated_at"] {
        for (name, of_large, of_small) in [("first", 0, 0), ("last", LARGE - PAGE, SMALL - PAGE)] {
            let targets = [("large", of_large), ("small", of_small)].map(|(organization, offset)| {
                format!("/v1/organizations/{organization}/memberships?limit={PAGE}&offset={offset}&order_by={order}")
            });
            let mut times = [Vec::new(), Vec::new()];
            for _ in 0..REQUESTS {
                for (target, times) in targets.iter().zip(&mut times) {
                    times.push(time(&mut connection, target)?);
                }
            }
            let [large, small] = times.map(median);
            let ratio = large.as_secs_f64() / small.as_secs_f64();
            println!("{name:<6} {order:<14} {large:>10.1?} {small:>10.1?} {ratio:>6.2}");
        }
    }
    Ok(())
}

fn fixtures() -> Fixtures {
    let organizations = [("large", LARGE), ("small", SMALL)];
    let membership = |organization: &str, number: usize| ClerkMembershipFixture {
        organization: organization.to_owned(),
        user: format!("user_{number}"),
        role: "org:member".to_owned(),
        id: None,
        public_metadata: None,
        private_metadata: None,
        created_at: None,
        updated_at: None,
    };
    let clerk = ClerkFixtures {
        secret_keys: Some(vec![ClerkSecretKeyFixture {
            secret: Some("sk_test_bench".to_owned()),
            ..ClerkSecretKeyFixture::default()
        }]),
        users: Some(
            (0..LARGE)
                .map(|number| ClerkUserFixture {
                    id: Some(format!("user_{number}")),
                    ..ClerkUserFixture::default()
                })
                .collect(),
        ),
        organizations: Some(
            organizations
                .iter()
                .map(|(id, _)| ClerkOrganizationFixture {
                    id: Some((*id).to_owned()),
                    ..ClerkOrganizationFixture::default()
                })
                .collect(),
        ),
        memberships: Some(
            organizations
                .iter()
                .flat_map(|(id, size)| (0..*size).map(|number| membership(id, number)))
                .collect(),
        ),
        ..ClerkFixtures::default()
    };
    Fixtures {
        clerk: Some(clerk),
        ..Fixtures::default()
    }
}

fn time(connection: &mut Connection, target: &str) -> Result<Duration, Box<dyn Error>> {
    let request =
        format!("GET {target} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer sk_test_bench\r\n\r\n");
    let begun = Instant::now();
    let body = connection.ask(&request)?;
    let taken = begun.elapsed();
    let members = body
        .windows(11)
        .filter(|window| window == br#""role_name""#)
        .count();
    if members == PAGE {
        Ok(taken)
    } else {
        Err(format!("{members} members on the page").into())
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
