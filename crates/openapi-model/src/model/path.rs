use std::fmt;

/// A path template, parsed: `/orgs/{org_id}/members`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct PathTemplate {
    text: String,
    segments: Vec<Vec<PathSegment>>,
}

/// A piece of one segment of a path: fixed text or a parameter.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum PathSegment {
    /// Text that must stand there literally.
    Text(String),
    /// The name between braces.
    Parameter(String),
}

/// Why a text is no path template.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum PathError {
    /// A path must begin with `/`.
    #[error("it does not begin with `/`")]
    NoLeadingSlash,
    /// A brace was opened and not closed, or closed and not opened, within one segment.
    #[error("its braces do not pair within a segment")]
    Unbalanced,
    /// `{}`.
    #[error("a parameter has no name")]
    Nameless,
    /// Two parameters touch (`{a}{b}`), so nothing tells where one ends.
    #[error("parameters `{0}` and `{1}` touch, so nothing tells where the first one ends")]
    Touching(String, String),
    /// A name is used twice.
    #[error("parameter `{0}` stands in it twice")]
    Repeated(String),
    /// `?` and `#` end a path.
    #[error("it holds `{0}`, which ends a path")]
    Terminator(char),
}

impl PathTemplate {
    /// Parses a template as it stands as a key of `paths`.
    ///
    /// # Errors
    /// When the text is no template; see [`PathError`].
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let Some(rest) = text.strip_prefix('/') else {
            return Err(PathError::NoLeadingSlash);
        };
        let mut segments = Vec::new();
        let mut names: Vec<String> = Vec::new();
        for raw in split_outside_braces(rest) {
            let pieces = parse_segment(&raw)?;
            for piece in &pieces {
                if let PathSegment::Parameter(name) = piece {
                    if names.contains(name) {
                        return Err(PathError::Repeated(name.clone()));
                    }
                    names.push(name.clone());
                }
            }
            segments.push(pieces);
        }
        Ok(Self {
            text: text.to_owned(),
            segments,
        })
    }

    /// The path `/`.
    #[must_use]
    pub fn root() -> Self {
        Self {
            text: "/".to_owned(),
            segments: vec![Vec::new()],
        }
    }

    /// The template as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The segments between slashes, each as its pieces; the root path `/` has one empty segment.
    #[must_use]
    pub fn segments(&self) -> &[Vec<PathSegment>] {
        &self.segments
    }

    /// The parameters' names, from left to right.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().flatten().filter_map(|piece| match piece {
            PathSegment::Parameter(name) => Some(name.as_str()),
            PathSegment::Text(_) => None,
        })
    }
}

fn split_outside_braces(text: &str) -> Vec<String> {
    let mut segments = vec![String::new()];
    let mut depth = 0_u32;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            '/' if depth == 0 => {
                segments.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = segments.last_mut() {
            last.push(c);
        }
    }
    segments
}

fn parse_segment(raw: &str) -> Result<Vec<PathSegment>, PathError> {
    let mut pieces: Vec<PathSegment> = Vec::new();
    let mut rest = raw;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('{') {
            let Some((name, tail)) = after.split_once('}') else {
                return Err(PathError::Unbalanced);
            };
            if name.contains(['{', '/']) {
                return Err(PathError::Unbalanced);
            }
            if name.is_empty() {
                return Err(PathError::Nameless);
            }
            if let Some(PathSegment::Parameter(before)) = pieces.last() {
                return Err(PathError::Touching(before.clone(), name.to_owned()));
            }
            pieces.push(PathSegment::Parameter(name.to_owned()));
            rest = tail;
        } else {
            let end = rest.find('{').unwrap_or(rest.len());
            let text = rest.get(..end).unwrap_or_default();
            if text.contains('}') {
                return Err(PathError::Unbalanced);
            }
            if let Some(found) = text.chars().find(|c| matches!(c, '?' | '#')) {
                return Err(PathError::Terminator(found));
            }
            pieces.push(PathSegment::Text(text.to_owned()));
            rest = rest.get(end..).unwrap_or_default();
        }
    }
    Ok(pieces)
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_becomes_its_segments() {
        let path = PathTemplate::parse("/files/{name}.{ext}/raw/").unwrap();
        assert_eq!(path.parameters().collect::<Vec<_>>(), ["name", "ext"]);
        assert_eq!(path.segments().len(), 4);
        assert_eq!(path.segments()[1][1], PathSegment::Text(".".to_owned()));
        assert!(path.segments()[3].is_empty());
    }

    #[test]
    fn faulty_templates_say_what_is_wrong() {
        let cases = [
            ("a/b", PathError::NoLeadingSlash),
            ("/a/{b", PathError::Unbalanced),
            ("/a/b}", PathError::Unbalanced),
            ("/a/{b/c}", PathError::Unbalanced),
            ("/a/{}", PathError::Nameless),
            ("/a/{b}{c}", PathError::Touching("b".to_owned(), "c".to_owned())),
            ("/a/{b}/{b}", PathError::Repeated("b".to_owned())),
            ("/a?b=c", PathError::Terminator('?')),
        ];
        for (text, fault) in cases {
            assert_eq!(PathTemplate::parse(text), Err(fault), "{text}");
        }
    }
}
