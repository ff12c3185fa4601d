//! What is worth knowing about the paths of a document. Matching itself is the run-time library's.

use openapi_model::{Api, PathSegment, PathTemplate, Pointer};

use super::Limit;
use super::limit::LimitKind;

/// A segment, as far as matching goes.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Shape {
    Literal(String),
    Mixed(String),
    Parameter,
}

pub(super) fn examine(api: &Api, limits: &mut Vec<Limit>) {
    let mut paths: Vec<(&PathTemplate, Pointer)> = Vec::new();
    for operation in &api.operations {
        if !paths.iter().any(|(path, _)| **path == operation.path) {
            paths.push((&operation.path, operation.pointer.parent()));
        }
    }
    let shapes: Vec<Vec<Shape>> = paths
        .iter()
        .map(|(path, _)| path.segments().iter().map(|pieces| shape(pieces)).collect())
        .collect();
    for (position, ((path, pointer), shape)) in paths.iter().zip(&shapes).enumerate() {
        if shape.iter().any(|segment| matches!(segment, Shape::Mixed(_))) {
            limits.push(Limit::new(
                pointer,
                LimitKind::MixedSegment {
                    path: path.to_string(),
                },
            ));
        }
        for ((other, _), other_shape) in paths.iter().zip(&shapes).take(position) {
            let (path, other) = (path.to_string(), other.to_string());
            if shape == other_shape {
                limits.push(Limit::new(pointer, LimitKind::SameShape { path, other }));
            } else if overlap(shape, other_shape) {
                limits.push(Limit::new(pointer, LimitKind::Overlapping { path, other }));
            }
        }
    }
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

/// Whether some path matches both while neither is at least as specific as the other in every segment: then the
/// order of the segments decides, which a reader of the document may not expect.
fn overlap(left: &[Shape], right: &[Shape]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let pairs = || left.iter().zip(right);
    let compatible = pairs().all(|pair| match pair {
        (Shape::Literal(left), Shape::Literal(right)) => left == right,
        _ => true,
    });
    let rank = |shape: &Shape| match shape {
        Shape::Literal(_) => 0,
        Shape::Mixed(_) => 1,
        Shape::Parameter => 2,
    };
    let left_wins = pairs().any(|(left, right)| rank(left) < rank(right));
    let right_wins = pairs().any(|(left, right)| rank(left) > rank(right));
    compatible && left_wins && right_wins
}
