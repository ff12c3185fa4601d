//! The outbox of a world, as the control API shows it.

use membership_apis::control::models::{self, ApiName};

use crate::journal::count;
use crate::world::{Event, World};

/// The events after a number, of one API or of all.
pub(super) fn list(world: &World, api: Option<ApiName>, after: Option<i64>) -> models::EventList {
    let after = after
        .and_then(|after| u64::try_from(after).ok())
        .unwrap_or_default();
    let state = world.state();
    let events = state.outbox.after(after).filter_map(|event| view(&event));
    models::EventList {
        events: events
            .filter(|event| api.is_none_or(|api| event.api == api))
            .collect(),
    }
}

fn view(event: &Event) -> Option<models::Event> {
    let serde_json::Value::Object(data) = event.message.data() else {
        return None;
    };
    Some(models::Event {
        number: count(event.number),
        at: event.at.to_string(),
        api: event.message.api().parse().ok()?,
        name: event.message.name().to_owned(),
        data: data.into_iter().collect(),
    })
}
