//! What an encrypted message is bound to.

use crate::wire::{Form, Json, Object};

/// The members of the envelope's header that a ciphertext is bound to, as the additional data of its tag: whoever moves it
/// into another envelope breaks it (security of encrypted messages; RFC 7516 section 7.2.1, `aad`).
pub fn binding(header: &Json) -> Vec<u8> {
    let mut bound = Object::new();
    for name in ["action", "message_id", "receiver_id", "sender_id"] {
        if let Some(value) = header.get(name) {
            bound.insert(name, value.clone());
        }
    }
    Json::Object(bound).print(Form::SortedUtf8).into_bytes()
}
