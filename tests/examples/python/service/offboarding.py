"""The service as it is."""

import time
from collections.abc import Iterator
from itertools import count

import httpx

from service import NO_MEMBER, REFUSED, REMOVED, Outcome, Settings
from service.retrying import Client

PAGE = 100


class Offboarding:
    """Takes people out of an organization at each vendor. Whoever is out already may be taken out again."""

    def __init__(self, settings: Settings, sleep=time.sleep):
        self.clerk = Clerk(settings, sleep)
        self.logto = Logto(settings, sleep)

    def remove(self, email: str) -> list[Outcome]:
        return [self.clerk.remove(email), self.logto.remove(email)]


class Clerk:
    def __init__(self, settings: Settings, sleep):
        self._client = Client(settings.clerk_url, sleep, Authorization=f"Bearer {settings.clerk_secret_key}")
        self._memberships = f"/organizations/{settings.clerk_organization}/memberships"

    def remove(self, email: str) -> Outcome:
        for user in self._members():
            if user["identifier"] == email:
                gone = self._client.request("DELETE", f"{self._memberships}/{user['user_id']}")
                return outcome("Clerk", gone, lambda body: body["errors"][0]["long_message"])
        return Outcome("Clerk", NO_MEMBER)

    def _members(self) -> Iterator[dict]:
        for offset in count(0, PAGE):
            query = {"limit": PAGE, "offset": offset}
            page = self._client.request("GET", self._memberships, params=query).raise_for_status().json()
            yield from (membership["public_user_data"] for membership in page["data"])
            if offset + PAGE >= page["total_count"]:
                return


class Logto:
    def __init__(self, settings: Settings, sleep):
        self._client = Client(settings.logto_url, sleep)
        self._members = f"/api/organizations/{settings.logto_organization}/users"
        self._grant = {
            "grant_type": "client_credentials",
            "client_id": settings.logto_application,
            "client_secret": settings.logto_secret,
            "resource": "https://default.logto.app/api",
            "scope": "all",
        }
        self._token = None

    def remove(self, email: str) -> Outcome:
        for user in self._found(email):
            if user["primaryEmail"] == email:
                gone = self._call("DELETE", f"{self._members}/{user['id']}")
                return outcome("Logto", gone, lambda body: body["message"])
        return Outcome("Logto", NO_MEMBER)

    def _found(self, text: str) -> Iterator[dict]:
        """The members that have the text anywhere in a name, an address or a number."""
        for page in count(1):
            query = {"q": text, "page": page, "page_size": PAGE}
            response = self._call("GET", self._members, params=query).raise_for_status()
            yield from response.json()
            if page * PAGE >= int(response.headers["Total-Number"]):
                return

    def _call(self, method: str, path: str, **options) -> httpx.Response:
        """A call with the token there is, or with a new one where that has expired."""
        response = self._call_once(method, path, **options)
        if response.status_code == httpx.codes.UNAUTHORIZED:
            self._token = None
            response = self._call_once(method, path, **options)
        return response

    def _call_once(self, method: str, path: str, **options) -> httpx.Response:
        if self._token is None:
            granted = self._client.request("POST", "/oidc/token", data=self._grant).raise_for_status()
            self._token = granted.json()["access_token"]
        return self._client.request(method, path, headers={"Authorization": f"Bearer {self._token}"}, **options)


def outcome(vendor: str, response: httpx.Response, reason) -> Outcome:
    """What the answer to a removal means. Who is not found is out: by somebody else, or by a try without an answer."""
    if response.is_success:
        return Outcome(vendor, REMOVED)
    if response.status_code == httpx.codes.NOT_FOUND:
        return Outcome(vendor, NO_MEMBER)
    if response.status_code == httpx.codes.BAD_REQUEST:
        return Outcome(vendor, REFUSED, reason(response.json()))
    response.raise_for_status()
    raise AssertionError(f"{vendor} answered {response.status_code}")
