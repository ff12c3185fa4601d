use std::path::Path;

use openapi_codegen::{Generator, Report};
use serde_json::{Value, json};

use super::arguments::{CheckArguments, Format};
use super::console::Console;
use super::failure::Failure;
use super::{Verdict, document};

pub(super) fn run(console: &Console, arguments: &CheckArguments) -> Result<Verdict, Failure> {
    let checked: Vec<_> = arguments
        .specs
        .iter()
        .map(|path| Checked::read(path, arguments.strict))
        .collect();
    match arguments.format {
        Format::Text => {
            for one in &checked {
                match &one.result {
                    Ok(findings) => console.report(&findings.report),
                    Err(failure) => console.failure(failure),
                }
                console.print(&one.line())?;
            }
        }
        Format::Json => {
            let files: Vec<_> = checked.iter().map(Checked::to_json).collect();
            console.print(&format!("{:#}\n", json!({ "files": files })))?;
        }
    }
    Ok(if checked.iter().all(Checked::is_sound) {
        Verdict::Done
    } else {
        Verdict::Faulty
    })
}

/// One document, and what became of it.
struct Checked {
    file: String,
    result: Result<Findings, Failure>,
}

struct Findings {
    report: Report,
    emitted: usize,
    total: usize,
    /// Operations that are not emitted, and why.
    skipped: Vec<(String, String)>,
}

impl Checked {
    fn read(path: &Path, strict: bool) -> Self {
        let read = document::read(path);
        let file = read
            .as_ref()
            .map_or_else(|_| path.display().to_string(), |source| source.name().to_owned());
        let result = read.map(|source| {
            // Strictness comes afterwards: a document refused for its warnings still has an inventory to show.
            let outcome = Generator::new().generate(source);
            let mut report = outcome.report;
            if strict {
                report.deny_warnings();
            }
            let operations = outcome
                .generated
                .map(|generated| generated.inventory().operations)
                .unwrap_or_default();
            let skipped = operations
                .into_iter()
                .filter_map(|one| Some((one.id, one.skipped?)))
                .collect();
            let (emitted, total) = outcome.emitted;
            Findings {
                emitted: if report.has_errors() { 0 } else { emitted },
                total,
                skipped,
                report,
            }
        });
        Self { file, result }
    }

    fn is_sound(&self) -> bool {
        self.result
            .as_ref()
            .is_ok_and(|findings| !findings.report.has_errors())
    }

    fn line(&self) -> String {
        let file = &self.file;
        match &self.result {
            Ok(Findings { emitted, total, .. }) if self.is_sound() => {
                format!("{file}: emitted {emitted} of {total} operations\n")
            }
            Ok(findings) => {
                let emitted = match findings.total {
                    0 => "nothing emitted".to_owned(),
                    1 => "nothing emitted of 1 operation".to_owned(),
                    total => format!("nothing emitted of {total} operations"),
                };
                match findings.report.errors() {
                    1 => format!("{file}: {emitted}, 1 error\n"),
                    errors => format!("{file}: {emitted}, {errors} errors\n"),
                }
            }
            Err(_) => format!("{file}: not read\n"),
        }
    }

    fn to_json(&self) -> Value {
        let (findings, failure) = match &self.result {
            Ok(findings) => (Some(findings), None),
            Err(failure) => (None, Some(failure.to_json())),
        };
        let skipped = findings
            .map(|findings| findings.skipped.as_slice())
            .unwrap_or_default()
            .iter();
        let skipped: Vec<_> = skipped
            .map(|(id, reason)| json!({ "operation": id, "reason": reason }))
            .collect();
        json!({
            "file": self.file,
            "emitted": findings.map_or(0, |findings| findings.emitted),
            "total": findings.map_or(0, |findings| findings.total),
            "skipped": skipped,
            "error": failure,
            "diagnostics": findings.map_or_else(|| json!([]), |findings| findings.report.to_json()),
        })
    }
}
