use openapi_codegen::Generator;

use super::arguments::InventoryArguments;
use super::console::Console;
use super::failure::Failure;
use super::{Verdict, document};

pub(super) fn run(console: &Console, arguments: &InventoryArguments) -> Result<Verdict, Failure> {
    let outcome = Generator::new().generate(document::read(&arguments.spec)?);
    console.report(&outcome.report);
    let Some(generated) = outcome.generated else {
        return Ok(Verdict::Faulty);
    };
    console.print(&generated.inventory().to_string())?;
    Ok(Verdict::Done)
}
