"""What the service has to do, whatever the vendors do."""

from service import NO_MEMBER, REFUSED, REMOVED, Outcome

# Without saying how long a page shall be, Clerk lists the ten newest members first, and Logto the twenty oldest.
SOMEBODY = "member-16"
ADMINISTRATOR = "member-20"
BEYOND_CLERKS_FIRST_PAGE = "member-02"
BEYOND_LOGTOS_FIRST_PAGE = "member-25"

BOTH_REMOVED = [Outcome("Clerk", REMOVED), Outcome("Logto", REMOVED)]
REMOVAL = "DeleteOrganizationMembership"


def test_a_member_is_removed_from_both(world, offboarding):
    assert offboarding.remove(f"{SOMEBODY}@example.com") == BOTH_REMOVED

    assert world.is_member(SOMEBODY) == (False, False)
    assert world.is_member(ADMINISTRATOR) == (True, True)
    world.verify(
        {"match": {"operation": REMOVAL, "path": f"/v1/organizations/*/memberships/user_{SOMEBODY}"}},
        {"match": {"method": "DELETE", "path": f"/api/organizations/acme/users/{SOMEBODY}", "status": 204}},
        in_order=True,
    )


def test_who_is_no_member_is_no_problem(world, offboarding):
    outcomes = offboarding.remove("stranger@example.com")

    assert outcomes == [Outcome("Clerk", NO_MEMBER), Outcome("Logto", NO_MEMBER)]
    world.verify({"match": {"method": "DELETE"}, "count": 0})


def test_members_beyond_the_first_page_are_found(world, offboarding):
    for name in (BEYOND_CLERKS_FIRST_PAGE, BEYOND_LOGTOS_FIRST_PAGE):
        assert offboarding.remove(f"{name}@example.com") == BOTH_REMOVED

        assert world.is_member(name) == (False, False)


def test_nothing_is_sent_that_the_contracts_do_not_have(world, offboarding):
    offboarding.remove(f"{SOMEBODY}@example.com")

    assert world.violations() == []


def test_the_last_administrator_stays_and_the_reason_is_told(world, offboarding):
    clerk, logto = offboarding.remove(f"{ADMINISTRATOR}@example.com")

    assert (clerk.result, logto) == (REFUSED, Outcome("Logto", REMOVED))
    assert clerk.reason
    assert world.is_member(ADMINISTRATOR) == (True, False)


def test_a_rate_limit_is_waited_out(world, offboarding):
    world.go_wrong({"api": "clerk"}, {"kind": "rate_limit", "requests": 1, "seconds": 30})

    assert offboarding.remove(f"{SOMEBODY}@example.com") == BOTH_REMOVED

    assert world.now() == "2026-01-01T00:00:30Z"
    world.verify(
        {"match": {"operation": REMOVAL, "status": 429}},
        {"match": {"operation": REMOVAL, "status": 200}},
        in_order=True,
    )


def test_an_outage_is_waited_out(world, offboarding):
    outage = {"kind": "raw", "status": 503, "headers": {"retry-after": "7"}}
    world.go_wrong({"api": "logto", "method": "DELETE", "times": 2}, outage)

    assert offboarding.remove(f"{SOMEBODY}@example.com") == BOTH_REMOVED

    assert world.now() == "2026-01-01T00:00:14Z"
    world.verify({"match": {"api": "logto", "method": "DELETE"}, "count": 3})


def test_a_removal_whose_answer_is_lost_is_made_again(world, offboarding):
    lost = {"kind": "cut_connection", "after_handling": True}
    world.go_wrong({"operation": REMOVAL, "times": 1}, lost)

    outcomes = offboarding.remove(f"{SOMEBODY}@example.com")

    # The first try did it; the second one finds nobody.
    assert outcomes == [Outcome("Clerk", NO_MEMBER), Outcome("Logto", REMOVED)]
    assert world.is_member(SOMEBODY) == (False, False)
    world.verify({"match": {"operation": REMOVAL}, "count": 2})


def test_a_token_that_has_expired_is_renewed(world, offboarding):
    assert offboarding.remove(f"{SOMEBODY}@example.com") == BOTH_REMOVED
    world.advance(2 * 60 * 60)

    assert offboarding.remove("member-17@example.com") == BOTH_REMOVED
    world.verify({"match": {"method": "POST", "path": "/oidc/token"}, "count": 2})
