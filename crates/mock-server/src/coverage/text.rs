//! The coverage for people: a table that ends with what was never seen.

use std::fmt::{self, Write as _};

use membership_apis::control::models::{AnswerCoverage, ApiCoverage, Coverage as Report, Reached};

use crate::journal::NOT_RECORDED;

/// The report as a table.
pub(crate) fn text(report: &Report) -> String {
    let mut text = String::new();
    // Writing to a text cannot fail.
    let _ = write_all(&mut text, report);
    text
}

fn write_all(text: &mut String, report: &Report) -> fmt::Result {
    if !report.recorded {
        return writeln!(text, "What was seen is not known: {NOT_RECORDED}");
    }
    writeln!(
        text,
        "Documented answers that were seen: * given by the API itself, + asked for, ! given by a fault, - never seen.\n\
         Those in brackets stand beyond the vendor's document and are not counted.\n"
    )?;
    for api in &report.apis {
        write_api(text, api)?;
    }
    let missing: Vec<_> = missing(report).collect();
    if !missing.is_empty() {
        writeln!(text, "Never seen:")?;
        for line in missing {
            writeln!(text, "  {line}")?;
        }
        writeln!(text)?;
    }
    if !report.undocumented.is_empty() {
        writeln!(text, "Answers that their operation does not document:")?;
        for answer in &report.undocumented {
            writeln!(
                text,
                "  {} {} {}, times: {}, by: {}",
                answer.api, answer.operation, answer.status, answer.times, answer.by
            )?;
        }
        writeln!(text)?;
    }
    writeln!(
        text,
        "{} of {} pairs seen ({} %). Violations by callers: {}.",
        report.reached, report.pairs, report.percent, report.violations
    )
}

fn write_api(text: &mut String, api: &ApiCoverage) -> fmt::Result {
    writeln!(
        text,
        "{}: {} of {} pairs seen ({} %), {} by the API itself",
        api.api, api.reached, api.pairs, api.percent, api.genuine
    )?;
    let width = api
        .operations
        .iter()
        .map(|operation| operation.operation.len())
        .max();
    let width = width.unwrap_or_default();
    for operation in &api.operations {
        let answers: Vec<_> = operation.answers.iter().map(marked).collect();
        writeln!(text, "  {:width$}  {}", operation.operation, answers.join(" "))?;
    }
    writeln!(text)
}

fn marked(answer: &AnswerCoverage) -> String {
    let mark = match answer.reached {
        Reached::Genuine => '*',
        Reached::Forced => '+',
        Reached::Fault => '!',
        Reached::Never => '-',
    };
    if answer.addition {
        format!("({}{mark})", answer.status)
    } else {
        format!("{}{mark}", answer.status)
    }
}

/// The pairs that were never seen, a line each: API, operation, status.
pub(crate) fn missing(report: &Report) -> impl Iterator<Item = String> {
    report.apis.iter().flat_map(|api| {
        api.operations.iter().flat_map(move |operation| {
            let never = operation
                .answers
                .iter()
                .filter(|answer| answer.reached == Reached::Never && !answer.addition);
            never.map(move |answer| format!("{} {} {}", api.api, operation.operation, answer.status))
        })
    })
}
