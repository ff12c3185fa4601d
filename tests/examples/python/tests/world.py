"""Worlds of the mock server, by its control API."""

import httpx
import pytest

MEMBERS = 25


def fixtures() -> dict:
    """An organization at each vendor with 25 members; `member-20@example.com` is the only administrator at Clerk."""
    people = [f"member-{number:02}" for number in range(1, MEMBERS + 1)]
    return {
        "clerk": {
            "secret_keys": [{"secret": "sk_test_offboarding"}],
            "users": [{"id": f"user_{name}", "email_addresses": [f"{name}@example.com"]} for name in people],
            "organizations": [{"id": "org_acme", "name": "Acme", "max_allowed_memberships": 0}],
            "memberships": [
                {
                    "organization": "org_acme",
                    "user": f"user_{name}",
                    "role": "org:admin" if name == "member-20" else "org:member",
                    "created_at": f"2025-01-01T00:00:{number:02}Z",
                }
                for number, name in enumerate(people)
            ],
        },
        "logto": {
            "applications": [{"id": "offboarding", "secret": "offboarding-secret", "token_seconds": 3600}],
            "users": [{"id": name, "primary_email": f"{name}@example.com"} for name in people],
            "organizations": [{"id": "acme", "name": "Acme"}],
            "memberships": [{"organization": "acme", "user": name} for name in people],
        },
    }


class Worlds:
    """A running mock server."""

    def __init__(self, url: str, token: str | None):
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._control = httpx.Client(base_url=f"{url}/_mock", headers=headers, timeout=30)

    def make(self, test: str, state: dict) -> "World":
        """A test's own world, whose clock stands still. Whatever is reported of it later has the name of the test."""
        body = {"name": test[:64], "fixtures": state, "clock": {"frozen_at": "2026-01-01T00:00:00Z"}}
        made = self._control.post("/worlds", json=body).raise_for_status().json()
        return World(self._control, made)


class World:
    """One world."""

    def __init__(self, control: httpx.Client, made: dict):
        self._control = control
        self._path = f"/worlds/{made['name']}"
        self.clerk_url = made["base_urls"]["clerk"]
        self.logto_url = made["base_urls"]["logto"]

    def _call(self, method: str, path: str, body=None):
        response = self._control.request(method, self._path + path, json=body).raise_for_status()
        return response.json() if response.content else None

    def forget(self):
        self._call("DELETE", "")

    def advance(self, seconds: float):
        self._call("POST", "/clock/advance", {"by": f"PT{seconds}S"})

    def now(self) -> str:
        return self._call("GET", "/clock")["now"]

    def go_wrong(self, match: dict, effect: dict):
        self._call("POST", "/faults", {"match": match, "effect": effect})

    def is_member(self, name: str) -> tuple[bool, bool]:
        """Whether the person is a member at Clerk and at Logto."""
        state = self._call("GET", "/state")
        return (
            any(member["user"] == f"user_{name}" for member in state["clerk"]["memberships"]),
            any(member["user"] == name for member in state["logto"]["memberships"]),
        )

    def violations(self) -> list[str]:
        """What the service did that no contract has."""
        found = self._call("GET", "/violations")["violations"]
        return [f"{violation['path']}: {violation['kind']} {violation['pointer']}" for violation in found]

    def verify(self, *expected: dict, in_order: bool = False):
        """Fails the test, with what came nearest, unless this was called."""
        body = {"expect": list(expected), "in_order": in_order}
        response = self._control.post(f"{self._path}/requests/verify", json=body)
        if response.status_code == httpx.codes.CONFLICT:
            pytest.fail(response.json()["detail"], pytrace=False)
        response.raise_for_status()
