use std::ops::Index;

use indexmap::IndexMap;
use serde_json::{Number, Value};

use super::{Extensions, Pointer};

/// The address of a schema in [`Schemas`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SchemaId(u32);

impl SchemaId {
    /// The position in the arena.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Every schema of a document. Schemas refer to each other by [`SchemaId`], so recursion needs no special case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schemas {
    arena: Vec<Schema>,
}

impl Schemas {
    /// Room for so many schemas, which are too large to be moved each time there are more of them.
    pub(crate) fn with_capacity(schemas: usize) -> Self {
        Self {
            arena: Vec::with_capacity(schemas),
        }
    }

    /// Reserves an address, holding an unconstrained schema until it is filled.
    pub(crate) fn reserve(&mut self, pointer: Pointer) -> SchemaId {
        let id = SchemaId(u32::try_from(self.arena.len()).expect("invariant: documents are bounded in size"));
        self.arena.push(Schema {
            pointer,
            ..Schema::default()
        });
        id
    }

    /// Fills a reserved address.
    pub(crate) fn fill(&mut self, id: SchemaId, schema: Schema) {
        if let Some(slot) = self.arena.get_mut(id.index()) {
            *slot = schema;
        }
    }

    /// Adds a schema that the document does not have, made from those it has.
    ///
    /// # Panics
    /// Beyond four thousand million schemas.
    pub fn push(&mut self, schema: Schema) -> SchemaId {
        let id = self.reserve(Pointer::default());
        self.fill(id, schema);
        id
    }

    /// The schema at an address, to be completed or rewritten.
    pub fn get_mut(&mut self, id: SchemaId) -> Option<&mut Schema> {
        self.arena.get_mut(id.index())
    }

    /// The schemas with their addresses, in order of address.
    pub fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        (0_u32..).map(SchemaId).zip(&self.arena)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.arena.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.arena.is_empty()
    }
}

impl Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.arena[id.index()]
    }
}

/// A schema in the shape of OpenAPI 3.1 (JSON Schema 2020-12), of which 3.0 is a part.
///
/// `nullable: true` has become [`Type::Null`] among the types (and `null` among the values of an `enum`), boolean
/// `exclusiveMinimum` has become [`Bound::Exclusive`], and a 3.0 `$ref` has become the [`SchemaId`] of its target.
///
/// `nullable: true` without a `type`, beside `allOf`, `anyOf`, `oneOf` or `enum`, has become *every* type by name, so
/// that [`TypeSet::nullable`] answers for it too; null is then meant to be allowed whatever the parts say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// Where it stands in the document.
    pub pointer: Pointer,
    /// Its name, when it is an entry of `components.schemas`.
    pub name: Option<String>,
    /// `$ref` with siblings beside it, which 3.1 allows: the target, whose rules hold beside those here.
    pub reference: Option<SchemaId>,
    /// The JSON types a value may have; empty: any.
    pub types: TypeSet,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `format`.
    pub format: Option<String>,
    /// `default`.
    pub default: Option<Value>,
    /// `example` of 3.0 or `examples` of 3.1.
    pub examples: Vec<Value>,
    /// `enum`.
    pub enumeration: Option<Vec<Value>>,
    /// `const`.
    pub constant: Option<Value>,
    /// Whether the document advises against using it.
    pub deprecated: bool,
    /// Only ever sent by the server.
    pub read_only: bool,
    /// Only ever sent by the client.
    pub write_only: bool,
    /// `minimum` or `exclusiveMinimum`.
    pub minimum: Option<Bound>,
    /// `maximum` or `exclusiveMaximum`.
    pub maximum: Option<Bound>,
    /// `multipleOf`, above zero.
    pub multiple_of: Option<Number>,
    /// `minLength`, in Unicode code points.
    pub min_length: Option<u64>,
    /// `maxLength`, in Unicode code points.
    pub max_length: Option<u64>,
    /// `pattern`: an ECMA-262 regular expression, unanchored.
    pub pattern: Option<String>,
    /// `items`: the schema of every item after the [`prefix_items`](Self::prefix_items).
    pub items: Option<SchemaId>,
    /// `prefixItems`, 3.1.
    pub prefix_items: Vec<SchemaId>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `properties`, in document order.
    pub properties: IndexMap<String, SchemaId>,
    /// `required`, in document order, without repetitions.
    pub required: Vec<String>,
    /// What other properties an object may have.
    pub additional_properties: AdditionalProperties,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `anyOf`.
    pub any_of: Vec<SchemaId>,
    /// `oneOf`.
    pub one_of: Vec<SchemaId>,
    /// `not`.
    pub not: Option<SchemaId>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator>,
    /// Extensions of the schema.
    pub extensions: Extensions,
}

/// A JSON type.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(missing_docs, reason = "the variants are JSON Schema's own words")]
pub enum Type {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Type {
    /// The word of `type`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The type as a sentence names it: `an integer`.
    #[must_use]
    pub fn with_article(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }

    /// Whether a value is of this type; a number without a fraction is an integer, however it is written.
    #[must_use]
    pub fn accepts(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Null, Value::Null)
            | (Self::Boolean, Value::Bool(_))
            | (Self::Number, Value::Number(_))
            | (Self::String, Value::String(_))
            | (Self::Array, Value::Array(_))
            | (Self::Object, Value::Object(_)) => true,
            (Self::Integer, Value::Number(number)) => {
                number.is_u64()
                    || number.is_i64()
                    || number.as_f64().is_some_and(|float| float.fract() == 0.0)
            }
            _ => false,
        }
    }

    /// The type a word of `type` names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [
            Self::Null,
            Self::Boolean,
            Self::Integer,
            Self::Number,
            Self::String,
            Self::Array,
            Self::Object,
        ]
        .into_iter()
        .find(|ty| ty.as_str() == word)
    }
}

/// A set of JSON types, in a fixed order; the empty set allows every type.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct TypeSet(std::collections::BTreeSet<Type>);

impl TypeSet {
    /// Whether any type is allowed.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the set names this type.
    #[must_use]
    pub fn contains(&self, ty: Type) -> bool {
        self.0.contains(&ty)
    }

    /// Whether `null` is allowed by name.
    #[must_use]
    pub fn nullable(&self) -> bool {
        self.contains(Type::Null)
    }

    /// The types besides `null`.
    pub fn without_null(&self) -> impl Iterator<Item = Type> + '_ {
        self.0.iter().copied().filter(|ty| *ty != Type::Null)
    }

    /// All types, `null` included.
    pub fn iter(&self) -> impl Iterator<Item = Type> + '_ {
        self.0.iter().copied()
    }

    /// Adds a type.
    pub fn insert(&mut self, ty: Type) {
        self.0.insert(ty);
    }
}

impl FromIterator<Type> for TypeSet {
    fn from_iter<I: IntoIterator<Item = Type>>(types: I) -> Self {
        Self(types.into_iter().collect())
    }
}

/// A bound on a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// The value itself is allowed.
    Inclusive(Number),
    /// The value itself is refused.
    Exclusive(Number),
}

impl Bound {
    /// The number itself.
    #[must_use]
    pub fn number(&self) -> &Number {
        match self {
            Self::Inclusive(number) | Self::Exclusive(number) => number,
        }
    }
}

/// What properties an object may have beyond those it names.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum AdditionalProperties {
    /// Not said, which allows any.
    #[default]
    Unspecified,
    /// `true` or `{}`: any, and meant to be used.
    Any,
    /// `false`: none.
    Forbidden,
    /// Each must match this schema.
    Schema(SchemaId),
}

/// `discriminator`: the property that tells which alternative a value is.
#[derive(Clone, Debug, PartialEq)]
pub struct Discriminator {
    /// The property's name.
    pub property_name: String,
    /// From the property's value to an alternative. Where the document gives no mapping for an alternative with a
    /// component name, the name is its value; the explicit entries come first.
    pub mapping: IndexMap<String, SchemaId>,
}
