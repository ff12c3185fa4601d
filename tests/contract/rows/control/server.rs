//! The server as a whole: whether it is there, which APIs it has, and paths it has not.

use contract_tests::outside::{UNKNOWN_API, UNKNOWN_ROUTE, WRONG_METHOD};
use contract_tests::scenario::{Outcome, Scenario};
use contract_tests::wire::{Answer, Request};
use openapi_model::{Document, Source};
use serde_json::{Value, json};

use super::calls::{A, Worlds as _, bad_request, below, get, ok, problem, request, wrong_parameter};
use super::rules::{ROUTES, SERVER};
use crate::clerk::calls as clerk;

const APIS: [&str; 4] = ["clerk", "logto", "whylabs", "enhance"];

pub(crate) fn rows() -> Vec<Scenario> {
    [served(), documents(), routes(), heads()].concat()
}

fn row(name: &str) -> Scenario {
    Scenario::new(&SERVER, name)
}

fn served() -> Vec<Scenario> {
    let mut rows = vec![
        row("it says that it is ready, which version it is, and which APIs it has").ask(
            get("/health"),
            ok().has("ready", true)
                .has("apis", json!(APIS))
                .matches("version", "^[0-9]+\\.[0-9]+\\.[0-9]+"),
        ),
        row("it lists the APIs with their titles and how many operations each has").ask(
            get("/apis"),
            ok().lists("apis", "name", &APIS)
                .lists("apis", "operations", &[5, 14, 4, 14])
                .matches("apis.0.title", "Clerk"),
        ),
        row("what is asked for another media type comes as it is").ask(
            get("/health").header("accept", "text/html"),
            ok().header("content-type", "application/json"),
        ),
    ];
    let calls: [(&str, &'static str, Request); 4] = [
        ("clerk", "apis.0.base_url", clerk::list(clerk::ACME, "")),
        ("logto", "apis.1.base_url", crate::logto::calls::list("")),
        (
            "whylabs",
            "apis.2.base_url",
            crate::whylabs::calls::list("org-123"),
        ),
        (
            "enhance",
            "apis.3.base_url",
            crate::enhance::calls::list(crate::enhance::calls::C, "").header("cookie", "id0=mock-session"),
        ),
    ];
    for (api, place, call) in calls {
        let path = call.target.strip_prefix("/v1").unwrap_or(&call.target);
        let call = Request {
            target: format!("{{base}}{path}"),
            ..call.clone()
        };
        rows.push(
            row(&format!("the base URL of {api} is the one to give to a client"))
                .ask(get("/apis"), ok().keep(place, "base"))
                .ask(call, ok()),
        );
    }
    rows
}

fn documents() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for api in APIS.into_iter().chain(["control"]) {
        let operations = json!({ "type": "object", "minProperties": 1 });
        rows.push(
            row(&format!("the document of {api} is the same as YAML and as JSON"))
                .ask(
                    get(&format!("/apis/{api}/openapi.json")),
                    ok().matches("openapi", "^3\\.0\\.")
                        .fits("paths", operations)
                        .holds(is_on_disk),
                )
                .ask(
                    get(&format!("/apis/{api}/openapi.yaml")),
                    ok().header_matches("content-type", "^application/yaml")
                        .holds(is_on_disk),
                ),
        );
    }
    rows.push(
        row("the paths of the documents stand in the list")
            .ask(
                get("/apis"),
                ok().keep("apis.3.openapi_yaml", "yaml")
                    .keep("apis.3.openapi_json", "json"),
            )
            .ask(Request::new("GET", "{yaml}"), ok().mentions("title: Enhance"))
            .ask(
                Request::new("GET", "{json}"),
                ok().matches("info.title", "^Enhance"),
            ),
    );
    for name in ["%ZZ", "%FF"] {
        rows.push(
            row(&format!("{name} is no name that can be read"))
                .ask(get(&format!("/apis/{name}/openapi.yaml")), bad_request())
                .ask(get(&format!("/apis/{name}/openapi.json")), bad_request()),
        );
    }
    for name in ["nobody", "Clerk", "clerk.yaml", "%20", "..%2Fclerk"] {
        rows.push(
            row(&format!("there is no document of {name}"))
                .ask(
                    get(&format!("/apis/{name}/openapi.yaml")),
                    problem(404, "Not Found"),
                )
                .ask(
                    get(&format!("/apis/{name}/openapi.json")),
                    problem(404, "Not Found"),
                ),
        );
    }
    rows
}

/// A document is one of those the project has, whichever of the two ways it is written.
fn is_on_disk(answer: &Answer) -> Result<(), String> {
    let read = |text: String, name: &str| -> Result<Value, String> {
        let document = Document::parse(Source::new(name, text));
        let document = document.map_err(|_| format!("{name} cannot be read"))?;
        Ok(document.value().clone())
    };
    let sent = read(answer.text(), "the answer")?;
    for name in APIS.into_iter().chain(["control"]) {
        let path = contract_tests::repository::root().join(format!("specs/{name}.yaml"));
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        if read(text, name)? == sent {
            return Ok(());
        }
    }
    Err("it is none of the documents".to_owned())
}

fn routes() -> Vec<Scenario> {
    let row = |name: &str| Scenario::new(&ROUTES, name);
    let mut rows = Vec::new();
    for path in [
        "",
        "/",
        "/nothing",
        "/worlds/a/nothing",
        "/worlds/a/clock/nothing",
        "/worlds//clock",
        "/apis/clerk",
        "/health/",
        "/Health",
    ] {
        rows.push(
            row(&format!("there is nothing at /_mock{path}"))
                .ask(
                    get(path),
                    Outcome::outside(&UNKNOWN_ROUTE)
                        .has("title", "Not Found")
                        .has("status", 404),
                )
                .ask(world_list(), ok().lists("worlds", "name", &["default"])),
        );
    }
    for (method, path, allowed) in [
        ("DELETE", "/health", "GET, HEAD"),
        ("PUT", "/worlds", "GET, HEAD, POST"),
        ("POST", "/worlds/a", "DELETE, GET, HEAD"),
        ("GET", "/worlds/a/reset", "POST"),
        ("DELETE", "/worlds/a/state", "GET, HEAD, PATCH, PUT"),
        ("GET", "/worlds/a/clock/advance", "POST"),
        ("PATCH", "/worlds/a/clock", "GET, HEAD, PUT"),
        ("GET", "/worlds/a/faults/fault-1", "DELETE"),
        ("PUT", "/worlds/a/faults", "DELETE, GET, HEAD, POST"),
        ("GET", "/worlds/a/requests/verify", "POST"),
        ("BREW", "/save", "POST"),
    ] {
        rows.push(
            row(&format!(
                "{method} is no method of {path}, and those that are stand in Allow"
            ))
            .ask(
                request(method, path),
                Outcome::outside(&WRONG_METHOD)
                    .has("title", "Method Not Allowed")
                    .has("status", 405)
                    .header("allow", allowed),
            )
            .ask(world_list(), ok().lists("worlds", "name", &["default"])),
        );
    }
    rows.push(
        row("it is steered by no address of a world and by no other header")
            .ask(get("/health").in_world(A), Outcome::outside(&UNKNOWN_API))
            .ask(get("/health").header("x-mock-world", A), ok()),
    );
    rows.push(
        row("a world of the control API's own name is a world like any other")
            .ask(below("GET", "_mock", "/clock"), ok())
            .ask(clerk::list(clerk::ACME, "").in_world("_mock"), ok()),
    );
    rows.push(
        row("a parameter in the query that the operation does not have is refused, where it can be")
            .ask(get("/health?surprise=1"), ok())
            .ask(
                below("GET", A, "/clock?surprise=1&api=nobody"),
                wrong_parameter("query", "surprise"),
            )
            .ask(
                below("GET", A, "/requests?%73taus=409"),
                wrong_parameter("query", "staus"),
            )
            .ask(
                below("GET", A, "/outbox?after=0&api=nobody"),
                wrong_parameter("query", "api"),
            ),
    );
    rows
}

fn world_list() -> Request {
    get("/worlds")
}

fn heads() -> Vec<Scenario> {
    let mut rows = Vec::new();
    for path in [
        "/health",
        "/worlds",
        "/worlds/default/clock",
        "/worlds/default/coverage.txt",
    ] {
        rows.push(
            Scenario::new(&ROUTES, format!("a HEAD of {path} is a GET without its body"))
                .ask(
                    request("HEAD", path),
                    ok().header_matches("content-length", "^[1-9]"),
                )
                .ask(
                    request("HEAD", "/worlds/nowhere"),
                    Outcome { status: 404, ..ok() },
                ),
        );
    }
    rows
}
