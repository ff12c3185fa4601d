use std::sync::{Mutex, PoisonError};

use api_support::fake::{Chosen, FakeResponse};
use api_support::serde::Serialize;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;
use serde_json::Value;

/// A server of every fixture: it answers as the document's examples do and remembers the last body it was sent.
#[derive(Debug, Default)]
pub struct Faked {
    body: Mutex<Option<Value>>,
}

impl Faked {
    /// The last body a handler was given, written back as JSON.
    #[must_use]
    pub fn take_body(&self) -> Option<Value> {
        self.body.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(crate) fn record(&self, body: &impl Serialize) {
        let body = serde_json::to_value(body).expect("a model can be written");
        *self.body.lock().unwrap_or_else(PoisonError::into_inner) = Some(body);
    }
}

/// The answer success travels as.
pub(crate) fn respond<R: FakeResponse>() -> R {
    R::fake_response(Chosen::default(), &mut ChaCha8Rng::seed_from_u64(0)).expect("an answer can be made up")
}

/// Implements the trait of a fixture's module for [`Faked`]; what is listed are the operations that are served.
macro_rules! serve {
    ($module:ident, $api:ident, $credentials:ident, $refusal:ident;
     $($method:ident($request:ident $(, $body:ident)?) -> $response:ident;)*) => {
        impl $module::$api for Faked {
            type Context = ();
            type Error = std::convert::Infallible;

            fn authenticate(
                &self,
                call: &api_support::Call<'_>,
                credentials: $module::$credentials,
            ) -> Result<(), api_support::Rejection> {
                api_support::Credentials::require(&credentials, call.operation)
            }

            fn reject(
                &self,
                _: Option<&()>,
                _: &api_support::Call<'_>,
                rejection: api_support::Rejection,
            ) -> $module::$refusal {
                $module::$refusal::Undocumented(rejection.to_problem())
            }

            fn fail(&self, (): &(), _: &api_support::Call<'_>, error: Self::Error) -> $module::$refusal {
                match error {}
            }

            $(async fn $method(
                &self,
                (): (),
                request: $module::operations::$request,
            ) -> Result<$module::operations::$response, Self::Error> {
                $(self.record(&request.$body);)?
                let _ = request;
                Ok($crate::faked::respond())
            })*
        }
    };
}
pub(crate) use serve;
