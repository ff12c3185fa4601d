//! Reading the parameters of a request.

use http::HeaderMap;
use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::coerce::Coercion;
use super::query::Pairs;
use super::rules::{EmptyValues, Repeated, WireRules};
use super::styles::{decoded, syntax};
use crate::json_pointer::JsonPointer;
use crate::operation::{Location, Operation, Parameter, Serialization, Style};
use crate::schema::SchemaTable;
use crate::validation::{self, Direction, Part, Received, Rule, Violation, unify_whole_numbers};

/// Where parameters come from.
pub(crate) struct Raw<'a> {
    /// The still encoded text of each path parameter, by name.
    pub(crate) path: &'a [(String, String)],
    /// The query, without `?`.
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
}

/// A parameter as it was found: nothing, a value, or what is wrong with its text.
type Found = Result<Option<Value>, (Rule, Received)>;

/// Reads and checks the parameters of an operation that travel in the given locations. The values stand at the
/// parameters' own positions; `None`: not sent, without a default, or in another location.
pub(crate) fn decode_parameters(
    operation: &'static Operation,
    table: &'static SchemaTable,
    rules: &WireRules,
    raw: &Raw<'_>,
    locations: &[Location],
) -> (Vec<Option<Value>>, Vec<Violation>) {
    let reader = Reader::new(table, rules, raw);
    let mut violations = Vec::new();
    let values = operation
        .parameters
        .iter()
        .map(|parameter| {
            if !locations.contains(&parameter.location) {
                return None;
            }
            match reader.read(parameter) {
                Ok(Some(value)) => Some(value),
                Ok(None) => default_of(parameter, table),
                Err(_) if rules.drop_unusable_optional && !parameter.required => default_of(parameter, table),
                Err(broken) => {
                    violations.extend(broken);
                    None
                }
            }
        })
        .collect();
    (values, violations)
}

/// What the parameters of an operation that travel in the given locations break.
pub(crate) fn check_parameters(
    operation: &'static Operation,
    table: &'static SchemaTable,
    rules: &WireRules,
    raw: &Raw<'_>,
    locations: &[Location],
) -> Vec<Violation> {
    let reader = Reader::new(table, rules, raw);
    let read = operation.parameters.iter();
    let read = read.filter(|parameter| locations.contains(&parameter.location));
    read.filter_map(|parameter| reader.read(parameter).err())
        .flatten()
        .collect()
}

fn default_of(parameter: &Parameter, table: &SchemaTable) -> Option<Value> {
    let mut value = parameter.default?.to_value();
    unify_whole_numbers(table, parameter.schema, &mut value);
    Some(value)
}

fn part_of(parameter: &Parameter) -> Part {
    match parameter.location {
        Location::Path => Part::Path,
        Location::Query => Part::Query,
        Location::Header => Part::Header,
        Location::Cookie => Part::Cookie,
    }
}

/// The pointer to a parameter, as a member of the part it travels in.
fn place_of(parameter: &Parameter) -> String {
    JsonPointer::of([parameter.name]).into()
}

/// A rule that a parameter breaks as a whole.
pub(crate) fn broken_by(parameter: &Parameter, rule: Rule, received: Received) -> Violation {
    Violation {
        part: part_of(parameter),
        pointer: place_of(parameter),
        rule,
        received,
    }
}

pub(super) struct Reader<'a> {
    pub(super) coercion: Coercion,
    pub(super) rules: &'a WireRules,
    pub(super) raw: &'a Raw<'a>,
    pub(super) query: Pairs<'a>,
}

impl<'a> Reader<'a> {
    fn new(table: &'static SchemaTable, rules: &'a WireRules, raw: &'a Raw<'_>) -> Self {
        Self {
            coercion: Coercion {
                table,
                lenient_booleans: rules.lenient_booleans,
            },
            rules,
            raw,
            query: Pairs::parse(raw.query, rules.plus),
        }
    }

    /// The value of a parameter, if it was sent.
    fn read(&self, parameter: &Parameter) -> Result<Option<Value>, Vec<Violation>> {
        let mut value = match self.find(parameter) {
            Err((rule, received)) => return Err(vec![broken_by(parameter, rule, received)]),
            Ok(None) if parameter.required => {
                return Err(vec![broken_by(parameter, Rule::Required, Received::Missing)]);
            }
            Ok(None) => return Ok(None),
            Ok(Some(value)) => value,
        };
        let table = self.coercion.table;
        let mut broken = validation::check(table, parameter.schema, &value, Direction::Request);
        if !broken.is_empty() {
            for violation in &mut broken {
                violation.part = part_of(parameter);
                violation.pointer = format!("{}{}", place_of(parameter), violation.pointer);
            }
            return Err(broken);
        }
        unify_whole_numbers(table, parameter.schema, &mut value);
        Ok(Some(value))
    }

    pub(super) fn find(&self, parameter: &Parameter) -> Found {
        let (style, explode) = match parameter.serialization {
            Serialization::Style { style, explode } => (style, explode),
            Serialization::Json => return self.json(parameter),
        };
        match parameter.location {
            Location::Path => {
                let text = self
                    .raw
                    .path
                    .iter()
                    .find(|(name, _)| name == parameter.name)
                    .map(|(_, text)| text.as_str());
                text.map(|text| self.path(parameter, style, explode, text))
                    .transpose()
            }
            Location::Query => self.query(parameter, style, explode),
            Location::Header => self.texts_of_header(parameter.name).and_then(|text| {
                text.map(|text| self.simple(parameter.schema, explode, &text, |piece| Ok(piece.to_owned())))
                    .transpose()
            }),
            Location::Cookie => self.cookie(parameter, explode),
        }
    }

    fn json(&self, parameter: &Parameter) -> Found {
        let text = match parameter.location {
            Location::Path => self
                .raw
                .path
                .iter()
                .find(|(name, _)| name == parameter.name)
                .map(|(_, text)| decoded(text))
                .transpose()?,
            Location::Query => self
                .single(&self.query.values(parameter.name))?
                .map(|text| self.decoded_query(text))
                .transpose()?,
            Location::Header => self.texts_of_header(parameter.name)?,
            Location::Cookie => self
                .single(&self.cookies(parameter.name))?
                .map(decoded)
                .transpose()?,
        };
        let Some(text) = text else { return Ok(None) };
        serde_json::from_str(&text).map(Some).map_err(|_| {
            (
                Rule::Syntax("a JSON document"),
                Received::Scalar(Value::from(text)),
            )
        })
    }

    fn query(&self, parameter: &Parameter, style: Style, explode: bool) -> Found {
        let coercion = self.coercion;
        let schema = parameter.schema;
        let mut raw = self.query.values(parameter.name);
        if style == Style::DeepObject {
            return self.deep_object(parameter);
        }
        if coercion.is_object(schema) && explode && style == Style::Form {
            return self.exploded_object(parameter);
        }
        if coercion.is_array(schema) && explode {
            self.drop_empty(parameter, &mut raw);
            if raw.is_empty() {
                return Ok(None);
            }
            let texts: Result<Vec<_>, _> = raw.into_iter().map(|text| self.decoded_query(text)).collect();
            return texts.map(|texts| Some(coercion.array(schema, texts)));
        }
        let Some(raw) = self.single(&raw)? else {
            return Ok(None);
        };
        if raw.is_empty() && !parameter.allow_empty && self.rules.empty_values == EmptyValues::Absent {
            return Ok(None);
        }
        let pieces = |text| self.pieces(style, text);
        self.split(schema, false, raw, pieces, |text| self.decoded_query(text))
            .map(Some)
    }

    /// The pieces of a delimited query value, split before percent-decoding so that an encoded delimiter can stand
    /// inside a piece of the `form` style. The other two styles encode their delimiter.
    pub(super) fn pieces<'t>(&self, style: Style, text: &'t str) -> Vec<&'t str> {
        match style {
            Style::SpaceDelimited if self.query.plus_is_space() => {
                text.split("%20").flat_map(|piece| piece.split('+')).collect()
            }
            Style::SpaceDelimited => text.split("%20").collect(),
            Style::PipeDelimited => text
                .split('|')
                .flat_map(|piece| piece.split("%7C"))
                .flat_map(|piece| piece.split("%7c"))
                .collect(),
            _ => text.split(',').collect(),
        }
    }

    /// `filter[name]=value` for each member. OpenAPI leaves open how arrays and objects inside are written: an array
    /// takes an item from each repetition of its member, as `form` has it; further brackets are refused.
    fn deep_object(&self, parameter: &Parameter) -> Found {
        let mut found: IndexMap<&str, Vec<&str>> = IndexMap::new();
        for (name, raw) in self.query.iter() {
            let Some(rest) = name.strip_prefix(parameter.name) else {
                continue;
            };
            let is_other = !rest.is_empty() && !rest.starts_with('[');
            if is_other || (rest.is_empty() && raw.is_empty()) {
                continue;
            }
            let inner = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            match inner.filter(|inner| !inner.is_empty() && !inner.contains(['[', ']'])) {
                Some(inner) => found.entry(inner).or_default().push(raw),
                None => {
                    let form = "written as `name[member]=value`, with one pair of brackets";
                    return Err(syntax(form, &format!("{name}={raw}")));
                }
            }
        }
        let mut members = Map::new();
        for (name, raw) in found {
            if let Some(value) = self.member(parameter, name, raw)? {
                members.insert(name.to_owned(), value);
            }
        }
        Ok((!members.is_empty()).then_some(Value::Object(members)))
    }

    /// A member of an object whose members are each written like a query parameter of their own.
    fn member(&self, parameter: &Parameter, name: &str, mut raw: Vec<&str>) -> Found {
        let coercion = self.coercion;
        let schema = coercion.property(parameter.schema, name, 0);
        self.drop_empty(parameter, &mut raw);
        if let Some(schema) = schema.filter(|schema| coercion.is_array(*schema)) {
            let texts: Result<Vec<_>, _> = raw.into_iter().map(|text| self.decoded_query(text)).collect();
            return texts.map(|texts| (!texts.is_empty()).then(|| coercion.array(schema, texts)));
        }
        let Some(raw) = self.single(&raw)? else {
            return Ok(None);
        };
        let text = self.decoded_query(raw)?;
        Ok(Some(match schema {
            Some(schema) => coercion.scalar(schema, &text),
            None => Value::from(text),
        }))
    }

    /// Leaves out the values that count as not sent.
    fn drop_empty(&self, parameter: &Parameter, raw: &mut Vec<&str>) {
        if self.rules.empty_values == EmptyValues::Absent && !parameter.allow_empty {
            raw.retain(|text| !text.is_empty());
        }
    }

    /// Each member is a query parameter of its own; names that no property declares belong to others.
    fn exploded_object(&self, parameter: &Parameter) -> Found {
        let mut members = Map::new();
        for name in self.coercion.property_names(parameter.schema) {
            let raw = self.query.values(name);
            if let Some(value) = self.member(parameter, name, raw)? {
                members.insert(name.to_owned(), value);
            }
        }
        Ok((!members.is_empty()).then_some(Value::Object(members)))
    }

    fn cookie(&self, parameter: &Parameter, explode: bool) -> Found {
        let raw = self.cookies(parameter.name);
        if explode && self.coercion.is_object(parameter.schema) {
            let mut members = Vec::new();
            for name in self.coercion.property_names(parameter.schema) {
                if let Some(raw) = self.single(&self.cookies(name))? {
                    members.push((name.to_owned(), decoded(raw)?));
                }
            }
            return Ok((!members.is_empty()).then(|| self.coercion.object(parameter.schema, members)));
        }
        if explode && self.coercion.is_array(parameter.schema) && !raw.is_empty() {
            let texts: Result<Vec<_>, _> = raw.into_iter().map(decoded).collect();
            return texts.map(|texts| Some(self.coercion.array(parameter.schema, texts)));
        }
        let Some(raw) = self.single(&raw)? else {
            return Ok(None);
        };
        self.delimited(parameter.schema, false, raw, ',').map(Some)
    }

    fn cookies(&self, name: &str) -> Vec<&str> {
        self.raw
            .headers
            .get_all(http::header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(known, _)| *known == name)
            .map(|(_, value)| value)
            .collect()
    }

    /// The value of a header; several lines are one list (RFC 9110, 5.3).
    fn texts_of_header(&self, name: &str) -> Result<Option<String>, (Rule, Received)> {
        let mut texts = Vec::new();
        for value in self.raw.headers.get_all(name) {
            let text = std::str::from_utf8(value.as_bytes())
                .map_err(|_| (Rule::Syntax("UTF-8"), Received::Missing))?;
            texts.push(text);
        }
        Ok((!texts.is_empty()).then(|| texts.join(", ")))
    }

    pub(super) fn single<'t>(&self, raw: &[&'t str]) -> Result<Option<&'t str>, (Rule, Received)> {
        match (raw, self.rules.repeated) {
            ([], _) => Ok(None),
            ([only], _) | ([only, ..], Repeated::First) | ([.., only], Repeated::Last) => Ok(Some(only)),
            (several, Repeated::Refuse) => Err((Rule::Repeated, Received::Array(several.len()))),
        }
    }

    pub(super) fn decoded_query(&self, raw: &str) -> Result<String, (Rule, Received)> {
        self.query
            .decode(raw)
            .map_err(|_| syntax("percent-encoded UTF-8", raw))
    }
}
