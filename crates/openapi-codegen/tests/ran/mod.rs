//! What comes of running a command.

use std::process::Output;

/// What came of a run.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) output: String,
    pub(crate) reports: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self {
            code: output.status.code(),
            output: text(output.stdout),
            reports: text(output.stderr),
        }
    }
}

impl Ran {
    /// What it wrote. It must have succeeded.
    #[track_caller]
    pub(crate) fn written(self) -> String {
        let Self {
            code,
            output,
            reports,
        } = self;
        assert_eq!(code, Some(0), "{output}{reports}");
        output
    }
}
