use http::request::Parts;

use crate::operation::Operation;

/// A request on its way to its handler.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The operation; `None` for an unknown route or a method the path does not take.
    pub operation: Option<&'static Operation>,
    /// Method, URI, headers and extensions.
    pub parts: &'a Parts,
    path: &'a [(String, String)],
}

impl<'a> Call<'a> {
    pub(crate) fn new(
        operation: Option<&'static Operation>,
        parts: &'a Parts,
        path: &'a [(String, String)],
    ) -> Self {
        Self {
            operation,
            parts,
            path,
        }
    }

    /// The decoded value of a path parameter, by its name in the document; the empty string where the path has no
    /// such parameter. Bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn path(&self, name: &str) -> &'a str {
        self.path
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// The operation's name in the generated trait; the empty string for an unknown route.
    #[must_use]
    pub fn operation_name(&self) -> &'static str {
        self.operation.map_or("", |operation| operation.name)
    }
}
