"""The control API through the client that OpenAPI Generator makes from its document.

Usage: worlds.py SERVER. The client, the package `control_client`, is where Python finds it.
"""

import json
import sys
import urllib.error
import urllib.request
import xml.etree.ElementTree as ElementTree
from contextlib import contextmanager
from datetime import datetime, timezone

from control_client import (
    ApiClient,
    ClerkFixtures,
    ClerkMembershipFixture,
    ClerkUserFixture,
    ClockAdvance,
    ClockApi,
    ClockFixtures,
    ClockSetting,
    Configuration,
    CoverageApi,
    Delay,
    DocumentedEffect,
    Expectation,
    FaultEffect,
    FaultMatch,
    FaultsApi,
    Fixtures,
    NewFault,
    NewWorld,
    NotVerified,
    Problem,
    RateLimitEffect,
    RawEffect,
    RequestMatch,
    RequestsApi,
    ServerApi,
    StateApi,
    Verification,
    WorldsApi,
)
from control_client.exceptions import ApiException, BadRequestException, ConflictException, NotFoundException

WORLD = "control-client"
NEW_YEAR = datetime(2026, 1, 1, tzinfo=timezone.utc)

KEY = "sk_test_rollcall"
ACME = "org_29w9IfBrPmcpi0IeBVaKtA7R94W"
EMPTY = "org_29w9PnBRoeL5pykPTPly5kAA819"
GUS = "user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb"

checks = 0


def check(what, actual, expected):
    """Counts a check that holds, and ends the run at one that does not."""
    global checks
    if actual != expected:
        sys.exit(f"control-client: {what}: expected {expected!r}, got {actual!r}")
    checks += 1


@contextmanager
def refusal(what, kind, status, problem=Problem):
    """Expects the call inside to raise the client's error of this kind, with the documented problem as its data."""
    raised = []
    try:
        yield raised
    except ApiException as error:
        raised.append(error)
        check(f"{what}: the exception", type(error), kind)
        check(f"{what}: the status", error.status, status)
        check(f"{what}: the type of the problem", type(error.data), problem)
        check(f"{what}: the problem's status", error.data.status, status)
        check(f"{what}: a reason", bool(error.data.detail), True)
    else:
        check(what, "no exception", kind)


class Control:
    """All parts of the control API."""

    def __init__(self, server):
        client = ApiClient(Configuration(host=f"{server}/_mock"))
        self.server = ServerApi(client)
        self.worlds = WorldsApi(client)
        self.state = StateApi(client)
        self.clock = ClockApi(client)
        self.faults = FaultsApi(client)
        self.requests = RequestsApi(client)
        self.coverage = CoverageApi(client)


def call(clerk, method, path, body=None):
    """What the system under test does: a call of Clerk's. Gives the status and the headers."""
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{clerk}/organizations{path}", data, headers, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers


def add(clerk, user=GUS, role="org:member"):
    return call(clerk, "POST", f"/{EMPTY}/memberships", {"user_id": user, "role": role})[0]


def members(control):
    """Who is in the organization that is empty at first."""
    memberships = control.state.export_state(WORLD).clerk.memberships
    return [membership.user for membership in memberships if membership.organization == EMPTY]


def server(control):
    check("ready", control.server.get_health().ready, True)
    apis = control.server.list_apis().apis
    check("the APIs", [api.name for api in apis], ["clerk", "logto", "whylabs", "enhance"])
    document = control.server.get_openapi_json("control")
    check("the document", document["info"]["title"], "Rollcall control")
    # The client reads JSON and plain text only; of other media types it gives the bytes.
    document = control.server.get_openapi_yaml_without_preload_content("clerk")
    check("a document as YAML", b"openapi: 3.0" in document.data, True)


def worlds(control):
    wanted = NewWorld(name=WORLD, seed=7, clock=ClockFixtures(frozen_at=NEW_YEAR))
    made = control.worlds.create_world_with_http_info(wanted)
    world = made.data
    check("made", (made.status_code, world.name, world.seed, world.now), (201, WORLD, 7, NEW_YEAR))
    location = {name.lower(): value for name, value in made.headers.items()}["location"]
    check("its path", location, f"/_mock/worlds/{WORLD}")
    with refusal("a world twice", ConflictException, 409):
        control.worlds.create_world(wanted)
    with refusal("an unknown world", NotFoundException, 404):
        control.worlds.get_world("nowhere")
    check("the list", WORLD in [world.name for world in control.worlds.list_worlds().worlds], True)
    return world.base_urls.clerk


def resetting(control, clerk):
    check("a member", add(clerk), 200)
    check("is there", members(control), [GUS])
    check("one request", control.worlds.get_world(WORLD).requests, 1)
    again = control.worlds.reset_world(WORLD)
    check("as it began", (again.requests, again.seed, again.now), (0, 7, NEW_YEAR))
    check("nobody is there", members(control), [])


def state(control):
    row = ClerkMembershipFixture(organization=EMPTY, user="user_client", role="org:member")
    rows = ClerkFixtures(users=[ClerkUserFixture(id="user_client", first_name="Cleo")], memberships=[row])
    control.state.merge_state(WORLD, Fixtures(clerk=rows))
    check("a merged member", members(control), ["user_client"])
    exported = control.state.export_state(WORLD)
    control.state.replace_state(WORLD, exported)
    check("the same again", control.state.export_state(WORLD), exported)
    nowhere = ClerkMembershipFixture(organization="org_nowhere", user="user_nobody", role="org:member")
    with refusal("fixtures that make no world", BadRequestException, 400) as raised:
        control.state.merge_state(WORLD, Fixtures(clerk=ClerkFixtures(memberships=[nowhere])))
    pointers = [error.pointer for error in raised[0].data.errors]
    check("where they are wrong", "/clerk/memberships/0/organization" in pointers, True)
    check("nothing is merged", control.state.export_state(WORLD), exported)
    control.worlds.reset_world(WORLD)


def clock(control):
    standing = control.clock.get_clock(WORLD)
    check("it stands still", (standing.mode, standing.now), ("frozen", NEW_YEAR))
    later = control.clock.advance_clock(WORLD, ClockAdvance(by="P1M"))
    check("a month later", later.now, NEW_YEAR.replace(month=2))
    running = control.clock.set_clock(WORLD, ClockSetting(mode="running", offset="PT1H"))
    check("it runs", (running.mode, running.offset), ("running", "PT1H"))
    with refusal("no duration", BadRequestException, 400) as raised:
        control.clock.advance_clock(WORLD, ClockAdvance(by="a while"))
    check("where it is wrong", raised[0].data.errors[0].pointer, "/by")
    control.clock.set_clock(WORLD, ClockSetting(mode="frozen", at=NEW_YEAR))


def faults(control, clerk):
    documented = FaultEffect(DocumentedEffect(kind="documented", status="403"))
    once = FaultMatch(api="clerk", operation="CreateOrganizationMembership", times=1)
    fault = control.faults.create_fault(WORLD, NewFault(match=once, effect=documented))
    check("a documented refusal", add(clerk), 403)
    check("once", add(clerk), 200)
    [listed] = control.faults.list_faults(WORLD).faults
    check("the fault", (listed.id, listed.matched, listed.applied), (fault.id, 2, 1))
    control.faults.delete_fault(WORLD, fault.id)
    with refusal("a fault that is gone", NotFoundException, 404):
        control.faults.delete_fault(WORLD, fault.id)

    tea = FaultEffect(RawEffect(kind="raw", status=418, headers={"X-Pot": "small"}, body="short and stout"))
    control.faults.create_fault(WORLD, NewFault(effect=tea))
    status, headers = call(clerk, "GET", f"/{ACME}/memberships")
    check("a raw answer", (status, headers["X-Pot"]), (418, "small"))
    control.faults.delete_faults(WORLD)

    limit = FaultEffect(RateLimitEffect(kind="rate_limit", requests=1, seconds=60))
    control.faults.create_fault(WORLD, NewFault(effect=limit))
    check("within the limit", call(clerk, "GET", f"/{ACME}/memberships")[0], 200)
    status, headers = call(clerk, "GET", f"/{ACME}/memberships")
    check("beyond the limit", (status, headers["Retry-After"]), (429, "60"))
    control.clock.advance_clock(WORLD, ClockAdvance(by="PT1M"))
    check("a minute later", call(clerk, "GET", f"/{ACME}/memberships")[0], 200)
    control.faults.delete_faults(WORLD)

    with refusal("an operation nobody has", BadRequestException, 400) as raised:
        control.faults.create_fault(WORLD, NewFault(match=FaultMatch(operation="Nonsense"), delay=Delay(milliseconds=1)))
    check("where it is wrong", raised[0].data.errors[0].pointer, "/match/operation")


def verification(control, clerk):
    control.worlds.reset_world(WORLD)
    check("a member", add(clerk, role="org:member"), 200)
    check("the list", call(clerk, "GET", f"/{EMPTY}/memberships?limit=5")[0], 200)
    [added, listed] = control.requests.list_requests(WORLD).requests
    check("the first request", (added.number, added.operation), (1, "CreateOrganizationMembership"))
    check("the second", (listed.query, listed.response.status), ("limit=5", 200))
    check("no secrets", KEY in control.requests.list_requests(WORLD).to_json(), False)

    adding = RequestMatch(operation="CreateOrganizationMembership", body={"user_id": GUS})
    listing = RequestMatch(operation="ListOrganizationMemberships", query={"limit": "*"})
    once = [Expectation(match=adding, count=1), Expectation(match=listing)]
    verified = control.requests.verify_requests(WORLD, Verification(expect=once))
    check("what was found", [matched.numbers for matched in verified.expectations], [[1], [2]])
    ordered = Verification(expect=[Expectation(match=adding), Expectation(match=listing)], in_order=True)
    check("in order", len(control.requests.verify_requests(WORLD, ordered).expectations), 2)

    wrong = RequestMatch(operation="CreateOrganizationMembership", body={"user_id": GUS, "role": "org:admin"})
    with refusal("another role", ConflictException, 409, NotVerified) as raised:
        control.requests.verify_requests(WORLD, Verification(expect=[Expectation(match=wrong)]))
    message = str(raised[0])
    for part in ["CreateOrganizationMembership", "/role", "org:admin", "org:member"]:
        check(f"the message has {part}", part in message, True)
    [unmet] = raised[0].data.unmet
    check("the nearest", (unmet.found, unmet.nearest[0].number), (0, 1))

    events = control.requests.list_events(WORLD, api="clerk").events
    check("an event", [event.name for event in events], ["organizationMembership.created"])


def violations(control, clerk):
    check("an odd parameter", call(clerk, "GET", f"/{ACME}/memberships?surprise=1")[0], 200)
    check("a bad parameter", call(clerk, "GET", f"/{ACME}/memberships?limit=0")[0], 422)
    found = control.requests.list_violations(WORLD)
    told = [(violation.kind, violation.pointer, violation.accepted) for violation in found.violations]
    check("both", told, [("undocumented_parameter", "/surprise", True), ("invalid_value", "/limit", False)])
    check("in total", control.requests.list_all_violations(api="clerk").total >= found.total, True)
    control.requests.delete_requests(WORLD)
    check("no requests", control.requests.list_requests(WORLD).requests, [])


def coverage(control):
    seen = control.coverage.get_coverage(WORLD, api="clerk")
    check("the pairs", (seen.pairs, seen.reached), (20, 3))
    check("how many of a hundred", seen.percent, 15.0)
    text = control.coverage.get_coverage_text(WORLD, api="clerk")
    check("for people", "DeleteOrganizationMembership" in text, True)
    report = ElementTree.fromstring(control.coverage.get_coverage_junit_without_preload_content(WORLD).data)
    check("for CI", (report.tag, len(report.findall("testsuite"))), ("testsuites", 4))
    check("over all worlds", control.coverage.get_total_coverage().reached >= seen.reached, True)


def main(server_url):
    control = Control(server_url)
    server(control)
    clerk = worlds(control)
    resetting(control, clerk)
    state(control)
    clock(control)
    faults(control, clerk)
    verification(control, clerk)
    violations(control, clerk)
    coverage(control)
    control.worlds.delete_world(WORLD)
    with refusal("a world that is gone", NotFoundException, 404):
        control.worlds.get_world(WORLD)
    print(f"control-client: {checks} checks hold")


main(*sys.argv[1:])
