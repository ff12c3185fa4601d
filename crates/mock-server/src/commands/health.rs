use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use membership_apis::control::models::Health;

use super::address::ServerAddress;
use super::duration::duration;
use super::{Failed, client};

/// How long one attempt may take at most.
const PATIENCE: Duration = Duration::from_secs(5);

/// Between two attempts.
const PAUSE: Duration = Duration::from_millis(100);

/// What `mock-server health` is told.
#[derive(Args, Clone, Debug)]
pub struct HealthArguments {
    /// How long to wait until the server is ready, such as 500ms, 30s or 2m; it is asked once otherwise.
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    wait: Option<Duration>,

    /// The server's root, such as http://127.0.0.1:4010.
    url: ServerAddress,
}

impl HealthArguments {
    /// Asks until the server is ready or the time is up.
    ///
    /// # Errors
    /// What was seen last, when the server is not ready.
    pub fn run(&self) -> Result<String, Failed> {
        let begun = Instant::now();
        let wait = self.wait.unwrap_or_default();
        loop {
            let patience = match self.wait {
                // However little time is left, a server that is ready can answer.
                Some(wait) => wait.saturating_sub(begun.elapsed()).clamp(PAUSE, PATIENCE),
                None => PATIENCE,
            };
            let seen = match self.ask(patience) {
                Ok(ready) => return Ok(ready),
                Err(seen) => seen,
            };
            let left = wait.saturating_sub(begun.elapsed());
            if left.is_zero() {
                let waited = match self.wait {
                    Some(wait) => format!(" after {wait:?}"),
                    None => String::new(),
                };
                return Err(Failed::Unmet(format!(
                    "{} is not ready{waited}: {seen}",
                    self.url
                )));
            }
            thread::sleep(PAUSE.min(left));
        }
    }

    fn ask(&self, patience: Duration) -> Result<String, String> {
        let reply = client::get(&self.url.of_server("/health"), None, patience)?;
        let health: Health = reply.read()?;
        if !health.ready {
            return Err("it says that it is not".to_owned());
        }
        let apis: Vec<_> = health.apis.iter().map(ToString::to_string).collect();
        Ok(format!(
            "{} is ready: version {}, {}\n",
            self.url,
            health.version,
            apis.join(", ")
        ))
    }
}
