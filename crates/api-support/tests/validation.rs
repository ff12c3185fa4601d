//! Rules whose mistakes only show on unusual values.

use api_support::schema::{Literal, Schema, SchemaTable, Types};
use api_support::validation::{Direction, check, matches};
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
