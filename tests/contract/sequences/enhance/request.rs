use contract_tests::wire::Request;
use serde_json::{Map, Value, json};

use super::entries::instant;
use super::model::Model;
use super::operation::{Caller, Query, Settings, What};
use super::role::Role;
use super::scene::{no_id, org_id, site_id};

impl Model {
    /// The request that asks for something now.
    pub(crate) fn request(&self, caller: Caller, what: &What) -> Request {
        let mut request = self.plain(what);
        if let Some(cookie) = self.cookie(caller) {
            request = request.header("cookie", format!("id0={cookie}"));
        }
        if let Some(secret) = self.secret(caller) {
            request = request.header("authorization", format!("Bearer {secret}"));
        }
        request
    }

    fn plain(&self, what: &What) -> Request {
        let at = |org: &usize, rest: &str| format!("/orgs/{}/{rest}", org_id(*org));
        match what {
            What::MakeToken(org, new) => {
                let mut body = json!({ "roles": texts(&new.roles) });
                if let Some(name) = new.name {
                    body["friendlyName"] = name.into();
                }
                if let Some(ends) = new.ends {
                    body["tokenExpires"] = instant(self.now + ends).into();
                }
                Request::new("POST", at(org, "access_tokens")).json(&body)
            }
            What::ListTokens(org) => Request::new("GET", at(org, "access_tokens")),
            What::DropToken(org, number) => {
                let id = &self.tokens[self.nth_token(*number)].id;
                Request::new("DELETE", at(org, &format!("access_tokens/{id}")))
            }
            What::Add(org, realm, email, roles) => {
                let login = self.login(*realm, email);
                let id = login.map_or_else(no_id, |login| self.logins[login].id.clone());
                let body = json!({ "loginId": id, "roles": texts(roles) });
                Request::new("POST", at(org, "members")).json(&body)
            }
            What::List(org, query) => Request::new("GET", at(org, &format!("members?{}", text(query)))),
            What::Read(org, who) => Request::new("GET", at(org, &format!("members/{}", self.id_of(*who)))),
            What::Update(org, who, settings) => {
                let target = at(org, &format!("members/{}", self.id_of(*who)));
                Request::new("PUT", target).json(&body(settings))
            }
            What::Remove(org, who) => {
                Request::new("DELETE", at(org, &format!("members/{}", self.id_of(*who))))
            }
            What::Link(org, who) => {
                Request::new("GET", at(org, &format!("members/{}/sso", self.id_of(*who))))
            }
            What::HandOver(org, who) => {
                Request::new("PUT", at(org, "owner")).json(&json!({ "memberId": self.id_of(*who) }))
            }
            What::Take(org) => Request::new("DELETE", at(org, "owner")),
            What::Invite(org, new) => {
                let mut sent = body(&new.settings);
                sent["email"] = new.email.into();
                sent["name"] = new.name.into();
                Request::new("POST", at(org, "invites")).json(&sent)
            }
            What::Accept(..) | What::Validate(_) | What::Follow(_) => self.of_entries(what),
        }
    }

    fn of_entries(&self, what: &What) -> Request {
        let key = |number: &usize| {
            let invite = self.nth_invite(*number);
            invite.map_or_else(no_id, |invite| self.invites[invite].key.clone())
        };
        match what {
            What::Accept(number, proof) => {
                let request = Request::new("POST", format!("/invites/{}", key(number)));
                let body = proof.map(|proof| {
                    let email = self.shown_email(*number, proof);
                    json!({ "email": email, "password": proof.password })
                });
                match body {
                    Some(body) => request.json(&body),
                    None => request,
                }
            }
            What::Validate(number) => Request::new("POST", format!("/invites/{}/validate", key(number))),
            What::Follow(number) => match self.nth_link(*number) {
                Some(link) => Request::new("GET", self.links[link].target.clone()),
                None => Request::new("GET", format!("/login/sessions/sso?otp={}", no_id())),
            },
            _ => unreachable!("everything else is about an organization"),
        }
    }
}

fn texts(roles: &[Role]) -> Vec<String> {
    roles.iter().map(|role| role.text()).collect()
}

fn body(settings: &Settings) -> Value {
    let mut body = Map::new();
    if let Some(roles) = &settings.roles {
        body.insert("roles".to_owned(), texts(roles).into());
    }
    if let Some(sites) = &settings.sites {
        let sites: Vec<_> = sites.iter().map(|site| site_id(*site)).collect();
        body.insert("siteAccesses".to_owned(), sites.into());
    }
    if let Some(words) = &settings.notifications {
        body.insert("notifications".to_owned(), json!(words));
    }
    Value::Object(body)
}

fn text(query: &Query) -> String {
    let (key, order) = query.sort.unzip();
    let parameters = [
        query.offset.map(|offset| format!("offset={offset}")),
        query.limit.map(|limit| format!("limit={limit}")),
        key.map(|key| format!("sortBy={key}")),
        order.flatten().map(|order| format!("sortOrder={order}")),
        query
            .search
            .map(|search| format!("search={}", search.replace('%', "%25"))),
        query.role.map(|role| format!("role={}", role.text())),
        query.site.map(|site| format!("siteAccess={}", site_id(site))),
    ];
    parameters.into_iter().flatten().collect::<Vec<_>>().join("&")
}
