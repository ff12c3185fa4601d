//! The run-time library of generated code: everything about serving an API that does not depend on its document.
//!
//! `openapi-codegen` turns a document into models, typed operations, a handler trait and tables; what those tables mean
//! is written here, by hand, once. A crate that includes generated code needs this crate and nothing else: every
//! path in generated code begins with `::api_support`.
//!
//! - [`schema`] and [`operation`]: the shapes of the generated tables;
//! - [`validation`]: JSON values against the schema table, with every violation named;
//! - [`WireRules`]: how forgiving a server is;
//! - [`server`]: the way of a request, from its path to the handler's answer;
//! - [`Rejection`]: why a request did not get there;
//! - [`fake`]: made-up values and answers.

pub mod credentials;
#[cfg(feature = "fake")]
pub mod fake;
mod field;
mod json_pointer;
mod model;
mod number;
pub mod operation;
mod rejection;
pub mod schema;
pub mod server;
mod string_enum;
mod union;
mod unknown_value;
pub mod validation;
mod wire;

/// The axum of the generated router. Its own server, `axum::serve`, comes with the feature `serve`.
pub use axum;
pub use bytes::Bytes;
pub use credentials::{Basic, Credential, Credentials};
pub use field::{Field, optional, required_nullable};
pub use http;
pub use indexmap::IndexMap;
pub use json_pointer::JsonPointer;
pub use model::{Model, Validate};
pub use number::{NotFinite, Number};
pub use operation::Operation;
pub use rejection::{Rejection, Unauthenticated, problem};
pub use serde;
pub use serde_json;
pub use serde_json::Value;
pub use server::{Call, Outcome, Refused, Step};
#[doc(hidden)]
pub use string_enum::one_of;
pub use union::pick;
pub use unknown_value::UnknownValue;
pub use validation::{Part, Received, Rule, Violation};
pub use wire::{
    Answer, BodyLimit, DecodedBody, DoubledMembers, EmptyValues, Opaque, PathChecks, Plus, Repeated,
    UntypedBodies, WireRules, essence, header_text, media_type_parameters,
};

/// Implements [`Model`], and `fake::Dummy` where this crate's feature `fake` is on, for generated types. Generated code
/// calls it, so that the feature is chosen here and the crate that includes the code needs none of its own.
#[macro_export]
macro_rules! models {
    ($table:path; $($model:ident = $schema:literal),* $(,)?) => {$(
        impl $crate::Model for $model {
            const SCHEMA: usize = $schema;

            fn table() -> &'static $crate::schema::SchemaTable {
                &$table
            }
        }

        $crate::dummy!($model);
    )*};
}

/// Implements `fake::Dummy` for a model; the part of [`models!`] that the feature `fake` decides.
#[cfg(feature = "fake")]
#[doc(hidden)]
#[macro_export]
macro_rules! dummy {
    ($model:ident) => {
        impl $crate::fake::Dummy<$crate::fake::Faker> for $model {
            fn dummy_with_rng<R: $crate::fake::RngExt + ?Sized>(
                _: &$crate::fake::Faker,
                mut rng: &mut R,
            ) -> Self {
                $crate::fake::model(&mut rng)
            }
        }
    };
}

/// Implements nothing; the part of [`models!`] that the feature `fake` decides.
#[cfg(not(feature = "fake"))]
#[doc(hidden)]
#[macro_export]
macro_rules! dummy {
    ($model:ident) => {};
}
