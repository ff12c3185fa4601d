//! Invitations: how they are sent, what they are good for, and how they are accepted.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Refusal, Settings, Who, day, later, without_repetitions};
use crate::enhance::event::Mail;
use crate::enhance::id;
use crate::enhance::model::{
    Enhance, Id, Invite, InviteState, Login, Member, Organization, Profile, Role, is_over,
};
use crate::enhance::password::PasswordHash;
use crate::world::{About, Effects};

/// How long an invitation can be accepted.
const HOURS: i64 = 10 * 24;

/// A person to be invited.
#[derive(Clone, Debug)]
pub(in crate::enhance) struct Invitation {
    pub(in crate::enhance) email: String,
    pub(in crate::enhance) name: String,
    pub(in crate::enhance) settings: Settings,
    pub(in crate::enhance) sends_mail: bool,
}

/// How somebody without a session proves to be the invited person.
#[derive(Clone)]
pub(in crate::enhance) struct Proof {
    pub(in crate::enhance) email: String,
    pub(in crate::enhance) password: Option<String>,
    pub(in crate::enhance) locale: Option<String>,
}

/// An invitation that can be accepted.
#[derive(Clone, Debug)]
pub(in crate::enhance) struct OpenInvite {
    pub(in crate::enhance) organization: Arc<Profile>,
    pub(in crate::enhance) member: Arc<Member>,
}

impl Enhance {
    /// Invites a person, or invites it again; what comes back is the invitation's URL.
    pub(in crate::enhance) fn invite(
        &mut self,
        effects: &mut Effects<'_>,
        who: &Who,
        organization_id: &str,
        invitation: Invitation,
    ) -> Result<String, Refusal> {
        let organization = self.administered(who, organization_id)?;
        let realm = organization.profile.realm();
        let roles = without_repetitions(invitation.settings.roles);
        let site_accesses = organization.site_accesses(&roles, &invitation.settings.site_accesses)?;
        let email = (realm, invitation.email.to_lowercase());
        let login = self
            .logins_by_email
            .get(&email)
            .and_then(|id| self.logins.get(id));
        let member = login.and_then(|login| organization.members.of_login(login.id));
        if member.is_some_and(|member| member.is_active()) {
            return Err(Refusal::InviteeIsMember);
        }
        if roles.contains(&Role::Owner) {
            self.can_invite_owner(organization, member.map(|member| member.id), effects.now)?;
        }
        let login = match login {
            Some(login) if login.password.is_some() => Login::clone(login),
            Some(login) => Login {
                name: invitation.name,
                ..Login::clone(login)
            },
            None => pending_login(effects, realm, invitation.email, invitation.name),
        };
        let key = id::new(effects.ids.draw());
        let before = member.map(Arc::clone);
        let member = Member {
            id: before
                .as_ref()
                .map_or_else(|| id::new(effects.ids.draw()), |before| before.id),
            login: login.id,
            number: before
                .as_ref()
                .map_or_else(|| organization.members.next_number(), |before| before.number),
            invite: Some(key),
            roles,
            site_accesses,
            notifications: invitation.settings.notifications,
            joined_on: day(effects.now),
        };
        let mail = self.mail(organization, &login, key);
        let organization = organization.profile.id;
        if let Some(before) = before {
            self.close_invite(&before, InviteState::Replaced);
        }
        let invite = Invite {
            state: InviteState::Open {
                organization,
                member: member.id,
            },
            expires_at: Some(later(effects.now, HOURS)),
        };
        self.invites.insert(key, invite);
        self.put_login(login);
        self.put_member(organization, member)?;
        let url = mail.url().to_owned();
        if invitation.sends_mail {
            effects.tell(About::Enhance(mail));
        }
        Ok(url)
    }

    /// An invitation that can be accepted now.
    pub(in crate::enhance) fn open_invite(&self, key: &str, now: Timestamp) -> Result<OpenInvite, Refusal> {
        let invite = id::read(key)
            .and_then(|key| self.invites.get(&key))
            .ok_or(Refusal::InviteUnknown)?;
        let (organization, member) = match invite.state {
            InviteState::Accepted => return Err(Refusal::InviteAccepted),
            InviteState::Withdrawn => return Err(Refusal::InviteWithdrawn),
            _ if is_over(invite.expires_at, now) => return Err(Refusal::InviteExpired),
            InviteState::Replaced => return Err(Refusal::InviteReplaced),
            InviteState::Open { organization, member } => (organization, member),
        };
        let organization = self
            .organization_of(organization)
            .map_err(|_| Refusal::InviteWithdrawn)?;
        let member = organization.members.get(member).ok_or(Refusal::InviteWithdrawn)?;
        Ok(OpenInvite {
            organization: Arc::clone(&organization.profile),
            member: Arc::clone(member),
        })
    }

    /// Makes a pending member an active one. A login that has no password yet gets one by it, signed in or not. What
    /// comes back is the cookie of the session that begins where the caller had none.
    pub(in crate::enhance) fn accept(
        &mut self,
        effects: &mut Effects<'_>,
        who: &Who,
        key: &str,
        proof: Option<Proof>,
    ) -> Result<Option<String>, Refusal> {
        let OpenInvite { organization, member } = self.open_invite(key, effects.now)?;
        match who {
            Who::Token(_) => return Err(Refusal::TokenInvited),
            Who::Login(login) if *login != member.login => return Err(Refusal::OtherSession),
            Who::Login(login) if self.is_registered(*login) => {}
            Who::Login(_) | Who::Nobody => self.prove(effects, member.login, proof)?,
        }
        self.close_invite(&member, InviteState::Accepted);
        let active = Member {
            invite: None,
            joined_on: day(effects.now),
            ..Member::clone(&member)
        };
        self.put_member(organization.id, active)?;
        Ok((*who == Who::Nobody).then(|| self.begin_session(effects, member.login)))
    }

    fn is_registered(&self, login: Id) -> bool {
        self.logins
            .get(&login)
            .is_some_and(|login| login.password.is_some())
    }

    /// Holds a password against a login's, or gives it to a login that has none yet.
    fn prove(&mut self, effects: &mut Effects<'_>, login: Id, proof: Option<Proof>) -> Result<(), Refusal> {
        let proof = proof.ok_or(Refusal::PasswordMissing)?;
        let login = self.logins.get(&login).ok_or(Refusal::InviteWithdrawn)?;
        if !login.has_email(&proof.email) {
            return Err(Refusal::OtherAddress);
        }
        let password = proof.password.filter(|password| !password.is_empty());
        let password = password.ok_or(Refusal::PasswordMissing)?;
        match &login.password {
            Some(known) if known.is_of(&password) => Ok(()),
            Some(_) => Err(Refusal::PasswordWrong),
            None => {
                let registered = Login {
                    password: Some(PasswordHash::of(&password, effects.ids.draw())),
                    locale: proof.locale.or_else(|| login.locale.clone()),
                    ..Login::clone(login)
                };
                self.put_login(registered);
                Ok(())
            }
        }
    }

    /// Whether somebody, who may be a pending member, can be invited as Owner.
    fn can_invite_owner(
        &self,
        organization: &Organization,
        invited: Option<Id>,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if organization.members.owner().is_some() {
            return Err(Refusal::OwnerExists);
        }
        let has_open_invite = |member: &Arc<Member>| {
            let invite = member.invite.and_then(|invite| self.invites.get(&invite));
            invite.is_some_and(|invite| !is_over(invite.expires_at, now))
        };
        let mut others = organization
            .members
            .owners_to_be()
            .filter(|member| Some(member.id) != invited);
        if others.any(has_open_invite) {
            return Err(Refusal::OwnerInvited);
        }
        Ok(())
    }

    fn mail(&self, organization: &Organization, login: &Login, key: Id) -> Mail {
        let name = &organization.profile.name;
        Mail::invite(login, name, self.panel_domain(organization), key)
    }

    /// The domain of the control panel above an organization, or of the master organization's own.
    fn panel_domain<'a>(&'a self, organization: &'a Organization) -> &'a str {
        let realm = self.organizations.get(&organization.profile.realm());
        self.chain(realm.unwrap_or(organization))
            .find_map(|above| above.profile.panel_domain.as_deref())
            .unwrap_or_default()
    }
}

/// A login for an address that is new to the realm.
fn pending_login(effects: &mut Effects<'_>, realm: Id, email: String, name: String) -> Login {
    Login {
        id: id::new(effects.ids.draw()),
        realm,
        email,
        name,
        password: None,
        color_code: id::color(effects.ids.draw()),
        avatar_path: None,
        locale: None,
    }
}
