"""Logto's organizations through the client generated from the contract, `py-logto`, unmodified.

Usage: memberships.py BASE_URL [AUTHORIZATION], the server at BASE_URL being fresh from the default fixtures. The client
sends no credentials of its own: without AUTHORIZATION the server has to let calls without any through.
"""

import json
import re
import sys
from contextlib import contextmanager

from py_logto import (
    ApiClient,
    ApiOrganizationsIdPatchRequest,
    ApiOrganizationsIdUsersPostRequest,
    ApiOrganizationsIdUsersPutRequest,
    ApiOrganizationsIdUsersRolesPostRequest,
    ApiOrganizationsIdUsersUserIdRolesPostRequest,
    ApiOrganizationsIdUsersUserIdRolesPutRequest,
    ApiOrganizationsPostRequest,
    Configuration,
    OrganizationsApi,
)
from py_logto.exceptions import (
    ApiException,
    BadRequestException,
    ForbiddenException,
    NotFoundException,
    UnauthorizedException,
)

ACME = "acme00000001"
GLOBEX = "globex000002"
EMPTY = "emptyorg0003"
NO_ORGANIZATION = "nosuchorg"

ALICE = "alice0000001"
BOB = "bob000000002"
CAROL = "carol0000003"
DAVE = "dave00000004"
ERIN = "erin00000005"
NOBODY = "nosuchuser"

ADMIN = "role_admin_0000000001"
MEMBER = "role_member_000000002"
VIEWER = "role_viewer_000000003"
NO_ROLE = "nosuchrole"

checks = 0


def check(what, actual, expected):
    """Counts a check that holds, and ends the run at one that does not."""
    global checks
    if actual != expected:
        sys.exit(f"py-logto: {what}: expected {expected!r}, got {actual!r}")
    checks += 1


@contextmanager
def refusal(what, kind, status, code):
    """Expects the calls inside to raise the client's error of this kind, with this code."""
    try:
        yield
    except ApiException as error:
        check(f"{what}: the exception", type(error), kind)
        check(f"{what}: the status", error.status, status)
        check(f"{what}: the code", json.loads(error.body)["code"], code)
    else:
        check(what, "no exception", kind)


def api_with(base_url, authorization):
    name = "Authorization" if authorization else None
    return OrganizationsApi(ApiClient(Configuration(host=base_url), header_name=name, header_value=authorization))


def adding(*user_ids):
    return ApiOrganizationsIdUsersPostRequest(userIds=list(user_ids))


def giving(*role_ids):
    return ApiOrganizationsIdUsersUserIdRolesPostRequest(organizationRoleIds=list(role_ids))


def member_ids(api, organization, **query):
    return [member.id for member in api.api_organizations_id_users_get(organization, **query)]


def role_ids(api, organization, user, **query):
    return [role.id for role in api.api_organizations_id_users_user_id_roles_get(organization, user, **query)]


def lists(api):
    organizations = api.api_organizations_get()
    names = [organization.name for organization in organizations]
    check("every organization", names, ["Acme Inc", "Globex", "Empty Org"])
    check("nobody is featured unasked", [organization.featured_users for organization in organizations], [None] * 3)
    featured = api.api_organizations_get(show_featured="true")
    check("how many members each has", [organization.users_count for organization in featured], [4, 1, 0])
    check("three at most are featured", [user.id for user in featured[0].featured_users], [ALICE, BOB, CAROL])
    found = api.api_organizations_get(q="GLOB")
    check("the search for a name", [organization.id for organization in found], [GLOBEX])

    page = api.api_organizations_get_with_http_info(page=2, page_size=1)
    check("the second page", [organization.id for organization in page.data], [GLOBEX])
    # The client makes a plain dictionary of what has names in any case.
    headers = {name.lower(): value for name, value in page.headers.items()}
    check("the number of all", headers["total-number"], "3")
    rels = re.findall(r'[?&]page=(\d+)[^>]*>; rel="(\w+)"', headers["link"])
    check("the other pages", dict(map(reversed, rels)), {"first": "1", "last": "3", "prev": "1", "next": "3"})

    members = api.api_organizations_id_users_get(ACME)
    check("Acme's members", [member.id for member in members], [ALICE, BOB, CAROL, DAVE])
    alice, bob, carol, dave = members
    check("Alice's roles", [role.name for role in alice.organization_roles], ["admin", "member"])
    check("Alice's town", alice.profile.address.locality, "Springfield")
    check("Bob's account elsewhere", bob.identities["github"].user_id, "1000002")
    check("what Carol has and has not", (carol.name, carol.custom_data), (None, {"team": "research"}))
    check("who is suspended", [member.is_suspended for member in members], [False, False, False, True])
    check("the search for an address", member_ids(api, ACME, q="EXAMPLE.COM"), [ALICE, BOB])
    check("an organization without members", member_ids(api, EMPTY), [])
    check("a role at a time", role_ids(api, ACME, ALICE, page=2, page_size=1), [MEMBER])


def organizations(api):
    created = api.api_organizations_post_with_http_info(
        ApiOrganizationsPostRequest(name="New Org", description="Opened for the spring project")
    )
    check("created", created.status_code, 201)
    # The contract says nothing of a body, so the client does not read the one there is.
    made = json.loads(created.raw_data)
    check("a new id", bool(re.fullmatch("[0-9a-z]{12}", made["id"])), True)
    new = made["id"]
    check("as it was created", api.api_organizations_id_get(new).to_dict(), made)

    renamed = api.api_organizations_id_patch(new, ApiOrganizationsIdPatchRequest(name="Newer Org"))
    check("another name only", renamed.to_dict(), {**made, "name": "Newer Org"})
    cleared = api.api_organizations_id_patch(new, ApiOrganizationsIdPatchRequest(description=None))
    check("no description", cleared.description, None)

    api.api_organizations_id_users_post(new, adding(BOB, ERIN))
    api.api_organizations_id_users_post(new, adding(ERIN))
    check("members once each", member_ids(api, new), [BOB, ERIN])
    moved = api.api_organizations_id_patch(new, ApiOrganizationsIdPatchRequest(id="moved0000004"))
    check("another id", moved.id, "moved0000004")
    check("the members moved along", member_ids(api, moved.id), [BOB, ERIN])
    api.api_organizations_id_delete(moved.id)
    with refusal("it is gone", NotFoundException, 404, "entity.not_exists_with_id"):
        api.api_organizations_id_get(moved.id)
    with refusal("it cannot go twice", NotFoundException, 404, "entity.not_found"):
        api.api_organizations_id_delete(moved.id)


def roles(api):
    api.api_organizations_id_users_roles_post(
        ACME, ApiOrganizationsIdUsersRolesPostRequest(userIds=[BOB, CAROL], organizationRoleIds=[ADMIN, VIEWER])
    )
    check("Bob's are added to", role_ids(api, ACME, BOB), [MEMBER, ADMIN, VIEWER])
    check("Carol has her first", role_ids(api, ACME, CAROL), [ADMIN, VIEWER])
    api.api_organizations_id_users_user_id_roles_post(ACME, CAROL, giving(VIEWER, MEMBER))
    check("held ones are passed over", role_ids(api, ACME, CAROL), [ADMIN, VIEWER, MEMBER])
    api.api_organizations_id_users_user_id_roles_role_id_delete(ACME, CAROL, VIEWER)
    check("one less", role_ids(api, ACME, CAROL), [ADMIN, MEMBER])
    replacement = ApiOrganizationsIdUsersUserIdRolesPutRequest(organizationRoleIds=[VIEWER])
    api.api_organizations_id_users_user_id_roles_put(ACME, ALICE, replacement)
    check("this one only", role_ids(api, ACME, ALICE), [VIEWER])
    check("elsewhere as before", role_ids(api, GLOBEX, DAVE), [VIEWER])


def members(api):
    api.api_organizations_id_users_user_id_delete(ACME, ALICE)
    with refusal("no roles without membership", ApiException, 422, "organization.require_membership"):
        role_ids(api, ACME, ALICE)
    api.api_organizations_id_users_post(ACME, adding(ALICE))
    check("who comes back starts without roles", role_ids(api, ACME, ALICE), [])
    api.api_organizations_id_users_put(ACME, ApiOrganizationsIdUsersPutRequest(userIds=[BOB, ERIN, BOB]))
    check("these and no others", member_ids(api, ACME), [BOB, ERIN])
    check("who stays loses every role", role_ids(api, ACME, BOB), [])
    counts = [organization.users_count for organization in api.api_organizations_get(show_featured="1")]
    check("counted alike", counts, [2, 1, 0])


def refuses(api):
    with refusal("no such organization", NotFoundException, 404, "entity.not_exists_with_id"):
        member_ids(api, NO_ORGANIZATION)
    with refusal("nothing to change", NotFoundException, 404, "entity.not_exists"):
        api.api_organizations_id_patch(NO_ORGANIZATION, ApiOrganizationsIdPatchRequest(name="x"))
    with refusal("no change", BadRequestException, 400, "entity.invalid_input"):
        api.api_organizations_id_patch(ACME, ApiOrganizationsIdPatchRequest())
    with refusal("an id in use", BadRequestException, 400, "entity.unique_integrity_violation"):
        api.api_organizations_id_patch(ACME, ApiOrganizationsIdPatchRequest(id=GLOBEX))
    with refusal("too long a page", BadRequestException, 400, "guard.invalid_pagination"):
        api.api_organizations_get(page_size=101)
    with refusal("nobody to add", BadRequestException, 400, "guard.invalid_input"):
        api.api_organizations_id_users_post(ACME, adding())
    with refusal("a blank id", BadRequestException, 400, "guard.invalid_input"):
        api.api_organizations_id_get(" ")
    # The client has no type of its own for 422.
    unknown = "entity.relation_foreign_key_not_found"
    with refusal("an unknown user", ApiException, 422, unknown):
        api.api_organizations_id_users_post(ACME, adding(DAVE, NOBODY))
    check("nobody was added", DAVE in member_ids(api, ACME), False)
    with refusal("an unknown role", ApiException, 422, unknown):
        api.api_organizations_id_users_user_id_roles_post(ACME, BOB, giving(VIEWER, NO_ROLE))
    check("no role was given", role_ids(api, ACME, BOB), [])
    with refusal("a member unknown everywhere", ApiException, 422, unknown):
        api.api_organizations_id_users_user_id_delete(ACME, NOBODY)
    with refusal("a role that is not held", NotFoundException, 404, "entity.not_found"):
        api.api_organizations_id_users_user_id_roles_role_id_delete(ACME, BOB, ADMIN)


def tokens(base_url):
    for authorization, kind, status, code in [
        ("Basic abc", UnauthorizedException, 401, "auth.authorization_token_type_not_supported"),
        ("Bearer mock-token-expired", UnauthorizedException, 401, "auth.unauthorized"),
        ("Bearer garbage", UnauthorizedException, 401, "auth.unauthorized"),
        ("Bearer mock-token-without-scope", ForbiddenException, 403, "auth.forbidden"),
    ]:
        stranger = api_with(base_url, authorization)
        with refusal(f"a list for {authorization}", kind, status, code):
            stranger.api_organizations_get()
        with refusal(f"an organization for {authorization}", kind, status, code):
            stranger.api_organizations_post(ApiOrganizationsPostRequest(name="x"))
        with refusal(f"a removal for {authorization}", kind, status, code):
            stranger.api_organizations_id_delete(ACME)


def main(base_url, authorization=None):
    api = api_with(base_url, authorization)
    lists(api)
    organizations(api)
    roles(api)
    members(api)
    refuses(api)
    tokens(base_url)
    if authorization:
        with refusal("no header", UnauthorizedException, 401, "auth.authorization_header_missing"):
            api_with(base_url, None).api_organizations_get()
    how = "with an Authorization header" if authorization else "without credentials"
    print(f"py-logto, {how}: {checks} checks hold")


main(*sys.argv[1:])
