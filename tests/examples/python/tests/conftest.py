"""A world of the mock server for each test, and the service in it."""

import importlib
import os

import pytest

from service import Settings
from world import Worlds, fixtures


@pytest.fixture(scope="session")
def worlds():
    return Worlds(os.environ.get("ROLLCALL_URL", "http://127.0.0.1:4010"), os.environ.get("MOCK_CONTROL_TOKEN"))


@pytest.fixture
def world(worlds, request):
    world = worlds.make(request.node.name, fixtures())
    yield world
    world.forget()


@pytest.fixture
def offboarding(world):
    """The service, whose waits set the world's clock forward instead of taking time."""
    service = importlib.import_module(os.environ.get("SERVICE", "service.offboarding"))
    settings = Settings(
        clerk_url=world.clerk_url,
        clerk_secret_key="sk_test_offboarding",
        clerk_organization="org_acme",
        logto_url=world.logto_url,
        logto_application="offboarding",
        logto_secret="offboarding-secret",
        logto_organization="acme",
    )
    return service.Offboarding(settings, sleep=world.advance)
