//! What the generated code says: names settled, presence and boxing decided, every reference resolved. Inert data.

use indexmap::IndexMap;
use serde_json::Value;

/// Everything that is emitted for one document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Api {
    /// The document's file name, for the header of the generated file.
    pub(crate) source: String,
    /// The API's name in upper camel case: `Clerk` of `ClerkApi`.
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) base_path: String,
    pub(crate) types: Vec<TypeDef>,
    /// The schema table, in its order.
    pub(crate) schemas: Vec<SchemaNode>,
    /// Names of the document's components and their positions in the table.
    pub(crate) components: Vec<(String, usize)>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) header_sets: Vec<HeaderSet>,
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) refusals: Vec<Refusal>,
    /// Whether responses can be made up.
    pub(crate) fakes: bool,
}

/// A type of the module `models`, or a body with several media types in `operations`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypeDef {
    pub(crate) ident: String,
    pub(crate) doc: String,
    pub(crate) deprecated: bool,
    /// Its schema's position in the table.
    pub(crate) schema: usize,
    pub(crate) kind: TypeKind,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TypeKind {
    Struct(Struct),
    StringEnum(Vec<EnumVariant<String>>),
    IntegerEnum(Vec<EnumVariant<i64>>),
    Union(Vec<UnionVariant>),
    /// An array or a map with a name of its own.
    Newtype(TypeRef),
    /// A scalar with a name of its own.
    Alias(TypeRef),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// The type of members the document does not name, where it allows them by name.
    pub(crate) additional: Option<Additional>,
    /// Whether other members are refused.
    pub(crate) closed: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Additional {
    pub(crate) ident: String,
    pub(crate) ty: TypeRef,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) ident: String,
    pub(crate) wire: String,
    pub(crate) doc: String,
    pub(crate) deprecated: bool,
    pub(crate) ty: TypeRef,
    pub(crate) presence: Presence,
}

/// Whether a member may be missing, and whether it may be `null`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Presence {
    Required,
    Optional,
    Nullable,
    OptionalNullable,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EnumVariant<T> {
    pub(crate) ident: String,
    pub(crate) value: T,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct UnionVariant {
    pub(crate) ident: String,
    pub(crate) doc: String,
    pub(crate) ty: TypeRef,
    /// The alternative's position in the table.
    pub(crate) schema: usize,
}

/// A Rust type.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum TypeRef {
    Bool,
    I32,
    I64,
    U32,
    U64,
    Number,
    String,
    /// Any JSON value.
    Value,
    List(Box<Self>),
    Map(Box<Self>),
    /// `Option`, where `null` is allowed but absence is not a question.
    Nullable(Box<Self>),
    Boxed(Box<Self>),
    /// A type of the module `models`, by position.
    Named(usize),
    /// Bytes with their media type.
    Opaque,
    /// A generated type of the module `operations`, by name.
    Operation(String),
}

/// One entry of the schema table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SchemaNode {
    /// Empty: every type.
    pub(crate) types: Vec<&'static str>,
    /// Whether `null` passes whatever else the schema says.
    pub(crate) nullable: bool,
    pub(crate) format: Option<&'static str>,
    pub(crate) enumeration: Vec<Value>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    pub(crate) multiple_of: Option<Value>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) pattern: Option<String>,
    pub(crate) items: Option<usize>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) unique_items: bool,
    pub(crate) properties: IndexMap<String, usize>,
    pub(crate) required: Vec<String>,
    pub(crate) additional: AdditionalSchema,
    /// Whether the document itself says that other properties may be anything.
    pub(crate) open: bool,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    pub(crate) all_of: Vec<usize>,
    pub(crate) any_of: Vec<usize>,
    pub(crate) one_of: Vec<usize>,
    pub(crate) not: Option<usize>,
    pub(crate) discriminator: Option<(String, Vec<(String, usize)>)>,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    pub(crate) deprecated: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Bound {
    Inclusive(Value),
    Exclusive(Value),
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) enum AdditionalSchema {
    #[default]
    Any,
    Forbidden,
    Schema(usize),
}

/// One operation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Operation {
    pub(crate) id: String,
    /// The trait's method.
    pub(crate) method_ident: String,
    pub(crate) request_ident: String,
    pub(crate) response_ident: String,
    pub(crate) verb: &'static str,
    pub(crate) path: String,
    pub(crate) summary: String,
    pub(crate) doc: String,
    pub(crate) tags: Vec<String>,
    pub(crate) deprecated: bool,
    pub(crate) addition: Option<String>,
    pub(crate) has_effects: bool,
    pub(crate) security: Vec<Vec<(String, Vec<String>)>>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<RequestBody>,
    pub(crate) responses: Vec<Response>,
    /// Why it is not emitted; its parameters, body and responses are then empty.
    pub(crate) skipped: Option<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) ident: String,
    pub(crate) wire: String,
    pub(crate) location: &'static str,
    pub(crate) doc: String,
    pub(crate) deprecated: bool,
    pub(crate) required: bool,
    pub(crate) allow_empty: bool,
    pub(crate) schema: usize,
    pub(crate) serialization: Serialization,
    pub(crate) default: Option<Value>,
    /// As JSON text.
    pub(crate) example: Option<String>,
    pub(crate) ty: TypeRef,
    /// Whether the field is an `Option`.
    pub(crate) optional: bool,
}

#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Serialization {
    /// A style, by the name of its variant, and whether it explodes.
    Style(&'static str, bool),
    Json,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RequestBody {
    pub(crate) required: bool,
    pub(crate) doc: String,
    pub(crate) content: Content,
}

/// The media types of a body.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Content {
    /// The enum over several media types; `None` where there is one.
    pub(crate) ident: Option<String>,
    pub(crate) media: Vec<MediaType>,
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct MediaType {
    pub(crate) media_type: String,
    /// The variant of the content's enum.
    pub(crate) ident: String,
    pub(crate) encoding: Encoding,
    pub(crate) ty: TypeRef,
    pub(crate) schema: Option<usize>,
    /// By name, as JSON text.
    pub(crate) examples: Vec<(String, String)>,
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Encoding {
    Json,
    /// With the properties that are not written in the form's usual way.
    Form(Vec<(String, Serialization)>),
    Text,
    Bytes,
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Response {
    pub(crate) status: Status,
    /// The variant of the response enum.
    pub(crate) ident: String,
    pub(crate) description: String,
    pub(crate) addition: Option<String>,
    /// `None`: no body.
    pub(crate) content: Option<Content>,
    pub(crate) headers: Vec<Header>,
    /// The position of the headers' struct.
    pub(crate) header_set: Option<usize>,
}

/// The statuses a response documents.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(crate) enum Status {
    Code(u16),
    Range(u8),
    Default,
}

#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) addition: Option<String>,
    pub(crate) schema: usize,
    pub(crate) serialization: Serialization,
    /// As JSON text.
    pub(crate) example: Option<String>,
}

/// A struct of typed response headers, shared by every response that has the same ones.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HeaderSet {
    pub(crate) ident: String,
    pub(crate) fields: Vec<HeaderField>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HeaderField {
    pub(crate) ident: String,
    pub(crate) wire: String,
    pub(crate) doc: String,
    pub(crate) required: bool,
    pub(crate) serialization: Serialization,
    pub(crate) ty: TypeRef,
}

/// One security scheme: a field of the credentials.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scheme {
    pub(crate) name: String,
    pub(crate) ident: String,
    pub(crate) doc: String,
    pub(crate) kind: SchemeKind,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum SchemeKind {
    Bearer,
    Basic,
    Http(String),
    HeaderKey(String),
    QueryKey(String),
    CookieKey(String),
}

/// One error answer that the API documents anywhere.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) ident: String,
    pub(crate) status: Status,
    pub(crate) content: Option<Content>,
    pub(crate) header_set: Option<usize>,
    /// The operations that document it, by the trait's method.
    pub(crate) operations: Vec<String>,
}
