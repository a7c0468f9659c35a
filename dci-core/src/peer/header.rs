//! Headers in the forms peers read.

use super::profile::{HeaderForm, Profile};
use crate::wire::{Json, Object};

/// The members a complete header has.
const TEN: [&str; 10] = [
    "version",
    "message_id",
    "message_ts",
    "action",
    "sender_id",
    "sender_uri",
    "receiver_id",
    "total_count",
    "is_msg_encrypted",
    "meta",
];
/// The order of the G2P Connect reference registry.
const G2P: [&str; 11] = [
    "type",
    "version",
    "action",
    "meta",
    "message_id",
    "message_ts",
    "total_count",
    "sender_id",
    "receiver_id",
    "is_msg_encrypted",
    "sender_uri",
];

impl Profile {
    /// Writes a header as the peer reads it.
    pub fn write_header(&self, header: &mut Object) {
        match self.header {
            HeaderForm::Standard => {}
            HeaderForm::Complete => {
                for name in TEN {
                    if header.get(name).is_none() {
                        header.insert(name, Json::Null);
                    }
                }
            }
            HeaderForm::Short => {
                header.remove("is_msg_encrypted");
                if header.get("meta").and_then(Json::as_object).is_some_and(Object::is_empty) {
                    header.remove("meta");
                }
                if header.get("sender_uri").is_none() && header.get("status").is_none() {
                    let own = header.get("sender_id").and_then(Json::as_str).unwrap_or_default();
                    // Some want an address even where nothing is called back.
                    let address = if own.contains("://") { own.to_owned() } else { format!("https://{own}/") };
                    header.insert("sender_uri", address);
                }
            }
            HeaderForm::G2pConnect => {
                let reply = header.get("status").is_some();
                header.insert("type", if reply { "responseHeader" } else { "requestHeader" });
                let mut data = Object::new();
                data.insert("is_sign", Json::Bool(true));
                let mut meta = Object::new();
                meta.insert("data", data);
                header.insert("meta", meta);
                let mut ordered = Object::new();
                for name in G2P {
                    if let Some(value) = header.remove(name) {
                        ordered.insert(name, value);
                    }
                }
                ordered.extend(std::mem::take(header));
                *header = ordered;
            }
        }
    }
}
