"""Whether a run of Schemathesis reached everything: check_schemathesis.py SPECIFICATION REPORTS.

By its own reports, no phase was left out, and every operation had 50 examples in the phase `fuzzing`, or the one there is
where nothing can be varied, and was answered 2xx at least once.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import yaml

PHASES = ["examples", "coverage", "fuzzing", "stateful"]
EXAMPLES = 50
METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def operations(specification):
    """The operations' ids by method and path, and how many examples there have to be."""
    paths = yaml.safe_load(specification.read_text())["paths"]
    return {
        (method.upper(), path): (operation["operationId"], EXAMPLES if varies(item, operation) else 1)
        for path, item in paths.items()
        for method, operation in item.items()
        if method in METHODS
    }


def varies(item, operation):
    """Whether two calls of an operation can differ."""
    return any(part in holder for holder in (item, operation) for part in ("parameters", "requestBody"))


def requests(report):
    """Method, path and status of every request that was answered, by phase."""
    answered = defaultdict(list)
    for line in report.open():
        scenario = json.loads(line).get("ScenarioFinished")
        if scenario is None:
            continue
        recorder = scenario["recorder"]
        interactions = recorder.get("interactions", {})
        for case_id, case in recorder.get("cases", {}).items():
            response = interactions.get(case_id, {}).get("response")
            if response is not None:
                request = case["value"]
                answered[scenario["phase"]].append((request["method"], request["path"], response["status_code"]))
    return answered


def main(specification, reports):
    [summary] = reports.glob("*.json")
    [events] = reports.glob("*.ndjson")
    phases = json.loads(summary.read_text())["phases"]
    problems = [f"the phase {phase} did not succeed" for phase in PHASES if phases[phase]["status"] != "success"]
    answered = requests(events)
    for (method, path), (name, examples) in operations(specification).items():
        statuses = Counter(
            status for phase in answered.values() for (*operation, status) in phase if operation == [method, path]
        )
        fuzzed = sum(operation == [method, path] for (*operation, _) in answered["fuzzing"])
        print(f"{name}:", ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items())))
        if not any(200 <= status < 300 for status in statuses):
            problems.append(f"{name} was never answered 2xx")
        if fuzzed < examples:
            problems.append(f"{name} had {fuzzed} examples in the phase fuzzing, not {examples}")
    if problems:
        sys.exit("\n".join(problems))


main(Path(sys.argv[1]), Path(sys.argv[2]))
