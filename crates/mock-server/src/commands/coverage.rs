use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use api_support::serde::de::DeserializeOwned;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use membership_apis::control::models::{ApiName, Coverage, ViolationList};

use super::address::ServerAddress;
use super::{Failed, client};
use crate::coverage;

const PATIENCE: Duration = Duration::from_secs(30);

/// So many violations are listed.
const MOST_LISTED: usize = 50;

/// What `mock-server coverage` is told.
#[derive(Args, Clone, Debug)]
pub struct CoverageArguments {
    /// Fail when fewer of a hundred pairs were seen.
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    fail_under: Option<f64>,

    /// Fail when callers were off the contract.
    #[arg(long)]
    fail_on_violations: bool,

    /// Look at this API only.
    #[arg(long, value_name = "API", value_parser = api_name())]
    api: Option<ApiName>,

    /// Write the report to this file too, as JUnit's XML.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,

    /// The token the server was started with.
    #[arg(
        long,
        env = "MOCK_CONTROL_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN"
    )]
    control_token: Option<String>,

    /// The server's root, such as http://127.0.0.1:4010, for all its worlds; or that with /w/NAME for one world.
    url: ServerAddress,
}

impl CoverageArguments {
    /// Reads what the server has seen; the first text is for people, the rest says whether it is enough.
    ///
    /// # Errors
    /// When the server cannot be asked, or the file not be written.
    pub fn run(&self) -> Result<(String, Result<(), Failed>), Failed> {
        let report: Coverage = self.ask("/coverage")?;
        let text = coverage::text(&report);
        if let Some(file) = &self.junit {
            let written = std::fs::write(file, coverage::junit(&report));
            written.map_err(|error| Failed::Unknown(format!("--junit {}: {error}", file.display())))?;
        }
        let mut unmet = self.too_few(&report);
        if self.fail_on_violations && report.violations > 0 {
            unmet.push(off_contract(&self.ask("/violations")?));
        }
        let verdict = if unmet.is_empty() {
            Ok(())
        } else {
            Err(Failed::Unmet(unmet.join("\n\n")))
        };
        Ok((text, verdict))
    }

    fn too_few(&self, report: &Coverage) -> Vec<String> {
        let Some(least) = self.fail_under.filter(|least| report.percent.get() < *least) else {
            return Vec::new();
        };
        let missing: Vec<_> = coverage::missing(report)
            .map(|line| format!("  {line}"))
            .collect();
        vec![format!(
            "{} % of the pairs were seen, fewer than {least} %. Never seen:\n{}",
            report.percent,
            missing.join("\n")
        )]
    }

    fn ask<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failed> {
        let mut url = self.url.of_world(path);
        if let Some(api) = self.api {
            url = format!("{url}?api={api}");
        }
        let read = client::get(&url, self.control_token.as_deref(), PATIENCE).and_then(|reply| reply.read());
        read.map_err(|reason| Failed::Unknown(format!("{} cannot be asked: {reason}", self.url)))
    }
}

fn off_contract(list: &ViolationList) -> String {
    let mut text = format!("Callers were off the contract, times: {}.", list.total);
    let last = list.violations.len().saturating_sub(MOST_LISTED);
    for violation in list.violations.iter().skip(last) {
        let part = violation
            .part
            .map_or(String::new(), |part| format!(" in the {part}"));
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "\n  {} #{} {} {} {}: {}{part} {} {}",
            violation.world,
            violation.request,
            violation.api,
            violation.method,
            violation.path,
            violation.kind,
            violation.pointer,
            violation.detail
        );
    }
    text
}

fn percent(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.trim_end_matches('%').trim().parse().ok();
    number
        .filter(|number| (0.0..=100.0).contains(number))
        .ok_or_else(|| "write a number from 0 to 100".to_owned())
}

fn api_name() -> impl clap::builder::TypedValueParser<Value = ApiName> {
    PossibleValuesParser::new(ApiName::ALL.map(ApiName::as_str)).try_map(|name| name.parse::<ApiName>())
}
