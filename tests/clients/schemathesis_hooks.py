"""Hooks of Schemathesis: what an operation is called with where the documents' examples would get in each other's way or
where names that exist stand too deep for dictionaries, and how the control API's YAML is read.

The phases `examples` and `coverage` call every operation with its parameters' examples, which are the same throughout a
document: what is deleted, renamed or replaced there is missing for all that follow. So that it is not, the operations
below are called with others instead.
"""

import schemathesis

# Names that a call can be expected by.
APIS = ("clerk", "logto", "whylabs", "enhance")
OPERATION = "CreateOrganizationMembership"

# By operation and parameter: the example, and what stands in for it.
INSTEAD = {
    "api_organizations_id_patch": {"id": ("acme00000001", "emptyorg0003")},
    "api_organizations_id_delete": {"id": ("acme00000001", "emptyorg0003")},
    "api_organizations_id_users_put": {"id": ("acme00000001", "globex000002")},
    "api_organizations_id_users_user_id_delete": {"userId": ("alice0000001", "erin00000005")},
    "api_organizations_id_users_user_id_roles_put": {"userId": ("alice0000001", "carol0000003")},
    "api_organizations_id_users_user_id_roles_role_id_delete": {
        "roleId": ("role_admin_0000000001", "role_member_000000002")
    },
}


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None or case.meta.phase.name.value not in ("examples", "coverage"):
        return
    instead = INSTEAD.get(case.operation.definition.raw.get("operationId"), {})
    for name, (example, other) in instead.items():
        if case.path_parameters.get(name) == example:
            case.path_parameters[name] = other


@schemathesis.hook("before_call")
def expect_what_there_can_be(context, case, kwargs):
    """Has calls expected that there can be, so often as makes sense, where nothing else is wrong with it."""
    if case.operation.definition.raw.get("operationId") != "verifyRequests" or not isinstance(case.body, dict):
        return
    expected = case.body.get("expect")
    for expectation in expected if isinstance(expected, list) else []:
        if not isinstance(expectation, dict):
            continue
        match = expectation.get("match")
        if isinstance(match, dict) and isinstance(match.get("operation"), str):
            match["operation"] = OPERATION
            if match.get("api") in APIS:
                match["api"] = "clerk"
        numbers = [expectation[name] for name in ("count", "at_least", "at_most") if name in expectation]
        if len(numbers) > 1 and all(type(number) is int and 0 <= number < 2**63 for number in numbers):
            expectation.pop("at_least", None)
            expectation.pop("at_most", None)
            expectation["count"] = numbers[0]


# Whichever of its own readers of YAML Schemathesis would take first, this one stands in for it.
@schemathesis.deserializer(
    "text/yaml", "text/x-yaml", "text/vnd.yaml", "text/yml", "application/yaml", "application/x-yaml"
)
def as_text(context, response):
    """A document as it is written is a text to whoever describes it; what it says is none of the answer's schema."""
    return response.text
