"""Fails when a snapshot file is used by no test.

usage: stale_snapshots.py SNAPSHOTS_DIR REFERENCES_FILE

REFERENCES_FILE is what insta wrote while the tests ran: one path of a snapshot per line.
"""
import sys
from pathlib import Path

snapshots, references = Path(sys.argv[1]), Path(sys.argv[2])
used = {Path(line).resolve() for line in references.read_text().splitlines() if line.strip()}
on_disk = {path.resolve() for path in snapshots.rglob("*.snap")}
stale = sorted(on_disk - used)
pending = sorted(snapshots.rglob("*.snap.new"))
for path in stale:
    print(f"no test uses {path.relative_to(Path.cwd())}")
for path in pending:
    print(f"not accepted yet: {path}")
if not on_disk:
    print(f"there are no snapshots below {snapshots}: the check saw nothing")
print(f"{len(on_disk)} snapshots, {len(stale)} stale, {len(pending)} pending")
sys.exit(1 if stale or pending or not on_disk else 0)
