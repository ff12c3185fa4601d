use membership_apis::enhance::EnhanceRefusal;

use super::error;
use crate::enhance::store::Refusal;

/// The kinds of refusal, each with the status and the code it goes by.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Unusable,
    /// What a session or a login link lets nobody in with.
    NoEntry,
    Forbidden,
    Unknown,
    /// What is there already, where 409 is documented.
    Conflict,
    /// What is there already, where it is not.
    Exists,
}

/// Enhance's answer to a request that its rules refuse.
pub(in crate::enhance) fn of_store(refusal: &Refusal) -> EnhanceRefusal {
    let (kind, detail, message) = wording(refusal);
    let error = |code| error(code, Some(detail), message);
    match kind {
        Kind::Unusable => EnhanceRefusal::BadRequest(error("invalid_input")),
        Kind::NoEntry => EnhanceRefusal::Unauthorized(error("invalid_session")),
        Kind::Forbidden => EnhanceRefusal::Forbidden(error("insufficient_privileges")),
        Kind::Unknown => EnhanceRefusal::NotFound(error("not_found")),
        Kind::Conflict => EnhanceRefusal::Conflict(error("already_exists")),
        Kind::Exists => EnhanceRefusal::BadRequest(error("already_exists")),
    }
}

/// What kind of refusal it is, what it is about, and the reason.
fn wording(refusal: &Refusal) -> (Kind, &'static str, String) {
    match refusal {
        Refusal::WebsiteUnknown(position) => {
            let message = format!("siteAccesses/{position}: this organization has no website with that id");
            (Kind::Unusable, "website", message)
        }
        Refusal::TokenNameTaken(name) => {
            let message = format!("friendlyName: a token of this organization is called \"{name}\" already");
            (Kind::Conflict, "token", message)
        }
        refusal => {
            let (kind, detail, message) = fixed_wording(refusal);
            (kind, detail, message.to_owned())
        }
    }
}

fn fixed_wording(refusal: &Refusal) -> (Kind, &'static str, &'static str) {
    use Kind::{Conflict, Exists, Forbidden, NoEntry, Unknown, Unusable};
    match refusal {
        Refusal::OrganizationUnknown => (Unknown, "org", "There is no organization with that id"),
        Refusal::MemberUnknown => (Unknown, "member", "This organization has no member with that id"),
        Refusal::LoginUnknown => (
            Unknown,
            "login",
            "The realm of this organization has no login with that id",
        ),
        Refusal::TokenUnknown => (Unknown, "token", "This organization has no token with that id"),
        Refusal::NoOwner => (Unknown, "owner", "This organization has no owner"),
        Refusal::InviteUnknown => (Unknown, "invite", "There is no invitation with this key"),
        Refusal::InviteAccepted => (Unknown, "invite", "This invitation has been accepted already"),
        Refusal::InviteExpired => (Unknown, "invite", "This invitation is older than ten days"),
        Refusal::InviteReplaced => (Unknown, "invite", "A newer invitation has replaced this one"),
        Refusal::InviteWithdrawn => (Unknown, "invite", "This invitation has been withdrawn"),

        Refusal::MemberExists => (
            Conflict,
            "member",
            "This login is a member of the organization already",
        ),
        Refusal::PendingMemberExists => (
            Conflict,
            "member",
            "This login has been invited and is a pending member of the organization",
        ),
        Refusal::InviteeIsMember => (
            Exists,
            "member",
            "email: this person is a member of the organization already",
        ),

        Refusal::OwnerExists => (
            Unusable,
            "owner",
            "roles: the organization has an owner; hand over the ownership instead",
        ),
        Refusal::OwnerInvited => (
            Unusable,
            "owner",
            "roles: somebody else is invited as Owner and has not answered yet",
        ),
        Refusal::OwnerAdded => (
            Unusable,
            "owner",
            "roles: Owner cannot be added here; hand over the ownership instead",
        ),
        Refusal::OwnerDropped => (
            Unusable,
            "owner",
            "roles: the owner keeps Owner until the ownership is handed over",
        ),
        Refusal::InvitedOwnerDropped => (
            Unusable,
            "owner",
            "roles: a member that is invited as Owner keeps that until it is invited otherwise",
        ),
        Refusal::OwnerStays => (
            Unusable,
            "owner",
            "The owner cannot be removed; hand over the ownership first",
        ),
        Refusal::PendingOwner => (
            Unusable,
            "member",
            "memberId: a pending member cannot own the organization",
        ),
        Refusal::TokenExpired => (Unusable, "token", "tokenExpires: this instant has gone by"),

        Refusal::LoginLinkUnknown => (
            NoEntry,
            "login",
            "This login link is not known, or has been followed before",
        ),
        Refusal::LoginLinkExpired => (NoEntry, "login", "This login link is too old"),
        refusal => {
            let (detail, message) = forbidden(refusal);
            (Forbidden, detail, message)
        }
    }
}

/// The wording of what is refused for who the caller is.
fn forbidden(refusal: &Refusal) -> (&'static str, &'static str) {
    match refusal {
        Refusal::NotOneself => ("member", "Other members are shown to an Owner or SuperAdmin only"),
        Refusal::NotOwnerNorAbove => (
            "owner",
            "The owner or a SuperAdmin of an organization above may do this",
        ),
        Refusal::NotAbove => (
            "owner",
            "A SuperAdmin or Owner of an organization above may do this",
        ),
        Refusal::OwnerItself => (
            "owner",
            "An owner cannot step down; only an organization above can take the ownership away",
        ),
        Refusal::NothingAbove => (
            "owner",
            "The master organization has none above it that could take the ownership away",
        ),
        Refusal::MayNotSignIn => (
            "org",
            "An Owner, SuperAdmin or Sysadmin here or in the master organization may do this",
        ),
        Refusal::NoOrganizationToSignIn => ("org", "You have no rights in an organization with that id"),
        Refusal::NoMemberToSignIn => ("member", "The organization has no member with that id to sign in"),
        Refusal::PendingMemberToSignIn => (
            "member",
            "A pending member cannot sign in before it accepts its invitation",
        ),
        Refusal::OtherSession => ("login", "This session belongs to a login that was not invited"),
        Refusal::TokenInvited => ("token", "An access token cannot accept an invitation"),
        Refusal::PasswordWrong => ("login", "The password is wrong"),
        Refusal::OtherAddress => ("login", "The invitation was sent to another e-mail address"),
        Refusal::PasswordMissing => (
            "login",
            "Without a session the body must hold the invited e-mail address and a password",
        ),
        _ => (
            "org",
            "An Owner or SuperAdmin of this organization or of one above it may do this",
        ),
    }
}
