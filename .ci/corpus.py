"""Checks the documents of a folder, for some seconds at most, and counts what came of it. Fails on a crash
or a hang.

usage: corpus.py BINARY FOLDER [SECONDS]
"""
import collections
import json
import random
import re
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

binary, folder = sys.argv[1], Path(sys.argv[2])
budget = float(sys.argv[3]) if len(sys.argv) > 3 else float("inf")
LIMIT = 60
started = time.monotonic()


def check(path):
    if time.monotonic() - started > budget:
        return path, "left out", None, 0.0
    before = time.monotonic()
    try:
        run = subprocess.run([binary, "check", "--format", "json", path], capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return path, "hang", None, LIMIT
    taken = time.monotonic() - before
    if run.returncode not in (0, 1) or "panicked" in run.stderr:
        return path, "crash", None, taken
    return path, "fine" if run.returncode == 0 else "refused", json.loads(run.stdout), taken


def is_openapi(path):
    with path.open("rb") as file:
        return re.search(rb'"openapi"\s*:\s*"3\.0', file.read(400)) is not None


documents = sorted(path for path in folder.rglob("*.json") if is_openapi(path))
# In an order of its own, so that what a time limit leaves out is a sample of everything.
random.Random(1).shuffle(documents)
outcomes, codes, emitted, total, megabytes, slow = collections.Counter(), collections.Counter(), 0, 0, 0.0, []
with ThreadPoolExecutor(2) as pool:
    for path, outcome, report, taken in pool.map(check, documents):
        outcomes[outcome] += 1
        size = path.stat().st_size / 1e6
        if outcome != "left out":
            megabytes += size
            slow.append((taken / max(size, 0.1), taken, size, path.relative_to(folder)))
        if outcome in ("crash", "hang"):
            print(f"{outcome}: {path}")
        for file in (report or {}).get("files", []):
            emitted += file["emitted"]
            total += file["total"]
            codes.update({diagnostic["code"] for diagnostic in file["diagnostics"]})
used = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = used.ru_utime + used.ru_stime
print(f"{len(documents)} documents: " + ", ".join(f"{count} {name}" for name, count in outcomes.most_common()))
print(f"emitted {emitted} of {total} operations")
print(f"{megabytes:.0f} MB in {cpu:.0f} s of CPU, {cpu / max(megabytes, 0.001):.2f} s per MB; the slowest for their size:")
for rate, taken, size, path in sorted(slow, reverse=True)[:5]:
    print(f"{rate:8.2f} s per MB: {path}, {size:.1f} MB in {taken:.1f} s")
for code, count in codes.most_common(30):
    print(f"{count:6} documents with {code}")
sys.exit(1 if outcomes["crash"] or outcomes["hang"] or not outcomes["fine"] else 0)
