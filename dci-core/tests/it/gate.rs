//! The gate: what passes, what does not, and at which step it stops.

use dci_core::action::{Registry, Search};
use dci_core::carrier::Carrier;
use dci_core::code::{ErrorCode, HeaderReason, Status};
use dci_core::envelope::{Envelope, Received};
use dci_core::gate::{Clock, Fault, Gate, Rejection, Seal, Trust};
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::id::{KeyId, SystemId, TransactionId};
use dci_core::jose::{Algorithm, AwsLc, KeySet, SigningKey};
use dci_core::message::{SearchRequest, SearchResponse};
use dci_core::peer::{Peer, Peers};
use dci_core::query::{Attribute, SearchCriteria};
use dci_core::signature::Basis;
use dci_core::wire::{Json, Limits};
use std::sync::Arc;

#[derive(Debug)]
struct Plain;

dci_core::open_enum! {
    /// What it could notify of.
    enum Change {
        /// Anything.
        Any = "any",
    }
}

impl Registry for Plain {
    const NAME: &'static str = "plain";
    const REG_TYPE: &'static str = "ns:org:RegistryType:Plain";
    const RECORD_TYPE: &'static str = "Plain";
    const ATTRIBUTES: &'static [Attribute] = &[];
    const IDENTIFIER_PATHS: &'static [&'static str] = &[];
    type Record = Json;
    type Event = Change;
}

fn id(text: &str) -> SystemId {
    SystemId::new(text).unwrap()
}

fn system(name: &str) -> (Seal, KeySet) {
    let provider = AwsLc::new();
    let key = SigningKey::generate(KeyId::new("k").unwrap(), Algorithm::EdDsa, &provider).unwrap();
    let keys = KeySet::new([key.verification_key(&provider).unwrap()]);
    (Seal::new(id(name), [key]), keys)
}

struct World {
    caller: Seal,
    registry: Seal,
    caller_peer: Peer,
    registry_peer: Peer,
}

fn world() -> World {
    let ((caller, caller_keys), (registry, registry_keys)) = (system("caller"), system("registry"));
    World {
        caller,
        registry,
        caller_peer: Peer::new(id("caller"), caller_keys),
        registry_peer: Peer::new(id("registry"), registry_keys),
    }
}

fn header() -> RequestHeader {
    RequestHeader::new("search", id("caller"), id("registry"), 1)
}

async fn request(world: &World, header: RequestHeader) -> Received {
    let message = SearchRequest::one(SearchCriteria::identifier("UIN", "1"));
    let sealed =
        world.caller.seal(&Envelope::new(header, message), &world.registry_peer, &Carrier::default()).await.unwrap();
    Received::parse(sealed.body, &Limits::default()).unwrap()
}

fn gate(world: &World) -> Gate {
    Gate::new(id("registry"), Arc::new(Peers::new([world.caller_peer.clone()])))
}

async fn fault(gate: &Gate, received: &Received, client: Option<&SystemId>) -> Fault {
    gate.admit::<Search<Plain>>(received, client).await.unwrap_err().fault
}

#[tokio::test]
async fn a_good_request_passes_and_says_who_signed_it() {
    let world = world();
    let verified =
        gate(&world).admit::<Search<Plain>>(&request(&world, header()).await, Some(&id("caller"))).await.unwrap();
    assert_eq!(
        *verified.trust(),
        Trust::Signed { scheme: "dci-string", key_id: KeyId::new("k").unwrap(), basis: Basis::Received }
    );
    assert!(verified.deviations().is_empty());
}

#[tokio::test]
async fn the_token_must_be_the_senders() {
    let world = world();
    let stopped = fault(&gate(&world), &request(&world, header()).await, Some(&id("other"))).await;
    assert_eq!(stopped, Fault::Envelope(ErrorCode::SenderIdInvalid));
}

#[tokio::test]
async fn the_order_of_checks_is_fixed() {
    let world = world();
    // Wrong in every way at once: the first check in the order answers.
    let mut bad = header();
    bad.receiver_id = Some(id("elsewhere"));
    bad.sender_id = id("stranger");
    bad.action = "subscribe".to_owned();
    bad.version = Some("9".to_owned());
    bad.total_count = 9;
    let steps = [
        (Fault::Envelope(ErrorCode::ReceiverIdInvalid), 0),
        (Fault::Envelope(ErrorCode::SenderIdInvalid), 1),
        (Fault::Header(HeaderReason::ActionInvalid), 2),
        (Fault::Envelope(ErrorCode::VersionNotSupported), 3),
        (Fault::Header(HeaderReason::TotalCountInvalid), 4),
    ];
    for (expected, step) in steps {
        assert_eq!(fault(&gate(&world), &request(&world, bad.clone()).await, None).await, expected, "step {step}");
        match step {
            0 => bad.receiver_id = Some(id("registry")),
            1 => bad.sender_id = id("caller"),
            2 => bad.action = "search".to_owned(),
            _ => bad.version = None,
        }
    }
}

#[tokio::test]
async fn every_cause_of_a_bad_signature_reads_the_same() {
    let world = world();
    let (stranger, _) = system("caller");
    let message = SearchRequest::one(SearchCriteria::identifier("UIN", "1"));
    let forged =
        stranger.seal(&Envelope::new(header(), message), &world.registry_peer, &Carrier::default()).await.unwrap();
    let forged = Received::parse(forged.body, &Limits::default()).unwrap();
    let good = request(&world, header()).await;
    let body = |signature: &str| {
        let text = format!(r#"{{"signature":{signature},{}"#, &String::from_utf8(good.as_received()).unwrap()[1..]);
        Received::parse(text, &Limits::default()).unwrap()
    };
    let gate = gate(&world);
    let mut texts = Vec::new();
    for received in [forged, body("\"abc\""), body("42"), body("\"a..b\""), body("\"kidId=\\\"x|k|ed25519\\\"\"")] {
        let rejection: Rejection = gate.admit::<Search<Plain>>(&received, None).await.unwrap_err();
        assert_eq!(rejection.fault, Fault::Envelope(ErrorCode::SignatureInvalid));
        texts.push(rejection.message);
    }
    texts.dedup();
    assert_eq!(texts.len(), 1);
}

#[tokio::test]
async fn a_copy_is_too_old_after_the_window() {
    let world = world();
    let received = request(&world, header()).await;
    let later = |minutes| Clock::of(move || chrono::Utc::now() + chrono::TimeDelta::minutes(minutes));
    assert!(gate(&world).clock(later(4)).admit::<Search<Plain>>(&received, None).await.is_ok());
    let stopped = fault(&gate(&world).clock(later(7)), &received, None).await;
    assert_eq!(stopped, Fault::Header(HeaderReason::MessageTsInvalid));
}

#[tokio::test]
async fn unsigned_messages_pass_only_by_configuration() {
    let world = world();
    let received = String::from_utf8(request(&world, header()).await.as_received()).unwrap();
    for signature in ["", r#""signature":"","#, r#""signature":"unsigned-stub","#, r#""signature":null,"#] {
        let body = format!("{{{signature}{}", &received[1..]);
        let parsed = Received::parse(body, &Limits::default()).unwrap();
        assert_eq!(fault(&gate(&world), &parsed, None).await, Fault::Envelope(ErrorCode::SignatureMissing));
        let open =
            Gate::new(id("registry"), Arc::new(Peers::new([world.caller_peer.clone().danger_accept_unsigned()])));
        assert_eq!(*open.admit::<Search<Plain>>(&parsed, None).await.unwrap().trust(), Trust::Unsigned);
    }
}

async fn reply(world: &World, header: CallbackHeader) -> Received {
    let message: SearchResponse<Json> = SearchResponse::new(TransactionId::new("t").unwrap(), Vec::new());
    let sealed =
        world.registry.seal(&Envelope::new(header, message), &world.caller_peer, &Carrier::default()).await.unwrap();
    Received::parse(sealed.body, &Limits::default()).unwrap()
}

#[tokio::test]
async fn replies_of_systems_that_do_not_swap_ids_are_judged_by_their_key() {
    let world = world();
    let gate = Gate::new(id("caller"), Arc::new(Peers::new([])));
    let peer = Arc::new(world.registry_peer.clone());
    let unswapped = CallbackHeader::new("search", Status::Succeeded, id("caller"), id("registry"));
    let verified = gate.admit_reply::<Search<Plain>>(&reply(&world, unswapped).await, &peer, None).await.unwrap();
    assert_eq!(verified.deviations()[0].rule.id(), "action");
    let stranger = CallbackHeader::new("on-search", Status::Succeeded, id("stranger"), id("caller"));
    let refused = gate.admit_reply::<Search<Plain>>(&reply(&world, stranger).await, &peer, None).await.unwrap_err();
    assert_eq!(refused.fault, Fault::Envelope(ErrorCode::SenderIdInvalid));
}

#[tokio::test]
async fn a_reply_that_echoes_the_requests_signature_carries_none() {
    let world = world();
    let gate = Gate::new(id("caller"), Arc::new(Peers::new([])));
    let header = CallbackHeader::new("on-search", Status::Succeeded, id("registry"), id("caller"));
    let received = reply(&world, header).await;
    let dci_core::envelope::SignatureMember::Text(sent) = received.signature() else { panic!("a signature") };
    let peer = Arc::new(world.registry_peer.clone());
    let refused = gate.admit_reply::<Search<Plain>>(&received, &peer, Some(sent)).await.unwrap_err();
    assert_eq!(refused.fault, Fault::Envelope(ErrorCode::SignatureMissing));
}

#[tokio::test]
async fn a_sender_may_ask_for_what_it_is_registered_for() {
    let mut world = world();
    let received = request(&world, header()).await;
    assert!(gate(&world).admit::<Search<Plain>>(&received, None).await.is_ok());
    world.caller_peer = world.caller_peer.allowed(&["txn-status"]);
    assert_eq!(fault(&gate(&world), &received, None).await, Fault::Envelope(ErrorCode::Forbidden));
}

/// The next key is published at once and signed with from its time; the old one stays until then.
#[tokio::test]
async fn keys_change_without_a_gap() {
    let provider = AwsLc::new();
    let key = |name: &str| SigningKey::generate(KeyId::new(name).unwrap(), Algorithm::EdDsa, &provider).unwrap();
    let now = chrono::Utc::now();
    let (registry_peer, message) = (world().registry_peer, SearchRequest::one(SearchCriteria::identifier("UIN", "1")));
    for (from, signed_with) in [(chrono::TimeDelta::hours(1), "old"), (chrono::TimeDelta::hours(-1), "new")] {
        let seal = Seal::new(id("caller"), [key("old")]).rotating_to(key("new"), now + from);
        let published: Vec<&str> = seal.keys().map(|key| key.key_id().as_str()).collect();
        assert_eq!(published, ["new", "old"]);
        let envelope = Envelope::new(header(), message.clone());
        let sealed = seal.seal(&envelope, &registry_peer, &Carrier::default()).await.unwrap();
        assert!(sealed.signature.unwrap().contains(&format!("caller|{signed_with}|ed25519")));
    }
    // A peer whose scheme takes no key of this system is told apart from one that takes unsigned messages.
    let rsa_only = world().registry_peer.speaking(dci_core::peer::Preset::G2pc.profile());
    let seal = Seal::new(id("caller"), [key("old")]);
    let refused = seal.seal(&Envelope::new(header(), message), &rsa_only, &Carrier::default()).await.unwrap_err();
    assert_eq!(refused, dci_core::gate::SealError::NoKey);
}
