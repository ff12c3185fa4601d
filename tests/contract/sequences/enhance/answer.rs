//! What an answer that names something new says, when it has the form it should.

use contract_tests::wire::Answer;
use serde_json::{Value, json};

use crate::stage::equal;

pub(crate) fn new_member(answer: &Answer) -> Result<String, String> {
    let body = answer.json();
    let id = text(&body["id"]);
    equal(&(201, json!({ "id": id })), &(answer.status, body))?;
    Ok(id)
}

/// Id and secret.
pub(crate) fn new_token(answer: &Answer) -> Result<(String, String), String> {
    let body = answer.json();
    let (id, secret) = (text(&body["id"]), text(&body["unencryptedToken"]));
    let five: String = secret.chars().take(5).collect();
    let wanted = json!({ "id": id, "firstFive": five, "unencryptedToken": secret });
    equal(&(201, wanted), &(answer.status, body))?;
    Ok((id, secret))
}

/// Path and query.
pub(crate) fn new_link(answer: &Answer) -> Result<String, String> {
    equal(&201, &answer.status)?;
    let link = text(&answer.json());
    let host = link.strip_prefix("http://").and_then(|rest| rest.find('/'));
    let host = host.ok_or_else(|| format!("{link:?} is no URL"))?;
    Ok(link[host + "http://".len()..].to_owned())
}

pub(crate) fn new_invite(answer: &Answer, before: &str, after: &str) -> Result<String, String> {
    equal(&201, &answer.status)?;
    let url = text(&answer.json());
    let key = url.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    let key = key.ok_or_else(|| format!("{url:?} is not {before}…{after}"))?;
    Ok(key.to_owned())
}

/// The cookie.
pub(crate) fn new_session(answer: &Answer, status: u16, shown: Option<&Value>) -> Result<String, String> {
    equal(&status, &answer.status)?;
    match shown {
        Some(wanted) => equal(wanted, &answer.json())?,
        None => equal(&0, &answer.body.len())?,
    }
    let header = answer.header("set-cookie").unwrap_or_default();
    let cookie = header
        .strip_prefix("id0=")
        .and_then(|rest| rest.split(';').next());
    let cookie = cookie.ok_or_else(|| format!("{header:?} sets no session"))?;
    Ok(cookie.to_owned())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
