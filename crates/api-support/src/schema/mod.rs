//! The static schema table: what generated code knows of a document's schemas.
//!
//! One table per API, addressed by index, so that recursion needs no special case and nothing is built at
//! start-up. [`validation`](crate::validation) interprets it.

mod entry;
mod format;
mod literal;
mod pattern;
mod types;

pub use format::Format;
pub use literal::Literal;
pub use pattern::{Pattern, compile_pattern};
pub use types::{Types, is_whole};

/// All schemas of an API.
#[derive(Debug)]
pub struct SchemaTable {
    /// The schemas, addressed by index.
    pub schemas: &'static [Schema],
    /// Names of `components.schemas` and their indices, in document order.
    pub components: &'static [(&'static str, usize)],
}

impl SchemaTable {
    /// The schema at an index; an index outside the table stands for the schema that allows everything.
    #[must_use]
    pub fn get(&self, index: usize) -> &'static Schema {
        self.schemas.get(index).unwrap_or(&Schema::ANY)
    }

    /// The index of a component, by its name in the document.
    #[must_use]
    pub fn component(&self, name: &str) -> Option<usize> {
        self.components
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, index)| *index)
    }
}

/// One schema: the assertions of JSON Schema that OpenAPI uses.
#[derive(Debug)]
pub struct Schema {
    /// The JSON types allowed.
    pub types: Types,
    /// Whether `null` passes whatever else the schema says: `nullable` beside a composition and no type.
    pub nullable: bool,
    /// A format that is checked; formats without a check are not carried.
    pub format: Option<Format>,
    /// The allowed values; empty: not restricted.
    pub enumeration: &'static [Literal],
    /// Lower bound.
    pub minimum: Option<Bound>,
    /// Upper bound.
    pub maximum: Option<Bound>,
    /// A number the value must be a multiple of.
    pub multiple_of: Option<Literal>,
    /// In Unicode code points.
    pub min_length: Option<u64>,
    /// In Unicode code points.
    pub max_length: Option<u64>,
    /// An ECMA-262 regular expression, unanchored.
    pub pattern: Option<&'static Pattern>,
    /// The schema of an array's items.
    pub items: Option<usize>,
    /// Fewest items.
    pub min_items: Option<u64>,
    /// Most items.
    pub max_items: Option<u64>,
    /// Whether items must differ from each other.
    pub unique_items: bool,
    /// Properties by name, in document order.
    pub properties: &'static [(&'static str, usize)],
    /// Names that must be present.
    pub required: &'static [&'static str],
    /// What other properties may be present.
    pub additional: Additional,
    /// Whether the document says itself that any other property may be present: `additionalProperties` is `true`.
    pub open: bool,
    /// Fewest properties.
    pub min_properties: Option<u64>,
    /// Most properties.
    pub max_properties: Option<u64>,
    /// Every one must hold.
    pub all_of: &'static [usize],
    /// At least one must hold.
    pub any_of: &'static [usize],
    /// Exactly one must hold.
    pub one_of: &'static [usize],
    /// Must not hold.
    pub not: Option<usize>,
    /// Tells which alternative of `one_of` or `any_of` is meant.
    pub discriminator: Option<Discriminator>,
    /// Sent by the server only: not required of a request.
    pub read_only: bool,
    /// Sent by the client only: not required of a response.
    pub write_only: bool,
    /// Whether the document advises against sending it.
    pub deprecated: bool,
}

/// A bound on a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// The bound itself is allowed.
    Inclusive(Literal),
    /// The bound itself is refused.
    Exclusive(Literal),
}

/// What properties an object may have beyond those it names.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Additional {
    /// Any.
    Any,
    /// None.
    Forbidden,
    /// Those that match this schema.
    Schema(usize),
}

/// The property that tells which alternative a value is.
#[derive(Clone, Copy, Debug)]
pub struct Discriminator {
    /// The property's name.
    pub property: &'static str,
    /// From its value to the alternative's index in the table.
    pub mapping: &'static [(&'static str, usize)],
}
