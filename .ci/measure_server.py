"""Starts a mock server fifteen times and prints how long it takes to be ready, and its memory at rest.

usage: measure_server.py BINARY
"""
import statistics
import subprocess
import sys
import time


def once(binary):
    begin = time.perf_counter()
    server = subprocess.Popen([binary, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
    line = server.stdout.readline()
    ready = time.perf_counter() - begin
    assert line.startswith("listening on http://"), line
    time.sleep(0.2)
    with open(f"/proc/{server.pid}/status", encoding="utf-8") as status:
        memory = next(int(row.split()[1]) for row in status if row.startswith("VmRSS"))
    server.terminate()
    server.wait()
    return ready * 1000, memory / 1024


runs = [once(sys.argv[1]) for _ in range(15)]
ready, memory = zip(*runs)
print(f"ready: median {statistics.median(ready):.1f} ms, least {min(ready):.1f}, most {max(ready):.1f} (goal 15)")
print(f"memory at rest: median {statistics.median(memory):.1f} MiB (goal 12)")
