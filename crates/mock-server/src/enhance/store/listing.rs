//! Lists of members.

use std::cmp::Ordering;

use jiff::civil::Date;

use super::{Refusal, Who};
use crate::enhance::id;
use crate::enhance::model::{Enhance, Id, Member, MemberView, Role};

/// Which part of the members is wanted, and in which order.
#[derive(Clone, Debug)]
pub(in crate::enhance) struct Listing {
    /// A part of the name or the e-mail address, in any case.
    pub(in crate::enhance) search: String,
    pub(in crate::enhance) role: Option<Role>,
    /// A website that collaborators were given.
    pub(in crate::enhance) site_access: Option<String>,
    pub(in crate::enhance) sort_by: Option<SortKey>,
    pub(in crate::enhance) descending: bool,
    pub(in crate::enhance) offset: usize,
    pub(in crate::enhance) limit: usize,
}

/// What members are sorted by; without it they stay in the order they came.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::enhance) enum SortKey {
    Status,
    Name,
    Email,
    JoinedAt,
}

/// A page of members, and how many there are on all pages.
#[derive(Clone, Debug)]
pub(in crate::enhance) struct Page {
    pub(in crate::enhance) members: Vec<MemberView>,
    pub(in crate::enhance) total: usize,
}

impl Enhance {
    pub(in crate::enhance) fn members(
        &self,
        who: &Who,
        organization_id: &str,
        listing: &Listing,
    ) -> Result<Page, Refusal> {
        let members = &self.administered(who, organization_id)?.members;
        let (offset, limit) = (listing.offset, listing.limit);
        if listing.is_of_all() && listing.sort_by.is_none() {
            let page = members.page(offset, limit).map(|member| self.view(member));
            return Ok(Page {
                members: page.collect::<Result<_, _>>()?,
                total: members.len(),
            });
        }
        let mut matching = Vec::new();
        let filter = Filter::of(listing);
        for member in members.iter() {
            let view = self.view(member)?;
            if filter.keeps(&view) {
                matching.push(view);
            }
        }
        if let Some(key) = listing.sort_by {
            matching = sorted(matching, key, listing.descending);
        }
        Ok(Page {
            total: matching.len(),
            members: matching.into_iter().skip(offset).take(limit).collect(),
        })
    }
}

impl Listing {
    fn is_of_all(&self) -> bool {
        self.search.is_empty() && self.role.is_none() && self.site_access.is_none()
    }
}

/// Whom a listing keeps, as far as it says.
struct Filter {
    search: String,
    role: Option<Role>,
    /// The website, or that it is none.
    site_access: Option<Option<Id>>,
}

impl Filter {
    fn of(listing: &Listing) -> Self {
        Self {
            search: listing.search.to_lowercase(),
            role: listing.role,
            site_access: listing.site_access.as_deref().map(id::read),
        }
    }

    fn keeps(&self, view: &MemberView) -> bool {
        let MemberView { member, login } = view;
        let is_found = [&login.name, &login.email]
            .into_iter()
            .any(|text| text.to_lowercase().contains(&self.search));
        is_found
            && self.role.is_none_or(|role| member.has(role))
            && self
                .site_access
                .is_none_or(|website| website.is_some_and(|website| is_collaborator(member, website)))
    }
}

/// Whether a member was given a website; who reaches every one anyway was not.
fn is_collaborator(member: &Member, website: Id) -> bool {
    member.has(Role::SiteAccess)
        && !member.has(Role::Owner)
        && !member.has(Role::SuperAdmin)
        && member.site_accesses.contains(&website)
}

/// What a member has for a key.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum SortValue {
    Status { is_pending: bool },
    Text(String),
    Day(Date),
}

impl SortKey {
    fn of(self, MemberView { member, login }: &MemberView) -> SortValue {
        match self {
            Self::Status => SortValue::Status {
                is_pending: !member.is_active(),
            },
            Self::Name => SortValue::Text(login.name.to_lowercase()),
            Self::Email => SortValue::Text(login.email.to_lowercase()),
            Self::JoinedAt => SortValue::Day(member.joined_on),
        }
    }
}

/// Sorts by a key, one way or the other; who is alike stays in the order they came.
fn sorted(views: Vec<MemberView>, key: SortKey, descending: bool) -> Vec<MemberView> {
    let mut keyed: Vec<_> = views.into_iter().map(|view| (key.of(&view), view)).collect();
    let order = |left: &SortValue, right: &SortValue| -> Ordering {
        if descending {
            right.cmp(left)
        } else {
            left.cmp(right)
        }
    };
    keyed.sort_by(|(left, _), (right, _)| order(left, right));
    keyed.into_iter().map(|(_, view)| view).collect()
}
