use std::fmt;

use serde::Serialize;

use crate::emit::type_text;
use crate::ir::{Api, Content, Encoding, Operation, Status};

/// The operations of a document and the Rust types they have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inventory {
    /// The API's name in upper camel case: `Tea` of `TeaApi`.
    pub api: String,
    /// Every operation, in document order.
    pub operations: Vec<InventoryOperation>,
}

/// One operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InventoryOperation {
    /// The HTTP method.
    pub verb: &'static str,
    /// The path template.
    pub path: String,
    /// `operationId`, or the name made for it.
    pub id: String,
    /// The trait's method.
    pub method: String,
    /// The request struct in `operations`.
    pub request: String,
    /// The response enum in `operations`.
    pub response: String,
    /// The request body.
    pub body: Option<InventoryBody>,
    /// The responses, in document order.
    pub responses: Vec<InventoryResponse>,
    /// Why it is not emitted, if it is not.
    pub skipped: Option<String>,
}

/// A request body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InventoryBody {
    /// Whether it must be sent.
    pub required: bool,
    /// Its Rust type, as named from beside `models` and `operations`.
    pub rust_type: String,
    /// Whether it is one JSON media type or form, so that the Rust type reads and writes JSON.
    pub is_json: bool,
}

/// A documented response.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InventoryResponse {
    /// `200`, `4XX` or `default`.
    pub status: String,
    /// The variant of the response enum.
    pub variant: String,
    /// The Rust type of its body, if it has one.
    pub rust_type: Option<String>,
    /// Whether it is an addition to the documented contract (`x-addition`).
    pub addition: bool,
}

impl Inventory {
    pub(crate) fn of(api: &Api) -> Self {
        let operations = api.operations.iter().map(|one| operation(api, one)).collect();
        Self {
            api: api.name.clone(),
            operations,
        }
    }
}

fn operation(api: &Api, operation: &Operation) -> InventoryOperation {
    InventoryOperation {
        verb: operation.verb,
        path: operation.path.clone(),
        id: operation.id.clone(),
        method: crate::naming::ident(&operation.method_ident).to_string(),
        request: operation.request_ident.clone(),
        response: operation.response_ident.clone(),
        body: operation.body.as_ref().map(|body| InventoryBody {
            required: body.required,
            rust_type: type_text(api, &body.content),
            is_json: is_json(&body.content),
        }),
        responses: operation
            .responses
            .iter()
            .map(|response| InventoryResponse {
                status: match response.status {
                    Status::Code(code) => code.to_string(),
                    Status::Range(class) => format!("{class}XX"),
                    Status::Default => "default".to_owned(),
                },
                variant: response.ident.clone(),
                rust_type: response.content.as_ref().map(|content| type_text(api, content)),
                addition: response.addition.is_some(),
            })
            .collect(),
        skipped: operation.skipped.clone(),
    }
}

fn is_json(content: &Content) -> bool {
    content.ident.is_none()
        && content
            .media
            .iter()
            .all(|media| matches!(media.encoding, Encoding::Json | Encoding::Form(_)))
}

/// A line per operation: verb, path, method, body, and each status with its type; `+` marks an addition.
impl fmt::Display for Inventory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for operation in &self.operations {
            write!(f, "{} {} {}", operation.verb, operation.path, operation.method)?;
            if let Some(reason) = &operation.skipped {
                writeln!(f, " skipped: {reason}")?;
                continue;
            }
            match &operation.body {
                Some(body) if body.required => write!(f, "({})", body.rust_type)?,
                Some(body) => write!(f, "({}?)", body.rust_type)?,
                None => write!(f, "()")?,
            }
            for response in &operation.responses {
                let mark = if response.addition { "+" } else { "" };
                write!(f, " {mark}{}", response.status)?;
                if let Some(ty) = &response.rust_type {
                    write!(f, ":{ty}")?;
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
