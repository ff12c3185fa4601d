//! What is answered to what, as a snapshot for people to read.

use std::collections::{BTreeMap, BTreeSet};

use contract_tests::row::Row;
use contract_tests::spec::{Spec, control, specs};
use contract_tests::{repository, server};
use indexmap::{IndexMap, IndexSet};
use libtest_mimic::Trial;

/// One test per API, which makes the rows of it run.
pub(crate) fn trials(rows: &'static [Row]) -> Vec<Trial> {
    let trial = |spec: &'static Spec| {
        let name = format!(
            "{}: the matrix of operations, kinds of requests and statuses is as it was",
            spec.name
        );
        let of_api = rows.iter().filter(|row| row.spec.name == spec.name);
        let check = move || {
            let matrix = matrix(of_api);
            settings().bind(|| insta::assert_snapshot!(format!("matrix_{}", spec.name), matrix));
            Ok(())
        };
        Trial::test(name, check).with_ignored_flag(server::given().is_some())
    };
    specs().iter().chain([control()]).map(trial).collect()
}

fn settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository::snapshots());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// What each subject answers to each kind of request.
type Answers = IndexMap<(&'static str, &'static str), BTreeSet<String>>;

/// Under each subject a line per answer, with the kinds of requests that get it. What all operations answer alike comes
/// first, and once.
fn matrix(rows: impl Iterator<Item = &'static Row>) -> String {
    let (mut of_operations, mut of_others) = (Answers::new(), Answers::new());
    for row in rows {
        let answers = if row.operation.is_some() {
            &mut of_operations
        } else {
            &mut of_others
        };
        answers
            .entry((&row.subject, row.kind))
            .or_default()
            .insert(row.result());
    }
    let alike = alike(&of_operations);
    let mut text = String::from("every operation that such a request can be sent to\n");
    write_answers(&mut text, alike.iter().map(|(kind, results)| (*kind, *results)));
    for answers in [&of_operations, &of_others] {
        let subjects: IndexSet<&str> = answers.keys().map(|(subject, _)| *subject).collect();
        for subject in subjects {
            let own = answers
                .iter()
                .filter(|((of, kind), _)| *of == subject && !alike.contains_key(kind));
            let mut section = String::new();
            write_answers(&mut section, own.map(|((_, kind), results)| (*kind, results)));
            if !section.is_empty() {
                text.push_str(&format!("\n{subject}\n{section}"));
            }
        }
    }
    text
}

/// The kinds that every operation gives the same answer.
fn alike(answers: &Answers) -> IndexMap<&'static str, &BTreeSet<String>> {
    let mut alike: IndexMap<&str, Option<&BTreeSet<String>>> = IndexMap::new();
    for ((_, kind), results) in answers {
        let known = alike.entry(kind).or_insert(Some(results));
        *known = known.filter(|known| *known == results);
    }
    alike
        .into_iter()
        .filter_map(|(kind, results)| Some((kind, results?)))
        .collect()
}

fn write_answers<'a>(text: &mut String, kinds: impl Iterator<Item = (&'static str, &'a BTreeSet<String>)>) {
    let mut of_results: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (kind, results) in kinds {
        let results = results
            .iter()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(" or ");
        of_results.entry(results).or_default().push(kind);
    }
    for (results, kinds) in of_results {
        text.push_str(&format!("  {results}: {}\n", kinds.join(", ")));
    }
}
