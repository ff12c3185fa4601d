//! What was seen in a world: for tests that have the server in their own process.

use std::fmt;

use membership_apis::control::models::{Coverage, RecordedRequest, Verification, Verified, ViolationList};

use super::World;
use crate::journal::Plan;

impl World {
    /// The requests that are kept, oldest first, their secrets masked.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let server = mock_server::MockServer::start()?;
    /// // … what is tested calls the server …
    /// # call(&server)?;
    /// let requests = server.world().requests();
    /// assert_eq!(requests[0].operation.as_deref(), Some("ListOrganizationMemberships"));
    /// assert_eq!(requests[0].response.as_ref().map(|response| response.status), Some(401));
    /// # Ok(())
    /// # }
    /// # fn call(server: &mock_server::MockServer) -> std::io::Result<()> {
    /// # use std::io::{Read as _, Write as _};
    /// # let mut stream = std::net::TcpStream::connect(server.addr())?;
    /// # stream.write_all(b"GET /v1/organizations/o/memberships HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
    /// # stream.read_to_end(&mut Vec::new()).map(drop)
    /// # }
    /// ```
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        let page = self.epoch().record.journal.after(0);
        page.exchanges
            .iter()
            .map(|exchange| exchange.recorded())
            .collect()
    }

    /// Checks what was called.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use mock_server::control::models::Verification;
    /// use mock_server::serde_json::{from_value, json};
    ///
    /// let server = mock_server::MockServer::start()?;
    /// let expected: Verification = from_value(json!({
    ///     "expect": [{ "match": { "operation": "CreateOrganizationMembership" }, "count": 0 }]
    /// }))?;
    /// server.world().verify(&expected)?;
    ///
    /// let expected: Verification = from_value(json!({ "expect": [{ "match": { "api": "clerk" } }] }))?;
    /// let error = server.world().verify(&expected).unwrap_err();
    /// assert!(error.to_string().contains("expected at least once: api clerk"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// What was expected and what came instead, in lines for people; or what makes no sense in what is expected. Where the
    /// server records nothing, nothing can be verified.
    pub fn verify(&self, expected: &Verification) -> Result<Verified, NotVerified> {
        let plan = Plan::new(expected).map_err(|senseless| {
            let lines = senseless.iter().map(ToString::to_string);
            NotVerified(lines.collect::<Vec<_>>().join("\n"))
        })?;
        plan.verify(&self.epoch().record.journal)
            .map_err(|unverified| NotVerified(unverified.detail))
    }

    /// What callers did off the contract. The last thousand are kept at most, and all are counted.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// // … what is tested calls the server …
    /// let violations = server.world().violations();
    /// assert_eq!(violations.total, 0, "{violations:#?}");
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn violations(&self) -> ViolationList {
        self.epoch().record.tally.violations.list(None)
    }

    /// Which documented answers were seen.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// // … what is tested calls the server …
    /// let coverage = server.world().coverage();
    /// assert_eq!((coverage.reached, coverage.pairs), (0, 153));
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        self.epoch().record.tally.report(None)
    }
}

/// Something else was called than was expected, or nothing. Both its forms of text are the lines for people, so that a
/// test that unwraps it shows them.
#[derive(Clone, Eq, PartialEq)]
pub struct NotVerified(String);

impl fmt::Display for NotVerified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for NotVerified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NotVerified {}
