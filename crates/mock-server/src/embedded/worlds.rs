use jiff::Timestamp;

use super::MockServer;
use crate::fixtures::Given;
use crate::guide;
use crate::served::Served;
use crate::world::{Clock, NewWorld, NotMade, World, WorldName};

/// Worlds of one server: tests that run side by side need no server each.
impl MockServer {
    /// Makes a world beside the usual one, with fixtures, a seed or a clock of its own.
    ///
    /// ```
    /// use std::sync::LazyLock;
    /// use mock_server::MockServer;
    ///
    /// static SERVER: LazyLock<MockServer> = LazyLock::new(|| MockServer::start().unwrap());
    ///
    /// let world = SERVER.new_world().seed(7).make()?;
    /// let base_url = SERVER.clerk_url_of(&world);
    /// assert!(base_url.contains("/w/world-1/clerk/"));
    /// # Ok::<(), mock_server::world::NotMade>(())
    /// ```
    pub fn new_world(&self) -> WorldBuilder<'_> {
        WorldBuilder {
            server: self,
            new: NewWorld::default(),
        }
    }

    /// All worlds there are, by name.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// assert!(server.worlds().is_empty(), "a world begins when it is first asked for");
    /// server.world();
    /// assert_eq!(server.worlds()[0].name().as_str(), "default");
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn worlds(&self) -> Vec<World> {
        self.app.worlds().list()
    }

    /// Forgets a world; `false` where it is gone already. Named again by a request, it begins anew.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let server = mock_server::MockServer::start()?;
    /// let world = server.new_world().make()?;
    /// assert!(server.delete_world(world.name()));
    /// assert!(server.worlds().is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn delete_world(&self, name: &WorldName) -> bool {
        self.app.worlds().remove(name)
    }

    /// The base URL to give to a client of Clerk, so that its calls are for this world.
    ///
    /// ```
    /// let server = mock_server::MockServer::start()?;
    /// assert_eq!(server.clerk_url_of(&server.world()), server.clerk_url());
    /// # Ok::<(), mock_server::StartError>(())
    /// ```
    #[must_use]
    pub fn clerk_url_of(&self, world: &World) -> String {
        self.base_url_of(&crate::clerk::SERVED, world)
    }

    /// The base URL to give to a client of Logto, so that its calls are for this world.
    #[must_use]
    pub fn logto_url_of(&self, world: &World) -> String {
        self.base_url_of(&crate::logto::SERVED, world)
    }

    /// The base URL to give to a client of WhyLabs, so that its calls are for this world.
    #[must_use]
    pub fn whylabs_url_of(&self, world: &World) -> String {
        self.base_url_of(&crate::whylabs::SERVED, world)
    }

    /// The base URL to give to a client of Enhance, so that its calls are for this world.
    #[must_use]
    pub fn enhance_url_of(&self, world: &World) -> String {
        self.base_url_of(&crate::enhance::SERVED, world)
    }

    fn base_url_of(&self, api: &'static Served, world: &World) -> String {
        guide::base_url(api, &guide::world_root(&self.url, world.name()))
    }
}

/// A world that is to be made. What is not said is as in every world of the server.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mock_server::fixtures::{ClerkFixtures, ClerkUserFixture, Fixtures, Given};
/// use mock_server::{MockServer, world::WorldName};
///
/// let server = MockServer::start()?;
/// let zed = ClerkUserFixture { id: Some("user_zed".to_owned()), ..ClerkUserFixture::default() };
/// let clerk = ClerkFixtures { users: Some(vec![zed]), ..ClerkFixtures::default() };
/// let fixtures = Fixtures { extends: Some(true), clerk: Some(clerk), ..Fixtures::default() };
/// let world = server
///     .new_world()
///     .name(WorldName::parse("checkout")?)
///     .fixtures(Given::Value(Box::new(fixtures)))
///     .clock("2026-01-01T00:00:00Z".parse()?)
///     .make()?;
/// assert_eq!(world.now().to_string(), "2026-01-01T00:00:00Z");
/// let users = world.export().clerk.unwrap().users.unwrap();
/// assert!(users.iter().any(|user| user.id.as_deref() == Some("user_zed")));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct WorldBuilder<'a> {
    server: &'a MockServer,
    new: NewWorld,
}

impl WorldBuilder<'_> {
    /// Its name; one that no world has is found otherwise.
    pub fn name(mut self, name: WorldName) -> Self {
        self.new.name = Some(name);
        self
    }

    /// What everything made up in it is derived from; the fixtures' seed otherwise, and the server's where they have
    /// none.
    pub fn seed(mut self, seed: u64) -> Self {
        self.new.seed = Some(seed);
        self
    }

    /// Stops its clock at an instant, or at [`Clock::FIRST`] where that is later; otherwise it is set as the fixtures say,
    /// or as the server's.
    pub fn clock(mut self, at: Timestamp) -> Self {
        self.new.clock = Some(Clock::Frozen { at });
        self
    }

    /// Starts it from these fixtures instead of the server's, or adds them if they say `extends: true`. Can be given
    /// again.
    pub fn fixtures(mut self, given: Given) -> Self {
        self.new.fixtures.push(given);
        self
    }

    /// Makes the world.
    ///
    /// # Errors
    /// When there is one of its name, or as many as there may be, or the fixtures cannot be used.
    pub fn make(self) -> Result<World, NotMade> {
        self.server.app.worlds().make(&self.new)
    }
}
