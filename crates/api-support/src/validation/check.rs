use serde_json::{Map, Value};

use super::equality::{first_repetition, is_among};
use super::steps::Steps;
use super::violation::{Part, Received, Rule, Violation};
use super::{bounds, format};
use crate::json_pointer::JsonPointer;
use crate::schema::{Additional, Discriminator, Schema, SchemaTable};

/// Which way a value travels: what a server only sends is not required of a request, and the other way round.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Direction {
    /// From the client: `readOnly` members are not required.
    Request,
    /// From the server: `writeOnly` members are not required.
    Response,
    /// Not known: neither is required.
    Either,
}

/// More violations than this are not collected: nobody reads them, and a hostile body could make millions.
pub const MOST_VIOLATIONS: usize = 100;

/// How often a schema may lead to another without a step into the value. Documents cannot reach it except by
/// schemas that refer to themselves, which then allow what they would otherwise check for ever.
const MOST_INDIRECTIONS: u32 = 64;

/// Every rule of the schema at `index` that the value breaks, in document order; empty when it is valid.
#[must_use]
pub fn check(table: &SchemaTable, index: usize, value: &Value, direction: Direction) -> Vec<Violation> {
    let steps = Steps::for_value(value);
    let mut checker = Checker::new(table, direction, &steps, false);
    checker.schema(index, value, 0);
    let mut violations = checker.violations;
    if steps.are_too_many() {
        violations.push(Violation {
            part: Part::Body,
            pointer: String::new(),
            rule: Rule::Syntax("simple enough to check"),
            received: value.into(),
        });
    }
    violations
}

/// Whether the value is valid under the schema at `index`.
#[must_use]
pub fn matches(table: &SchemaTable, index: usize, value: &Value, direction: Direction) -> bool {
    let steps = Steps::for_value(value);
    let mut checker = Checker::new(table, direction, &steps, true);
    checker.schema(index, value, 0);
    checker.violations.is_empty() && !steps.are_too_many()
}

pub(super) struct Checker<'a> {
    pub(super) table: &'a SchemaTable,
    direction: Direction,
    pointer: JsonPointer,
    violations: Vec<Violation>,
    first_only: bool,
    steps: &'a Steps,
    /// The schema that began at the value being looked at: what its `allOf` parts are parts of.
    whole: usize,
}

impl<'a> Checker<'a> {
    pub(super) fn new(
        table: &'a SchemaTable,
        direction: Direction,
        steps: &'a Steps,
        first_only: bool,
    ) -> Self {
        Self {
            table,
            direction,
            pointer: JsonPointer::root(),
            violations: Vec::new(),
            first_only,
            steps,
            whole: usize::MAX,
        }
    }

    /// Whether anything is wrong so far.
    pub(super) fn has_found(&self) -> bool {
        !self.violations.is_empty()
    }

    fn is_full(&self) -> bool {
        self.violations.len() >= if self.first_only { 1 } else { MOST_VIOLATIONS }
    }

    fn report(&mut self, rule: Rule, received: Received) {
        if !self.is_full() {
            self.violations.push(Violation {
                part: Part::Body,
                pointer: self.pointer.to_string(),
                rule,
                received,
            });
        }
    }

    /// Runs a check one step further into the value.
    fn at(&mut self, step: &str, check: impl FnOnce(&mut Self)) {
        self.pointer.push(step);
        check(self);
        self.pointer.pop();
    }

    pub(super) fn schema(&mut self, index: usize, value: &Value, indirections: u32) {
        let outer = self.whole;
        if indirections == 0 {
            self.whole = index;
        }
        self.rules(index, value, indirections);
        self.whole = outer;
    }

    fn rules(&mut self, index: usize, value: &Value, indirections: u32) {
        self.steps.take();
        if self.is_full() || indirections > MOST_INDIRECTIONS || self.steps.are_too_many() {
            return;
        }
        let schema = self.table.get(index);
        if schema.nullable && value.is_null() {
            return;
        }
        if !schema.types.allow(value) {
            self.report(Rule::Type(schema.types), value.into());
            return;
        }
        if !schema.enumeration.is_empty() && !is_among(schema.enumeration, value) {
            self.report(Rule::Enum(schema.enumeration), value.into());
        }
        match value {
            Value::String(text) => self.string(schema, text),
            Value::Number(number) => {
                if let Some(rule) = bounds::broken(schema, number) {
                    self.report(rule, value.into());
                }
            }
            Value::Array(items) => self.array(schema, items),
            Value::Object(members) => self.object(schema, members),
            Value::Null | Value::Bool(_) => {}
        }
        self.composition(schema, value, indirections);
    }

    pub(super) fn string(&mut self, schema: &Schema, text: &str) {
        let received = || Received::Scalar(Value::from(text));
        if schema.min_length.is_some() || schema.max_length.is_some() {
            let length = text.chars().count() as u64;
            if let Some(least) = schema.min_length.filter(|least| length < *least) {
                self.report(Rule::MinLength(least), received());
            }
            if let Some(most) = schema.max_length.filter(|most| length > *most) {
                self.report(Rule::MaxLength(most), received());
            }
        }
        if let Some(pattern) = schema.pattern.filter(|pattern| !pattern.matches(text)) {
            self.report(Rule::Pattern(pattern.as_str()), received());
        }
        if let Some(format) = schema.format.filter(|format| !format::has_format(*format, text)) {
            self.report(Rule::Format(format), received());
        }
    }

    fn array(&mut self, schema: &Schema, items: &[Value]) {
        let length = items.len() as u64;
        if let Some(least) = schema.min_items.filter(|least| length < *least) {
            self.report(Rule::MinItems(least), Received::Array(items.len()));
        }
        if let Some(most) = schema.max_items.filter(|most| length > *most) {
            self.report(Rule::MaxItems(most), Received::Array(items.len()));
        }
        if schema.unique_items
            && let Some((index, item)) = first_repetition(items)
        {
            self.at(&index.to_string(), |inner| {
                inner.report(Rule::UniqueItems, item.into())
            });
        }
        if let Some(item_schema) = schema.items {
            for (index, item) in items.iter().enumerate() {
                self.at(&index.to_string(), |inner| inner.schema(item_schema, item, 0));
            }
        }
    }

    fn object(&mut self, schema: &Schema, members: &Map<String, Value>) {
        let count = members.len() as u64;
        if let Some(least) = schema.min_properties.filter(|least| count < *least) {
            self.report(Rule::MinProperties(least), Received::Object(members.len()));
        }
        if let Some(most) = schema.max_properties.filter(|most| count > *most) {
            self.report(Rule::MaxProperties(most), Received::Object(members.len()));
        }
        for name in schema.required {
            if !members.contains_key(*name) {
                self.missing(schema, name);
            }
        }
        for (name, property) in schema.properties {
            if let Some(member) = members.get(*name) {
                self.at(name, |inner| inner.schema(*property, member, 0));
            }
        }
        if schema.additional == Additional::Any {
            return;
        }
        for (name, member) in members {
            if schema.properties.iter().any(|(known, _)| known == name) {
                continue;
            }
            self.at(name, |inner| match schema.additional {
                Additional::Any => {}
                Additional::Forbidden => inner.report(Rule::AdditionalProperties, member.into()),
                Additional::Schema(index) => inner.schema(index, member, 0),
            });
        }
    }

    /// A required member is not there.
    pub(super) fn missing(&mut self, schema: &Schema, name: &str) {
        if !self.is_exempt(schema, name) {
            self.at(name, |inner| inner.report(Rule::Required, Received::Missing));
        }
    }

    /// Whether a required member need not be there, for the way the value travels. The property may be declared in
    /// another part of the `allOf` than the one that requires it.
    fn is_exempt(&self, schema: &Schema, name: &str) -> bool {
        let own = schema
            .properties
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, index)| *index);
        let Some(index) = own.or_else(|| self.declared(self.whole, name, 0)) else {
            return false;
        };
        let property = self.table.get(index);
        match self.direction {
            Direction::Request => property.read_only,
            Direction::Response => property.write_only,
            Direction::Either => property.read_only || property.write_only,
        }
    }

    fn declared(&self, index: usize, name: &str, depth: u32) -> Option<usize> {
        let schema = self.table.get(index);
        let own = schema
            .properties
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, index)| *index);
        own.or_else(|| {
            let parts = schema.all_of.iter().filter(|_| depth < 16);
            parts
                .map(|part| self.declared(*part, name, depth + 1))
                .find_map(|found| found)
        })
    }

    fn composition(&mut self, schema: &Schema, value: &Value, indirections: u32) {
        for index in schema.all_of {
            self.schema(*index, value, indirections + 1);
        }
        if let Some(index) = schema.not
            && self.holds(index, value, indirections)
        {
            self.report(Rule::Not, value.into());
        }
        if let Some(discriminator) = &schema.discriminator
            && !(schema.one_of.is_empty() && schema.any_of.is_empty())
            && value.is_object()
        {
            self.discriminated(discriminator, value, indirections);
            return;
        }
        if !schema.any_of.is_empty()
            && !schema
                .any_of
                .iter()
                .any(|index| self.holds(*index, value, indirections))
        {
            self.report(Rule::AnyOf, value.into());
        }
        if !schema.one_of.is_empty() {
            let matched = schema
                .one_of
                .iter()
                .filter(|index| self.holds(**index, value, indirections))
                .count();
            if matched != 1 {
                self.report(Rule::OneOf { matched }, value.into());
            }
        }
    }

    /// The alternative a discriminator names is the one that must hold, so that what is wrong with it can be said.
    fn discriminated(&mut self, discriminator: &Discriminator, value: &Value, indirections: u32) {
        let tag = value.get(discriminator.property);
        let named = tag.and_then(Value::as_str).and_then(|tag| {
            discriminator
                .mapping
                .iter()
                .find(|(name, _)| *name == tag)
                .map(|(_, index)| *index)
        });
        if let Some(index) = named {
            self.schema(index, value, indirections + 1);
            return;
        }
        self.at(discriminator.property, |inner| match tag {
            None => inner.report(Rule::Required, Received::Missing),
            Some(tag) => {
                let known = discriminator.mapping.iter().map(|(name, _)| *name).collect();
                inner.report(Rule::Discriminator(known), tag.into());
            }
        });
    }

    fn holds(&self, index: usize, value: &Value, indirections: u32) -> bool {
        let mut inner = Checker::new(self.table, self.direction, self.steps, true);
        inner.whole = self.whole;
        inner.schema(index, value, indirections + 1);
        inner.violations.is_empty()
    }
}
