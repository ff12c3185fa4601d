use super::Fault;

impl Fault {
    /// What to write beside the place, in a few words.
    pub(super) fn label(&self) -> Option<&'static str> {
        Some(match self {
            Self::YamlSyntax { .. } | Self::JsonSyntax { .. } => "reading stopped here",
            Self::SeveralDocuments => "the second one begins here",
            Self::DuplicateKey { .. } | Self::DuplicateEnumValue { .. } => "and again here",
            Self::DuplicateParameter { .. } | Self::DuplicateHeader { .. } => "the second one",
            Self::DuplicateOperationId { .. } => "and here again",
            Self::TooDeep { .. } => "the limit is passed here",
            Self::TooManyValues { .. } | Self::AliasExpansion { .. } => "the limit is passed in this",
            Self::AliasOfItself => "this alias",
            Self::Swagger { .. } | Self::VersionNotReadYet { .. } | Self::UnknownVersion { .. } => "not 3.0",
            Self::UnknownKeyword { .. } => "not known here",
            Self::KeywordOf31 { .. } | Self::BesideReference { .. } => "has no effect",
            Self::WrongType { expected, .. } => expected_label(expected),
            Self::MissingKeyword { .. } => "in this object",
            Self::DanglingReference { .. } => "leads nowhere",
            Self::ExternalReference { .. } => "another document",
            Self::ReferenceCycle { .. } | Self::EndlessAllOf => "leads back here",
            Self::ReferenceToOtherKind { .. } => "another kind of object",
            Self::SameRoute { .. } => "this operation",
            Self::PathParameterNotDeclared { .. } => "this operation does not declare it",
            Self::PathParameterNotInTemplate { .. } => "not in the path",
            Self::PathParameterNotRequired { .. } => "must be required",
            Self::HeaderIgnored { .. } | Self::CallbacksIgnored | Self::ServersIgnored | Self::XmlIgnored => {
                "ignored"
            }
            Self::UnknownSecurityScheme { .. } | Self::UnknownServerVariable { .. } => "not declared",
            Self::UnknownType { .. } | Self::UnknownLocation { .. } | Self::UnknownSecurityType { .. } => {
                "not one of them"
            }
            Self::StyleNotAllowed { .. } => "not allowed here",
            Self::ReadOnlyAndWriteOnly | Self::SchemaAndContent | Self::ExampleAndExamples => "this one",
            Self::EmptyRange { .. } => "this lower bound",
            Self::EnumValueOfOtherType { .. } | Self::ExternalExample | Self::ExampleWithoutValue => {
                "left out"
            }
            Self::DefaultRefused { .. } | Self::ExampleRefused { .. } | Self::EnumValueRefused { .. } => {
                "refused"
            }
            Self::EmptyDocument | Self::TooLong { .. } => return None,
            _ => "here",
        })
    }
}

fn expected_label(expected: &str) -> &'static str {
    match expected {
        "text" => "must be a text",
        "`true` or `false`" => "must be true or false",
        "a number" => "must be a number",
        "a whole number" => "must be a whole number",
        "a list" => "must be a list",
        "an object" => "must be an object",
        _ => "here",
    }
}
