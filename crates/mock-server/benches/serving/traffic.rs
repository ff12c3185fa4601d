//! What is asked of the default world, over and over.

use mock_server::membership_apis::clerk::models::{
    CreateOrganizationMembershipRequest, OrganizationMembership, OrganizationMemberships,
};
use mock_server::membership_apis::enhance::models::{MembersListing, UpdateMember};
use mock_server::membership_apis::logto::models::{AddedUsers, UserWithOrganizationRoles};
use mock_server::membership_apis::whylabs;

use crate::yardstick::{Ready, reading, writing, writing_only};

/// Requests, each connection's in order, and the yardstick for them.
pub(crate) struct Traffic {
    pub(crate) name: &'static str,
    pub(crate) connections: Vec<Vec<String>>,
    pub(crate) ready: Ready,
}

const CLERK: &str = "authorization: Bearer sk_test_rollcall";
const LOGTO: &str = "authorization: Bearer mock-token";
const ENHANCE: &str = LOGTO;
const WHYLABS: &str = "x-api-key: RollcallK1.RollcallMockServerAnyKeyOfThisFormxxxxxxxxxxxxxxxxxxx";

/// The traffic of all four APIs. Those that write undo it, each connection with something of its own, so that every
/// request succeeds.
pub(crate) fn all() -> Vec<Traffic> {
    [clerk(), logto(), whylabs(), enhance()]
        .into_iter()
        .flatten()
        .collect()
}

fn clerk() -> Vec<Traffic> {
    let memberships = "/v1/organizations/org_29w9IfBrPmcpi0IeBVaKtA7R94W/memberships";
    let add_and_remove = |user: &str| {
        let body = format!(r#"{{"user_id":"{user}","role":"org:member"}}"#);
        vec![
            request("POST", memberships, CLERK, &body),
            request("DELETE", &format!("{memberships}/{user}"), CLERK, ""),
        ]
    };
    let newcomers = [
        "user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb",
        "user_2OEpLsL9xVQ2zg4mZaouqKLiMcV",
    ];
    vec![
        Traffic {
            name: "clerk list-1",
            connections: vec![vec![get(&format!("{memberships}?limit=1"), CLERK)]],
            ready: reading::<OrganizationMemberships>,
        },
        Traffic {
            name: "clerk list-20",
            connections: vec![vec![get(&format!("{memberships}?limit=20"), CLERK)]],
            ready: reading::<OrganizationMemberships>,
        },
        Traffic {
            name: "clerk add+remove",
            connections: newcomers.map(add_and_remove).into(),
            ready: writing::<CreateOrganizationMembershipRequest, OrganizationMembership>,
        },
    ]
}

fn logto() -> Vec<Traffic> {
    let users = "/api/organizations/acme00000001/users";
    let add_and_remove = |user: &str| {
        let body = format!(r#"{{"userIds":["{user}"]}}"#);
        vec![
            request("POST", users, LOGTO, &body),
            request("DELETE", &format!("{users}/{user}"), LOGTO, ""),
        ]
    };
    vec![
        Traffic {
            name: "logto list",
            connections: vec![vec![get(users, LOGTO)]],
            ready: reading::<Vec<UserWithOrganizationRoles>>,
        },
        Traffic {
            name: "logto add+remove",
            connections: ["erin00000005", "frank0000006"].map(add_and_remove).into(),
            ready: writing_only::<AddedUsers>,
        },
    ]
}

fn whylabs() -> Vec<Traffic> {
    let membership = "/v0/organizations/org-123/membership";
    let change = |role: &str| {
        let target = format!("{membership}?email=member%40acme.ai&role={role}");
        request("PUT", &target, WHYLABS, "")
    };
    vec![
        Traffic {
            name: "whylabs list",
            connections: vec![vec![get(membership, WHYLABS)]],
            ready: reading::<whylabs::models::OrganizationMemberships>,
        },
        Traffic {
            name: "whylabs change",
            connections: vec![vec![change("VIEWER"), change("MEMBER")]],
            ready: reading::<whylabs::models::MembershipMetadata>,
        },
    ]
}

fn enhance() -> Vec<Traffic> {
    let members = "/orgs/c2d94473-b911-4f5f-bc9c-77efd52d8f8f/members";
    let change = |roles: &str| {
        let target = format!("{members}/191c255b-3e8b-44e9-930f-fa75a0bff66f");
        request("PUT", &target, ENHANCE, &format!(r#"{{"roles":{roles}}}"#))
    };
    vec![
        Traffic {
            name: "enhance list",
            connections: vec![vec![get(members, ENHANCE)]],
            ready: reading::<MembersListing>,
        },
        Traffic {
            name: "enhance change",
            connections: vec![vec![change(r#"["Support"]"#), change(r#"["Business"]"#)]],
            ready: writing_only::<UpdateMember>,
        },
    ]
}

fn get(target: &str, credential: &str) -> String {
    request("GET", target, credential, "")
}

/// A request as it goes over the wire.
pub(crate) fn request(method: &str, target: &str, credential: &str, body: &str) -> String {
    format!(
        "{method} {target} HTTP/1.1\r\nhost: bench\r\n{credential}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}
