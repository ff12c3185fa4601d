use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use super::Scenario;
use super::table::Table;
use crate::repository;

/// The variable that asks for the pages to be written instead of compared.
const UPDATE: &str = "UPDATE_BEHAVIOUR";

/// What an API does, as a page for people: every rule, the rows that show it, and the statuses seen there.
pub(super) struct Behaviour<'a>(pub(super) &'a Table);

impl Behaviour<'_> {
    /// Says so when the page is not what the rows say; or writes it, where that is asked for.
    pub(super) fn problems(&self) -> Vec<String> {
        let (path, page) = (self.path(), self.page());
        if env::var_os(UPDATE).is_some_and(|value| !value.is_empty()) {
            return match fs::write(&path, page) {
                Ok(()) => Vec::new(),
                Err(error) => vec![format!("{}: {error}", path.display())],
            };
        }
        match fs::read_to_string(&path) {
            Ok(written) if written == page => Vec::new(),
            Ok(_) => vec![format!(
                "{} does not say what the rows say; {}",
                path.display(),
                self.advice()
            )],
            Err(error) => vec![format!("{}: {error}; {}", path.display(), self.advice())],
        }
    }

    /// The page is called after the API; that of the control API is a guide, and stands beside it.
    fn path(&self) -> PathBuf {
        let name = match self.0.spec.name {
            "control" => "control_behaviour",
            vendor => vendor,
        };
        repository::root().join(format!("crates/mock-server/docs/{name}.md"))
    }

    fn advice(&self) -> String {
        let name = self.0.spec.name;
        format!("`{UPDATE}=1 cargo test -p contract-tests --test rows -- '{name}: the page'` writes it")
    }

    fn page(&self) -> String {
        let title = &self.0.spec.title;
        let mut page = format!(
            "# {title}: what the mock does\n\n\
             Made from the contract tests: each row is one of them, which gets these statuses and looks at much more.\n\n\
             | Rule | Row | Statuses |\n|---|---|---|\n"
        );
        for rule in self.0.rules {
            let rows = self.0.scenarios.iter().filter(|scenario| scenario.rule == *rule);
            for (index, row) in rows.enumerate() {
                let rule = if index == 0 {
                    format!("{}. {}", rule.number, rule.title)
                } else {
                    String::new()
                };
                // Writing to a String cannot fail.
                let _ = writeln!(
                    page,
                    "| {} | {} | {} |",
                    cell(&rule),
                    cell(&row.name),
                    statuses(row)
                );
            }
        }
        page
    }
}

/// A text that does not end its cell, and that is no markup.
fn cell(text: &str) -> String {
    let mut cell = String::new();
    for letter in text.chars() {
        if "|<*_\\`".contains(letter) {
            cell.push('\\');
        }
        cell.push(letter);
    }
    cell
}

/// Every status a row expects, in the order they are first seen.
fn statuses(row: &Scenario) -> String {
    let mut statuses: Vec<String> = Vec::new();
    for outcome in row.actions.iter().flat_map(super::Action::outcomes) {
        let status = outcome.status.to_string();
        if !statuses.contains(&status) {
            statuses.push(status);
        }
    }
    statuses.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Rule, answer};
    use crate::spec::specs;
    use crate::wire::Request;

    static RULE: Rule = Rule {
        number: 1,
        title: "one of them",
    };

    static RULES: &[&Rule] = &[&RULE];

    #[test]
    fn a_page_has_a_line_for_each_row_and_each_status_once() {
        let call = || Request::new("GET", "/");
        let row = |name: &str| Scenario::new(&RULE, name).ask(call(), answer(404));
        let table = Table {
            spec: specs().first().unwrap(),
            operations: &[],
            rules: RULES,
            scenarios: vec![
                row("a|b").ask(call(), answer(200)).ask(call(), answer(404)),
                row("c"),
            ],
        };
        let page = Behaviour(&table).page();
        let lines: Vec<_> = page.lines().skip(6).collect();
        assert_eq!(lines, ["| 1. one of them | a\\|b | 404, 200 |", "|  | c | 404 |"]);
    }
}
