"""A service that takes people who leave out of their organizations at Clerk and Logto."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """Where the vendors are, and who calls them for which organizations."""

    clerk_url: str
    clerk_secret_key: str
    clerk_organization: str
    logto_url: str
    logto_application: str
    logto_secret: str
    logto_organization: str


@dataclass(frozen=True)
class Outcome:
    """What became of a membership at one vendor."""

    vendor: str
    result: str
    reason: str = ""


REMOVED = "removed"
NO_MEMBER = "no member"
REFUSED = "refused"
