use std::path::Path;

use openapi_codegen::Generator;

use super::arguments::GenerateArguments;
use super::console::Console;
use super::failure::Failure;
use super::{Verdict, document, output};

pub(super) fn run(console: &Console, arguments: &GenerateArguments) -> Result<Verdict, Failure> {
    let source = document::read(&arguments.spec)?;
    let mut generator = Generator::new().strict(arguments.strict);
    if let Some(name) = &arguments.name {
        generator = generator.name(name);
    }
    let outcome = generator.generate(source);
    console.report(&outcome.report);
    let Some(generated) = outcome.generated else {
        return Ok(Verdict::Faulty);
    };
    let Some(target) = &arguments.output else {
        console.print(&generated.code())?;
        return Ok(Verdict::Done);
    };
    if same_file(target, &arguments.spec) {
        return Err(
            Failure::new(format!("`{}` is the document itself", target.display()))
                .help("name another file to write the code to"),
        );
    }
    let done = if output::write_if_changed(target, &generated.code())? {
        "written"
    } else {
        "unchanged"
    };
    let (emitted, total) = outcome.emitted;
    console.print(&format!(
        "{}: {done}, emitted {emitted} of {total} operations\n",
        target.display()
    ))?;
    Ok(Verdict::Done)
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
