"""The service as it was first written. It works for one person in a small organization on a good day."""

import time

import httpx

from service import NO_MEMBER, REMOVED, Outcome, Settings


class Offboarding:
    def __init__(self, settings: Settings, sleep=time.sleep):
        self.settings = settings
        self.clerk = httpx.Client(
            base_url=settings.clerk_url,
            headers={"Authorization": f"Bearer {settings.clerk_secret_key}"},
        )
        self.logto = httpx.Client(base_url=settings.logto_url)
        token = self.logto.post(
            "/oidc/token",
            data={
                "grant_type": "client_credentials",
                "client_id": settings.logto_application,
                "client_secret": settings.logto_secret,
                "resource": "https://default.logto.app/api",
                "scope": "all",
            },
        )
        self.logto.headers["Authorization"] = f"Bearer {token.json()['access_token']}"

    def remove(self, email: str) -> list[Outcome]:
        return [self.leave_clerk(email), self.leave_logto(email)]

    def leave_clerk(self, email: str) -> Outcome:
        memberships = f"/organizations/{self.settings.clerk_organization}/memberships"
        page = self.clerk.get(memberships, params={"email_address": email}).raise_for_status().json()
        for membership in page["data"]:
            user = membership["public_user_data"]
            if user["identifier"] == email:
                self.clerk.delete(f"{memberships}/{user['user_id']}").raise_for_status()
                return Outcome("Clerk", REMOVED)
        return Outcome("Clerk", NO_MEMBER)

    def leave_logto(self, email: str) -> Outcome:
        members = f"/api/organizations/{self.settings.logto_organization}/users"
        for user in self.logto.get(members).raise_for_status().json():
            if user["primaryEmail"] == email:
                self.logto.delete(f"{members}/{user['id']}").raise_for_status()
                return Outcome("Logto", REMOVED)
        return Outcome("Logto", NO_MEMBER)
