use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use api_support::serde::de::DeserializeOwned;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use membership_apis::control::models::{ApiName, Coverage, ViolationList, WorldList};

use super::Failed;
use super::address::ServerAddress;
use super::client::{self, Reply};
use crate::control::ControlToken;
use crate::coverage;
use crate::journal::NOT_RECORDED;
use crate::world::WorldName;

const PATIENCE: Duration = Duration::from_secs(30);

/// So many violations are listed, or worlds.
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
    control_token: Option<ControlToken>,

    /// The server's root, such as http://127.0.0.1:4010, for all its worlds; or that with /w/NAME for one world.
    url: ServerAddress,
}

impl CoverageArguments {
    /// Reads what the server has seen; the first text is for people, the rest says whether it is enough.
    ///
    /// # Errors
    /// When the server cannot be asked or records nothing, or the file not be written.
    pub fn run(&self) -> Result<(String, Result<(), Failed>), Failed> {
        self.check_world()?;
        let report: Coverage = self.ask("/coverage")?;
        if !report.recorded {
            return Err(Failed::Unknown(format!("{}: {NOT_RECORDED}", self.url)));
        }
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

    /// Asking a world what it has seen would begin one that is misspelt, which has seen nothing.
    fn check_world(&self) -> Result<(), Failed> {
        let Some(world) = self.url.world() else {
            return Ok(());
        };
        let reply = self.get(&self.url.of_world(""))?;
        if reply.status != 404 {
            return Ok(());
        }
        let list: WorldList = self.read(&self.get(&self.url.of_server("/worlds"))?)?;
        Err(Failed::Unknown(no_such_world(world, &list)))
    }

    fn too_few(&self, report: &Coverage) -> Vec<String> {
        // The report's percentage is rounded down.
        let is_met = |least: f64| count(report.reached) * 100.0 >= least * count(report.pairs);
        let Some(least) = self.fail_under.filter(|least| !is_met(*least)) else {
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
        self.read(&self.get(&url)?)
    }

    fn get(&self, url: &str) -> Result<Reply, Failed> {
        let reply = client::get(url, self.control_token.as_ref(), PATIENCE);
        reply.map_err(|reason| self.unknown(&reason))
    }

    fn read<T: DeserializeOwned>(&self, reply: &Reply) -> Result<T, Failed> {
        reply.read().map_err(|reason| self.unknown(&reason))
    }

    fn unknown(&self, reason: &str) -> Failed {
        Failed::Unknown(format!("{} cannot be asked: {reason}", self.url))
    }
}

fn no_such_world(world: &WorldName, list: &WorldList) -> String {
    let names: Vec<_> = list
        .worlds
        .iter()
        .take(MOST_LISTED)
        .map(|world| world.name.as_str())
        .collect();
    let others = match list.worlds.len().saturating_sub(names.len()) {
        0 => String::new(),
        others => format!(" and {others} more"),
    };
    match names.as_slice() {
        [] => format!("there is no world {world}, and no other either"),
        names => format!(
            "there is no world {world}; there are {}{others}",
            names.join(", ")
        ),
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

/// A count of pairs, of which there are few.
fn count(pairs: i64) -> f64 {
    f64::from(i32::try_from(pairs).unwrap_or(i32::MAX))
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
