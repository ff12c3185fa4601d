/// A server's URL with its `{variables}` replaced, or the name of one that is not known.
pub(crate) fn expand_variables<'v>(
    url: &str,
    value_of: impl Fn(&str) -> Option<&'v str>,
) -> Result<String, String> {
    let mut expanded = String::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        let Some(value) = value_of(name) else {
            return Err(name.to_owned());
        };
        expanded.push_str(before);
        expanded.push_str(value);
        rest = tail;
    }
    expanded.push_str(rest);
    Ok(expanded)
}

/// The path of a URL, absolute or relative to the document, without a trailing slash: what every path of the API
/// stands under.
pub(crate) fn base_path(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let path = match url.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .and_then(|slash| rest.get(slash..))
            .unwrap_or_default(),
        None => match url.strip_prefix("//") {
            Some(rest) => rest
                .find('/')
                .and_then(|slash| rest.get(slash..))
                .unwrap_or_default(),
            None => url,
        },
    };
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            _ => segments.push(segment),
        }
    }
    segments
        .iter()
        .fold(String::new(), |path, segment| path + "/" + segment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_base_path_is_the_path_of_the_url() {
        let cases = [
            ("https://api.example.com/v1", "/v1"),
            ("https://api.example.com/v1/", "/v1"),
            ("https://api.example.com", ""),
            ("https://api.example.com/", ""),
            ("//api.example.com/a/b?x=/c#/d", "/a/b"),
            ("/v2", "/v2"),
            ("v2", "/v2"),
            ("./v2/../v3", "/v3"),
            ("/", ""),
            ("", ""),
        ];
        for (url, path) in cases {
            assert_eq!(base_path(url), path, "{url}");
        }
    }

    #[test]
    fn variables_are_replaced_and_unknown_ones_named() {
        let known = |name: &str| (name == "region").then_some("eu");
        assert_eq!(
            expand_variables("https://{region}.a/{region}", known).as_deref(),
            Ok("https://eu.a/eu")
        );
        assert_eq!(
            expand_variables("https://{zone}.a", known),
            Err("zone".to_owned())
        );
        assert_eq!(
            expand_variables("https://{zone", known).as_deref(),
            Ok("https://{zone")
        );
    }
}
