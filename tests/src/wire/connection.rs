use std::fmt;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use super::address::Address;
use super::answer::Answer;

/// How long an answer may take. Nothing a correct server does comes near it.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// One connection to a server.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    received: Vec<u8>,
    patience: Duration,
}

/// How an exchange ended without an answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Ended {
    /// The server closed the connection.
    Closed,
    /// Nothing came for too long.
    Late,
    /// What came is no HTTP.
    Garbled(String),
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("the connection was closed without an answer"),
            Self::Late => write!(f, "no answer came within {PATIENCE:?}"),
            Self::Garbled(what) => f.write_str(what),
        }
    }
}

impl From<io::Error> for Ended {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Self::Late,
            _ => Self::Closed,
        }
    }
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// When nobody takes the connection.
    pub fn open(address: &Address) -> io::Result<Self> {
        let stream = TcpStream::connect(&address.authority)?;
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream,
            received: Vec::new(),
            patience: PATIENCE,
        })
    }

    /// Waits longer, or less long, for what it waits for.
    pub fn set_patience(&mut self, patience: Duration) {
        self.patience = patience;
    }

    /// Sends bytes.
    ///
    /// # Errors
    /// When they cannot be sent.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)
    }

    /// Tells the server that nothing more will come.
    pub fn end_sending(&self) {
        // Where the server is gone already, it needs not be told.
        let _ = self.stream.shutdown(Shutdown::Write);
    }

    /// Waits for the next answer, to a request of this method; interim ones are passed over.
    ///
    /// # Errors
    /// How it ended instead.
    pub fn answer(&mut self, method: &str) -> Result<Answer, Ended> {
        let until = Instant::now() + self.patience;
        loop {
            let (status, headers) = self.head(until)?;
            if (100..200).contains(&status) {
                continue;
            }
            let mut answer = Answer {
                status,
                headers,
                body: Vec::new(),
            };
            answer.body = self.body(method, &answer, until)?;
            return Ok(answer);
        }
    }

    /// Everything until the server closes the connection.
    ///
    /// # Errors
    /// When it does not.
    pub fn rest(&mut self) -> Result<Vec<u8>, Ended> {
        let until = Instant::now() + self.patience;
        while self.receive(until)? {}
        Ok(std::mem::take(&mut self.received))
    }

    fn head(&mut self, until: Instant) -> Result<(u16, Vec<(String, String)>), Ended> {
        let end = loop {
            if let Some(end) = find(&self.received, b"\r\n\r\n") {
                break end;
            }
            if !self.receive(until)? {
                return Err(self.broken_off("in the head"));
            }
        };
        let head: Vec<u8> = self.received.drain(..end + 4).collect();
        let head = String::from_utf8_lossy(&head).into_owned();
        let garbled = || Ended::Garbled(format!("no head of an answer: {head:?}"));
        let mut lines = head.split("\r\n").filter(|line| !line.is_empty());
        let status = lines
            .next()
            .and_then(|line| line.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok())
            .ok_or_else(garbled)?;
        let headers: Option<Vec<_>> = lines
            .map(|line| {
                line.split_once(':')
                    .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            })
            .collect();
        Ok((status, headers.ok_or_else(garbled)?))
    }

    fn body(&mut self, method: &str, answer: &Answer, until: Instant) -> Result<Vec<u8>, Ended> {
        let length = answer.header("content-length").map(str::parse::<usize>);
        let is_chunked = answer
            .header("transfer-encoding")
            .is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
        match length {
            _ if method == "HEAD" || matches!(answer.status, 204 | 304) => Ok(Vec::new()),
            _ if is_chunked => self.chunks(until),
            Some(Ok(length)) => self.exactly(length, until),
            Some(Err(_)) => Err(Ended::Garbled("content-length is no number".to_owned())),
            None => {
                while self.receive(until)? {}
                Ok(std::mem::take(&mut self.received))
            }
        }
    }

    fn chunks(&mut self, until: Instant) -> Result<Vec<u8>, Ended> {
        let mut body = Vec::new();
        loop {
            let end = loop {
                if let Some(end) = find(&self.received, b"\r\n") {
                    break end;
                }
                if !self.receive(until)? {
                    return Err(self.broken_off("in a chunk's length"));
                }
            };
            let line: Vec<u8> = self.received.drain(..end + 2).collect();
            let size = std::str::from_utf8(line.trim_ascii())
                .ok()
                .and_then(|hex| usize::from_str_radix(hex, 16).ok());
            let size = size.ok_or_else(|| Ended::Garbled("a chunk's length is no number".to_owned()))?;
            let chunk = self.exactly(size + 2, until)?;
            if size == 0 {
                return Ok(body);
            }
            body.extend(&chunk[..size]);
        }
    }

    fn exactly(&mut self, length: usize, until: Instant) -> Result<Vec<u8>, Ended> {
        while self.received.len() < length {
            if !self.receive(until)? {
                return Err(self.broken_off("in the body"));
            }
        }
        Ok(self.received.drain(..length).collect())
    }

    /// Waits for bytes. False: there will be none.
    fn receive(&mut self, until: Instant) -> Result<bool, Ended> {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(Ended::Late);
        }
        self.stream.set_read_timeout(Some(left))?;
        let mut bytes = [0; 16 * 1024];
        let count = self.stream.read(&mut bytes)?;
        self.received.extend(&bytes[..count]);
        Ok(count > 0)
    }

    fn broken_off(&self, place: &str) -> Ended {
        if self.received.is_empty() {
            Ended::Closed
        } else {
            Ended::Garbled(format!("the answer broke off {place}"))
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}
