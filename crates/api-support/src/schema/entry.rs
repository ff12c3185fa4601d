//! How the entries of a generated table are written: what an entry says beyond its type is added to it by name.

use super::{Additional, Bound, Discriminator, Format, Literal, Pattern, Schema, SchemaTable, Types};

impl SchemaTable {
    /// A table of schemas, some of which are components of the document.
    #[must_use]
    pub const fn new(schemas: &'static [Schema], components: &'static [(&'static str, usize)]) -> Self {
        Self { schemas, components }
    }
}

impl Discriminator {
    /// The property, and the alternatives by its values.
    #[must_use]
    pub const fn new(property: &'static str, mapping: &'static [(&'static str, usize)]) -> Self {
        Self { property, mapping }
    }
}

impl Schema {
    /// The schema that allows everything; generated tables write only what differs from it.
    pub const ANY: Self = Self {
        types: Types::ANY,
        nullable: false,
        format: None,
        enumeration: &[],
        minimum: None,
        maximum: None,
        multiple_of: None,
        min_length: None,
        max_length: None,
        pattern: None,
        items: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        properties: &[],
        required: &[],
        additional: Additional::Any,
        open: false,
        min_properties: None,
        max_properties: None,
        all_of: &[],
        any_of: &[],
        one_of: &[],
        not: None,
        discriminator: None,
        read_only: false,
        write_only: false,
        deprecated: false,
    };
    /// Every boolean.
    pub const BOOLEAN: Self = Self::of(Types::BOOLEAN);
    /// Every whole number.
    pub const INTEGER: Self = Self::of(Types::INTEGER);
    /// Every number.
    pub const NUMBER: Self = Self::of(Types::NUMBER);
    /// Every string.
    pub const STRING: Self = Self::of(Types::STRING);
    /// Every array.
    pub const ARRAY: Self = Self::of(Types::ARRAY);
    /// Every object.
    pub const OBJECT: Self = Self::of(Types::OBJECT);

    /// Every value of these types.
    #[must_use]
    pub const fn of(types: Types) -> Self {
        Self { types, ..Self::ANY }
    }

    /// `null` besides.
    #[must_use]
    pub const fn or_null(mut self) -> Self {
        self.types = self.types.or(Types::NULL);
        self
    }

    /// `null` besides, whatever else the schema says.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }

    /// No item twice.
    #[must_use]
    pub const fn unique_items(mut self) -> Self {
        self.unique_items = true;
        self
    }

    /// No other properties than those it names.
    #[must_use]
    pub const fn closed(self) -> Self {
        self.additional(Additional::Forbidden)
    }

    /// Any other properties besides, as the document says itself.
    #[must_use]
    pub const fn open(mut self) -> Self {
        self.open = true;
        self
    }

    /// Advised against.
    #[must_use]
    pub const fn deprecated(mut self) -> Self {
        self.deprecated = true;
        self
    }

    /// This number at least.
    #[must_use]
    pub const fn minimum(mut self, least: Literal) -> Self {
        self.minimum = Some(Bound::Inclusive(least));
        self
    }

    /// More than this number.
    #[must_use]
    pub const fn exclusive_minimum(mut self, bound: Literal) -> Self {
        self.minimum = Some(Bound::Exclusive(bound));
        self
    }

    /// This number at most.
    #[must_use]
    pub const fn maximum(mut self, most: Literal) -> Self {
        self.maximum = Some(Bound::Inclusive(most));
        self
    }

    /// Less than this number.
    #[must_use]
    pub const fn exclusive_maximum(mut self, bound: Literal) -> Self {
        self.maximum = Some(Bound::Exclusive(bound));
        self
    }

    /// Sent by the server only.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Sent by the client only.
    #[must_use]
    pub const fn write_only(mut self) -> Self {
        self.write_only = true;
        self
    }
}

/// For each keyword that is given by its value alone, what adds it to a schema.
macro_rules! keywords {
    ($($(#[$doc:meta])* $keyword:ident: $value:ty => $stored:expr;)*) => {
        impl Schema {$(
            $(#[$doc])*
            #[must_use]
            pub const fn $keyword(mut self, $keyword: $value) -> Self {
                self.$keyword = $stored;
                self
            }
        )*}
    };
}

keywords! {
    /// With a format that is checked.
    format: Format => Some(format);
    /// One of these values.
    enumeration: &'static [Literal] => enumeration;
    /// A multiple of this number.
    multiple_of: Literal => Some(multiple_of);
    /// This many characters at least.
    min_length: u64 => Some(min_length);
    /// This many characters at most.
    max_length: u64 => Some(max_length);
    /// With an occurrence of this pattern.
    pattern: &'static Pattern => Some(pattern);
    /// With items of this schema.
    items: usize => Some(items);
    /// This many items at least.
    min_items: u64 => Some(min_items);
    /// This many items at most.
    max_items: u64 => Some(max_items);
    /// With properties of these schemas.
    properties: &'static [(&'static str, usize)] => properties;
    /// With these properties always there.
    required: &'static [&'static str] => required;
    /// With these other properties: any, unless said otherwise.
    additional: Additional => additional;
    /// This many properties at least.
    min_properties: u64 => Some(min_properties);
    /// This many properties at most.
    max_properties: u64 => Some(max_properties);
    /// As all of these say.
    all_of: &'static [usize] => all_of;
    /// As at least one of these says.
    any_of: &'static [usize] => any_of;
    /// As exactly one of these says.
    one_of: &'static [usize] => one_of;
    /// Not as this one says.
    not: usize => Some(not);
    /// With a property that tells the alternatives apart.
    discriminator: Discriminator => Some(discriminator);
}
