//! Members of a body that are not documented, that only the server sends, or that the document advises against.

use serde_json::Value;

use super::{Deviation, Fault, MOST_DEVIATIONS};
use crate::json_pointer::JsonPointer;
use crate::schema::{Additional, Schema, SchemaTable};
use crate::validation::{Direction, Part, Received, matches};

/// How often a schema may lead to another without a step into the value.
const MOST_INDIRECTIONS: u32 = 16;

/// Adds what is off about the members of a value. A schema that is open because it says nothing of other members
/// documents none; one that names no member at all documents any.
pub(super) fn audit(table: &SchemaTable, schema: usize, value: &Value, found: &mut Vec<Deviation>) {
    let mut walk = Walk {
        table,
        pointer: JsonPointer::root(),
        found,
    };
    walk.value(&[schema], value);
}

struct Walk<'a> {
    table: &'a SchemaTable,
    pointer: JsonPointer,
    found: &'a mut Vec<Deviation>,
}

impl Walk<'_> {
    /// Looks at a value under all schemas that hold for it.
    fn value(&mut self, schemas: &[usize], value: &Value) {
        if self.found.len() >= MOST_DEVIATIONS {
            return;
        }
        match value {
            Value::Object(members) => {
                let parts = self.parts(schemas, value);
                for (name, member) in members {
                    self.at(name, |walk| walk.member(&parts, name, member));
                }
            }
            Value::Array(items) => {
                let parts = self.parts(schemas, value);
                let of_items: Vec<_> = parts.iter().filter_map(|part| part.items).collect();
                if !of_items.is_empty() {
                    for (index, item) in items.iter().enumerate() {
                        self.at(&index.to_string(), |walk| walk.value(&of_items, item));
                    }
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, parts: &[&'static Schema], name: &str, value: &Value) {
        let declared = parts.iter().flat_map(|part| part.properties);
        let declared: Vec<_> = declared
            .filter(|(known, _)| *known == name)
            .map(|(_, index)| *index)
            .collect();
        if declared.is_empty() {
            let others: Vec<_> = parts
                .iter()
                .filter_map(|part| match part.additional {
                    Additional::Schema(index) => Some(index),
                    Additional::Any | Additional::Forbidden => None,
                })
                .collect();
            // A closed object refuses what it does not name, and says so itself.
            let is_settled = parts
                .iter()
                .any(|part| part.open || part.additional == Additional::Forbidden);
            let names_any = parts.iter().any(|part| !part.properties.is_empty());
            if !others.is_empty() {
                self.value(&others, value);
            } else if names_any && !is_settled {
                self.tell(
                    Fault::UndocumentedProperty,
                    None,
                    "the member is not documented",
                    value,
                );
            }
            return;
        }
        let of_member = self.parts(&declared, value);
        if of_member.iter().any(|part| part.read_only) {
            self.tell(
                Fault::InvalidValue,
                Some("readOnly"),
                "must be left out: only the server sends it",
                value,
            );
        }
        if of_member.iter().any(|part| part.deprecated) {
            self.tell(Fault::Deprecated, None, "the member is deprecated", value);
        }
        self.value(&declared, value);
    }

    /// The schemas and those they are composed of; of alternatives, the one that the value says it is, else those
    /// that hold for it, and all of them where none does.
    fn parts(&self, schemas: &[usize], value: &Value) -> Vec<&'static Schema> {
        let mut parts = Vec::new();
        for index in schemas {
            self.collect(*index, value, 0, &mut parts);
        }
        parts
    }

    fn collect(&self, index: usize, value: &Value, depth: u32, parts: &mut Vec<&'static Schema>) {
        let schema = self.table.get(index);
        parts.push(schema);
        if depth >= MOST_INDIRECTIONS {
            return;
        }
        for part in schema.all_of {
            self.collect(*part, value, depth + 1, parts);
        }
        if let Some(named) = named_by_discriminator(schema, value) {
            self.collect(named, value, depth + 1, parts);
            return;
        }
        for alternatives in [schema.one_of, schema.any_of] {
            let holds = |index: &&usize| matches(self.table, **index, value, Direction::Request);
            let holding: Vec<_> = alternatives.iter().filter(holds).collect();
            let all = alternatives.iter().filter(|_| holding.is_empty());
            for part in all.chain(holding.iter().copied()) {
                self.collect(*part, value, depth + 1, parts);
            }
        }
    }

    fn tell(&mut self, fault: Fault, rule: Option<&'static str>, detail: &str, value: &Value) {
        self.found.push(Deviation {
            fault,
            part: Some(Part::Body),
            pointer: self.pointer.to_string(),
            rule,
            detail: detail.to_owned(),
            received: Some(Received::from(value)),
        });
    }

    fn at(&mut self, step: &str, look: impl FnOnce(&mut Self)) {
        self.pointer.push(step);
        look(self);
        self.pointer.pop();
    }
}

/// The alternative that a value says it is.
fn named_by_discriminator(schema: &Schema, value: &Value) -> Option<usize> {
    let discriminator = schema.discriminator.as_ref()?;
    let tag = value.get(discriminator.property)?.as_str()?;
    let mut mapping = discriminator.mapping.iter();
    mapping.find(|(known, _)| *known == tag).map(|(_, index)| *index)
}
