//! What a document says in the model's terms: references, merged parameters, defaults written out.

use openapi_model::{
    AdditionalProperties, Api, Bound, Location, ParameterContent, RenderOptions, SecuritySchemeKind, Source,
    StatusSpec, Style, Type, load,
};
use serde_json::json;

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: Tea room, version: '1'}\n";

#[track_caller]
fn read(body: &str) -> Api {
    let loaded = load(Source::new("a.yaml", format!("{HEAD}{body}")));
    loaded
        .api
        .unwrap_or_else(|| panic!("{}", loaded.report.render(RenderOptions::default())))
}

#[test]
fn an_operation_overrides_the_parameters_of_its_path() {
    let api = read(
        "
paths:
  /pots/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      - {name: X-Size, in: header, schema: {type: string}}
      - {name: page, in: query, schema: {type: string}}
    get:
      parameters:
        - {name: x-size, in: header, schema: {type: integer}}
        - {name: page, in: cookie, schema: {type: string}}
      responses: {default: {description: The pot.}}
",
    );
    let parameters = api.operations[0].parameters.iter();
    let seen: Vec<_> = parameters
        .map(|parameter| (parameter.location, parameter.name.as_str()))
        .collect();
    let expected = [
        (Location::Header, "x-size"),
        (Location::Cookie, "page"),
        (Location::Path, "id"),
        (Location::Query, "page"),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn references_lead_anywhere_in_the_document() {
    let api = read("
paths:
  /pots/{id}:
    $ref: '#/x-paths/pot'
  /lids:
    get:
      responses:
        200: {$ref: '#/components/responses/Found'}
        404: {$ref: '#/paths/~1lids/get/responses/200'}
        500: {$ref: '#/components/responses/%46ound'}
x-paths:
  pot:
    get:
      parameters:
        - $ref: '#/components/parameters/Id'
      requestBody: {$ref: '#/components/requestBodies/Pot'}
      responses: {default: {$ref: '#/components/responses/Found'}}
components:
  parameters:
    Id: {$ref: '#/components/parameters/RealId'}
    RealId: {name: id, in: path, required: true, schema: {$ref: '#/components/schemas/Pot/properties/a~1b'}}
  requestBodies:
    Pot: {content: {application/json: {schema: {$ref: '#/components/schemas/Alias'}, examples: {one: {$ref: '#/components/examples/One'}}}}}
  examples:
    One: {value: {a/b: x}}
  headers:
    Total: {schema: {$ref: '#/components/schemas/Pot'}, required: true}
  responses:
    Found: {description: Found., headers: {X-Total: {$ref: '#/components/headers/Total'}, Content-Type: {schema: {}}}}
  schemas:
    Alias: {$ref: '#/components/schemas/Pot'}
    Pot: {type: object, properties: {a/b: {type: string}, self: {$ref: '#/components/schemas/Pot'}}}
");
    let pot = api.components["Pot"];
    assert_eq!(api.components["Alias"], pot);
    assert_eq!(api.schemas[pot].properties["self"], pot);
    assert_eq!(api.schemas[pot].name.as_deref(), Some("Pot"));
    let get = &api.operations[0];
    assert_eq!(
        get.parameters[0].content.schema(),
        Some(api.schemas[pot].properties["a/b"])
    );
    let body = get.request_body.as_ref().unwrap();
    assert_eq!(body.content[0].schema, Some(pot));
    assert_eq!(*body.content[0].examples["one"].value, json!({"a/b": "x"}));
    assert_eq!(get.responses[0].component.as_deref(), Some("Found"));
    let lids = &api.operations[1].responses;
    assert_eq!(
        lids.iter().map(|response| response.status).collect::<Vec<_>>(),
        [200, 404, 500].map(StatusSpec::Code)
    );
    assert!(
        lids.iter()
            .all(|response| response.headers.len() == 1 && response.headers[0].required)
    );
}

#[test]
fn styles_have_the_defaults_of_their_location() {
    let api = read(
        "
paths:
  /pots/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {}}
        - {name: a, in: query, schema: {}}
        - {name: b, in: query, style: deepObject, schema: {}}
        - {name: c, in: header, schema: {}}
        - {name: d, in: cookie, explode: false, schema: {}}
      responses: {default: {description: The pot.}}
",
    );
    let styles = api.operations[0]
        .parameters
        .iter()
        .map(|parameter| match parameter.content {
            ParameterContent::Schema { style, explode, .. } => (style, explode),
            ParameterContent::Media(_) => panic!("not by a style"),
        });
    let expected = [
        (Style::Simple, false),
        (Style::Form, true),
        (Style::DeepObject, false),
        (Style::Simple, false),
        (Style::Form, false),
    ];
    assert_eq!(styles.collect::<Vec<_>>(), expected);
}

#[test]
fn security_comes_from_the_document_unless_the_operation_has_its_own() {
    let api = read(
        "
servers: [{url: 'https://{host}/v1/', variables: {host: {default: tea.example}}}]
security: [{key: []}, {login: [read]}]
paths:
  /pots:
    get: {responses: {default: {description: The pots.}}}
    post: {security: [], responses: {default: {description: The pot.}}}
    put: {security: [{}, {key: [], login: []}], responses: {default: {description: The pot.}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    login: {type: http, scheme: Bearer, bearerFormat: opaque}
",
    );
    assert_eq!(
        (api.servers[0].url.as_str(), api.base_path.as_str()),
        ("https://tea.example/v1/", "/v1")
    );
    let counts: Vec<_> = api
        .operations
        .iter()
        .map(|operation| operation.security.len())
        .collect();
    assert_eq!(counts, [2, 0, 2]);
    assert_eq!(api.operations[0].security[1]["login"], ["read"]);
    assert_eq!(
        api.security_schemes["login"].kind,
        SecuritySchemeKind::Bearer {
            format: Some("opaque".to_owned())
        }
    );
}

#[test]
fn schemas_speak_the_language_of_3_1() {
    let api = read(
        "
paths: {}
components:
  schemas:
    Number: {type: number, nullable: true, minimum: 0, exclusiveMinimum: true, maximum: 10, example: 5}
    Enum: {type: string, nullable: true, enum: [a]}
    Untyped: {nullable: true, allOf: [{$ref: '#/components/schemas/Closed'}]}
    Closed: {type: object, additionalProperties: false}
    Open: {type: object, additionalProperties: {}}
    Map: {type: object, additionalProperties: {type: string}}
",
    );
    let schema = |name: &str| &api.schemas[api.components[name]];
    let number = schema("Number");
    assert!(number.types.nullable() && number.types.contains(Type::Number));
    assert_eq!(number.minimum, Some(Bound::Exclusive(0.into())));
    assert_eq!(number.maximum, Some(Bound::Inclusive(10.into())));
    assert_eq!(number.examples, [json!(5)]);
    assert_eq!(schema("Enum").enumeration, Some(vec![json!("a"), json!(null)]));
    assert!(schema("Untyped").types.nullable());
    assert_eq!(
        schema("Closed").additional_properties,
        AdditionalProperties::Forbidden
    );
    assert_eq!(schema("Open").additional_properties, AdditionalProperties::Any);
    assert!(matches!(
        schema("Map").additional_properties,
        AdditionalProperties::Schema(_)
    ));
}

#[test]
fn a_discriminator_knows_its_alternatives_by_name() {
    let api = read(
        "
paths: {}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {type: object}]
      discriminator: {propertyName: kind, mapping: {cat: Cat, kitten: '#/components/schemas/Cat'}}
    Base: {type: object, discriminator: {propertyName: kind}}
    Cat: {allOf: [{$ref: '#/components/schemas/Base'}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Base'}]}
",
    );
    let mapping = |name: &str| {
        let discriminator = api.schemas[api.components[name]].discriminator.as_ref().unwrap();
        let names = discriminator.mapping.iter();
        names
            .map(|(value, id)| (value.clone(), api.schemas[*id].name.clone().unwrap()))
            .collect::<Vec<_>>()
    };
    let pair = |value: &str, name: &str| (value.to_owned(), name.to_owned());
    assert_eq!(
        mapping("Pet"),
        [pair("cat", "Cat"), pair("kitten", "Cat"), pair("Dog", "Dog")]
    );
    assert_eq!(mapping("Base"), [pair("Cat", "Cat"), pair("Dog", "Dog")]);
}
