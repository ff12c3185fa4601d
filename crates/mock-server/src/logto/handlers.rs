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
    ReplaceOrganizationUsersResponse, UpdateOrganization, UpdateOrganizationResponse,
};
use membership_apis::logto::{LogtoApi, LogtoCredentials, LogtoRefusal};

use super::{LogtoServer, access, error};
use crate::visit::{Unmade, Visit};

impl LogtoApi for LogtoServer {
    type Context = Visit;
    type Error = Unmade;
    const WIRE: WireRules = access::WIRE;

    fn authenticate(&self, call: &Call<'_>, _: LogtoCredentials) -> Result<Visit, Rejection> {
        access::authenticate(call, self.anonymous)
    }

    fn reject(&self, _: Option<&Visit>, call: &Call<'_>, rejection: Rejection) -> LogtoRefusal {
        error::refusal(call, &rejection)
    }

    fn fail(&self, _: &Visit, _: &Call<'_>, error: Unmade) -> LogtoRefusal {
        LogtoRefusal::Undocumented(error.answer())
    }

    async fn list_organizations(
        &self,
        visit: Visit,
        _: ListOrganizations,
    ) -> Result<ListOrganizationsResponse, Unmade> {
        visit.faked()
    }

    async fn create_organization(
        &self,
        visit: Visit,
        _: CreateOrganization,
    ) -> Result<CreateOrganizationResponse, Unmade> {
        visit.faked()
    }

    async fn get_organization(
        &self,
        visit: Visit,
        _: GetOrganization,
    ) -> Result<GetOrganizationResponse, Unmade> {
        visit.faked()
    }

    async fn update_organization(
        &self,
        visit: Visit,
        _: UpdateOrganization,
    ) -> Result<UpdateOrganizationResponse, Unmade> {
        visit.faked()
    }

    async fn delete_organization(
        &self,
        visit: Visit,
        _: DeleteOrganization,
    ) -> Result<DeleteOrganizationResponse, Unmade> {
        visit.faked()
    }

    async fn list_organization_users(
        &self,
        visit: Visit,
        _: ListOrganizationUsers,
    ) -> Result<ListOrganizationUsersResponse, Unmade> {
        visit.faked()
    }

    async fn add_organization_users(
        &self,
        visit: Visit,
        _: AddOrganizationUsers,
    ) -> Result<AddOrganizationUsersResponse, Unmade> {
        visit.faked()
    }

    async fn replace_organization_users(
        &self,
        visit: Visit,
        _: ReplaceOrganizationUsers,
    ) -> Result<ReplaceOrganizationUsersResponse, Unmade> {
        visit.faked()
    }

    async fn assign_organization_roles_to_users(
        &self,
        visit: Visit,
        _: AssignOrganizationRolesToUsers,
    ) -> Result<AssignOrganizationRolesToUsersResponse, Unmade> {
        visit.faked()
    }

    async fn delete_organization_user(
        &self,
        visit: Visit,
        _: DeleteOrganizationUser,
    ) -> Result<DeleteOrganizationUserResponse, Unmade> {
        visit.faked()
    }

    async fn list_organization_user_roles(
        &self,
        visit: Visit,
        _: ListOrganizationUserRoles,
    ) -> Result<ListOrganizationUserRolesResponse, Unmade> {
        visit.faked()
    }

    async fn assign_organization_roles_to_user(
        &self,
        visit: Visit,
        _: AssignOrganizationRolesToUser,
    ) -> Result<AssignOrganizationRolesToUserResponse, Unmade> {
        visit.faked()
    }

    async fn replace_organization_user_roles(
        &self,
        visit: Visit,
        _: ReplaceOrganizationUserRoles,
    ) -> Result<ReplaceOrganizationUserRolesResponse, Unmade> {
        visit.faked()
    }

    async fn delete_organization_user_role(
        &self,
        visit: Visit,
        _: DeleteOrganizationUserRole,
    ) -> Result<DeleteOrganizationUserRoleResponse, Unmade> {
        visit.faked()
    }
}
