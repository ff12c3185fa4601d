use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::fault::Fault;
use crate::model::{Api, Location, Method, Operation, PathSegment, PathTemplate, Pointer};
use crate::names::nearest;

/// Operations must be told apart, and have the parameters their paths name.
pub(super) fn check(api: &Api, diagnostics: &mut Vec<Diagnostic>) {
    let mut ids: BTreeMap<&str, &Pointer> = BTreeMap::new();
    let mut routes: BTreeMap<(Method, String), &Operation> = BTreeMap::new();
    for operation in &api.operations {
        if let Some(id) = &operation.id {
            let place = operation.pointer.join("operationId");
            if let Some(first) = ids.get(id.as_str()) {
                let fault = Fault::DuplicateOperationId { id: id.clone() }.at(&place);
                diagnostics.push(fault.also(&first.join("operationId"), "it is used here first"));
            } else {
                ids.insert(id, &operation.pointer);
            }
        }
        let route = (operation.method, shape(&operation.path));
        if let Some(first) = routes.get(&route) {
            let fault = Fault::SameRoute {
                method: operation.method.as_str(),
                path: first.path.to_string(),
            };
            let fault = fault.at_key(&operation.pointer);
            diagnostics.push(fault.also(&first.pointer, "this one is matched by the same requests"));
        } else {
            routes.insert(route, operation);
        }
        parameters(operation, diagnostics);
    }
}

/// A path with its parameters' names taken out: what two paths share that no request can tell apart.
fn shape(path: &PathTemplate) -> String {
    let segments = path.segments().iter().map(|pieces| {
        let pieces = pieces.iter().map(|piece| match piece {
            PathSegment::Text(text) => text.as_str(),
            PathSegment::Parameter(_) => "{}",
        });
        pieces.collect::<String>()
    });
    segments.collect::<Vec<_>>().join("/")
}

fn parameters(operation: &Operation, diagnostics: &mut Vec<Diagnostic>) {
    let declared = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Path);
    let declared: Vec<_> = declared.collect();
    let templated: Vec<&str> = operation.path.parameters().collect();
    for name in templated
        .iter()
        .filter(|name| !declared.iter().any(|parameter| parameter.name == **name))
    {
        let fault = Fault::PathParameterNotDeclared {
            name: (*name).to_owned(),
        };
        diagnostics.push(fault.at_key(&operation.pointer));
    }
    for parameter in declared
        .iter()
        .filter(|parameter| !templated.contains(&parameter.name.as_str()))
    {
        let fault = Fault::PathParameterNotInTemplate {
            name: parameter.name.clone(),
            path: operation.path.to_string(),
            meant: nearest(&parameter.name, templated.iter().copied()).map(str::to_owned),
        };
        diagnostics.push(fault.at(&parameter.pointer.join("name")));
    }
}
