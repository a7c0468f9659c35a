//! Real traffic of `OpenCRVS` (September 2024), read and written through its preset.

use crate::material::text;
use dci_core::carrier::Carrier;
use dci_core::client::{ErrorShape, PeerError};
use dci_core::code::{Operator, Sex, SortOrder};
use dci_core::envelope::{Envelope, Received};
use dci_core::gate::{Clock, Gate, Seal, Trust, Verified};
use dci_core::header::{CallbackHeader, RequestHeader};
use dci_core::id::{ReferenceId, SystemId};
use dci_core::jose::KeySet;
use dci_core::message::{SearchRequest, SearchResponse};
use dci_core::peer::{Peer, Peers, Preset};
use dci_core::query::{Comparison, Predicate, Query, SearchCriteria};
use dci_core::signature::EmbeddedJws;
use dci_core::wire::{Json, Limits, Wire as _};
use dci_crvs::{Civil, CivilPerson, EventCriteria as _, VitalEvent};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

type Answer = Verified<CallbackHeader, SearchResponse<CivilPerson>>;

fn capture(name: &str) -> Value {
    serde_json::from_str(&text(&format!("captures/opencrvs/{name}.json"))).unwrap()
}

fn crvs() -> Peer {
    let mut profile = Preset::OpenCrvs2024.profile();
    // Its keys lived as long as the process that was captured: nobody can verify these signatures any more.
    profile.schemes.clear();
    Peer::new(SystemId::new("crvs").unwrap(), KeySet::default()).speaking(profile).danger_accept_unsigned()
}

fn at_once<F: Future>(future: F) -> F::Output {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("there was something to wait for"),
    }
}

/// The answer as a client of that peer gets it, without its signature.
fn read(body: &str) -> Answer {
    let mut tree: Value = serde_json::from_str(body).unwrap();
    tree.as_object_mut().unwrap().remove("signature");
    let received = Received::parse(tree.to_string(), &Limits::default()).unwrap();
    let own = SystemId::new("http://127.0.0.1:18080").unwrap();
    let gate = Gate::new(own, Arc::new(Peers::new([]))).clock(Clock::system());
    let answer =
        at_once(gate.admit_reply::<dci_core::action::Search<Civil>>(&received, &Arc::new(crvs()), None)).unwrap();
    assert_eq!(*answer.trust(), Trust::Unsigned);
    answer
}

fn body_of(name: &str) -> String {
    capture(name)["response"]["body"].to_string()
}

pub(crate) fn answers_become_typed_records() {
    let birth = read(&body_of("30-sync-birth-brn")).into_message();
    let result = &birth.search_response[0];
    let data = result.data.as_ref().unwrap();
    assert_eq!(data.reg_type.as_deref(), Some("ns:org:RegistryType:Civil"));
    let [child] = result.records() else { panic!("one record") };
    let name = child.name.as_ref().unwrap();
    assert_eq!((name.given_name.as_deref(), name.surname.as_deref()), (Some("Test"), Some("Last")));
    assert_eq!(child.sex, Some(Sex::Female));
    assert_eq!(child.birth_date.as_ref().map(dci_core::time::RecordDate::as_str), Some("2022-12-01"));
    let identifier = |index: usize| {
        let it = &child.identifier[index];
        (it.identifier_type.as_ref().unwrap().as_str().to_owned(), it.identifier_value.clone().unwrap())
    };
    assert_eq!(identifier(0), ("BRN".to_owned(), "2023BIYCGRT".to_owned()));
    assert_eq!(identifier(1).1, "1029384756");
    let mother = child.parent1_identifier.as_ref().unwrap();
    assert_eq!(mother.identifier_value.as_deref(), Some("2938475610"));
    assert!(child.extra.get("relations").is_some(), "what has no place in the standard is kept");
    let place = child.birth_place.as_ref().unwrap();
    assert_eq!(place.extra.get("@id").and_then(Json::as_str), Some("1d5058b2-3876-4fa5-a68b-291c66b58519"));

    let death = read(&body_of("34-sync-death-drn")).into_message();
    assert!(death.search_response[0].records()[0].death_place.is_some());
    let marriage = read(&body_of("35-sync-marriage-mrn")).into_message();
    assert_eq!(marriage.search_response[0].records()[0].marriage_date[0].as_str(), "2022-11-20");
    let nobody = read(&body_of("36-sync-not-found")).into_message();
    assert_eq!(nobody.records().count(), 0);

    // An item without hits is left out: what is there still finds its item.
    let batch = read(&body_of("37-sync-batch")).into_message();
    let result = |id: &str| batch.result(&ReferenceId::new(id).unwrap());
    assert!(result("ref-hit").is_some() && result("ref-miss").is_none() && result("ref-death").is_some());
    let range = read(&body_of("40-sync-predicate-range")).into_message();
    let found = &range.search_response[0];
    assert_eq!(found.records().len(), 2);
    let home = found.records()[0].birth_place.as_ref().unwrap();
    assert!(home.address_line.as_ref().unwrap().starts_with("Acacia Street") && home.contained_in_place.is_some());
}

pub(crate) fn a_callback_in_plain_text_is_read() {
    let callbacks = capture("90-async-birth-callback");
    let callback = &callbacks["callbacks"][0];
    assert!(callback["headers"]["content-type"].as_str().unwrap().starts_with("text/plain"));
    let answer = read(callback["body_raw"].as_str().unwrap()).into_message();
    let acknowledged = capture("90-async-birth");
    let correlation_id = acknowledged["response"]["body"]["message"]["correlation_id"].as_str();
    assert_eq!(answer.correlation_id.as_ref().map(dci_core::id::CorrelationId::as_str), correlation_id);
    assert_eq!(answer.records().count(), 1);
}

/// The keys are gone, the payloads are not: each is its envelope, value by value.
pub(crate) fn signatures_carry_what_the_envelope_says() {
    use dci_core::signature::SignatureScheme as _;
    for name in ["30-sync-birth-brn", "34-sync-death-drn", "35-sync-marriage-mrn", "36-sync-not-found", "37-sync-batch"]
    {
        let body = body_of(name);
        let received = Received::parse(body.clone(), &Limits::default()).unwrap();
        let found = EmbeddedJws::new().find(&received).unwrap().unwrap();
        assert!(found.claimed().key_id.is_some());
        let payload = found.text().split('.').nth(1).unwrap().to_owned();
        let payload = Json::parse(&decode(&payload)).unwrap();
        let body = Json::parse(body.as_bytes()).unwrap();
        for part in ["header", "message"] {
            assert!(payload.get(part).unwrap().same_value(body.get(part).unwrap()), "{name} {part}");
        }
    }
}

fn decode(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'-' => 62,
        _ => 63,
    };
    let mut out = Vec::new();
    for chunk in text.as_bytes().chunks(4) {
        let bits = chunk.iter().enumerate().fold(0_u32, |bits, (at, letter)| {
            bits | (u32::from(value(*letter)) << (18 - 6 * u32::try_from(at).unwrap()))
        });
        out.extend(&bits.to_be_bytes()[1..chunk.len()]);
    }
    out
}

/// Every member with its kind: what two messages of one shape have in common.
fn shape(tree: &Value, at: &str, out: &mut BTreeSet<String>) {
    match tree {
        Value::Object(members) => members.iter().for_each(|(name, inner)| shape(inner, &format!("{at}/{name}"), out)),
        Value::Array(items) => items.iter().for_each(|item| shape(item, &format!("{at}[]"), out)),
        Value::String(_) => drop(out.insert(format!("{at} text"))),
        Value::Number(_) => drop(out.insert(format!("{at} number"))),
        other => drop(out.insert(format!("{at} {other}"))),
    }
}

fn our_request(criteria: Vec<SearchCriteria>) -> Value {
    let own = SystemId::new("http://127.0.0.1:18080").unwrap();
    let mut profile = Preset::OpenCrvs2024.profile();
    profile.signs = false;
    profile.batch = None;
    let peer = Peer::new(SystemId::new("crvs").unwrap(), KeySet::default()).speaking(profile).danger_accept_unsigned();
    let request = SearchRequest::batch(criteria.into_iter().map(SearchCriteria::of::<Civil>));
    let mut header = RequestHeader::new("search", own.clone(), peer.id().clone(), request.search_request.len());
    header.sender_uri = Some("http://127.0.0.1:18080/on-search".to_owned());
    let mut message = request.write();
    peer.profile().write_request(&mut message).unwrap();
    let seal = Seal::new(own, []);
    let sealed = at_once(seal.seal(&Envelope::new(header, message), &peer, &Carrier::default())).unwrap();
    serde_json::from_slice(&sealed.body).unwrap()
}

pub(crate) fn our_requests_have_the_shape_that_was_accepted() {
    let brn = |value| SearchCriteria::identifier("BRN", value).event(VitalEvent::LiveBirth);
    let between = {
        let from = Comparison::new("birth_date", Operator::GreaterOrEqual, "2010-01-01");
        let until = Comparison::new("birth_date", Operator::LessOrEqual, "2012-12-31");
        SearchCriteria::new(Query::Predicate(vec![Predicate::new(from).and(until)]))
            .event(VitalEvent::LiveBirth)
            .page(1, 2)
            .sorted_by("birth_date", SortOrder::Ascending)
    };
    let death = SearchCriteria::identifier("DRN", "2024DDEATH1").event(VitalEvent::Death);
    let marriage = SearchCriteria::identifier("MRN", "2024MMARR01").event(VitalEvent::Marriage);
    for (name, criteria) in [
        ("30-sync-birth-brn", vec![brn("2023BIYCGRT")]),
        ("34-sync-death-drn", vec![death.clone()]),
        ("35-sync-marriage-mrn", vec![marriage]),
        ("37-sync-batch", vec![brn("2023BIYCGRT"), brn("NOPE"), death]),
        ("40-sync-predicate-range", vec![between]),
        ("90-async-birth", vec![brn("2023BIYCGRT")]),
    ] {
        let accepted = capture(name)["request"]["body"].clone();
        let own = our_request(criteria);
        let shapes = [&accepted, &own].map(|tree| {
            let mut found = BTreeSet::new();
            shape(tree, "", &mut found);
            found
        });
        assert_eq!(shapes[0], shapes[1], "{name}");
        let criteria = |tree: &Value| tree["message"]["search_request"][0]["search_criteria"].clone();
        assert_eq!(criteria(&accepted), criteria(&own), "{name}");
    }
}

pub(crate) fn errors_are_decoded() {
    for (name, status, words) in [
        ("21-sync-basic-auth", 401, "Authorization header is missing"),
        ("61-req-transaction_id-missing", 400, "Validation error"),
    ] {
        let response = &capture(name)["response"];
        let error = PeerError::of(status, response["body_raw"].as_str().unwrap().as_bytes());
        assert_eq!((error.status, error.shape), (status, ErrorShape::ErrorMember));
        assert!(error.message.unwrap().starts_with(words));
    }
}
