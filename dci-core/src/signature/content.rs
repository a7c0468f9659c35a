//! The texts of one received message that a signature may have been made over, in the order they are tried.

use super::scheme::{Basis, SignatureError};
use crate::envelope::Received;
use crate::wire::{Form, Json, Object};
use chrono::{DateTime, SecondsFormat, SubsecRound as _};

/// What of a message a signature covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Covered {
    /// Header and message.
    Parts,
    /// The whole body.
    Body,
}

const NO: SignatureError = SignatureError("the signature does not hold");

/// Tries `check` over the received bytes, then over the canonical form where that is another text; and, where
/// `reprinted` allows it, over the two forms of a system that prints the header anew before it signs. Never more than
/// four.
pub(super) fn try_each(
    received: &Received,
    form: Form,
    covered: Covered,
    reprinted: bool,
    check: impl Fn(&[u8]) -> bool,
) -> Result<Basis, SignatureError> {
    let (plain, canonical) = match covered {
        Covered::Parts => (received.as_received(), received.canonical(form)),
        Covered::Body => (received.body().to_vec(), received.canonical_body(form)),
    };
    if check(&plain) {
        return Ok(Basis::Received);
    }
    if canonical.as_bytes() != plain && check(canonical.as_bytes()) {
        return Ok(Basis::Canonical);
    }
    if !reprinted || covered == Covered::Body {
        return Err(NO);
    }
    let with_header = |header: Json| {
        [r#"{"header":"#, &header.print(form), r#","message":"#, &received.print_message(form), "}"].concat()
    };
    if let Some(text) = completed(received.header()).map(with_header)
        && check(text.as_bytes())
    {
        return Ok(Basis::Completed);
    }
    match reprint(received.header()).map(with_header) {
        Some(text) if check(text.as_bytes()) => Ok(Basis::Reprinted),
        _ => Err(NO),
    }
}

/// The header with `is_msg_encrypted: false`, where it has none.
fn completed(header: &Json) -> Option<Json> {
    let mut object = header.as_object().filter(|object| object.get("is_msg_encrypted").is_none())?.clone();
    object.insert("is_msg_encrypted", Json::Bool(false));
    Some(Json::Object(object))
}

/// The header as it comes out of a reader with ten members: missing ones with their defaults, unknown ones dropped, the
/// time with six digits or none and `Z` for UTC.
fn reprint(header: &Json) -> Option<Json> {
    let object = header.as_object()?;
    let or = |name: &str, default: Json| object.get(name).cloned().unwrap_or(default);
    let mut out = Object::new();
    out.insert("version", or("version", Json::from("1.0.0")));
    for name in ["message_id", "action", "sender_id", "total_count"] {
        out.insert(name, object.get(name)?.clone());
    }
    let time = DateTime::parse_from_rfc3339(object.get("message_ts")?.as_str()?).ok()?;
    let form = if time.trunc_subsecs(0) == time { SecondsFormat::Secs } else { SecondsFormat::Micros };
    out.insert("message_ts", time.to_rfc3339_opts(form, true));
    for name in ["sender_uri", "receiver_id", "meta"] {
        out.insert(name, or(name, Json::Null));
    }
    out.insert("is_msg_encrypted", or("is_msg_encrypted", Json::Bool(false)));
    Some(Json::Object(out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Limits;

    #[test]
    fn four_texts_are_tried_and_each_once() {
        let body = r#"{"header":{"total_count":1,"message_id":"m","message_ts":"2024-01-15T10:30:00.000Z","action":"search","sender_id":"a"},"message":{"b":1.0}}"#;
        let received = Received::parse(body, &Limits::default()).unwrap();
        let seen = std::sync::Mutex::new(Vec::new());
        let keep = |text: &[u8]| {
            seen.lock().unwrap().push(String::from_utf8(text.to_vec()).unwrap());
            false
        };
        assert!(try_each(&received, Form::SortedAscii, Covered::Parts, true, keep).is_err());
        let seen = seen.into_inner().unwrap();
        assert_eq!(seen.len(), 4);
        assert!(seen.iter().all(|text| text.ends_with(r#""message":{"b":1.0}}"#)));
        let reprinted = seen.last().unwrap();
        assert!(reprinted.contains(r#""message_ts":"2024-01-15T10:30:00Z""#) && reprinted.contains(r#""meta":null"#));
    }
}
