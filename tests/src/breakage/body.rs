use serde_json::{Map, Value, json};

use super::value::{beyond_limits, of_another_type, type_of};
use crate::spec::{Document, Schema};

/// A body that is wrong in one place, or at least odd there.
#[derive(Clone, Debug, PartialEq)]
pub struct BrokenBody {
    /// In which way.
    pub kind: &'static str,
    /// The place, as a JSON pointer.
    pub pointer: String,
    /// The body.
    pub body: Value,
    /// Whether the schema forbids it.
    pub is_invalid: bool,
}

/// Bodies that differ from a sound one in one place each: everything the schema speaks of, broken in every way it
/// speaks of.
#[must_use]
pub fn broken_bodies(schema: &Schema, sound: &Value) -> Vec<BrokenBody> {
    let mut breaker = Breaker {
        document: schema.document(),
        sound,
        found: Vec::new(),
    };
    breaker.object(schema.raw(), "");
    let judged = |(kind, pointer, body): (&'static str, String, Value)| {
        let is_invalid = !schema.allows(&body);
        BrokenBody {
            kind,
            pointer,
            body,
            is_invalid,
        }
    };
    breaker.found.into_iter().map(judged).collect()
}

struct Breaker<'a> {
    document: &'a Document,
    sound: &'a Value,
    found: Vec<(&'static str, String, Value)>,
}

impl Breaker<'_> {
    /// Breaks an object that stands at a place.
    fn object(&mut self, schema: &Value, place: &str) {
        for part in schema
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let part = self.document.resolve(part).clone();
            self.object(&part, place);
        }
        let Some(properties) = schema.get("properties").and_then(Value::as_object).cloned() else {
            return;
        };
        self.change(
            "with an unknown property",
            &format!("{place}/x_unknown_property"),
            &json!("surprise"),
        );
        for (name, property) in &properties {
            let property = self.document.resolve(property).clone();
            let place = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
            let was_sent = self.sound.pointer(&place).is_some();
            if was_sent {
                self.remove(&place);
            }
            self.value(&property, &place);
        }
    }

    /// Breaks a value that stands at a place.
    fn value(&mut self, schema: &Value, place: &str) {
        self.change("null", place, &Value::Null);
        self.change("of another type", place, &of_another_type(schema));
        for (kind, value) in beyond_limits(self.document, schema) {
            self.change(kind, place, &value);
        }
        match type_of(schema) {
            "string" => self.change("with a NUL", place, &json!("a\u{0}b")),
            "array" => self.array(schema, place),
            "object" => self.object(schema, place),
            _ => {}
        }
    }

    /// Breaks a list that stands at a place, and its first item.
    fn array(&mut self, schema: &Value, place: &str) {
        let length = |keyword: &str| {
            schema
                .get(keyword)
                .and_then(Value::as_u64)
                .and_then(|n| usize::try_from(n).ok())
        };
        let Some(item_schema) = schema
            .get("items")
            .map(|items| self.document.resolve(items).clone())
        else {
            return;
        };
        let sent = self.sound.pointer(place).and_then(|list| list.get(0));
        let sound = sent
            .or(item_schema.get("example"))
            .or(item_schema.pointer("/enum/0"))
            .cloned();
        let sound = sound.unwrap_or_else(|| json!("item"));
        if let Some(fewer) = length("minItems").and_then(|length| length.checked_sub(1)) {
            self.change("with too few items", place, &json!(vec![sound.clone(); fewer]));
        }
        if let Some(most) = length("maxItems") {
            self.change(
                "with too many items",
                place,
                &json!(vec![sound.clone(); most + 1]),
            );
        }
        self.change("with an item twice", place, &json!([sound, sound]));
        self.change("with an item that is null", place, &json!([null]));
        self.change(
            "with an item of another type",
            place,
            &json!([of_another_type(&item_schema)]),
        );
        for (_, value) in beyond_limits(self.document, &item_schema) {
            self.change("with an item beyond its limits", place, &json!([value]));
        }
        if type_of(&item_schema) == "object" && self.sound.pointer(&format!("{place}/0")).is_some() {
            self.object(&item_schema, &format!("{place}/0"));
        }
    }

    fn change(&mut self, kind: &'static str, place: &str, value: &Value) {
        let mut body = self.sound.clone();
        if let Some((members, name)) = holder(&mut body, place) {
            members.insert(name, value.clone());
            self.found.push((kind, place.to_owned(), body));
        }
    }

    fn remove(&mut self, place: &str) {
        let mut body = self.sound.clone();
        if let Some((members, name)) = holder(&mut body, place) {
            members.shift_remove(&name);
            self.found.push(("missing", place.to_owned(), body));
        }
    }
}

/// The object that holds a place, and the place's name in it. Where the sound body has no such object, nothing can be
/// broken there.
fn holder<'a>(body: &'a mut Value, place: &str) -> Option<(&'a mut Map<String, Value>, String)> {
    let (above, name) = place.rsplit_once('/')?;
    let members = body.pointer_mut(above)?.as_object_mut()?;
    Some((members, name.replace("~1", "/").replace("~0", "~")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_property_is_broken_in_every_way_its_schema_speaks_of() {
        let schema = json!({
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": { "type": "string", "maxLength": 3 },
                "roles": { "type": "array", "minItems": 1, "items": { "type": "string", "enum": ["a"] } },
            },
        });
        let schema = Schema::new(&Document::new(json!({})), &schema);
        let broken = broken_bodies(&schema, &json!({ "name": "x" }));
        let shown: Vec<_> = broken
            .iter()
            .map(|broken| {
                format!(
                    "{} {} {}",
                    broken.pointer,
                    broken.kind,
                    if broken.is_invalid { "wrong" } else { "odd" }
                )
            })
            .collect();
        let wanted = [
            "/x_unknown_property with an unknown property odd",
            "/name missing wrong",
            "/name null wrong",
            "/name of another type wrong",
            "/name too long wrong",
            "/name with a NUL odd",
            "/roles null wrong",
            "/roles of another type wrong",
            "/roles with too few items wrong",
            "/roles with an item twice odd",
            "/roles with an item that is null wrong",
            "/roles with an item of another type wrong",
            "/roles with an item beyond its limits wrong",
        ];
        assert_eq!(shown, wanted);
    }
}
