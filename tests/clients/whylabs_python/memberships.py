"""WhyLabs' memberships through its own client, `whylabs-client`, unmodified.

Usage: memberships.py BASE_URL, the server at BASE_URL being fresh from the default fixtures.
"""

import json
import re
import sys
from contextlib import contextmanager

import whylabs_client
from whylabs_client.api.membership_api import MembershipApi
from whylabs_client.exceptions import (
    ApiException,
    ApiValueError,
    ForbiddenException,
    NotFoundException,
    UnauthorizedException,
)
from whylabs_client.model.membership_metadata import MembershipMetadata
from whylabs_client.model.role import Role

KEY = "RollcallK1.RollcallMockServerAnyKeyOfThisFormxxxxxxxxxxxxxxxxxxx"
USER_KEY = "K2User1234.Org123UserScopeKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
EXPIRED_KEY = "K3Expired1.Org123ExpiredAdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxx"
REVOKED_KEY = "K4Revoked1.Org123RevokedAdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxx"
FREE_KEY = "K5FreeAdm1.OrgFree25AdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
DOMAINS_KEY = "K6DomAdmin.OrgDom1AdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
GONE_KEY = "K7GoneAdm1.OrgGone1AdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
EMPTY_KEY = "KAEmptyAdm.OrgEmpty1AdministratorKeyxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

ACME = "org-123"
DOMAINS = "org-dom1"
FREE = "org-free25"
GONE = "org-gone1"
EMPTY = "org-empty1"

ADMIN, MEMBER, VIEWER = Role("ADMIN"), Role("MEMBER"), Role("VIEWER")

ACME_MEMBERS = [
    ("admin@acme.ai", "ADMIN", True),
    ("member@acme.ai", "MEMBER", False),
    ("viewer@acme.ai", "VIEWER", False),
    ("multi@acme.ai", "MEMBER", True),
]

checks = 0


def check(what, actual, expected):
    """Counts a check that holds, and ends the run at one that does not."""
    global checks
    if actual != expected:
        sys.exit(f"whylabs-client: {what}: expected {expected!r}, got {actual!r}")
    checks += 1


@contextmanager
def refusal(what, kind, status, error_type):
    """Expects the call inside to raise the client's error of this kind, with a refusal of this type."""
    try:
        yield
    except ApiException as error:
        check(f"{what}: the exception", type(error), kind)
        check(f"{what}: the status", error.status, status)
        body = json.loads(error.body)
        check(f"{what}: the type", body.get("type"), error_type)
        check(f"{what}: the reason", bool(body["message"]), True)
        if error_type is None:
            check(f"{what}: the parameters", len(body["_embedded"]["errors"]), 1)
        else:
            check(f"{what}: the id of the request", error.headers["X-Request-Id"], body["requestId"])
    else:
        check(what, "no exception", kind)


def api(base_url, key):
    configuration = whylabs_client.Configuration(host=base_url)
    if key is not None:
        configuration.api_key["ApiKeyAuth"] = key
    return MembershipApi(whylabs_client.ApiClient(configuration))


def members(api, organization):
    """Address, role and default of each member."""
    listed = api.list_organization_memberships(organization).memberships
    check("every membership is of the organization", {member.org_id for member in listed} <= {organization}, True)
    check(
        "every member has an id",
        [member.email for member in listed if not re.fullmatch("user-[0-9a-f]{64}", member.user_id)],
        [],
    )
    return [(member.email, member.role.value, member.default) for member in listed]


def life(api):
    check("the members in the beginning", members(api, ACME), ACME_MEMBERS)
    added = api.create_organization_membership(ACME, "USER@WhyLabs.AI", VIEWER)
    check("the type of a new membership", type(added), MembershipMetadata)
    check(
        "a new membership",
        (added.org_id, added.role.value, added.default),
        (ACME, "VIEWER", False),
    )
    check("the members with it", members(api, ACME), [*ACME_MEMBERS, ("user@whylabs.ai", "VIEWER", False)])
    changed = api.update_organization_membership(ACME, "user@whylabs.ai", ADMIN)
    check(
        "the membership with another role",
        (changed.user_id, changed.role.value, changed.default),
        (added.user_id, "ADMIN", False),
    )
    again = api.update_organization_membership(ACME, "user@whylabs.ai", ADMIN)
    check("the same role again", again.to_dict(), changed.to_dict())
    check("the members after it", members(api, ACME)[4], ("user@whylabs.ai", "ADMIN", False))
    removed = api.remove_organization_membership(ACME, "user@whylabs.ai")
    check("a removal", removed, {})
    check("the members without it", members(api, ACME), ACME_MEMBERS)
    with refusal("a second removal", NotFoundException, 404, "MembershipNotFound"):
        api.remove_organization_membership(ACME, "user@whylabs.ai")


def spellings(api):
    """The client writes booleans and nothing as Python does."""
    for value, default in [(True, True), (False, False), (None, False)]:
        added = api.create_organization_membership(ACME, "new+tag@acme.ai", MEMBER, set_default=value)
        check(f"set_default={value}", added.default, default)
        api.remove_organization_membership(ACME, "new+tag@acme.ai")


def lands(base_url):
    """A new default takes the place of the old one, wherever that is, and what is left takes it back."""
    empty = api(base_url, EMPTY_KEY)
    check("nobody", members(empty, EMPTY), [])
    empty.create_organization_membership(EMPTY, "multi@acme.ai", ADMIN, set_default=True)
    check("the old default", members(api(base_url, KEY), ACME)[3], ("multi@acme.ai", "MEMBER", False))
    empty.remove_organization_membership(EMPTY, "multi@acme.ai")
    check("the default again", members(api(base_url, KEY), ACME)[3], ("multi@acme.ai", "MEMBER", True))


def refuses(base_url):
    acme, free = api(base_url, KEY), api(base_url, FREE_KEY)
    domains, gone = api(base_url, DOMAINS_KEY), api(base_url, GONE_KEY)
    with refusal("an addition of a member", ApiException, 400, "IllegalArgument"):
        acme.create_organization_membership(ACME, "Member@acme.ai", ADMIN)
    with refusal("an addition without room", ApiException, 400, "IllegalArgument"):
        free.create_organization_membership(FREE, "spare@free.example", MEMBER)
    with refusal("an address at another domain", ApiException, 400, "IllegalArgument"):
        domains.create_organization_membership(DOMAINS, "outsider@gmail.com", MEMBER)
    with refusal("no address", ApiException, 400, None):
        acme.remove_organization_membership(ACME, "")
    for call in (
        lambda: acme.create_organization_membership(ACME, "ghost@acme.ai", MEMBER),
        lambda: acme.update_organization_membership(ACME, "ghost@acme.ai", MEMBER),
        lambda: acme.remove_organization_membership(ACME, "ghost@acme.ai"),
    ):
        with refusal("somebody unknown", NotFoundException, 404, "UserNotFound"):
            call()
    with refusal("a role of no member", NotFoundException, 404, "MembershipNotFound"):
        acme.update_organization_membership(ACME, "claim@acme.ai", ADMIN)
    with refusal("a list of a deleted organization", NotFoundException, 404, "ResourceNotFound"):
        gone.list_organization_memberships(GONE)
    changed = gone.update_organization_membership(GONE, "member@acme.ai", ADMIN)
    check("a role in a deleted organization", changed.role.value, "ADMIN")
    try:
        acme.create_organization_membership(ACME, "user@whylabs.ai", "OWNER")
    except ApiValueError:
        check("the client knows the roles itself", True, True)
    else:
        check("what is no role", "no exception", ApiValueError)
    check("the members after all that", members(acme, ACME), ACME_MEMBERS)


def keys(base_url):
    with refusal("no key", UnauthorizedException, 401, "Unauthorized"):
        api(base_url, None).list_organization_memberships(ACME)
    for key in (USER_KEY, EXPIRED_KEY, REVOKED_KEY, DOMAINS_KEY, "abc"):
        stranger = api(base_url, key)
        with refusal(f"a list with {key}", ForbiddenException, 403, "Forbidden"):
            stranger.list_organization_memberships(ACME)
        with refusal(f"a removal with {key}", ForbiddenException, 403, "Forbidden"):
            stranger.remove_organization_membership(ACME, "viewer@acme.ai")
    check("a key with a suffix", members(api(base_url, f"{KEY}:{ACME}"), ACME), ACME_MEMBERS)


def main(base_url):
    permitted = api(base_url, KEY)
    life(permitted)
    spellings(permitted)
    lands(base_url)
    refuses(base_url)
    keys(base_url)
    print(f"whylabs-client: {checks} checks hold")


main(sys.argv[1])
