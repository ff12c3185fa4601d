//! Rules whose mistakes only show on unusual values.

use api_support::schema::{Additional, Bound, Literal, Schema, SchemaTable, Types};
use api_support::validation::{Direction, check, is_valid_text, matches};
use api_support::{Value, pick};
use serde_json::json;

static TABLE: SchemaTable = SchemaTable {
    schemas: &[
        Schema {
            types: Types::ARRAY,
            unique_items: true,
            ..Schema::ANY
        },
        Schema {
            types: Types::OBJECT,
            properties: &[("password", 2)],
            required: &["password"],
            ..Schema::ANY
        },
        Schema {
            types: Types::STRING,
            write_only: true,
            ..Schema::ANY
        },
        Schema {
            types: Types::OBJECT,
            properties: &[("token", 4)],
            required: &["token"],
            ..Schema::ANY
        },
        Schema {
            types: Types::STRING,
            ..Schema::ANY
        },
        Schema {
            one_of: &[1, 3],
            ..Schema::ANY
        },
        Schema {
            types: Types::NUMBER,
            multiple_of: Some(Literal::Float(0.01)),
            ..Schema::ANY
        },
        Schema {
            types: Types::NUMBER,
            multiple_of: Some(Literal::Int(1)),
            ..Schema::ANY
        },
    ],
    components: &[],
};

fn is_unique(items: &Value) -> bool {
    matches(&TABLE, 0, items, Direction::Either)
}

#[test]
fn items_are_compared_by_value_and_whole_numbers_exactly() {
    assert!(is_unique(&json!([
        9_007_199_254_740_992_i64,
        9_007_199_254_740_993_i64
    ])));
    assert!(is_unique(&json!([1, "1", true, null, [1], {"a": 1}])));
    assert!(!is_unique(&json!([1, 1.0])));
    assert!(!is_unique(&json!([{"a": 1, "b": 2}, {"b": 2, "a": 1.0}])));
}

#[test]
fn a_repetition_is_named_by_its_second_place() {
    let violations = check(&TABLE, 0, &json!(["a", "b", "a"]), Direction::Request);
    let places: Vec<_> = violations
        .iter()
        .map(|violation| violation.pointer.as_str())
        .collect();
    assert_eq!(places, ["/2"]);
}

#[test]
fn an_alternative_told_apart_by_a_write_only_member_is_the_one_that_is_read() {
    assert_eq!(pick(&TABLE, 5, &[1, 3], &json!({"token": "t"})), Some(1));
    assert_eq!(pick(&TABLE, 5, &[1, 3], &json!({"password": "p"})), Some(0));
}

#[test]
fn decimal_steps_are_not_lost_to_binary_fractions() {
    let cases = [
        (json!(0.07), true),
        (json!(19.99), true),
        (json!(0.075), false),
        (json!(3), true),
    ];
    for (value, holds) in cases {
        assert_eq!(matches(&TABLE, 6, &value, Direction::Either), holds, "{value}");
    }
}

#[test]
fn a_fraction_however_small_is_no_multiple_of_one() {
    for (value, holds) in [
        (json!(10.0), true),
        (json!(0.0), true),
        (json!(1e300), true),
        (json!(2.589_041_988_477_783_3e-42), false),
        (json!(1.000_000_000_1), false),
    ] {
        assert_eq!(matches(&TABLE, 7, &value, Direction::Either), holds, "{value}");
    }
    assert!(!matches(&TABLE, 6, &json!(1e-42), Direction::Either));
}

static BODIES: SchemaTable = SchemaTable {
    schemas: &[
        Schema {
            types: Types::OBJECT,
            properties: &[
                ("name", 1),
                ("count", 2),
                ("tags", 3),
                ("kind", 4),
                ("bag", 5),
                ("either", 6),
            ],
            required: &["name"],
            additional: Additional::Forbidden,
            ..Schema::ANY
        },
        Schema {
            types: Types::STRING.or(Types::NULL),
            min_length: Some(2),
            ..Schema::ANY
        },
        Schema {
            types: Types::INTEGER,
            minimum: Some(Bound::Inclusive(Literal::Int(1))),
            ..Schema::ANY
        },
        Schema {
            types: Types::ARRAY,
            items: Some(1),
            max_items: Some(2),
            ..Schema::ANY
        },
        Schema {
            types: Types::STRING,
            enumeration: &[Literal::String("a"), Literal::String("b")],
            ..Schema::ANY
        },
        Schema {
            types: Types::OBJECT,
            additional: Additional::Schema(2),
            ..Schema::ANY
        },
        Schema {
            one_of: &[2, 3],
            ..Schema::ANY
        },
    ],
    components: &[],
};

#[test]
fn a_text_is_valid_where_its_value_is() {
    let texts = [
        (r#"{"name": "Ada"}"#, true),
        (
            r#"{"name": null, "count": 3, "tags": ["aa", null], "kind": "b"}"#,
            true,
        ),
        (
            r#"{"name": "\u00e9\ud83d\ude00", "bag": {"x": 1, "y": 2}, "either": ["aa"]}"#,
            true,
        ),
        (r#"{"name": "Ada", "either": 4}"#, true),
        (r#"{"name": "A"}"#, false),
        (r#"{"name": 1}"#, false),
        (r#"{"count": 3}"#, false),
        (r#"{"name": "Ada", "count": 0}"#, false),
        (r#"{"name": "Ada", "count": 1.5}"#, false),
        (r#"{"name": "Ada", "count": "1"}"#, false),
        (r#"{"name": "Ada", "tags": ["aa", "bb", "cc"]}"#, false),
        (r#"{"name": "Ada", "tags": {"aa": 1}}"#, false),
        (r#"{"name": "Ada", "kind": "c"}"#, false),
        (r#"{"name": "Ada", "bag": {"x": 0}}"#, false),
        (r#"{"name": "Ada", "either": true}"#, false),
        (r#"{"name": "Ada", "other": 1}"#, false),
        (r#"["Ada"]"#, false),
        ("null", false),
    ];
    for (text, is_valid) in texts {
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(
            matches(&BODIES, 0, &value, Direction::Request),
            is_valid,
            "{text}"
        );
        assert_eq!(
            is_valid_text(&BODIES, 0, text.as_bytes(), Direction::Request),
            is_valid,
            "{text}"
        );
    }
}

#[test]
fn a_text_that_is_no_json_or_that_a_value_reads_in_another_way_is_left_to_the_value() {
    let deep = format!(
        r#"{{"name": "Ada", "bag": {}1{}}}"#,
        r#"{"x":"#.repeat(200),
        "}".repeat(200)
    );
    let texts: [&[u8]; 6] = [
        br#"{"name": "Ada"} 1"#,
        br#"{"name": "Ada""#,
        br#"{"name": "\ud800 lone"}"#,
        b"{\"name\": \"\xff\xff\"}",
        br#"{"name": "Ada", "count": 1.0}"#,
        deep.as_bytes(),
    ];
    for text in texts {
        assert!(!is_valid_text(&BODIES, 0, text, Direction::Request), "{text:?}");
    }
}

#[test]
fn what_only_a_server_sends_is_not_required_of_a_text_either() {
    let text = b"{}";
    for direction in [Direction::Request, Direction::Response, Direction::Either] {
        let value = json!({});
        assert_eq!(
            is_valid_text(&TABLE, 1, text, direction),
            matches(&TABLE, 1, &value, direction),
            "{direction:?}"
        );
    }
}
