use std::path::Path;

use openapi_model::{Document as Marked, Source};
use serde_json::{Map, Value};

/// A fixture as it is written: nothing here knows what the generator makes of it.
#[derive(Debug)]
pub(crate) struct Document {
    value: Value,
}

/// One operation of a document.
#[derive(Clone, Debug)]
pub(crate) struct Operation<'a> {
    pub(crate) method: String,
    pub(crate) path: &'a str,
    pub(crate) parameters: Vec<Parameter<'a>>,
    /// The request body, resolved.
    pub(crate) body: Option<&'a Value>,
    /// Its responses by status, resolved.
    pub(crate) responses: Vec<(&'a str, &'a Value)>,
    /// Alternatives of schemes; empty: none is asked for.
    pub(crate) security: Vec<Vec<&'a Value>>,
}

/// One parameter or header of a document.
#[derive(Clone, Debug)]
pub(crate) struct Parameter<'a> {
    pub(crate) name: &'a str,
    pub(crate) location: &'a str,
    pub(crate) style: &'a str,
    pub(crate) explode: bool,
    pub(crate) required: bool,
    /// Whether it is written as a JSON document.
    pub(crate) is_json: bool,
    pub(crate) schema: &'a Value,
    pub(crate) example: Option<&'a Value>,
    pub(crate) invalid: Vec<Invalid<'a>>,
}

/// An entry of `x-invalid`: a value that breaks one rule in one place.
#[derive(Clone, Debug)]
pub(crate) struct Invalid<'a> {
    /// `None`: the parameter is left out.
    pub(crate) value: Option<&'a Value>,
    pub(crate) pointer: &'a str,
    pub(crate) rule: &'a str,
}

/// A media type of a body.
#[derive(Clone, Debug)]
pub(crate) struct Media<'a> {
    pub(crate) media_type: &'a str,
    pub(crate) schema: Option<&'a Value>,
    pub(crate) encoding: Option<&'a Value>,
    /// By name; `default` where the document gives none.
    pub(crate) examples: Vec<(&'a str, &'a Value)>,
    pub(crate) invalid: Vec<Invalid<'a>>,
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Document {
    pub(crate) fn read(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../fixtures/accepted/{name}.yaml"));
        let source = Source::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let marked = Marked::parse(source).unwrap_or_else(|_| panic!("{name} cannot be parsed"));
        Self {
            value: marked.value().clone(),
        }
    }

    /// What a `$ref` leads to, or the value itself.
    pub(crate) fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(target) = value.get("$ref").and_then(Value::as_str) else {
            return value;
        };
        let found = target
            .strip_prefix('#')
            .and_then(|pointer| self.value.pointer(pointer));
        self.resolve(found.unwrap_or_else(|| panic!("{target} leads nowhere")))
    }

    pub(crate) fn schemas(&self) -> impl Iterator<Item = (&str, &Value)> {
        members(self.value.pointer("/components/schemas"))
    }

    /// The path of the first server, its variables at their defaults.
    pub(crate) fn base_path(&self) -> String {
        let server = self.value.pointer("/servers/0");
        let mut url = server
            .and_then(|server| text(server, "url"))
            .unwrap_or("/")
            .to_owned();
        for (name, variable) in members(server.and_then(|server| server.get("variables"))) {
            url = url.replace(
                &format!("{{{name}}}"),
                text(variable, "default").unwrap_or_default(),
            );
        }
        let path = url.split_once("://").map_or(url.as_str(), |(_, rest)| {
            rest.find('/').map_or("", |at| &rest[at..])
        });
        path.trim_end_matches('/').to_owned()
    }

    pub(crate) fn operations(&self) -> Vec<Operation<'_>> {
        let mut operations = Vec::new();
        for (path, item) in members(self.value.get("paths")) {
            let item = self.resolve(item);
            for (method, operation) in members(Some(item)).filter(|(method, _)| METHODS.contains(method)) {
                operations.push(self.operation(path, method, item, operation));
            }
        }
        operations
    }

    fn operation<'a>(
        &'a self,
        path: &'a str,
        method: &str,
        item: &'a Value,
        operation: &'a Value,
    ) -> Operation<'a> {
        let own: Vec<_> = self.parameters(operation);
        let overridden = |one: &Parameter<'_>| {
            own.iter()
                .any(|own| own.name == one.name && own.location == one.location)
        };
        let mut parameters: Vec<_> = self
            .parameters(item)
            .into_iter()
            .filter(|one| !overridden(one))
            .collect();
        parameters.extend(own);
        let security = operation.get("security").or_else(|| self.value.get("security"));
        let scheme = |name: &str| {
            self.value
                .pointer("/components/securitySchemes")
                .and_then(|schemes| schemes.get(name))
        };
        Operation {
            method: method.to_uppercase(),
            path,
            parameters,
            body: operation.get("requestBody").map(|body| self.resolve(body)),
            responses: members(operation.get("responses"))
                .map(|(status, response)| (status, self.resolve(response)))
                .collect(),
            security: items(security)
                .map(|all| {
                    members(Some(all))
                        .map(|(name, _)| self.resolve(scheme(name).expect("a known scheme")))
                        .collect()
                })
                .collect(),
        }
    }

    fn parameters<'a>(&'a self, owner: &'a Value) -> Vec<Parameter<'a>> {
        items(owner.get("parameters"))
            .map(|parameter| self.resolve(parameter))
            .map(|parameter| self.parameter(text(parameter, "name").unwrap_or_default(), parameter))
            .collect()
    }

    /// A parameter, or a header of a response by its name.
    pub(crate) fn parameter<'a>(&'a self, name: &'a str, parameter: &'a Value) -> Parameter<'a> {
        let location = text(parameter, "in").unwrap_or("header");
        let usual = if matches!(location, "query" | "cookie") {
            "form"
        } else {
            "simple"
        };
        let style = text(parameter, "style").unwrap_or(usual);
        let content = members(parameter.get("content")).next().map(|(_, media)| media);
        let schema = content.unwrap_or(parameter).get("schema").unwrap_or(&Value::Null);
        let example = self
            .examples(content.unwrap_or(parameter))
            .into_iter()
            .next()
            .map(|(_, value)| value);
        Parameter {
            name,
            location,
            style,
            explode: parameter
                .get("explode")
                .and_then(Value::as_bool)
                .unwrap_or(style == "form"),
            required: is_true(parameter, "required"),
            is_json: content.is_some(),
            schema,
            example: example.or_else(|| self.resolve(schema).get("example")),
            invalid: invalid(parameter),
        }
    }

    /// The media types of a request body or response.
    pub(crate) fn content<'a>(&'a self, owner: &'a Value) -> Vec<Media<'a>> {
        members(owner.get("content"))
            .map(|(media_type, media)| {
                let schema = media.get("schema");
                let mut examples = self.examples(media);
                if examples.is_empty() {
                    examples.extend(
                        schema
                            .and_then(|schema| self.resolve(schema).get("example"))
                            .map(|one| ("default", one)),
                    );
                }
                Media {
                    media_type,
                    schema,
                    encoding: media.get("encoding"),
                    examples,
                    invalid: invalid(media),
                }
            })
            .collect()
    }

    fn examples<'a>(&'a self, owner: &'a Value) -> Vec<(&'a str, &'a Value)> {
        let named = members(owner.get("examples"))
            .filter_map(|(name, example)| Some((name, self.resolve(example).get("value")?)));
        owner
            .get("example")
            .map(|one| ("default", one))
            .into_iter()
            .chain(named)
            .collect()
    }

    /// The headers of a response, `Content-Type` aside.
    pub(crate) fn headers<'a>(&'a self, response: &'a Value) -> Vec<Parameter<'a>> {
        members(response.get("headers"))
            .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
            .map(|(name, header)| self.parameter(name, self.resolve(header)))
            .collect()
    }
}

impl<'a> Operation<'a> {
    /// What the operation documents for a status: the response for the code itself, else for its range, else
    /// `default`.
    pub(crate) fn response(&self, status: u16) -> Option<&'a Value> {
        let spellings = [
            status.to_string(),
            format!("{}XX", status / 100),
            "default".to_owned(),
        ];
        spellings
            .iter()
            .find_map(|wanted| {
                self.responses
                    .iter()
                    .find(|(known, _)| known.eq_ignore_ascii_case(wanted))
            })
            .map(|(_, one)| *one)
    }

    /// A status that the response of this key alone documents.
    pub(crate) fn representative(&self, key: &str) -> u16 {
        let class = key
            .chars()
            .next()
            .and_then(|digit| digit.to_digit(10))
            .unwrap_or(2) as u16;
        let free = |status: &u16| {
            !self
                .responses
                .iter()
                .any(|(known, _)| *known == status.to_string())
        };
        let outside = |status: &u16| {
            !self
                .responses
                .iter()
                .any(|(known, _)| known.eq_ignore_ascii_case(&format!("{}XX", status / 100)))
        };
        match key {
            "default" => (200..600)
                .find(|status| free(status) && outside(status))
                .expect("a status is left"),
            _ => key.parse().unwrap_or_else(|_| {
                (class * 100..class * 100 + 100)
                    .find(free)
                    .expect("a status is left")
            }),
        }
    }
}

pub(crate) fn invalid(owner: &Value) -> Vec<Invalid<'_>> {
    let entry = |entry| Invalid {
        value: if is_true(entry, "missing") {
            None
        } else {
            entry.get("value")
        },
        pointer: text(entry, "pointer").unwrap_or_default(),
        rule: text(entry, "rule").unwrap_or_default(),
    };
    items(owner.get("x-invalid")).map(entry).collect()
}

pub(crate) fn members(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    value
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::iter)
        .map(|(name, value)| (name.as_str(), value))
}

pub(crate) fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

pub(crate) fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

pub(crate) fn is_true(value: &Value, name: &str) -> bool {
    value.get(name) == Some(&Value::Bool(true))
}
