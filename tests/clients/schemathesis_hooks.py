"""Hooks of Schemathesis: what an operation is called with where the documents' examples would get in each other's way.

The phases `examples` and `coverage` call every operation with its parameters' examples, which are the same throughout a
document: what is deleted, renamed or replaced there is missing for all that follow. So that it is not, the operations
below are called with others instead.
"""

import schemathesis

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
