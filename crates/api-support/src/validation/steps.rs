//! How long a check may take.

use std::cell::Cell;

use serde_json::Value;

/// How many schemas are held against values in one check, at the least. A schema that refers to itself from several
/// alternatives can ask for exponentially many; past this the value is refused as too complex.
const LEAST_STEPS: u32 = 1_000_000;

/// How many more there may be for every part of a large value.
const STEPS_PER_PART: u32 = 8;

/// The steps of one check.
pub(super) struct Steps {
    taken: Cell<u32>,
    most: u32,
}

impl Steps {
    /// As many as for the value that a text of JSON is; each part of it is written in a byte at least.
    pub(super) fn for_text(text: &[u8]) -> Self {
        let most = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self {
            taken: Cell::new(0),
            most: most.max(LEAST_STEPS),
        }
    }

    pub(super) fn for_value(value: &Value) -> Self {
        Self {
            taken: Cell::new(0),
            most: parts(value).saturating_mul(STEPS_PER_PART).max(LEAST_STEPS),
        }
    }

    pub(super) fn take(&self) {
        self.taken.set(self.taken.get().saturating_add(1));
    }

    pub(super) fn are_too_many(&self) -> bool {
        self.taken.get() > self.most
    }
}

fn parts(value: &Value) -> u32 {
    match value {
        Value::Array(items) => items.iter().map(parts).fold(1, u32::saturating_add),
        Value::Object(members) => members.values().map(parts).fold(1, u32::saturating_add),
        _ => 1,
    }
}
