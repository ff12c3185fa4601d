//! Who calls: nobody, in a wrong form, in every right form.

use contract_tests::credentials::accepted;
use contract_tests::row::{Expected, Row};
use contract_tests::spec::{Operation, Spec};

pub(crate) fn rows(spec: &'static Spec, operation: &'static Operation) -> Vec<Row> {
    let call = operation.call_of_nobody();
    let mut rows = Vec::new();
    // An operation that is open to everybody judges what a call brings along as it sees fit.
    let (nobody, somebody, refused) = if operation.is_open() {
        (Expected::Success, Expected::Documented, Expected::Documented)
    } else {
        (Expected::Refusal, Expected::Success, Expected::Refusal)
    };
    rows.push(Row::new(spec, operation, "without credentials", call.clone()).expect(nobody));
    for (scheme, header, value) in accepted(spec, operation) {
        let good = call.clone().header(&header, &value);
        rows.push(
            Row::new(spec, operation, "with credentials", good.clone())
                .of(&scheme)
                .expect(somebody),
        );
        for (what, broken) in broken(&header, &value) {
            let row = Row::new(
                spec,
                operation,
                "with broken credentials",
                call.clone().header(&header, broken),
            );
            // A cookie's value means nothing to anybody but the server that made it.
            let expected = if header == "cookie" && what != "empty" {
                Expected::Documented
            } else {
                refused
            };
            rows.push(row.of(format!("{scheme}, {what}")).expect(expected));
        }
        let twice = good.header(&header, &value);
        rows.push(Row::new(spec, operation, "with credentials twice", twice).of(&scheme));
    }
    rows
}

/// Credentials that are none: what stands in the header, and what is wrong with it.
fn broken(header: &str, value: &str) -> Vec<(&'static str, Vec<u8>)> {
    let secret = value.rsplit([' ', '=']).next().unwrap_or_default();
    match header {
        "authorization" => vec![
            ("empty", Vec::new()),
            ("of another scheme", b"Basic dXNlcjpwYXNz".to_vec()),
            ("without the token", b"Bearer".to_vec()),
            ("without the scheme", secret.into()),
            ("no text", [b"Basic \xff", secret.as_bytes()].concat()),
        ],
        "cookie" => vec![
            ("empty", value.replace(secret, "").into_bytes()),
            ("of another name", format!("other={secret}").into_bytes()),
            ("no text", [value.as_bytes(), b"\xff"].concat()),
        ],
        _ => vec![
            ("empty", Vec::new()),
            ("too short", b"abc".to_vec()),
            ("too long", format!("{value}x").into_bytes()),
            ("with two suffixes", format!("{value}:a:b").into_bytes()),
            ("no text", [value.as_bytes(), b"\xff"].concat()),
        ],
    }
}
