//! What one request has that its API's document has not.

use std::sync::Arc;

use api_support::server::{Asked, Deviation, Fault, audit};
use api_support::validation::abridged;
use http::{HeaderMap, HeaderName, HeaderValue};
use membership_apis::control::models::{Violation, ViolationKind, ViolationPart};

use crate::journal::redaction::{self, MASK, Secrets};
use crate::journal::{AnsweredBy, Exchange, Headers, count};
use crate::served::Served;
use crate::world::WorldName;

/// What the request of an exchange has off the contract; most have nothing, and are told by a quick look.
pub(crate) fn found(world: &WorldName, exchange: &Exchange) -> Vec<Arc<Violation>> {
    let Some(served) = exchange.api else {
        return Vec::new();
    };
    let mut deviations = deviations(served, exchange);
    if exchange.by == AnsweredBy::Forced {
        deviations.retain(|deviation| !is_lack(deviation));
    }
    if deviations.is_empty() {
        return Vec::new();
    }
    let secrets = Secrets::of(exchange);
    let shown = deviations
        .into_iter()
        .filter_map(|deviation| shown(world, exchange, &secrets, &deviation));
    shown.map(Arc::new).collect()
}

/// Whether it is about something that is not there: whoever asks for an answer by its status need not send what the
/// operation needs.
fn is_lack(deviation: &Deviation) -> bool {
    deviation.fault == Fault::MissingBody || deviation.rule == Some("required")
}

fn deviations(served: &Served, exchange: &Exchange) -> Vec<Deviation> {
    let path = exchange
        .path
        .strip_prefix(served.base_path)
        .unwrap_or(&exchange.path);
    let Some(operation) = exchange.operation else {
        if served.besides.contains(&exchange.path.trim_end_matches('/')) {
            return Vec::new();
        }
        return exchange.misrouted.as_deref().cloned().into_iter().collect();
    };
    let query = exchange.query.as_deref();
    let has_body = exchange.body.bytes > 0 || !exchange.is_whole;
    let reached_handler = matches!(exchange.by, AnsweredBy::Api { .. }) && exchange.refused.is_none();
    // An id that cannot be read may have been taken for one nobody has.
    let was_path_checked = reached_handler && !path.contains('%');
    let is_path_right = was_path_checked || !Asked::path_may_deviate(operation, served.schemas, path);
    if is_path_right && !Asked::may_deviate(operation, query, has_body) {
        return Vec::new();
    }
    let headers = header_map(&exchange.headers, |name| {
        Asked::depends_on_header(operation, has_body, name)
    });
    audit(&Asked {
        operation,
        schemas: served.schemas,
        rules: &served.wire,
        path: (!is_path_right).then_some(path),
        query,
        headers: &headers,
        // Of one that is not all there it can be said that it is there, and what it is said to be.
        body: exchange.is_body_known().then_some(&exchange.body.kept),
    })
}

fn header_map(headers: &Headers, is_looked_at: impl Fn(&str) -> bool) -> HeaderMap {
    let looked_at = headers.iter().filter(|(name, _)| is_looked_at(name));
    let pairs = looked_at.filter_map(|(name, value)| {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        Some((name, HeaderValue::from_bytes(value).ok()?))
    });
    let mut map = HeaderMap::new();
    for (name, value) in pairs {
        map.append(name, value);
    }
    map
}

fn shown(
    world: &WorldName,
    exchange: &Exchange,
    secrets: &Secrets,
    deviation: &Deviation,
) -> Option<Violation> {
    let status = exchange.answer.as_ref().map(|sent| sent.status.as_u16());
    let is_from_api = matches!(exchange.by, AnsweredBy::Api { .. });
    Some(Violation {
        world: world.to_string(),
        request: count(exchange.number),
        at: exchange.at.to_string(),
        api: exchange.api_name()?,
        operation: exchange.operation.map(|operation| operation.id.to_owned()),
        method: exchange.method.to_string(),
        path: abridged(&secrets.path(&exchange.path)),
        kind: kind(deviation.fault),
        part: deviation
            .part
            .and_then(|part| part.as_str().parse::<ViolationPart>().ok()),
        rule: deviation.rule.map(str::to_owned),
        detail: abridged(&detail(deviation, secrets)),
        pointer: abridged(&secrets.masked(&deviation.pointer)),
        accepted: is_from_api && status.is_some_and(|status| status < 400),
    })
}

/// What is wrong, and what stood there unless that is a secret.
fn detail(deviation: &Deviation, secrets: &Secrets) -> String {
    match &deviation.received {
        None => secrets.masked(&deviation.detail),
        Some(_) if redaction::leads_to_secret(&deviation.pointer) => {
            format!("{}, and is {MASK}", deviation.detail)
        }
        Some(received) => format!(
            "{}, and is {}",
            deviation.detail,
            secrets.received(&received.to_string())
        ),
    }
}

fn kind(fault: Fault) -> ViolationKind {
    match fault {
        Fault::UnknownPath => ViolationKind::UnknownPath,
        Fault::UnknownMethod => ViolationKind::UnknownMethod,
        Fault::UndocumentedParameter => ViolationKind::UndocumentedParameter,
        Fault::UndocumentedProperty => ViolationKind::UndocumentedProperty,
        Fault::InvalidValue => ViolationKind::InvalidValue,
        Fault::WrongContentType => ViolationKind::WrongContentType,
        Fault::UnreadableBody => ViolationKind::UnreadableBody,
        Fault::MissingBody => ViolationKind::MissingBody,
        Fault::Deprecated => ViolationKind::Deprecated,
    }
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::*;
    use crate::served::APIS;

    #[test]
    fn a_plain_get_is_spared_the_whole_look() {
        let mut plain = 0;
        for served in APIS {
            let gets = served
                .operations
                .iter()
                .filter(|operation| operation.method == Method::GET);
            for operation in gets {
                assert!(!Asked::may_deviate(operation, None, false), "{}", operation.id);
                plain += 1;
            }
        }
        assert!(plain > 8, "{plain}");
    }
}
