use std::borrow::Cow;
use std::ops::Range;

use crate::model::Pointer;

/// One finding about a document.
///
/// Other crates add their own, under codes of their own:
///
/// ```
/// use openapi_model::{Diagnostic, Pointer};
///
/// let pointer = Pointer::root().join("paths").join("/a");
/// let finding = Diagnostic::error("codegen::name_taken", &pointer, "two paths would have the same name")
///     .at_key()
///     .label("this one")
///     .help("give one of them an `x-rust-name`");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Diagnostic {
    pub(crate) code: Cow<'static, str>,
    pub(crate) severity: Severity,
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) label: Option<String>,
    pub(crate) help: Option<String>,
    pub(crate) related: Vec<(Place, String)>,
}

/// Whether a finding makes a document unusable.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Severity {
    /// It does.
    Error,
    /// It does not, but something is probably not meant this way.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Which half of a `key: value` a finding is about.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Anchor {
    /// The key; of an item in a list, the item.
    Key,
    /// The value; of a value that spans lines, its key.
    Value,
}

/// Where a finding is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Place {
    /// At a place of the document; the bytes are looked up when the report is shown.
    Pointer(Pointer, Anchor),
    /// At bytes of the text, while it is not known yet what they mean.
    Span(Range<usize>),
}

impl Diagnostic {
    /// An error at the value a pointer names. The message is one sentence, without a full stop.
    pub fn error(code: impl Into<Cow<'static, str>>, pointer: &Pointer, message: impl Into<String>) -> Self {
        Self::new(
            code,
            Severity::Error,
            Place::Pointer(pointer.clone(), Anchor::Value),
            message,
        )
    }

    /// A warning at the value a pointer names.
    pub fn warning(
        code: impl Into<Cow<'static, str>>,
        pointer: &Pointer,
        message: impl Into<String>,
    ) -> Self {
        Self::new(
            code,
            Severity::Warning,
            Place::Pointer(pointer.clone(), Anchor::Value),
            message,
        )
    }

    pub(crate) fn new(
        code: impl Into<Cow<'static, str>>,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
    ) -> Self {
        let (code, message) = (code.into(), message.into());
        Self {
            code,
            severity,
            place,
            message,
            label: None,
            help: None,
            related: Vec::new(),
        }
    }

    /// Points at the key instead of the value.
    #[must_use]
    pub fn at_key(mut self) -> Self {
        if let Place::Pointer(_, anchor) = &mut self.place {
            *anchor = Anchor::Key;
        }
        self
    }

    /// What to write beside the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Shows a second place, by its key.
    #[must_use]
    pub fn also(mut self, pointer: &Pointer, label: impl Into<String>) -> Self {
        self.related
            .push((Place::Pointer(pointer.clone(), Anchor::Key), label.into()));
        self
    }

    pub(crate) fn also_at_span(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.related.push((Place::Span(span), label.into()));
        self
    }

    /// The stable name of the kind of finding: `spec::unknown_keyword`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// How grave it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The place as a JSON pointer; none when the text could not be parsed so far.
    #[must_use]
    pub fn pointer(&self) -> Option<&Pointer> {
        match &self.place {
            Place::Pointer(pointer, _) => Some(pointer),
            Place::Span(_) => None,
        }
    }

    /// What was found, in one sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it, where that is known.
    #[must_use]
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref()
    }
}
