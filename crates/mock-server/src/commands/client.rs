//! Asking a running server.

use std::time::Duration;

use api_support::serde::de::DeserializeOwned;
use api_support::serde_json;

use crate::control::ControlToken;

/// An answer may be this long. The longest are the violations of all worlds, of whose texts the beginnings are kept, so
/// that all there can be are shorter.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) body: String,
}

/// Asks for something. Whatever the environment says of proxies: the server is where it was said to be.
pub(super) fn get(url: &str, token: Option<&ControlToken>, patience: Duration) -> Result<Reply, String> {
    let config = ureq::Agent::config_builder()
        .proxy(None)
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(patience))
        .build();
    let mut request = ureq::Agent::from(config).get(url);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {}", token.as_str()));
    }
    let mut response = request.call().map_err(|error| error.to_string())?;
    let body = response
        .body_mut()
        .with_config()
        .limit(MOST_BYTES)
        .read_to_string();
    Ok(Reply {
        status: response.status().as_u16(),
        body: body.map_err(|error| error.to_string())?,
    })
}

impl Reply {
    /// The document that a good answer is, or what the server said instead.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, String> {
        if self.status != 200 {
            let detail = serde_json::from_str::<serde_json::Value>(&self.body).ok();
            let detail = detail
                .as_ref()
                .and_then(|problem| problem.get("detail")?.as_str());
            return Err(match detail {
                Some(detail) => format!("it answered {}: {detail}", self.status),
                None => format!("it answered {}, as no mock-server does", self.status),
            });
        }
        serde_json::from_str(&self.body)
            .map_err(|error| format!("it answered what this version cannot read: {error}"))
    }
}
