use rand::{Rng, RngExt as _};

use crate::schema::{Additional, Bound, Format, Literal, Pattern, Schema, SchemaTable, Types};

/// A schema with its `allOf` folded in and one alternative of each `oneOf` and `anyOf` chosen.
#[derive(Debug)]
pub(super) struct Merged {
    pub(super) types: Types,
    pub(super) enumeration: Option<&'static [Literal]>,
    pub(super) minimum: Option<Bound>,
    pub(super) maximum: Option<Bound>,
    pub(super) multiple_of: Option<Literal>,
    pub(super) min_length: u64,
    pub(super) max_length: Option<u64>,
    pub(super) pattern: Option<&'static Pattern>,
    pub(super) format: Option<Format>,
    pub(super) items: Option<usize>,
    pub(super) min_items: u64,
    pub(super) max_items: Option<u64>,
    pub(super) unique_items: bool,
    /// Each with every schema that speaks of it.
    pub(super) properties: Vec<(&'static str, Vec<usize>)>,
    pub(super) required: Vec<&'static str>,
    pub(super) additional: Additional,
    pub(super) min_properties: u64,
    pub(super) max_properties: Option<u64>,
    /// Members a discriminator fixes.
    pub(super) tags: Vec<(&'static str, &'static str)>,
    /// Whether some values are excluded by `not`.
    pub(super) excludes: bool,
}

impl Merged {
    pub(super) fn of(table: &SchemaTable, parts: &[usize], rng: &mut dyn Rng) -> Self {
        let mut merged = Self {
            types: Types::ANY,
            enumeration: None,
            minimum: None,
            maximum: None,
            multiple_of: None,
            min_length: 0,
            max_length: None,
            pattern: None,
            format: None,
            items: None,
            min_items: 0,
            max_items: None,
            unique_items: false,
            properties: Vec::new(),
            required: Vec::new(),
            additional: Additional::Any,
            min_properties: 0,
            max_properties: None,
            tags: Vec::new(),
            excludes: false,
        };
        for part in parts {
            merged.fold(table, *part, rng, 0);
        }
        merged
    }

    fn fold(&mut self, table: &SchemaTable, index: usize, rng: &mut dyn Rng, depth: u32) {
        if depth > 16 {
            return;
        }
        let schema = table.get(index);
        self.fold_assertions(schema);
        for part in schema.all_of {
            self.fold(table, *part, rng, depth + 1);
        }
        for alternatives in [schema.one_of, schema.any_of] {
            if alternatives.is_empty() {
                continue;
            }
            let chosen = alternatives[rng.random_range(0..alternatives.len())];
            if let Some(discriminator) = &schema.discriminator {
                let tag = discriminator.mapping.iter().find(|(_, target)| *target == chosen);
                self.tags
                    .extend(tag.map(|(tag, _)| (discriminator.property, *tag)));
            }
            self.fold(table, chosen, rng, depth + 1);
        }
    }

    fn fold_assertions(&mut self, schema: &Schema) {
        self.types = self.types.and(schema.types);
        if !schema.enumeration.is_empty()
            && self
                .enumeration
                .is_none_or(|known| known.len() > schema.enumeration.len())
        {
            self.enumeration = Some(schema.enumeration);
        }
        self.minimum = tighter(self.minimum, schema.minimum, f64::gt);
        self.maximum = tighter(self.maximum, schema.maximum, f64::lt);
        self.multiple_of = schema.multiple_of.or(self.multiple_of);
        self.min_length = self.min_length.max(schema.min_length.unwrap_or(0));
        self.max_length = least(self.max_length, schema.max_length);
        self.pattern = schema.pattern.or(self.pattern);
        self.format = schema.format.or(self.format);
        self.items = schema.items.or(self.items);
        self.min_items = self.min_items.max(schema.min_items.unwrap_or(0));
        self.max_items = least(self.max_items, schema.max_items);
        self.unique_items |= schema.unique_items;
        self.excludes |= schema.not.is_some();
        for (name, property) in schema.properties {
            match self.properties.iter_mut().find(|(known, _)| known == name) {
                Some((_, parts)) => parts.push(*property),
                None => self.properties.push((name, vec![*property])),
            }
        }
        self.required.extend(schema.required);
        if schema.additional != Additional::Any {
            self.additional = schema.additional;
        }
        self.min_properties = self.min_properties.max(schema.min_properties.unwrap_or(0));
        self.max_properties = least(self.max_properties, schema.max_properties);
    }
}

fn least(left: Option<u64>, right: Option<u64>) -> Option<u64> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (one, other) => one.or(other),
    }
}

fn tighter(left: Option<Bound>, right: Option<Bound>, closer: fn(&f64, &f64) -> bool) -> Option<Bound> {
    let limit = |bound: Bound| match bound {
        Bound::Inclusive(limit) | Bound::Exclusive(limit) => limit.as_f64(),
    };
    match (left, right) {
        (Some(left), Some(right)) => Some(if closer(&limit(right), &limit(left)) {
            right
        } else {
            left
        }),
        (one, other) => one.or(other),
    }
}
