//! What WhyLabs does, once more and as plainly as it can be put: one list of memberships that is searched from end to
//! end, each with a flag of its own for the default.

use serde_json::{Value, json};

use super::operation::{Call, What};
use super::scene::{
    CLAIMS, END, FILLED, Key, LANDING, LEFT, NOW, ORGANIZATIONS, Organization, USERS, filler,
};

/// What has to be answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expected {
    /// 200 with this body.
    Done(Value),
    /// This status and type; a parameter at fault has no type.
    Refused(u16, &'static str),
}

#[derive(Clone, Debug)]
pub(crate) struct Model {
    pub(crate) now: i64,
    members: Vec<Member>,
    /// Organizations and users.
    claims: Vec<(&'static str, &'static str)>,
}

#[derive(Clone, Debug)]
struct Member {
    organization: &'static str,
    user: String,
    role: &'static str,
    default: bool,
}

impl Member {
    fn view(&self) -> Value {
        json!({ "orgId": self.organization, "userId": self.user, "role": self.role, "default": self.default })
    }
}

const UNREADABLE: Expected = Expected::Refused(400, "");
const NO_MEMBERSHIP: Expected = Expected::Refused(404, "MembershipNotFound");

impl Model {
    /// The world when a sequence begins.
    pub(crate) fn start() -> Self {
        let mut members = Vec::new();
        let mut join = |organization, user: &str, role| {
            let lands = |(number, there): &(usize, usize)| {
                USERS[*number] == user && ORGANIZATIONS[*there].id == organization
            };
            members.push(Member {
                organization,
                user: user.to_owned(),
                role,
                default: LANDING.iter().any(lands),
            });
        };
        for organization in &ORGANIZATIONS {
            for (user, role) in organization.members {
                join(organization.id, user, role);
            }
        }
        let (filled, fillers) = FILLED;
        for number in 0..fillers {
            join(ORGANIZATIONS[filled].id, &filler(number), "VIEWER");
        }
        join(ORGANIZATIONS[filled].id, LEFT, "VIEWER");
        let claims = CLAIMS.map(|(user, organization)| (ORGANIZATIONS[organization].id, USERS[user]));
        Self {
            now: NOW,
            members,
            claims: claims.into(),
        }
    }

    /// Users and the organizations they land in, in order.
    pub(crate) fn landing(&self) -> Vec<(String, String)> {
        let defaults = self.members.iter().filter(|member| member.default);
        let mut landing: Vec<_> = defaults
            .map(|member| (member.user.clone(), member.organization.to_owned()))
            .collect();
        landing.sort();
        landing
    }

    /// What has to be answered to a request, which is done.
    pub(crate) fn answer(&mut self, call: &Call) -> Expected {
        let done = self.reach(call).and_then(|()| match &call.what {
            What::Add {
                email,
                role,
                set_default,
            } => self.add(call.organization, email, role, *set_default),
            What::List => self.list(call.organization),
            What::SetRole { email, role } => self.set_role(call.organization, email, role),
            What::Remove(email) => self.remove(call.organization, email),
        });
        done.unwrap_or_else(|refusal| refusal)
    }

    fn reach(&self, call: &Call) -> Result<(), Expected> {
        let is_let_in = match call.key {
            Key::Missing => return Err(Expected::Refused(401, "Unauthorized")),
            Key::Staff => true,
            Key::Of(number) => ORGANIZATIONS[number].id == call.organization,
            Key::ShortLived => self.now <= END && ORGANIZATIONS[0].id == call.organization,
            Key::Revoked | Key::User | Key::Unknown => false,
        };
        if is_let_in {
            Ok(())
        } else {
            Err(Expected::Refused(403, "Forbidden"))
        }
    }

    fn add(
        &mut self,
        organization: &str,
        email: &str,
        role: &str,
        set_default: Option<&str>,
    ) -> Result<Expected, Expected> {
        let refused = Err(Expected::Refused(400, "IllegalArgument"));
        let role = readable(email, role)?;
        let default = match set_default.unwrap_or_default() {
            "True" | "yes" => true,
            "maybe" => return Err(UNREADABLE),
            _ => false,
        };
        let organization = alive(organization)?;
        let is_free = organization.tier == "FREE";
        let domain = email.rsplit('@').next().unwrap_or_default();
        let takes = |allowed: &&str| allowed.eq_ignore_ascii_case(domain);
        if !is_free && !organization.domains.is_empty() && !organization.domains.iter().any(takes) {
            return refused;
        }
        let user = user(email)?;
        let count = self
            .members
            .iter()
            .filter(|member| member.organization == organization.id);
        if is_free && count.count() >= 25 {
            return refused;
        }
        if self.position(organization.id, user).is_ok() {
            return refused;
        }
        if default {
            for member in self.members.iter_mut().filter(|member| member.user == user) {
                member.default = false;
            }
        }
        let member = Member {
            organization: organization.id,
            user: user.to_owned(),
            role,
            default,
        };
        let view = member.view();
        self.members.push(member);
        Ok(Expected::Done(view))
    }

    fn list(&self, organization: &str) -> Result<Expected, Expected> {
        let organization = alive(organization)?;
        let members = self
            .members
            .iter()
            .filter(|member| member.organization == organization.id && member.user != LEFT);
        let memberships: Vec<_> = members
            .map(|member| {
                let mut view = member.view();
                view["email"] = json!(member.user);
                view
            })
            .collect();
        Ok(Expected::Done(json!({ "memberships": memberships })))
    }

    fn set_role(&mut self, organization: &str, email: &str, role: &str) -> Result<Expected, Expected> {
        let role = readable(email, role)?;
        let position = self.position(organization, user(email)?)?;
        self.members[position].role = role;
        Ok(Expected::Done(self.members[position].view()))
    }

    fn remove(&mut self, organization: &str, email: &str) -> Result<Expected, Expected> {
        readable(email, "ADMIN")?;
        let user = user(email)?;
        let before = self.members.len() + self.claims.len();
        self.claims.retain(|claim| *claim != (organization, user));
        self.members
            .retain(|member| member.organization != organization || member.user != user);
        if self.members.len() + self.claims.len() == before {
            return Err(NO_MEMBERSHIP);
        }
        let mut left: Vec<_> = self
            .members
            .iter_mut()
            .filter(|member| member.user == user)
            .collect();
        if !left.iter().any(|member| member.default)
            && let Some(oldest) = left.first_mut()
        {
            oldest.default = true;
        }
        Ok(Expected::Done(json!({})))
    }

    fn position(&self, organization: &str, user: &str) -> Result<usize, Expected> {
        let mut members = self.members.iter();
        members
            .position(|member| member.organization == organization && member.user == user)
            .ok_or(NO_MEMBERSHIP)
    }
}

/// What was sent has to be an address and a role.
fn readable(email: &str, role: &str) -> Result<&'static str, Expected> {
    let mut roles = ["ADMIN", "MEMBER", "VIEWER"].into_iter();
    roles
        .find(|known| *known == role && !email.is_empty())
        .ok_or(UNREADABLE)
}

fn alive(id: &str) -> Result<&'static Organization, Expected> {
    let mut organizations = ORGANIZATIONS.iter();
    organizations
        .find(|organization| organization.id == id && !organization.deleted)
        .ok_or(Expected::Refused(404, "ResourceNotFound"))
}

fn user(email: &str) -> Result<&'static str, Expected> {
    let mut users = USERS.iter();
    users
        .find(|user| user.eq_ignore_ascii_case(email))
        .copied()
        .ok_or(Expected::Refused(404, "UserNotFound"))
}
