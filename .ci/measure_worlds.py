"""Prints what worlds cost: the time and memory of a thousand of them, and of one with 100,000 members that is replaced,
exported and added to.

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

    def memory(self, which="VmRSS"):
        """What the process has in memory, in MiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as status:
            return next(int(row.split()[1]) for row in status if row.startswith(which)) / 1024

    def measured(self, act):
        """How long something takes, the most memory the process has meanwhile, and what came of it."""
        with open(f"/proc/{self.process.pid}/clear_refs", "w", encoding="utf-8") as clear:
            clear.write("5")  # The peak begins anew.
        seconds, result = timed(act)
        return seconds, self.memory("VmHWM"), result

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


def large(members):
    """Fixtures of one organization with very many members."""
    ids = [f"user_{number:027}" for number in range(members)]
    organization = "org_000000000000000000000000001"
    return {
        "clerk": {
            "secret_keys": [{"secret": "sk_test_large"}],
            "users": [{"id": id} for id in ids],
            "organizations": [{"id": organization, "name": "Large", "max_allowed_memberships": members}],
            "memberships": [{"organization": organization, "user": id, "role": "org:admin"} for id in ids],
        }
    }


ONE_MORE = {
    "a user of Clerk": {"clerk": {"users": [{"id": "user_more"}]}},
    "a user of Logto": {"logto": {"users": [{"id": "more00000001"}]}},
}


def one_large(binary, members):
    """Prints what such a world costs; how long each step took."""
    server = Server(binary)
    state = "/_mock/worlds/large/state"
    times = {}

    def step(what, *request):
        seconds, peak, content = server.measured(lambda: server.ask(*request))
        times[what] = seconds
        print(f"{members} members {what}: {seconds:.2f} s, memory {peak:.0f} MiB at most")
        return content

    body = json.dumps(large(members))
    print(f"{members} members are {len(body) / 2**20:.1f} MiB of JSON")
    step("replaced", "PUT", state, 204, body)
    exported = step("exported", "GET", state, 200)
    print(f"the export is {len(exported) / 2**20:.1f} MiB of JSON")
    step("imported again", "PUT", state, 204, exported)
    assert server.ask("GET", state, 200) == exported, "the export of an import is another"
    for what, rows in ONE_MORE.items():
        step(f"and {what} besides", "PATCH", state, 204, json.dumps(rows))
    server.stop()
    return times


binary = sys.argv[1]
many(binary, "made", " (goal 50)", lambda server, name: server.ask(
    "POST", "/_mock/worlds", 201, json.dumps({"name": name})))
many(binary, "that were called once", "", lambda server, name: server.ask(
    "GET", f"/w/{name}{MEMBERSHIPS}", 200, headers=CLERK))
few = one_large(binary, MEMBERS // 4)
all_of_them = one_large(binary, MEMBERS)
for what in ("replaced", "exported", "imported again"):
    print(f"four times the members {what}: {all_of_them[what] / few[what]:.1f} times as long (4 where each costs the same)")
