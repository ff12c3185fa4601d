/// The formats that are checked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the variants are the registry's own names")]
pub enum Format {
    Int32,
    Int64,
    Uint32,
    Uint64,
    DateTime,
    Date,
    Time,
    Uuid,
    Email,
    Uri,
    UriReference,
    Ipv4,
    Ipv6,
    Hostname,
    Byte,
}

impl Format {
    /// Every format that is checked.
    pub const ALL: [Self; 15] = [
        Self::Int32,
        Self::Int64,
        Self::Uint32,
        Self::Uint64,
        Self::DateTime,
        Self::Date,
        Self::Time,
        Self::Uuid,
        Self::Email,
        Self::Uri,
        Self::UriReference,
        Self::Ipv4,
        Self::Ipv6,
        Self::Hostname,
        Self::Byte,
    ];

    /// The word of `format`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Uint32 => "uint32",
            Self::Uint64 => "uint64",
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Time => "time",
            Self::Uuid => "uuid",
            Self::Email => "email",
            Self::Uri => "uri",
            Self::UriReference => "uri-reference",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::Hostname => "hostname",
            Self::Byte => "byte",
        }
    }

    /// The format a word names, if it is one that is checked.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.as_str() == word)
    }
}
