//! What the layers around a router learn of a request.

use api_support::axum::body::Body;
use api_support::http::{Method, Request, StatusCode};
use api_support::operation::{Operation, Response};
use api_support::schema::SchemaTable;
use api_support::server::{Api, Failed, Input, IntoAnswer, Refusal, router};
use api_support::{Answer, Call, Outcome, Rejection, WireRules};
use tower::ServiceExt as _;

static SCHEMAS: SchemaTable = SchemaTable::new(&[], &[]);

/// Success travels as `default`.
static OPERATIONS: [Operation; 1] =
    [Operation::new("answer", "answer", Method::GET, "/")
        .responses(&[Response::default("The answer.", &[])])];

/// Answers with the status it is made with.
struct Answering(StatusCode);

struct Refused(Rejection);

impl IntoAnswer for Refused {
    fn into_answer(self) -> Answer {
        self.0.to_problem()
    }
}

impl Refusal for Refused {
    fn documented_as(&self) -> Option<(u16, Option<usize>)> {
        None
    }
}

impl Api for Answering {
    type Context = ();
    type Refusal = Refused;
    const WIRE: WireRules = WireRules::STRICT;

    fn operations() -> &'static [Operation] {
        &OPERATIONS
    }

    fn schemas() -> &'static SchemaTable {
        &SCHEMAS
    }

    fn authenticate(&self, _: &Call<'_>) -> Result<(), Rejection> {
        Ok(())
    }

    fn admit(&self, (): &(), _: &Call<'_>) -> Result<(), Refused> {
        Ok(())
    }

    fn reject(&self, _: Option<&()>, _: &Call<'_>, rejection: Rejection) -> Refused {
        Refused(rejection)
    }

    async fn handle(&self, _: usize, (): (), _: &Call<'_>, _: Input) -> Result<Answer, Failed<Refused>> {
        Ok(Answer::empty(self.0))
    }
}

#[tokio::test]
async fn an_error_is_not_documented_by_a_default_that_success_travels_as() {
    for (status, documented) in [(StatusCode::OK, true), (StatusCode::SERVICE_UNAVAILABLE, false)] {
        let request = Request::get("/").body(Body::empty()).unwrap();
        let response = router(Answering(status)).oneshot(request).await.unwrap();
        let outcome = response.extensions().get::<Outcome>().unwrap();
        assert_eq!((response.status(), outcome.documented), (status, documented));
    }
}
