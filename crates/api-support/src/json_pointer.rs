use std::fmt;

/// A JSON pointer (RFC 6901), which grows and shrinks as a value is walked through.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct JsonPointer(String);

impl JsonPointer {
    /// To the whole value.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// By these steps, which are names of members and positions of items as they are.
    ///
    /// ```
    /// let pointer = api_support::JsonPointer::of(["paths", "/pets", "0"]);
    /// assert_eq!(pointer.as_str(), "/paths/~1pets/0");
    /// ```
    #[must_use]
    pub fn of<'a>(steps: impl IntoIterator<Item = &'a str>) -> Self {
        let mut pointer = Self::root();
        for step in steps {
            pointer.push(step);
        }
        pointer
    }

    /// One step further.
    pub fn push(&mut self, step: &str) {
        self.0.push('/');
        for character in step.chars() {
            match character {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                other => self.0.push(other),
            }
        }
    }

    /// One step back; the root stays as it is.
    pub fn pop(&mut self) {
        let before = self.0.rfind('/').unwrap_or_default();
        self.0.truncate(before);
    }

    /// The pointer as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The steps of a pointer that is written, as they are.
    ///
    /// ```
    /// let steps: Vec<_> = api_support::JsonPointer::steps("/paths/~1pets/0").collect();
    /// assert_eq!(steps, ["paths", "/pets", "0"]);
    /// ```
    pub fn steps(text: &str) -> impl Iterator<Item = String> + '_ {
        let steps = text.split('/').skip(1);
        steps.map(|step| step.replace("~1", "/").replace("~0", "~"))
    }
}

impl fmt::Display for JsonPointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<JsonPointer> for String {
    fn from(pointer: JsonPointer) -> Self {
        pointer.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_come_back_whatever_is_in_them() {
        let steps = ["a/b", "~", "~1", "", "0", "ä"];
        let pointer = JsonPointer::of(steps);
        assert_eq!(pointer.as_str(), "/a~1b/~0/~01//0/ä");
        assert_eq!(JsonPointer::steps(pointer.as_str()).collect::<Vec<_>>(), steps);
        assert_eq!(JsonPointer::steps("").count(), 0);
    }

    #[test]
    fn a_step_back_leads_to_where_the_step_began() {
        let mut pointer = JsonPointer::root();
        pointer.push("a/b");
        pointer.push("");
        pointer.pop();
        assert_eq!(pointer.as_str(), "/a~1b");
        pointer.pop();
        pointer.pop();
        assert_eq!(pointer, JsonPointer::root());
    }
}
