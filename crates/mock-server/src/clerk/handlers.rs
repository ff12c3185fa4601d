use api_support::{Call, Number, Rejection, WireRules};
use membership_apis::clerk::operations::{
    CreateOrganizationMembership, CreateOrganizationMembershipResponse, DeleteOrganizationMembership,
    DeleteOrganizationMembershipResponse, ListOrganizationMemberships, ListOrganizationMembershipsResponse,
    UpdateOrganizationMembership, UpdateOrganizationMembershipMetadata,
    UpdateOrganizationMembershipMetadataResponse, UpdateOrganizationMembershipResponse,
};
use membership_apis::clerk::{ClerkApi, ClerkCredentials, ClerkRefusal};

use super::access::{self, Caller};
use super::metadata::{Metadata, MetadataPatch, Patch};
use super::sorting::Sorting;
use super::store::{Addition, Paging, Refusal};
use super::{ClerkServer, body, error, trace};

impl ClerkApi for ClerkServer {
    type Context = Caller;
    type Error = Refusal;
    const WIRE: WireRules = access::WIRE;

    fn authenticate(&self, call: &Call<'_>, credentials: ClerkCredentials) -> Result<Caller, Rejection> {
        access::authenticate(call, &credentials)
    }

    fn admit(&self, caller: &Caller, call: &Call<'_>) -> Result<(), ClerkRefusal> {
        access::admit(caller, call).map_err(|refusal| error::of_store(call, &refusal))
    }

    fn reject(&self, _: Option<&Caller>, call: &Call<'_>, rejection: Rejection) -> ClerkRefusal {
        error::of_rejection(call, &rejection)
    }

    fn fail(&self, _: &Caller, call: &Call<'_>, refusal: Refusal) -> ClerkRefusal {
        error::of_store(call, &refusal)
    }

    async fn create_organization_membership(
        &self,
        caller: Caller,
        request: CreateOrganizationMembership,
    ) -> Result<CreateOrganizationMembershipResponse, Refusal> {
        let sent = request.body;
        let addition = Addition {
            user_id: sent.user_id,
            role: sent.role,
            public_metadata: sent
                .public_metadata
                .into_option()
                .flatten()
                .map(Metadata::from)
                .unwrap_or_default(),
            private_metadata: sent
                .private_metadata
                .into_option()
                .flatten()
                .map(Metadata::from)
                .unwrap_or_default(),
        };
        let added = caller
            .change(|clerk, effects| clerk.add(effects, &caller.key, &request.organization_id, addition))?;
        let headers = trace::headers(&caller.visit);
        Ok(CreateOrganizationMembershipResponse::Ok(
            body::membership(&added),
            headers,
        ))
    }

    async fn list_organization_memberships(
        &self,
        caller: Caller,
        request: ListOrganizationMemberships,
    ) -> Result<ListOrganizationMembershipsResponse, Refusal> {
        let paging = Paging {
            limit: count(request.limit),
            offset: count(request.offset),
            sorting: request
                .order_by
                .as_deref()
                .and_then(Sorting::read)
                .unwrap_or_default(),
        };
        let page = caller
            .state()
            .clerk
            .list(&caller.key, &request.organization_id, paging)?;
        let headers = trace::headers(&caller.visit);
        Ok(ListOrganizationMembershipsResponse::Ok(
            body::page(&page),
            headers,
        ))
    }

    async fn update_organization_membership(
        &self,
        caller: Caller,
        request: UpdateOrganizationMembership,
    ) -> Result<UpdateOrganizationMembershipResponse, Refusal> {
        let UpdateOrganizationMembership {
            organization_id,
            user_id,
            body: sent,
        } = request;
        let changed = caller.change(|clerk, effects| {
            clerk.set_role(effects, &caller.key, &organization_id, &user_id, sent.role)
        })?;
        let headers = trace::headers(&caller.visit);
        Ok(UpdateOrganizationMembershipResponse::Ok(
            body::membership(&changed),
            headers,
        ))
    }

    async fn delete_organization_membership(
        &self,
        caller: Caller,
        request: DeleteOrganizationMembership,
    ) -> Result<DeleteOrganizationMembershipResponse, Refusal> {
        let DeleteOrganizationMembership {
            organization_id,
            user_id,
        } = request;
        let removed =
            caller.change(|clerk, effects| clerk.remove(effects, &caller.key, &organization_id, &user_id))?;
        let headers = trace::headers(&caller.visit);
        Ok(DeleteOrganizationMembershipResponse::Ok(
            body::membership(&removed),
            headers,
        ))
    }

    async fn update_organization_membership_metadata(
        &self,
        caller: Caller,
        request: UpdateOrganizationMembershipMetadata,
    ) -> Result<UpdateOrganizationMembershipMetadataResponse, Refusal> {
        let UpdateOrganizationMembershipMetadata {
            organization_id,
            user_id,
            body: sent,
        } = request;
        let patch = MetadataPatch {
            public: Patch(sent.public_metadata),
            private: Patch(sent.private_metadata),
        };
        let changed = caller.change(|clerk, effects| {
            clerk.merge_metadata(effects, &caller.key, &organization_id, &user_id, patch)
        })?;
        let headers = trace::headers(&caller.visit);
        Ok(UpdateOrganizationMembershipMetadataResponse::Ok(
            body::membership(&changed),
            headers,
        ))
    }
}

/// A number that the document has checked to be whole and not negative; more than fits is more than there is.
fn count(number: Number) -> usize {
    number
        .as_i64()
        .map_or(usize::MAX, |number| usize::try_from(number).unwrap_or_default())
}
