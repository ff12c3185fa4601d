use super::kind::Kind;

/// Whether a keyword came with OpenAPI 3.1, so that its writer may think it has an effect.
pub(super) fn is_of_31(kind: Kind, keyword: &str) -> bool {
    kind == Kind::Schema && SCHEMA_KEYWORDS_OF_31.contains(&keyword)
        || OTHER_KEYWORDS_OF_31.contains(&(kind, keyword))
}

const SCHEMA_KEYWORDS_OF_31: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$schema",
    "$vocabulary",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "examples",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

const OTHER_KEYWORDS_OF_31: &[(Kind, &str)] = &[
    (Kind::Root, "webhooks"),
    (Kind::Root, "jsonSchemaDialect"),
    (Kind::Info, "summary"),
    (Kind::License, "identifier"),
    (Kind::Components, "pathItems"),
];
