use std::cmp::Ordering;

use serde_json::{Value, json};

use super::model::{Answered, Expected, Known, Member, Model, forbidden, not_found, refused, unusable};
use super::operation::{Query, Settings, Who};
use super::role::{Role, once};
use super::scene::realm;

/// Members and ownership; who calls may do it.
impl Model {
    pub(crate) fn add(&mut self, org: usize, from: usize, email: &str, roles: &[Role]) -> Answered {
        let Some(login) = self.login(from, email).filter(|_| from == realm(org)) else {
            return not_found();
        };
        if roles.contains(&Role::Owner) && self.owner(org).is_some() {
            return unusable();
        }
        if self.member_of(org, login).is_some() {
            return refused(409, "already_exists");
        }
        self.members.push(Member {
            id: String::new(),
            org,
            login,
            active: true,
            roles: once(roles),
            sites: Vec::new(),
            notifications: Vec::new(),
            joined: self.today(),
        });
        self.settle(org);
        Ok(Expected::Member)
    }

    pub(crate) fn read(&self, known: Known, org: usize, who: Who) -> Answered {
        let found = self.find(org, &self.id_of(who));
        let itself = found
            .as_ref()
            .is_ok_and(|member| known == Known::Login(self.members[*member].login));
        if !itself && !self.manages(known, org) {
            return forbidden();
        }
        Ok(Expected::Shows(200, self.view(&self.members[found?])))
    }

    pub(crate) fn list(&self, org: usize, query: &Query) -> Answered {
        let negative = |number: Option<i64>| number.is_some_and(|number| number < 0);
        let (key, order) = query.sort.unzip();
        if negative(query.offset)
            || negative(query.limit)
            || key == Some("age")
            || order.flatten() == Some("up")
        {
            return unusable();
        }
        let mut members: Vec<&Member> = self.members.iter().filter(|member| member.org == org).collect();
        members.retain(|member| self.matches(member, query));
        if let Some(key) = key {
            let downwards = order.flatten() == Some("desc");
            members.sort_by(|one, other| {
                let order = self.compare(key, one, other);
                if downwards { order.reverse() } else { order }
            });
        }
        let count = |number: i64| usize::try_from(number).unwrap_or_default();
        let (offset, limit) = (
            query.offset.map_or(0, count),
            query.limit.map_or(usize::MAX, count),
        );
        let page = members.iter().skip(offset).take(limit);
        let items: Vec<Value> = page.map(|member| self.view(member)).collect();
        Ok(Expected::Shows(
            200,
            json!({ "items": items, "total": members.len() }),
        ))
    }

    fn matches(&self, member: &Member, query: &Query) -> bool {
        let login = &self.logins[member.login];
        let searched = |search: &str| {
            let search = search.to_lowercase();
            [&login.name, &login.email]
                .iter()
                .any(|text| text.to_lowercase().contains(&search))
        };
        let collaborates = |site: usize| {
            let reaches_all = [Role::Owner, Role::SuperAdmin];
            member.sites.contains(&site) && !member.roles.iter().any(|role| reaches_all.contains(role))
        };
        query.search.is_none_or(searched)
            && query.role.is_none_or(|role| member.roles.contains(&role))
            && query.site.is_none_or(collaborates)
    }

    fn compare(&self, key: &str, one: &Member, other: &Member) -> Ordering {
        let (left, right) = (&self.logins[one.login], &self.logins[other.login]);
        match key {
            "status" => other.active.cmp(&one.active),
            "name" => left.name.to_lowercase().cmp(&right.name.to_lowercase()),
            "email" => left.email.to_lowercase().cmp(&right.email.to_lowercase()),
            _ => one.joined.cmp(&other.joined),
        }
    }

    pub(crate) fn update(&mut self, org: usize, who: Who, settings: &Settings) -> Answered {
        let member = self.find(org, &self.id_of(who))?;
        let roles = once(settings.roles.as_deref().unwrap_or_default());
        if roles.contains(&Role::Owner) != self.members[member].roles.contains(&Role::Owner) {
            return unusable();
        }
        let sites = Self::sites(org, &roles, settings.sites.as_deref().unwrap_or_default())?;
        let member = &mut self.members[member];
        member.roles = roles;
        member.sites = sites;
        member.notifications = settings.notifications.clone().unwrap_or_default();
        Ok(Expected::Empty(200))
    }

    pub(crate) fn remove(&mut self, org: usize, who: Who) -> Answered {
        let member = self.find(org, &self.id_of(who))?;
        if self.owner(org) == Some(member) {
            return unusable();
        }
        let removed = self.members.remove(member);
        self.close_invites(org, removed.login);
        Ok(Expected::Empty(204))
    }

    pub(crate) fn hand_over(&mut self, org: usize, who: Who) -> Answered {
        let heir = self.find(org, &self.id_of(who))?;
        if !self.members[heir].active {
            return unusable();
        }
        let owner = self.owner(org);
        if owner == Some(heir) {
            return Ok(Expected::Empty(200));
        }
        if let Some(owner) = owner {
            self.give(owner, Role::SuperAdmin);
        }
        self.give(heir, Role::Owner);
        self.settle(org);
        Ok(Expected::Empty(200))
    }

    pub(crate) fn take(&mut self, org: usize) -> Answered {
        let Some(owner) = self.owner(org) else {
            return not_found();
        };
        self.give(owner, Role::SuperAdmin);
        Ok(Expected::Empty(204))
    }

    /// Gives a member a role, in place of all others.
    fn give(&mut self, member: usize, role: Role) {
        let member = &mut self.members[member];
        member.roles = vec![role];
        member.sites = Vec::new();
    }
}
