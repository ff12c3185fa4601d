//! The APIs that are served, as data.

use api_support::schema::SchemaTable;
use api_support::{Operation, WireRules};
use axum::Router;

use crate::config::Config;
use crate::fixtures::Fixtures;
use crate::{clerk, enhance, logto, whylabs};

/// One API.
#[derive(Debug)]
pub(crate) struct Served {
    /// Its name in paths.
    pub(crate) name: &'static str,
    /// Its name for people.
    pub(crate) title: &'static str,
    /// What every path of it begins with that its operations leave out.
    pub(crate) base_path: &'static str,
    /// What the paths begin with that are the vendor's own.
    pub(crate) roots: &'static [&'static str],
    /// Whether an id that cannot be read counts as one nobody has.
    pub(crate) opaque_ids: bool,
    /// A header that lets a call in, where these fixtures have one that can be shown.
    pub(crate) credential: fn(&Fixtures) -> Option<String>,
    /// Paths of it that are served beside its document.
    pub(crate) besides: &'static [&'static str],
    pub(crate) operations: &'static [Operation],
    pub(crate) schemas: &'static SchemaTable,
    /// Its OpenAPI document, as it is written.
    pub(crate) document: &'static str,
    /// What it forgives.
    pub(crate) wire: WireRules,
    pub(crate) router: fn(&Config) -> Router,
}

/// All of them.
pub(crate) static APIS: [&Served; 4] = [&clerk::SERVED, &logto::SERVED, &whylabs::SERVED, &enhance::SERVED];
