//! A folder with documents to run the program in.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::ran::Ran;

/// Two operations that are emitted and one that is not, which is a warning.
const TEA: &str = "\
openapi: 3.0.3
info: { title: Tea room, version: '1' }
paths:
  /pots:
    get:
      operationId: listPots
      responses:
        '200': { description: The pots., content: { application/json: { schema: { type: array, items: { type: string } } } } }
  /pots/{pot_id}:
    parameters:
      - { name: pot_id, in: path, required: true, schema: { type: string } }
    put:
      operationId: fillPot
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Tea' } } } }
      responses:
        '204': { description: Filled. }
        '404': { description: There is no such pot., x-addition: The seed has none. }
  /pots/{pot_id}/picture:
    put:
      operationId: drawPot
      parameters:
        - { name: pot_id, in: path, required: true, schema: { type: string } }
      requestBody: { required: true, content: { multipart/form-data: { schema: { type: object } } } }
      responses:
        '204': { description: Drawn. }
components:
  schemas:
    Tea: { type: object, required: [leaves], properties: { leaves: { type: string } } }
";

/// One operation, with nothing to say about it.
pub(crate) const COFFEE: &str = "\
openapi: 3.0.3
info: { title: Coffee bar, version: '1' }
paths:
  /cups:
    post:
      operationId: pourCup
      responses:
        '201': { description: Poured. }
";

/// A parameter that is in no path, and a reference that leads nowhere.
const BROKEN: &str = "\
openapi: 3.0.3
info: { title: Broken, version: '1' }
paths:
  /pots:
    get:
      operationId: listPots
      parameters:
        - { name: pot_id, in: path, required: true, schema: { type: string } }
      responses:
        '200': { description: The pots., content: { application/json: { schema: { $ref: '#/components/schemas/Pots' } } } }
";

/// A folder with documents, and the program run in it.
pub(crate) struct Desk {
    pub(crate) dir: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let dir = TempDir::new().unwrap();
        for (name, text) in [
            ("tea.yaml", TEA),
            ("coffee.yaml", COFFEE),
            ("broken.yaml", BROKEN),
        ] {
            fs::write(dir.path().join(name), text).unwrap();
        }
        fs::create_dir(dir.path().join("folder")).unwrap();
        fs::write(
            dir.path().join("latin.yaml"),
            b"openapi: 3.0.3\ninfo: { title: Caf\xe9 }\n",
        )
        .unwrap();
        Self { dir }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_openapi-codegen"));
        command
            .args(arguments)
            .current_dir(self.dir.path())
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with_input(arguments, "")
    }

    pub(crate) fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = self.command(arguments);
        let command = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command line that is refused ends the program before it reads anything.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let ran = Ran::from(child.wait_with_output().unwrap());
        let here = self.dir.path().canonicalize().unwrap().display().to_string();
        Ran {
            output: ran.output.replace(&here, "[here]"),
            reports: ran.reports.replace(&here, "[here]"),
            ..ran
        }
    }

    /// What a person sees of it: the command line, the exit code, and both outputs.
    pub(crate) fn transcript(&self, arguments: &[&str]) -> String {
        let Ran {
            code,
            output,
            reports,
        } = self.run(arguments);
        let code = code.map_or_else(|| "killed".to_owned(), |code| code.to_string());
        let command = format!("$ openapi-codegen {} # {code}", arguments.join(" "));
        let marked = |mark: &str, text: &str| -> Vec<String> {
            text.lines()
                .map(|line| format!("{mark} {line}").trim_end().to_owned())
                .collect()
        };
        [vec![command], marked("1>", &output), marked("2>", &reports)]
            .concat()
            .join("\n")
    }
}
