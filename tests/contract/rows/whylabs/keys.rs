//! Who calls: keys, what they open, and what is no key.

use contract_tests::scenario::Scenario;
use mock_server::jiff::SignedDuration;

use super::calls::{
    ACME, ACME_MEMBERS, ADMIN_KEY, DOMAINS, DOMAINS_KEY, EMPTY, EMPTY_KEY, EXPIRED_KEY, FREE, FREE_KEY, GONE,
    GONE_KEY, LASTING_KEY, MEMBER, NOWHERE, REVOKED_KEY, SCOPELESS_KEY, STAFF_KEY, UNKNOWN_KEY, USER,
    USER_KEY, all_four, create, forbidden, list, listed, membership, no_administrator, no_key,
    no_organization, ok, other_organization, remove, update, with_key, without_key,
};
use super::rules::{BAD_KEY, FORM_OF_KEY, NO_KEY, OWN_ORGANIZATION, SCOPES, STAFF};

const MALFORMED: &str = "The API key does not have the form of one.";
const UNKNOWN: &str = "The API key is not known.";
const EXPIRED: &str = "The API key has expired.";
const REVOKED: &str = "The API key was revoked.";

pub(crate) fn rows() -> Vec<Scenario> {
    [
        missing(),
        bad(),
        ending(),
        forms(),
        scopes(),
        organizations(),
        staff(),
    ]
    .concat()
}

fn missing() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, call) in all_four(ACME, MEMBER) {
        rows.push(
            Scenario::new(&NO_KEY, format!("{what} without a key is refused"))
                .ask(without_key(call), no_key())
                .ask(list(ACME), listed(&ACME_MEMBERS)),
        );
    }
    for (what, call) in all_four(NOWHERE, MEMBER) {
        rows.push(
            Scenario::new(
                &NO_KEY,
                format!("{what} without a key is refused, wherever it is"),
            )
            .ask(without_key(call), no_key()),
        );
    }
    rows.push(Scenario::new(&NO_KEY, "a bearer token is no key").ask(
        without_key(list(ACME)).header("authorization", format!("Bearer {ADMIN_KEY}")),
        no_key(),
    ));
    rows
}

fn bad() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, key, message) in [
        ("a key that has expired", EXPIRED_KEY, EXPIRED),
        ("a key that was revoked", REVOKED_KEY, REVOKED),
        ("a key nobody has", UNKNOWN_KEY, UNKNOWN),
        ("a short text", "abc", MALFORMED),
        ("an empty header", "", MALFORMED),
    ] {
        for (call_name, call) in all_four(ACME, MEMBER) {
            rows.push(
                Scenario::new(
                    &BAD_KEY,
                    format!("{call_name} with {what} is forbidden, and not unauthorized"),
                )
                .ask(with_key(call, key), forbidden(message))
                .ask(list(ACME), listed(&ACME_MEMBERS)),
            );
        }
    }
    for key in [ADMIN_KEY.to_lowercase(), ADMIN_KEY.replacen("K1", "K2", 1)] {
        rows.push(
            Scenario::new(&BAD_KEY, format!("{key} is another key, which nobody has"))
                .ask(with_key(list(ACME), &key), forbidden(UNKNOWN)),
        );
    }
    rows
}

fn ending() -> Vec<Scenario> {
    vec![
        Scenario::new(&BAD_KEY, "a key is good up to the very instant it expires at")
            .clock("2100-01-01T00:00:00Z")
            .ask(with_key(list(ACME), LASTING_KEY), ok())
            .advance(SignedDuration::from_millis(1))
            .ask(with_key(list(ACME), LASTING_KEY), forbidden(EXPIRED))
            .ask(
                with_key(remove(ACME, MEMBER), LASTING_KEY),
                forbidden(EXPIRED),
            )
            .ask(list(ACME), listed(&ACME_MEMBERS)),
        Scenario::new(&BAD_KEY, "a key without an end is good for good")
            .clock("2099-12-31T00:00:00Z")
            .advance(SignedDuration::from_hours(24 * 365 * 1000))
            .ask(with_key(list(ACME), ADMIN_KEY), ok()),
        Scenario::new(&BAD_KEY, "of a key that was revoked and has expired, the latter is said")
            .fixtures(format!(
                "extends: true\nwhylabs: {{ api_keys: [{{ secret: {REVOKED_KEY}, organization: org-123, revoked: true, expires_at: 2020-01-01T00:00:00Z }}] }}"
            ))
            .ask(with_key(list(ACME), REVOKED_KEY), forbidden(EXPIRED)),
    ]
}

fn forms() -> Vec<Scenario> {
    let row = |name: String| Scenario::new(&FORM_OF_KEY, name);
    let mut rows = Vec::new();
    for suffix in ["org-123", "org-dom1", "anything at all", ""] {
        let key = format!("{ADMIN_KEY}:{suffix}");
        rows.push(
            row(format!("what follows one colon is not looked at: {suffix:?}"))
                .ask(with_key(list(ACME), &key), listed(&ACME_MEMBERS)),
        );
    }
    let cut = &ADMIN_KEY[..63];
    for (what, key) in [
        ("two colons", format!("{ADMIN_KEY}:org-123:x")),
        ("a character less", cut.to_owned()),
        ("a character more", format!("{ADMIN_KEY}x")),
        ("an underscore in its secret", format!("{cut}_")),
        ("a sign in its id", ADMIN_KEY.replacen('K', "+", 1)),
        ("no dot", ADMIN_KEY.replacen('.', "x", 1)),
        (
            "a dot at another place",
            format!("{}.{}", &ADMIN_KEY[..9], &ADMIN_KEY[10..].replacen('.', "x", 1)),
        ),
    ] {
        rows.push(
            row(format!("a text with {what} is no key"))
                .ask(with_key(list(ACME), &key), forbidden(MALFORMED)),
        );
    }
    let signs = format!("KSigns1234.{}", "+-^!$&@".repeat(8).get(..53).unwrap_or_default());
    rows.push(
        row("the secret of a key may have signs in it".to_owned())
            .fixtures(format!(
                "extends: true\nwhylabs: {{ api_keys: [{{ secret: '{signs}', organization: org-123, scopes: [':administrator'] }}] }}"
            ))
            .ask(with_key(list(ACME), &signs), ok()),
    );
    let cookie = |request, key: &str| without_key(request).header("cookie", format!("a=b; X-API-Key={key}"));
    rows.push(
        row("a cookie is as good as the header, where there is none".to_owned())
            .ask(cookie(list(ACME), ADMIN_KEY), listed(&ACME_MEMBERS))
            .ask(cookie(list(ACME), UNKNOWN_KEY), forbidden(UNKNOWN)),
    );
    rows.push(
        row("the header goes before the cookie".to_owned())
            .ask(
                cookie(list(ACME), UNKNOWN_KEY).header("x-api-key", ADMIN_KEY),
                ok(),
            )
            .ask(
                cookie(list(ACME), ADMIN_KEY).header("x-api-key", "abc"),
                forbidden(MALFORMED),
            ),
    );
    rows
}

fn scopes() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for (what, key) in [("another scope", USER_KEY), ("no scopes", SCOPELESS_KEY)] {
        for (call_name, call) in all_four(ACME, MEMBER) {
            rows.push(
                Scenario::new(&SCOPES, format!("{call_name} with a key of {what} is forbidden"))
                    .ask(with_key(call, key), no_administrator())
                    .ask(list(ACME), listed(&ACME_MEMBERS)),
            );
        }
    }
    for scope in [
        ":account_administrator",
        ":authenticated",
        ":read_resource",
        ":whylabs_administrator",
        ":whylabs_system",
    ] {
        let key = format!("KOther1234.{}", "x".repeat(53));
        rows.push(
            Scenario::new(&SCOPES, format!("the scope {scope} alone is not enough for a customer's key"))
                .fixtures(format!(
                    "extends: true\nwhylabs: {{ api_keys: [{{ secret: {key}, organization: org-123, scopes: ['{scope}'] }}] }}"
                ))
                .ask(with_key(list(ACME), &key), no_administrator()),
        );
    }
    let key = format!("KSeveral12.{}", "x".repeat(53));
    rows.push(
        Scenario::new(&SCOPES, "the administrator's scope counts among others")
            .fixtures(format!(
                "extends: true\nwhylabs: {{ api_keys: [{{ secret: {key}, organization: org-123, scopes: [':user', ':administrator'] }}] }}"
            ))
            .ask(with_key(list(ACME), &key), ok()),
    );
    rows.push(
        Scenario::new(&SCOPES, "the role of the key's user counts for nothing")
            .ask(update(ACME, super::calls::ADMIN, "VIEWER"), ok())
            .ask(with_key(list(ACME), ADMIN_KEY), listed(&ACME_MEMBERS))
            .ask(update(ACME, MEMBER, "ADMIN"), ok())
            .ask(with_key(list(ACME), USER_KEY), no_administrator()),
    );
    rows
}

fn organizations() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&OWN_ORGANIZATION, name);
    let mut rows = vec![
        row("each key opens its own organization")
            .ask(with_key(list(ACME), ADMIN_KEY), ok())
            .ask(with_key(list(DOMAINS), DOMAINS_KEY), ok())
            .ask(with_key(list(FREE), FREE_KEY), ok())
            .ask(with_key(list(EMPTY), EMPTY_KEY), ok())
            .ask(with_key(update(GONE, MEMBER, "ADMIN"), GONE_KEY), ok()),
        row("an organization that is not there is nobody's own")
            .ask(list(NOWHERE), other_organization(NOWHERE)),
        row("the organization in the suffix of a key opens nothing").ask(
            with_key(list(DOMAINS), &format!("{ADMIN_KEY}:org-dom1")),
            other_organization(DOMAINS),
        ),
        row("a header that names another organization is not looked at")
            .ask(
                with_key(list(DOMAINS), ADMIN_KEY).header("x-whylabs-organization", ACME),
                other_organization(DOMAINS),
            )
            .ask(list(ACME).header("x-whylabs-organization", DOMAINS), ok()),
        row("the letters of an organization's id count in their case")
            .ask(list("ORG-123"), other_organization("ORG-123")),
    ];
    for (what, call) in all_four(ACME, MEMBER) {
        rows.push(
            row(&format!("{what} with another organization's key is forbidden"))
                .ask(with_key(call, DOMAINS_KEY), other_organization(ACME))
                .ask(list(ACME), listed(&ACME_MEMBERS)),
        );
    }
    rows
}

fn staff() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&STAFF, name);
    let key = format!("KInternal1.{}", "x".repeat(53));
    let own = |scopes: &str| {
        format!(
            "extends: true\nwhylabs: {{ api_keys: [{{ secret: {key}, organization: '0', scopes: [{scopes}] }}] }}"
        )
    };
    vec![
        row("an internal administrator reaches every organization")
            .ask(with_key(list(ACME), STAFF_KEY), listed(&ACME_MEMBERS))
            .ask(with_key(list(EMPTY), STAFF_KEY), listed(&[]))
            .ask(
                with_key(create(EMPTY, USER, "ADMIN"), STAFF_KEY),
                membership(EMPTY, super::calls::USER_ID, "ADMIN", false),
            )
            .ask(with_key(list("0"), STAFF_KEY), listed(&[]))
            .ask(with_key(list(NOWHERE), STAFF_KEY), no_organization(NOWHERE)),
        row("so does the system")
            .fixtures(own("':whylabs_system'"))
            .ask(with_key(list(ACME), &key), ok()),
        row("an internal key without an internal scope administers its own organization alone")
            .fixtures(own(""))
            .ask(with_key(list("0"), &key), listed(&[]))
            .ask(with_key(list(ACME), &key), other_organization(ACME)),
    ]
}
