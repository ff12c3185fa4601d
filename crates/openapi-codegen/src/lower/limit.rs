use openapi_model::Pointer;

/// Something of a document that the generated code cannot carry over exactly. All are warnings; a strict build
/// refuses them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Limit {
    pub(crate) pointer: Pointer,
    pub(crate) kind: LimitKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum LimitKind {
    /// The operation is not emitted and answers 501.
    OperationSkipped { operation: String, reason: SkipReason },
    /// One media type of several is not emitted.
    MediaTypeLeftOut { media_type: String, reason: SkipReason },
    /// Every request that is of this media type is of another one too, which stands before it.
    MediaTypeNeverChosen { media_type: String, other: String },
    /// The regular expression is not one of ECMA-262.
    PatternNotEnforced { pattern: String, reason: String },
    /// The schema has no Rust type of its own.
    Untyped { reason: &'static str },
    /// A discriminator of a base schema leaves open what one value of its property stands for.
    UnmappedTag {
        schema: String,
        property: String,
        value: String,
    },
    /// Two templates differ only in the names of their parameters.
    SameShape { path: String, other: String },
    /// Two templates match common paths, and neither is more specific everywhere.
    Overlapping { path: String, other: String },
    /// A segment mixes text and parameters.
    MixedSegment { path: String },
}

/// Why an operation or a media type is not emitted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum SkipReason {
    MultipartRequest,
    MultipartResponse,
    StreamedRequest,
    StreamedResponse,
}

impl SkipReason {
    /// Every reason there is.
    pub(crate) const ALL: [Self; 4] = [
        Self::MultipartRequest,
        Self::MultipartResponse,
        Self::StreamedRequest,
        Self::StreamedResponse,
    ];

    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Self::MultipartRequest => "multipart request bodies are not read yet",
            Self::MultipartResponse => "multipart response bodies are not written yet",
            Self::StreamedRequest => "streamed request bodies are not read yet",
            Self::StreamedResponse => "streamed response bodies are not written yet",
        }
    }
}

impl Limit {
    /// Every code that [`code`](Self::code) can give.
    pub(crate) const CODES: [&'static str; 9] = [
        "codegen::operation_skipped",
        "codegen::media_type_left_out",
        "codegen::media_type_never_chosen",
        "codegen::pattern_not_enforced",
        "codegen::untyped",
        "codegen::unmapped_discriminator_value",
        "codegen::same_shape_paths",
        "codegen::overlapping_paths",
        "codegen::mixed_path_segment",
    ];

    pub(crate) fn new(pointer: &Pointer, kind: LimitKind) -> Self {
        Self {
            pointer: pointer.clone(),
            kind,
        }
    }

    /// The stable code of the diagnostic.
    pub(crate) fn code(&self) -> &'static str {
        match self.kind {
            LimitKind::OperationSkipped { .. } => "codegen::operation_skipped",
            LimitKind::MediaTypeLeftOut { .. } => "codegen::media_type_left_out",
            LimitKind::MediaTypeNeverChosen { .. } => "codegen::media_type_never_chosen",
            LimitKind::PatternNotEnforced { .. } => "codegen::pattern_not_enforced",
            LimitKind::Untyped { .. } => "codegen::untyped",
            LimitKind::UnmappedTag { .. } => "codegen::unmapped_discriminator_value",
            LimitKind::SameShape { .. } => "codegen::same_shape_paths",
            LimitKind::Overlapping { .. } => "codegen::overlapping_paths",
            LimitKind::MixedSegment { .. } => "codegen::mixed_path_segment",
        }
    }

    pub(crate) fn message(&self) -> String {
        match &self.kind {
            LimitKind::OperationSkipped { operation, reason } => {
                format!("operation `{operation}` is skipped: {}", reason.sentence())
            }
            LimitKind::MediaTypeLeftOut { media_type, reason } => {
                format!("media type `{media_type}` is left out: {}", reason.sentence())
            }
            LimitKind::MediaTypeNeverChosen { media_type, other } => {
                format!("no request is read as `{media_type}`: `{other}` means the same and stands before it")
            }
            LimitKind::PatternNotEnforced { pattern, .. } => {
                format!("the pattern `{pattern}` is not enforced")
            }
            LimitKind::Untyped { .. } => "this schema becomes any JSON value in Rust".to_owned(),
            LimitKind::UnmappedTag {
                schema,
                property,
                value,
            } => {
                format!("`{schema}` does not say which schema it is when its `{property}` is `{value}`")
            }
            LimitKind::SameShape { path, other } => {
                format!(
                    "`{path}` and `{other}` match the same paths and differ only in the names of their parameters"
                )
            }
            LimitKind::Overlapping { path, other } => format!("some paths match both `{path}` and `{other}`"),
            LimitKind::MixedSegment { path } => format!("`{path}` mixes text and parameters in one segment"),
        }
    }

    pub(crate) fn label(&self) -> String {
        match &self.kind {
            LimitKind::OperationSkipped { .. } => "this operation answers 501".to_owned(),
            LimitKind::MediaTypeLeftOut { .. } => "not emitted".to_owned(),
            LimitKind::MediaTypeNeverChosen { .. } => "never chosen".to_owned(),
            LimitKind::PatternNotEnforced { reason, .. } => reason.clone(),
            LimitKind::Untyped { reason } => (*reason).to_owned(),
            LimitKind::UnmappedTag { schema, .. } => {
                format!("`{schema}` stays one struct, with a map of the members it does not name")
            }
            LimitKind::SameShape { .. } => "served as one path".to_owned(),
            LimitKind::Overlapping { .. } => "overlaps".to_owned(),
            LimitKind::MixedSegment { .. } => "matched after the other segments".to_owned(),
        }
    }

    pub(crate) fn help(&self) -> &'static str {
        match self.kind {
            LimitKind::OperationSkipped { .. } => "the other operations of the document are emitted as usual",
            LimitKind::MediaTypeLeftOut { .. } => "the other media types of this body are emitted",
            LimitKind::MediaTypeNeverChosen { .. } => {
                "media types of one name are told apart by their parameters, such as `; v=2`"
            }
            LimitKind::PatternNotEnforced { .. } => {
                "write the pattern as ECMA-262 has it; until then every text passes"
            }
            LimitKind::Untyped { .. } => "values are still held against every rule of the schema",
            LimitKind::UnmappedTag { .. } => {
                "name a schema for every value of the property in `mapping`; it then becomes an enum of them"
            }
            LimitKind::SameShape { .. } => {
                "each method keeps its own parameter names; give both paths the same ones to be clear"
            }
            LimitKind::Overlapping { .. } => {
                "segments are compared from the left, fixed text before mixed text before a parameter; the first that \
                 matches is taken"
            }
            LimitKind::MixedSegment { .. } => {
                "a parameter ends where the text after it first occurs; a path without parameters in that place goes first"
            }
        }
    }
}
