/// How forgiving a server is about the form of a request, where vendors differ. Strict unless said otherwise.
///
/// ```
/// use api_support::{Plus, WireRules};
///
/// const WIRE: WireRules = WireRules { plus: Plus::Literal, ..WireRules::STRICT };
/// assert!(!WIRE.any_content_type);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one independent leniency, set by name"
)]
pub struct WireRules {
    /// A parameter that takes one value and was sent several times.
    pub repeated: Repeated,
    /// A query parameter without a value (`page=`), for parameters that do not allow one. The members of an object
    /// that is spread over the query (`filter[name]=`, or exploded `name=`) are taken likewise.
    pub empty_values: EmptyValues,
    /// Whether booleans may be written `yes`, `no`, `y`, `n`, `on`, `off` and, where `null` is allowed, `none` and
    /// `null`, all in any case. Strict: `true` and `false`.
    pub lenient_booleans: bool,
    /// What `+` means in a query.
    pub plus: Plus,
    /// Whether a body whose `Content-Type` the operation does not document is read as its first documented media
    /// type. Strict: it is refused.
    pub any_content_type: bool,
    /// A body without a `Content-Type`, unless any is taken.
    pub untyped_bodies: UntypedBodies,
    /// A JSON body in which an object has several members of one name.
    pub doubled_members: DoubledMembers,
    /// Whether an absent body is read as `{}` where a JSON body is required.
    pub absent_body_is_object: bool,
    /// Whether an optional parameter that breaks a rule is dropped. Strict: the request is refused.
    pub drop_unusable_optional: bool,
    /// Whether a body that need not be sent and cannot be used counts as not sent: one that is not of a documented
    /// media type, cannot be parsed, or breaks a rule of its schema. Strict: the request is refused. A body that is too
    /// large always is.
    pub drop_unusable_optional_body: bool,
    /// Whether one slash at the end of a path is dropped where the path without it is documented.
    pub trailing_slash: bool,
    /// When path parameters are held against their schemas.
    pub path_checks: PathChecks,
}

impl WireRules {
    /// Nothing is forgiven but what servers hardly ever notice: a body that does not say what it is, and members of one
    /// name in an object.
    pub const STRICT: Self = Self {
        repeated: Repeated::Refuse,
        empty_values: EmptyValues::Keep,
        lenient_booleans: false,
        plus: Plus::Space,
        any_content_type: false,
        untyped_bodies: UntypedBodies::FirstDocumented,
        doubled_members: DoubledMembers::LastCounts,
        absent_body_is_object: false,
        drop_unusable_optional: false,
        drop_unusable_optional_body: false,
        trailing_slash: false,
        path_checks: PathChecks::BeforeAdmission,
    };
}

/// What becomes of a parameter that takes one value and was sent several times.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Repeated {
    /// The request is refused.
    Refuse,
    /// The first counts.
    First,
    /// The last counts.
    Last,
}

/// What becomes of a query parameter without a value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EmptyValues {
    /// It has the empty string as its value.
    Keep,
    /// It counts as not sent.
    Absent,
}

/// What a body without a `Content-Type` is taken for; RFC 9110, section 8.3, leaves that to the server.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum UntypedBodies {
    /// It is read as the first media type that the operation documents.
    FirstDocumented,
    /// The request is refused.
    Refuse,
}

/// What becomes of several members of one name in a JSON object; RFC 8259, section 4, leaves that to the server.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum DoubledMembers {
    /// The last one counts, and nobody hears of the others.
    LastCounts,
    /// The request is refused.
    Refuse,
}

/// What `+` means in a query.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Plus {
    /// A space, as in forms.
    Space,
    /// Itself, as in RFC 3986.
    Literal,
}

/// When path parameters are held against their schemas: vendors differ in whether a malformed id is noticed before
/// or after the resource above it is looked up.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum PathChecks {
    /// After authentication, before `admit`.
    BeforeAdmission,
    /// After `admit`, with the query.
    AfterAdmission,
}
