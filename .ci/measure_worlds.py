"""Prints what worlds cost: the time and memory of a thousand of them, and of one with 100,000 members that is replaced and
exported.

usage: measure_worlds.py BINARY
"""
import http.client
import json
import subprocess
import sys
import time
from urllib.parse import urlsplit

WORLDS = 1000
MEMBERS = 100_000
CLERK = {"authorization": "Bearer sk_test_rollcall"}
MEMBERSHIPS = "/v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships?limit=1"


class Server:
    def __init__(self, binary):
        self.process = subprocess.Popen([binary, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on http://"), line
        self.connection = http.client.HTTPConnection(urlsplit(line.split()[2]).netloc)

    def memory(self):
        """What the process has in memory, in MiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            return next(int(row.split()[1]) for row in status if row.startswith("VmRSS")) / 1024

    def ask(self, method, path, wanted, body=None, headers=None):
        headers = dict(headers or {})
        if body is not None:
            headers["content-type"] = "application/json"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status == wanted, (method, path, answer.status, content[:500])
        return content

    def stop(self):
        self.process.terminate()
        assert self.process.wait() == 0


def timed(act):
    begin = time.perf_counter()
    result = act()
    return time.perf_counter() - begin, result


def many(binary, what, goal, begin_world):
    server = Server(binary)
    server.ask("GET", MEMBERSHIPS, 200, headers=CLERK)
    before = server.memory()
    seconds, _ = timed(lambda: [begin_world(server, f"world-of-{number}") for number in range(WORLDS)])
    print(
        f"{WORLDS} worlds {what}: {server.memory() - before:.1f} MiB{goal}, "
        f"{seconds / WORLDS * 1e6:.0f} microseconds each over a socket"
    )
    server.stop()


def large():
    """Fixtures of one organization with very many members."""
    ids = [f"user_{number:027}" for number in range(MEMBERS)]
    organization = "org_000000000000000000000000001"
    return {
        "clerk": {
            "secret_keys": [{"secret": "sk_test_large"}],
            "users": [{"id": id} for id in ids],
            "organizations": [{"id": organization, "name": "Large", "max_allowed_memberships": MEMBERS}],
            "memberships": [{"organization": organization, "user": id, "role": "org:admin"} for id in ids],
        }
    }


def one_large(binary):
    server = Server(binary)
    before = server.memory()
    body = json.dumps(large())
    state = "/_mock/worlds/large/state"
    seconds, _ = timed(lambda: server.ask("PUT", state, 204, body))
    print(f"{MEMBERS} members replaced: {seconds:.2f} s, {len(body) / 2**20:.1f} MiB of JSON, "
          f"memory {server.memory() - before:.0f} MiB more")
    seconds, exported = timed(lambda: server.ask("GET", state, 200))
    print(f"exported: {seconds:.2f} s, {len(exported) / 2**20:.1f} MiB, memory {server.memory() - before:.0f} MiB more")
    seconds, _ = timed(lambda: server.ask("PUT", state, 204, exported))
    print(f"imported again: {seconds:.2f} s, memory {server.memory() - before:.0f} MiB more")
    assert server.ask("GET", state, 200) == exported, "the export of an import is another"
    server.stop()


binary = sys.argv[1]
many(binary, "made", " (goal 50)", lambda server, name: server.ask(
    "POST", "/_mock/worlds", 201, json.dumps({"name": name})))
many(binary, "that were called once", "", lambda server, name: server.ask(
    "GET", f"/w/{name}{MEMBERSHIPS}", 200, headers=CLERK))
one_large(binary)
