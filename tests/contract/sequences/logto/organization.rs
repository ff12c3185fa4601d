//! What the model keeps.

use serde_json::{Value, json};

use super::scene::{self, CREATED, ROLES, Role, USERS, User};

#[derive(Clone, Debug)]
pub(crate) struct Organization {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) created: Value,
    /// In the order they joined.
    pub(crate) members: Vec<Member>,
}

#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) user: &'static User,
    /// In the order they were given.
    pub(crate) roles: Vec<&'static Role>,
}

/// The user of an id.
pub(crate) fn user(id: &str) -> Option<&'static User> {
    USERS.iter().find(|user| user.id == id)
}

impl Member {
    pub(crate) fn new(user: &'static User) -> Self {
        Self {
            user,
            roles: Vec::new(),
        }
    }

    pub(crate) fn give(&mut self, roles: &[&'static Role]) {
        for role in roles {
            if !self.roles.iter().any(|held| held.id == role.id) {
                self.roles.push(role);
            }
        }
    }

    pub(crate) fn view(&self) -> Value {
        let User {
            id,
            username,
            email,
            phone,
            name,
            is_suspended,
        } = self.user;
        let mut roles = self.roles.clone();
        roles.sort_by_key(|role| role.name);
        let roles = roles
            .iter()
            .map(|role| json!({ "id": role.id, "name": role.name }));
        json!({
            "id": id, "username": username, "primaryEmail": email, "primaryPhone": phone, "name": name,
            "avatar": null, "customData": {}, "identities": {}, "profile": {}, "lastSignInAt": null,
            "createdAt": CREATED, "updatedAt": CREATED, "applicationId": null, "isSuspended": is_suspended,
            "organizationRoles": roles.collect::<Vec<_>>()
        })
    }
}

impl Organization {
    /// One that there is when a sequence begins.
    pub(crate) fn at_start(organization: &scene::Organization) -> Self {
        let member = |(id, roles): &(&str, &[&str])| {
            let mut member = Member::new(user(id).expect("the scene is sound"));
            for id in *roles {
                member.roles.extend(ROLES.iter().filter(|role| role.id == *id));
            }
            member
        };
        Self {
            id: organization.id.to_owned(),
            name: organization.name.to_owned(),
            description: organization.description.map(str::to_owned),
            created: json!(CREATED),
            members: organization.members.iter().map(member).collect(),
        }
    }

    pub(crate) fn view(&self) -> Value {
        json!({
            "id": self.id, "name": self.name, "description": self.description, "createdAt": self.created
        })
    }

    pub(crate) fn view_with_members(&self) -> Value {
        let mut view = self.view();
        view["usersCount"] = json!(self.members.len());
        let shown = self.members.iter().take(3);
        let shown =
            shown.map(|member| json!({ "id": member.user.id, "avatar": null, "name": member.user.name }));
        view["featuredUsers"] = shown.collect();
        view
    }

    pub(crate) fn member(&mut self, user: &str) -> Option<&mut Member> {
        self.members.iter_mut().find(|member| member.user.id == user)
    }

    pub(crate) fn add(&mut self, user: &'static User) {
        if self.member(user.id).is_none() {
            self.members.push(Member::new(user));
        }
    }
}
