use super::node::Node;
use crate::fault::Fault;

/// Whether the document says that it is OpenAPI 3.0, the one version that is read.
pub(super) fn check(root: &Node<'_>) -> Result<(), Fault> {
    let Some(object) = root.object() else {
        return Err(Fault::NotAnObject);
    };
    if let Some(version) = object.get("swagger") {
        let version = version
            .as_str()
            .map_or_else(|| version.to_string(), str::to_owned);
        return Err(Fault::Swagger { version });
    }
    let Some(version) = object.get("openapi") else {
        return Err(Fault::NoVersion);
    };
    let version = version
        .as_str()
        .map_or_else(|| version.to_string(), str::to_owned);
    let mut parts = version.split('.');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some("3"), Some("0"), Some(patch), None) if patch.starts_with(|c: char| c.is_ascii_digit()) => {
            Ok(())
        }
        (Some("3"), Some("1" | "2"), ..) => Err(Fault::VersionNotReadYet { version }),
        _ => Err(Fault::UnknownVersion { version }),
    }
}
