use std::fmt;

/// Where a server is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Address {
    /// Host and port.
    pub authority: String,
    /// What stands before every path, without a slash at its end.
    pub prefix: String,
}

impl Address {
    /// Reads `http://host:port/prefix`.
    ///
    /// # Errors
    /// When it is something else.
    pub fn read(url: &str) -> Result<Self, String> {
        let rest = url
            .strip_prefix("http://")
            .ok_or_else(|| format!("{url} does not begin with http://"))?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        if host.is_empty() {
            return Err(format!("{url} names no host"));
        }
        let authority = if host.contains(':') {
            host.to_owned()
        } else {
            format!("{host}:80")
        };
        Ok(Self {
            authority,
            prefix: path.trim_end_matches('/').to_owned(),
        })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "http://{}{}", self.authority, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_host_and_perhaps_a_port_and_a_prefix() {
        for (url, authority, prefix) in [
            ("http://127.0.0.1:4010", "127.0.0.1:4010", ""),
            ("http://h/", "h:80", ""),
            ("http://h:1/w/a/", "h:1", "/w/a"),
        ] {
            let address = Address::read(url).unwrap();
            assert_eq!(
                (address.authority.as_str(), address.prefix.as_str()),
                (authority, prefix),
                "{url}"
            );
        }
        for url in ["", "127.0.0.1:4010", "https://h", "http:///a"] {
            Address::read(url).unwrap_err();
        }
    }
}
