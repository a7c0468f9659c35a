//! Whole exchanges: search, callbacks, status, and what is turned away.

use crate::world::{CALLER, REGISTRY, TOKEN, World, at_once, id};
use dci_core::action::Search;
use dci_core::carrier::Carrier;
use dci_core::client::ClientError;
use dci_core::code::{Operator, QueryType, SearchReason, SortOrder, Status};
use dci_core::envelope::Envelope;
use dci_core::header::RequestHeader;
use dci_core::jose::KeySet;
use dci_core::message::{SearchRequest, TxnState};
use dci_core::peer::Peer;
use dci_core::query::{Comparison, Predicate, Query, SearchCriteria};
use dci_registry::social::{Social, SocialRecord};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test]
async fn a_signed_search_finds_the_record_under_both_schemes() {
    for detached in [false, true] {
        let world = World::new(detached).await;
        let found = world.client.search(SearchCriteria::identifier("UIN", "7")).await.unwrap();
        let records: Vec<_> = found.records().collect();
        assert_eq!(records.len(), 1);
        let SocialRecord::Person(person) = records[0] else { panic!("a person") };
        assert_eq!(person.identifier[0].identifier_value.as_deref(), Some("7"));
        assert_eq!(person.name.as_ref().unwrap().given_name.as_deref(), Some("日本 😀"));
        world.end().await;
    }
}

#[tokio::test]
async fn pages_walk_over_every_record_once_in_order() {
    let world = World::new(false).await;
    let women = Predicate::new(Comparison::new("gender", Operator::Equal, "F"));
    let mut seen = Vec::new();
    for page in 1.. {
        let criteria = SearchCriteria::new(Query::Predicate(vec![women.clone()]))
            .page(page, 25)
            .sorted_by("birth_date", SortOrder::Descending);
        let found = world.client.search(criteria).await.unwrap();
        let info = found.search_response[0].pagination.clone().unwrap();
        assert_eq!((info.total_count, info.page_number), (Some(60), Some(page)));
        if found.records().count() == 0 {
            break;
        }
        seen.extend(found.records().map(|record| {
            let SocialRecord::Person(person) = record else { panic!("a person") };
            person.birth_date.as_ref().unwrap().as_str().to_owned()
        }));
    }
    assert_eq!(seen.len(), 60);
    assert!(seen.windows(2).all(|pair| pair[0] >= pair[1]));
    world.end().await;
}

#[tokio::test]
async fn an_asynchronous_search_is_acknowledged_and_its_callback_finds_the_caller() {
    for detached in [false, true] {
        let world = World::new(detached).await;
        let pending =
            world.client.search_later(SearchCriteria::identifier("UIN", "3"), &world.callbacks).await.unwrap();
        let transaction = pending.transaction_id().clone();
        let answer = pending.answer(Duration::from_secs(10)).await.unwrap();
        assert_eq!(answer.message().records().count(), 1);
        assert_eq!(answer.header().action, "on-search");
        assert!(answer.deviations().is_empty(), "{:?}", answer.deviations());
        let status = world.client.status(&transaction).await.unwrap();
        let TxnState::Search(state) = status.txnstatus_response.txn_status else { panic!("a search") };
        assert_eq!(state.records().count(), 1);
        assert_eq!(state.correlation_id, answer.message().correlation_id);
        assert_eq!(world.store.backlog().await.unwrap(), (0, 0));
        world.end().await;
    }
}

#[tokio::test]
async fn items_are_rejected_one_by_one_with_their_codes() {
    let world = World::new(false).await;
    let mut unknown_type = SearchCriteria::identifier("UIN", "1");
    unknown_type.query_type = QueryType::from("sparql");
    let cases = [
        (unknown_type, SearchReason::SearchCriteriaInvalid),
        (SearchCriteria::identifier("UIN", " "), SearchReason::SearchCriteriaInvalid),
        (SearchCriteria::identifier("UIN", "1").page(0, 10), SearchReason::PaginationInvalid),
        (SearchCriteria::identifier("UIN", "1").page(1, 2_001), SearchReason::PaginationInvalid),
        (SearchCriteria::identifier("UIN", "1").sorted_by("secret", SortOrder::Ascending), SearchReason::SortInvalid),
        (
            SearchCriteria::new(Query::Predicate(vec![Predicate::new(Comparison::new("x", Operator::Equal, "1"))])),
            SearchReason::FilterInvalid,
        ),
    ];
    for (criteria, reason) in cases {
        let mut batch = SearchRequest::batch([criteria, SearchCriteria::identifier("UIN", "2")]);
        batch.search_request[1].reference_id = batch.search_request[1].reference_id.clone();
        let reply = world.client.call::<Search<Social>>(&batch).await.unwrap().into_message();
        assert_eq!(reply.search_response[0].status, Status::Rejected);
        assert_eq!(reply.search_response[0].status_reason_code, Some(reason));
        assert_eq!(reply.search_response[1].records().len(), 1);
    }
    let mut twice =
        SearchRequest::batch([SearchCriteria::identifier("UIN", "1"), SearchCriteria::identifier("UIN", "2")]);
    twice.search_request[1].reference_id = twice.search_request[0].reference_id.clone();
    let reply = world.client.call::<Search<Social>>(&twice).await.unwrap().into_message();
    assert_eq!(reply.search_response[1].status_reason_code, Some(SearchReason::ReferenceIdDuplicate));
    world.end().await;
}

/// Posts a body and returns the status and the answer.
async fn post(world: &World, path: &str, token: &str, body: impl Into<reqwest::Body>) -> (u16, Value) {
    let request = reqwest::Client::new().post(world.base.join(path).unwrap());
    let request = request.header("content-type", "application/json").bearer_auth(token).body(body);
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap())
}

fn search_header() -> RequestHeader {
    RequestHeader::new("search", id(CALLER), id(REGISTRY), 1)
}

fn sealed(world: &World, header: RequestHeader) -> String {
    let message = SearchRequest::one(SearchCriteria::identifier("UIN", "1"));
    let peer = Peer::new(id(REGISTRY), KeySet::default());
    let envelope = Envelope::new(header, message);
    String::from_utf8(at_once(world.caller.seal(&envelope, &peer, &Carrier::default())).unwrap().body).unwrap()
}

const SYNC: &str = "registry/sync/search";

fn code(answer: &Value) -> &str {
    answer["message"]["error"]["code"]
        .as_str()
        .or(answer["errors"][0]["code"].as_str())
        .unwrap_or_else(|| answer["header"]["status_reason_code"].as_str().unwrap_or("none"))
}

#[tokio::test]
async fn what_is_wrong_with_a_message_is_told_by_status_and_code() {
    let world = World::new(false).await;
    let good = sealed(&world, search_header());
    assert_eq!(post(&world, SYNC, TOKEN, good.clone()).await.0, 200);
    let header = |change: &dyn Fn(&mut RequestHeader)| {
        let mut header = search_header();
        change(&mut header);
        sealed(&world, header)
    };
    let mut unsigned: Value = serde_json::from_str(&sealed(&world, search_header())).unwrap();
    unsigned.as_object_mut().unwrap().remove("signature");
    let cases: Vec<(String, u16, &str)> = vec![
        (good, 400, "rjct.message_id.duplicate"),
        (sealed(&world, search_header()).replace("UIN", "UIM"), 401, "err.signature.invalid"),
        (sealed(&world, search_header()).replace("\"1.0.0\"", "\"1.0.1\""), 401, "err.signature.invalid"),
        (unsigned.to_string(), 401, "err.signature.missing"),
        (header(&|header| header.receiver_id = Some(id("other"))), 400, "err.receiver_id.invalid"),
        (header(&|header| header.receiver_id = None), 400, "err.receiver_id.invalid"),
        (header(&|header| header.sender_id = id("stranger")), 403, "err.sender_id.invalid"),
        (header(&|header| header.action = "subscribe".into()), 400, "rjct.action.invalid"),
        (header(&|header| header.version = Some("2.0.0".into())), 400, "err.version.not_supported"),
        (header(&|header| header.version = Some("x".into())), 400, "rjct.version.invalid"),
        (header(&|header| header.total_count = 3), 400, "rjct.total_count.invalid"),
        (
            header(&|header| header.message_ts = (chrono::Utc::now() - chrono::TimeDelta::minutes(7)).into()),
            400,
            "rjct.message_ts.invalid",
        ),
        ("{".into(), 400, "err.request.bad"),
        ("[]".into(), 400, "err.request.bad"),
        (format!("{}{}", "[".repeat(40), "]".repeat(40)), 400, "err.request.bad"),
        (json!({"header": {}, "message": {}}).to_string(), 400, "err.request.bad"),
        ("x".repeat((1 << 20) + 1), 413, "err.request.bad"),
    ];
    for (body, status, expected) in cases {
        let short: String = body.chars().take(300).collect();
        let (seen, answer) = post(&world, SYNC, TOKEN, body).await;
        assert_eq!((seen, code(&answer)), (status, expected), "{short}\n{answer}");
    }
    let fresh = || sealed(&world, search_header());
    assert_eq!(post(&world, SYNC, "wrong", fresh()).await.0, 401);
    assert_eq!(post(&world, "registry/receipt", TOKEN, fresh()).await.0, 404);
    let (status, answer) = post(&world, "registry/subscribe", TOKEN, fresh()).await;
    assert_eq!(status, 400, "a signed search is no subscription: {answer}");
    assert_eq!(reqwest::get(world.base.join(SYNC).unwrap()).await.unwrap().status(), 405);
    let plain = reqwest::Client::new().post(world.base.join(SYNC).unwrap()).bearer_auth(TOKEN).body(fresh());
    assert_eq!(plain.send().await.unwrap().status(), 415);
    // An asynchronous search needs a callback address at a registered origin.
    let (status, answer) = post(&world, "registry/search", TOKEN, fresh()).await;
    assert_eq!((status, code(&answer)), (400, "err.sender_uri.invalid"));
    let elsewhere = header(&|header| header.sender_uri = Some("http://127.0.0.1:1/on-search".into()));
    let (status, answer) = post(&world, "registry/search", TOKEN, elsewhere).await;
    assert_eq!((status, code(&answer)), (400, "err.sender_uri.invalid"));
    world.end().await;
}

#[tokio::test]
async fn a_resent_request_gets_the_same_acknowledgement_and_one_callback() {
    let world = World::new(false).await;
    let mut header = search_header();
    header.sender_uri = Some(world.callbacks.address_of::<Search<Social>>().to_string());
    let body = sealed(&world, header.clone());
    let (first, second) = tokio::join!(
        post(&world, "registry/search", TOKEN, body.clone()),
        post(&world, "registry/search", TOKEN, body)
    );
    assert_eq!((first.0, second.0), (200, 200));
    assert_eq!(first.1["message"]["correlation_id"], second.1["message"]["correlation_id"]);
    let other = sealed(&world, header);
    let (status, answer) = post(&world, "registry/search", TOKEN, other).await;
    assert_eq!(status, 400);
    assert!(answer["message"]["error"]["message"].as_str().unwrap().starts_with("rjct.message_id.duplicate"));
    world.end().await;
}

#[tokio::test]
async fn a_forged_or_unasked_callback_changes_nothing() {
    let world = World::new(false).await;
    let (status, ack) =
        world.callbacks.receive(br#"{"header":{},"message":{"transaction_id":"t"}}"#, Carrier::default()).await;
    assert_eq!((status, ack.message.ack_status.as_str()), (400, "ERR"));
    let (status, _) = world.callbacks.receive(b"<html>", Carrier::default()).await;
    assert_eq!(status, 400);
    world.end().await;
}

#[tokio::test]
async fn a_registry_nobody_answers_for_is_an_error_and_not_a_hang() {
    let world = World::new(false).await;
    let unreachable = dci_core::client::Client::<Social>::builder("http://127.0.0.1:1/")
        .seal(world.caller.clone())
        .peer(Peer::new(id(REGISTRY), KeySet::default()))
        .retries(0)
        .build()
        .unwrap();
    assert!(matches!(unreachable.search(SearchCriteria::identifier("UIN", "1")).await, Err(ClientError::Http(_))));
    // Its keys are not those that sign: the answer is refused.
    let distrusting = dci_core::client::Client::<Social>::builder(world.base.as_str())
        .seal(world.caller.clone())
        .peer(Peer::new(id(REGISTRY), KeySet::default()))
        .token(dci_core::client::Token::bearer(TOKEN))
        .build()
        .unwrap();
    let refused = distrusting.search(SearchCriteria::identifier("UIN", "1")).await;
    assert!(matches!(refused, Err(ClientError::Untrusted(_))), "{refused:?}");
    world.end().await;
}

#[tokio::test]
async fn a_message_in_a_file_passes_the_same_checks_as_a_body() {
    let world = World::new(false).await;
    let request = SearchRequest::one(SearchCriteria::identifier("UIN", "7").of::<Social>());
    let pending = world.client.send_as_file::<Search<Social>>(&request, &world.callbacks).await.unwrap();
    let answer = pending.answer(Duration::from_secs(10)).await.unwrap();
    assert_eq!(answer.message().records().count(), 1);

    let mut header = search_header();
    header.sender_uri = Some(world.callbacks.address_of::<Search<Social>>().to_string());
    let envelope = sealed(&world, header);
    let part = |name: &str, content: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
    };
    let upload = async |url: &str, parts: String| {
        let post = reqwest::Client::new().post(world.base.join(url).unwrap()).bearer_auth(TOKEN);
        let post = post.header("content-type", "multipart/form-data; boundary=b").body(format!("{parts}--b--\r\n"));
        let reply = post.send().await.unwrap();
        let status = reply.status().as_u16();
        (status, reply.text().await.unwrap())
    };
    let file = part("fileName", &envelope);
    let cases = [
        (part("action", "search") + &file.replace("UIN", "UIM"), 401, "err.signature.invalid"),
        (file.clone(), 400, "the part action is required"),
        (part("action", "subscribe") + &file, 400, "rjct.action.invalid"),
        (part("action", "search"), 400, "the part fileName"),
        (part("action", "search") + &file + &file, 400, "occurs twice"),
        (part("action", "search") + &part("fileFormat", "csv") + &file, 415, "fileFormat must be json"),
        ("--b\r\nnonsense".to_owned(), 400, "cannot be read"),
        (part("action", "search") + &part("fileName", &"x".repeat(1 << 20)), 413, "at most"),
        (part("action", "search") + &file, 200, "ACK"),
    ];
    for (parts, status, words) in cases {
        let (seen, answer) = upload("registry/search", parts).await;
        assert!(seen == status && answer.contains(words), "expected {status} {words}: {seen} {answer}");
    }
    let (status, _) = upload("registry/sync/search", part("action", "search") + &file).await;
    assert_eq!(status, 415, "a synchronous search takes no file");
    world.end().await;
}
