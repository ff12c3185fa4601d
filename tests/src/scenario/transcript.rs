use std::fmt;

use crate::wire::{Address, Answer, Ended, Request};

/// The most bytes of a body that are shown.
const SHOWN: usize = 4000;

/// What was said so far, for people to read.
#[derive(Clone, Debug, Default)]
pub(super) struct Transcript {
    lines: Vec<String>,
}

impl Transcript {
    /// Adds a request and what came of it.
    pub(super) fn exchange(&mut self, address: &Address, request: &Request, answer: &Result<Answer, Ended>) {
        let number = self.lines.len() + 1;
        let sent = request.excerpt(address);
        let received = match answer {
            Ok(answer) => {
                let text = answer.to_string();
                let shown: String = text.chars().take(SHOWN).collect();
                let more = if shown.len() < text.len() { " …" } else { "" };
                format!("{shown}{more}")
            }
            Err(ended) => ended.to_string(),
        };
        self.lines.push(format!(
            "[{number}] sent:\n{sent}\n\n[{number}] received:\n{received}"
        ));
    }

    /// Adds something that was done without a request.
    pub(super) fn note(&mut self, what: &str) {
        let number = self.lines.len() + 1;
        self.lines.push(format!("[{number}] {what}"));
    }
}

impl fmt::Display for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines.join("\n\n"))
    }
}
