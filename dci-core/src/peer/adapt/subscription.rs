//! Subscriptions as two deployed systems have them.

use super::array_mut;
use crate::wire::{Json, Object};

/// openIMIS wants each code that ends as an item of its own.
pub(super) fn write_codes_as_items(message: &mut Json) {
    let Some(message) = message.as_object_mut() else { return };
    let Some(Json::Array(codes)) = message.get("subscription_codes").cloned() else { return };
    let item = |code| Json::Object(std::iter::once(("subscription_id".to_owned(), code)).collect());
    message.insert("unsubscribe_request", Json::Array(codes.into_iter().map(item).collect()));
    message.remove("subscription_codes");
}

/// The other way round.
pub(super) fn read_codes_of_items(message: &mut Json) {
    let Some(message) = message.as_object_mut() else { return };
    let Some(Json::Array(items)) = message.get("unsubscribe_request").cloned() else { return };
    let codes = items.iter().filter_map(|item| item.get("subscription_id").cloned()).collect();
    message.insert("subscription_codes", Json::Array(codes));
    message.remove("unsubscribe_request");
}

/// The members of an event, as OpenSPP names them and as the standard does.
const EVENT: [(&str, &str); 2] = [("event_id", "reference_id"), ("event_ts", "timestamp")];
const DATA: [(&str, &str); 3] =
    [("event_data", "reg_records"), ("event_type", "reg_event_type"), ("reg_type", "reg_type")];

/// OpenSPP tells an event with its record beside it; the standard has both in `data`.
pub(super) fn read_flat_events(message: &mut Json) {
    for event in array_mut(message, "notify_event").into_iter().flatten().filter_map(Json::as_object_mut) {
        if event.get("event_data").is_none() {
            continue;
        }
        let data: Object =
            DATA.iter().filter_map(|(theirs, own)| Some(((*own).to_owned(), event.remove(theirs)?))).collect();
        event.insert("data", Json::Object(data));
        for (theirs, own) in EVENT {
            if let Some(value) = event.remove(theirs) {
                event.insert(own, value);
            }
        }
    }
}
