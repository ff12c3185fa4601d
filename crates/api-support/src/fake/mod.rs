//! Made-up values within the constraints of a schema, and made-up answers.
//!
//! Values are drawn from the random number generator the caller passes, so equal seeds give equal values.

mod answer;
mod merged;
mod seeded;
mod text;
mod value;

pub use ::fake::{Dummy, Fake, Faker};
pub use answer::{Chosen, FakeBody, FakeHeaders, FakeResponse, Making, Table, answer};
pub use rand::{Rng, RngExt};
pub use seeded::seeded;
pub use value::{model, value};
