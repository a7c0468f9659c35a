//! Everything this library writes, held against the published OpenAPI document.

use crate::material::text;
use crate::world::{CALLER, REGISTRY, TOKEN, World, at_once, id};
use dci_core::action::Search;
use dci_core::carrier::Carrier;
use dci_core::code::{AttributeType, Operator, SortOrder};
use dci_core::envelope::Envelope;
use dci_core::header::RequestHeader;
use dci_core::jose::KeySet;
use dci_core::message::{AttributeValue, SearchRequest, TxnStatusRequest};
use dci_core::peer::Peer;
use dci_core::query::{Comparison, Expression, Predicate, Query, SearchCriteria};
use dci_core::wire::{Json, Wire};
use dci_registry::social::Social;
use serde_json::{Value, json};
use std::time::Duration;

fn document() -> Value {
    let text = text("official/openapi/social_api_v1.0.0.yaml");
    let mut document: Value = serde_yaml_ng::from_str(&text).unwrap();
    patch(&mut document);
    document
}

/// Known defects of the document, each named.
fn patch(document: &mut Value) {
    // HttpErrorResponse.errors has items and no type, which lets a list pass for anything: make it the list it means.
    let errors = document
        .pointer_mut("/components/responses/HttpErrorResponse/content/application~1json/schema/properties/errors")
        .expect("the member errors");
    errors["type"] = json!("array");
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Checks `message` against the schema at `pointer`.
fn check(document: &Value, pointer: &str, message: &Value) {
    let mut schema = json!({"$schema": "http://json-schema.org/draft-07/schema#", "$ref": format!("#{pointer}")});
    for part in ["components", "paths"] {
        schema[part] = document[part].clone();
    }
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(message).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(errors.is_empty(), "{pointer}\n{message:#}\n{errors:#?}");
}

fn operation(path: &str) -> String {
    format!("/paths/{}/post", path.replace('/', "~1"))
}

fn request_of(path: &str) -> String {
    format!("{}/requestBody/content/application~1json/schema", operation(path))
}

fn reply_of(path: &str) -> String {
    format!("{}/responses/default/content/application~1json/schema", operation(path))
}

const ACK: &str = "/components/responses/Response/content/application~1json/schema";
const HTTP_ERROR: &str = "/components/responses/HttpErrorResponse/content/application~1json/schema";

fn sealed<M: Wire>(world: &World, action: &str, message: M, uri: Option<String>) -> Vec<u8> {
    let mut header = RequestHeader::new(action, id(CALLER), id(REGISTRY), 1);
    header.sender_uri = uri;
    let peer = Peer::new(id(REGISTRY), KeySet::default());
    let envelope = Envelope::new(header, message);
    at_once(world.caller.seal(&envelope, &peer, &Carrier::default())).unwrap().body
}

fn criteria() -> Vec<SearchCriteria> {
    let tree = Json::parse(br#"{"$and":[{"sex":{"$eq":"female"}},{"birth_date":{"$lt":"1990-01-01"}}]}"#).unwrap();
    let age = Comparison::new("age", Operator::Less, "40");
    let several = Comparison::new("UIN", Operator::In, "1,2,3");
    vec![
        SearchCriteria::identifier("UIN", "1"),
        SearchCriteria::new(Query::Predicate(vec![Predicate::new(age).or(several)])).page(1, 10),
        SearchCriteria::new(Query::Expression(Expression::new(tree.as_object().unwrap().clone())))
            .sorted_by("birth_date", SortOrder::Descending),
    ]
}

async fn post(world: &World, path: &str, token: &str, body: Vec<u8>) -> Value {
    let request = reqwest::Client::new().post(world.base.join(path).unwrap());
    let request = request.header("content-type", "application/json").bearer_auth(token).body(body);
    serde_json::from_slice(&request.send().await.unwrap().bytes().await.unwrap()).unwrap()
}

pub(crate) fn requests_replies_and_errors_are_valid() {
    runtime().block_on(requests_replies_and_errors_are_valid_now());
}

async fn requests_replies_and_errors_are_valid_now() {
    let document = document();
    let world = World::new(false).await;
    for criteria in criteria() {
        let body = sealed(&world, "search", SearchRequest::one(criteria.of::<Social>()), None);
        check(&document, &request_of("/registry/sync/search"), &serde_json::from_slice(&body).unwrap());
        let reply = post(&world, "registry/sync/search", TOKEN, body).await;
        assert!(reply["message"]["search_response"][0]["data"]["reg_records"][0].is_object());
        check(&document, &reply_of("/registry/sync/search"), &reply);
    }
    // A rejected item, and a rejected header.
    let bad = SearchRequest::one(SearchCriteria::identifier("UIN", "1").page(0, 1));
    let reply = post(&world, "registry/sync/search", TOKEN, sealed(&world, "search", bad, None)).await;
    check(&document, &reply_of("/registry/sync/search"), &reply);
    let bad = SearchRequest::one(SearchCriteria::identifier("UIN", "1"));
    let reply = post(&world, "registry/sync/search", TOKEN, sealed(&world, "subscribe", bad, None)).await;
    assert_eq!(reply["header"]["status"], "rjct");
    check(&document, &reply_of("/registry/sync/search"), &reply);
    // A negative acknowledgement, and an HTTP error.
    check(&document, ACK, &post(&world, "registry/search", TOKEN, b"{}".to_vec()).await);
    check(&document, HTTP_ERROR, &post(&world, "registry/search", "wrong", b"{}".to_vec()).await);
    world.end().await;
}

pub(crate) fn acknowledgements_callbacks_and_status_are_valid() {
    runtime().block_on(acknowledgements_callbacks_and_status_are_valid_now());
}

async fn acknowledgements_callbacks_and_status_are_valid_now() {
    let document = document();
    let world = World::new(false).await;
    let receiver = wiremock::MockServer::start().await;
    let uri = world.callbacks.address_of::<Search<Social>>().to_string();
    let request = SearchRequest::one(SearchCriteria::identifier("UIN", "5").of::<Social>());
    let transaction = request.transaction_id.clone();
    let body = sealed(&world, "search", request, Some(uri));
    check(&document, &request_of("/registry/search"), &serde_json::from_slice(&body).unwrap());
    let ack = post(&world, "registry/search", TOKEN, body).await;
    assert_eq!(ack["message"]["ack_status"], "ACK");
    check(&document, ACK, &ack);
    drop(receiver);

    let pending = world.client.search_later(SearchCriteria::identifier("UIN", "6"), &world.callbacks).await.unwrap();
    let answer = pending.answer(Duration::from_secs(10)).await.unwrap();
    let callback = json!({
        "header": serde_json::to_value(answer.header()).unwrap(),
        "message": serde_json::to_value(answer.message()).unwrap(),
    });
    check(&document, &request_of("/registry/on-search"), &callback);

    let value = AttributeValue::One(transaction.as_str().to_owned());
    let question = TxnStatusRequest::search(AttributeType::TransactionId, value);
    let body = sealed(&world, "txn-status", question, None);
    check(&document, &request_of("/registry/sync/txn/status"), &serde_json::from_slice(&body).unwrap());
    let reply = post(&world, "registry/sync/txn/status", TOKEN, body).await;
    assert_eq!(reply["header"]["status"], "succ");
    check(&document, &reply_of("/registry/sync/txn/status"), &reply);
    world.end().await;
}
