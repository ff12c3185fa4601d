/// The longest document that is read, in bytes. The largest published API descriptions have some ten million.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;

/// How deeply lists and mappings may nest, what aliases bring in included. Everything that walks a document
/// recurses at most this deep.
pub const MAX_DEPTH: usize = 100;

/// How many values a document may have.
pub const MAX_NODES: usize = 2_000_000;

/// How many values aliases may repeat.
pub const MAX_ALIAS_NODES: usize = 100_000;

/// How many bytes of text aliases may repeat.
pub const MAX_ALIAS_TEXT: usize = 16 * 1024 * 1024;
