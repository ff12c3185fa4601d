//! Files of fixtures, good and bad, each with what is made of it as a snapshot.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use contract_tests::repository;
use mock_server::fixtures::{Fixtures, Given, resolve, to_yaml};
use openapi_model::RenderOptions;

use crate::{Test, test};

pub(crate) fn tests() -> Vec<Test> {
    let mut tests = Vec::new();
    for (folder, check) in [("good", good as fn(Given, &str)), ("bad", bad)] {
        let folder_path = repository::root().join("tests/fixtures/worlds").join(folder);
        let before = tests.len();
        for entry in fs::read_dir(&folder_path).expect("there are worlds") {
            let path = entry.expect("the folder can be read").path();
            let name = name(&path);
            let test: Test = (
                format!("{folder}: {name}"),
                Box::new(move || check(given(&path), &name)),
            );
            tests.push(test);
        }
        assert!(tests.len() > before, "no {folder} worlds");
    }
    tests.sort_by(|(one, _), (other, _)| one.cmp(other));
    tests.push(test("faults of several files are reported together", several));
    tests
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// A file under its name alone, so that reports are the same everywhere.
fn given(path: &Path) -> Given {
    Given::Text {
        name: name(path),
        text: fs::read_to_string(path).expect("the file can be read"),
    }
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository::root().join("snapshots/worlds"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Good fixtures make a world; what it is exported as makes the same world.
fn good(given: Given, name: &str) {
    let world = resolve(&[given], None).unwrap_or_else(|error| panic!("{error}"));
    let again = resolve(&[Given::Value(Box::new(world.clone()))], None);
    let again = again.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(again, world);
    snapshot(&format!("good@{name}"), &shown(name, &world));
}

/// What there is to see of a world: of one that extends the built-in fixtures what is new in it, of any other the APIs
/// that have something in it; of one with nothing in it everything.
fn shown(name: &str, world: &Fixtures) -> String {
    if name.starts_with("extends") {
        let built_in = resolve(&[], None).unwrap_or_else(|error| panic!("{error}"));
        let known: BTreeSet<_> = to_yaml(&built_in).lines().map(str::to_owned).collect();
        let text = to_yaml(world);
        let new = text.lines().filter(|line| !known.contains(*line));
        return new.collect::<Vec<_>>().join("\n");
    }
    let nothing = Given::Text {
        name: "nothing".to_owned(),
        text: "{}".to_owned(),
    };
    let nothing = resolve(&[nothing], None).unwrap_or_else(|error| panic!("{error}"));
    let mut shown = world.clone();
    if *world != nothing {
        shown.clerk = shown.clerk.filter(|_| world.clerk != nothing.clerk);
        shown.enhance = shown.enhance.filter(|_| world.enhance != nothing.enhance);
        shown.logto = shown.logto.filter(|_| world.logto != nothing.logto);
        shown.whylabs = shown.whylabs.filter(|_| world.whylabs != nothing.whylabs);
    }
    to_yaml(&shown)
}

fn bad(given: Given, name: &str) {
    match resolve(&[given], None) {
        Ok(world) => panic!("a world was made of it:\n{}", to_yaml(&world)),
        Err(error) => snapshot(&format!("bad@{name}"), &error.render(RenderOptions::default())),
    }
}

fn several() {
    let text = |name: &str, text: &str| Given::Text {
        name: name.to_owned(),
        text: text.to_owned(),
    };
    let files = [
        text(
            "first.yaml",
            "extends: true\nclerk:\n  users: [{ id: user_new, username: ada }, { nme: x }]\n",
        ),
        text(
            "second.yaml",
            "extends: true\nclerk:\n  organizations: [{ id: org_new, created_by: user_newer }]\n",
        ),
        text(
            "third.yaml",
            "extends: true\nclerk:\n  users: [{ id: user_newest, username: ADA }]\n",
        ),
    ];
    let error = resolve(&files, None).expect_err("there are faults in each");
    snapshot("bad_files_together", &error.render(RenderOptions::default()));
}
