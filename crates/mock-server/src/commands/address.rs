use std::fmt;
use std::str::FromStr;

use http::Uri;
use http::uri::Scheme;

use crate::world::WorldName;

/// Where a server is, and the world that is meant, if it is one.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ServerAddress {
    /// Scheme, host and port, without a slash at the end.
    origin: String,
    world: Option<WorldName>,
}

impl ServerAddress {
    /// The world that is meant; `None` for all of them.
    pub(super) fn world(&self) -> Option<&WorldName> {
        self.world.as_ref()
    }

    /// The address of something of the control API that there is for the server and for each world.
    pub(super) fn of_world(&self, path: &str) -> String {
        let origin = &self.origin;
        match &self.world {
            Some(world) => format!("{origin}/_mock/worlds/{world}{path}"),
            None => format!("{origin}/_mock{path}"),
        }
    }

    /// The address of something of the control API.
    pub(super) fn of_server(&self, path: &str) -> String {
        format!("{}/_mock{path}", self.origin)
    }
}

impl fmt::Display for ServerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)?;
        match &self.world {
            Some(world) => write!(f, "/w/{world}"),
            None => Ok(()),
        }
    }
}

impl FromStr for ServerAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const WRITE: &str =
            "write the server's root, such as http://127.0.0.1:4010, or that with /w/NAME for one world";
        let uri: Uri = text.parse().map_err(|error| format!("{error}; {WRITE}"))?;
        match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTP => {}
            Some(scheme) if *scheme == Scheme::HTTPS => {
                return Err("the server speaks plain HTTP, and so does this command: write http:// and the address the server listens on".to_owned());
            }
            Some(_) | None => return Err(WRITE.to_owned()),
        }
        let authority = uri.authority().ok_or(WRITE)?;
        // A port that is none is as good as no port to many a client, which would ask somebody else.
        let port = authority.as_str().strip_prefix(authority.host()).ok_or(WRITE)?;
        let is_port = |digits: &str| digits.parse::<u16>().is_ok_and(|port| port > 0);
        if !port.is_empty() && !port.strip_prefix(':').is_some_and(is_port) {
            return Err(format!("`{port}` is no port; {WRITE}"));
        }
        let world = match uri.path().trim_end_matches('/') {
            "" => None,
            path => {
                let name = path.strip_prefix("/w/").ok_or(WRITE)?;
                Some(WorldName::parse(name).map_err(|bad| bad.to_string())?)
            }
        };
        if uri.query().is_some() {
            return Err(WRITE.to_owned());
        }
        Ok(Self {
            origin: format!("http://{authority}"),
            world,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_servers_root_or_a_world_of_it() {
        for (text, address) in [
            ("http://127.0.0.1:4010", "http://127.0.0.1:4010/_mock/coverage"),
            ("http://localhost:4010/", "http://localhost:4010/_mock/coverage"),
            (
                "http://[::1]:4010/w/a",
                "http://[::1]:4010/_mock/worlds/a/coverage",
            ),
            ("http://mock/w/a/", "http://mock/_mock/worlds/a/coverage"),
        ] {
            let read: ServerAddress = text.parse().unwrap();
            assert_eq!(read.of_world("/coverage"), address);
        }
        for text in [
            "",
            "127.0.0.1:4010",
            "localhost",
            "http://mock/v1",
            "http://mock/w/a/b",
            "http://mock/w/a%20b",
            "ftp://mock",
            "http://mock?x",
            "http://127.0.0.1:99999",
            "http://127.0.0.1:abc",
            "http://127.0.0.1:",
            "http://127.0.0.1:0",
            "http://user:password@mock",
        ] {
            text.parse::<ServerAddress>().unwrap_err();
        }
        let error = "https://mock".parse::<ServerAddress>().unwrap_err();
        assert!(error.contains("plain HTTP"), "{error}");
    }
}
