//! Logto's rules: what becomes of organizations, members and the roles they hold.

mod members;
mod organizations;
mod roles;
mod tokens;

use std::sync::Arc;

use super::model::{Id, Logto, Organization, Role, User};

pub(super) use members::MemberView;
pub(super) use organizations::{Change, Foundation, OrganizationView};
pub(super) use tokens::{Flaw, Grant};

/// Why Logto does not do what it is asked to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Refusal {
    /// No organization has the id, which is what was asked for.
    OrganizationUnknown(String),
    /// A change names nothing to change.
    NothingToWrite,
    /// There is no organization to change.
    NothingToChange,
    /// Another organization has the id already.
    IdInUse(String),
    /// What should go is not there.
    NothingToDelete,
    /// An id refers to nothing.
    ReferenceUnknown(Reference),
    /// The user is not a member of the organization.
    MembershipRequired,
}

/// An id that refers to nothing.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Reference {
    Organization(String),
    User(String),
    Role(String),
    Member(String),
}

/// A part of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paging {
    /// Which page, from 1.
    pub(super) page: usize,
    /// How many rows a page has, at least 1.
    pub(super) size: usize,
}

/// A page of a list, and how many rows there are on all pages.
#[derive(Clone, Debug)]
pub(super) struct Page<T> {
    pub(super) rows: Vec<T>,
    pub(super) total: usize,
}

impl Paging {
    fn offset(self) -> usize {
        self.page.saturating_sub(1).saturating_mul(self.size)
    }

    /// A page of rows that have to be looked at one by one.
    fn of<T>(self, rows: impl Iterator<Item = T>) -> Page<T> {
        let (offset, end) = (self.offset(), self.offset().saturating_add(self.size));
        let mut page = Page {
            rows: Vec::new(),
            total: 0,
        };
        for row in rows {
            if (offset..end).contains(&page.total) {
                page.rows.push(row);
            }
            page.total += 1;
        }
        page
    }
}

impl<T> Page<T> {
    fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(change).collect(),
            total: self.total,
        }
    }
}

/// What a search is for: text that one of a row's texts has in it, whatever its case.
struct Search(String);

impl Search {
    /// Nothing where everything is searched for.
    fn of(q: Option<&str>) -> Option<Self> {
        q.filter(|q| !q.is_empty()).map(|q| Self(q.to_lowercase()))
    }

    fn finds(&self, text: &str) -> bool {
        text.to_lowercase().contains(&self.0)
    }
}

impl Logto {
    /// An organization that others refer to.
    fn referred(&self, organization_id: &str) -> Result<&Organization, Refusal> {
        let unknown = || Refusal::ReferenceUnknown(Reference::Organization(organization_id.to_owned()));
        self.organizations.get(organization_id).ok_or_else(unknown)
    }

    /// The users of these ids, each once and in this order, if all exist.
    fn users(&self, ids: &[String]) -> Result<Vec<Id>, Refusal> {
        let unknown = |id: &str| Refusal::ReferenceUnknown(Reference::User(id.to_owned()));
        let found = |id: &String| self.user(id).map(|user| &user.id).ok_or_else(|| unknown(id));
        each_once(ids.iter().map(found))
    }

    /// The roles of these ids, each once and in this order, if all exist.
    fn roles(&self, ids: &[String]) -> Result<Vec<Id>, Refusal> {
        let unknown = |id: &str| Refusal::ReferenceUnknown(Reference::Role(id.to_owned()));
        let found = |id: &String| self.role(id).map(|role| &role.id).ok_or_else(|| unknown(id));
        each_once(ids.iter().map(found))
    }

    fn user(&self, id: &str) -> Option<&Arc<User>> {
        self.users.get(id)
    }

    fn role(&self, id: &str) -> Option<&Arc<Role>> {
        self.roles.get(id)
    }
}

fn each_once<'a>(ids: impl Iterator<Item = Result<&'a Id, Refusal>>) -> Result<Vec<Id>, Refusal> {
    let mut seen = std::collections::BTreeSet::new();
    let mut each = Vec::new();
    for id in ids {
        let id = id?;
        if seen.insert(id) {
            each.push(Arc::clone(id));
        }
    }
    Ok(each)
}
