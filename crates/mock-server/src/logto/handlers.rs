use api_support::{Call, Rejection, WireRules};
use membership_apis::logto::operations::{
    AddOrganizationUsers, AddOrganizationUsersResponse, AssignOrganizationRolesToUser,
    AssignOrganizationRolesToUserResponse, AssignOrganizationRolesToUsers,
    AssignOrganizationRolesToUsersResponse, CreateOrganization, CreateOrganizationResponse,
    DeleteOrganization, DeleteOrganizationResponse, DeleteOrganizationUser, DeleteOrganizationUserResponse,
    DeleteOrganizationUserRole, DeleteOrganizationUserRoleResponse, GetOrganization, GetOrganizationResponse,
    ListOrganizationUserRoles, ListOrganizationUserRolesResponse, ListOrganizationUsers,
    ListOrganizationUsersResponse, ListOrganizations, ListOrganizationsResponse,
    ReplaceOrganizationUserRoles, ReplaceOrganizationUserRolesResponse, ReplaceOrganizationUsers,
    ReplaceOrganizationUsersResponse, TotalNumberHeaders, UpdateOrganization, UpdateOrganizationResponse,
};
use membership_apis::logto::{LogtoApi, LogtoCredentials, LogtoRefusal};

use super::access::{self, Caller};
use super::store::{Change, Foundation, Page, Paging, Refusal};
use super::{LogtoServer, body, error, link};

/// The words that ask for featured members, in whatever case.
const YES: [&str; 6] = ["1", "true", "y", "yes", "yep", "yeah"];

impl LogtoApi for LogtoServer {
    type Context = Caller;
    type Error = Refusal;
    const WIRE: WireRules = access::WIRE;

    fn authenticate(&self, call: &Call<'_>, _: LogtoCredentials) -> Result<Caller, Rejection> {
        Ok(access::authenticate(call, self.anonymous)?)
    }

    fn admit(&self, caller: &Caller, call: &Call<'_>) -> Result<(), LogtoRefusal> {
        access::admit(caller, call).map_err(|refusal| error::of_store(&refusal))
    }

    fn reject(&self, _: Option<&Caller>, call: &Call<'_>, rejection: Rejection) -> LogtoRefusal {
        error::of_rejection(call, &rejection, self.anonymous)
    }

    fn fail(&self, _: &Caller, _: &Call<'_>, refusal: Refusal) -> LogtoRefusal {
        error::of_store(&refusal)
    }

    async fn list_organizations(
        &self,
        caller: Caller,
        request: ListOrganizations,
    ) -> Result<ListOrganizationsResponse, Refusal> {
        let paging = paging(request.page, request.page_size);
        let with_featured = request
            .show_featured
            .is_some_and(|word| YES.iter().any(|yes| yes.eq_ignore_ascii_case(&word)));
        let page = caller
            .state()
            .logto
            .list_organizations(request.q.as_deref(), paging);
        let rows = page.rows.iter().map(|view| body::listed(view, with_featured));
        Ok(ListOrganizationsResponse::Ok(
            rows.collect(),
            headers(&caller, paging, &page),
        ))
    }

    async fn create_organization(
        &self,
        caller: Caller,
        request: CreateOrganization,
    ) -> Result<CreateOrganizationResponse, Refusal> {
        let sent = request.body;
        let foundation = Foundation {
            name: sent.name,
            description: sent.description.into_option().flatten(),
            created_at: sent.created_at,
        };
        let created = caller.change(|logto, effects| Ok(logto.create_organization(effects, foundation)))?;
        Ok(CreateOrganizationResponse::Created(body::organization(&created)))
    }

    async fn get_organization(
        &self,
        caller: Caller,
        request: GetOrganization,
    ) -> Result<GetOrganizationResponse, Refusal> {
        let state = caller.state();
        let found = state.logto.organization(&request.id)?;
        Ok(GetOrganizationResponse::Ok(body::organization(&found.profile)))
    }

    async fn update_organization(
        &self,
        caller: Caller,
        request: UpdateOrganization,
    ) -> Result<UpdateOrganizationResponse, Refusal> {
        let UpdateOrganization { id, body: sent } = request;
        let change = Change {
            id: sent.id,
            name: sent.name,
            description: sent.description,
            created_at: sent.created_at,
        };
        let updated = caller.change(|logto, effects| logto.update_organization(effects, &id, change))?;
        Ok(UpdateOrganizationResponse::Ok(body::organization(&updated)))
    }

    async fn delete_organization(
        &self,
        caller: Caller,
        request: DeleteOrganization,
    ) -> Result<DeleteOrganizationResponse, Refusal> {
        caller.change(|logto, effects| logto.delete_organization(effects, &request.id))?;
        Ok(DeleteOrganizationResponse::NoContent)
    }

    async fn list_organization_users(
        &self,
        caller: Caller,
        request: ListOrganizationUsers,
    ) -> Result<ListOrganizationUsersResponse, Refusal> {
        let paging = paging(request.page, request.page_size);
        let page = caller
            .state()
            .logto
            .list_members(&request.id, request.q.as_deref(), paging)?;
        Ok(ListOrganizationUsersResponse::Ok(
            page.rows.iter().map(body::member).collect(),
            headers(&caller, paging, &page),
        ))
    }

    async fn add_organization_users(
        &self,
        caller: Caller,
        request: AddOrganizationUsers,
    ) -> Result<AddOrganizationUsersResponse, Refusal> {
        let users = request.body.user_ids;
        caller.change(|logto, effects| logto.add_members(effects, &request.id, &users))?;
        Ok(AddOrganizationUsersResponse::Created)
    }

    async fn replace_organization_users(
        &self,
        caller: Caller,
        request: ReplaceOrganizationUsers,
    ) -> Result<ReplaceOrganizationUsersResponse, Refusal> {
        let users = request.body.user_ids;
        caller.change(|logto, effects| logto.replace_members(effects, &request.id, &users))?;
        Ok(ReplaceOrganizationUsersResponse::NoContent)
    }

    async fn assign_organization_roles_to_users(
        &self,
        caller: Caller,
        request: AssignOrganizationRolesToUsers,
    ) -> Result<AssignOrganizationRolesToUsersResponse, Refusal> {
        let AssignOrganizationRolesToUsers { id, body: sent } = request;
        caller
            .change(|logto, _| logto.assign_to_members(&id, &sent.user_ids, &sent.organization_role_ids))?;
        Ok(AssignOrganizationRolesToUsersResponse::Created)
    }

    async fn delete_organization_user(
        &self,
        caller: Caller,
        request: DeleteOrganizationUser,
    ) -> Result<DeleteOrganizationUserResponse, Refusal> {
        let DeleteOrganizationUser { id, user_id } = request;
        caller.change(|logto, effects| logto.remove_member(effects, &id, &user_id))?;
        Ok(DeleteOrganizationUserResponse::NoContent)
    }

    async fn list_organization_user_roles(
        &self,
        caller: Caller,
        request: ListOrganizationUserRoles,
    ) -> Result<ListOrganizationUserRolesResponse, Refusal> {
        let paging = paging(request.page, request.page_size);
        let page = caller
            .state()
            .logto
            .list_roles(&request.id, &request.user_id, paging)?;
        Ok(ListOrganizationUserRolesResponse::Ok(
            page.rows.iter().map(|role| body::role(role)).collect(),
            headers(&caller, paging, &page),
        ))
    }

    async fn assign_organization_roles_to_user(
        &self,
        caller: Caller,
        request: AssignOrganizationRolesToUser,
    ) -> Result<AssignOrganizationRolesToUserResponse, Refusal> {
        let roles = request.body.organization_role_ids;
        caller.change(|logto, _| logto.assign(&request.id, &request.user_id, &roles))?;
        Ok(AssignOrganizationRolesToUserResponse::Created)
    }

    async fn replace_organization_user_roles(
        &self,
        caller: Caller,
        request: ReplaceOrganizationUserRoles,
    ) -> Result<ReplaceOrganizationUserRolesResponse, Refusal> {
        let roles = request.body.organization_role_ids;
        caller.change(|logto, _| logto.replace_roles(&request.id, &request.user_id, &roles))?;
        Ok(ReplaceOrganizationUserRolesResponse::NoContent)
    }

    async fn delete_organization_user_role(
        &self,
        caller: Caller,
        request: DeleteOrganizationUserRole,
    ) -> Result<DeleteOrganizationUserRoleResponse, Refusal> {
        let DeleteOrganizationUserRole { id, user_id, role_id } = request;
        caller.change(|logto, _| logto.remove_role(&id, &user_id, &role_id))?;
        Ok(DeleteOrganizationUserRoleResponse::NoContent)
    }
}

/// The document has checked that both are at least 1.
fn paging(page: i64, size: i64) -> Paging {
    let count = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    Paging {
        page: count(page),
        size: count(size),
    }
}

fn headers<T>(caller: &Caller, paging: Paging, page: &Page<T>) -> TotalNumberHeaders {
    link::headers(&caller.visit.base, &caller.uri, paging, page.total)
}
