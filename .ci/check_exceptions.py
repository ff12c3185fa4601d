"""Whether each exception from Schemathesis's checks is shown by a contract test: check_exceptions.py CONFIG ROWS.

ROWS has the contract tests' names as `cargo test -- --list` prints them. An exception is a status that a check of an
operation takes beside those that are right anyway; it stands in a line of its own, below comments with the rule that
gives it and the tests, `# row: NAME`, that show it. Nothing else may switch a check, a phase or an operation off.
"""

import re
import sys
import tomllib
from pathlib import Path

# What a check takes without an exception.
RIGHT_ANYWAY = {
    "positive_data_acceptance": {"2xx"},
    "negative_data_rejection": {"400", "401", "403", "404", "405", "406", "409", "415", "422", "428", "429"},
}

STATUSES = re.compile(r"checks\.(\w+)\.expected-statuses = \[$")
STATUS = re.compile(r'    "(\w{3})",$')
ROW = re.compile(r"\s*# row: (.+)$")


def exceptions(lines):
    """Per line with a status: its number, its check, the status, and the rows named above it."""
    check, rows = None, []
    for number, line in enumerate(lines, 1):
        if statuses := STATUSES.match(line):
            check = statuses[1]
        elif status := STATUS.match(line):
            if check is not None:
                yield number, check, status[1], rows
        elif row := ROW.match(line):
            rows = [*rows, row[1]]
            continue
        elif line == "]":
            check = None
        if not line.lstrip().startswith("#"):
            rows = []


def switches(value, place):
    """The settings below a value that switch something off or narrow what is tested, by their place."""
    if isinstance(value, list):
        for item in value:
            yield from switches(item, place)
    elif isinstance(value, dict):
        for key, member in value.items():
            inside = f"{place}.{key}" if place else key
            if (key == "enabled" and inside != "cache.enabled") or key.startswith("exclude-"):
                yield inside
            yield from switches(member, inside)


def misplaced(config):
    """Checks that are set for more than one operation, or otherwise than by the statuses they take."""
    for project in [config, *config["project"]]:
        if "checks" in project:
            yield f"checks are set for all operations of {project.get('title', 'every API')}"
        for operation in project.get("operations", []):
            name = operation.get("include-operation-id")
            if not isinstance(name, str):
                yield f"an entry of {project.get('title')} does not name one operation by include-operation-id"
            for check, settings in operation.get("checks", {}).items():
                if set(settings) != {"expected-statuses"}:
                    yield f"{check} of {name} is set otherwise than by expected-statuses"


def count(config):
    """How many statuses all checks take together."""
    return sum(
        len(settings.get("expected-statuses", []))
        for project in config["project"]
        for operation in project.get("operations", [])
        for settings in operation.get("checks", {}).values()
    )


def main(path, known):
    text = path.read_text()
    config = tomllib.loads(text)
    problems = [f"{place} has to go" for place in switches(config, "")]
    problems += misplaced(config)
    found = list(exceptions(text.splitlines()))
    if len(found) != count(config):
        problems.append("a status of expected-statuses does not stand in a line of its own")
    for number, check, status, rows in found:
        if not rows and status not in RIGHT_ANYWAY.get(check, set()):
            problems.append(f"{path}:{number}: no row shows that {check} has to take {status}")
        problems += [f"{path}:{number}: no contract test is named {row!r}" for row in rows if row not in known]
    if problems:
        sys.exit("\n".join(problems))
    print(f"{sum(bool(rows) for *_, rows in found)} exceptions, each shown by a contract test")


def names(listing):
    """The names in a listing of tests, without the kind that may stand before them."""
    tests = (re.fullmatch(r"(?:\[[^]]*\] )?(.+): test", line) for line in listing.splitlines())
    return {test[1] for test in tests if test}


main(Path(sys.argv[1]), names(Path(sys.argv[2]).read_text()))
