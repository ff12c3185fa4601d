use api_support::{Call, Rejection, WireRules};
use membership_apis::enhance::models::{GetMembersSortBy, GetMembersSortOrder, NewResourceUuid};
use membership_apis::enhance::operations::{
    AcceptInvite, AcceptInviteOkHeaders, AcceptInviteResponse, CreateAccessToken, CreateAccessTokenResponse,
    CreateInvite, CreateInviteResponse, CreateMember, CreateMemberResponse, DeleteAccessToken,
    DeleteAccessTokenResponse, DeleteMember, DeleteMemberResponse, DeleteOwner, DeleteOwnerResponse,
    GetAccessTokens, GetAccessTokensResponse, GetMember, GetMemberResponse, GetMembers, GetMembersResponse,
    GetOrgMemberLogin, GetOrgMemberLoginResponse, UpdateMember, UpdateMemberResponse, UpdateOwner,
    UpdateOwnerResponse, ValidateInvite, ValidateInviteResponse,
};
use membership_apis::enhance::{EnhanceApi, EnhanceCredentials, EnhanceRefusal};

use super::access::{self, Caller};
use super::model::{Expiry, Role};
use super::store::{Invitation, Listing, Proof, Refusal, Settings, SortKey, TokenRequest};
use super::{EnhanceServer, body, error, landing};

impl EnhanceApi for EnhanceServer {
    type Context = Caller;
    type Error = Refusal;
    const WIRE: WireRules = access::WIRE;

    fn authenticate(&self, call: &Call<'_>, credentials: EnhanceCredentials) -> Result<Caller, Rejection> {
        access::authenticate(call, &credentials)
    }

    fn admit(&self, caller: &Caller, call: &Call<'_>) -> Result<(), EnhanceRefusal> {
        access::admit(caller, call).map_err(|refusal| error::of_store(&refusal))
    }

    fn reject(&self, _: Option<&Caller>, call: &Call<'_>, rejection: Rejection) -> EnhanceRefusal {
        error::of_rejection(call, &rejection)
    }

    fn fail(&self, _: &Caller, _: &Call<'_>, refusal: Refusal) -> EnhanceRefusal {
        error::of_store(&refusal)
    }

    async fn create_access_token(
        &self,
        caller: Caller,
        request: CreateAccessToken,
    ) -> Result<CreateAccessTokenResponse, Refusal> {
        let sent = request.body;
        let token = TokenRequest {
            roles: roles(sent.roles),
            friendly_name: sent.friendly_name,
            expiry: sent.token_expires.map(Expiry::read),
        };
        let made = caller
            .change(|enhance, effects| enhance.add_token(effects, &caller.who, &request.org_id, token))?;
        Ok(CreateAccessTokenResponse::Created(body::new_token(made)))
    }

    async fn get_access_tokens(
        &self,
        caller: Caller,
        request: GetAccessTokens,
    ) -> Result<GetAccessTokensResponse, Refusal> {
        let state = caller.state();
        let tokens = state.enhance.tokens(&caller.who, &request.org_id)?;
        let tokens = tokens.iter().map(|token| body::token(token)).collect();
        Ok(GetAccessTokensResponse::Ok(tokens))
    }

    async fn delete_access_token(
        &self,
        caller: Caller,
        request: DeleteAccessToken,
    ) -> Result<DeleteAccessTokenResponse, Refusal> {
        let DeleteAccessToken { org_id, token_id } = request;
        caller.change(|enhance, _| enhance.remove_token(&caller.who, &org_id, &token_id))?;
        Ok(DeleteAccessTokenResponse::NoContent)
    }

    async fn create_member(
        &self,
        caller: Caller,
        request: CreateMember,
    ) -> Result<CreateMemberResponse, Refusal> {
        let CreateMember { org_id, body: sent } = request;
        let id = caller.change(|enhance, effects| {
            enhance.add_member(effects, &caller.who, &org_id, &sent.login_id, roles(sent.roles))
        })?;
        let made = NewResourceUuid { id: id.to_string() };
        Ok(CreateMemberResponse::Created(made))
    }

    async fn get_members(&self, caller: Caller, request: GetMembers) -> Result<GetMembersResponse, Refusal> {
        let listing = Listing {
            search: request.search.unwrap_or_default(),
            role: request.role.map(Role::from),
            site_access: request.site_access,
            sort_by: request.sort_by.map(SortKey::from),
            descending: request.sort_order == Some(GetMembersSortOrder::Desc),
            offset: request.offset.map_or(0, count),
            limit: request.limit.map_or(usize::MAX, count),
        };
        let state = caller.state();
        let page = state.enhance.members(&caller.who, &request.org_id, &listing)?;
        Ok(GetMembersResponse::Ok(body::page(&page)))
    }

    async fn get_member(&self, caller: Caller, request: GetMember) -> Result<GetMemberResponse, Refusal> {
        let GetMember { org_id, member_id } = request;
        let member = caller.state().enhance.member(&caller.who, &org_id, &member_id)?;
        Ok(GetMemberResponse::Ok(body::member(&member)))
    }

    async fn update_member(
        &self,
        caller: Caller,
        request: UpdateMember,
    ) -> Result<UpdateMemberResponse, Refusal> {
        let settings = Settings {
            roles: roles(request.body.roles.unwrap_or_default()),
            site_accesses: request.body.site_accesses.unwrap_or_default(),
            notifications: request.body.notifications.unwrap_or_default(),
        };
        let (organization, member) = (&request.org_id, &request.member_id);
        caller.change(|enhance, _| enhance.set_member(&caller.who, organization, member, settings))?;
        Ok(UpdateMemberResponse::Ok)
    }

    async fn delete_member(
        &self,
        caller: Caller,
        request: DeleteMember,
    ) -> Result<DeleteMemberResponse, Refusal> {
        let DeleteMember { org_id, member_id } = request;
        caller.change(|enhance, _| enhance.remove_member(&caller.who, &org_id, &member_id))?;
        Ok(DeleteMemberResponse::NoContent)
    }

    async fn get_org_member_login(
        &self,
        caller: Caller,
        request: GetOrgMemberLogin,
    ) -> Result<GetOrgMemberLoginResponse, Refusal> {
        let GetOrgMemberLogin { org_id, member_id } = request;
        let password = caller
            .change(|enhance, effects| enhance.add_login_link(effects, &caller.who, &org_id, &member_id))?;
        let link = landing::link(&caller.visit, password);
        Ok(GetOrgMemberLoginResponse::Created(link))
    }

    async fn update_owner(
        &self,
        caller: Caller,
        request: UpdateOwner,
    ) -> Result<UpdateOwnerResponse, Refusal> {
        let UpdateOwner { org_id, body: sent } = request;
        caller.change(|enhance, _| enhance.set_owner(&caller.who, &org_id, &sent.member_id))?;
        Ok(UpdateOwnerResponse::Ok)
    }

    async fn delete_owner(
        &self,
        caller: Caller,
        request: DeleteOwner,
    ) -> Result<DeleteOwnerResponse, Refusal> {
        caller.change(|enhance, _| enhance.remove_owner(&caller.who, &request.org_id))?;
        Ok(DeleteOwnerResponse::NoContent)
    }

    async fn create_invite(
        &self,
        caller: Caller,
        request: CreateInvite,
    ) -> Result<CreateInviteResponse, Refusal> {
        let sent = request.body;
        let invitation = Invitation {
            email: sent.email,
            name: sent.name,
            settings: Settings {
                roles: roles(sent.roles),
                site_accesses: sent.site_accesses.unwrap_or_default(),
                notifications: sent.notifications.unwrap_or_default(),
            },
            sends_mail: sent.send_email.unwrap_or(true),
        };
        let url = caller
            .change(|enhance, effects| enhance.invite(effects, &caller.who, &request.org_id, invitation))?;
        Ok(CreateInviteResponse::Created(url))
    }

    async fn accept_invite(
        &self,
        caller: Caller,
        request: AcceptInvite,
    ) -> Result<AcceptInviteResponse, Refusal> {
        let proof = request.body.map(|sent| Proof {
            email: sent.email,
            password: sent.password,
            locale: sent.locale.map(|locale| locale.to_string()),
        });
        let session = caller
            .change(|enhance, effects| enhance.accept(effects, &caller.who, &request.invite_id, proof))?;
        let base = &caller.visit.base;
        let headers = AcceptInviteOkHeaders {
            set_cookie: session.map(|secret| landing::cookie(base, &secret)),
        };
        Ok(AcceptInviteResponse::Ok(headers))
    }

    async fn validate_invite(
        &self,
        caller: Caller,
        request: ValidateInvite,
    ) -> Result<ValidateInviteResponse, Refusal> {
        let state = caller.state();
        let open = state.enhance.open_invite(&request.invite_id, state.clock.now());
        Ok(ValidateInviteResponse::Ok(body::invite(open.ok().as_ref())))
    }
}

fn roles(sent: Vec<membership_apis::enhance::models::Role>) -> Vec<Role> {
    sent.into_iter().map(Role::from).collect()
}

/// A number that the document has checked not to be negative; more than fits is more than there is.
fn count(number: i64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl From<GetMembersSortBy> for SortKey {
    fn from(key: GetMembersSortBy) -> Self {
        match key {
            GetMembersSortBy::Status => Self::Status,
            GetMembersSortBy::Name => Self::Name,
            GetMembersSortBy::Email => Self::Email,
            GetMembersSortBy::JoinedAt => Self::JoinedAt,
        }
    }
}
