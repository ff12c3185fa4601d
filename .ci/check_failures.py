"""Compares the tests that failed in a JUnit report with the list of those that have to: no more, no less.

usage: check_failures.py REPORT [LIST]
"""
import sys
from pathlib import Path
from xml.etree import ElementTree


def main():
    cases = list(ElementTree.parse(sys.argv[1]).iter("testcase"))
    failed = {case.get("name") for case in cases if case.find("failure") is not None or case.find("error") is not None}
    expected = set(Path(sys.argv[2]).read_text().splitlines()) if len(sys.argv) > 2 else set()
    for name in sorted(failed - expected):
        print(f"failed, and should not have: {name}", file=sys.stderr)
    for name in sorted(expected - failed):
        print(f"should have failed, and has not: {name}", file=sys.stderr)
    if failed != expected or not cases:
        sys.exit(f"{sys.argv[1]}: {len(cases)} tests, not as expected")
    print(f"{len(cases)} tests, {len(failed)} of them failed as expected" if expected else f"{len(cases)} tests passed")


main()
