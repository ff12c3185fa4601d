"""Clerk's memberships through the client generated from the contract, `clerk-backend-sdk`, unmodified.

Usage: memberships.py BASE_URL, the server at BASE_URL being fresh from the default fixtures.
"""

import asyncio
import json
import re
import sys
from contextlib import asynccontextmanager

from clerk_backend_sdk import (
    ApiClient,
    Configuration,
    CreateOrganizationMembershipRequest,
    OrganizationMembershipsApi,
    UpdateOrganizationMembershipMetadataRequest,
    UpdateOrganizationMembershipRequest,
)
from clerk_backend_sdk.exceptions import (
    ApiException,
    BadRequestException,
    ForbiddenException,
    NotFoundException,
    UnauthorizedException,
)

SECRET_KEY = "sk_test_rollcall"

ACME = "org_29w9IfBrPmcpi0IeBVaKtA7R94W"
SOLO_ADMIN = "org_29w9KzczMSpxkMzN5E6EUCLDUdv"
FULL_HOUSE = "org_29w9Mrdr0UwfMpf5rg7wOojmCUu"
EMPTY = "org_29w9PnBRoeL5pykPTPly5kAA819"
UNKNOWN_ORGANIZATION = "org_000000000000000000000000000"

CY = "user_29w85KF5ZR3qa7yEeeby3abP3E2"
DEE = "user_29w86RZs8IQ9Y7aJZqhB6baeCN6"
EVE = "user_29w87cZj4a3dDVhYRnKTbxTNJFo"
GUS = "user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb"
HAL = "user_2OEpLsL9xVQ2zg4mZaouqKLiMcV"
UNKNOWN_USER = "user_000000000000000000000000000"

ADMIN_PERMISSIONS = [
    "org:sys_profile:manage",
    "org:sys_profile:delete",
    "org:sys_memberships:read",
    "org:sys_memberships:manage",
    "org:sys_domains:read",
    "org:sys_domains:manage",
]

# The members of Acme, oldest first, by what the server calls their identifier.
ACME_OLDEST_FIRST = [
    "ada@example.com",
    "bob@example.com",
    "cyclone",
    "+15555550104",
    "jan@example.com",
    "kim@example.com",
    "lee@example.com",
    "max@example.com",
    "nia@example.com",
    "oto@example.com",
    "pia@example.com",
    "quy@example.com",
    "ray@example.com",
    "sue@example.com",
]

checks = 0


def check(what, actual, expected):
    """Counts a check that holds, and ends the run at one that does not."""
    global checks
    if actual != expected:
        sys.exit(f"clerk-backend-sdk: {what}: expected {expected!r}, got {actual!r}")
    checks += 1


@asynccontextmanager
async def refusal(what, kind, status, code, parameter=None):
    """Expects the calls inside to raise the client's error of this kind, with this finding and no other."""
    try:
        yield
    except ApiException as error:
        check(f"{what}: the exception", type(error), kind)
        check(f"{what}: the status", error.status, status)
        # The client reads the body into its own type where the contract documents the status.
        errors = error.data.to_dict() if error.data else json.loads(error.body)
        check(f"{what}: the codes", [finding["code"] for finding in errors["errors"]], [code])
        meta = errors["errors"][0].get("meta") or {}
        check(f"{what}: the parameter", meta.get("param_name"), parameter)
        check(f"{what}: the trace id", bool(re.fullmatch("[0-9a-f]{32}", errors["clerk_trace_id"])), True)
        check(f"{what}: the trace header", error.headers["Clerk-Trace-Id"], errors["clerk_trace_id"])
    else:
        check(what, "no exception", kind)


def client(base_url, secret_key):
    return ApiClient(Configuration(host=base_url, access_token=secret_key))


def adding(user_id, role, **metadata):
    return CreateOrganizationMembershipRequest(user_id=user_id, role=role, additional_properties=metadata)


def role(key):
    return UpdateOrganizationMembershipRequest(role=key)


def identifiers(page):
    return [membership.public_user_data.identifier for membership in page.data]


async def lists(api):
    page = await api.list_organization_memberships(ACME)
    newest_first = ACME_OLDEST_FIRST[::-1]
    check("without parameters, the ten newest", identifiers(page), newest_first[:10])
    check("the number of all", page.total_count, 14)

    whole = await api.list_organization_memberships(ACME, limit=500)
    check("all on one page", identifiers(whole), newest_first)
    pages = [await api.list_organization_memberships(ACME, limit=5, offset=offset) for offset in (0, 5, 10, 15)]
    check("the sizes of the pages", [len(page.data) for page in pages], [5, 5, 4, 0])
    check("each page knows the number of all", [page.total_count for page in pages], [14] * 4)
    check(
        "the pages together are the whole",
        [membership.to_dict() for page in pages for membership in page.data],
        [membership.to_dict() for membership in whole.data],
    )
    floats = await api.list_organization_memberships(ACME, limit=2.0, offset=13.0)
    check("whole floats are as good as integers", identifiers(floats), ACME_OLDEST_FIRST[:1])

    for ascending in ("created_at", "+created_at"):
        page = await api.list_organization_memberships(ACME, limit=500, order_by=ascending)
        check(f"by {ascending}", identifiers(page), ACME_OLDEST_FIRST)
    page = await api.list_organization_memberships(ACME, limit=4, order_by="-last_name")
    names = [membership.public_user_data.last_name for membership in page.data]
    check("by -last_name, those without one first", names, [None, "Snow", "Reed", "Quinn"])

    page = await api.list_organization_memberships(EMPTY)
    check("an organization without members", (page.data, page.total_count), ([], 0))


async def adds(api):
    added = await api.create_organization_membership(ACME, adding(GUS, "org:member"))
    check("a new id", bool(re.fullmatch("orgmem_[0-9A-Za-z]{27}", added.id)), True)
    check("the role", (added.role, added.permissions), ("org:member", ["org:sys_memberships:read"]))
    check("the role's name", added.additional_properties["role_name"], "Member")
    check("no metadata yet", (added.public_metadata, added.private_metadata), ({}, {}))
    check("changed when it was made", added.updated_at, added.created_at)
    check("the organization", (added.organization.id, added.organization.name), (ACME, "Acme"))
    check("its members now", added.organization.members_count, 15)
    user = added.public_user_data
    check("the user", (user.user_id, user.first_name, user.last_name), (GUS, "Gus", "Gray"))
    check("who is known as", user.identifier, "gus@example.com")

    page = await api.list_organization_memberships(ACME, limit=1)
    check("the newest of the list", page.data[0].to_dict(), added.to_dict())
    check("the number of all", page.total_count, 15)

    # The contract's model is open, and the vendor has come to take metadata here.
    brought = await api.create_organization_membership(
        EMPTY, adding(GUS, "org:admin", public_metadata={"team": "north"}, private_metadata={"crm": {"id": 11}})
    )
    check("public metadata brought along", brought.public_metadata, {"team": "north"})
    check("private metadata brought along", brought.private_metadata, {"crm": {"id": 11}})
    return added


async def changes(api, added):
    changed = await api.update_organization_membership(ACME, GUS, role("org:admin"))
    check("the new role", (changed.role, changed.permissions), ("org:admin", ADMIN_PERMISSIONS))
    check("the same membership", (changed.id, changed.created_at), (added.id, added.created_at))
    check("changed later", changed.updated_at >= added.updated_at, True)

    owner = await api.update_organization_membership(SOLO_ADMIN, EVE, role("org:owner"))
    check("a role of the instance's own", owner.role, "org:owner")

    merged = await api.update_organization_membership_metadata(
        ACME,
        CY,
        UpdateOrganizationMembershipMetadataRequest(
            public_metadata={"prefs": {"lang": "el", "beta": None}, "tags": ["y", None]},
            private_metadata={"crm": {"tier": "gold"}},
        ),
    )
    check(
        "public metadata merged",
        merged.public_metadata,
        {"prefs": {"theme": "dark", "lang": "el"}, "tags": ["y", None]},
    )
    check("private metadata merged", merged.private_metadata, {"crm": {"id": 7, "tier": "gold"}})
    again = await api.update_organization_membership_metadata(
        ACME, CY, UpdateOrganizationMembershipMetadataRequest(public_metadata={"prefs": "none"})
    )
    check("an object replaced", again.public_metadata, {"prefs": "none", "tags": ["y", None]})
    check("the other bag untouched", again.private_metadata, merged.private_metadata)


async def removes(api, added):
    current = await api.update_organization_membership(ACME, GUS, role("org:billing"))
    removed = await api.delete_organization_membership(ACME, GUS)
    check("the membership as it was", (removed.id, removed.role), (added.id, "org:billing"))
    check("not changed by going", removed.updated_at, current.updated_at)
    check("the members left", removed.organization.members_count, 14)
    page = await api.list_organization_memberships(ACME, limit=500)
    check("the list without them", identifiers(page), ACME_OLDEST_FIRST[::-1])
    async with refusal("removing twice", NotFoundException, 404, "resource_not_found"):
        await api.delete_organization_membership(ACME, GUS)

    back = await api.create_organization_membership(ACME, adding(GUS, "org:member"))
    check("added again, another membership", back.id != added.id, True)


async def refuses(api):
    async with refusal("a member already", BadRequestException, 400, "already_a_member_in_organization"):
        await api.create_organization_membership(ACME, adding(DEE, "org:admin"))
    minimum = "organization_minimum_permissions_needed"
    async with refusal("the last admin steps down", BadRequestException, 400, minimum):
        await api.update_organization_membership(SOLO_ADMIN, EVE, role("org:member"))
    async with refusal("the last admin leaves", BadRequestException, 400, minimum):
        await api.delete_organization_membership(SOLO_ADMIN, EVE)
    async with refusal("a full house", ForbiddenException, 403, "organization_membership_quota_exceeded"):
        await api.create_organization_membership(FULL_HOUSE, adding(HAL, "org:member"))

    unknown = "resource_not_found"
    async with refusal("an unknown organization's list", NotFoundException, 404, unknown):
        await api.list_organization_memberships(UNKNOWN_ORGANIZATION)
    async with refusal("an unknown user", NotFoundException, 404, unknown):
        await api.create_organization_membership(ACME, adding(UNKNOWN_USER, "org:member"))
    async with refusal("an unknown role", NotFoundException, 404, unknown, "role"):
        await api.create_organization_membership(ACME, adding(HAL, "org:nope"))
    async with refusal("metadata of no member", NotFoundException, 404, unknown):
        await api.update_organization_membership_metadata(ACME, HAL, UpdateOrganizationMembershipMetadataRequest())

    # The client has no type of its own for 422.
    async with refusal("no role", ApiException, 422, "form_param_missing", "role"):
        await api.create_organization_membership(ACME, adding(HAL, ""))
    async with refusal("no new role", ApiException, 422, "form_param_missing", "role"):
        await api.update_organization_membership(ACME, DEE, role(""))
    async with refusal("an unknown order", ApiException, 422, "form_param_value_invalid", "order_by"):
        await api.list_organization_memberships(ACME, order_by="age")
    async with refusal("half a member", ApiException, 422, "form_param_value_invalid", "limit"):
        await api.list_organization_memberships(ACME, limit=2.5)
    too_large = UpdateOrganizationMembershipMetadataRequest(public_metadata={"note": "x" * 8192})
    code = "form_param_exceeds_allowed_size"
    async with refusal("too much metadata", ApiException, 422, code, "public_metadata"):
        await api.update_organization_membership_metadata(ACME, DEE, too_large)


async def keys(base_url):
    for secret_key, code in [
        ("sk_test_wrong", "clerk_key_invalid"),
        (None, "authorization_header_format_invalid"),
    ]:
        async with client(base_url, secret_key) as stranger:
            api = OrganizationMembershipsApi(stranger)
            async with refusal(f"a list for {secret_key}", UnauthorizedException, 401, code):
                await api.list_organization_memberships(ACME)
            async with refusal(f"a membership for {secret_key}", UnauthorizedException, 401, code):
                await api.create_organization_membership(ACME, adding(HAL, "org:member"))
            async with refusal(f"a removal for {secret_key}", UnauthorizedException, 401, code):
                await api.delete_organization_membership(ACME, DEE)
    for secret_key, organization_id, code in [
        ("sk_test_rollcall_restricted", ACME, "authorization_invalid"),
        ("sk_test_rollcall_plain", "org_2OEpQK6tVbXr8YwPc2ZsNmLd4Hg", "organization_not_enabled_in_instance"),
    ]:
        async with client(base_url, secret_key) as restricted:
            api = OrganizationMembershipsApi(restricted)
            async with refusal(f"a membership for {secret_key}", ForbiddenException, 403, code):
                await api.create_organization_membership(organization_id, adding(HAL, "org:member"))


async def main(base_url):
    async with client(base_url, SECRET_KEY) as permitted:
        api = OrganizationMembershipsApi(permitted)
        await lists(api)
        added = await adds(api)
        await changes(api, added)
        await removes(api, added)
        await refuses(api)
    await keys(base_url)
    print(f"clerk-backend-sdk: {checks} checks hold")


asyncio.run(main(sys.argv[1]))
