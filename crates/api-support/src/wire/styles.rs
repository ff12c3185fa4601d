//! The styles of OpenAPI: how arrays and objects are written as text.

use serde_json::Value;

use super::parameters::Reader;
use super::query::percent_decode;
use crate::operation::{Parameter, Style};
use crate::validation::{Received, Rule};

impl Reader<'_> {
    pub(super) fn path(
        &self,
        parameter: &Parameter,
        style: Style,
        explode: bool,
        raw: &str,
    ) -> Result<Value, (Rule, Received)> {
        match style {
            Style::Label => {
                let text = raw
                    .strip_prefix('.')
                    .ok_or_else(|| syntax("written after a `.`", raw))?;
                self.delimited(parameter.schema, explode, text, if explode { '.' } else { ',' })
            }
            Style::Matrix => self.matrix(parameter, explode, raw),
            _ => self.simple(parameter.schema, explode, raw, decoded),
        }
    }

    /// `;name=value`, `;name=a,b`, or exploded `;name=a;name=b` and `;x=1;y=2`.
    pub(super) fn matrix(
        &self,
        parameter: &Parameter,
        explode: bool,
        raw: &str,
    ) -> Result<Value, (Rule, Received)> {
        let text = raw
            .strip_prefix(';')
            .ok_or_else(|| syntax("written as `;name=value`", raw))?;
        let coercion = self.coercion;
        let pairs = || {
            text.split(';')
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        };
        if explode && coercion.is_object(parameter.schema) {
            let members: Result<Vec<_>, _> = pairs()
                .map(|(name, value)| Ok((decoded(name)?, decoded(value)?)))
                .collect();
            return members.map(|members| coercion.object(parameter.schema, members));
        }
        let values: Result<Vec<_>, _> = pairs()
            .map(|(name, value)| {
                if name == parameter.name {
                    Ok(value)
                } else {
                    Err(syntax("written as `;name=value`", raw))
                }
            })
            .collect();
        let values = values?;
        if explode && coercion.is_array(parameter.schema) {
            let texts: Result<Vec<_>, _> = values.into_iter().map(decoded).collect();
            return texts.map(|texts| coercion.array(parameter.schema, texts));
        }
        match values.as_slice() {
            [value] => self.delimited(parameter.schema, false, value, ','),
            _ => Err((Rule::Repeated, Received::Array(values.len()))),
        }
    }

    /// `a,b,c`, `x,1,y,2`, or exploded `x=1,y=2`; scalars as they are.
    pub(super) fn simple(
        &self,
        schema: usize,
        explode: bool,
        raw: &str,
        decode: impl Fn(&str) -> Result<String, (Rule, Received)>,
    ) -> Result<Value, (Rule, Received)> {
        self.split(
            schema,
            explode,
            raw,
            |text| text.split(',').map(str::trim).collect(),
            decode,
        )
    }

    pub(super) fn delimited(
        &self,
        schema: usize,
        explode: bool,
        raw: &str,
        delimiter: char,
    ) -> Result<Value, (Rule, Received)> {
        self.split(
            schema,
            explode,
            raw,
            |text| text.split(delimiter).collect(),
            decoded,
        )
    }

    pub(super) fn split<'t>(
        &self,
        schema: usize,
        explode: bool,
        raw: &'t str,
        pieces: impl Fn(&'t str) -> Vec<&'t str>,
        decode: impl Fn(&'t str) -> Result<String, (Rule, Received)>,
    ) -> Result<Value, (Rule, Received)> {
        let coercion = self.coercion;
        let pieces_of = |text: &'t str| if text.is_empty() { Vec::new() } else { pieces(text) };
        if coercion.is_array(schema) {
            let texts: Result<Vec<_>, _> = pieces_of(raw).into_iter().map(decode).collect();
            return texts.map(|texts| coercion.array(schema, texts));
        }
        if !coercion.is_object(schema) {
            return decode(raw).map(|text| coercion.scalar(schema, &text));
        }
        let pieces = pieces_of(raw);
        let members: Result<Vec<(String, String)>, _> = if explode {
            pieces
                .into_iter()
                .map(|piece| {
                    let (name, value) = piece
                        .split_once('=')
                        .ok_or_else(|| syntax("written as `name=value`", raw))?;
                    Ok((decode(name)?, decode(value)?))
                })
                .collect()
        } else {
            pieces
                .chunks(2)
                .map(|pair| match pair {
                    [name, value] => Ok((decode(name)?, decode(value)?)),
                    _ => Err(syntax("a list of names and values", raw)),
                })
                .collect()
        };
        members.map(|members| coercion.object(schema, members))
    }
}

pub(super) fn decoded(raw: &str) -> Result<String, (Rule, Received)> {
    percent_decode(raw).map_err(|_| syntax("percent-encoded UTF-8", raw))
}

pub(super) fn syntax(form: &'static str, raw: &str) -> (Rule, Received) {
    (Rule::Syntax(form), Received::Scalar(Value::from(raw)))
}
