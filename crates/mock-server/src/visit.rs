//! What is known of a request besides what its API is told.

use std::sync::Arc;

use http::request::Parts;
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use crate::random::{Purpose, stream, stream_about};
use crate::world::{Effects, Epoch, Part, State, World, WorldName};

/// One request to an API; in the request's extensions.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) base: PublicBase,
    /// The world the request is for.
    world: World,
    /// When in its world it came. It reads and changes what the world was then, even if that has come to its end meanwhile.
    epoch: Arc<Epoch>,
    random: RequestRandom,
}

/// The address the client knows the server by.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct PublicBase {
    /// Scheme, host and port, without a slash at the end.
    pub(crate) origin: String,
    /// What stands between it and the vendor's own path: the world and the API's name, where the request has them.
    pub(crate) prefix: String,
    /// Whether the client names its world by a header, with which the prefix need not be in its next request's path.
    pub(crate) is_world_in_header: bool,
}

impl Visit {
    pub(crate) fn new(base: PublicBase, world: World, epoch: Arc<Epoch>, random: RequestRandom) -> Self {
        Self {
            base,
            world,
            epoch,
            random,
        }
    }

    /// The visit a request is.
    pub(crate) fn of(parts: &Parts) -> &Self {
        parts
            .extensions
            .get()
            .expect("invariant: requests reach an API through the app, which makes each a visit")
    }

    /// The state as it is now.
    pub(crate) fn state(&self) -> Arc<State> {
        self.epoch.state()
    }

    /// Changes one API's part of the state, or leaves all of it as it was.
    pub(crate) fn change_part<P: Part, T, E>(
        &self,
        change: impl FnOnce(&mut P, &mut Effects<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.epoch.change_part(change)
    }

    /// What leads to the API in this world without a header that names the world, for addresses that others follow.
    pub(crate) fn address(&self) -> String {
        let PublicBase { origin, prefix, .. } = &self.base;
        let name = self.world.name();
        if prefix.starts_with("/w/") || *name == WorldName::default() {
            format!("{origin}{prefix}")
        } else {
            format!("{origin}/w/{name}{prefix}")
        }
    }

    /// What names this request in the vendor's logs: 128 random bits.
    pub(crate) fn trace(&self) -> u128 {
        self.random.trace()
    }

    /// The same as a random UUID.
    pub(crate) fn request_id(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.trace().to_be_bytes()).into_uuid()
    }
}

/// The randomness of one request: it depends on the world's seed and on how many requests the world had before, and on
/// nothing else. Ids of requests are drawn apart from what answers are made of, so that neither shifts the other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct RequestRandom {
    seed: u64,
    number: u64,
}

impl RequestRandom {
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        Self { seed, number }
    }

    /// The request's position among those of its world, from 1.
    pub(crate) fn position(self) -> u64 {
        self.number.saturating_add(1)
    }

    /// The generator for what answers are made of.
    pub(crate) fn made_up(self) -> ChaCha8Rng {
        stream(self.seed, Purpose::Answer, self.number)
    }

    /// The generator for what a fault does to the request.
    pub(crate) fn of_fault(self, fault: u64) -> ChaCha8Rng {
        stream_about(self.seed, Purpose::Fault, fault, self.number)
    }

    fn trace(self) -> u128 {
        stream(self.seed, Purpose::Trace, self.number).random()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::fixtures;
    use crate::world::Worlds;

    fn traces(seed: u64) -> Vec<u128> {
        (0..3)
            .map(|number| RequestRandom::new(seed, number).trace())
            .collect()
    }

    #[test]
    fn equal_seeds_give_equal_traces_and_requests_differ() {
        assert_eq!(traces(7), traces(7));
        assert_ne!(traces(7), traces(8));
        let mut distinct = traces(7);
        distinct.dedup();
        assert_eq!(distinct.len(), 3);
    }

    fn visit(world: &str, prefix: &str) -> Visit {
        let worlds = Worlds::new(fixtures::read(&[], None).unwrap(), &Config::default());
        let world = worlds.get_or_begin(&WorldName::parse(world).unwrap()).unwrap();
        let base = PublicBase {
            origin: "http://h:1".to_owned(),
            prefix: prefix.to_owned(),
            is_world_in_header: false,
        };
        let (epoch, random) = world.next_request();
        Visit::new(base, world, epoch, random)
    }

    #[test]
    fn request_ids_are_random_uuids() {
        assert_eq!(visit("default", "").request_id().get_version_num(), 4);
    }

    #[test]
    fn an_address_leads_into_the_world_however_the_request_named_it() {
        for (world, prefix, address) in [
            ("default", "", "http://h:1"),
            ("default", "/enhance", "http://h:1/enhance"),
            ("default", "/w/default", "http://h:1/w/default"),
            ("a", "", "http://h:1/w/a"),
            ("a", "/enhance", "http://h:1/w/a/enhance"),
            ("a", "/w/a/enhance", "http://h:1/w/a/enhance"),
        ] {
            assert_eq!(visit(world, prefix).address(), address, "{world} {prefix}");
        }
    }
}
