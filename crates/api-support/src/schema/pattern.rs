use std::sync::OnceLock;

/// A regular expression of a document, compiled when first used.
#[derive(Debug)]
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Option<regress::Regex>>,
}

impl Pattern {
    /// A pattern from its source; the generator reports those that do not compile, and they then allow everything.
    #[must_use]
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// The source, as the document has it.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        self.source
    }

    /// Whether the pattern occurs in the text.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| compile_pattern(self.source).ok())
            .as_ref()
            .is_none_or(|regex| regex.find(text).is_some())
    }
}

/// Compiles an ECMA-262 regular expression the way [`Pattern`] does: with the `u` flag, as JSON Schema asks, and
/// without it when the expression is only valid so (needless escapes are common).
///
/// # Errors
/// When the expression is not one of ECMA-262.
pub fn compile_pattern(source: &str) -> Result<regress::Regex, regress::Error> {
    regress::Regex::with_flags(source, "u").or_else(|_| regress::Regex::new(source))
}
