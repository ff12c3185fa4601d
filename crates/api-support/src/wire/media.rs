/// A media type without its parameters, lower-cased: `application/json` of `Application/JSON; charset=utf-8`.
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// How well a documented media type or range covers a received one: higher is better, `None` is not at all.
pub(super) fn coverage(documented: &str, received: &str) -> Option<u8> {
    let documented = essence(documented);
    let received = essence(received);
    if documented == received {
        return Some(2);
    }
    let (kind, subtype) = documented.split_once('/')?;
    match (kind, subtype) {
        ("*", "*") => Some(0),
        (kind, "*") => received
            .split_once('/')
            .filter(|(other, _)| *other == kind)
            .map(|_| 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_media_type_covers_better_than_a_range() {
        assert_eq!(
            coverage("application/json; charset=utf-8", "Application/JSON"),
            Some(2)
        );
        assert_eq!(coverage("image/*", "image/png"), Some(1));
        assert_eq!(coverage("*/*", "image/png"), Some(0));
        assert_eq!(coverage("image/*", "text/plain"), None);
        assert_eq!(coverage("text/plain", "garbage"), None);
    }
}
