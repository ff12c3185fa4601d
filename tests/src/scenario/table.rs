use std::collections::{BTreeMap, BTreeSet};

use api_support::Operation;
use libtest_mimic::{Failed, Trial};

use super::Scenario;
use super::action::Action;
use super::behaviour::Behaviour;
use super::outcome::Outcome;
use super::rule::Rule;
use super::run::{Run, called, operation};
use crate::server;
use crate::spec::Spec;
use crate::wire::Request;

/// The headers that ask for an answer by its status.
const FORCING: [&str; 2] = ["prefer", "x-mock-status"];

/// An API's rules and the scenarios that show them.
#[derive(Debug)]
pub struct Table {
    /// The API, as its document has it.
    pub spec: &'static Spec,
    /// The same as the server has it.
    pub operations: &'static [Operation],
    /// The rules that the scenarios show, in order.
    pub rules: &'static [&'static Rule],
    /// The scenarios, in the order of their rules.
    pub scenarios: Vec<Scenario>,
}

/// An operation and one of the statuses it answers, as its document writes them.
type Pair = (String, String);

/// What is wrong with a table in one respect; empty: nothing.
type Check = fn(&Table) -> Vec<String>;

impl Table {
    /// A test for each scenario, and those that hold the table together.
    #[must_use]
    pub fn trials(&'static self) -> Vec<Trial> {
        let rows = self.scenarios.iter();
        let mut trials: Vec<_> = rows.map(|scenario| self.trial(scenario)).collect();
        let checks: [(&str, Check); 4] = [
            (
                "every documented status has a row with a cause of its own",
                Self::uncovered,
            ),
            ("every rule has a row, and every row another name", Self::unshown),
            ("no row asks for an answer by its status", Self::forced),
            ("the page about it says what the rows say", Self::unwritten),
        ];
        trials.extend(checks.map(|(name, check)| {
            let verdict = move || match check(self) {
                problems if problems.is_empty() => Ok(()),
                problems => Err(Failed::from(problems.join("\n"))),
            };
            Trial::test(format!("{}: {name}", self.spec.name), verdict)
        }));
        trials
    }

    fn trial(&'static self, scenario: &'static Scenario) -> Trial {
        let name = format!("{}: {}: {}", self.spec.name, scenario.rule.title, scenario.name);
        let trial = Trial::test(name, || Ok(Run::verdict(self.spec, scenario)?));
        match scenario.needs(self.spec).filter(|_| server::given().is_some()) {
            Some(reason) => trial.with_kind(reason).with_ignored_flag(true),
            None => trial,
        }
    }

    /// How many pairs of the contract the scenarios see, and how many additions to it.
    #[must_use]
    pub fn seen_pairs(&self) -> (usize, usize) {
        let (documented, seen) = (self.documented(), self.seen());
        let seen = documented.iter().filter(|(pair, _)| seen.contains(*pair));
        let (additions, contract): (Vec<_>, Vec<_>) = seen.partition(|(_, is_addition)| **is_addition);
        (contract.len(), additions.len())
    }

    /// Every pair, and whether it is an addition.
    fn documented(&self) -> BTreeMap<Pair, bool> {
        let mut documented = BTreeMap::new();
        for operation in self.operations {
            for response in operation.responses {
                let pair = (operation.id.to_owned(), response.status.to_string());
                documented.insert(pair, response.addition.is_some());
            }
        }
        documented
    }

    fn seen(&self) -> BTreeSet<Pair> {
        self.scenarios.iter().flat_map(|row| self.pairs(row)).collect()
    }

    /// The pairs that no scenario sees, and those that one sees and nobody documents.
    fn uncovered(&self) -> Vec<String> {
        let (documented, seen) = (self.documented(), self.seen());
        let missing = documented.keys().filter(|pair| !seen.contains(*pair));
        let missing = missing.map(|(operation, status)| format!("no row has {operation} answer {status}"));
        let unknown = seen.iter().filter(|pair| !documented.contains_key(*pair));
        let unknown = unknown.map(|(operation, status)| format!("{operation} does not document {status}"));
        let mut problems: Vec<_> = missing.chain(unknown).collect();
        let contract = documented.values().filter(|is_addition| !**is_addition).count();
        if contract != self.spec.pairs {
            problems.push(format!(
                "{contract} statuses are no additions, where the contract has {}",
                self.spec.pairs
            ));
        }
        problems
    }

    /// What a scenario sees, but for answers that no document has.
    fn pairs(&self, scenario: &Scenario) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for action in &scenario.actions {
            if let Action::Ask(request, outcome) = action {
                pairs.extend(self.pair(request, outcome));
            }
        }
        pairs
    }

    fn pair(&self, request: &Request, outcome: &Outcome) -> Option<Pair> {
        let operation = operation(self.spec, request).filter(|_| outcome.outside.is_none())?;
        let documented = operation.response(outcome.status);
        let status = documented.map_or_else(|| outcome.status.to_string(), |found| found.status.to_string());
        Some((operation.id.clone(), status))
    }

    fn unshown(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut names = BTreeSet::new();
        for scenario in &self.scenarios {
            if !names.insert(&scenario.name) {
                problems.push(format!("two rows are named {}", scenario.name));
            }
            if !self.rules.contains(&scenario.rule) {
                problems.push(format!("{} shows a rule that is not in the table", scenario.name));
            }
        }
        for (index, rule) in self.rules.iter().enumerate() {
            if usize::from(rule.number) != index + 1 {
                problems.push(format!("rule {} stands at {}", rule.number, index + 1));
            }
            if !self.scenarios.iter().any(|scenario| scenario.rule == *rule) {
                problems.push(format!("no row shows rule {}, {}", rule.number, rule.title));
            }
        }
        problems
    }

    fn unwritten(&self) -> Vec<String> {
        Behaviour(self).problems()
    }

    /// The rows in which the API itself is asked for an answer; what another API is asked for shows nothing of it.
    fn forced(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for scenario in &self.scenarios {
            let own = scenario
                .requests()
                .filter(|request| !self.is_for_another(request));
            for (name, _) in own.flat_map(|request| &request.headers) {
                if FORCING.iter().any(|forcing| name.eq_ignore_ascii_case(forcing)) {
                    problems.push(format!("{} sends {name}", scenario.name));
                }
            }
        }
        problems
    }
}

impl Table {
    /// Whether a request calls an operation of another API.
    fn is_for_another(&self, request: &Request) -> bool {
        let is_own = |operation| {
            self.spec
                .operations
                .iter()
                .any(|own| std::ptr::eq(own, operation))
        };
        called(self.spec, request).is_some_and(|operation| !is_own(operation))
    }
}

#[cfg(test)]
mod tests {
    use mock_server::membership_apis::clerk::OPERATIONS;

    use super::*;
    use crate::scenario::answer;
    use crate::spec::specs;

    static SHOWN: Rule = Rule {
        number: 1,
        title: "shown",
    };
    static UNSHOWN: Rule = Rule {
        number: 2,
        title: "not shown",
    };

    static RULES: &[&Rule] = &[&SHOWN, &UNSHOWN];

    fn table(scenarios: Vec<Scenario>) -> Table {
        let mut specs = specs().iter();
        Table {
            spec: specs.find(|spec| spec.name == "clerk").unwrap(),
            operations: OPERATIONS,
            rules: RULES,
            scenarios,
        }
    }

    fn row(status: u16) -> Scenario {
        let call = Request::new("GET", "/v1/organizations/o/memberships");
        Scenario::new(&SHOWN, "a row").ask(call, answer(status))
    }

    #[test]
    fn what_no_row_sees_and_what_nobody_documents_is_listed() {
        let problems = table(vec![row(200), row(418)]).uncovered();
        // The list documents four statuses, one of them an addition, and one is seen.
        let of_list = |problem: &&String| problem.contains(" ListOrganizationMemberships ");
        assert_eq!(problems.iter().filter(of_list).count(), 3, "{problems:?}");
        let unknown = "ListOrganizationMemberships does not document 418".to_owned();
        assert!(problems.contains(&unknown), "{problems:?}");
    }

    #[test]
    fn rules_without_a_row_and_rows_of_one_name_are_listed() {
        let problems = table(vec![row(200), row(401)]).unshown();
        assert_eq!(
            problems,
            ["two rows are named a row", "no row shows rule 2, not shown"]
        );
    }

    #[test]
    fn a_row_that_asks_for_an_answer_is_listed() {
        let call = Request::new("GET", "/").header("Prefer", "code=404");
        let forced = Scenario::new(&SHOWN, "a row").ask(call, answer(404));
        assert_eq!(table(vec![forced]).forced(), ["a row sends Prefer"]);
        assert!(table(vec![row(200)]).forced().is_empty());
    }

    #[test]
    fn a_row_says_what_it_needs_of_a_server() {
        let spec = table(Vec::new()).spec;
        let at = |target: &str| Request::new("GET", target);
        let plain = |request: Request| Scenario::new(&SHOWN, "a row").ask(request, answer(200));
        let secret = "Bearer sk_test_rollcall_plain";
        for (row, needs) in [
            (row(200), None),
            (
                row(200).clock("2026-01-01T00:00:00Z"),
                Some("needs to set the clock"),
            ),
            (
                row(200).fixtures("extends: true"),
                Some("needs fixtures of its own"),
            ),
            (
                plain(at(
                    "/v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships",
                )),
                Some("needs the built-in fixtures"),
            ),
            (
                plain(at("/").header("authorization", secret)),
                Some("needs the built-in fixtures"),
            ),
        ] {
            assert_eq!(row.needs(spec), needs);
        }
    }
}
