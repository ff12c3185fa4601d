use std::marker::PhantomData;
use std::sync::Arc;

use api_support::fake::{Chosen, Dummy, Fake as _, FakeResponse, Faker, Rng};
use api_support::schema::SchemaTable;
use api_support::server::IntoAnswer;
use api_support::{Answer, Model, Operation, axum::Router};
use serde_json::Value;

use crate::Faked;

/// What was generated from one document.
#[derive(Debug)]
pub struct Fixture {
    /// The document's name: that of its file, without extension.
    pub name: &'static str,
    /// The operation table.
    pub operations: &'static [Operation],
    /// The schema table.
    pub schemas: &'static SchemaTable,
    /// The path of its first server.
    pub base_path: &'static str,
    /// A router that serves it.
    pub router: fn(Arc<Faked>) -> Router,
    /// For each operation that is served, by id: its answers.
    pub answers: &'static [(&'static str, Answering)],
    /// The types that stand for a schema.
    pub models: &'static [ModelEntry],
}

/// Makes a documented answer of an operation, by way of its response enum.
pub type Answering = fn(Chosen<'_>, &mut dyn Rng) -> Option<Answer>;

/// The [`Answering`] of a response enum.
pub fn answer<R: FakeResponse + IntoAnswer>(chosen: Chosen<'_>, rng: &mut dyn Rng) -> Option<Answer> {
    R::fake_response(chosen, rng).map(IntoAnswer::into_answer)
}

/// A type that stands for a schema, without its type.
#[derive(Clone, Copy, Debug)]
pub struct ModelEntry {
    /// Its name.
    pub name: &'static str,
    /// Its schema in the table.
    pub schema: usize,
    /// Reads a value and writes it back.
    pub round_trip: fn(&Value) -> Result<Value, serde_json::Error>,
    /// Makes a value up and writes it.
    pub make_up: fn(&mut dyn Rng) -> Value,
}

/// Makes the [`ModelEntry`] of a type.
#[derive(Debug)]
pub struct ModelOf<T>(PhantomData<T>);

impl<T: Model + Dummy<Faker>> ModelOf<T> {
    /// The entry, under the type's name.
    #[must_use]
    pub const fn entry(name: &'static str) -> ModelEntry {
        ModelEntry {
            name,
            schema: T::SCHEMA,
            round_trip: Self::round_trip,
            make_up: Self::make_up,
        }
    }

    fn round_trip(value: &Value) -> Result<Value, serde_json::Error> {
        serde_json::to_value(serde_json::from_value::<T>(value.clone())?)
    }

    fn make_up(mut rng: &mut dyn Rng) -> Value {
        serde_json::to_value(Faker.fake_with_rng::<T, _>(&mut rng)).expect("a model can be written")
    }
}
