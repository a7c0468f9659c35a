//! What differs between the two releases of the standard.

use super::super::profile::Text;
use super::{RESPONSES, array_in, array_mut, last_word};
use crate::wire::{Json, Object};

impl Text {
    /// The registries whose `reg_records` is one object, in an answer to a search, or in the state of one.
    fn of_one_record(self, in_status: bool) -> &'static [&'static str] {
        match (self, in_status) {
            (Self::Dec2025, false) => &["dr"],
            (Self::Dec2025, true) | (Self::Jan2025, _) => &["dr", "civil", "fr"],
        }
    }

    /// Writes a request's message in the peer's text.
    pub(super) fn write_request(self, message: &mut Json) {
        let Some(object) = message.as_object_mut().filter(|_| self == Self::Jan2025) else { return };
        // Required under the misspelt name; read by newer systems under the right one.
        copy(object, "subscription_codes", "sunscription_codes");
        if object.get("subscription_codes").is_some() {
            copy(object, "timestamp", "timesstamp");
        }
    }

    /// Writes an answer's message in the peer's text.
    pub(super) fn write_answer(self, message: &mut Json) {
        self.write_records(message, false);
        let state = message.as_object_mut().and_then(|object| object.get_mut("txnstatus_response"));
        let state = state.and_then(Json::as_object_mut).and_then(|object| object.get_mut("txn_status"));
        if let Some(state) = state {
            self.write_records(state, true);
            self.write_subscriptions(state);
        }
        self.write_subscriptions(message);
        if let Some(object) = message.as_object_mut()
            && self == Self::Jan2025
            && object.get("subscription_status").is_some()
        {
            copy(object, "timestamp", "timesatmp");
        }
    }

    /// One record stands alone where the text has an object, and no record is no data; several have no form in that text, and
    /// stay the list the vocabulary allows (`@set`).
    fn write_records(self, message: &mut Json, in_status: bool) {
        for result in array_mut(message, RESPONSES).into_iter().flatten().filter_map(Json::as_object_mut) {
            let Some(data) = result.get_mut("data").and_then(Json::as_object_mut) else { continue };
            let registry = data.get("reg_type").and_then(Json::as_str).map(last_word).unwrap_or_default();
            if !self.of_one_record(in_status).contains(&registry.as_str()) {
                continue;
            }
            match data.get_mut("reg_records") {
                Some(Json::Array(records)) if records.is_empty() => drop(result.remove("data")),
                Some(Json::Array(records)) if records.len() == 1 => {
                    if let Some(one) = records.pop() {
                        data.insert("reg_records", one);
                    }
                }
                _ => {}
            }
        }
    }

    /// The older text requires code and criteria of a subscription under names of their own.
    fn write_subscriptions(self, message: &mut Json) {
        if self != Self::Jan2025 {
            return;
        }
        for result in array_mut(message, "subscribe_response").into_iter().flatten().filter_map(Json::as_object_mut) {
            for subscription in array_in(result, "subscriptions").into_iter().flatten().filter_map(Json::as_object_mut)
            {
                copy(subscription, "code", "subscription_code");
                let criteria: Object = CRITERIA
                    .iter()
                    .filter_map(|name| Some(((*name).to_owned(), subscription.get(name)?.clone())))
                    .collect();
                subscription.insert("subscribe_criteria", Json::Object(criteria));
            }
        }
    }
}

/// What a subscription repeats of its criteria.
const CRITERIA: [&str; 8] =
    ["version", "reg_type", "reg_event_type", "frequency", "filter_type", "filter", "notify_record_type", "authorize"];

fn copy(object: &mut Object, from: &str, to: &str) {
    if let Some(value) = object.get(from).cloned() {
        object.insert(to, value);
    }
}
