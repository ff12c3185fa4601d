use membership_apis::control::models::{Fault, NewFault};

use super::World;
use crate::faults::FaultError;

impl World {
    /// Makes something go wrong: from now on a fault takes effect on the calls it is about, before any older one does.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::io::{Read as _, Write as _};
    /// use mock_server::MockServer;
    /// use mock_server::control::models::{FaultEffect, FaultMatch, NewFault, RawEffect, RawEffectKind};
    ///
    /// let server = MockServer::start()?;
    /// let unavailable = RawEffect {
    ///     kind: RawEffectKind::Raw,
    ///     status: 503,
    ///     headers: None,
    ///     body: Some("try again".to_owned()),
    /// };
    /// let fault = server.world().add_fault(NewFault {
    ///     r#match: Some(FaultMatch { path: Some("/v1/**".to_owned()), times: Some(1), ..FaultMatch::default() }),
    ///     effect: Some(FaultEffect::from(unavailable)),
    ///     ..NewFault::default()
    /// })?;
    /// assert_eq!((fault.id.as_str(), fault.applied), ("fault-1", 0));
    ///
    /// let mut stream = std::net::TcpStream::connect(server.addr())?;
    /// stream.write_all(b"GET /v1/organizations/o/memberships HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\r\n")?;
    /// let mut answer = String::new();
    /// stream.read_to_string(&mut answer)?;
    /// assert!(answer.starts_with("HTTP/1.1 503") && answer.ends_with("try again"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Everything that is wrong with the fault; or that the world, or all worlds together, have as many as they may have.
    pub fn add_fault(&self, fault: NewFault) -> Result<Fault, FaultError> {
        self.epoch().faults.add(fault)
    }

    /// What goes wrong, newest first, and how often it did.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::io::{Read as _, Write as _};
    /// use mock_server::MockServer;
    /// use mock_server::control::models::{Delay, NewFault};
    ///
    /// let server = MockServer::start()?;
    /// let delay = Some(Delay { milliseconds: 50, up_to_milliseconds: None });
    /// server.world().add_fault(NewFault { delay, ..NewFault::default() })?;
    ///
    /// let begun = std::time::Instant::now();
    /// let mut stream = std::net::TcpStream::connect(server.addr())?;
    /// stream.write_all(b"GET /v1/nothing HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\r\n")?;
    /// stream.read_to_string(&mut String::new())?;
    /// assert!(begun.elapsed().as_millis() >= 50);
    ///
    /// let faults = server.world().faults();
    /// assert_eq!((faults[0].matched, faults[0].applied), (1, 1));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.epoch().faults.list()
    }

    /// Removes a fault; `false` where there is none with this id.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::io::{Read as _, Write as _};
    /// use mock_server::MockServer;
    /// use mock_server::control::models::{CutConnectionEffect, CutConnectionEffectKind, FaultEffect, NewFault};
    ///
    /// let server = MockServer::start()?;
    /// let cut = CutConnectionEffect { kind: CutConnectionEffectKind::CutConnection, after_handling: None };
    /// let effect = Some(FaultEffect::from(cut));
    /// let fault = server.world().add_fault(NewFault { effect, ..NewFault::default() })?;
    ///
    /// let answer = || -> std::io::Result<String> {
    ///     let mut stream = std::net::TcpStream::connect(server.addr())?;
    ///     stream.write_all(b"GET /v1/nothing HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\r\n")?;
    ///     let mut answer = String::new();
    ///     stream.read_to_string(&mut answer).map(|_| answer)
    /// };
    /// assert_eq!(answer()?, "");
    /// assert!(server.world().remove_fault(&fault.id));
    /// assert!(answer()?.starts_with("HTTP/1.1 401"));
    /// assert!(!server.world().remove_fault(&fault.id));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use = "a fault that was not there may be one that is misspelt"]
    pub fn remove_fault(&self, id: &str) -> bool {
        self.epoch().faults.remove(id)
    }

    /// Lets everything go right again.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use std::io::{Read as _, Write as _};
    /// use mock_server::MockServer;
    /// use mock_server::control::models::{FaultEffect, NewFault, RateLimitEffect, RateLimitEffectKind};
    ///
    /// let server = MockServer::start()?;
    /// let limit = RateLimitEffect { kind: RateLimitEffectKind::RateLimit, requests: 0, seconds: 60 };
    /// let effect = Some(FaultEffect::from(limit));
    /// server.world().add_fault(NewFault { effect, ..NewFault::default() })?;
    ///
    /// let answer = || -> std::io::Result<String> {
    ///     let mut stream = std::net::TcpStream::connect(server.addr())?;
    ///     stream.write_all(b"GET /v1/nothing HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n\r\n")?;
    ///     let mut answer = String::new();
    ///     stream.read_to_string(&mut answer).map(|_| answer)
    /// };
    /// assert!(answer()?.starts_with("HTTP/1.1 429"));
    /// server.world().clear_faults();
    /// assert!(answer()?.starts_with("HTTP/1.1 401"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn clear_faults(&self) {
        self.epoch().faults.clear();
    }
}
