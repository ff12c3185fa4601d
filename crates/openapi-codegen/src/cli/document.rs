use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use openapi_codegen::Source;
use openapi_model::MAX_BYTES;

use super::failure::Failure;

/// The path that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// What a document from standard input is called in reports.
const STANDARD_INPUT_NAME: &str = "<stdin>";

/// Reads a document from a file, or from standard input.
pub(super) fn read(path: &Path) -> Result<Source, Failure> {
    if path.as_os_str() == STANDARD_INPUT {
        let bytes = bytes(io::stdin().lock(), 0)
            .map_err(|error| Failure::new(format!("standard input cannot be read: {error}")))?;
        return source(STANDARD_INPUT_NAME.to_owned(), bytes);
    }
    let name = path.display().to_string();
    if path.is_dir() {
        let help = format!(
            "name the document in it, as in `{}`",
            path.join("openapi.yaml").display()
        );
        return Err(Failure::new(format!("`{name}` is a folder")).help(help));
    }
    let bytes = File::open(path)
        .and_then(|file| {
            let length = file.metadata()?.len();
            bytes(file, length)
        })
        .map_err(|error| unreadable(&name, &error))?;
    source(name, bytes)
}

/// A little more than is ever taken, so that what is too long is seen to be, and an endless file ends.
///
/// `length` is how much there seems to be, so that it is read at once.
fn bytes(reader: impl Read, length: u64) -> io::Result<Vec<u8>> {
    const MOST: u64 = MAX_BYTES as u64 + 1;
    let mut bytes = Vec::with_capacity(length.min(MOST) as usize + 1);
    reader.take(MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn source(name: String, bytes: Vec<u8>) -> Result<Source, Failure> {
    if bytes.len() > MAX_BYTES {
        return Err(Failure::new(format!(
            "`{name}` is longer than {MAX_BYTES} bytes, which is the most that is read"
        )));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(name, text)),
        Err(error) => {
            let read = error
                .as_bytes()
                .get(..error.utf8_error().valid_up_to())
                .unwrap_or_default();
            let line = read.iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(Failure::new(format!(
                "`{name}` is not UTF-8: line {line} has a byte that is no character"
            ))
            .help("save the document in the encoding UTF-8"))
        }
    }
}

fn unreadable(name: &str, error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => {
            let here = std::env::current_dir().unwrap_or_default();
            Failure::new(format!("there is no file `{name}`")).help(format!(
                "paths start from the current folder, `{}`",
                here.display()
            ))
        }
        _ => Failure::new(format!("`{name}` cannot be read: {error}")),
    }
}
