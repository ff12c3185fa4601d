//! What Logto does, once more and as plainly as it can be put: lists that are searched from end to end.

use serde_json::{Value, json};

use super::body::{Issues, description, ids, issues_of_ids, issues_of_organization};
use super::list::{finds, in_range, page};
use super::operation::{Call, Paging, Target, What};
use super::organization::{Member, Organization, user};
use super::scene::{NOW, ORGANIZATIONS, ROLES, Role, Token, User};

/// What has to be answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expected {
    /// This status with this body; null for none.
    Done(u16, Value),
    /// 201 with this body but for the id, which has to be a new one.
    Created(Value),
    /// 200 with these rows of so many, and links to these pages.
    Listed(Vec<Value>, usize, Vec<(&'static str, i64)>),
    /// This status and code, and what is wrong with the request.
    Refused(u16, &'static str, Issues),
}

#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) now: i64,
    /// The id that the organization that was created last was given.
    pub(crate) newest: String,
    /// Every id that an organization has or had.
    pub(crate) ids: Vec<String>,
    organizations: Vec<Organization>,
}

type Answer = Result<Expected, Expected>;

const FOREIGN_KEY: (u16, &str) = (422, "entity.relation_foreign_key_not_found");
const NOT_A_MEMBER: (u16, &str) = (422, "organization.require_membership");
const NOT_FOUND: (u16, &str) = (404, "entity.not_found");

/// A refusal that says no more than its code.
pub(crate) fn refused((status, code): (u16, &'static str)) -> Expected {
    Expected::Refused(status, code, Issues::new())
}

fn users(body: &Value) -> Result<Vec<&'static User>, Expected> {
    let users = ids(body, "userIds").into_iter().map(user);
    users.collect::<Option<_>>().ok_or_else(|| refused(FOREIGN_KEY))
}

fn roles(body: &Value) -> Result<Vec<&'static Role>, Expected> {
    let role = |id: &str| ROLES.iter().find(|role| role.id == id);
    let roles = ids(body, "organizationRoleIds").into_iter().map(role);
    roles.collect::<Option<_>>().ok_or_else(|| refused(FOREIGN_KEY))
}

fn sound(issues: Issues) -> Result<(), Expected> {
    if issues.is_empty() {
        Ok(())
    } else {
        Err(Expected::Refused(400, "guard.invalid_input", issues))
    }
}

impl Model {
    /// The world when a sequence begins.
    pub(crate) fn start() -> Self {
        let organizations: Vec<_> = ORGANIZATIONS.iter().map(Organization::at_start).collect();
        Self {
            now: NOW,
            newest: "org_none_yet".to_owned(),
            ids: organizations
                .iter()
                .map(|organization| organization.id.clone())
                .collect(),
            organizations,
        }
    }

    /// What has to be answered to a request, which is done.
    pub(crate) fn answer(&mut self, call: &Call) -> Expected {
        let refusal = match call.token {
            Token::Good => return self.done(&call.what).unwrap_or_else(|refusal| refusal),
            Token::WithoutScope => (403, "auth.forbidden"),
            Token::Expired | Token::Unknown => (401, "auth.unauthorized"),
            Token::Missing => (401, "auth.authorization_header_missing"),
        };
        refused(refusal)
    }

    /// The id that the organization that was created last turned out to have.
    pub(crate) fn name_newest(&mut self, id: &str) {
        id.clone_into(&mut self.newest);
        self.ids.push(id.to_owned());
        if let Some(last) = self.organizations.last_mut() {
            id.clone_into(&mut last.id);
        }
    }

    /// How many organizations there are.
    pub(crate) fn count(&self) -> i64 {
        i64::try_from(self.organizations.len()).unwrap_or_default()
    }

    fn done(&mut self, what: &What) -> Answer {
        match what {
            What::List { q, featured, paging } => self.list(*q, *featured, *paging),
            What::Create(body) => self.create(body),
            What::Get(target) => {
                let unknown = || refused((404, "entity.not_exists_with_id"));
                let organization = self.organization(target).ok_or_else(unknown)?;
                Ok(Expected::Done(200, organization.view()))
            }
            What::Patch(target, body) => self.change(target, body),
            What::Delete(target) => {
                let id = self
                    .organization(target)
                    .ok_or_else(|| refused(NOT_FOUND))?
                    .id
                    .clone();
                self.organizations.retain(|organization| organization.id != id);
                Ok(Expected::Done(204, Value::Null))
            }
            What::Members(target, q, paging) => self.members(target, *q, *paging),
            What::Add(target, body) => self.add(target, body),
            What::Replace(target, body) => self.replace(target, body),
            What::AssignAll(target, body) => self.assign_all(target, body),
            What::Remove(target, user) => self.remove(target, user),
            What::Roles(target, user, paging) => self.roles(target, user, *paging),
            What::Assign(target, user, body) => self.assign(target, user, body),
            What::SetRoles(target, user, body) => self.set_roles(target, user, body),
            What::Take(target, user, role) => self.take(target, user, role),
        }
    }

    fn organization(&mut self, target: &Target) -> Option<&mut Organization> {
        let id = target.id(&self.newest).to_owned();
        self.organizations
            .iter_mut()
            .find(|organization| organization.id == id)
    }

    fn referred(&mut self, target: &Target) -> Result<&mut Organization, Expected> {
        self.organization(target).ok_or_else(|| refused(FOREIGN_KEY))
    }

    /// The member whose roles are asked for.
    fn member(&mut self, target: &Target, user: &str) -> Result<&mut Member, Expected> {
        named(user)?;
        let organization = self.organization(target);
        let member = organization.and_then(|organization| organization.member(user));
        member.ok_or_else(|| refused(NOT_A_MEMBER))
    }

    fn list(&self, q: Option<&str>, featured: Option<&str>, paging: Paging) -> Answer {
        in_range(paging)?;
        let with_members = featured.is_some_and(|word| !["0", "", "on"].contains(&word));
        let organizations = self.organizations.iter();
        let found = organizations.filter(|one| finds(q, &[Some(&one.id), Some(&one.name)]));
        let rows: Vec<_> = found
            .map(|one| {
                if with_members {
                    one.view_with_members()
                } else {
                    one.view()
                }
            })
            .collect();
        Ok(page(&rows, paging))
    }

    fn create(&mut self, body: &Value) -> Answer {
        sound(issues_of_organization(body, false))?;
        let organization = Organization {
            id: String::new(),
            name: body["name"].as_str().unwrap_or_default().to_owned(),
            description: description(body),
            created: body.get("createdAt").cloned().unwrap_or_else(|| json!(self.now)),
            members: Vec::new(),
        };
        let view = organization.view();
        self.organizations.push(organization);
        Ok(Expected::Created(view))
    }

    fn change(&mut self, target: &Target, body: &Value) -> Answer {
        sound(issues_of_organization(body, true))?;
        let known = ["id", "name", "description", "createdAt"];
        if known.iter().all(|name| body.get(name).is_none()) {
            return Err(refused((400, "entity.invalid_input")));
        }
        let unknown = || refused((404, "entity.not_exists"));
        let before = self.organization(target).ok_or_else(unknown)?.id.clone();
        let id = body["id"].as_str().unwrap_or(&before).to_owned();
        if id != before && self.organizations.iter().any(|other| other.id == id) {
            return Err(refused((400, "entity.unique_integrity_violation")));
        }
        self.ids.push(id.clone());
        let organization = self.organization(target).ok_or_else(unknown)?;
        organization.id = id;
        if let Some(name) = body["name"].as_str() {
            name.clone_into(&mut organization.name);
        }
        if body.get("description").is_some() {
            organization.description = description(body);
        }
        if let Some(created) = body.get("createdAt") {
            organization.created = created.clone();
        }
        Ok(Expected::Done(200, organization.view()))
    }

    fn members(&mut self, target: &Target, q: Option<&str>, paging: Paging) -> Answer {
        in_range(paging)?;
        let unknown = || refused((404, "entity.not_exists_with_id"));
        let mut members = self.organization(target).ok_or_else(unknown)?.members.clone();
        members.sort_by_key(|member| member.user.id);
        let found = members.iter().filter(|member| {
            let user = member.user;
            finds(
                q,
                &[Some(user.id), user.username, user.email, user.phone, user.name],
            )
        });
        let rows: Vec<_> = found.map(Member::view).collect();
        Ok(page(&rows, paging))
    }

    fn add(&mut self, target: &Target, body: &Value) -> Answer {
        sound(issues_of_ids(body, "userIds", 1))?;
        let organization = self.referred(target)?;
        for user in users(body)? {
            organization.add(user);
        }
        Ok(Expected::Done(201, Value::Null))
    }

    fn replace(&mut self, target: &Target, body: &Value) -> Answer {
        sound(issues_of_ids(body, "userIds", 0))?;
        let organization = self.referred(target)?;
        organization.members = users(body)?.into_iter().map(Member::new).collect();
        Ok(Expected::Done(204, Value::Null))
    }

    fn assign_all(&mut self, target: &Target, body: &Value) -> Answer {
        let mut issues = issues_of_ids(body, "userIds", 1);
        issues.extend(issues_of_ids(body, "organizationRoleIds", 1));
        sound(issues)?;
        let organization = self.referred(target)?;
        let (users, roles) = (users(body)?, roles(body)?);
        if users.iter().any(|user| organization.member(user.id).is_none()) {
            return Err(refused(FOREIGN_KEY));
        }
        for user in users {
            if let Some(member) = organization.member(user.id) {
                member.give(&roles);
            }
        }
        Ok(Expected::Done(201, Value::Null))
    }

    fn remove(&mut self, target: &Target, id: &str) -> Answer {
        named(id)?;
        let organization = self.organization(target).ok_or_else(|| refused(NOT_FOUND))?;
        user(id).ok_or_else(|| refused(FOREIGN_KEY))?;
        organization.member(id).ok_or_else(|| refused(NOT_FOUND))?;
        organization.members.retain(|member| member.user.id != id);
        Ok(Expected::Done(204, Value::Null))
    }

    fn roles(&mut self, target: &Target, user: &str, paging: Paging) -> Answer {
        let member = self.member(target, user)?;
        in_range(paging)?;
        let view =
            |role: &&Role| json!({ "id": role.id, "name": role.name, "description": role.description });
        let rows: Vec<_> = member.roles.iter().map(view).collect();
        Ok(page(&rows, paging))
    }

    fn assign(&mut self, target: &Target, user: &str, body: &Value) -> Answer {
        let member = self.member(target, user)?;
        sound(issues_of_ids(body, "organizationRoleIds", 1))?;
        member.give(&roles(body)?);
        Ok(Expected::Done(201, Value::Null))
    }

    fn set_roles(&mut self, target: &Target, user: &str, body: &Value) -> Answer {
        let member = self.member(target, user)?;
        sound(issues_of_ids(body, "organizationRoleIds", 0))?;
        member.roles = roles(body)?;
        Ok(Expected::Done(204, Value::Null))
    }

    fn take(&mut self, target: &Target, id: &str, role: &str) -> Answer {
        named(id)?;
        let organization = self.organization(target).ok_or_else(|| refused(NOT_A_MEMBER))?;
        user(id).ok_or_else(|| refused(NOT_A_MEMBER))?;
        let member = organization.member(id).ok_or_else(|| refused(NOT_FOUND))?;
        let held = member.roles.iter().position(|held| held.id == role);
        member.roles.remove(held.ok_or_else(|| refused(NOT_FOUND))?);
        Ok(Expected::Done(204, Value::Null))
    }
}

/// A user's id in a path, which must not be blank.
fn named(id: &str) -> Result<(), Expected> {
    let is_blank = id.trim().is_empty();
    sound(
        is_blank
            .then(|| ("invalid_string", json!(["userId"])))
            .into_iter()
            .collect(),
    )
}
