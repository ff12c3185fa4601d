//! What is worth knowing about the paths of a document. Matching itself is the run-time library's.

use std::collections::{BTreeMap, BTreeSet};

use openapi_model::{Api, PathSegment, PathTemplate};

use super::Limit;
use super::limit::LimitKind;

/// A segment, as far as matching goes; the more specific, the smaller.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Shape {
    Literal(String),
    Mixed(String),
    Parameter,
}

/// With how many others a path is compared in words.
const MOST_RIVALS: usize = 3;

pub(super) fn examine(api: &Api, limits: &mut Vec<Limit>) {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut routes = Routes::default();
    for operation in &api.operations {
        let path = operation.path.to_string();
        if known.contains(&path) {
            continue;
        }
        let pointer = operation.pointer.parent();
        let shapes = shapes(&operation.path);
        if shapes.iter().any(|segment| matches!(segment, Shape::Mixed(_))) {
            let path = path.clone();
            limits.push(Limit::new(&pointer, LimitKind::MixedSegment { path }));
        }
        for rival in routes.rivals(&shapes) {
            let (path, other) = (path.clone(), rival.path);
            limits.push(Limit::new(
                &pointer,
                if rival.same_shape {
                    LimitKind::SameShape { path, other }
                } else {
                    LimitKind::Overlapping { path, other }
                },
            ));
        }
        routes.insert(&shapes, path.clone());
        known.insert(path);
    }
}

fn shapes(path: &PathTemplate) -> Vec<Shape> {
    path.segments().iter().map(|pieces| shape(pieces)).collect()
}

fn shape(pieces: &[PathSegment]) -> Shape {
    match pieces {
        [] => Shape::Literal(String::new()),
        [PathSegment::Text(text)] => Shape::Literal(text.clone()),
        [PathSegment::Parameter(_)] => Shape::Parameter,
        pieces => Shape::Mixed(
            pieces
                .iter()
                .map(|piece| match piece {
                    PathSegment::Text(text) => text.as_str(),
                    PathSegment::Parameter(_) => "{}",
                })
                .collect(),
        ),
    }
}

/// The paths met so far, by their segments: comparing each new one with all of them would take long in a document of
/// thousands.
struct Routes {
    /// A tree, its root first.
    places: Vec<Place>,
}

/// What is known behind the same first segments.
#[derive(Default)]
struct Place {
    /// The places one segment on.
    next: BTreeMap<Shape, usize>,
    /// The paths that end here.
    paths: Vec<String>,
}

/// A path that a new one shares requests with.
struct Rival {
    path: String,
    same_shape: bool,
}

/// Where a search has come to.
#[derive(Clone, Copy)]
struct Search {
    place: usize,
    depth: usize,
    /// Whether the new path has been the more specific one in some segment.
    new_wins: bool,
    known_wins: bool,
    same_shape: bool,
}

impl Default for Routes {
    fn default() -> Self {
        Self {
            places: vec![Place::default()],
        }
    }
}

impl Routes {
    fn insert(&mut self, shapes: &[Shape], path: String) {
        let mut place = 0;
        for shape in shapes {
            let fresh = self.places.len();
            let Some(here) = self.places.get_mut(place) else {
                return;
            };
            place = *here.next.entry(shape.clone()).or_insert(fresh);
            if place == fresh {
                self.places.push(Place::default());
            }
        }
        if let Some(place) = self.places.get_mut(place) {
            place.paths.push(path);
        }
    }

    /// The first few paths that are matched by some of the same requests while neither is at least as specific as the
    /// other in every segment: then the order of the segments decides, which a reader of the document may not expect.
    fn rivals(&self, shapes: &[Shape]) -> Vec<Rival> {
        let mut rivals = Vec::new();
        let mut waiting = vec![Search {
            place: 0,
            depth: 0,
            new_wins: false,
            known_wins: false,
            same_shape: true,
        }];
        while let Some(search) = waiting.pop() {
            let Some(place) = self.places.get(search.place) else {
                continue;
            };
            let Some(shape) = shapes.get(search.depth) else {
                if search.same_shape || search.new_wins && search.known_wins {
                    rivals.extend(place.paths.iter().map(|path| Rival {
                        path: path.clone(),
                        same_shape: search.same_shape,
                    }));
                }
                if rivals.len() >= MOST_RIVALS {
                    break;
                }
                continue;
            };
            waiting.extend(place.compatible(shape).map(|(known, place)| Search {
                place,
                depth: search.depth + 1,
                new_wins: search.new_wins || rank(shape) < rank(known),
                known_wins: search.known_wins || rank(known) < rank(shape),
                same_shape: search.same_shape && known == shape,
            }));
        }
        rivals.truncate(MOST_RIVALS);
        rivals
    }
}

impl Place {
    /// The ways on that some text takes as well as the shape's.
    fn compatible(&self, shape: &Shape) -> impl Iterator<Item = (&Shape, usize)> {
        let first = match shape {
            Shape::Literal(_) => Shape::Mixed(String::new()),
            Shape::Mixed(_) | Shape::Parameter => Shape::Literal(String::new()),
        };
        let same = self
            .next
            .get_key_value(shape)
            .filter(|_| matches!(shape, Shape::Literal(_)));
        let ways = same.into_iter().chain(self.next.range(first..));
        ways.map(|(known, place)| (known, *place))
    }
}

fn rank(shape: &Shape) -> usize {
    match shape {
        Shape::Literal(_) => 0,
        Shape::Mixed(_) => 1,
        Shape::Parameter => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rivals of a path among others, in order; those of the same shape in brackets.
    fn rivals<'p>(known: impl IntoIterator<Item = &'p str>, path: &str) -> Vec<String> {
        let shapes = |path: &str| super::shapes(&PathTemplate::parse(path).expect("a path"));
        let mut routes = Routes::default();
        for path in known {
            routes.insert(&shapes(path), path.to_owned());
        }
        let rivals = routes.rivals(&shapes(path)).into_iter().map(|rival| {
            let Rival { path, same_shape } = rival;
            if same_shape { format!("({path})") } else { path }
        });
        let mut rivals: Vec<_> = rivals.collect();
        rivals.sort();
        rivals
    }

    #[test]
    fn rivals_share_requests_and_neither_is_the_more_specific() {
        let cases = [
            ("/a/{x} /b/{x}/c", "/a/b", ""),
            ("/a/{x}", "/{y}/b", "/a/{x}"),
            ("/{y}/b", "/a/{x}", "/{y}/b"),
            ("/{y}/b /a/{z}", "/a/{x}", "(/a/{z}) /{y}/b"),
            ("/a/{x}.json", "/{y}/b.json", "/a/{x}.json"),
            ("/a-{x}/b", "/b-{x}/b", ""),
            ("/", "/", "(/)"),
        ];
        for (known, path, expected) in cases {
            assert_eq!(
                rivals(known.split(' '), path).join(" "),
                expected,
                "{path} among {known}"
            );
        }
    }

    #[test]
    fn a_path_like_a_thousand_others_is_compared_with_the_first_few() {
        let paths: Vec<String> = (0..1_000).map(|number| format!("/a/{{p{number}}}")).collect();
        let rivals = rivals(paths.iter().map(String::as_str), "/a/{x}");
        assert_eq!(rivals.len(), MOST_RIVALS);
    }
}
