//! No document, however broken, brings the reader down.

use openapi_model::{RenderOptions, Source, load};

const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Tea room é, version: '1'}
servers: [{url: 'https://{at}/v1/', variables: {at: {default: a.example}}}]
security: [{key: []}]
paths:
  /pots/{pot_id}/lids/{lid}.{ext}:
    parameters: &path
      - {name: pot_id, in: path, required: true, schema: {type: string, minLength: 2}}
      - {name: lid, in: path, required: true, schema: {type: integer}}
      - {name: ext, in: path, required: true, content: {text/plain: {schema: {type: string}}}}
    put:
      operationId: putLid
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pot'}, example: {size: 3}}}}
      responses:
        200: {$ref: '#/components/responses/Done'}
        4XX: {description: No., headers: {X-Why: {schema: {type: array, items: {type: string}}}}}
      callbacks: {done: {'{$url}': {post: {responses: {default: {description: Ok.}}}}}}
components:
  responses:
    Done: {description: Done., content: {'*/*': {}}}
  schemas:
    Any: &any {nullable: true}
    Pot:
      <<: *any
      type: object
      required: [size]
      properties: {size: {type: integer, minimum: 1, default: 2}, pots: {type: array, items: {$ref: '#/components/schemas/Pot'}}}
      additionalProperties: {oneOf: [{$ref: '#/components/schemas/Pot'}, {type: string, enum: [a, b]}]}
      discriminator: {propertyName: kind, mapping: {pot: Pot}}
  securitySchemes:
    key: {type: apiKey, in: cookie, name: k}
";

fn survives(text: &str) {
    let loaded = load(Source::new("a.yaml", text));
    assert_eq!(loaded.api.is_none(), loaded.report.has_errors());
    let rendered = loaded.report.render(RenderOptions::default());
    assert_eq!(rendered.is_empty(), loaded.report.is_empty());
    let rows = loaded.report.to_json();
    assert_eq!(
        rows.as_array().map(Vec::len),
        Some(loaded.report.diagnostics().len())
    );
}

#[test]
fn the_document_itself_is_sound() {
    let loaded = load(Source::new("a.yaml", DOCUMENT));
    assert!(
        loaded.api.is_some(),
        "{}",
        loaded.report.render(RenderOptions::default())
    );
}

#[test]
fn a_document_cut_anywhere_is_survived() {
    for end in (0..DOCUMENT.len())
        .filter(|end| DOCUMENT.is_char_boundary(*end))
        .step_by(3)
    {
        survives(&DOCUMENT[..end]);
    }
}

#[test]
fn a_document_without_any_one_line_is_survived() {
    let lines: Vec<&str> = DOCUMENT.lines().collect();
    for missing in 0..lines.len() {
        let kept = lines.iter().enumerate().filter(|(index, _)| *index != missing);
        survives(&kept.map(|(_, line)| format!("{line}\n")).collect::<String>());
    }
}

#[test]
fn a_document_with_any_value_swapped_for_another_is_survived() {
    let swaps = [
        "null",
        "[]",
        "{}",
        "-1",
        "1e400",
        "true",
        "'#'",
        "{$ref: '#'}",
        "{$ref: '#/paths'}",
        "*any",
        "[[{}]]",
        "é",
    ];
    let colons: Vec<usize> = DOCUMENT.match_indices(": ").map(|(at, _)| at + 2).collect();
    for (index, start) in colons.into_iter().enumerate() {
        let rest = &DOCUMENT[start..];
        let end = start + rest.find([',', '}', ']', '\n']).unwrap_or(rest.len());
        for swap in swaps.iter().skip(index % 2).step_by(2) {
            survives(&format!("{}{swap}{}", &DOCUMENT[..start], &DOCUMENT[end..]));
        }
    }
}

#[test]
fn schemas_that_are_endless_only_through_values_are_read() {
    let text = "
openapi: 3.0.3
info: {title: Tea room, version: '1'}
paths: {}
components:
  schemas:
    A: {oneOf: [{$ref: '#/components/schemas/B'}], example: {}, default: 1}
    B: {anyOf: [{$ref: '#/components/schemas/A'}, {not: {$ref: '#/components/schemas/B'}}], example: 3}
";
    assert!(load(Source::new("a.yaml", text)).api.is_some());
}

#[test]
fn long_chains_of_schemas_are_read_without_running_out_of_stack() {
    let mut text =
        "openapi: 3.0.3\ninfo: {title: Tea room, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
            .to_owned();
    for link in 0..5_000 {
        text += &format!(
            "    S{link}: {{allOf: [{{$ref: '#/components/schemas/S{}'}}]}}\n",
            link + 1
        );
    }
    text += "    S5000: {type: string, default: x}\n";
    assert!(load(Source::new("a.yaml", text)).api.is_some());
}

#[test]
fn headers_and_callbacks_that_lead_to_each_other_are_read_once() {
    let mut text =
        "openapi: 3.0.3\ninfo: {title: Tea room, version: '1'}\npaths: {}\ncomponents:\n  headers:\n"
            .to_owned();
    for link in 0..3_000 {
        let next = (link + 1) % 3_000;
        text += &format!(
            "    H{link}: {{content: {{a/b: {{encoding: {{p: {{headers: {{X: {{$ref: '#/components/headers/H{next}'}}}}}}}}}}}}}}\n"
        );
    }
    text += "  callbacks:\n";
    for link in 0..3_000 {
        let next = (link + 1) % 3_000;
        text += &format!(
            "    C{link}: {{x: {{get: {{responses: {{default: {{description: Ok.}}}}, callbacks: {{c: {{$ref: '#/components/callbacks/C{next}'}}}}}}}}}}\n"
        );
    }
    survives(&text);
}

#[test]
fn a_report_shows_the_first_two_hundred_findings_and_counts_the_rest() {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Tea room, version: '1'}}\npaths: {{}}\n{}",
        {
            let lines: Vec<_> = (0..300).map(|number| format!("nonsense{number}: 1\n")).collect();
            lines.concat()
        }
    );
    let rendered = load(Source::new("a.yaml", text))
        .report
        .render(RenderOptions::default());
    assert_eq!(rendered.matches("spec::unknown_keyword").count(), 200);
    assert!(rendered.ends_with("a.yaml: 300 warnings, the first 200 shown\n"));
}

/// Work and memory must not grow by what is shared times those who share it: read for each operation, this example
/// would come to gigabytes, and each of these values looked up among the others to minutes.
#[test]
fn large_values_that_many_share_are_read_and_checked_once() {
    let items = "{n: 1, name: a green tea},".repeat(5_000);
    let values: String = (0..50_000).map(|number| format!("v{number},")).collect();
    let mut text = format!(
        "openapi: 3.0.3\ninfo: {{title: Tea room, version: '1'}}\ncomponents:\n  schemas:\n    Kind: {{type: string, \
         enum: [{values}]}}\n  responses:\n    Teas:\n      description: All.\n      content:\n        \
         application/json:\n          schema: {{type: array, items: {{type: object}}}}\n          example: [{items}]\n\
         paths:\n"
    );
    for number in 0..5_000 {
        text += &format!(
            "  /teas{number}: {{get: {{responses: {{'200': {{$ref: '#/components/responses/Teas'}}}}}}}}\n"
        );
    }
    let loaded = load(Source::new("a.yaml", text));
    assert_eq!(loaded.api.map(|api| api.operations.len()), Some(5_000));
    assert!(loaded.report.is_empty());
}
