use std::fmt;
use std::str::FromStr;

/// What whoever steers a server shows: at least one character, each visible and of ASCII, so that a header can carry it.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::io::{Read as _, Write as _};
/// use mock_server::{ControlToken, MockServer};
///
/// let token = ControlToken::parse("s3cret")?;
/// let server = MockServer::builder().control_token(token.clone()).start()?;
/// let steer = |header: &str| -> std::io::Result<String> {
///     let mut stream = std::net::TcpStream::connect(server.addr())?;
///     write!(stream, "GET /_mock/worlds HTTP/1.1\r\nhost: mock\r\nconnection: close\r\n{header}\r\n")?;
///     let mut answer = String::new();
///     stream.read_to_string(&mut answer).map(|_| answer)
/// };
/// let header = format!("Authorization: Bearer {}\r\n", token.as_str());
/// assert!(steer(&header)?.starts_with("HTTP/1.1 200"));
/// assert!(steer("")?.starts_with("HTTP/1.1 401"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Eq, PartialEq)]
pub struct ControlToken(String);

impl ControlToken {
    /// Reads a token.
    ///
    /// # Errors
    /// When the text is empty, or a header cannot carry it.
    pub fn parse(text: &str) -> Result<Self, BadControlToken> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(BadControlToken);
        }
        Ok(Self(text.to_owned()))
    }

    /// The token as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ControlToken {
    type Err = BadControlToken;

    fn from_str(text: &str) -> Result<Self, BadControlToken> {
        Self::parse(text)
    }
}

/// Without the token.
impl fmt::Debug for ControlToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ControlToken(…)")
    }
}

/// The text is no token.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("a token has at least one character, and none but letters, digits and signs of ASCII")]
pub struct BadControlToken;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_can_be_sent_and_is_not_shown() {
        let token = ControlToken::parse("s3cr3t/+=").unwrap();
        assert_eq!(token.as_str(), "s3cr3t/+=");
        assert_eq!(format!("{token:?}"), "ControlToken(…)");
        for bad in ["", " ", "a b", "é", "a\n"] {
            assert_eq!(ControlToken::parse(bad), Err(BadControlToken), "{bad:?}");
        }
    }
}
