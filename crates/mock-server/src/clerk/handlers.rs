use api_support::{Call, Rejection, WireRules};
use membership_apis::clerk::operations::{
    CreateOrganizationMembership, CreateOrganizationMembershipResponse, DeleteOrganizationMembership,
    DeleteOrganizationMembershipResponse, ListOrganizationMemberships, ListOrganizationMembershipsResponse,
    UpdateOrganizationMembership, UpdateOrganizationMembershipMetadata,
    UpdateOrganizationMembershipMetadataResponse, UpdateOrganizationMembershipResponse,
};
use membership_apis::clerk::{ClerkApi, ClerkCredentials, ClerkRefusal};

use super::{Clerk, access, error};
use crate::visit::{Unmade, Visit};

impl ClerkApi for Clerk {
    type Context = Visit;
    type Error = Unmade;
    const WIRE: WireRules = access::WIRE;

    fn authenticate(&self, call: &Call<'_>, credentials: ClerkCredentials) -> Result<Visit, Rejection> {
        access::authenticate(call, &credentials)
    }

    fn reject(&self, _: Option<&Visit>, call: &Call<'_>, rejection: Rejection) -> ClerkRefusal {
        error::refusal(call, &rejection)
    }

    fn fail(&self, _: &Visit, _: &Call<'_>, error: Unmade) -> ClerkRefusal {
        ClerkRefusal::Undocumented(error.answer())
    }

    async fn create_organization_membership(
        &self,
        visit: Visit,
        _: CreateOrganizationMembership,
    ) -> Result<CreateOrganizationMembershipResponse, Unmade> {
        visit.faked()
    }

    async fn list_organization_memberships(
        &self,
        visit: Visit,
        _: ListOrganizationMemberships,
    ) -> Result<ListOrganizationMembershipsResponse, Unmade> {
        visit.faked()
    }

    async fn update_organization_membership(
        &self,
        visit: Visit,
        _: UpdateOrganizationMembership,
    ) -> Result<UpdateOrganizationMembershipResponse, Unmade> {
        visit.faked()
    }

    async fn delete_organization_membership(
        &self,
        visit: Visit,
        _: DeleteOrganizationMembership,
    ) -> Result<DeleteOrganizationMembershipResponse, Unmade> {
        visit.faked()
    }

    async fn update_organization_membership_metadata(
        &self,
        visit: Visit,
        _: UpdateOrganizationMembershipMetadata,
    ) -> Result<UpdateOrganizationMembershipMetadataResponse, Unmade> {
        visit.faked()
    }
}
