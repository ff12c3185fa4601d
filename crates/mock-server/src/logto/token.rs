//! `POST /oidc/token`: access tokens for machine-to-machine applications, by the client credentials grant (RFC 6749,
//! RFC 8707). No document describes it; refusals have OAuth's members beside Logto's own.

use api_support::BodyLimit;
use api_support::credentials::{self, Basic, Credential};
use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderValue, Method, Request, StatusCode, Uri};
use http_body_util::{BodyExt as _, Limited};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};

use super::link;
use super::model::{Logto, Scope};
use super::store::Grant;
use crate::visit::{PublicBase, Visit};

/// Where it is served.
pub(super) const PATH: &str = "/oidc/token";

const GRANT_TYPE: &str = "client_credentials";
const FORM: &str = "application/x-www-form-urlencoded";

/// What the address of a tenant's Management API ends with.
const MANAGEMENT_API: &str = "/api";

/// An error of OAuth's: its code, its status, and what to do about it.
type Error = (&'static str, StatusCode, String);

/// What a client asks for, and who it says it is.
struct Asked {
    client: Basic,
    scope: Scope,
    resource: String,
}

/// Issues a token, or says why not.
pub(super) async fn answer(request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    match issue(&parts, body).await {
        Ok(issued) => written(StatusCode::OK, &issued),
        Err(error) => refused(&parts, &error),
    }
}

async fn issue(parts: &Parts, body: Body) -> Result<Value, Error> {
    if parts.method != Method::POST {
        let detail = format!("{PATH} takes POST only");
        return Err(("invalid_request", StatusCode::METHOD_NOT_ALLOWED, detail));
    }
    let form = form(parts, body).await?;
    let asked = asked(parts, &form)?;
    let visit = Visit::of(parts);
    visit.change_part(|logto: &mut Logto, effects| {
        let Basic { user, password } = &asked.client;
        let grant = logto.grant(user, password, &asked.scope, effects.now);
        let grant = grant.ok_or_else(|| {
            let detail = "there is no application with this client_id and client_secret".to_owned();
            ("invalid_client", StatusCode::UNAUTHORIZED, detail)
        })?;
        asked.checked(&form)?;
        let token = token(&grant, &asked.resource, &visit.base, effects.ids.draw());
        logto.issue(&token, &grant);
        let mut issued = json!({
            "access_token": token,
            "expires_in": grant.seconds,
            "token_type": "Bearer",
        });
        if let Some(members) = issued.as_object_mut()
            && !grant.scope.0.is_empty()
        {
            members.insert("scope".to_owned(), json!(grant.scope.0));
        }
        Ok(issued)
    })
}

/// The members of the form, each once.
async fn form(parts: &Parts, body: Body) -> Result<Map<String, Value>, Error> {
    let content_type = parts
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if api_support::essence(content_type.unwrap_or_default()) != FORM {
        return Err(invalid_request(format!("send the body as {FORM}")));
    }
    let limit = parts
        .extensions
        .get::<BodyLimit>()
        .copied()
        .unwrap_or(BodyLimit::DEFAULT);
    let body = Limited::new(body, limit.0).collect().await;
    let bytes = body
        .map_err(|_| {
            invalid_request(format!(
                "the body cannot be read, or is longer than {} bytes",
                limit.0
            ))
        })?
        .to_bytes();
    let mut form = Map::new();
    for (name, value) in link::pairs(&String::from_utf8_lossy(&bytes)) {
        // A member without a value counts as not sent.
        if value.is_empty() {
            continue;
        }
        if form.insert(name.clone(), Value::String(value)).is_some() {
            return Err(invalid_request(format!("{name} must not be given twice")));
        }
    }
    Ok(form)
}

/// Reads who asks and for what. Whether it can be had is looked at once the client is known.
fn asked(parts: &Parts, form: &Map<String, Value>) -> Result<Asked, Error> {
    let member = |name: &str| form.get(name).and_then(Value::as_str);
    let client = match (credentials::basic(parts), member("client_secret")) {
        (Credential::Present(_), Some(_)) => {
            let detail = "authenticate in the Authorization header or in the form, not in both";
            return Err(invalid_request(detail.to_owned()));
        }
        // Both halves are written as a form's text before they are joined (RFC 6749, 2.3.1).
        (Credential::Present(Basic { user, password }), None) => Basic {
            user: link::read(&user),
            password: link::read(&password),
        },
        (Credential::Malformed(_), _) => {
            return Err(invalid_request(
                "the Authorization header has to be Basic with client_id and client_secret".to_owned(),
            ));
        }
        (Credential::Absent, secret) => Basic {
            user: member("client_id")
                .ok_or_else(|| invalid_request("client_id is missing".to_owned()))?
                .to_owned(),
            password: secret
                .ok_or_else(|| invalid_request("client_secret is missing".to_owned()))?
                .to_owned(),
        },
    };
    Ok(Asked {
        client,
        scope: Scope(member("scope").unwrap_or_default().to_owned()),
        resource: member("resource").unwrap_or_default().to_owned(),
    })
}

impl Asked {
    fn checked(&self, form: &Map<String, Value>) -> Result<(), Error> {
        match form.get("grant_type").and_then(Value::as_str) {
            Some(GRANT_TYPE) => (),
            Some(_) => {
                let detail = format!("the only grant_type here is {GRANT_TYPE}");
                return Err(("unsupported_grant_type", StatusCode::BAD_REQUEST, detail));
            }
            None => return Err(invalid_request("grant_type is missing".to_owned())),
        }
        let is_management_api = self
            .resource
            .parse()
            .is_ok_and(|uri: Uri| uri.scheme().is_some() && uri.path().ends_with(MANAGEMENT_API));
        if !is_management_api {
            let detail = format!(
                "resource has to be a Management API, such as https://default.logto.app{MANAGEMENT_API}"
            );
            return Err(("invalid_target", StatusCode::BAD_REQUEST, detail));
        }
        Ok(())
    }
}

/// A token in the form of a JWT (RFC 9068), for clients that look into it. Its signature is made up: what counts is that
/// the server knows the token.
fn token(grant: &Grant, resource: &str, base: &PublicBase, mut rng: ChaCha8Rng) -> String {
    let PublicBase { origin, prefix, .. } = base;
    let header = json!({ "alg": "ES384", "typ": "at+jwt" });
    let identifier: u128 = rng.random();
    let claims = json!({
        "jti": format!("{identifier:032x}"),
        "sub": &*grant.application,
        "iat": grant.issued_at.as_second(),
        "exp": grant.expires_at().as_second(),
        "scope": grant.scope.0,
        "client_id": &*grant.application,
        "iss": format!("{origin}{prefix}/oidc"),
        "aud": resource,
    });
    let mut signature = [0; 96];
    rng.fill(&mut signature[..]);
    let parts = [
        header.to_string().as_bytes(),
        claims.to_string().as_bytes(),
        &signature,
    ]
    .map(|part| URL_SAFE_NO_PAD.encode(part));
    parts.join(".")
}

fn invalid_request(detail: String) -> Error {
    ("invalid_request", StatusCode::BAD_REQUEST, detail)
}

fn refused(parts: &Parts, (code, status, detail): &Error) -> Response {
    let body = json!({
        "code": format!("oidc.{code}"),
        "message": format!("No token is issued: {detail}."),
        "error": code,
        "error_description": detail,
    });
    let mut response = written(*status, &body);
    let headers = response.headers_mut();
    if *status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(ALLOW, HeaderValue::from_static("POST"));
    }
    if *status == StatusCode::UNAUTHORIZED && credentials::basic(parts).present().is_some() {
        headers.insert(
            WWW_AUTHENTICATE,
            HeaderValue::from_static("Basic realm=\"logto\""),
        );
    }
    response
}

fn written(status: StatusCode, body: &Value) -> Response {
    let mut response = api_support::Answer::json(status, "application/json", body).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
