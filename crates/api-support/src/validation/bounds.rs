use std::cmp::Ordering;

use serde_json::Number;

use super::violation::Rule;
use crate::schema::{Bound, Format, Literal, Schema, is_whole};

/// The first rule on numbers that a number breaks.
pub(super) fn broken(schema: &Schema, number: &Number) -> Option<Rule> {
    lower(schema, number)
        .or_else(|| upper(schema, number))
        .or_else(|| step(schema, number))
        .or_else(|| width(schema, number))
}

fn lower(schema: &Schema, number: &Number) -> Option<Rule> {
    let bound = schema.minimum?;
    let (Bound::Inclusive(limit) | Bound::Exclusive(limit)) = bound;
    match (bound, against(number, limit)?) {
        (Bound::Inclusive(_), Ordering::Less) => Some(Rule::Minimum(limit)),
        (Bound::Exclusive(_), Ordering::Less | Ordering::Equal) => Some(Rule::ExclusiveMinimum(limit)),
        _ => None,
    }
}

fn upper(schema: &Schema, number: &Number) -> Option<Rule> {
    let bound = schema.maximum?;
    let (Bound::Inclusive(limit) | Bound::Exclusive(limit)) = bound;
    match (bound, against(number, limit)?) {
        (Bound::Inclusive(_), Ordering::Greater) => Some(Rule::Maximum(limit)),
        (Bound::Exclusive(_), Ordering::Greater | Ordering::Equal) => Some(Rule::ExclusiveMaximum(limit)),
        _ => None,
    }
}

fn step(schema: &Schema, number: &Number) -> Option<Rule> {
    let step = schema.multiple_of?;
    let holds = match (whole(number), step.as_i128()) {
        (Some(value), Some(step)) if step != 0 => value % step == 0,
        // Whatever its size, a fraction is no multiple of a whole step.
        (None, Some(_)) => false,
        _ => {
            // Decimal steps such as 0.01 have no exact binary form: the quotient is compared, not the remainder,
            // and forgiven what the two readings and the division can lose, in proportion to its size.
            let quotient = number.as_f64()? / step.as_f64();
            (quotient - quotient.round()).abs() <= 4.0 * f64::EPSILON * quotient.abs()
        }
    };
    (!holds).then_some(Rule::MultipleOf(step))
}

/// Formats that say how wide an integer is.
fn width(schema: &Schema, number: &Number) -> Option<Rule> {
    let format = schema.format?;
    let fits = match format {
        Format::Int32 => whole(number).is_some_and(|value| i32::try_from(value).is_ok()),
        Format::Int64 => whole(number).is_some_and(|value| i64::try_from(value).is_ok()),
        Format::Uint32 => whole(number).is_some_and(|value| u32::try_from(value).is_ok()),
        Format::Uint64 => whole(number).is_some_and(|value| u64::try_from(value).is_ok()),
        _ => true,
    };
    (!fits).then_some(Rule::Format(format))
}

fn against(number: &Number, limit: Literal) -> Option<Ordering> {
    match (whole(number), limit.as_i128()) {
        (Some(value), Some(limit)) => Some(value.cmp(&limit)),
        _ => number.as_f64()?.partial_cmp(&limit.as_f64()),
    }
}

/// Compares two numbers by value, exactly where both are whole.
pub(super) fn compare(left: &Number, right: &Number) -> Option<Ordering> {
    match (whole(left), whole(right)) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

/// The number as an integer, when it has no fraction; exact for everything that fits 64 bits.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float out of range saturates, which no 64-bit bound mistakes"
)]
pub(super) fn whole(number: &Number) -> Option<i128> {
    if let Some(value) = number.as_i64() {
        return Some(value.into());
    }
    if let Some(value) = number.as_u64() {
        return Some(value.into());
    }
    is_whole(number)
        .then(|| number.as_f64().map(|value| value as i128))
        .flatten()
}
