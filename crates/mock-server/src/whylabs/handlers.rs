use api_support::{Call, Rejection, WireRules};
use membership_apis::whylabs::operations::{
    CreateOrganizationMembership, CreateOrganizationMembershipResponse, ListOrganizationMemberships,
    ListOrganizationMembershipsResponse, RemoveOrganizationMembership, RemoveOrganizationMembershipResponse,
    UpdateOrganizationMembership, UpdateOrganizationMembershipResponse,
};
use membership_apis::whylabs::{WhylabsApi, WhylabsCredentials, WhylabsRefusal};

use super::{WhylabsServer, access, error};
use crate::visit::{Unmade, Visit};

impl WhylabsApi for WhylabsServer {
    type Context = Visit;
    type Error = Unmade;
    const WIRE: WireRules = access::WIRE;

    fn authenticate(&self, call: &Call<'_>, credentials: WhylabsCredentials) -> Result<Visit, Rejection> {
        access::authenticate(call, &credentials)
    }

    fn reject(&self, _: Option<&Visit>, call: &Call<'_>, rejection: Rejection) -> WhylabsRefusal {
        error::refusal(call, &rejection)
    }

    fn fail(&self, _: &Visit, _: &Call<'_>, error: Unmade) -> WhylabsRefusal {
        WhylabsRefusal::Undocumented(error.answer())
    }

    async fn list_organization_memberships(
        &self,
        visit: Visit,
        _: ListOrganizationMemberships,
    ) -> Result<ListOrganizationMembershipsResponse, Unmade> {
        visit.faked()
    }

    async fn create_organization_membership(
        &self,
        visit: Visit,
        _: CreateOrganizationMembership,
    ) -> Result<CreateOrganizationMembershipResponse, Unmade> {
        visit.faked()
    }

    async fn update_organization_membership(
        &self,
        visit: Visit,
        _: UpdateOrganizationMembership,
    ) -> Result<UpdateOrganizationMembershipResponse, Unmade> {
        visit.faked()
    }

    async fn remove_organization_membership(
        &self,
        visit: Visit,
        _: RemoveOrganizationMembership,
    ) -> Result<RemoveOrganizationMembershipResponse, Unmade> {
        visit.faked()
    }
}
