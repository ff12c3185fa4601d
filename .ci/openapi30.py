"""OpenAPI 3.0 documents as jsonschema for Python reads them."""
import copy
import re

import yaml
from jsonschema import Draft4Validator


class TextDatesLoader(yaml.SafeLoader):
    """Dates stay the texts they are."""


TextDatesLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path):
    with open(path, encoding="utf-8") as file:
        return yaml.load(file, Loader=TextDatesLoader)


def resolve(document, node):
    """Follows references until something else stands there."""
    while isinstance(node, dict) and "$ref" in node:
        target = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def translate(node):
    """Nullable and the boolean exclusive bounds of OpenAPI 3.0, in draft 4's words."""
    if isinstance(node, list):
        return [translate(item) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: translate(value) for key, value in node.items() if key not in ("example", "examples", "discriminator")}
    if node.pop("nullable", False) is True:
        if isinstance(node.get("type"), str):
            node["type"] = [node["type"], "null"]
            if "enum" in node and None not in node["enum"]:
                node["enum"] = [*node["enum"], None]
        else:
            node = {"anyOf": [{"type": "null"}, node]}
    return node


def validator(document, schema):
    components = translate(copy.deepcopy(document.get("components", {}).get("schemas", {})))
    whole = {"allOf": [translate(copy.deepcopy(schema))], "components": {"schemas": components}}
    return Draft4Validator(whole, format_checker=Draft4Validator.FORMAT_CHECKER)


def problems(document, schema, value):
    return [f"{error.json_path}: {error.message}" for error in validator(document, schema).iter_errors(value)]


METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def operations(document):
    """(path, method, operation) of every operation."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item, item[method]


def examples(holder):
    """(name, value) of a media type's, parameter's or header's examples."""
    if "example" in holder:
        yield "example", holder["example"]
    yield from holder.get("examples", {}).items()


def base_path(document):
    url = document.get("servers", [{"url": "/"}])[0]["url"]
    return re.sub(r"^https?://[^/]+", "", url).rstrip("/")
