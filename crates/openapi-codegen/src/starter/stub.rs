use minijinja::context;

use super::error::StarterError;
use super::templates;
use crate::InventoryOperation;
use crate::naming::ident;

/// The widest line that rustfmt writes.
const WIDTH: usize = 100;

/// A method that answers 501, laid out as rustfmt would have it, without a newline at its end.
pub(super) fn of(operation: &InventoryOperation) -> Result<String, StarterError> {
    let response = ident(&operation.response).to_string();
    let stub = templates::stub(&context! {
        verb => operation.verb,
        path => operation.path.replace(char::is_control, " "),
        method => operation.method.as_str(),
        request => ident(&operation.request).to_string(),
        end_of_signature => end_of_signature(&format!("operations::{response}")),
        response => response,
    })?;
    Ok(stub.trim_end().to_owned())
}

/// The end of a signature, from the parenthesis to the brace: on one line where there is room, else with the brace
/// below, else with the two types below each other. Longer than all that, rustfmt gives up, and forgets a space.
fn end_of_signature(response: &str) -> String {
    let on_one_line = format!("    ) -> Result<{response}, Self::Error>");
    let length = on_one_line.chars().count();
    let alone = response.chars().count() + "        ,".len();
    if length + " {".len() < WIDTH - 1 {
        format!("{on_one_line} {{")
    } else if length <= WIDTH {
        format!("{on_one_line}\n    {{")
    } else if alone <= WIDTH {
        format!("    ) -> Result<\n        {response},\n        Self::Error,\n    > {{")
    } else {
        format!("{on_one_line}{{")
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    use super::*;

    fn operation(length: usize) -> InventoryOperation {
        InventoryOperation {
            verb: "GET",
            path: "/pots".to_owned(),
            id: "listPots".to_owned(),
            method: "m".repeat(length),
            request: "R".repeat(length),
            response: format!("{}Response", "R".repeat(length)),
            body: None,
            responses: Vec::new(),
            skipped: None,
        }
    }

    #[test]
    fn stubs_of_every_length_are_laid_out_as_rustfmt_has_them() {
        let stubs: Vec<_> = (1..=120).map(|length| of(&operation(length)).unwrap()).collect();
        let text = format!("impl TeaApi for Server {{\n{}\n}}\n", stubs.join("\n\n"));
        let mut rustfmt = Command::new("rustfmt")
            .args(["--edition", "2024", "--check"])
            // Away from the workspace's own configuration.
            .current_dir(std::env::temp_dir())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("rustfmt is a component of the toolchain");
        rustfmt.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let output = rustfmt.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
    }

    #[test]
    fn words_of_rust_are_escaped() {
        let mut reserved = operation(1);
        reserved.method = "r#type".to_owned();
        reserved.request = "Self".to_owned();
        let stub = of(&reserved).unwrap();
        assert!(
            stub.contains("async fn r#type(") && stub.contains("_request: operations::Self_,"),
            "{stub}"
        );
    }
}
