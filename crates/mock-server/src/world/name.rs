use std::fmt;

/// The most characters a name may have.
const LONGEST: usize = 64;

/// The name of a world.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct WorldName(String);

impl WorldName {
    /// Reads a name: 1 to 64 letters, digits, dots, hyphens and underscores of ASCII, not all of them dots.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn parse(text: &str) -> Result<Self, BadWorldName> {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        // Paths lose `.` and `..` on their way.
        let is_dots = text.bytes().all(|byte| byte == b'.');
        if is_dots || text.len() > LONGEST || !text.bytes().all(is_allowed) {
            return Err(BadWorldName);
        }
        Ok(Self(text.to_owned()))
    }

    /// The name of a world that was not given one.
    pub(super) fn numbered(number: u64) -> Self {
        Self(format!("world-{number}"))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for WorldName {
    fn default() -> Self {
        Self("default".to_owned())
    }
}

impl fmt::Display for WorldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is no name of a world.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "The name of a world has 1 to {LONGEST} characters, each a letter, a digit, a dot, a hyphen or an underscore, and not \
     all of them are dots."
)]
pub struct BadWorldName;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_plain() {
        for good in ["default", "a", "A.b_c-9", &"x".repeat(64)] {
            assert_eq!(WorldName::parse(good).unwrap().to_string(), good);
        }
        for bad in ["", ".", "..", "a b", "a/b", "é", "a%20b", &"x".repeat(65)] {
            assert_eq!(WorldName::parse(bad), Err(BadWorldName), "{bad}");
        }
    }
}
