use rand::{Rng, RngExt as _};
use serde_json::{Map, Number, Value};

use super::merged::Merged;
use super::text;
use crate::model::Model;
use crate::schema::{Additional, Bound, Literal, SchemaTable, Types};
use crate::validation::{self, Direction};

/// How often a value is drawn anew when the constraints together refuse it.
const ATTEMPTS: u32 = 24;

/// Below this many steps into a value only what is required is made, so that recursion ends.
const FULL_DEPTH: u32 = 4;

/// Deeper than this nothing is made at all.
const MOST_DEPTH: u32 = 40;

/// A made-up value within the constraints of the schema at `index`; `None` when none was found, as for a schema
/// nothing satisfies.
pub fn value(table: &SchemaTable, index: usize, rng: &mut dyn Rng) -> Option<Value> {
    (0..ATTEMPTS).find_map(|attempt| {
        // Later attempts make less, which helps where recursion or rare combinations are in the way.
        let depth = attempt / 6;
        let value = Maker { table, rng }.schema(&[index], "", depth)?;
        validation::matches(table, index, &value, Direction::Either).then_some(value)
    })
}

/// A made-up model.
///
/// # Panics
/// When no value satisfies the model's schema.
pub fn model<T: Model>(rng: &mut dyn Rng) -> T {
    // A model can be narrower than its schema: `null` is outside it, and so are the other alternatives of a union.
    (0..ATTEMPTS)
        .find_map(|_| serde_json::from_value(value(T::table(), T::SCHEMA, rng)?).ok())
        .expect("some value satisfies the schema and is read by its model")
}

struct Maker<'a> {
    table: &'a SchemaTable,
    rng: &'a mut dyn Rng,
}

impl Maker<'_> {
    /// A value for a schema, or for several that hold together; `name` is the property it is for, which decides what text reads well there.
    fn schema(&mut self, parts: &[usize], name: &str, depth: u32) -> Option<Value> {
        if depth > MOST_DEPTH {
            return None;
        }
        let merged = Merged::of(self.table, parts, self.rng);
        if let Some(values) = merged.enumeration {
            let allowed: Vec<_> = values
                .iter()
                .filter(|value| merged.types.allow(&value.to_value()))
                .collect();
            return self.one_of(&allowed).map(|value| value.to_value());
        }
        match self.kind(&merged, depth) {
            Types::STRING => text::string(&merged, name, self.rng).map(Value::String),
            Types::INTEGER => self.integer(&merged),
            Types::NUMBER => self.number(&merged),
            Types::BOOLEAN => Some(Value::Bool(self.rng.random_bool(0.5))),
            Types::ARRAY => self.array(&merged, name, depth),
            Types::OBJECT => self.object(&merged, depth),
            _ => Some(Value::Null),
        }
    }

    /// The type to make: never `null` where something else is allowed, except deep down.
    fn kind(&mut self, merged: &Merged, depth: u32) -> Types {
        let concrete = [
            Types::STRING,
            Types::NUMBER,
            Types::INTEGER,
            Types::BOOLEAN,
            Types::ARRAY,
            Types::OBJECT,
        ];
        if merged.types == Types::ANY {
            let looks_like_object = !merged.properties.is_empty() || merged.additional != Additional::Any;
            return if looks_like_object {
                Types::OBJECT
            } else if merged.items.is_some() {
                Types::ARRAY
            } else if merged.excludes {
                self.one_of(&concrete).copied().unwrap_or(Types::STRING)
            } else {
                Types::STRING
            };
        }
        if depth > FULL_DEPTH && merged.types.contains(Types::NULL) {
            return Types::NULL;
        }
        let mut allowed: Vec<_> = concrete
            .into_iter()
            .filter(|ty| merged.types.contains(*ty))
            .collect();
        if allowed.contains(&Types::NUMBER) {
            allowed.retain(|ty| *ty != Types::INTEGER);
        }
        self.one_of(&allowed).copied().unwrap_or(Types::NULL)
    }

    fn one_of<'t, T>(&mut self, choices: &'t [T]) -> Option<&'t T> {
        if choices.is_empty() {
            None
        } else {
            choices.get(self.rng.random_range(0..choices.len()))
        }
    }

    fn integer(&mut self, merged: &Merged) -> Option<Value> {
        let step = merged.multiple_of.and_then(Literal::as_i128).unwrap_or(1).max(1);
        let least = merged.minimum.map(|bound| whole_bound(bound, 1));
        let most = merged.maximum.map(|bound| whole_bound(bound, -1));
        let (least, most) = match (least, most) {
            (Some(least), Some(most)) => (least, most),
            (Some(least), None) => (least, least.saturating_add(1000)),
            (None, Some(most)) => (most.min(0), most),
            (None, None) => (0, 1000),
        };
        let (low, high) = (
            least.div_euclid(step) + i128::from(least.rem_euclid(step) != 0),
            most.div_euclid(step),
        );
        if low > high {
            return None;
        }
        let whole = self.rng.random_range(low..=high) * step;
        i64::try_from(whole)
            .map(Value::from)
            .or_else(|_| u64::try_from(whole).map(Value::from))
            .ok()
    }

    fn number(&mut self, merged: &Merged) -> Option<Value> {
        if merged.multiple_of.is_some_and(|step| step.as_i128().is_some()) {
            return self.integer(merged);
        }
        let limit = |bound: Bound| match bound {
            Bound::Inclusive(limit) | Bound::Exclusive(limit) => limit.as_f64(),
        };
        let least = merged
            .minimum
            .map_or_else(|| merged.maximum.map_or(0.0, |most| limit(most).min(0.0)), limit);
        let most = merged.maximum.map_or(least + 1000.0, limit);
        let drawn = if least < most {
            self.rng.random_range(least..=most)
        } else {
            least
        };
        let value = match merged.multiple_of {
            Some(step) => (drawn / step.as_f64()).round() * step.as_f64(),
            None => {
                let rounded = (drawn * 100.0).round() / 100.0;
                if (least..=most).contains(&rounded) {
                    rounded
                } else {
                    drawn
                }
            }
        };
        Number::from_f64(value).map(Value::Number)
    }

    fn array(&mut self, merged: &Merged, name: &str, depth: u32) -> Option<Value> {
        let shallow = depth < FULL_DEPTH;
        let usual = if shallow {
            merged.min_items.max(1)
        } else {
            merged.min_items
        };
        let most = merged.max_items.unwrap_or(usual + u64::from(shallow));
        let length = if usual < most {
            self.rng.random_range(usual..=most.min(usual + 2))
        } else {
            usual.min(most)
        };
        let singular = name.strip_suffix('s').unwrap_or(name);
        let mut items: Vec<Value> = Vec::new();
        let mut failures = 0;
        while (items.len() as u64) < length {
            let item = match merged.items {
                Some(items) => self.schema(&[items], singular, depth + 1),
                None => Some(Value::from(text::word(self.rng))),
            };
            match item {
                Some(item) if !(merged.unique_items && items.contains(&item)) => items.push(item),
                _ => failures += 1,
            }
            if failures > ATTEMPTS {
                break;
            }
        }
        (items.len() as u64 >= merged.min_items).then_some(Value::Array(items))
    }

    fn object(&mut self, merged: &Merged, depth: u32) -> Option<Value> {
        let mut members = Map::new();
        let most = merged.max_properties.unwrap_or(u64::MAX);
        let room_for_optional = most.saturating_sub(merged.required.len() as u64);
        let mut optional = 0;
        for (name, property) in &merged.properties {
            let required = merged.required.contains(name);
            if let Some((_, tag)) = merged.tags.iter().find(|(tagged, _)| tagged == name) {
                members.insert((*name).to_owned(), Value::from(*tag));
                continue;
            }
            if !required && (depth >= FULL_DEPTH || optional >= room_for_optional) {
                continue;
            }
            match self.schema(property, name, depth + 1) {
                Some(value) => {
                    members.insert((*name).to_owned(), value);
                    optional += u64::from(!required);
                }
                None if required => return None,
                None => {}
            }
        }
        for (name, tag) in &merged.tags {
            members.insert((*name).to_owned(), Value::from(*tag));
        }
        let undeclared: Vec<_> = merged
            .required
            .iter()
            .filter(|name| !members.contains_key(**name))
            .copied()
            .collect();
        for name in undeclared {
            members.insert(name.to_owned(), self.additional(merged, name, depth)?);
        }
        self.fill_up(merged, depth, most, &mut members)?;
        Some(Value::Object(members))
    }

    /// Adds undeclared members until there are enough; one where a map would else be empty.
    fn fill_up(
        &mut self,
        merged: &Merged,
        depth: u32,
        most: u64,
        members: &mut Map<String, Value>,
    ) -> Option<()> {
        let is_map = matches!(merged.additional, Additional::Schema(_)) && merged.properties.is_empty();
        let wanted = merged
            .min_properties
            .max(u64::from(is_map && depth < FULL_DEPTH))
            .min(most);
        let mut failures = 0;
        while (members.len() as u64) < wanted {
            let name = text::word(self.rng);
            match self.additional(merged, &name, depth) {
                Some(value) if !members.contains_key(&name) => {
                    members.insert(name, value);
                }
                _ => failures += 1,
            }
            if failures > ATTEMPTS {
                return (members.len() as u64 >= merged.min_properties).then_some(());
            }
        }
        Some(())
    }

    fn additional(&mut self, merged: &Merged, name: &str, depth: u32) -> Option<Value> {
        match merged.additional {
            Additional::Any => Some(Value::from(text::word(self.rng))),
            Additional::Forbidden => None,
            Additional::Schema(index) => self.schema(&[index], name, depth + 1),
        }
    }
}

/// A bound as the nearest whole number inside it; `inward` is the step from an exclusive bound.
#[expect(clippy::cast_possible_truncation, reason = "a bound out of range saturates")]
fn whole_bound(bound: Bound, inward: i128) -> i128 {
    match bound {
        Bound::Inclusive(limit) => limit.as_i128().unwrap_or_else(|| {
            let limit = limit.as_f64();
            if inward > 0 {
                limit.ceil() as i128
            } else {
                limit.floor() as i128
            }
        }),
        Bound::Exclusive(limit) => match limit.as_i128() {
            Some(limit) => limit + inward,
            None => {
                let limit = limit.as_f64();
                if inward > 0 {
                    limit.floor() as i128 + 1
                } else {
                    limit.ceil() as i128 - 1
                }
            }
        },
    }
}
