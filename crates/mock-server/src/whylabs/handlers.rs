use api_support::http::StatusCode;
use api_support::{Call, IndexMap, Rejection, WireRules};
use membership_apis::whylabs::operations::{
    CreateOrganizationMembership, CreateOrganizationMembershipResponse, ListOrganizationMemberships,
    ListOrganizationMembershipsResponse, RemoveOrganizationMembership, RemoveOrganizationMembershipResponse,
    UpdateOrganizationMembership, UpdateOrganizationMembershipResponse,
};
use membership_apis::whylabs::{WhylabsApi, WhylabsCredentials, WhylabsRefusal};

use super::access::{self, Caller};
use super::store::{Addition, Refusal};
use super::{WhylabsServer, body, error};

impl WhylabsApi for WhylabsServer {
    type Context = Caller;
    type Error = Refusal;
    const WIRE: WireRules = access::WIRE;

    fn authenticate(&self, call: &Call<'_>, credentials: WhylabsCredentials) -> Result<Caller, Rejection> {
        access::authenticate(call, &credentials)
    }

    fn admit(&self, caller: &Caller, call: &Call<'_>) -> Result<(), WhylabsRefusal> {
        caller
            .admit(call)
            .map_err(|refusal| error::of_store(call, &refusal))
    }

    fn reject(&self, _: Option<&Caller>, call: &Call<'_>, rejection: Rejection) -> WhylabsRefusal {
        error::of_rejection(call, &rejection)
    }

    fn fail(&self, _: &Caller, call: &Call<'_>, refusal: Refusal) -> WhylabsRefusal {
        error::of_store(call, &refusal)
    }

    async fn list_organization_memberships(
        &self,
        caller: Caller,
        request: ListOrganizationMemberships,
    ) -> Result<ListOrganizationMembershipsResponse, Refusal> {
        let listed = caller.state().whylabs.list(&request.org_id)?;
        let body = body::memberships(&listed);
        Ok(ListOrganizationMembershipsResponse::Default(StatusCode::OK, body))
    }

    async fn create_organization_membership(
        &self,
        caller: Caller,
        request: CreateOrganizationMembership,
    ) -> Result<CreateOrganizationMembershipResponse, Refusal> {
        let addition = Addition {
            email: request.email,
            role: body::read_role(request.role),
            set_default: request.set_default.unwrap_or_default(),
        };
        let added = caller
            .change(|whylabs, effects| whylabs.add(effects, &caller.key, &request.org_id, &addition))?;
        let body = body::metadata(&added);
        Ok(CreateOrganizationMembershipResponse::Default(
            StatusCode::OK,
            body,
        ))
    }

    async fn update_organization_membership(
        &self,
        caller: Caller,
        request: UpdateOrganizationMembership,
    ) -> Result<UpdateOrganizationMembershipResponse, Refusal> {
        let role = body::read_role(request.role);
        let changed = caller.change(|whylabs, _| whylabs.set_role(&request.org_id, &request.email, role))?;
        let body = body::metadata(&changed);
        Ok(UpdateOrganizationMembershipResponse::Default(
            StatusCode::OK,
            body,
        ))
    }

    async fn remove_organization_membership(
        &self,
        caller: Caller,
        request: RemoveOrganizationMembership,
    ) -> Result<RemoveOrganizationMembershipResponse, Refusal> {
        caller.change(|whylabs, _| whylabs.remove(&request.org_id, &request.email))?;
        let body = IndexMap::new();
        Ok(RemoveOrganizationMembershipResponse::Default(
            StatusCode::OK,
            body,
        ))
    }
}
