//! T-20 to T-29: what a signature is bound to.

use crate::world::{PlainSearch, World, id, judge, received, refused_signature};
use chrono::{TimeDelta, Utc};
use dci_core::action::TxnStatus;
use dci_core::code::{ErrorCode, HeaderReason};
use dci_core::envelope::Received;
use dci_core::exchange::{Acceptance, MemoryStore, NewRequest, Store as _};
use dci_core::gate::{Clock, Fault};
use dci_core::id::{MessageId, TransactionId};
use dci_core::time::Timestamp;
use dci_core::wire::Limits;
use serde_json::{Value, json};

fn leaves(value: &Value, at: String, out: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, inner)| leaves(inner, format!("{at}/{name}"), out)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at_, inner)| leaves(inner, format!("{at}/{at_}"), out));
        }
        _ => out.push(at),
    }
}

#[tokio::test]
async fn t_20_every_member_is_covered() {
    let world = World::new();
    for good in [world.request().await, world.jws_request().await] {
        let mut places = Vec::new();
        leaves(&json!({"header": good["header"], "message": good["message"]}), String::new(), &mut places);
        assert!(places.len() > 12);
        for place in places {
            let mut body = good.clone();
            let value = body.pointer_mut(&place).unwrap();
            *value = match value.clone() {
                Value::String(text) => flip(&text).into(),
                Value::Number(number) => (number.as_i64().unwrap() + 1).into(),
                Value::Bool(value) => (!value).into(),
                _ => json!(1),
            };
            assert!(judge(&world.gate(), &body).await.is_err(), "{place}");
        }
    }
}

/// One bit of the last letter.
fn flip(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    if let Some(last) = bytes.last_mut() {
        *last ^= 1;
    }
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn t_21_stripped_and_wrapped_signatures() {
    let world = World::new();
    let good = world.request().await;
    for absent in
        [json!(null), json!(""), json!(" "), json!("Signature: "), json!("unsigned"), json!(["a"]), json!({"a": 1})]
    {
        let mut body = good.clone();
        body["signature"] = absent.clone();
        refused_signature(&world.gate(), &body, &absent.to_string()).await;
    }
    let mut body = good.clone();
    body.as_object_mut().unwrap().remove("signature");
    refused_signature(&world.gate(), &body, "removed").await;
    // The signed object as a sibling of the one that is acted on.
    let mut wrapped = good.clone();
    wrapped["signed"] = json!({"header": good["header"], "message": good["message"]});
    wrapped["message"]["search_request"][0]["search_criteria"]["query"]["value"] = json!("2");
    refused_signature(&world.gate(), &wrapped, "wrapped").await;
}

#[tokio::test]
async fn t_22_a_message_for_somebody_else() {
    let world = World::new();
    for receiver in [Some(id("another-registry")), None] {
        let mut header = World::header();
        header.receiver_id = receiver;
        let body = world.request_for(&world.registry.peer(), header).await;
        let rejection = judge(&world.gate(), &body).await.unwrap_err();
        assert_eq!(rejection.fault, Fault::Envelope(ErrorCode::ReceiverIdInvalid));
    }
}

#[tokio::test]
async fn t_23_copies() {
    let world = World::new();
    let body = world.jws_request().await;
    let at = |seconds: i64| world.gate().clock(Clock::of(move || Utc::now() + TimeDelta::seconds(seconds)));
    for seconds in [1, 299] {
        assert!(judge(&at(seconds), &body).await.is_ok(), "{seconds}");
    }
    let late = judge(&at(361), &body).await.unwrap_err();
    assert_eq!(late.fault, Fault::Header(HeaderReason::MessageTsInvalid));
    // Within the window it is the store that tells a copy: a hundred at once have one effect and one answer.
    let store = std::sync::Arc::new(MemoryStore::new());
    let request = || {
        let message_id = MessageId::new(body["header"]["message_id"].as_str().unwrap()).unwrap();
        let mut new = NewRequest::new(id("caller"), message_id, "search", TransactionId::new("t").unwrap());
        new.remember_until = Utc::now() + TimeDelta::minutes(10);
        new
    };
    let tries = (0..100).map(|_| {
        let (store, request) = (store.clone(), request());
        tokio::spawn(async move { store.accept(request).await.unwrap() })
    });
    let mut effects = 0;
    let mut ids = std::collections::BTreeSet::new();
    for attempt in tries.collect::<Vec<_>>() {
        match attempt.await.unwrap() {
            Acceptance::New(correlation_id) => {
                effects += 1;
                ids.insert(correlation_id);
            }
            Acceptance::Again(correlation_id) => drop(ids.insert(correlation_id)),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((effects, ids.len()), (1, 1));
}

#[tokio::test]
async fn t_24_times() {
    let world = World::new();
    let stamped = |text: String| {
        let world = &world;
        async move {
            let mut body = world.jws_request().await;
            body["header"]["message_ts"] = text.into();
            let key = world.caller.key(dci_core::jose::Algorithm::EdDsa);
            body["signature"] = crate::world::forge(r#"{"alg":"EdDSA","kid":"key-EdDSA"}"#, &body, &key).into();
            body
        }
    };
    let at = |seconds: i64| Timestamp::from(Utc::now() + TimeDelta::seconds(seconds)).to_string();
    for good in [at(55), at(-295), at(0).replace('Z', "+00:00")] {
        assert!(judge(&world.gate(), &stamped(good.clone()).await).await.is_ok(), "{good}");
    }
    for bad in [
        at(65),
        at(-365),
        at(0).replace('Z', ""),
        "10000-01-01T00:00:00Z".to_owned(),
        "2026-01-01T24:00:00Z".to_owned(),
        "yesterday".to_owned(),
        String::new(),
    ] {
        let rejection = judge(&world.gate(), &stamped(bad.clone()).await).await.expect_err(&bad);
        assert_eq!(rejection.fault, Fault::Header(HeaderReason::MessageTsInvalid), "{bad}: {rejection}");
    }
    // The life a signature string gives itself.
    let good = world.request().await;
    let moved = |seconds| world.gate().clock(Clock::of(move || Utc::now() + TimeDelta::seconds(seconds)));
    assert!(judge(&moved(0), &good).await.is_ok());
    for (seconds, what) in [(-62, "created in the future"), (301, "expired")] {
        let rejection = judge(&moved(seconds), &good).await.expect_err(what);
        assert_eq!(rejection.fault, Fault::Header(HeaderReason::MessageTsInvalid), "{what}");
    }
}

#[tokio::test]
async fn t_25_the_action_of_another_endpoint() {
    let world = World::new();
    let body = world.request().await;
    let rejection = world.gate().admit::<TxnStatus<crate::world::Plain>>(&received(&body), None).await.unwrap_err();
    assert_eq!(rejection.fault, Fault::Header(HeaderReason::ActionInvalid));
    let mut header = World::header();
    header.action = "subscribe".to_owned();
    let body = world.request_for(&world.registry.peer(), header).await;
    let rejection = judge(&world.gate(), &body).await.unwrap_err();
    assert_eq!(rejection.fault, Fault::Header(HeaderReason::ActionInvalid));
}

#[tokio::test]
async fn t_26_t_27_one_message_id_twice() {
    let store = MemoryStore::new();
    let new = |sender: &str, digest: u8| {
        let mut new =
            NewRequest::new(id(sender), MessageId::new("m").unwrap(), "search", TransactionId::new("t").unwrap());
        new.digest = [digest; 32];
        new.remember_until = Utc::now() + TimeDelta::minutes(10);
        new
    };
    assert!(matches!(store.accept(new("caller", 1)).await.unwrap(), Acceptance::New(_)));
    assert!(matches!(store.accept(new("caller", 2)).await.unwrap(), Acceptance::Conflict));
    assert!(matches!(store.accept(new("other", 2)).await.unwrap(), Acceptance::New(_)), "ids belong to their sender");
}

#[tokio::test]
async fn t_28_somebody_elses_name() {
    let world = World::new();
    let body = world.request().await;
    let rejection = world.gate().admit::<PlainSearch>(&received(&body), Some(&id("other"))).await.unwrap_err();
    assert_eq!((rejection.fault.clone(), rejection.status()), (Fault::Envelope(ErrorCode::SenderIdInvalid), 403));
    // Signed by the caller, in the name of the other.
    let mut header = World::header();
    header.sender_id = id("other");
    let body = world.request_for(&world.registry.peer(), header).await;
    refused_signature(&world.gate(), &body, "in another's name").await;
}

#[tokio::test]
async fn t_29_counts() {
    let world = World::new();
    let key = world.caller.key(dci_core::jose::Algorithm::EdDsa);
    for count in ["0", "2", "-1", "9223372036854775808", "1.5", "\"x\"", "null"] {
        let mut body = world.jws_request().await;
        body["header"]["total_count"] = serde_json::from_str(count).unwrap();
        let text = body.to_string();
        let Ok(parsed) = Received::parse(text, &Limits::default()) else { continue };
        drop(parsed);
        body["signature"] = crate::world::forge(r#"{"alg":"EdDSA","kid":"key-EdDSA"}"#, &body, &key).into();
        let rejection = judge(&world.gate(), &body).await.expect_err(count);
        assert_eq!(rejection.fault, Fault::Header(HeaderReason::TotalCountInvalid), "{count}: {rejection}");
    }
}
