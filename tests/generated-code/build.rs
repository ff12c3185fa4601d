//! Generates a module for every accepted fixture, and `fixtures.rs`, which includes and serves them all.

use std::path::{Path, PathBuf};
use std::{env, fs};

use openapi_codegen::{Generated, Generator, InventoryOperation, RenderOptions, Source};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Type, parse_str};

const FIXTURES: &str = "../fixtures/accepted";

fn main() {
    println!("cargo::rerun-if-changed={FIXTURES}");
    let out_dir = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let mut paths: Vec<PathBuf> = fs::read_dir(FIXTURES)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("readable").path())
        .collect();
    paths.sort();
    let fixtures: Vec<Fixture> = paths
        .iter()
        .map(|path| Fixture::generate(path, &out_dir))
        .collect();
    let modules = fixtures.iter().map(Fixture::module);
    let entries = fixtures.iter().map(Fixture::entry);
    let file = quote! {
        #(#modules)*

        /// Every fixture, by name.
        #[allow(deprecated, reason = "documents advise against some of their own schemas")]
        pub static FIXTURES: &[Fixture] = &[#(#entries),*];
    };
    let file = prettyplease::unparse(&syn::parse2(file).expect("it is made of items"));
    fs::write(out_dir.join("fixtures.rs"), file).expect("OUT_DIR can be written to");
}

/// One fixture and what was generated from it.
struct Fixture {
    name: String,
    /// The second line of the document: its idea, in a sentence.
    idea: String,
    generated: Generated,
    /// The types of `models` that stand for a schema.
    models: Vec<Ident>,
}

impl Fixture {
    fn generate(path: &Path, out_dir: &Path) -> Self {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path
            .file_stem()
            .expect("a file name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(path).expect("a fixture can be read");
        let idea = text
            .lines()
            .nth(1)
            .unwrap_or_default()
            .trim_start_matches("# ")
            .to_owned();
        let outcome = Generator::new().generate(Source::new(format!("{name}.yaml"), text));
        let Some(generated) = outcome.generated else {
            panic!("{}", outcome.report.render(RenderOptions::default()))
        };
        let code = generated.code();
        fs::write(out_dir.join(format!("{name}.rs")), &code).expect("OUT_DIR can be written to");
        Self {
            models: models(&generated),
            name,
            idea,
            generated,
        }
    }

    /// The generated module, and its server.
    fn module(&self) -> TokenStream {
        let (idea, module, file) = (&self.idea, ident(&self.name), format!("/{}.rs", self.name));
        let inventory = self.generated.inventory();
        let [api, credentials, refusal] =
            ["Api", "Credentials", "Refusal"].map(|suffix| ident(&format!("{}{suffix}", inventory.api)));
        let handlers = served(&inventory.operations).map(|operation| {
            let [method, request, response] =
                [&operation.method, &operation.request, &operation.response].map(|name| ident(name));
            let body = operation
                .body
                .as_ref()
                .filter(|body| body.is_json)
                .map(|_| quote! { , body });
            quote! { #method(#request #body) -> #response; }
        });
        quote! {
            #[doc = #idea]
            pub mod #module {
                include!(concat!(env!("OUT_DIR"), #file));
            }
            serve! { #module, #api, #credentials, #refusal; #(#handlers)* }
        }
    }

    /// `Fixture { name: "…", … }`
    fn entry(&self) -> TokenStream {
        let (name, module) = (&self.name, ident(&self.name));
        let inventory = self.generated.inventory();
        let answers = served(&inventory.operations).map(|operation| {
            let (id, response) = (&operation.id, ident(&operation.response));
            quote! { (#id, answer::<#module::operations::#response>) }
        });
        let models = self.models.iter().map(|model| {
            let name = model.to_string();
            quote! { ModelOf::<#module::models::#model>::entry(#name) }
        });
        quote! {
            Fixture {
                name: #name,
                operations: #module::OPERATIONS,
                schemas: &#module::SCHEMAS,
                base_path: #module::BASE_PATH,
                router: #module::router::<Faked>,
                answers: &[#(#answers),*],
                models: &[#(#models),*],
            }
        }
    }
}

fn served(operations: &[InventoryOperation]) -> impl Iterator<Item = &InventoryOperation> {
    operations.iter().filter(|operation| operation.skipped.is_none())
}

fn ident(name: &str) -> Ident {
    parse_str(name).unwrap_or_else(|_| panic!("`{name}` is no identifier"))
}

/// The types that the module `models` ties to the schema table: those that its call of `models!` names.
fn models(generated: &Generated) -> Vec<Ident> {
    let code = generated.emitted("models").expect("models are emitted");
    let file = syn::parse_file(&code).expect("models are items");
    let ties = file.items.into_iter().find_map(|item| match item {
        syn::Item::Macro(item)
            if item
                .mac
                .path
                .segments
                .last()
                .is_some_and(|last| last.ident == "models") =>
        {
            Some(item.mac.tokens.to_string())
        }
        _ => None,
    });
    let ties = ties.unwrap_or_default();
    let (_, ties) = ties.split_once(';').unwrap_or_default();
    ties.split(',')
        .filter_map(|tie| tie.split_once('='))
        .map(|(name, _)| {
            parse_str::<Type>(name)
                .map(|_| ident(name.trim()))
                .expect("a type's name")
        })
        .collect()
}
