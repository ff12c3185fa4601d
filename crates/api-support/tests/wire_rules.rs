//! What each leniency changes, by requests to a router.

use api_support::axum::body::Body;
use api_support::http::{Request, StatusCode};
use api_support::operation::{
    Encoding, Location, MediaType, Operation, Parameter, RequestBody, Serialization, Style,
};
use api_support::schema::{Schema, SchemaTable, Types};
use api_support::server::{Api, Failed, Input, IntoAnswer, Refusal, router};
use api_support::{Answer, Call, EmptyValues, Outcome, Rejection, Repeated, Value, WireRules};
use tower::ServiceExt as _;

static SCHEMAS: SchemaTable = SchemaTable {
    schemas: &[
        Schema {
            types: Types::OBJECT,
            properties: &[("name", 1), ("tags", 2), ("size", 3)],
            ..Schema::ANY
        },
        Schema {
            types: Types::STRING,
            ..Schema::ANY
        },
        Schema {
            types: Types::ARRAY,
            items: Some(1),
            ..Schema::ANY
        },
        Schema {
            types: Types::INTEGER,
            ..Schema::ANY
        },
    ],
    components: &[],
};

const JSON: MediaType = MediaType {
    media_type: "application/json",
    encoding: Encoding::Json,
    schema: Some(0),
    examples: &[],
};

const fn parameter(name: &'static str, style: Style) -> Parameter {
    Parameter {
        name,
        location: Location::Query,
        required: false,
        deprecated: false,
        allow_empty: false,
        schema: 0,
        serialization: Serialization::Style { style, explode: true },
        default: None,
        example: None,
    }
}

const fn operation(path: &'static str, body_required: bool) -> Operation {
    Operation {
        id: "echo",
        name: "echo",
        method: api_support::http::Method::POST,
        path,
        tags: &[],
        summary: "",
        deprecated: false,
        addition: None,
        has_effects: true,
        security: &[],
        parameters: const {
            &[
                parameter("deep", Style::DeepObject),
                parameter("spread", Style::Form),
            ]
        },
        request_body: Some(RequestBody {
            required: body_required,
            content: &[JSON],
        }),
        responses: &[],
        skipped: None,
    }
}

static OPERATIONS: [Operation; 2] = [operation("/optional", false), operation("/required", true)];

/// Answers with what it was given: the two parameters and the body.
struct Echo<const LENIENT: bool>;

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

impl<const LENIENT: bool> Api for Echo<LENIENT> {
    type Context = ();
    type Refusal = Refused;
    const WIRE: WireRules = if LENIENT {
        WireRules {
            empty_values: EmptyValues::Absent,
            repeated: Repeated::Last,
            drop_unusable_optional_body: true,
            ..WireRules::STRICT
        }
    } else {
        WireRules::STRICT
    };

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

    async fn handle(
        &self,
        _: usize,
        (): (),
        _: &Call<'_>,
        mut input: Input,
    ) -> Result<Answer, Failed<Refused>> {
        let mut parameter = |position| input.parameter::<Value>(position).map_err(Failed::Rejected);
        let parameters = [parameter(0)?, parameter(1)?];
        let body = match input.media_type() {
            Some(_) => input.body().map_err(Failed::Rejected)?,
            None => Value::from("none"),
        };
        let [deep, spread] = parameters;
        Ok(Answer::json(
            StatusCode::OK,
            "application/json",
            &Value::from_iter([("deep", deep), ("spread", spread), ("body", body)]),
        ))
    }
}

/// The status and what was answered.
async fn send(lenient: bool, target: &str, media_type: &str, body: &str) -> (u16, Value) {
    let request = Request::post(target)
        .header("content-type", media_type)
        .body(Body::from(body.to_owned()))
        .unwrap();
    let router = if lenient {
        router(Echo::<true>)
    } else {
        router(Echo::<false>)
    };
    let response = router.oneshot(request).await.unwrap();
    assert!(response.extensions().get::<Outcome>().is_some());
    let status = response.status().as_u16();
    let bytes = api_support::axum::body::to_bytes(response.into_body(), 10_000)
        .await
        .unwrap();
    (status, api_support::serde_json::from_slice(&bytes).unwrap())
}

/// What is answered to a query, without a body; the rule and place of the first violation where it is refused.
async fn query(lenient: bool, query: &str) -> (u16, String) {
    let (status, answer) = send(lenient, &format!("/optional?{query}"), "application/json", "").await;
    let said = match answer.get("violations") {
        Some(violations) => format!(
            "{} {}",
            text(&violations[0]["pointer"]),
            text(&violations[0]["rule"])
        ),
        None => format!("{} {}", answer["deep"], answer["spread"]),
    };
    (status, said)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[tokio::test]
async fn members_of_a_spread_object_are_read_by_their_schemas() {
    let cases = [
        ("deep[name]=a&deep[size]=2", r#"{"name":"a","size":2} null"#),
        (
            "deep[tags]=a&deep[name]=b&deep[tags]=c",
            r#"{"tags":["a","c"],"name":"b"} null"#,
        ),
        ("deep%5Btags%5D=a,b", r#"{"tags":["a,b"]} null"#),
        ("deep[other]=1", r#"{"other":"1"} null"#),
        ("deeper[name]=a&deep=", "null null"),
        ("tags=a&tags=b&size=3", r#"null {"tags":["a","b"],"size":3}"#),
    ];
    for (sent, read) in cases {
        assert_eq!(query(false, sent).await, (200, read.to_owned()), "{sent}");
    }
}

#[tokio::test]
async fn what_a_deep_object_has_no_form_for_is_refused_by_name() {
    let cases = [
        ("deep[tags][]=a", "/deep syntax"),
        ("deep[name][first]=a", "/deep syntax"),
        ("deep[]=a", "/deep syntax"),
        ("deep[name=a", "/deep syntax"),
        ("deep=a", "/deep syntax"),
        ("deep[name]=a&deep[name]=b", "/deep repeated"),
        ("name=a&name=b", "/spread repeated"),
    ];
    for (sent, refusal) in cases {
        assert_eq!(query(false, sent).await, (400, refusal.to_owned()), "{sent}");
    }
    let (_, answer) = send(false, "/optional?deep[name][first]=a", "application/json", "").await;
    let detail = text(&answer["detail"]);
    assert!(
        detail.contains("`deep`") && detail.contains("deep[name][first]=a"),
        "{detail}"
    );
}

#[tokio::test]
async fn members_without_a_value_count_as_empty_texts_unless_the_server_says_otherwise() {
    let sent = "deep[name]=&deep[tags]=&deep[tags]=a&name=";
    let strict = r#"{"name":"","tags":["","a"]} {"name":""}"#;
    assert_eq!(query(false, sent).await, (200, strict.to_owned()));
    assert_eq!(
        query(true, sent).await,
        (200, r#"{"tags":["a"]} null"#.to_owned())
    );
    assert_eq!(
        query(true, "deep[name]=&size=").await,
        (200, "null null".to_owned())
    );
}

#[tokio::test]
async fn a_repeated_member_counts_as_a_repeated_parameter_does() {
    let sent = "deep[name]=a&deep[name]=b&name=c&name=d";
    assert_eq!(
        query(true, sent).await,
        (200, r#"{"name":"b"} {"name":"d"}"#.to_owned())
    );
}

/// Bodies that cannot be used, each for another reason, and the status they are refused with.
const UNUSABLE: [(&str, &str, u16); 4] = [
    ("application/json", "{\"name\":", 400),
    ("application/json", "{\"name\":1}", 400),
    ("application/json", "[]", 400),
    ("text/plain", "hello", 415),
];

#[tokio::test]
async fn an_optional_body_that_cannot_be_used_counts_as_absent_where_the_server_says_so() {
    for (media_type, body, status) in UNUSABLE {
        assert_eq!(
            send(false, "/optional", media_type, body).await.0,
            status,
            "{body}"
        );
        let (accepted, answer) = send(true, "/optional", media_type, body).await;
        assert_eq!((accepted, text(&answer["body"])), (200, "none"), "{body}");
    }
    let (status, answer) = send(true, "/optional", "application/json", "{\"name\":\"a\"}").await;
    assert_eq!((status, text(&answer["body"]["name"])), (200, "a"));
}

#[tokio::test]
async fn a_required_body_that_cannot_be_used_is_always_refused() {
    for (media_type, body, status) in UNUSABLE {
        assert_eq!(
            send(true, "/required", media_type, body).await.0,
            status,
            "{body}"
        );
    }
}

#[tokio::test]
async fn an_optional_body_that_is_too_large_is_always_refused() {
    let body = " ".repeat(api_support::BodyLimit::DEFAULT.0 + 1);
    assert_eq!(send(true, "/optional", "application/json", &body).await.0, 413);
}
