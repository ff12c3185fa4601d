//! The variables `MOCK_*`, each of which means what its flag means.
//!
//! An empty variable counts as none, for scripts pass on what they have not got; but an empty token is refused, since no
//! token at all would mean something else.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;

use clap::builder::Resettable;
use clap::{Arg, Command, CommandFactory as _, FromArgMatches as _};

use crate::config::Flags;

/// What the names of the variables begin with.
const PREFIX: &str = "MOCK_";

/// The variable that may not be empty.
const TOKEN: &str = "MOCK_CONTROL_TOKEN";

/// Variables that no flag has: probably misspelt, so that starting would not do what is expected.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct UnknownVariables(Vec<String>);

impl Flags {
    /// Reads the command line and the environment. Ends the process where the flags cannot be used, or help is asked for.
    ///
    /// # Errors
    /// When there are variables `MOCK_*` that no flag has.
    pub fn read() -> Result<Self, UnknownVariables> {
        let set: BTreeMap<String, OsString> = env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value)))
            .filter(|(name, value)| {
                name.starts_with(PREFIX) && !is_service_link(name, &value.to_string_lossy())
            })
            .collect();
        let command = without_empty(Self::command(), &set);
        let matches = command.get_matches();
        known_only(&Self::command(), set.keys())?;
        Ok(Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit()))
    }
}

/// The command line as if no variable were empty.
fn without_empty(command: Command, set: &BTreeMap<String, OsString>) -> Command {
    let is_empty = |arg: &Arg| {
        let name = variable(arg).filter(|name| name != TOKEN);
        name.and_then(|name| set.get(&name))
            .is_some_and(|value| value.is_empty())
    };
    command.mut_args(|arg| match is_empty(&arg) {
        true => arg.env(Resettable::Reset),
        false => arg,
    })
}

/// Whether a variable is one that Kubernetes has for a service whose name begins with `mock`, in its own form or in that of
/// Docker links: `…_SERVICE_HOST`, `…_SERVICE_PORT_HTTP`, `…_PORT=tcp://10.0.0.11:4010`, `…_PORT_4010_TCP_ADDR`.
///
/// Source: <https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables>
fn is_service_link(name: &str, value: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if name.ends_with("_SERVICE_HOST") || name.ends_with("_SERVICE_PORT") || name.contains("_SERVICE_PORT_") {
        return true;
    }
    let is_address = ["tcp://", "udp://", "sctp://"]
        .iter()
        .any(|scheme| value.starts_with(scheme));
    if name.ends_with("_PORT") && is_address {
        return true;
    }
    let Some((_, of_port)) = name.rsplit_once("_PORT_") else {
        return false;
    };
    let mut words = of_port.split('_');
    words.next().is_some_and(is_number)
        && matches!(words.next(), Some("TCP" | "UDP" | "SCTP"))
        && words
            .next()
            .is_none_or(|last| matches!(last, "PROTO" | "PORT" | "ADDR"))
        && words.next().is_none()
}

fn variable(arg: &Arg) -> Option<String> {
    arg.get_env().and_then(|name| name.to_str()).map(str::to_owned)
}

/// The variables of a command and of those below it.
fn variables(command: &Command) -> Vec<String> {
    let below = command.get_subcommands().flat_map(variables);
    command
        .get_arguments()
        .filter_map(variable)
        .chain(below)
        .collect()
}

fn known_only<'a>(command: &Command, set: impl Iterator<Item = &'a String>) -> Result<(), UnknownVariables> {
    let known = variables(command);
    let unknown = set.filter(|name| !known.contains(name));
    let told: Vec<_> = unknown
        .map(|name| {
            let nearest = known
                .iter()
                .min_by_key(|known| strsim::damerau_levenshtein(name, known));
            let nearest = nearest
                .map(|nearest| format!(": did you mean {nearest}?"))
                .unwrap_or_default();
            format!("no flag has the environment variable {name}{nearest}")
        })
        .collect();
    if told.is_empty() {
        Ok(())
    } else {
        Err(UnknownVariables(told))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_has_its_variable() {
        let command = Flags::command();
        for arg in command
            .get_arguments()
            .filter(|arg| !["help", "version"].contains(&arg.get_id().as_str()))
        {
            let name = arg.get_long().unwrap().replace('-', "_").to_uppercase();
            assert_eq!(variable(arg), Some(format!("{PREFIX}{name}")));
        }
    }

    #[test]
    fn addresses_of_services_are_nobodys_settings() {
        for (name, value) in [
            ("MOCK_SERVICE_HOST", "10.0.0.11"),
            ("MOCK_SERVER_SERVICE_PORT", "4010"),
            ("MOCK_SERVICE_PORT_HTTP", "4010"),
            ("MOCK_PORT", "tcp://10.0.0.11:4010"),
            ("MOCK_PORT_4010_TCP", "tcp://10.0.0.11:4010"),
            ("MOCK_SERVER_PORT_4010_TCP_PROTO", "tcp"),
            ("MOCK_PORT_4010_TCP_PORT", "4010"),
            ("MOCK_PORT_4010_TCP_ADDR", "10.0.0.11"),
        ] {
            assert!(is_service_link(name, value), "{name}");
        }
        for (name, value) in [
            ("MOCK_PORT", "4010"),
            ("MOCK_PORT_HTTP", "4010"),
            ("MOCK_PORT_4010", "4010"),
            ("MOCK_PORT_4010_TCP_HOST", "10.0.0.11"),
            ("MOCK_LISTEN", "tcp://10.0.0.11:4010"),
        ] {
            assert!(!is_service_link(name, value), "{name}");
        }
    }

    #[test]
    fn a_variable_that_no_flag_has_is_refused_with_the_nearest() {
        let names = [
            "MOCK_LISTEN".to_owned(),
            "MOCK_SEDE".to_owned(),
            "MOCK_PORT".to_owned(),
        ];
        let told = known_only(&Flags::command(), names.iter())
            .unwrap_err()
            .to_string();
        assert!(told.contains("MOCK_SEDE: did you mean MOCK_SEED?"), "{told}");
        assert!(
            told.contains("MOCK_PORT") && !told.contains("variable MOCK_LISTEN"),
            "{told}"
        );
        known_only(&Flags::command(), names.iter().take(1)).unwrap();
    }
}
