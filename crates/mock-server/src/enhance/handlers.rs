use api_support::{Call, Rejection, WireRules};
use membership_apis::enhance::operations::{
    AcceptInvite, AcceptInviteResponse, CreateAccessToken, CreateAccessTokenResponse, CreateInvite,
    CreateInviteResponse, CreateMember, CreateMemberResponse, DeleteAccessToken, DeleteAccessTokenResponse,
    DeleteMember, DeleteMemberResponse, DeleteOwner, DeleteOwnerResponse, GetAccessTokens,
    GetAccessTokensResponse, GetMember, GetMemberResponse, GetMembers, GetMembersResponse, GetOrgMemberLogin,
    GetOrgMemberLoginResponse, UpdateMember, UpdateMemberResponse, UpdateOwner, UpdateOwnerResponse,
    ValidateInvite, ValidateInviteResponse,
};
use membership_apis::enhance::{EnhanceApi, EnhanceCredentials, EnhanceRefusal};

use super::{EnhanceServer, access, error};
use crate::visit::{Unmade, Visit};

impl EnhanceApi for EnhanceServer {
    type Context = Visit;
    type Error = Unmade;
    const WIRE: WireRules = access::WIRE;

    fn authenticate(&self, call: &Call<'_>, credentials: EnhanceCredentials) -> Result<Visit, Rejection> {
        access::authenticate(call, credentials)
    }

    fn reject(&self, _: Option<&Visit>, call: &Call<'_>, rejection: Rejection) -> EnhanceRefusal {
        error::refusal(call, &rejection)
    }

    fn fail(&self, _: &Visit, _: &Call<'_>, error: Unmade) -> EnhanceRefusal {
        EnhanceRefusal::Undocumented(error.answer())
    }

    async fn create_access_token(
        &self,
        visit: Visit,
        _: CreateAccessToken,
    ) -> Result<CreateAccessTokenResponse, Unmade> {
        visit.faked()
    }

    async fn get_access_tokens(
        &self,
        visit: Visit,
        _: GetAccessTokens,
    ) -> Result<GetAccessTokensResponse, Unmade> {
        visit.faked()
    }

    async fn delete_access_token(
        &self,
        visit: Visit,
        _: DeleteAccessToken,
    ) -> Result<DeleteAccessTokenResponse, Unmade> {
        visit.faked()
    }

    async fn create_member(&self, visit: Visit, _: CreateMember) -> Result<CreateMemberResponse, Unmade> {
        visit.faked()
    }

    async fn get_members(&self, visit: Visit, _: GetMembers) -> Result<GetMembersResponse, Unmade> {
        visit.faked()
    }

    async fn get_member(&self, visit: Visit, _: GetMember) -> Result<GetMemberResponse, Unmade> {
        visit.faked()
    }

    async fn update_member(&self, visit: Visit, _: UpdateMember) -> Result<UpdateMemberResponse, Unmade> {
        visit.faked()
    }

    async fn delete_member(&self, visit: Visit, _: DeleteMember) -> Result<DeleteMemberResponse, Unmade> {
        visit.faked()
    }

    async fn get_org_member_login(
        &self,
        visit: Visit,
        _: GetOrgMemberLogin,
    ) -> Result<GetOrgMemberLoginResponse, Unmade> {
        visit.faked()
    }

    async fn update_owner(&self, visit: Visit, _: UpdateOwner) -> Result<UpdateOwnerResponse, Unmade> {
        visit.faked()
    }

    async fn delete_owner(&self, visit: Visit, _: DeleteOwner) -> Result<DeleteOwnerResponse, Unmade> {
        visit.faked()
    }

    async fn create_invite(&self, visit: Visit, _: CreateInvite) -> Result<CreateInviteResponse, Unmade> {
        visit.faked()
    }

    async fn accept_invite(&self, visit: Visit, _: AcceptInvite) -> Result<AcceptInviteResponse, Unmade> {
        visit.faked()
    }

    async fn validate_invite(
        &self,
        visit: Visit,
        _: ValidateInvite,
    ) -> Result<ValidateInviteResponse, Unmade> {
        visit.faked()
    }
}
