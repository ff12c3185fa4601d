use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};

use super::error::StarterError;

macro_rules! template {
    ($file:literal) => {
        template!($file, $file)
    };
    ($file:literal, $template:literal) => {
        (
            $file,
            include_str!(concat!("../../../../templates/starter/", $template, ".jinja")),
        )
    };
}

/// The files of the project and their templates. Hidden files are not hidden among the templates.
const TEMPLATES: [(&str, &str); 11] = [
    template!("Cargo.toml"),
    template!("build.rs"),
    template!("src/lib.rs"),
    template!("src/main.rs"),
    template!("src/handlers.rs"),
    template!("tests/contract.rs"),
    template!("tests/request/mod.rs"),
    template!("tests/request/styles.rs"),
    template!(".github/workflows/ci.yml", "ci.yml"),
    template!(".gitignore", "gitignore"),
    template!("README.md"),
];

/// A method of the handlers that is to be written.
const STUB: (&str, &str) = template!("stub.rs");

/// Every file and its text.
pub(super) fn files(context: &Value) -> Result<Vec<(String, String)>, StarterError> {
    TEMPLATES
        .into_iter()
        .map(|template| Ok((template.0.to_owned(), render(template, context)?)))
        .collect()
}

/// A method that is to be written.
pub(super) fn stub(context: &Value) -> Result<String, StarterError> {
    render(STUB, context)
}

fn render((file, template): (&'static str, &'static str), context: &Value) -> Result<String, StarterError> {
    environment()
        .and_then(|environment| environment.render_named_str(file, template, context))
        .map_err(|error| StarterError::Template {
            file,
            reason: format!("{error:#}"),
        })
}

/// Tags on lines of their own leave no lines behind, and a name the context lacks is an error.
fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()?;
    let mut environment = Environment::new();
    environment.set_syntax(syntax);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    Ok(environment)
}
