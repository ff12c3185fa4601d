//! What Clerk does, once more and as plainly as it can be put: lists that are searched from end to end.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::metadata::{patched, too_large};
use super::operation::{Call, What};
use super::scene::{self, CREATED, Key, NOW, ORGANIZATIONS, ROLES, Role, USERS, User};

/// What has to be answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expected {
    /// 200 with this body.
    Done(Value),
    /// 200 with this body but for the id, which has to be a new one.
    Added(Value),
    /// This status, and for each error its code and the parameter it is about.
    Refused(u16, Vec<(&'static str, Option<&'static str>)>),
}

#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) now: i64,
    members: Vec<Member>,
}

#[derive(Clone, Debug)]
struct Member {
    id: String,
    organization: &'static str,
    user: &'static User,
    role: String,
    public: Value,
    private: Value,
    created: i64,
    updated: i64,
}

fn refused<T>(status: u16, code: &'static str) -> Result<T, Expected> {
    Err(Expected::Refused(status, vec![(code, None)]))
}

fn refused_for<T>(status: u16, code: &'static str, parameter: &'static str) -> Result<T, Expected> {
    Err(Expected::Refused(status, vec![(code, Some(parameter))]))
}

fn role(key: &str) -> Option<&'static Role> {
    let current = match key {
        "admin" => "org:admin",
        "basic_member" => "org:member",
        other => other,
    };
    ROLES.iter().find(|role| role.key == current)
}

/// Whether the member with this role is one that some organization needs.
fn keeps(key: &str) -> bool {
    role(key).is_some_and(|role| role.keeps)
}

impl Model {
    /// The world when a sequence begins.
    pub(crate) fn start() -> Self {
        let mut members = Vec::new();
        for organization in &ORGANIZATIONS {
            for (second, (user, role)) in (0_i64..).zip(organization.members) {
                members.push(Member {
                    id: format!("orgmem_{}_{user}", organization.id),
                    organization: organization.id,
                    user: USERS
                        .iter()
                        .find(|known| known.id == *user)
                        .expect("the scene is sound"),
                    role: (*role).to_owned(),
                    public: json!({}),
                    private: json!({}),
                    created: CREATED + 1000 * second,
                    updated: CREATED + 1000 * second,
                });
            }
        }
        Self { now: NOW, members }
    }

    /// What has to be answered to a request, which is done.
    pub(crate) fn answer(&mut self, call: &Call) -> Expected {
        let organization = match Self::reach(call) {
            Ok(organization) => organization,
            Err(refusal) => return refusal,
        };
        let done = match &call.what {
            What::Add(body) => self.add(organization, body),
            What::List { limit, offset, order } => self.list(organization, *limit, *offset, *order),
            What::SetRole(user, body) => self.set_role(organization, user, &body["role"]),
            What::Merge(user, body) => self.merge(organization, user, body),
            What::Remove(user) => self.remove(organization, user),
        };
        done.unwrap_or_else(|refusal| refusal)
    }

    /// The id that the last member who was added turned out to have.
    pub(crate) fn name_last(&mut self, id: &str) {
        if let Some(last) = self.members.last_mut() {
            id.clone_into(&mut last.id);
        }
    }

    /// Whether a membership has, or had at the start, this id.
    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.members.iter().any(|member| member.id == id)
    }

    /// The organization, for a key that may do this.
    fn reach(call: &Call) -> Result<&'static scene::Organization, Expected> {
        let Some(instance) = call.key.instance() else {
            return refused(401, "clerk_key_invalid");
        };
        if let What::Add(_) = call.what {
            match call.key {
                Key::Restricted => return refused(403, "authorization_invalid"),
                Key::Second => return refused(403, "organization_not_enabled_in_instance"),
                Key::First | Key::Unknown => {}
            }
        }
        let mut organizations = ORGANIZATIONS.iter();
        match organizations.find(|one| one.id == call.organization && one.instance == instance) {
            Some(organization) => Ok(organization),
            None => refused(404, "resource_not_found"),
        }
    }

    fn add(&mut self, organization: &scene::Organization, body: &Value) -> Result<Expected, Expected> {
        let key = required_text(&body["role"], "role")?;
        let bag = |name: &str| match &body[name] {
            Value::Null => json!({}),
            bag => bag.clone(),
        };
        let (public, private) = (bag("public_metadata"), bag("private_metadata"));
        within_size(&public, &private)?;
        if role(&key).is_none() {
            return refused_for(404, "resource_not_found", "role");
        }
        let mut users = USERS.iter();
        let user = users.find(|user| user.id == body["user_id"] && user.instance == organization.instance);
        let Some(user) = user else {
            return refused(404, "resource_not_found");
        };
        let count = self.of(organization.id).len();
        if self.position(organization.id, user.id).is_ok() {
            return refused(400, "already_a_member_in_organization");
        }
        if organization.limit > 0 && count + organization.invitations >= organization.limit {
            return refused(403, "organization_membership_quota_exceeded");
        }
        let mut created = self.now;
        while self
            .of(organization.id)
            .iter()
            .any(|other| other.created == created)
        {
            created += 1;
        }
        self.members.push(Member {
            id: String::new(),
            organization: organization.id,
            user,
            role: key,
            public,
            private,
            created,
            updated: created,
        });
        let position = self.position(organization.id, user.id)?;
        Ok(Expected::Added(self.view(&self.members[position])))
    }

    fn list(
        &self,
        organization: &scene::Organization,
        limit: Option<i64>,
        offset: Option<i64>,
        order: Option<&str>,
    ) -> Result<Expected, Expected> {
        let invalid = "form_param_value_invalid";
        let wrong = [
            ("limit", limit.is_some_and(|limit| !(1..=500).contains(&limit))),
            ("offset", offset.is_some_and(|offset| offset < 0)),
            ("order_by", order == Some("age")),
        ];
        let errors: Vec<_> = wrong
            .into_iter()
            .filter(|(_, is_wrong)| *is_wrong)
            .map(|(parameter, _)| (invalid, Some(parameter)))
            .collect();
        if !errors.is_empty() {
            return Err(Expected::Refused(422, errors));
        }
        let mut members = self.of(organization.id);
        let order = order.unwrap_or("-created_at");
        members.sort_by(|one, other| compare(order, one, other));
        let count = |number: Option<i64>, usual| usize::try_from(number.unwrap_or(usual)).unwrap_or_default();
        let page = members.iter().skip(count(offset, 0)).take(count(limit, 10));
        let page: Vec<_> = page.map(|member| self.view(member)).collect();
        Ok(Expected::Done(
            json!({ "data": page, "total_count": members.len() }),
        ))
    }

    fn set_role(
        &mut self,
        organization: &scene::Organization,
        user: &str,
        key: &Value,
    ) -> Result<Expected, Expected> {
        let position = self.position(organization.id, user)?;
        let key = required_text(key, "role")?;
        if role(&key).is_none() {
            return refused_for(404, "resource_not_found", "role");
        }
        if !keeps(&key) {
            self.can_do_without(position)?;
        }
        let member = &mut self.members[position];
        member.role = key;
        member.updated = self.now.max(member.created);
        Ok(Expected::Done(self.view(&self.members[position])))
    }

    fn merge(
        &mut self,
        organization: &scene::Organization,
        user: &str,
        body: &Value,
    ) -> Result<Expected, Expected> {
        let position = self.position(organization.id, user)?;
        let mut errors = Vec::new();
        for name in ["public_metadata", "private_metadata"] {
            if body.get(name).is_some_and(|bag| !bag.is_object()) {
                errors.push(("form_param_value_invalid", Some(name)));
            }
        }
        if body.get("unsafe_metadata").is_some() {
            errors.push(("form_param_unknown", Some("unsafe_metadata")));
        }
        if !errors.is_empty() {
            return Err(Expected::Refused(422, errors));
        }
        let member = &self.members[position];
        let none = json!({});
        let patch = |name: &str| body.get(name).unwrap_or(&none);
        let public = patched(&member.public, patch("public_metadata"));
        let private = patched(&member.private, patch("private_metadata"));
        within_size(&public, &private)?;
        let member = &mut self.members[position];
        (member.public, member.private) = (public, private);
        member.updated = self.now.max(member.created);
        Ok(Expected::Done(self.view(&self.members[position])))
    }

    fn remove(&mut self, organization: &scene::Organization, user: &str) -> Result<Expected, Expected> {
        let position = self.position(organization.id, user)?;
        self.can_do_without(position)?;
        let member = self.members.remove(position);
        Ok(Expected::Done(self.view(&member)))
    }

    fn of(&self, organization: &str) -> Vec<&Member> {
        let members = self.members.iter();
        members
            .filter(|member| member.organization == organization)
            .collect()
    }

    fn position(&self, organization: &str, user: &str) -> Result<usize, Expected> {
        let found = self
            .members
            .iter()
            .position(|member| member.organization == organization && member.user.id == user);
        match found {
            Some(position) => Ok(position),
            None => refused(404, "resource_not_found"),
        }
    }

    fn can_do_without(&self, position: usize) -> Result<(), Expected> {
        let member = &self.members[position];
        let keeping = self.of(member.organization);
        let keeping = keeping.iter().filter(|member| keeps(&member.role)).count();
        if keeps(&member.role) && keeping == 1 {
            return refused(400, "organization_minimum_permissions_needed");
        }
        Ok(())
    }

    fn view(&self, member: &Member) -> Value {
        let mut organizations = ORGANIZATIONS.iter();
        let organization = organizations.find(|one| one.id == member.organization);
        let organization = organization.expect("the scene is sound");
        let role = role(&member.role).expect("only known roles are given");
        let user = member.user;
        json!({
            "object": "organization_membership",
            "id": member.id,
            "role": member.role,
            "role_name": role.name,
            "permissions": role.permissions,
            "public_metadata": member.public,
            "private_metadata": member.private,
            "organization": {
                "object": "organization",
                "id": organization.id,
                "name": organization.id,
                "slug": organization.id.replace('_', "-"),
                "image_url": "https://img.clerk.com/default-org",
                "has_image": false,
                "members_count": self.of(organization.id).len(),
                "pending_invitations_count": organization.invitations,
                "max_allowed_memberships": organization.limit,
                "admin_delete_enabled": true,
                "public_metadata": {},
                "private_metadata": {},
                "created_at": CREATED,
                "updated_at": CREATED
            },
            "public_user_data": {
                "user_id": user.id,
                "first_name": user.first_name,
                "last_name": user.last_name,
                "profile_image_url": null,
                "image_url": "https://img.clerk.com/default-user",
                "has_image": false,
                "identifier": user.email.or(user.phone).or(user.username)
            },
            "created_at": member.created,
            "updated_at": member.updated
        })
    }
}

fn within_size(public: &Value, private: &Value) -> Result<(), Expected> {
    let code = "form_param_exceeds_allowed_size";
    let errors: Vec<_> = [("public_metadata", public), ("private_metadata", private)]
        .into_iter()
        .filter(|(_, bag)| too_large(bag))
        .map(|(name, _)| (code, Some(name)))
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Expected::Refused(422, errors))
    }
}

fn required_text(value: &Value, parameter: &'static str) -> Result<String, Expected> {
    match value {
        Value::String(text) if !text.is_empty() => Ok(text.clone()),
        Value::Null | Value::String(_) => refused_for(422, "form_param_missing", parameter),
        _ => refused_for(422, "form_param_value_invalid", parameter),
    }
}

/// Which of two members comes first: by the field, those without a value last, or first where it goes downwards; else
/// the one who joined later.
fn compare(order: &str, one: &Member, other: &Member) -> Ordering {
    let (is_downwards, field) = match order.strip_prefix('-') {
        Some(field) => (true, field),
        None => (false, order.trim_start_matches('+')),
    };
    if field == "created_at" {
        let upwards = one.created.cmp(&other.created);
        return if is_downwards { upwards.reverse() } else { upwards };
    }
    let value = |member: &Member| {
        let value = match field {
            "first_name" => member.user.first_name,
            "last_name" => member.user.last_name,
            "username" => member.user.username,
            "email_address" => member.user.email,
            _ => member.user.phone,
        };
        (value.is_none(), value.map(str::to_lowercase))
    };
    let upwards = value(one).cmp(&value(other));
    let ordered = if is_downwards { upwards.reverse() } else { upwards };
    ordered.then(other.created.cmp(&one.created))
}
