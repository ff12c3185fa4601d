use syn::Attribute;

use super::definition::{doc, flag};

/// `/// …` for every line of a text. prettyplease writes a multi-line `doc` attribute as one block, so each line is
/// an attribute of its own.
pub(super) fn docs(text: &str) -> Vec<Attribute> {
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            doc(line)
        } else {
            doc(&format!(" {line}"))
        }
    });
    lines.collect()
}

/// The same, and `#[deprecated]` where the document advises against using the item.
pub(super) fn docs_of(text: &str, deprecated: bool) -> Vec<Attribute> {
    let mut attributes = docs(text);
    attributes.extend(deprecated.then(|| flag("deprecated")));
    attributes
}
