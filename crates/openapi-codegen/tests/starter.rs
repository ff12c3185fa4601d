//! The starter project, rendered outside the workspace and put to work there.

mod ran;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use openapi_codegen::{Fate, Rollcall, Source, Starter};
use serde_json::Value;
use tempfile::TempDir;

use crate::ran::Ran;

/// Every way a credential travels, every way a parameter is written, names that Rust reserves or that are very long,
/// and an operation that is not emitted.
const ODD: &str = r#"
openapi: 3.0.3
info: { title: "A `tea room` /* with odd\n corners */", version: '1' }
servers: [{ url: https://tea.example/v1 }]
security: [{ token: [] }]
paths:
  /:
    get:
      operationId: enter
      responses:
        '204': { description: Entered. }
  /pots:
    get:
      operationId: type
      deprecated: true
      security: [{ key: [], seat: [] }]
      parameters:
        - { name: kinds, in: query, required: true, schema: { type: array, items: { type: string }, minItems: 1 } }
        - name: size
          in: query
          required: true
          style: deepObject
          explode: true
          schema: { type: object, required: [width], properties: { width: { type: integer } } }
        - { name: X-Trace, in: header, required: true, schema: { type: string, pattern: '^[a-f]{8}$' } }
        - { name: session, in: cookie, required: true, schema: { type: string } }
      responses:
        '200': { description: The pots., content: { application/json: { schema: { type: array, items: {} } } } }
    post:
      operationId: brew a-pot
      security: [{ door: [] }]
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [leaves, steeped]
              properties: { leaves: { type: string, enum: [black, green] }, steeped: { type: integer, minimum: 1 } }
      responses:
        '201': { description: Brewed. }
  /pots/{pot_id}:
    put:
      operationId: replaceTheWholeContentsOfOneSingleParticularTeaPotThatIsNamedByItsPath
      parameters:
        - { name: pot_id, in: path, required: true, schema: { type: string, format: uuid } }
      requestBody:
        required: true
        content:
          application/json:
            schema:
              oneOf:
                - { type: object, required: [tea], properties: { tea: { type: string } } }
                - { type: object, required: [coffee], properties: { coffee: { type: string } } }
      responses:
        '204': { description: Replaced. }
        4XX: { description: Refused., content: { text/plain: { schema: { type: string } } } }
  /pots/{sizes}/lids:
    delete:
      operationId: self
      parameters:
        - name: sizes
          in: path
          required: true
          style: matrix
          schema: { type: array, items: { type: integer }, minItems: 1 }
      responses:
        '204': { description: Gone. }
  /pots/{pot_id}/picture:
    put:
      operationId: drawPot
      parameters:
        - { name: pot_id, in: path, required: true, schema: { type: string } }
      requestBody: { required: true, content: { multipart/form-data: { schema: { type: object } } } }
      responses:
        '204': { description: Drawn. }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    door: { type: http, scheme: basic }
    key: { type: apiKey, in: query, name: key }
    seat: { type: apiKey, in: cookie, name: seat }
"#;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap()
}

/// Runs `init`, in the folder of this crate.
fn init(dir: &Path, spec: &Path, more: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_openapi-codegen"));
    command
        .arg("init")
        .arg(dir)
        .arg("--spec")
        .arg(spec)
        .args(more)
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    Ran::from(command.output().unwrap()).written()
}

/// A project of the document in a folder outside the workspace, rendered by the program.
struct Project {
    /// Gone with the test.
    _root: TempDir,
    dir: PathBuf,
}

impl Project {
    fn rendered(name: &str, spec: &Path) -> Self {
        let root = TempDir::new().unwrap();
        let dir = root.path().join(name);
        init(&dir, spec, &["--rollcall", repository().to_str().unwrap()]);
        // The versions of the workspace, so that nothing is downloaded.
        if let Ok(lock) = fs::read(repository().join("Cargo.lock")) {
            fs::write(dir.join("Cargo.lock"), lock).unwrap();
        }
        fs::copy(
            repository().join("rust-toolchain.toml"),
            dir.join("rust-toolchain.toml"),
        )
        .unwrap();
        Self { _root: root, dir }
    }

    /// Runs cargo in the project, with what `cargo fetch` has downloaded. All projects build into one folder, so that
    /// dependencies are compiled once.
    fn cargo(&self, arguments: &[&str]) -> String {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(&self.dir)
            .env(
                "CARGO_TARGET_DIR",
                Path::new(env!("CARGO_TARGET_TMPDIR")).join("starter"),
            )
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_NET_OFFLINE", "true")
            .env_remove("RUSTFLAGS")
            .output()
            .unwrap();
        Ran::from(output).written()
    }

    /// Formatted, without a warning, and passing its own test.
    #[track_caller]
    fn assert_passes_its_own_ci(&self) {
        self.cargo(&["fmt", "--check"]);
        self.cargo(&["clippy", "--all-targets", "--", "-D", "warnings"]);
        let tested = self.cargo(&["test", "--", "--nocapture"]);
        assert!(tested.contains("3 passed"), "{tested}");
        assert!(!tested.contains("no valid request could be made up"), "{tested}");
    }
}

#[test]
fn the_project_of_an_odd_document_passes_its_own_ci() {
    let root = TempDir::new().unwrap();
    let spec = root.path().join("odd corners.yaml");
    fs::write(&spec, ODD).unwrap();
    Project::rendered("match", &spec).assert_passes_its_own_ci();
}

#[test]
fn the_project_of_a_real_document_passes_its_own_ci_and_needs_two_crates_of_ours_and_tokio() {
    let project = Project::rendered("tea-room", &repository().join("specs/whylabs.yaml"));
    project.assert_passes_its_own_ci();

    let metadata = project.cargo(&["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let dependencies = metadata["packages"][0]["dependencies"].as_array().unwrap();
    let needed: BTreeSet<_> = dependencies
        .iter()
        .map(|dependency| (dependency["kind"].as_str(), dependency["name"].as_str().unwrap()))
        .collect();
    let expected = [
        (None, "api-support"),
        (None, "tokio"),
        (Some("build"), "openapi-codegen"),
    ];
    assert_eq!(needed, BTreeSet::from(expected));
}

#[test]
fn a_project_written_from_inside_a_checkout_gets_its_crates_from_there() {
    let dir = TempDir::new().unwrap();
    let spec = repository().join("specs/whylabs.yaml");
    let first = init(dir.path(), &spec, &[]);
    assert!(first.lines().all(|line| line.starts_with("written ")), "{first}");
    let second = init(dir.path(), &spec, &[]);
    assert_eq!(second, first.replace("written ", "kept    "));

    let manifest = fs::read_to_string(dir.path().join("Cargo.toml")).unwrap();
    let dependency = manifest
        .lines()
        .find(|line| line.starts_with("api-support = "))
        .unwrap();
    let path = dependency.split('"').nth(1).unwrap();
    assert!(
        Path::new(path).is_absolute() && Path::new(path).join("Cargo.toml").is_file(),
        "{dependency}"
    );
}

#[test]
fn a_file_that_exists_is_kept() {
    let dir = TempDir::new().unwrap();
    let git = Rollcall::parse("https://example.com/rollcall").unwrap();
    let starter = starter("odd.yaml", ODD);
    let first = starter.write(dir.path(), &git).unwrap();
    assert!(first.iter().all(|file| file.fate == Fate::Written), "{first:?}");

    let handlers = dir.path().join("src/handlers.rs");
    fs::write(&handlers, "// mine").unwrap();
    fs::remove_file(dir.path().join("README.md")).unwrap();
    let second = starter.write(dir.path(), &git).unwrap();

    let written: Vec<_> = second
        .iter()
        .filter(|file| file.fate == Fate::Written)
        .map(|file| &file.path)
        .collect();
    assert_eq!(written, [Path::new("README.md")]);
    assert_eq!(fs::read_to_string(handlers).unwrap(), "// mine");
}

#[test]
fn missing_prints_the_methods_a_grown_document_asks_for() {
    let dir = TempDir::new().unwrap();
    let git = Rollcall::parse("https://example.com/rollcall").unwrap();
    starter("odd.yaml", ODD).write(dir.path(), &git).unwrap();
    let missing = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_openapi-codegen"));
        command.args(["init", ".", "--missing"]).current_dir(dir.path());
        Ran::from(command.output().unwrap()).written()
    };
    assert_eq!(missing(), "");

    let grown = ODD.replace(
        "components:\n",
        "  /cups:\n    get:\n      operationId: static\n      responses: { '204': { description: None. } }\ncomponents:\n",
    );
    fs::write(dir.path().join("specs/odd.yaml"), grown).unwrap();
    let stub = "    /// `GET /cups`
    async fn r#static(
        &self,
        _context: Self::Context,
        _request: operations::Static,
    ) -> Result<operations::StaticResponse, Self::Error> {
        // To be written: answer with the variant of a documented status.
        Ok(operations::StaticResponse::Unimplemented)
    }
";
    assert_eq!(missing(), stub);
}

#[test]
fn what_is_filled_in_is_as_reviewed() {
    let dir = TempDir::new().unwrap();
    let project = dir.path().join("tea-room");
    let git = Rollcall::parse("https://example.com/rollcall").unwrap();
    starter("odd corners.yaml", ODD).write(&project, &git).unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository().join("snapshots/starter"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // The others are their templates, but for a name or two.
    for file in [
        "Cargo.toml",
        "README.md",
        "src/handlers.rs",
        "tests/request/mod.rs",
    ] {
        let text = fs::read_to_string(project.join(file)).unwrap();
        settings.bind(|| insta::assert_snapshot!(file.replace('/', "__"), text));
    }
    assert_eq!(
        fs::read_to_string(project.join("specs/odd_corners.yaml")).unwrap(),
        ODD
    );
}

#[test]
fn the_project_of_every_document_is_formatted() {
    let git = Rollcall::parse("https://example.com/rollcall").unwrap();
    let dir = TempDir::new().unwrap();
    let mut files = Vec::new();
    for folder in ["specs", "tests/fixtures/accepted"] {
        for entry in fs::read_dir(repository().join(folder)).unwrap().flatten() {
            let name = entry.file_name().into_string().unwrap();
            let project = dir.path().join(&name);
            let written = starter(&name, &fs::read_to_string(entry.path()).unwrap())
                .write(&project, &git)
                .unwrap();
            let rust = written
                .iter()
                .filter(|file| file.path.extension().is_some_and(|kind| kind == "rs"));
            files.extend(rust.map(|file| project.join(&file.path)));
        }
    }
    let rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--check"])
        .args(&files)
        .output()
        .unwrap();
    assert_eq!(Ran::from(rustfmt).written(), "");
}

#[test]
fn a_project_inside_another_workspace_is_a_workspace_of_its_own() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("Cargo.toml"), "[workspace]\nmembers = []\n").unwrap();
    let project = dir.path().join("inner/tea-room");
    let git = Rollcall::parse("https://example.com/rollcall").unwrap();
    starter("odd.yaml", ODD).write(&project, &git).unwrap();
    let manifest = fs::read_to_string(project.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\n[workspace]\n"), "{manifest}");
}

fn starter(name: &str, text: &str) -> Starter {
    let (starter, report) = Starter::new(Source::new(name, text), None);
    starter.unwrap_or_else(|| panic!("{name}: {:?}", report.diagnostics()))
}
