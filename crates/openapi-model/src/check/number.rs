use std::cmp::Ordering;

use serde_json::Number;

/// The order of two JSON numbers: exact for whole ones, as floats else.
pub(super) fn compare(a: &Number, b: &Number) -> Ordering {
    match (whole(a), whole(b)) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => float(a).partial_cmp(&float(b)).unwrap_or(Ordering::Equal),
    }
}

/// Whether one number is a multiple of another, forgiving what binary fractions lose, in proportion to the quotient.
pub(super) fn is_multiple(number: &Number, of: &Number) -> bool {
    if let (Some(number), Some(of)) = (whole(number), whole(of)) {
        return of == 0 || number % of == 0;
    }
    let quotient = float(number) / float(of);
    !quotient.is_finite() || (quotient - quotient.round()).abs() <= 4.0 * f64::EPSILON * quotient.abs()
}

pub(super) fn is_positive(number: &Number) -> bool {
    float(number) > 0.0
}

fn whole(number: &Number) -> Option<i128> {
    number
        .as_u64()
        .map(i128::from)
        .or_else(|| number.as_i64().map(i128::from))
}

fn float(number: &Number) -> f64 {
    number.as_f64().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn whole_numbers_compare_exactly() {
        assert_eq!(
            compare(&number("9007199254740993"), &number("9007199254740992")),
            Ordering::Greater
        );
        assert_eq!(
            compare(&number("-1"), &number("18446744073709551615")),
            Ordering::Less
        );
        assert_eq!(compare(&number("1.0"), &number("1")), Ordering::Equal);
    }

    #[test]
    fn multiples_forgive_what_binary_fractions_lose() {
        assert!(is_multiple(&number("0.3"), &number("0.1")));
        assert!(!is_multiple(&number("0.35"), &number("0.1")));
        assert!(is_multiple(&number("19.99"), &number("0.01")));
        assert!(is_multiple(&number("0.30000000000000004"), &number("0.1")));
        assert!(!is_multiple(&number("7"), &number("2")));
    }

    #[test]
    fn a_fraction_however_small_is_no_multiple_of_one() {
        assert!(is_multiple(&number("10.0"), &number("1")));
        assert!(is_multiple(&number("0.0"), &number("1")));
        assert!(!is_multiple(&number("2.5890419884777833e-42"), &number("1")));
        assert!(!is_multiple(&number("1.0000000001"), &number("1")));
        assert!(!is_multiple(&number("2.5890419884777833e-42"), &number("0.01")));
    }
}
