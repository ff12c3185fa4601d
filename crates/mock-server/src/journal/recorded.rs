//! A request as it is shown.

use api_support::{Refused, Rule, Violation};
use membership_apis::control::models::{
    AnsweredBy as ShownBy, ApiName, BrokenRule, BrokenRulePart, RecordedRequest, RecordedResponse,
    Refused as ShownRefusal, RefusedStep,
};

use super::redaction::{self, MASK, Secrets};
use super::{AnsweredBy, Exchange};
use crate::faults;

impl Exchange {
    /// The request and its answer with their secrets masked.
    pub(crate) fn recorded(&self) -> RecordedRequest {
        let secrets = Secrets::of(self);
        let response = self.answer.as_ref().map(|sent| RecordedResponse {
            status: sent.status.as_u16().into(),
            headers: secrets.headers(&sent.headers),
            body: redaction::body(&sent.body, &sent.headers, &secrets),
        });
        let fault = match self.by {
            AnsweredBy::Api { fault } => fault,
            AnsweredBy::Fault { id } => Some(id),
            AnsweredBy::Forced | AnsweredBy::Server => None,
        };
        RecordedRequest {
            number: count(self.number),
            arrival: count(self.arrival),
            at: self.at.to_string(),
            api: self.api_name(),
            operation: self.operation.map(|operation| operation.id.to_owned()),
            method: self.method.to_string(),
            path: secrets.path(&self.path),
            query: self.query.as_deref().map(|query| secrets.query(query)),
            headers: secrets.headers(&self.headers),
            body: redaction::body(&self.body, &self.headers, &secrets),
            response,
            duration_us: i64::try_from(self.took.as_micros()).unwrap_or(i64::MAX),
            answered_by: self.by.shown(),
            fault: fault.map(faults::id),
            documented: self.documented,
            refused: self
                .refused
                .as_ref()
                .map(|refused| shown_refusal(refused, &secrets)),
        }
    }

    pub(crate) fn api_name(&self) -> Option<ApiName> {
        self.api.and_then(|api| api.name.parse().ok())
    }
}

impl AnsweredBy {
    pub(crate) fn shown(self) -> ShownBy {
        match self {
            Self::Api { .. } => ShownBy::Api,
            Self::Forced => ShownBy::Forced,
            Self::Fault { .. } => ShownBy::Fault,
            Self::Server => ShownBy::Server,
        }
    }
}

/// A count in the width that documents have.
pub(crate) fn count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn shown_refusal(refused: &Refused, secrets: &Secrets) -> ShownRefusal {
    let rules = shown_rules(refused.violations(), secrets);
    let reason = if rules.iter().any(|rule| rule.received == MASK) {
        // The reason repeats what the rules say, and the value.
        "Rules of the document are broken.".to_owned()
    } else {
        secrets.string(&refused.reason())
    };
    ShownRefusal {
        step: refused.step.as_str().parse().unwrap_or(RefusedStep::Handler),
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        violations: Some(rules).filter(|rules| !rules.is_empty()),
    }
}

fn shown_rules(violations: &[Violation], secrets: &Secrets) -> Vec<BrokenRule> {
    let shown = violations.iter().map(|violation| BrokenRule {
        part: violation.part.as_str().parse().unwrap_or(BrokenRulePart::Body),
        pointer: secrets.masked(&violation.pointer),
        rule: violation.rule.keyword().to_owned(),
        expected: shown_expectation(violation, secrets),
        received: if redaction::leads_to_secret(&violation.pointer) {
            MASK.to_owned()
        } else {
            secrets.received(&violation.received.to_string())
        },
    });
    shown.collect()
}

/// What a rule asked for. Where a type could not be read, the words for it repeat the value.
fn shown_expectation(violation: &Violation, secrets: &Secrets) -> String {
    match &violation.rule {
        Rule::Unreadable(_) if redaction::leads_to_secret(&violation.pointer) => MASK.to_owned(),
        Rule::Unreadable(_) => secrets.string(&violation.rule.expected()),
        rule => rule.expected(),
    }
}

#[cfg(test)]
mod tests {
    use api_support::{Part, Received, Rejection};
    use axum::body::Bytes;

    use super::*;
    use crate::journal::Content;

    #[test]
    fn what_a_type_could_not_be_read_from_is_told_without_secrets() {
        let body = br#"{"password": "Sesame-1", "name": "Ada"}"#;
        let unreadable = |pointer: &str, value: &str| Violation {
            part: Part::Query,
            pointer: pointer.to_owned(),
            rule: Rule::Unreadable(format!("invalid value: {value}")),
            received: Received::Missing,
        };
        let broken = vec![
            unreadable("", "Sesame-1"),
            unreadable("/otp", "4711"),
            unreadable("/name", "Ada"),
        ];
        let exchange = Exchange {
            body: Content::of(&Bytes::from_static(body)),
            refused: Some(Refused::by(&Rejection::Parameters(broken))),
            ..Exchange::blank(1)
        };
        let refused = exchange.recorded().refused.unwrap();
        let told: Vec<_> = refused.violations.unwrap();
        let told: Vec<_> = told.iter().map(|broken| broken.expected.as_str()).collect();
        assert_eq!(
            told,
            ["readable: invalid value: …", "…", "readable: invalid value: Ada"]
        );
    }
}
