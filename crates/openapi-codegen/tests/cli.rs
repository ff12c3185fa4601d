//! The command line, as a person or a script meets it.

mod desk;
mod ran;

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::desk::{COFFEE, Desk};

fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository().join("snapshots/cli"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

#[test]
fn check_reports_each_document_and_fails_when_one_has_errors() {
    let desk = Desk::new();
    let transcripts = [
        desk.transcript(&["check", "coffee.yaml"]),
        desk.transcript(&["check", "tea.yaml", "broken.yaml", "missing.yaml", "coffee.yaml"]),
        desk.transcript(&["check", "--strict", "tea.yaml", "coffee.yaml"]),
    ];
    snapshots().bind(|| insta::assert_snapshot!("check", transcripts.join("\n\n")));
}

#[test]
fn check_as_json_is_one_document_with_everything_in_it() {
    let desk = Desk::new();
    let ran = desk.run(&[
        "check",
        "--format",
        "json",
        "tea.yaml",
        "broken.yaml",
        "missing.yaml",
        "coffee.yaml",
    ]);
    assert_eq!((ran.code, ran.reports.as_str()), (Some(1), ""));
    serde_json::from_str::<Value>(&ran.output).unwrap();
    snapshots().bind(|| insta::assert_snapshot!("check_as_json", ran.output));
}

#[test]
fn check_as_json_succeeds_for_sound_documents_and_fails_for_strict_warnings() {
    let desk = Desk::new();
    let emitted = |arguments: &[&str]| {
        let ran = desk.run(arguments);
        let document: Value = serde_json::from_str(&ran.output).unwrap();
        (
            ran.code,
            document["files"][0]["emitted"].clone(),
            document["files"][0]["total"].clone(),
        )
    };
    assert_eq!(
        emitted(&["check", "--format=json", "tea.yaml"]),
        (Some(0), 2.into(), 3.into())
    );
    assert_eq!(
        emitted(&["check", "--format=json", "--strict", "tea.yaml"]),
        (Some(1), 0.into(), 3.into())
    );
}

#[test]
fn inventory_has_a_line_per_operation() {
    let desk = Desk::new();
    let transcripts = [
        desk.transcript(&["inventory", "tea.yaml"]),
        desk.transcript(&["inventory", "broken.yaml"]),
    ];
    snapshots().bind(|| insta::assert_snapshot!("inventory", transcripts.join("\n\n")));
}

#[test]
fn generate_prints_the_module() {
    let desk = Desk::new();
    let ran = desk.run(&["generate", "coffee.yaml"]);
    assert_eq!((ran.code, ran.reports.as_str()), (Some(0), ""));
    assert!(
        ran.output
            .starts_with("// @generated from coffee.yaml by openapi-codegen. Do not edit.\n")
    );
    assert!(ran.output.contains("pub trait CoffeeApi"));
    let named = desk.run(&["generate", "coffee.yaml", "--name", "espresso"]);
    assert!(named.output.contains("pub trait EspressoApi"));
}

#[test]
fn generate_writes_nothing_for_a_document_it_refuses() {
    let desk = Desk::new();
    for arguments in [
        ["generate", "broken.yaml", "-o", "out.rs"],
        ["generate", "tea.yaml", "--strict", "-oout.rs"],
    ] {
        let ran = desk.run(&arguments);
        assert_eq!((ran.code, ran.output.as_str()), (Some(1), ""), "{arguments:?}");
        assert!(ran.reports.contains("error"), "{}", ran.reports);
        assert!(!desk.path("out.rs").exists());
    }
}

#[test]
fn generate_touches_a_file_only_when_it_changes() {
    let desk = Desk::new();
    let generate = |spec: &str| desk.run(&["generate", spec, "-o", "out.rs"]).written();
    let modified = || fs::metadata(desk.path("out.rs")).unwrap().modified().unwrap();

    assert_eq!(
        generate("coffee.yaml"),
        "out.rs: written, emitted 1 of 1 operations\n"
    );
    assert_eq!(
        fs::read_to_string(desk.path("out.rs")).unwrap(),
        desk.run(&["generate", "coffee.yaml"]).output
    );
    let first = modified();
    assert_eq!(
        generate("coffee.yaml"),
        "out.rs: unchanged, emitted 1 of 1 operations\n"
    );
    assert_eq!(modified(), first);
    assert_eq!(
        generate("tea.yaml"),
        "out.rs: written, emitted 2 of 3 operations\n"
    );

    let left_over = fs::read_dir(desk.dir.path()).unwrap().flatten();
    let left_over = left_over.filter(|entry| entry.file_name().to_string_lossy().starts_with('.'));
    assert_eq!(left_over.count(), 0);
}

#[cfg(unix)]
#[test]
fn generate_keeps_links_and_permissions() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let desk = Desk::new();
    fs::write(desk.path("real.rs"), "old").unwrap();
    fs::set_permissions(desk.path("real.rs"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.rs", desk.path("link.rs")).unwrap();

    assert_eq!(
        desk.run(&["generate", "coffee.yaml", "-o", "link.rs"]).code,
        Some(0)
    );

    assert!(fs::symlink_metadata(desk.path("link.rs")).unwrap().is_symlink());
    assert!(
        fs::read_to_string(desk.path("real.rs"))
            .unwrap()
            .contains("CoffeeApi")
    );
    assert_eq!(
        fs::metadata(desk.path("real.rs")).unwrap().permissions().mode() & 0o777,
        0o640
    );
}

#[test]
fn a_document_is_read_from_standard_input() {
    let desk = Desk::new();
    let checked = desk.run_with_input(&["check", "-"], COFFEE);
    assert_eq!(
        (checked.code, checked.output.as_str()),
        (Some(0), "<stdin>: emitted 1 of 1 operations\n")
    );
    let listed = desk.run_with_input(&["inventory", "-"], COFFEE);
    assert_eq!(listed.output, "POST /cups pour_cup() 201\n");
    let generated = desk.run_with_input(&["generate", "-", "--name", "coffee"], COFFEE);
    assert!(generated.output.contains("pub trait CoffeeApi"));
}

#[test]
fn what_cannot_be_read_or_written_is_named_with_what_to_do() {
    let desk = Desk::new();
    let transcripts = [
        desk.transcript(&["generate", "missing.yaml"]),
        desk.transcript(&["inventory", "folder"]),
        desk.transcript(&["check", "latin.yaml"]),
        desk.transcript(&["generate", "coffee.yaml", "-o", "folder"]),
        desk.transcript(&["generate", "coffee.yaml", "-o", "no/folder/out.rs"]),
        desk.transcript(&["generate", "coffee.yaml", "-o", "folder/../coffee.yaml"]),
        desk.transcript(&["init", "project", "--spec", "coffee.yaml"]),
        desk.transcript(&["init", "project", "--spec", "coffee.yaml", "--rollcall", "folder"]),
        desk.transcript(&[
            "init",
            "coffee.yaml",
            "--spec",
            "coffee.yaml",
            "--rollcall",
            "https://example.com/r",
        ]),
        desk.transcript(&["init", "folder", "--missing"]),
    ];
    snapshots().bind(|| insta::assert_snapshot!("failures", transcripts.join("\n\n")));
    assert_eq!(fs::read_to_string(desk.path("coffee.yaml")).unwrap(), COFFEE);
    assert!(!desk.path("project").exists());
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let desk = Desk::new();
    // More than any pipe holds, so that the program is still writing when nobody reads any more.
    let spec = repository().join("specs/enhance.yaml").canonicalize().unwrap();
    let mut command = desk.command(&["generate", spec.to_str().unwrap()]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{:?}", output.status);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn reports_have_no_colour_when_nobody_sees_them() {
    let desk = Desk::new();
    let ran = desk.run(&["check", "broken.yaml", "missing.yaml"]);
    assert!(
        ran.reports.is_ascii() && !ran.reports.contains('\u{1b}'),
        "{}",
        ran.reports
    );
}

#[test]
fn a_wrong_command_line_exits_2_and_a_question_about_it_0() {
    let desk = Desk::new();
    let wrong: [&[&str]; 6] = [
        &[],
        &["brew"],
        &["check"],
        &["check", "tea.yaml", "--format", "xml"],
        &["init", "project"],
        &["init", "project", "--missing", "--rollcall", "."],
    ];
    for arguments in wrong {
        let ran = desk.run(arguments);
        assert_eq!((ran.code, ran.output.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(ran.reports.contains("--help"), "{}", ran.reports);
    }
    let version = desk.run(&["--version"]);
    assert_eq!(version.code, Some(0));
    assert_eq!(
        version.output,
        format!("openapi-codegen {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn help_explains_every_command() {
    let desk = Desk::new();
    let commands: [&[&str]; 5] = [
        &["--help"],
        &["generate", "--help"],
        &["check", "--help"],
        &["inventory", "--help"],
        &["init", "--help"],
    ];
    let transcripts = commands.map(|arguments| desk.transcript(arguments));
    snapshots().bind(|| insta::assert_snapshot!("help", transcripts.join("\n\n")));
}
