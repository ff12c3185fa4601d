//! Reading `oneOf` and `anyOf`.

use serde_json::Value;

use crate::schema::{Discriminator, SchemaTable};
use crate::validation::{self, Direction};

/// Which of the alternatives a value is: the one its discriminator names, else the first whose schema it matches.
///
/// `schema` is the union's own index, `alternatives` the indices of its alternatives in the order of the document.
/// The answer is a position in `alternatives`.
#[must_use]
pub fn pick(table: &SchemaTable, schema: usize, alternatives: &[usize], value: &Value) -> Option<usize> {
    if let Some(discriminator) = discriminator(table, schema, 0)
        && let Some(tag) = value.get(discriminator.property).and_then(Value::as_str)
    {
        let (_, named) = discriminator.mapping.iter().find(|(name, _)| *name == tag)?;
        return alternatives.iter().position(|alternative| alternative == named);
    }
    // Strictly first: what is required of one direction only tells alternatives apart all the same.
    let valid = |alternative: usize, directions: &[Direction]| {
        directions
            .iter()
            .all(|direction| validation::matches(table, alternative, value, *direction))
    };
    let ways: [&[Direction]; 4] = [
        &[Direction::Request, Direction::Response],
        &[Direction::Request],
        &[Direction::Response],
        &[Direction::Either],
    ];
    ways.into_iter()
        .find_map(|directions| alternatives.iter().position(|one| valid(*one, directions)))
}

/// The discriminator of a union, which may stand in a part of its `allOf`.
fn discriminator(table: &SchemaTable, schema: usize, depth: u32) -> Option<&'static Discriminator> {
    let schema = table.get(schema);
    schema.discriminator.as_ref().or_else(|| {
        let parts = schema.all_of.iter().filter(|_| depth < 16);
        parts
            .map(|part| discriminator(table, *part, depth + 1))
            .find_map(|found| found)
    })
}
