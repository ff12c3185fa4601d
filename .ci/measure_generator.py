"""CPU seconds of generating each specification, in processes of their own, and the lines that come of it.

usage: measure_generator.py BINARY SPEC...
"""
import resource
import statistics
import subprocess
import sys
from pathlib import Path

binary, specs = sys.argv[1], sys.argv[2:]


def generate(spec):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = subprocess.run([binary, "generate", spec], check=True, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu * 1000, code.count("\n")


total = 0.0
for spec in specs:
    runs = [generate(spec) for _ in range(11)]
    cpu = statistics.median(run[0] for run in runs)
    total += cpu
    print(f"{Path(spec).stem}: {cpu:.0f} ms, {runs[0][1]} lines")
print(f"all: {total:.0f} ms of CPU (goal 50)")
