//! What is found, and the page of it that is shown.

use serde_json::Value;

use super::model::{Expected, refused};
use super::operation::Paging;

/// Whether one of some texts has this text in it, in capitals or not.
pub(crate) fn finds(q: Option<&str>, texts: &[Option<&str>]) -> bool {
    let q = q.unwrap_or_default().to_lowercase();
    let mut texts = texts.iter().flatten();
    q.is_empty() || texts.any(|text| text.to_lowercase().contains(&q))
}

/// The page of some rows that is asked for, with what it links.
pub(crate) fn page(rows: &[Value], paging: Paging) -> Expected {
    let (page, size) = (paging.page.unwrap_or(1), paging.size.unwrap_or(20));
    let total = i64::try_from(rows.len()).unwrap_or_default();
    let last = ((total + size - 1) / size).max(1);
    let mut links = vec![("first", 1), ("last", last)];
    if page > 1 {
        links.push(("prev", page - 1));
    }
    if page < last {
        links.push(("next", page + 1));
    }
    links.sort_unstable();
    let count = |number: i64| usize::try_from(number).unwrap_or_default();
    let shown = rows.iter().skip(count((page - 1) * size)).take(count(size));
    Expected::Listed(shown.cloned().collect(), rows.len(), links)
}

/// Whether there can be such a page.
pub(crate) fn in_range(paging: Paging) -> Result<(), Expected> {
    let is_page = paging.page.is_none_or(|page| page >= 1);
    let is_size = paging.size.is_none_or(|size| (1..=100).contains(&size));
    if is_page && is_size {
        Ok(())
    } else {
        Err(refused((400, "guard.invalid_pagination")))
    }
}
