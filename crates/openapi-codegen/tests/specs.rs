//! What comes of the specifications in `specs/`: what they have, and their code in pieces a person reads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use openapi_codegen::{Generated, Generator, InventoryOperation, RenderOptions, Source, skip_reasons};
use openapi_model::Document;
use serde_json::Value;

/// The specifications of vendors: the contract, which our own control API is not part of.
const VENDORS: [&str; 4] = ["clerk", "enhance", "logto", "whylabs"];

/// A person reads no more than this at once.
const MOST_LINES: usize = 300;

/// A single item of more lines is abridged.
const LONG_ITEM: usize = 120;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn specs() -> Vec<String> {
    let entries = std::fs::read_dir(repository().join("specs"))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut names: Vec<_> = entries
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn source(spec: &str) -> Source {
    Source::read(&repository().join(format!("specs/{spec}.yaml"))).unwrap()
}

fn generate(spec: &str) -> Generated {
    let outcome = Generator::new().strict(true).generate(source(spec));
    assert!(
        outcome.report.is_empty(),
        "{}",
        outcome.report.render(RenderOptions::default())
    );
    outcome.generated.unwrap()
}

fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository().join("snapshots/specs"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

/// Compares every piece before it complains, so that one run shows all that changed.
fn assert_pieces(pieces: &BTreeMap<String, String>) {
    let wrong: Vec<&String> = pieces
        .iter()
        .filter(|(name, text)| {
            assert!(
                text.lines().count() <= MOST_LINES,
                "{name} has {} lines",
                text.lines().count()
            );
            let compare = || snapshots().bind(|| insta::assert_snapshot!(name.as_str(), text.as_str()));
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare)).is_err()
        })
        .map(|(name, _)| name)
        .collect();
    assert!(wrong.is_empty(), "these differ: {wrong:?}");
}

#[test]
fn every_specification_is_generated_without_a_diagnostic() {
    for spec in specs() {
        generate(&spec);
    }
}

#[test]
fn the_contract_has_37_operations_and_153_documented_pairs() {
    let mut operations = 0;
    let pairs: Vec<(&str, usize)> = VENDORS
        .into_iter()
        .map(|vendor| {
            let inventory = generate(vendor).inventory();
            operations += inventory.operations.len();
            let responses = inventory
                .operations
                .iter()
                .flat_map(|operation| &operation.responses);
            (vendor, responses.filter(|response| !response.addition).count())
        })
        .collect();
    assert_eq!(operations, 37);
    assert_eq!(
        pairs,
        [("clerk", 20), ("enhance", 59), ("logto", 70), ("whylabs", 4)]
    );
}

#[test]
fn no_operation_of_a_specification_is_skipped() {
    for spec in specs() {
        let skipped: Vec<_> = generate(&spec)
            .inventory()
            .operations
            .into_iter()
            .filter_map(|one| one.skipped)
            .collect();
        assert_eq!(skipped, Vec::<String>::new(), "{spec}");
    }
}

#[test]
fn the_reasons_for_skipping_an_operation_are_these() {
    snapshots().bind(|| insta::assert_snapshot!("skip_reasons", skip_reasons().join("\n")));
}

#[test]
fn every_specification_has_these_operations() {
    let inventories = specs().into_iter().map(|spec| {
        (
            format!("{spec}@inventory"),
            generate(&spec).inventory().to_string(),
        )
    });
    assert_pieces(&inventories.collect());
}

#[test]
fn every_specification_goes_beyond_its_contract_here_and_nowhere_else() {
    let lists = specs().into_iter().map(|spec| {
        let document = Document::parse(source(&spec)).unwrap();
        let mut additions = Vec::new();
        collect_additions(document.value(), "", &mut additions);
        (format!("{spec}@additions"), additions.join("\n"))
    });
    assert_pieces(&lists.collect());
}

fn collect_additions(value: &Value, pointer: &str, additions: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            if let Some(reason) = members.get("x-addition") {
                additions.push(format!("{pointer}: {}", reason.as_str().unwrap_or("(no reason)")));
            }
            for (name, member) in members {
                let step = name.replace('~', "~0").replace('/', "~1");
                collect_additions(member, &format!("{pointer}/{step}"), additions);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect_additions(item, &format!("{pointer}/{index}"), additions);
            }
        }
        _ => {}
    }
}

#[test]
fn the_code_of_every_specification_reads_as_its_goldens_say() {
    for spec in specs() {
        assert_pieces(&pieces(&spec));
    }
}

#[test]
fn no_golden_is_left_over() {
    let mut expected = BTreeSet::from(["skip_reasons.snap".to_owned()]);
    for spec in specs() {
        expected.extend(["inventory", "additions"].map(|list| format!("{spec}@{list}.snap")));
        expected.extend(pieces(&spec).into_keys().map(|name| format!("{name}.snap")));
    }
    let entries = std::fs::read_dir(repository().join("snapshots/specs")).unwrap();
    let found = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".snap"));
    assert_eq!(
        found.filter(|name| !expected.contains(name)).collect::<Vec<_>>(),
        Vec::<String>::new()
    );
}

/// The code of a specification in pieces, each named for its content: one for an operation, one for a component
/// schema with the types inside it. A change of one shows in its own golden alone.
fn pieces(spec: &str) -> BTreeMap<String, String> {
    let generated = generate(spec);
    let mut pieces: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |name: String, chunk: &str| {
        let piece = pieces.entry(name).or_default();
        let gap = if piece.is_empty() { "" } else { "\n" };
        piece.push_str(&format!("{gap}{chunk}\n"));
    };
    let components = components(spec);
    for (name, chunk) in chunks(&generated.emitted("models").unwrap()) {
        let is_inside = |component: &&String| folded(&name).starts_with(&folded(component));
        match components
            .iter()
            .filter(is_inside)
            .max_by_key(|owner| owner.len())
        {
            Some(owner) => add(format!("{spec}@model_{owner}"), &abridged(&chunk)),
            None => add(format!("{spec}@models"), &chunk),
        }
    }
    let operations = generated.inventory().operations;
    for emitter in ["requests", "responses"] {
        for (name, chunk) in chunks(&generated.emitted(emitter).unwrap()) {
            match owner(&operations, &name) {
                Some(operation) => add(format!("{spec}@operation_{}", operation.method), &chunk),
                None => add(format!("{spec}@{emitter}"), &chunk),
            }
        }
    }
    for emitter in ["refusals", "credentials"] {
        add(
            format!("{spec}@{emitter}"),
            generated.emitted(emitter).unwrap().trim_end(),
        );
    }
    pieces
}

/// A name without regard to case: `CPLocale` in a document is `CpLocale` in Rust.
fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// An item, or the ends of one that is too long to read: an enum of hundreds of values says the same of each.
fn abridged(item: &str) -> String {
    let lines: Vec<&str> = item.lines().collect();
    if lines.len() <= LONG_ITEM {
        return item.to_owned();
    }
    let (head, rest) = lines.split_at(LONG_ITEM / 2);
    let (middle, tail) = rest.split_at(rest.len() - LONG_ITEM / 4);
    format!(
        "{}\n    // … {} lines more …\n{}",
        head.join("\n"),
        middle.len(),
        tail.join("\n")
    )
}

/// The operation whose request type begins a name: `GetPet` of `GetPetResponse`.
fn owner<'a>(operations: &'a [InventoryOperation], name: &str) -> Option<&'a InventoryOperation> {
    let owners = operations
        .iter()
        .filter(|operation| name.starts_with(&operation.request));
    owners.max_by_key(|operation| operation.request.len())
}

/// The names that component schemas have in Rust.
fn components(spec: &str) -> Vec<String> {
    let document = Document::parse(source(spec)).unwrap();
    let schemas = document
        .value()
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .unwrap()
        .clone();
    let name = |(name, schema): (String, Value)| {
        schema
            .get("x-rust-name")
            .and_then(Value::as_str)
            .unwrap_or(&name)
            .to_owned()
    };
    schemas.into_iter().map(name).collect()
}

/// The items of emitted code, each with the name it defines or implements something for; the empty name for what
/// has none. Items stand apart by an empty line, which a text within one may also have.
fn chunks(code: &str) -> Vec<(String, String)> {
    let mut chunks = Vec::new();
    let mut pending = String::new();
    for part in code.trim_end().split("\n\n") {
        if !pending.is_empty() {
            pending.push_str("\n\n");
        }
        pending.push_str(part);
        if let Ok(item) = syn::parse_str::<syn::Item>(&pending) {
            chunks.push((item_name(&item), std::mem::take(&mut pending)));
        }
    }
    assert!(pending.is_empty(), "no item: {pending}");
    chunks
}

fn item_name(item: &syn::Item) -> String {
    match item {
        syn::Item::Struct(item) => item.ident.to_string(),
        syn::Item::Enum(item) => item.ident.to_string(),
        syn::Item::Type(item) => item.ident.to_string(),
        syn::Item::Impl(item) => impl_name(item),
        _ => String::new(),
    }
}

/// The type an `impl` is for; that which `From` reads where the type is not one of ours.
fn impl_name(item: &syn::ItemImpl) -> String {
    let last = |path: &syn::Path| {
        path.segments
            .last()
            .map(|segment| segment.ident.to_string())
            .unwrap_or_default()
    };
    let own = match &*item.self_ty {
        syn::Type::Path(ty) => last(&ty.path),
        _ => String::new(),
    };
    let is_ours = own.chars().next().is_some_and(char::is_uppercase) && own != "String";
    let source = item
        .trait_
        .as_ref()
        .and_then(|(path, _)| path.segments.last())
        .and_then(|segment| match &segment.arguments {
            syn::PathArguments::AngleBracketed(arguments) => arguments.args.first().cloned(),
            _ => None,
        });
    match source {
        Some(syn::GenericArgument::Type(syn::Type::Path(ty))) if !is_ours => last(&ty.path),
        _ => own,
    }
}
