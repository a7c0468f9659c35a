//! The layer that makes faults: between the wire and the library's own server.

use super::fault::{Edit, Fault, Kind, edit};
use crate::identity::{OTHER, SUITE};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::response::Response;
use dci_core::carrier::Carrier;
use dci_core::code::{AttributeType, ErrorCode};
use dci_core::envelope::Envelope;
use dci_core::gate::Seal;
use dci_core::header::RequestHeader;
use dci_core::id::{ReferenceId, SystemId, TransactionId};
use dci_core::jose::KeySet;
use dci_core::message::{AttributeValue, SearchRequest, TxnStatusRequest};
use dci_core::peer::Peer;
use dci_core::query::SearchCriteria;
use dci_core::wire::{Form, Json, Limits, Wire as _};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, StatusCode, request};
use http_body_util::BodyExt as _;
use std::collections::BTreeSet;
use std::sync::Arc;
use tower::ServiceExt as _;

struct Layer {
    strict: Router,
    /// Takes anything: what is asked instead of refusing.
    sloppy: Router,
    seal: Seal,
    /// The key set everybody reads.
    published: String,
    faults: Vec<&'static Fault>,
}

/// A router that answers like `strict`, but for the faults.
pub(super) fn wrap(strict: Router, sloppy: Router, seal: Seal, published: &Seal, faults: &[&'static Fault]) -> Router {
    let published = KeySet::document(published.keys(), []).print(Form::Compact);
    let layer = Arc::new(Layer { strict, sloppy, seal, published, faults: faults.to_vec() });
    Router::new().fallback(move |request: Request<Body>| {
        let layer = Arc::clone(&layer);
        async move { layer.answer(request).await }
    })
}

fn json(status: u16, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

fn tree(body: &[u8]) -> Option<Json> {
    Json::parse_within(body, &Limits::tolerant()).ok()
}

async fn call(router: &Router, head: &request::Parts, body: Bytes) -> (http::response::Parts, Bytes) {
    let request = Request::from_parts(head.clone(), Body::from(body));
    let response = match router.clone().oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let (head, body) = response.into_parts();
    (head, body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default())
}

impl Layer {
    async fn answer(&self, request: Request<Body>) -> Response {
        let (head, body) = request.into_parts();
        let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        for fault in &self.faults {
            match fault.kind {
                Kind::RefusesAll(status, text) if head.method == Method::POST => return json(status, text),
                Kind::AcknowledgesAll if head.method == Method::POST => return acknowledgement(),
                Kind::Document(path, text) if head.uri.path() == path => return json(200, text),
                Kind::WrongKey if head.uri.path() == "/.well-known/jwks.json" => {
                    return json(200, self.published.clone());
                }
                Kind::AcknowledgesText(text) if String::from_utf8_lossy(&body).contains(text) => {
                    return acknowledgement();
                }
                Kind::RefusesText(text, status, code) if String::from_utf8_lossy(&body).contains(text) => {
                    return refusal(status, code);
                }
                _ => {}
            }
        }
        let (mut answer, mut bytes) = call(&self.strict, &head, body.clone()).await;
        if self.must_accept(answer.status, &bytes) {
            (answer, bytes) = self.accept(&head, &body).await;
        }
        let request = tree(&body);
        if let Some(answered) = tree(&bytes) {
            bytes = self.spoil(answered, request.as_ref()).await.map_or(bytes, Bytes::from);
        }
        for fault in &self.faults {
            match fault.kind {
                Kind::Status(from, to) if answer.status == from => {
                    answer.status = StatusCode::from_u16(to).unwrap_or(answer.status);
                }
                Kind::MediaType(media_type) => {
                    answer.headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
                }
                _ => {}
            }
        }
        answer.headers.remove(CONTENT_LENGTH);
        Response::from_parts(answer, Body::from(bytes))
    }

    /// Whether an answer refuses what a fault accepts.
    fn must_accept(&self, status: StatusCode, body: &[u8]) -> bool {
        let text = String::from_utf8_lossy(body);
        self.faults.iter().any(|fault| match fault.kind {
            Kind::Accepts(codes) => codes.iter().any(|code| match code.parse::<u16>() {
                Ok(wanted) => status == wanted && !text.contains("err.signature"),
                Err(_) => text.contains(&format!("\"{code}\"")) || text.contains(&format!("{code}:")),
            }),
            _ => false,
        })
    }

    /// Makes a good request out of whatever was sent, and answers that.
    async fn accept(&self, head: &request::Parts, body: &[u8]) -> (http::response::Parts, Bytes) {
        let mut head = head.clone();
        head.method = Method::POST;
        head.headers.remove(CONTENT_LENGTH);
        head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if !head.uri.path().starts_with("/registry/")
            || !head.uri.path().ends_with("search") && !head.uri.path().ends_with("status")
        {
            head.uri = http::Uri::from_static("/registry/sync/search");
        }
        let sent = tree(body).unwrap_or_default();
        let message = repaired(&sent, self.seal.own_id(), head.uri.path().contains("status"));
        call(&self.sloppy, &head, Bytes::from(message.print(Form::Compact))).await
    }

    /// Changes an answer: what is signed, then what is sent.
    async fn spoil(&self, mut answered: Json, request: Option<&Json>) -> Option<Vec<u8>> {
        let is_envelope = answered.get("header").is_some();
        let edits = |wanted: fn(Kind) -> Option<&'static [Edit]>| {
            self.faults.iter().filter_map(move |fault| wanted(fault.kind)).flatten()
        };
        let mut changed = false;
        for change in
            edits(|kind| if let Kind::Reply(edits) = kind { Some(edits) } else { None }).filter(|_| is_envelope)
        {
            edit(&mut answered, request, change);
            changed = true;
        }
        if changed {
            let part = |name: &str| answered.get(name).cloned().unwrap_or_default();
            let envelope: Envelope<Json, Json> = Envelope::new(part("header"), part("message"));
            let reader = Peer::new(self.seal.own_id().clone(), KeySet::default());
            let sealed = self.seal.seal(&envelope, &reader, &Carrier::reply(200)).await.ok()?;
            answered = tree(&sealed.body)?;
        }
        let wanted: fn(Kind) -> Option<&'static [Edit]> = if is_envelope {
            |kind| if let Kind::Sent(edits) = kind { Some(edits) } else { None }
        } else {
            |kind| if let Kind::Ack(edits) = kind { Some(edits) } else { None }
        };
        for change in edits(wanted) {
            edit(&mut answered, request, change);
            changed = true;
        }
        changed.then(|| answered.print(Form::SortedAscii).into_bytes())
    }
}

fn refusal(status: u16, code: &str) -> Response {
    let error = dci_core::ack::Error::new(ErrorCode::from(code), "no");
    json(status, dci_core::ack::AckBody::from(dci_core::ack::Ack::refused(error)).write().print(Form::Compact))
}

fn acknowledgement() -> Response {
    let ack = dci_core::ack::AckBody::from(dci_core::ack::Ack::accepted(dci_core::id::CorrelationId::random()));
    json(200, ack.write().print(Form::Compact))
}

/// A good request in place of whatever was sent: the ids it has are kept.
fn repaired(tree: &Json, own_id: &SystemId, is_status: bool) -> Json {
    let text = |pointer: &str| tree.pointer(pointer).and_then(Json::as_str);
    let sender = if text("/header/sender_id") == Some(OTHER) { OTHER } else { SUITE };
    let sender = SystemId::new(sender).unwrap_or_else(|_| SystemId::random());
    // Nothing ever leaves this machine; port 9 discards.
    let loopback = text("/header/sender_uri").filter(|uri| uri.starts_with("http://127.0.0.1"));
    let transaction_id = text("/message/transaction_id").and_then(|text| TransactionId::new(text).ok());
    let transaction_id = transaction_id.unwrap_or_else(TransactionId::random);
    let header = |action: &str, items: usize| {
        let mut header = RequestHeader::new(action, sender.clone(), own_id.clone(), items);
        header.sender_uri = Some(loopback.unwrap_or("http://127.0.0.1:9/none").to_owned());
        header
    };
    let envelope = if is_status {
        let asked = text("/message/txnstatus_request/attribute_value").unwrap_or("nothing");
        let mut message = TxnStatusRequest::search(AttributeType::TransactionId, AttributeValue::One(asked.to_owned()));
        message.transaction_id = transaction_id;
        Envelope::new(header("txn-status", 1), message).tree()
    } else {
        let items = tree.pointer("/message/search_request").and_then(Json::as_array).unwrap_or_default();
        let reference =
            |item: &Json| item.get("reference_id").and_then(Json::as_str).and_then(|id| ReferenceId::new(id).ok());
        let mut references: BTreeSet<ReferenceId> = items.iter().filter_map(reference).take(10).collect();
        if references.is_empty() {
            references.insert(ReferenceId::random());
        }
        let somebody = SearchCriteria::identifier("UIN", "100000000");
        let mut message = SearchRequest::batch(references.iter().map(|_| somebody.clone()));
        message.transaction_id = transaction_id;
        for (item, reference_id) in message.search_request.iter_mut().zip(references) {
            item.reference_id = reference_id;
        }
        Envelope::new(header("search", message.search_request.len()), message).tree()
    };
    Json::Object(envelope)
}
