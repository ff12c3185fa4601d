use std::ffi::OsStr;
use std::io::{self, IsTerminal as _, Write as _};

use openapi_codegen::{RenderOptions, Report};

use super::failure::Failure;

/// Standard output for results, standard error for everything that is said about them.
pub(super) struct Console {
    look: RenderOptions,
}

impl Console {
    pub(super) fn new() -> Self {
        let variable = |name| std::env::var_os(name);
        let no_color = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            look: look(io::stderr().is_terminal(), no_color, variable("TERM").as_deref()),
        }
    }

    /// Prints a result as it is. A reader that has seen enough and closed the pipe is no failure.
    pub(super) fn print(&self, text: &str) -> Result<(), Failure> {
        let mut output = io::stdout().lock();
        match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::new(format!(
                "standard output cannot be written: {error}"
            ))),
            _ => Ok(()),
        }
    }

    /// Shows what was found about a document.
    pub(super) fn report(&self, report: &Report) {
        self.say(&report.render(self.look));
    }

    /// Shows why a command ended early, or passed over a document.
    pub(super) fn failure(&self, failure: &Failure) {
        let (red, plain) = if self.look.color {
            ("\u{1b}[31m", "\u{1b}[0m")
        } else {
            ("", "")
        };
        self.say(&format!("{red}error{plain}: {failure}\n"));
    }

    /// Says something about a result.
    pub(super) fn note(&self, text: &str) {
        self.say(&format!("{text}\n"));
    }

    /// What cannot be said, because nobody listens, is not worth failing for.
    fn say(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}

/// Colour and box characters are for people at a terminal.
fn look(is_terminal: bool, no_color: bool, term: Option<&OsStr>) -> RenderOptions {
    let draws = is_terminal && term.is_none_or(|term| term != "dumb");
    RenderOptions {
        color: draws && !no_color,
        unicode: draws,
        ..RenderOptions::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_terminal_gets_colour_and_box_characters() {
        let cases = [
            ((true, false, Some("xterm")), (true, true)),
            ((true, false, None), (true, true)),
            ((true, true, Some("xterm")), (false, true)),
            ((true, false, Some("dumb")), (false, false)),
            ((false, false, Some("xterm")), (false, false)),
        ];
        for ((is_terminal, no_color, term), (color, unicode)) in cases {
            let look = look(is_terminal, no_color, term.map(OsStr::new));
            assert_eq!((look.color, look.unicode), (color, unicode), "{term:?}");
        }
    }
}
