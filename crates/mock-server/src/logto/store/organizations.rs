use std::sync::Arc;

use api_support::{Field, Number};

use super::{Page, Paging, Refusal, Search};
use crate::logto::event::Happened;
use crate::logto::id;
use crate::logto::model::{Logto, Organization, Profile, User};
use crate::logto::time::milliseconds;
use crate::world::{About, Effects};

/// How many members stand for their organization.
const FEATURED: usize = 3;

/// What a new organization starts with.
#[derive(Clone, Debug)]
pub(in crate::logto) struct Foundation {
    pub(in crate::logto) name: String,
    pub(in crate::logto) description: Option<String>,
    pub(in crate::logto) created_at: Option<Number>,
}

/// What shall be another way; what is not named stays.
#[derive(Clone, Debug)]
pub(in crate::logto) struct Change {
    pub(in crate::logto) id: Option<String>,
    pub(in crate::logto) name: Option<String>,
    pub(in crate::logto) description: Field<String>,
    pub(in crate::logto) created_at: Option<Number>,
}

/// An organization in a list.
#[derive(Clone, Debug)]
pub(in crate::logto) struct OrganizationView {
    pub(in crate::logto) profile: Arc<Profile>,
    pub(in crate::logto) users_count: usize,
    pub(in crate::logto) featured: Vec<Arc<User>>,
}

impl Change {
    fn names_nothing(&self) -> bool {
        let Self {
            id,
            name,
            description,
            created_at,
        } = self;
        id.is_none() && name.is_none() && description.is_absent() && created_at.is_none()
    }
}

impl Logto {
    /// The organization of exactly this id.
    pub(in crate::logto) fn organization(&self, id: &str) -> Result<&Organization, Refusal> {
        self.organizations
            .get(id)
            .ok_or_else(|| Refusal::OrganizationUnknown(id.to_owned()))
    }

    /// A page of the organizations whose id or name has this text in it, in the order they came about.
    pub(in crate::logto) fn list_organizations(
        &self,
        q: Option<&str>,
        paging: Paging,
    ) -> Page<OrganizationView> {
        let organizations = &self.organizations;
        let page = match Search::of(q) {
            Some(search) => paging.of(organizations.iter().filter(|organization| {
                let profile = &organization.profile;
                search.finds(&profile.id) || search.finds(&profile.name)
            })),
            None => {
                let rows = organizations.in_order.page(paging.offset(), paging.size);
                Page {
                    rows: rows.iter().filter_map(|(_, id)| organizations.get(id)).collect(),
                    total: organizations.in_order.len(),
                }
            }
        };
        page.map(|organization| OrganizationView {
            profile: Arc::clone(&organization.profile),
            users_count: organization.members.len(),
            featured: self.featured(organization),
        })
    }

    /// Founds an organization, without any members.
    pub(in crate::logto) fn create_organization(
        &mut self,
        effects: &mut Effects<'_>,
        foundation: Foundation,
    ) -> Arc<Profile> {
        let profile = Arc::new(Profile {
            id: id::new(id::SHORT, effects.ids.draw()),
            name: foundation.name,
            description: written(foundation.description),
            created_at: foundation.created_at.unwrap_or_else(|| milliseconds(effects.now)),
        });
        self.organizations.add(Arc::clone(&profile));
        effects.tell(About::Logto(Happened::Created(Arc::clone(&profile))));
        profile
    }

    /// Changes what is named and nothing else. Another id takes the members and their roles along.
    pub(in crate::logto) fn update_organization(
        &mut self,
        effects: &mut Effects<'_>,
        id: &str,
        change: Change,
    ) -> Result<Arc<Profile>, Refusal> {
        if change.names_nothing() {
            return Err(Refusal::NothingToWrite);
        }
        let organization = self.organizations.get(id).ok_or(Refusal::NothingToChange)?;
        let before = Profile::clone(&organization.profile);
        if let Some(new) = change.id.as_deref().filter(|new| *new != id)
            && self.organizations.get(new).is_some()
        {
            return Err(Refusal::IdInUse(new.to_owned()));
        }
        let profile = Arc::new(Profile {
            id: change.id.map_or(before.id, Into::into),
            name: change.name.unwrap_or(before.name),
            description: change
                .description
                .into_option()
                .map_or(before.description, written),
            created_at: change.created_at.unwrap_or(before.created_at),
        });
        self.organizations.set_profile(id, Arc::clone(&profile));
        effects.tell(About::Logto(Happened::Updated(Arc::clone(&profile))));
        Ok(profile)
    }

    /// Removes an organization, with its memberships and the roles held in it.
    pub(in crate::logto) fn delete_organization(
        &mut self,
        effects: &mut Effects<'_>,
        id: &str,
    ) -> Result<(), Refusal> {
        let organization = self.organizations.remove(id).ok_or(Refusal::NothingToDelete)?;
        let id = Arc::clone(&organization.profile.id);
        effects.tell(About::Logto(Happened::Deleted(id)));
        Ok(())
    }

    fn featured(&self, organization: &Organization) -> Vec<Arc<User>> {
        let first = organization.members.first(FEATURED);
        first.filter_map(|id| self.user(id)).cloned().collect()
    }
}

/// A description; an empty one is none.
fn written(description: Option<String>) -> Option<String> {
    description.filter(|text| !text.is_empty())
}
