//! Finding the operation a request is for.
//!
//! The rule is OpenAPI's own, carried to the end: templates are tried segment by segment from the left, fixed text
//! before text mixed with parameters before a whole parameter, and the first template that matches decides. Methods
//! are looked up only then, so a literal path hides the methods a template beside it would have. axum's router cannot
//! serve two parameter names in one place or a segment that mixes text and parameters, so matching is done here.

use http::Method;

use crate::operation::Operation;
use crate::wire::percent_decode;

/// The paths of an operation table, parsed and sorted for matching.
#[derive(Clone, Debug)]
pub struct Routes {
    operations: &'static [Operation],
    templates: Vec<Template>,
    trailing_slash: bool,
}

/// What a method and path are for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Match {
    /// An operation.
    Operation {
        /// Its position in the table.
        index: usize,
        /// The path parameters, still percent-encoded, in template order.
        parameters: Vec<(String, String)>,
    },
    /// A documented path, and the methods it takes.
    Path {
        /// `HEAD` among them where `GET` may be run for it.
        allow: Vec<&'static str>,
    },
    /// No documented path; those that look alike, nearest first.
    Nothing {
        /// At most three.
        nearest: Vec<&'static str>,
    },
}

#[derive(Clone, Debug)]
struct Template {
    index: usize,
    segments: Vec<Segment>,
}

/// Ordered by how specific it is.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Segment {
    Literal(String),
    Mixed(Vec<Piece>),
    Parameter(String),
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Piece {
    Text(String),
    Parameter(String),
}

impl Segment {
    /// Two segments of the same shape match the same texts, whatever their parameters are called.
    fn same_shape(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Literal(left), Self::Literal(right)) => left == right,
            (Self::Parameter(_), Self::Parameter(_)) => true,
            (Self::Mixed(left), Self::Mixed(right)) => {
                left.len() == right.len()
                    && left.iter().zip(right).all(|pieces| match pieces {
                        (Piece::Text(left), Piece::Text(right)) => left == right,
                        (Piece::Parameter(_), Piece::Parameter(_)) => true,
                        _ => false,
                    })
            }
            _ => false,
        }
    }

    /// Lower is more specific; of two segments that mix text and parameters, the one with more text.
    fn rank(&self) -> (u8, std::cmp::Reverse<usize>) {
        let (class, text) = match self {
            Self::Literal(_) => (0, 0),
            Self::Mixed(pieces) => {
                let length = |piece: &Piece| match piece {
                    Piece::Text(text) => text.len(),
                    Piece::Parameter(_) => 0,
                };
                (1, pieces.iter().map(length).sum())
            }
            Self::Parameter(_) => (2, 0),
        };
        (class, std::cmp::Reverse(text))
    }
}

impl Routes {
    /// Reads the paths of an operation table.
    #[must_use]
    pub fn new(operations: &'static [Operation], trailing_slash: bool) -> Self {
        let mut templates: Vec<_> = operations
            .iter()
            .enumerate()
            .map(|(index, operation)| Template {
                index,
                segments: parse(operation.path),
            })
            .collect();
        // Stable, so that of two templates with nothing between them the first in the document counts.
        templates.sort_by_key(|template| template.segments.iter().map(Segment::rank).collect::<Vec<_>>());
        Self {
            operations,
            templates,
            trailing_slash,
        }
    }

    /// Finds what a request is for. The path is the raw one, percent-encoded, without the base path.
    #[must_use]
    pub fn find(&self, method: &Method, path: &str) -> Match {
        match self.find_exactly(method, path) {
            Match::Nothing { nearest } if self.trailing_slash && path.len() > 1 => {
                match path.strip_suffix('/') {
                    Some(without) => self.find_exactly(method, without),
                    None => Match::Nothing { nearest },
                }
            }
            found => found,
        }
    }

    fn find_exactly(&self, method: &Method, path: &str) -> Match {
        let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        let Some(best) = self
            .templates
            .iter()
            .find(|template| template.capture(&segments).is_some())
        else {
            return Match::Nothing {
                nearest: self.nearest(path),
            };
        };
        let same_path = || self.templates.iter().filter(|template| template.same_shape(best));
        let wanted = |operation: &Operation| {
            operation.method == *method
                || (*method == Method::HEAD && operation.method == Method::GET && !operation.has_effects)
        };
        let exact = same_path().filter(|template| {
            self.operation(template)
                .is_some_and(|operation| operation.method == *method)
        });
        let found = exact
            .chain(same_path().filter(|template| self.operation(template).is_some_and(wanted)))
            .next();
        match found {
            Some(template) => Match::Operation {
                index: template.index,
                parameters: template.capture(&segments).unwrap_or_default(),
            },
            None => Match::Path {
                allow: self.allow(same_path()),
            },
        }
    }

    fn operation(&self, template: &Template) -> Option<&'static Operation> {
        self.operations.get(template.index)
    }

    fn allow<'t>(&self, templates: impl Iterator<Item = &'t Template>) -> Vec<&'static str> {
        let mut allow = Vec::new();
        for operation in templates.filter_map(|template| self.operation(template)) {
            allow.push(operation.method.as_str());
            if operation.method == Method::GET && !operation.has_effects {
                allow.push("HEAD");
            }
        }
        allow.sort_unstable();
        allow.dedup();
        allow
    }

    /// The documented paths with the fewest segments that differ, those beginning alike first.
    fn nearest(&self, path: &str) -> Vec<&'static str> {
        let wanted: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let mut ranked: Vec<(usize, &'static str)> = Vec::new();
        for operation in self.operations {
            let known: Vec<&str> = operation
                .path
                .split('/')
                .filter(|segment| !segment.is_empty())
                .collect();
            let differing = wanted
                .iter()
                .zip(&known)
                .filter(|(wanted, known)| wanted != known && !known.starts_with('{'))
                .count();
            let distance = differing * 2 + wanted.len().abs_diff(known.len());
            if !ranked.iter().any(|(_, path)| *path == operation.path) {
                ranked.push((distance, operation.path));
            }
        }
        ranked.sort_by_key(|(distance, _)| *distance);
        ranked.into_iter().take(3).map(|(_, path)| path).collect()
    }
}

impl Template {
    fn same_shape(&self, other: &Self) -> bool {
        self.segments.len() == other.segments.len()
            && self
                .segments
                .iter()
                .zip(&other.segments)
                .all(|(left, right)| left.same_shape(right))
    }

    /// The path's parameters, if the path is one of this template's.
    fn capture(&self, segments: &[&str]) -> Option<Vec<(String, String)>> {
        if segments.len() != self.segments.len() {
            return None;
        }
        let mut captured = Vec::new();
        for (segment, text) in self.segments.iter().zip(segments) {
            match segment {
                Segment::Literal(literal) => {
                    if literal != text && percent_decode(text).ok().as_deref() != Some(literal) {
                        return None;
                    }
                }
                Segment::Parameter(name) if !text.is_empty() => {
                    captured.push((name.clone(), (*text).to_owned()))
                }
                Segment::Parameter(_) => return None,
                Segment::Mixed(pieces) => capture_mixed(pieces, text, &mut captured)?,
            }
        }
        Some(captured)
    }
}

/// Matches a segment such as `{name}.{ext}`: a parameter ends where the text after it first occurs, except that the
/// last text must end the segment.
fn capture_mixed(pieces: &[Piece], text: &str, captured: &mut Vec<(String, String)>) -> Option<()> {
    match pieces {
        [] => text.is_empty().then_some(()),
        [Piece::Text(expected), rest @ ..] => {
            capture_mixed(rest, text.strip_prefix(expected.as_str())?, captured)
        }
        [Piece::Parameter(name)] => {
            (!text.is_empty()).then(|| captured.push((name.clone(), text.to_owned())))
        }
        [Piece::Parameter(name), rest @ ..] => {
            let Some(Piece::Text(delimiter)) = rest.first() else {
                return None;
            };
            let ends: Vec<usize> = text
                .match_indices(delimiter.as_str())
                .map(|(at, _)| at)
                .filter(|at| *at > 0)
                .collect();
            for end in ends {
                let before = captured.len();
                captured.push((name.clone(), text.get(..end)?.to_owned()));
                if capture_mixed(rest, text.get(end..)?, captured).is_some() {
                    return Some(());
                }
                captured.truncate(before);
            }
            None
        }
    }
}

/// The parameters in a path of an operation, still percent-encoded; none where the path is not the operation's.
pub(super) fn capture(operation: &Operation, path: &str) -> Vec<(String, String)> {
    let template = Template {
        index: 0,
        segments: parse(operation.path),
    };
    let captured = |path: &str| {
        let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        template.capture(&segments)
    };
    let without_slash = || captured(path.strip_suffix('/')?);
    captured(path).or_else(without_slash).unwrap_or_default()
}

fn parse(path: &str) -> Vec<Segment> {
    path.strip_prefix('/')
        .unwrap_or(path)
        .split('/')
        .map(parse_segment)
        .collect()
}

fn parse_segment(text: &str) -> Segment {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(Piece::Parameter(name.to_owned()));
        rest = tail;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    match pieces.as_slice() {
        [Piece::Parameter(name)] => Segment::Parameter(name.clone()),
        [] | [Piece::Text(_)] => Segment::Literal(text.to_owned()),
        _ => Segment::Mixed(pieces),
    }
}
