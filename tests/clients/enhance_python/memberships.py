"""Enhance's members and invites through the client that OpenAPI Generator makes from the contract.

Usage: memberships.py BASE_URL OTHER_URL. The world at BASE_URL is fresh from the default fixtures, the one at OTHER_URL is
another, and the client, the package `enhance_client`, is where Python finds it.
"""

import datetime
import re
import sys
import urllib.request
from contextlib import contextmanager
from http.cookies import SimpleCookie
from uuid import UUID

from enhance_client import (
    AcceptInviteBody,
    ApiClient,
    Configuration,
    HttpError,
    InvitesApi,
    MembersApi,
    NewAccessToken,
    NewInvite,
    NewMember,
    OrgOwnerUpdate,
    Role,
    UpdateMember,
)
from enhance_client.exceptions import (
    ApiException,
    BadRequestException,
    ConflictException,
    ForbiddenException,
    NotFoundException,
    UnauthorizedException,
)

TOKEN = "mock-token"
DEAD_TOKEN = "mock-token-dead"

MASTER = "b5da37cf-cdbc-413a-ac1d-7e3f023a9f2c"
CUSTOMER = "c2d94473-b911-4f5f-bc9c-77efd52d8f8f"
UNOWNED = "591ca6b7-6fdb-43cf-91a9-fa1dc5fb644a"
UNKNOWN = "2dbad576-228c-4208-b3a6-2c403cee7b38"

OWNER = "973eb64f-c7f2-4e89-9155-bec1b4b7ef32"
SUPER_ADMIN = "ede00f77-ced1-4a23-b154-4a3ca8333869"
COLLABORATOR = "0c0b637a-6c2e-4fe8-9bce-f078e3acf019"
FREE_LOGIN = "7ec6f54a-b558-40b0-84f9-d11ade5b049d"
WEBSITE = "562b0076-285a-4680-9b6e-d2b994a2c01f"
OTHER_WEBSITE = "0afd7b93-5a91-4e96-8f97-1f7cf7d6a803"
REGISTERED_INVITE = "393a3f79-a87f-4491-bedf-72932b7ad663"

checks = 0


def check(what, actual, expected):
    """Counts a check that holds, and ends the run at one that does not."""
    global checks
    actual = readable(actual)
    if actual != readable(expected):
        sys.exit(f"enhance-client: {what}: expected {expected!r}, got {actual!r}")
    checks += 1


def readable(value):
    """A value with the client's UUIDs as the texts that its parameters take."""
    if isinstance(value, (list, tuple)):
        return [readable(item) for item in value]
    return str(value) if isinstance(value, UUID) else value


@contextmanager
def refusal(what, kind, status, code, detail=None):
    """Expects the call inside to raise the client's error of this kind, with the contract's error body as its data."""
    try:
        yield
    except ApiException as error:
        check(f"{what}: the exception", type(error), kind)
        check(f"{what}: the status", error.status, status)
        check(f"{what}: the type of the error", type(error.data), HttpError)
        check(f"{what}: the error", (error.data.code, error.data.detail), (code, detail))
        check(f"{what}: a reason", bool(error.data.message), True)
    else:
        check(what, "no exception", kind)


class Caller:
    """Both halves of the API for one token, one session, or nobody."""

    def __init__(self, base_url, token=None, session=None):
        configuration = Configuration(host=base_url, access_token=token)
        client = ApiClient(configuration, cookie=session and f"id0={session}")
        self.members = MembersApi(client)
        self.invites = InvitesApi(client)


def cookie_of(headers):
    # The client keeps the names as they came, in whatever case.
    return {name.lower(): value for name, value in headers.items()}.get("set-cookie")


def session_of(headers):
    return SimpleCookie(cookie_of(headers))["id0"].value


def key_of(url):
    return re.fullmatch(r"http://panel\.reseller\.test/invites/([0-9a-f-]{36})\?email=.+", url)[1]


def invites(base_url, administrator):
    nobody = Caller(base_url)
    invitation = NewInvite(email="Ivy+1@x.test", name="Ivy Invited", roles=[Role.SITEACCESS], site_accesses=[WEBSITE])
    first = administrator.invites.create_invite(CUSTOMER, invitation)
    check("the address in the URL", first.partition("?email=")[2], "Ivy%2B1@x.test")
    url = administrator.invites.create_invite(CUSTOMER, invitation)
    check("the key that was replaced", nobody.invites.validate_invite(key_of(first)).is_valid, False)
    key = key_of(url)
    details = nobody.invites.validate_invite(key)
    check("a valid invitation", (details.is_valid, details.org_id, details.org_name), (True, CUSTOMER, "Customer Co"))
    check("its role", details.role, Role.SITEACCESS)
    pending = administrator.members.get_members(CUSTOMER, search="ivy").items[0]
    check("the pending member", (pending.is_active, pending.login_id), (False, details.login_id))

    with refusal("another address", ForbiddenException, 403, "insufficient_privileges", "login"):
        nobody.invites.accept_invite(key, AcceptInviteBody(email="other@x.test", password="Secret1"))
    with refusal("a token accepts", ForbiddenException, 403, "insufficient_privileges", "token"):
        administrator.invites.accept_invite(key)
    body = AcceptInviteBody(email="ivy+1@x.test", password="Secret1", locale="en-GB")
    accepted = nobody.invites.accept_invite_with_http_info(key, body)
    check("accepted", accepted.status_code, 200)
    ivy = Caller(base_url, session=session_of(accepted.headers))
    itself = ivy.members.get_member(CUSTOMER, str(pending.id))
    check("active", (itself.is_active, itself.email), (True, "Ivy+1@x.test"))
    check("its websites", itself.site_accesses, [WEBSITE])
    check("joined", type(itself.joined_at), datetime.date)
    with refusal("accepting twice", NotFoundException, 404, "not_found", "invite"):
        nobody.invites.accept_invite(key, body)

    with refusal("a wrong password", ForbiddenException, 403, "insufficient_privileges", "login"):
        nobody.invites.accept_invite(REGISTERED_INVITE, AcceptInviteBody(email="reg@customer.test", password="no"))
    with refusal("somebody else's session", ForbiddenException, 403, "insufficient_privileges", "login"):
        ivy.invites.accept_invite(REGISTERED_INVITE)
    known = Caller(base_url, session="mock-session-p-reg").invites
    goes_on = known.accept_invite_with_http_info(REGISTERED_INVITE)
    check("no other session", cookie_of(goes_on.headers or {}), None)
    with refusal("a member is invited", BadRequestException, 400, "already_exists", "member"):
        administrator.invites.create_invite(CUSTOMER, invitation)
    return ivy, str(pending.id)


def members(administrator, ivy, member_id):
    api = administrator.members
    page = api.get_members(CUSTOMER, offset=1, limit=2, sort_by="email", sort_order="desc")
    emails = [member.email for member in page.items]
    check("a page", (emails, page.total), (["super@customer.test", "site@customer.test"], 8))
    collaborators = api.get_members(CUSTOMER, role=Role.SITEACCESS, site_access=WEBSITE)
    check("the collaborators", [member.id for member in collaborators.items], [COLLABORATOR, member_id])

    made = str(api.create_member(CUSTOMER, NewMember(login_id=FREE_LOGIN, roles=[Role.SUPPORT])).id)
    check("the new member", api.get_member(CUSTOMER, made).login_id, FREE_LOGIN)
    with refusal("a member twice", ConflictException, 409, "already_exists", "member"):
        api.create_member(CUSTOMER, NewMember(login_id=FREE_LOGIN, roles=[Role.SUPPORT]))
    with refusal("an unknown login", NotFoundException, 404, "not_found", "login"):
        api.create_member(CUSTOMER, NewMember(login_id=UNKNOWN, roles=[Role.SUPPORT]))
    api.delete_member(CUSTOMER, made)
    with refusal("a member that left", NotFoundException, 404, "not_found", "member"):
        api.get_member(CUSTOMER, made)

    with refusal("a collaborator lists", ForbiddenException, 403, "insufficient_privileges", "org"):
        ivy.members.get_members(CUSTOMER)
    settings = UpdateMember(roles=[Role.SITEACCESS, Role.SUPERADMIN], site_accesses=[OTHER_WEBSITE], notifications=["b"])
    api.update_member(CUSTOMER, member_id, settings)
    check("rights at once", ivy.members.get_members(CUSTOMER).total, 8)
    api.update_member(CUSTOMER, member_id, UpdateMember(roles=[Role.SUPERADMIN]))
    after = api.get_member(CUSTOMER, member_id)
    check("what was left out is lost", (after.site_accesses, after.notifications), ([], []))
    with refusal("an owner by way of settings", BadRequestException, 400, "invalid_input", "owner"):
        api.update_member(CUSTOMER, member_id, UpdateMember(roles=[Role.OWNER]))


def owners(base_url, administrator, ivy, member_id):
    api = administrator.members
    with refusal("a SuperAdmin hands over", ForbiddenException, 403, "insufficient_privileges", "owner"):
        ivy.members.update_owner(CUSTOMER, OrgOwnerUpdate(member_id=member_id))
    Caller(base_url, session="mock-session-c-owner").members.update_owner(CUSTOMER, OrgOwnerUpdate(member_id=member_id))
    check("the owner", api.get_members(CUSTOMER, role=Role.OWNER).items[0].id, member_id)
    check("the former owner", api.get_member(CUSTOMER, OWNER).roles, [Role.SUPERADMIN])
    with refusal("the owner is removed", BadRequestException, 400, "invalid_input", "owner"):
        api.delete_member(CUSTOMER, member_id)
    with refusal("the owner steps down", ForbiddenException, 403, "insufficient_privileges", "owner"):
        ivy.members.delete_owner(CUSTOMER)
    api.delete_owner(CUSTOMER)
    check("nobody owns it", api.get_members(CUSTOMER, role=Role.OWNER).total, 0)
    with refusal("nobody to take it from", NotFoundException, 404, "not_found", "owner"):
        api.delete_owner(CUSTOMER)
    with refusal("the master organization's owner", ForbiddenException, 403, "insufficient_privileges", "owner"):
        api.delete_owner(MASTER)


def links(base_url, other_url, administrator):
    link = administrator.members.get_org_member_login(CUSTOMER, SUPER_ADMIN)
    with urllib.request.urlopen(link) as landed:
        session = session_of(landed.headers)
    signed_in = Caller(base_url, session=session)
    check("signed in by the link", signed_in.members.get_member(CUSTOMER, SUPER_ADMIN).email, "super@customer.test")
    check("the link's world", link.startswith(f"{base_url}/"), True)
    path = SimpleCookie(cookie_of(landed.headers))["id0"]["path"]
    check("the cookie's world", base_url.endswith(path.rstrip("/")), True)
    with refusal("a session of another world", UnauthorizedException, 401, "invalid_session"):
        Caller(other_url, session=session).members.get_members(CUSTOMER)
    with refusal("no member to sign in", ForbiddenException, 403, "insufficient_privileges", "member"):
        administrator.members.get_org_member_login(CUSTOMER, UNKNOWN)


def tokens(base_url, other_url, administrator):
    api = administrator.members
    end = datetime.datetime(2100, 1, 1, tzinfo=datetime.timezone.utc)
    wanted = NewAccessToken(roles=[Role.SUPERADMIN], friendly_name="client", token_expires=end)
    made = api.create_access_token(CUSTOMER, wanted)
    check("how it begins", made.unencrypted_token[:5], made.first_five)
    with refusal("a name twice", ConflictException, 409, "already_exists", "token"):
        api.create_access_token(CUSTOMER, wanted)
    past = NewAccessToken(roles=[Role.SUPPORT], token_expires=end.replace(year=2020))
    with refusal("an end in the past", BadRequestException, 400, "invalid_input", "token"):
        api.create_access_token(CUSTOMER, past)
    bearer = Caller(base_url, token=made.unencrypted_token).members
    listed = bearer.get_access_tokens(CUSTOMER)
    check("the tokens", [token.friendly_name for token in listed], ["ci", None, "old-ci", "client"])
    check("the newest", (listed[-1].id, listed[-1].roles), (made.id, [Role.SUPERADMIN]))
    with refusal("a token of another world", UnauthorizedException, 401, "invalid_session", "token"):
        Caller(other_url, token=made.unencrypted_token).members.get_access_tokens(CUSTOMER)
    with refusal("a token elsewhere", ForbiddenException, 403, "insufficient_privileges", "org"):
        bearer.get_access_tokens(UNOWNED)
    api.delete_access_token(CUSTOMER, made.id)
    with refusal("a deleted token", UnauthorizedException, 401, "invalid_session", "token"):
        bearer.get_access_tokens(CUSTOMER)
    with refusal("deleting twice", NotFoundException, 404, "not_found", "token"):
        api.delete_access_token(CUSTOMER, made.id)


def strangers(base_url, administrator):
    for what, caller, detail in [
        ("nobody", Caller(base_url), None),
        ("an ended session", Caller(base_url, session="mock-session-ended"), None),
        ("an ended token", Caller(base_url, token=DEAD_TOKEN), "token"),
    ]:
        with refusal(what, UnauthorizedException, 401, "invalid_session", detail):
            caller.members.get_members(CUSTOMER)
    with refusal("an unknown organization", NotFoundException, 404, "not_found", "org"):
        administrator.members.get_members(UNKNOWN)
    with refusal("an unknown sort key", BadRequestException, 400, "invalid_input"):
        administrator.members.get_members(CUSTOMER, sort_by="age")


def main(base_url, other_url):
    administrator = Caller(base_url, token=TOKEN)
    ivy, member_id = invites(base_url, administrator)
    members(administrator, ivy, member_id)
    owners(base_url, administrator, ivy, member_id)
    links(base_url, other_url, administrator)
    tokens(base_url, other_url, administrator)
    strangers(base_url, administrator)
    print(f"enhance-client: {checks} checks hold")


main(*sys.argv[1:])
