"""Holds every example of the given specifications against its schema.

usage: check_examples.py SPEC...
"""
import sys

from openapi30 import examples, problems, read, resolve


def holders(document, node, place=""):
    """Everything that has a schema and examples of it, with its place."""
    if isinstance(node, dict):
        if "schema" in node:
            yield place, node
        for key, value in node.items():
            yield from holders(document, value, f"{place}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from holders(document, value, f"{place}/{index}")


def main():
    checked = failed = 0
    for path in sys.argv[1:]:
        document = read(path)
        for place, holder in holders(document, document):
            for name, example in examples(holder):
                example = resolve(document, example)
                value = example["value"] if name != "example" and isinstance(example, dict) and "value" in example else example
                checked += 1
                for problem in problems(document, holder["schema"], value):
                    failed += 1
                    print(f"{path}{place}: example {name}: {problem}")
    print(f"{checked} examples checked, {failed} problems")
    return 1 if failed or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
