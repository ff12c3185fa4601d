use serde_json::{Number, Value};

/// The value of an unquoted YAML scalar by the core schema of YAML 1.2, unless that is text, as `yes`, `on` and dates
/// are there.
///
/// `.inf` and `.nan` are numbers in YAML and nothing in JSON; they stay text, so that where a number is needed the
/// report says that there is none.
pub(super) fn plain(text: &str) -> Option<Value> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Some(Value::Null),
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        _ => number(text).map(Value::Number),
    }
}

/// What YAML 1.1 takes an unquoted text for that is text in YAML 1.2: `yes`, `off`, and the like. The single letters that
/// its type repository lists, too, are left out, as by most of its readers.
pub(super) fn boolean_of_11(text: &str) -> Option<bool> {
    match text {
        "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(true),
        "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

fn number(text: &str) -> Option<Number> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, text.get(1..)?),
        b'+' => (false, text.get(1..)?),
        _ => (false, text),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = digits.strip_prefix(prefix) {
            return integer(negative, digits, radix);
        }
    }
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    if all_digits && digits.len() > 1 && digits.starts_with('0') {
        return None; // A leading zero makes it text: a postal code, an octal of old.
    }
    if all_digits && let Some(number) = integer(negative, digits, 10) {
        return Some(number);
    }
    if !digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'))
    {
        return None;
    }
    let magnitude = digits.parse::<f64>().ok()?;
    Number::from_f64(if negative { -magnitude } else { magnitude })
}

fn integer(negative: bool, digits: &str, radix: u32) -> Option<Number> {
    if !digits.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let magnitude = i128::from(u64::from_str_radix(digits, radix).ok()?);
    let value = if negative { -magnitude } else { magnitude };
    u64::try_from(value)
        .map(Number::from)
        .or_else(|_| i64::try_from(value).map(Number::from))
        .ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn plain_scalars_have_the_values_of_yaml_1_2() {
        let cases = [
            ("", json!(null)),
            ("~", json!(null)),
            ("True", json!(true)),
            ("yes", json!("yes")),
            ("on", json!("on")),
            ("NO", json!("NO")),
            ("2024-02-30", json!("2024-02-30")),
            ("12:30:45", json!("12:30:45")),
            ("0x10", json!(16)),
            ("0o17", json!(15)),
            ("007", json!("007")),
            ("0", json!(0)),
            ("-0", json!(0)),
            ("+3", json!(3)),
            ("-3", json!(-3)),
            ("1e3", json!(1000.0)),
            (".5", json!(0.5)),
            ("1_000", json!("1_000")),
            ("18446744073709551615", json!(u64::MAX)),
            ("-9223372036854775808", json!(i64::MIN)),
            ("18446744073709551616", json!(18_446_744_073_709_551_616.0)),
            (".inf", json!(".inf")),
            (".nan", json!(".nan")),
            ("inf", json!("inf")),
            ("1e400", json!("1e400")),
            ("-", json!("-")),
            (".", json!(".")),
            ("1.2.3", json!("1.2.3")),
            ("0x-1", json!("0x-1")),
        ];
        for (text, value) in cases {
            assert_eq!(plain(text).unwrap_or_else(|| json!(text)), value, "{text}");
        }
    }
}
