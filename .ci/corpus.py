"""Generates code from every document of a folder and counts what came of it. Fails on a crash or a hang.

usage: corpus.py BINARY FOLDER
"""
import collections
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

binary, folder = sys.argv[1], Path(sys.argv[2])
LIMIT = 60


def check(path):
    try:
        run = subprocess.run([binary, "check", "--format", "json", path], capture_output=True, text=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return path, "hang", None
    if run.returncode not in (0, 1) or "panicked" in run.stderr:
        return path, "crash", None
    return path, "fine" if run.returncode == 0 else "refused", json.loads(run.stdout)


documents = sorted(folder.rglob("*.json"))
documents = [path for path in documents if path.stat().st_size < 3_000_000 and b'"openapi"' in path.read_bytes()[:400]]
outcomes, codes, emitted, total = collections.Counter(), collections.Counter(), 0, 0
with ThreadPoolExecutor(2) as pool:
    for path, outcome, report in pool.map(check, documents):
        outcomes[outcome] += 1
        if outcome in ("crash", "hang"):
            print(f"{outcome}: {path}")
        for file in (report or {}).get("files", []):
            emitted += file["emitted"]
            total += file["total"]
            codes.update({diagnostic["code"] for diagnostic in file["diagnostics"]})
print(f"{len(documents)} documents: " + ", ".join(f"{count} {name}" for name, count in outcomes.most_common()))
print(f"emitted {emitted} of {total} operations")
for code, count in codes.most_common(30):
    print(f"{count:6} documents with {code}")
sys.exit(1 if outcomes["crash"] or outcomes["hang"] or not documents else 0)
