use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::fault::Fault;
use crate::load::kind::Kind;
use crate::load::node::Node;
use crate::load::structure::Structure;
use crate::model::Pointer;
use crate::names::nearest;

/// How many references may stand behind each other. Nobody writes that many; a machine might, to waste our time.
const LONGEST_CHAIN: usize = 64;

/// Follows references within the document.
#[derive(Debug)]
pub(crate) struct Resolver<'d> {
    root: &'d Value,
    pub(crate) structure: Structure<'d>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'d> Resolver<'d> {
    pub(crate) fn new(root: &'d Value, structure: Structure<'d>) -> Self {
        Self {
            root,
            structure,
            diagnostics: Vec::new(),
        }
    }

    /// What a node stands for: itself, or the end of its chain of references. Nothing when that is no object of the
    /// kind; the reason has been reported then.
    pub(crate) fn follow(&mut self, node: Node<'d>, kind: Kind) -> Option<Node<'d>> {
        let mut node = node;
        let mut chain: Vec<Pointer> = Vec::new();
        loop {
            node.object()?;
            if !kind.referable() || !node.has("$ref") {
                return Some(node);
            }
            let reference = node.reference()?;
            let place = node.pointer.join("$ref");
            if chain.contains(&node.pointer) || chain.len() >= LONGEST_CHAIN {
                self.diagnostics.push(
                    Fault::ReferenceCycle {
                        reference: reference.to_owned(),
                    }
                    .at(&place),
                );
                return None;
            }
            chain.push(node.pointer.clone());
            match self.target(reference, kind) {
                Ok(target) => node = target,
                Err(fault) => {
                    self.diagnostics.push(fault.at(&place));
                    return None;
                }
            }
        }
    }

    /// What a reference names, one step on.
    pub(crate) fn target(&mut self, reference: &str, kind: Kind) -> Result<Node<'d>, Fault> {
        let pointer = self.pointer(reference, kind)?;
        let found = self.structure.get(&pointer);
        // Looking up what was walked spares going there step by step.
        let value = found
            .map(|(value, _)| value)
            .or_else(|| self.root.pointer(pointer.as_str()));
        let Some(value) = value else {
            return Err(Fault::DanglingReference {
                reference: reference.to_owned(),
                meant: self.meant(&pointer),
            });
        };
        let node = Node::new(pointer, value);
        match found.map(|(_, found)| found) {
            Some(found) if found != kind => Err(Fault::ReferenceToOtherKind {
                reference: reference.to_owned(),
                found: found.grammar().name,
                expected: kind.grammar().name,
            }),
            Some(_) => Ok(node),
            None => {
                // A place that is no object of OpenAPI by itself, such as one below an extension.
                self.structure.walk(&node, kind);
                Ok(node)
            }
        }
    }

    fn pointer(&self, reference: &str, kind: Kind) -> Result<Pointer, Fault> {
        let Some(fragment) = reference.strip_prefix('#') else {
            let section = kind.grammar().section.filter(|section| {
                let component = self.root.pointer(&format!("/components/{section}"));
                component.is_some_and(|components| components.get(reference).is_some())
            });
            let meant = section.map(|section| format!("#/components/{section}/{reference}"));
            return Err(Fault::ExternalReference {
                reference: reference.to_owned(),
                meant,
            });
        };
        let decoded = percent_decode_str(fragment).decode_utf8();
        match decoded {
            Ok(text) if text.is_empty() || text.starts_with('/') => Ok(Pointer::from_text(text)),
            _ => Err(Fault::MalformedReference {
                reference: reference.to_owned(),
            }),
        }
    }

    /// The reference that was probably meant: the same, with the first step that leads nowhere replaced.
    fn meant(&self, pointer: &Pointer) -> Option<String> {
        let mut value = self.root;
        let mut reached = Pointer::root();
        let mut steps = pointer.tokens();
        for step in steps.by_ref() {
            let next = match value {
                Value::Object(object) => object.get(&step),
                Value::Array(items) => step.parse::<usize>().ok().and_then(|index| items.get(index)),
                _ => None,
            };
            if let Some(next) = next {
                value = next;
                reached = reached.join(&step);
                continue;
            }
            let names = value.as_object()?.keys().map(String::as_str);
            reached = reached.join(nearest(&step, names)?);
            break;
        }
        let whole = steps.fold(reached, |pointer, step| pointer.join(step));
        self.root
            .pointer(whole.as_str())
            .map(|_| format!("#{}", whole.as_str()))
    }
}
