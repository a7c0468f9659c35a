//! The layer that plays another system: its paths, its rules, its answers, its errors. Behind it stands the library's own
//! server, whose peers speak what the played system speaks.

use super::habits::{Errors, Habits, MessageId, Signature};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::response::Response;
use dci_core::action::{Action, Search, Subscribe, TxnStatus, Unsubscribe};
use dci_core::carrier::Carrier;
use dci_core::client::PeerError;
use dci_core::envelope::Envelope;
use dci_core::gate::{Seal, Sealed};
use dci_core::id::SystemId;
use dci_core::jose::KeySet;
use dci_core::peer::{Authorization, Peer, Preset, Profile, Unsigned, UnsignedForm};
use dci_core::wire::{Form, Json, Limits, Object, Wire as _};
use dci_registry::social::Social;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Request, StatusCode, Uri, request};
use http_body_util::BodyExt as _;
use std::sync::Arc;
use tower::ServiceExt as _;

/// The standard's paths that can be played.
const PATHS: [Option<&str>; 4] =
    [Search::<Social>::PATH, Search::<Social>::SYNC_PATH, TxnStatus::<Social>::PATH, TxnStatus::<Social>::SYNC_PATH];
/// Those of subscriptions, which few systems have.
const SUBSCRIPTIONS: [Option<&str>; 2] = [Subscribe::<Social>::PATH, Unsubscribe::<Social>::PATH];

pub(super) struct Actor {
    inner: Router,
    seal: Seal,
    habits: Habits,
    profile: Profile,
    /// A token the inner server takes, for systems that ask for none.
    token: String,
}

/// What peers of a server that plays `habits` speak.
pub(super) fn profile(habits: &Habits, registry: &str) -> Profile {
    let mut profile = habits.preset.profile();
    profile.names_receiver = matches!(habits.preset, Preset::SpecStrict | Preset::Jan2025);
    // The sandbox has one registry; whatever the played system calls its own is that one.
    for name in &mut profile.registries {
        registry.clone_into(&mut name.registry);
    }
    profile.unsigned = if habits.takes_unsigned { Unsigned::Accepted } else { Unsigned::Refused };
    profile
}

/// A router that plays.
pub(super) fn play(inner: Router, seal: Seal, habits: Habits, profile: Profile, token: String) -> Router {
    let actor = Arc::new(Actor { inner, seal, habits, profile, token });
    Router::new().fallback(move |request: Request<Body>| {
        let actor = Arc::clone(&actor);
        async move { actor.answer(request).await }
    })
}

fn tree(body: &[u8]) -> Json {
    Json::parse_within(body, &Limits::tolerant()).unwrap_or_default()
}

fn json(status: u16, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    response
}

fn object(members: impl IntoIterator<Item = (&'static str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn set(part: &mut Json, name: &str, value: impl Into<Json>) {
    if let Some(object) = part.as_object_mut() {
        object.insert(name, value.into());
    }
}

fn list_mut<'a>(part: &'a mut Json, name: &str) -> Option<&'a mut Vec<Json>> {
    match part.as_object_mut()?.get_mut(name)? {
        Json::Array(items) => Some(items),
        _ => None,
    }
}

impl Actor {
    async fn answer(&self, request: Request<Body>) -> Response {
        let (mut head, body) = request.into_parts();
        let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        let asked = head.uri.path().trim_start_matches('/').to_owned();
        if asked.starts_with(".well-known/") {
            return self.call(head, body).await.0;
        }
        let found = self.played(&asked);
        let Some(path) = found else { return self.error(404, "err.request.not_found", "Not Found", &tree(&body)) };
        let sent = tree(&body);
        if let Some((status, words)) = self.complaint(&sent) {
            return self.error(status, "err.request.bad", &words, &sent);
        }
        if let Err(words) = self.rewrite_token(&mut head) {
            return self.error(401, "err.request.unauthorized", words, &sent);
        }
        head.uri = Uri::try_from(format!("/{path}")).unwrap_or_default();
        let (response, bytes) = self.call(head, body).await;
        let status = response.status().as_u16();
        let answered = tree(&bytes);
        if status >= 400 {
            let error = PeerError::of(status, &bytes);
            let words = error.message.as_deref().unwrap_or("refused");
            return self.error(status, error.code.as_deref().unwrap_or("err.request.bad"), words, &sent);
        }
        if answered.pointer("/message/ack_status").is_some() {
            return self.acknowledge(bytes, &sent);
        }
        if answered.get("header").is_none() || answered.pointer("/message/ciphertext").is_some() {
            return response_with(response, bytes);
        }
        self.perform(answered, &sent).await
    }

    /// The standard's path for one of the played system.
    fn played(&self, asked: &str) -> Option<&'static str> {
        let subscriptions = SUBSCRIPTIONS.into_iter().filter(|_| self.habits.subscribes());
        let mut paths = PATHS.into_iter().chain(subscriptions).flatten();
        paths.find(|path| self.profile.paths.of(path).as_deref() == Some(asked))
    }

    async fn call(&self, head: request::Parts, body: Bytes) -> (Response, Bytes) {
        let response = match self.inner.clone().oneshot(Request::from_parts(head, Body::from(body))).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (head, body) = response.into_parts();
        let bytes = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        (Response::from_parts(head, Body::from(bytes.clone())), bytes)
    }

    /// Makes of the played system's token header the standard's.
    fn rewrite_token(&self, head: &mut request::Parts) -> Result<(), &'static str> {
        let value =
            head.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        let bearer = match self.profile.authorization {
            Authorization::None => self.token.clone(),
            Authorization::Bare => value.trim_start_matches("Bearer ").to_owned(),
            // Letter for letter: one system takes no other spelling.
            _ => value
                .strip_prefix("Bearer ")
                .ok_or("Authorization header is missing Bearer authentication scheme")?
                .to_owned(),
        };
        let header = HeaderValue::from_str(&format!("Bearer {bearer}")).map_err(|_| "invalid token")?;
        head.headers.insert(AUTHORIZATION, header);
        Ok(())
    }

    /// What the played system refuses although the standard allows it: status and words.
    fn complaint(&self, sent: &Json) -> Option<(u16, String)> {
        let text = |pointer: &str| sent.pointer(pointer).and_then(Json::as_str);
        let item = "/message/search_request/0";
        let criteria = |name: &str| sent.pointer(&format!("{item}/search_criteria/{name}"));
        let of = |status: u16, words: &str| Some((status, words.to_owned()));
        sent.pointer(item)?;
        match self.habits.preset {
            Preset::OpenCrvs2024 | Preset::OpenCrvs2026 => {
                if sent.get("signature") == Some(&Json::Null) {
                    return of(400, "Validation error: Expected string, received null at \"signature\"");
                }
                let locale = text("/message/search_request/0/locale");
                if locale.is_some_and(|locale| locale.len() != 3) {
                    return of(400, "Validation error: Invalid at \"message.search_request[0].locale\"");
                }
                let named = criteria("reg_type").and_then(Json::as_str);
                let known = self.profile.registries.is_empty()
                    || self.profile.registries.iter().any(|name| named == Some(name.name.as_str()));
                if !known {
                    return of(400, "Validation error: Invalid enum value at \"search_criteria.reg_type\"");
                }
                let kind = criteria("query_type").and_then(Json::as_str).unwrap_or_default();
                let wanted: &[&str] = match self.habits.preset {
                    Preset::OpenCrvs2024 => &["idtype-value", "predicate"],
                    _ => &["expression"],
                };
                if !wanted.contains(&kind) {
                    return Some((400, format!("Validation error: expected {} at \"query_type\"", wanted.join(", "))));
                }
                let date = text("/message/search_request/0/search_criteria/query/0/expression1/attribute_value");
                let broken = date.is_some_and(|date| chrono::NaiveDate::parse_from_str(date, "%Y-%m-%d").is_err());
                if kind == "predicate" && broken {
                    return of(500, "Internal Server Error");
                }
                None
            }
            Preset::OpenG2pRegistry => {
                let missing = [("signature", sent.get("signature")), ("reg_record_type", criteria("reg_record_type"))];
                let missing = missing.into_iter().find(|(_, value)| value.is_none())?.0;
                Some((422, format!("{missing}: field required")))
            }
            Preset::OpenImis if url::Url::parse(text("/header/sender_uri").unwrap_or_default()).is_err() => {
                of(400, "sender_uri: Enter a valid URL.")
            }
            Preset::OpenImis if criteria("query").is_some_and(|query| query.as_object().is_none()) => {
                of(400, "query: expected an object")
            }
            Preset::OpenSpp17 if criteria("query_type").and_then(Json::as_str) != Some("predicate") => {
                of(400, "only predicate is supported")
            }
            Preset::SandboxJava if criteria("query").is_some_and(|query| query.as_array().is_none()) => {
                of(500, "Cannot deserialize value of type `java.util.ArrayList`")
            }
            _ => None,
        }
    }

    /// An error in the played system's form.
    fn error(&self, status: u16, code: &str, words: &str, sent: &Json) -> Response {
        let body = match self.habits.errors {
            Errors::Ack => {
                let error = dci_core::ack::Error::new(dci_core::code::ErrorCode::from(code), words);
                dci_core::ack::AckBody::from(dci_core::ack::Ack::refused(error)).write()
            }
            Errors::ErrorMember => {
                // A signature that does not hold is not told from a crash.
                let (status, words) =
                    if code.starts_with("err.signature") { (500, "Internal Server Error") } else { (status, words) };
                let error = object([("code", Json::from(i64::from(status))), ("message", words.into())]);
                return json(status, object([("error", error)]).print(Form::Compact));
            }
            Errors::Rejected if status == 422 => {
                let place = Json::Array(vec!["body".into(), words.split(':').next().unwrap_or_default().into()]);
                let detail = object([("loc", place), ("msg", "field required".into()), ("type", "missing".into())]);
                return json(422, object([("detail", Json::Array(vec![detail]))]).print(Form::Compact));
            }
            Errors::Rejected => {
                let mut header = sent.get("header").cloned().unwrap_or_default();
                set(&mut header, "status", "rjct");
                let code = if code.starts_with("err.signature") { "rjct.signature.invalid" } else { code };
                set(&mut header, "status_reason_code", code);
                set(&mut header, "status_reason_message", words);
                let transaction = sent.pointer("/message/transaction_id").cloned().unwrap_or_default();
                let nothing = Json::Array(Vec::new());
                let message = object([("transaction_id", transaction), ("search_response", nothing)]);
                let signature = Json::from("signature_validation_disabled");
                return json(
                    200,
                    object([("signature", signature), ("header", header), ("message", message)]).print(Form::Compact),
                );
            }
            Errors::HeaderStatus => {
                object([("header", object([("status", "error".into()), ("message", words.into())]))])
            }
        };
        json(status, body.print(Form::Compact))
    }

    fn acknowledge(&self, ack: Bytes, sent: &Json) -> Response {
        if self.habits.errors != Errors::HeaderStatus {
            return json(self.habits.ack_status, ack);
        }
        // A whole envelope in place of the acknowledgement.
        let mut header = sent.get("header").cloned().unwrap_or_default();
        set(&mut header, "status", self.habits.succeeded);
        let correlation = tree(&ack).pointer("/message/correlation_id").cloned().unwrap_or_default();
        let message = object([("correlation_id", correlation)]);
        let signature = sent.get("signature").cloned().unwrap_or_default();
        let body = object([("signature", signature), ("header", header), ("message", message)]);
        json(self.habits.ack_status, body.print(Form::Compact))
    }

    async fn perform(&self, answered: Json, sent: &Json) -> Response {
        let part = |name: &str| answered.get(name).cloned().unwrap_or_default();
        let (mut header, mut message) = (part("header"), part("message"));
        // The inner server wrote for the peer; what is changed here is changed in the peer's form.
        self.habits.change(&mut header, &mut message, Some(sent));
        let sealed = match self.habits.signature {
            Signature::Own => self.sealed(header, message, sent).await,
            Signature::Echo => body_with(header, message, sent.get("signature").cloned()),
            Signature::Literal(text) => body_with(header, message, Some(text.into())),
            Signature::Absent => body_with(header, message, None),
        };
        let mut response = json(200, sealed.body);
        for (name, value) in sealed.headers {
            let pair = HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_str(&value).ok());
            response.headers_mut().extend(pair);
        }
        response
    }

    async fn sealed(&self, header: Json, message: Json, sent: &Json) -> Sealed {
        let name = sent.pointer("/header/sender_id").and_then(Json::as_str).unwrap_or_default();
        let id = SystemId::new(name).unwrap_or_else(|_| SystemId::random());
        let mut profile = self.profile.clone();
        profile.unsigned = Unsigned::Accepted;
        profile.unsigned_form = UnsignedForm::Absent;
        let reader = Peer::new(id, KeySet::default()).speaking(profile);
        let envelope: Envelope<Json, Json> = Envelope::new(header.clone(), message.clone());
        let sealed = self.seal.seal(&envelope, &reader, &Carrier::reply(200)).await;
        let mut sealed = sealed.unwrap_or_else(|_| body_with(header, message, None));
        if !self.habits.withholds.is_empty() {
            let mut body = tree(&sealed.body);
            if let Some(header) =
                body.as_object_mut().and_then(|body| body.get_mut("header")).and_then(Json::as_object_mut)
            {
                for name in self.habits.withholds {
                    header.remove(name);
                }
            }
            sealed.body = body.print(Form::Compact).into_bytes();
        }
        sealed
    }
}

fn body_with(header: Json, message: Json, signature: Option<Json>) -> Sealed {
    let mut body = Object::new();
    if let Some(signature) = signature {
        body.insert("signature", signature);
    }
    body.insert("header", header);
    body.insert("message", message);
    Sealed::in_envelope(Json::Object(body).print(Form::Compact), None)
}

fn response_with(response: Response, bytes: Bytes) -> Response {
    let (mut head, _) = response.into_parts();
    head.headers.remove(CONTENT_LENGTH);
    Response::from_parts(head, Body::from(bytes))
}

impl Habits {
    /// Makes an answer one of the played system's. `sent` is the request, where it is at hand.
    pub(super) fn change(&self, header: &mut Json, message: &mut Json, sent: Option<&Json>) {
        let asked = |name: &str| sent.and_then(|sent| sent.pointer(&format!("/header/{name}"))).cloned();
        if self.repeats_action {
            set(header, "action", asked("action").unwrap_or_else(|| "search".into()));
        }
        let id = asked("message_id").and_then(|id| id.as_str().map(str::to_owned));
        match (self.message_id, id) {
            (MessageId::Echo, Some(id)) => set(header, "message_id", id),
            (MessageId::Prefixed, Some(id)) => set(header, "message_id", format!("response-{id}")),
            _ => {}
        }
        if let Some(time) = asked("message_ts").filter(|_| self.repeats_time) {
            set(header, "message_ts", time);
        }
        if self.leaves_ids {
            let swapped = ["receiver_id", "sender_id"].map(|name| header.get(name).cloned().unwrap_or_default());
            set(header, "sender_id", swapped[0].clone());
            set(header, "receiver_id", swapped[1].clone());
        }
        if let Some(items) = list_mut(message, "search_response") {
            if self.first_item_only {
                items.truncate(1);
            }
            if self.omits_misses {
                items.retain(|item| item.pointer("/data/reg_records/0").is_some());
            }
        }
        if self.counts_records {
            let items = message.get("search_response").and_then(Json::as_array).unwrap_or_default();
            let count =
                |item: &Json| item.pointer("/data/reg_records").and_then(Json::as_array).map_or(0, <[Json]>::len);
            let records = items.iter().map(count).sum::<usize>();
            set(header, "total_count", Json::from(i64::try_from(records).unwrap_or_default()));
            if let Some(header) = header.as_object_mut() {
                header.remove("completed_count");
            }
        }
        if self.succeeded != "succ" {
            rename_success(header, self.succeeded);
            list_mut(message, "search_response")
                .into_iter()
                .flatten()
                .for_each(|item| rename_success(item, self.succeeded));
        }
        if self.constant_ids {
            set(message, "transaction_id", "123456789");
            for item in list_mut(message, "search_response").into_iter().flatten() {
                set(item, "reference_id", "12345678901234567890");
                set(item, "status", "rcvd");
                set(item, "status_reason_code", "rjct.reference_id.invalid");
            }
            set(header, "total_count", "1");
        }
    }
}

fn rename_success(part: &mut Json, word: &str) {
    if part.get("status") == Some(&"succ".into()) {
        set(part, "status", word);
    }
}
