//! The worlds of the server, as the control API shows and makes them.

use membership_apis::control::models::{self, BaseUrls, NewWorld};

use super::error::ControlError;
use super::{ControlServer, clock, state};
use crate::fixtures::Given;
use crate::journal::count;
use crate::served::Served;
use crate::visit::PublicBase;
use crate::world::{self, Clock, NotMade, World, WorldName};
use crate::{clerk, enhance, guide, logto, whylabs};

impl ControlServer {
    /// The world of a name, which begins now if it has not yet.
    pub(super) fn world(&self, name: &str) -> Result<World, ControlError> {
        Ok(self.worlds.get_or_begin(&WorldName::parse(name)?)?)
    }

    /// The world of a name, if it has begun.
    pub(super) fn known_world(&self, name: &str) -> Result<World, ControlError> {
        let name = WorldName::parse(name)?;
        self.worlds.get(&name).ok_or_else(|| no_such_world(&name))
    }

    pub(super) fn forget_world(&self, name: &str) -> Result<(), ControlError> {
        let name = WorldName::parse(name)?;
        if self.worlds.remove(&name) {
            Ok(())
        } else {
            Err(no_such_world(&name))
        }
    }

    pub(super) fn make_world(&self, asked: NewWorld) -> Result<World, ControlError> {
        let new = new_world(asked)?;
        // Reading fixtures can take long; what is in the way already is told before.
        if let Some(name) = new.name.as_ref().filter(|name| self.worlds.get(name).is_some()) {
            return Err(NotMade::Exists(name.clone()).into());
        }
        Ok(self.worlds.make(&new)?)
    }
}

impl From<NotMade> for ControlError {
    fn from(not_made: NotMade) -> Self {
        match not_made {
            NotMade::NoRoom(no_room) => Self::NoRoom(no_room),
            NotMade::Fixtures(error) => state::refused(&error, "/fixtures"),
            exists @ NotMade::Exists(_) => Self::Conflict(exists.to_string()),
        }
    }
}

fn no_such_world(name: &WorldName) -> ControlError {
    ControlError::NotFound(format!(
        "There is no world {name}. A world begins when it is first named, by a call of an API or by anything below \
         /worlds/{name}."
    ))
}

fn new_world(asked: NewWorld) -> Result<world::NewWorld, ControlError> {
    let clock = match asked.clock {
        None => None,
        Some(models::ClockFixtures {
            frozen_at: Some(at), ..
        }) => Some(Clock::Frozen {
            at: clock::instant(&at, "/clock/frozen_at")?,
        }),
        Some(models::ClockFixtures {
            offset: Some(offset), ..
        }) => Some(clock::ahead_by(
            clock::fixed_duration(&offset, "/clock/offset")?,
            "/clock/offset",
        )?),
        Some(models::ClockFixtures { .. }) => Some(Clock::default()),
    };
    Ok(world::NewWorld {
        name: asked.name.map(|name| WorldName::parse(&name)).transpose()?,
        fixtures: asked
            .fixtures
            .map(|fixtures| Given::Value(Box::new(fixtures)))
            .into_iter()
            .collect(),
        seed: asked.seed,
        clock,
    })
}

/// The path of a world.
pub(super) fn path(world: &World) -> String {
    format!("{}/worlds/{}", membership_apis::control::BASE_PATH, world.name())
}

/// A world at a glance.
pub(super) fn view(world: &World, base: &PublicBase) -> models::World {
    let root = guide::world_root(&base.origin, world.name());
    let url = |api: &Served| guide::base_url(api, &root);
    let state = world.state();
    models::World {
        name: world.name().to_string(),
        now: state.clock.now().to_string(),
        seed: state.ids.seed,
        requests: count(world.request_count()),
        violations: count(world.epoch().record.tally.violations.total(None)),
        faults: i64::try_from(world.epoch().faults.count()).unwrap_or(i64::MAX),
        base_urls: BaseUrls {
            clerk: url(&clerk::SERVED),
            logto: url(&logto::SERVED),
            whylabs: url(&whylabs::SERVED),
            enhance: url(&enhance::SERVED),
        },
    }
}
