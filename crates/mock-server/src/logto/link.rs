//! The addresses of other pages (RFC 8288), and how many rows there are on all of them.

use http::Uri;
use membership_apis::logto::operations::TotalNumberHeaders;
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::store::Paging;
use crate::visit::PublicBase;

/// What a form's text leaves as it is beside letters and digits.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// What ends an address in the header, or cannot stand in one.
const ENDS: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\');

/// The headers of a page: each address is the request's own with `page` exchanged.
pub(super) fn headers(base: &PublicBase, uri: &Uri, paging: Paging, total: usize) -> TotalNumberHeaders {
    let last = total.div_ceil(paging.size.max(1)).max(1);
    let mut pages = vec![("first", 1), ("last", last)];
    if paging.page > 1 {
        pages.push(("prev", paging.page - 1));
    }
    if paging.page < last {
        pages.push(("next", paging.page + 1));
    }
    let links: Vec<_> = pages
        .into_iter()
        .map(|(rel, page)| format!("<{}>; rel=\"{rel}\"", address(base, uri, page)))
        .collect();
    TotalNumberHeaders {
        total_number: i64::try_from(total).unwrap_or(i64::MAX),
        link: links.join(", "),
    }
}

fn address(base: &PublicBase, uri: &Uri, page: usize) -> String {
    let path = utf8_percent_encode(uri.path(), ENDS);
    let mut pairs: Vec<_> = pairs(uri.query().unwrap_or_default()).collect();
    match pairs.iter_mut().find(|(name, _)| name == "page") {
        Some((_, value)) => *value = page.to_string(),
        None => pairs.push(("page".to_owned(), page.to_string())),
    }
    let query: Vec<_> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", written(name), written(value)))
        .collect();
    format!("{}{}{path}?{}", base.origin, base.prefix, query.join("&"))
}

/// The names and values of a query or a form.
pub(super) fn pairs(text: &str) -> impl Iterator<Item = (String, String)> {
    text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (read(name), read(value))
    })
}

/// Reads a name or a value of a query or a form.
pub(super) fn read(text: &str) -> String {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}

fn written(text: &str) -> String {
    let words: Vec<_> = text
        .split(' ')
        .map(|word| utf8_percent_encode(word, FORM).to_string())
        .collect();
    words.join("+")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(path: &str, page: usize, size: usize, total: usize) -> String {
        let base = PublicBase {
            origin: "http://h:1".to_owned(),
            prefix: "/w/a/logto".to_owned(),
            is_world_in_header: false,
        };
        let headers = headers(&base, &path.parse().unwrap(), Paging { page, size }, total);
        assert_eq!(headers.total_number, i64::try_from(total).unwrap());
        headers.link.replace("http://h:1/w/a/logto", "")
    }

    #[test]
    fn the_other_pages_are_linked_with_page_exchanged_in_its_place() {
        assert_eq!(
            link("/api/x?page=2&page_size=20", 2, 20, 45),
            "</api/x?page=1&page_size=20>; rel=\"first\", </api/x?page=3&page_size=20>; rel=\"last\", \
             </api/x?page=1&page_size=20>; rel=\"prev\", </api/x?page=3&page_size=20>; rel=\"next\""
        );
    }

    #[test]
    fn page_is_appended_where_the_request_had_none_and_the_rest_is_written_as_a_form() {
        assert_eq!(
            link("/api/x/?q=a%20b%22+%C3%A9&flag", 1, 20, 0),
            "</api/x/?q=a+b%22+%C3%A9&flag=&page=1>; rel=\"first\", \
             </api/x/?q=a+b%22+%C3%A9&flag=&page=1>; rel=\"last\""
        );
    }

    #[test]
    fn beyond_the_last_page_only_the_way_back_is_linked() {
        assert_eq!(
            link("/x?page=9", 9, 1, 2),
            "</x?page=1>; rel=\"first\", </x?page=2>; rel=\"last\", </x?page=8>; rel=\"prev\""
        );
    }
}
