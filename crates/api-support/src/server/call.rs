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
    /// A call, from what a request's head says. The router makes the calls it serves; this is for the tests of a
    /// server's `authenticate`, `admit` and `reject`, which need no socket.
    ///
    /// `path` has the decoded values of the path parameters, by their names in the document.
    ///
    /// ```
    /// use api_support::{Call, Rejection, Unauthenticated, http};
    ///
    /// fn authenticate(call: &Call<'_>) -> Result<String, Rejection> {
    ///     let key = call.parts.headers.get("x-api-key").and_then(|key| key.to_str().ok());
    ///     match key {
    ///         Some("secret") => Ok(format!("the owner of {}", call.path("pet_id"))),
    ///         Some(_) => Err(Rejection::Unauthenticated(Unauthenticated::Unknown)),
    ///         None => Err(Rejection::Unauthenticated(Unauthenticated::Missing)),
    ///     }
    /// }
    ///
    /// let path = [("pet_id".to_owned(), "rex 1".to_owned())];
    /// let request = http::Request::get("/pets/rex%201").header("X-Api-Key", "secret");
    /// let (parts, ()) = request.body(()).expect("a request").into_parts();
    /// // In a server of generated code: `OPERATIONS.iter().find(|operation| operation.name == "get_pet")`.
    /// let call = Call::new(None, &parts, &path);
    /// assert_eq!(authenticate(&call).as_deref(), Ok("the owner of rex 1"));
    /// ```
    #[must_use]
    pub fn new(
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
