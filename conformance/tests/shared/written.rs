//! Everything this library writes, at every interface, held against the published documents of both releases.

use crate::material::text;
use axum::Router;
use axum::extract::State;
use dci_core::ack::{Ack, AckBody};
use dci_core::action::{Action, Message as _, Notify, Registry, Search, Subscribe, TxnStatus, Unsubscribe};
use dci_core::carrier::Carrier;
use dci_core::code::{AttributeType, Operator, SortOrder};
use dci_core::envelope::Envelope;
use dci_core::gate::{Gate, Seal};
use dci_core::header::RequestHeader;
use dci_core::id::{CorrelationId, KeyId, SubscriptionCode, SystemId};
use dci_core::jose::{Algorithm, AwsLc, KeySet, SigningKey};
use dci_core::message::{
    AttributeValue, EventFrequency, SearchRequest, SubscribeCriteria, SubscribeRequest, TxnStatusRequest,
    UnsubscribeRequest,
};
use dci_core::peer::{Peer, Peers, Preset, Profile};
use dci_core::query::{Comparison, Expression, Page, Predicate, Query, SearchCriteria, Table};
use dci_core::server::{
    Publisher, RegistryService, RequestContext, Running, Server, ServerLimits, ServiceError, StaticTokens, listen,
};
use dci_core::wire::{Form, Json, Leniency, Wire};
use dci_crvs::{Civil, VitalEvent};
use dci_registry::dr::{Disabled, DisabledRequest, Dr, GetDisabilityDetails, GetDisabilitySupport};
use dci_registry::fr::Fr;
use dci_registry::ibr::{
    Beneficiary, Enrolled, EnrolledRequest, EnrollmentService, EnrollmentUpdates, EnrollmentUpdatesRequest, Ibr,
};
use dci_registry::social::Social;
use dci_registry::{dr, fr, ibr, social};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use url::Url;

const CALLER: &str = "spmis.example.org";
const REGISTRY: &str = "registry.example.org";
const TOKEN: &str = "token";
const UIN: &str = "847951632";

/// Queries and ids fulfil several alternatives of the older documents, which allow one; the newer say `anyOf`.
fn allow_several(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(allow_several),
        Value::Object(members) => {
            for (name, member) in members {
                if let Some(member) = member.as_object_mut()
                    && ["query", "filter", "attribute_value", "RegistryQueries"].contains(&name.as_str())
                    && let Some(alternatives) = member.remove("oneOf")
                {
                    member.insert("anyOf".to_owned(), alternatives);
                }
                allow_several(member);
            }
        }
        _ => {}
    }
}

fn drop_dangling(value: &mut Value, whole: &Value) {
    let dangling = value.get("$ref").and_then(Value::as_str).is_some_and(|reference| {
        let place = reference.trim_start_matches('#').replace("%7B", "{").replace("%7D", "}");
        whole.pointer(&place).is_none()
    });
    if dangling {
        *value = json!({});
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| drop_dangling(item, whole)),
        Value::Object(members) => members.values_mut().for_each(|member| drop_dangling(member, whole)),
        _ => {}
    }
}

/// A published document, its defects mended so that it can judge, and what was found.
struct Book {
    name: String,
    document: Value,
    judged: usize,
    faults: Vec<String>,
}

impl Book {
    fn open(preset: Preset, interface: &str) -> Self {
        let name = match (preset, interface) {
            (Preset::Jan2025, "crvs") => "official/openapi-jan2025/registry_core_api_v1.0.0.yaml".to_owned(),
            (Preset::Jan2025, name) => format!("official/openapi-jan2025/{name}_api_v1.0.0.yaml"),
            (_, name) => format!("official/openapi/{name}_api_v1.0.0.yaml"),
        };
        let mut document: Value = serde_yaml_ng::from_str(&text(&name)).unwrap();
        // HttpErrorResponse.errors has items and no type: it means a list.
        if let Some(errors) = document
            .pointer_mut("/components/responses/HttpErrorResponse/content/application~1json/schema/properties/errors")
        {
            errors["type"] = json!("array");
        }
        // One operation lost its method: its members stand beside `post: null`.
        for item in document["paths"].as_object_mut().unwrap().values_mut() {
            if item["post"].is_null() {
                *item = json!({"post": item.clone()});
            }
        }
        allow_several(&mut document);
        // Some references of the older documents lead nowhere: what they name is not judged.
        let whole = document.clone();
        drop_dangling(&mut document, &whole);
        Self { name, document, judged: 0, faults: Vec::new() }
    }

    fn has(&self, path: &str) -> bool {
        self.document["paths"].get(path).is_some()
    }

    /// Judges `message` by the schema at `pointer`.
    fn judge(&mut self, what: &str, pointer: &str, message: &Value) {
        assert!(self.document.pointer(pointer).is_some(), "{}: {pointer}", self.name);
        let mut schema = json!({"$schema": "http://json-schema.org/draft-07/schema#", "$ref": format!("#{pointer}")});
        for part in ["components", "paths"] {
            schema[part] = self.document[part].clone();
        }
        let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
        self.judged += 1;
        let name = &self.name;
        self.faults.extend(
            validator.iter_errors(message).map(|error| format!("{name} {what}: {error} at {}", error.instance_path())),
        );
    }

    fn operation(path: &str) -> String {
        format!("/paths/{}/post", path.replace('/', "~1"))
    }

    fn request(&mut self, path: &str, message: &Value) {
        if self.has(path) {
            let pointer = format!("{}/requestBody/content/application~1json/schema", Self::operation(path));
            self.judge(path, &pointer, message);
        }
    }

    /// A synchronous reply, where the document describes an envelope.
    fn reply(&mut self, path: &str, message: &Value) {
        if !self.has(path) {
            return;
        }
        let default = format!("{}/responses/default", Self::operation(path));
        match self.document.pointer(&default).and_then(|default| default["$ref"].as_str()) {
            // Two operations answer with a schema in place of a response: what is in the envelope must fulfil it.
            Some(schema) if schema.contains("/schemas/") => {
                let pointer = schema.trim_start_matches('#').to_owned();
                self.judge(path, &pointer, &message["message"]);
            }
            _ => self.judge(path, &format!("{default}/content/application~1json/schema"), message),
        }
    }

    fn ack(&mut self, message: &Value) {
        self.judge("ack", "/components/responses/Response/content/application~1json/schema", message);
    }
}

fn system(name: &str) -> (Seal, KeySet) {
    let provider = AwsLc::new();
    let key = SigningKey::generate(KeyId::new("key-1").unwrap(), Algorithm::EdDsa, &provider).unwrap();
    let keys = KeySet::new([key.verification_key(&provider).unwrap()]);
    (Seal::new(id(name), [key]), keys)
}

fn id(text: &str) -> SystemId {
    SystemId::new(text).unwrap()
}

/// One registry and one caller, and everything that is posted to the caller.
struct World<I: Registry> {
    caller: Seal,
    profile: Profile,
    base: Url,
    callbacks: Url,
    inbox: mpsc::UnboundedReceiver<Value>,
    publisher: Publisher<I>,
    server: Server,
    running: Running,
    receiving: Running,
}

async fn take(State(inbox): State<mpsc::UnboundedSender<Value>>, body: axum::body::Bytes) -> String {
    let _ = inbox.send(serde_json::from_slice(&body).unwrap());
    AckBody::from(Ack::accepted(CorrelationId::random())).write().print(Form::Compact)
}

impl<I: Registry> World<I> {
    async fn new(preset: Preset, events: Vec<I::Event>, mount: impl FnOnce(Server) -> Server) -> Self {
        let (caller, keys) = system(CALLER);
        let (registry, _) = system(REGISTRY);
        let (sender, inbox) = mpsc::unbounded_channel();
        let receiver = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let callbacks = Url::parse(&format!("http://{}/registry/", receiver.local_addr().unwrap())).unwrap();
        let router = Router::new().fallback(take).with_state(sender);
        let receiving = listen(receiver, router, &ServerLimits::default()).unwrap();
        let peer = Peer::new(id(CALLER), keys).speaking(preset.profile()).with_callbacks_at(&callbacks);
        let gate = Gate::new(id(REGISTRY), Arc::new(Peers::new([peer])));
        let tokens = StaticTokens::new().with_system(TOKEN, id(CALLER));
        let server = mount(Server::builder(gate, registry, tokens).build().unwrap()).subscriptions::<I>(events);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = listen(listener, server.router(), &ServerLimits::default()).unwrap();
        let base = Url::parse(&format!("http://{}/", running.address())).unwrap();
        let publisher = server.publisher::<I>();
        Self { caller, profile: preset.profile(), base, callbacks, inbox, publisher, server, running, receiving }
    }

    /// What a client of this library writes for the registry.
    async fn sealed<A: Action>(&self, request: &A::Request, callback: Option<&str>) -> Value {
        let mut header = RequestHeader::new(A::ACTION, id(CALLER), id(REGISTRY), request.items());
        header.sender_uri = callback.map(|path| self.callbacks.join(path).unwrap().to_string());
        A::dress(&mut header);
        let mut message = request.write();
        self.profile.write_request(&mut message).unwrap();
        let peer = Peer::new(id(REGISTRY), KeySet::default()).speaking(self.profile.clone());
        let sealed = self.caller.seal(&Envelope::new(header, message), &peer, &Carrier::default()).await.unwrap();
        serde_json::from_slice(&sealed.body).unwrap()
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        let request = reqwest::Client::new().post(self.base.join(path).unwrap()).bearer_auth(TOKEN);
        let response = request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap();
        serde_json::from_slice(&response.bytes().await.unwrap()).unwrap()
    }

    async fn arrived(&mut self) -> Value {
        tokio::time::timeout(Duration::from_secs(10), self.inbox.recv()).await.expect("a message").unwrap()
    }

    /// Asks synchronously; question and answer are judged.
    async fn ask<A: Action>(&self, book: &mut Book, request: &A::Request) -> Value {
        let path = A::SYNC_PATH.unwrap();
        let body = self.sealed::<A>(request, None).await;
        book.request(&format!("/{path}"), &body);
        let reply = self.post(path, &body).await;
        book.reply(&format!("/{path}"), &reply);
        reply
    }

    /// Asks asynchronously; question, acknowledgement and callback are judged.
    async fn ask_later<A: Action>(&mut self, book: &mut Book, request: &A::Request) -> Value {
        let (path, callback) = (A::PATH.unwrap(), A::CALLBACK_PATH.unwrap());
        let body = self.sealed::<A>(request, Some(callback.trim_start_matches("registry/"))).await;
        book.request(&format!("/{path}"), &body);
        let ack = self.post(path, &body).await;
        assert_eq!(ack["message"]["ack_status"], "ACK", "{ack}");
        book.ack(&ack);
        let callback_body = self.arrived().await;
        book.request(&format!("/{callback}"), &callback_body);
        callback_body
    }

    async fn end(self) {
        self.running.stop().await;
        self.receiving.stop().await;
        self.server.shut_down().await;
    }
}

fn record<R: Wire>(tree: &Value) -> R {
    let tree = dci_core::wire::Json::parse(tree.to_string().as_bytes()).unwrap();
    dci_core::wire::read::<R>(&tree, Leniency::Content).unwrap().0
}

fn uin() -> Value {
    json!([{"identifier_type": "UIN", "identifier_value": UIN}])
}

fn member() -> Value {
    json!({"member_identifier": uin(), "demographic_info": {"identifier": uin(), "sex": "female", "birth_date": "1990-05-06"}})
}

/// Queries in every language, with order and page.
fn questions() -> Vec<SearchCriteria> {
    let tree = Json::parse(br#"{"$and":[{"sex":{"$eq":"female"}},{"birth_date":{"$lt":"1990-01-01"}}]}"#).unwrap();
    let age = Comparison::new("age", Operator::Less, "40");
    let several = Comparison::new("UIN", Operator::In, "1,2,3");
    vec![
        SearchCriteria::new(Query::Predicate(vec![Predicate::new(age).or(several)])).page(1, 10),
        SearchCriteria::new(Query::Expression(Expression::new(tree.as_object().unwrap().clone())))
            .sorted_by("birth_date", SortOrder::Descending),
    ]
}

/// What every registry writes.
async fn common<I: Registry>(world: &mut World<I>, book: &mut Book, event: &I::Event, known: I::Record) {
    let criteria = || SearchCriteria::identifier("UIN", UIN).of::<I>();
    let reply = world.ask::<Search<I>>(book, &SearchRequest::one(criteria())).await;
    assert_eq!(reply["message"]["search_response"][0]["status"], "succ", "{reply}");
    let nobody = SearchRequest::one(SearchCriteria::identifier("UIN", "nobody").of::<I>());
    world.ask::<Search<I>>(book, &nobody).await;
    for question in questions() {
        world.ask::<Search<I>>(book, &SearchRequest::one(question.of::<I>())).await;
    }
    let bad = SearchRequest::batch([criteria().page(0, 1), criteria()]);
    world.ask::<Search<I>>(book, &bad).await;
    // A rejected header, a negative acknowledgement, and an error of HTTP.
    let mut misled = world.sealed::<Search<I>>(&SearchRequest::one(criteria()), None).await;
    misled["header"]["action"] = json!("subscribe");
    let rejected = world.post("registry/sync/search", &misled).await;
    book.reply("/registry/sync/search", &rejected);
    let refused = world.post("registry/search", &json!({})).await;
    book.ack(&refused);
    let denied = reqwest::Client::new().post(world.base.join("registry/search").unwrap()).bearer_auth("wrong");
    let denied = denied.header("content-type", "application/json").body("{}").send().await.unwrap();
    let denied: Value = serde_json::from_slice(&denied.bytes().await.unwrap()).unwrap();
    book.judge("denied", "/components/responses/HttpErrorResponse/content/application~1json/schema", &denied);
    let later = SearchRequest::one(criteria());
    world.ask_later::<Search<I>>(book, &later).await;
    let value = || AttributeValue::One(later.transaction_id.as_str().to_owned());
    let ask = TxnStatusRequest::search(AttributeType::TransactionId, value());
    let state = world.ask::<TxnStatus<I>>(book, &ask).await;
    assert_eq!(state["header"]["status"], "succ", "{state}");
    world.ask_later::<TxnStatus<I>>(book, &TxnStatusRequest::search(AttributeType::TransactionId, value())).await;

    let now = chrono::Utc::now();
    let frequency = EventFrequency::new("0 0 6 * * * *", now.into(), (now + chrono::TimeDelta::days(30)).into());
    let at_once = SubscribeCriteria::new(&I::event_name(event), Query::identifier("UIN", UIN)).of::<I>();
    let daily = at_once.clone().collected(frequency);
    world.ask_later::<Subscribe<I>>(book, &SubscribeRequest::one(daily)).await;
    let granted = world.ask_later::<Subscribe<I>>(book, &SubscribeRequest::one(at_once)).await;
    let code = granted["message"]["subscribe_response"][0]["subscriptions"][0]["code"].as_str().unwrap().to_owned();
    let mut unknown = SubscribeCriteria::new("no-such-event", Query::identifier("UIN", UIN)).of::<I>();
    unknown.reg_event_type = I::event_name(event);
    unknown.filter = Query::Predicate(Vec::new());
    let refused = world.ask_later::<Subscribe<I>>(book, &SubscribeRequest::one(unknown)).await;
    assert_eq!(refused["message"]["subscribe_response"][0]["status"], "rjct", "{refused}");
    world.publisher.publish(event, known).await.unwrap();
    let notification = world.arrived().await;
    assert_eq!(notification["header"]["action"], "notify", "{notification}");
    book.request(&format!("/{}", <Notify<I> as dci_core::action::Notice>::PATH), &notification);
    let code = SubscriptionCode::new(&code).unwrap();
    let ended = world.ask_later::<Unsubscribe<I>>(book, &UnsubscribeRequest::new([code.clone()])).await;
    assert_eq!(ended["message"]["status"], "succ", "{ended}");
    world.ask_later::<Unsubscribe<I>>(book, &UnsubscribeRequest::new([code])).await;
}

/// Beneficiaries that never change.
struct Beneficiaries(Table<Ibr>);

#[async_trait::async_trait]
impl RegistryService<Ibr> for Beneficiaries {
    async fn search(&self, criteria: &SearchCriteria, _: &RequestContext) -> Result<Page<Beneficiary>, ServiceError> {
        Ok(self.0.search(criteria)?)
    }
}

#[async_trait::async_trait]
impl EnrollmentService for Beneficiaries {
    async fn update(&self, _: &[Beneficiary], _: &RequestContext) -> Result<(), ServiceError> {
        Ok(())
    }
}

/// Faults that are the documents' own, with the reason.
const EXCUSED: &[(&str, &str)] = &[
    ("registry_core_api_v1.0.0.yaml /registry/sync/txn/status: ", TXN_TYPE),
    ("registry_core_api_v1.0.0.yaml /registry/txn/on-status: ", TXN_TYPE),
];

const TXN_TYPE: &str = "the core document of January names callbacks in txn_type (on-search), every other document requests; the \
    latter is written everywhere, and both are read";

async fn every_message(preset: Preset) -> Vec<Book> {
    let mut books = Vec::new();

    let mut book = Book::open(preset, "social");
    let known: social::SocialRecord = record(&json!({"@type": "SRPerson", "identifier": uin(), "sex": "female"}));
    let table = Table::<Social>::new([known.clone()]);
    let events = vec![social::EventType::Register];
    let mut world = World::<Social>::new(preset, events, |server| server.registry::<Social>(table)).await;
    common(&mut world, &mut book, &social::EventType::Register, known).await;
    world.end().await;
    books.push(book);

    let mut book = Book::open(preset, "crvs");
    let known: dci_crvs::CivilPerson = record(&json!({"identifier": uin(), "birth_date": "1990-05-06"}));
    let table = Table::<Civil>::new([known.clone()]);
    let mut world =
        World::<Civil>::new(preset, vec![VitalEvent::LiveBirth], |server| server.registry::<Civil>(table)).await;
    common(&mut world, &mut book, &VitalEvent::LiveBirth, known).await;
    world.end().await;
    books.push(book);

    let mut book = Book::open(preset, "fr");
    let known: fr::Farmer = record(&json!({"farmer_personal_details": member(), "farm_type": "1"}));
    let table = Table::<Fr>::new([known.clone()]);
    let mut world =
        World::<Fr>::new(preset, vec![fr::EventType::Register], |server| server.registry::<Fr>(table)).await;
    common(&mut world, &mut book, &fr::EventType::Register, known).await;
    world.end().await;
    books.push(book);

    let mut book = Book::open(preset, "dr");
    let known: dr::DisabledPerson = record(&json!({"personal_details": member(), "disability_status": "0",
        "disability_details": [{"impairment_type": "1"}], "disability_support": [{"medical_care": [{"status": "1"}]}]}));
    let table = Table::<Dr>::new([known.clone()]);
    let mut world = World::<Dr>::new(preset, vec![dr::EventType::Register], |server| dr::serve(server, table)).await;
    common(&mut world, &mut book, &dr::EventType::Register, known).await;
    for identifier in [UIN, "nobody"] {
        world.ask::<Disabled>(&mut book, &DisabledRequest::person(identifier)).await;
        world.ask::<GetDisabilityDetails>(&mut book, &DisabledRequest::person(identifier)).await;
        world.ask::<GetDisabilitySupport>(&mut book, &DisabledRequest::person(identifier)).await;
    }
    world.end().await;
    books.push(book);

    let mut book = Book::open(preset, "ibr");
    let known: Beneficiary = record(&json!({"assistance_unit": "1", "member": member(), "enrollment_status": "1",
        "programme_identifier": [{"programme_identifier": "P1", "programme_name": "Pension"}]}));
    let service = Beneficiaries(Table::<Ibr>::new([known.clone()]));
    let events = vec![ibr::EventType::Enrollment];
    let mut world = World::<Ibr>::new(preset, events, |server| ibr::serve(server, service)).await;
    common(&mut world, &mut book, &ibr::EventType::Enrollment, known.clone()).await;
    for identifier in [UIN, "nobody"] {
        world.ask::<Enrolled>(&mut book, &EnrolledRequest::new(identifier, "P1")).await;
    }
    world.ask::<EnrollmentUpdates>(&mut book, &EnrollmentUpdatesRequest::new([known])).await;
    world.end().await;
    books.push(book);
    books
}

fn valid(preset: Preset, least: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let books = runtime.block_on(every_message(preset));
    let judged: usize = books.iter().map(|book| book.judged).sum();
    let faults: Vec<&String> = books.iter().flat_map(|book| &book.faults).collect();
    let excused = |fault: &&&String| EXCUSED.iter().any(|(known, _)| fault.contains(known));
    let left: Vec<_> = faults.iter().filter(|fault| !excused(fault)).collect();
    assert!(left.is_empty(), "{judged} messages, {} faults: {left:#?}", left.len());
    let used = EXCUSED.iter().filter(|(known, _)| faults.iter().any(|fault| fault.contains(known))).count();
    assert_eq!(used, if preset == Preset::Jan2025 { EXCUSED.len() } else { 0 }, "an excuse nobody needs");
    assert!(judged >= least, "{judged}");
}

pub(crate) fn everything_written_is_valid_by_the_newest_text() {
    valid(Preset::SpecStrict, 160);
}

pub(crate) fn everything_written_for_a_peer_of_january_is_valid_by_its_text() {
    valid(Preset::Jan2025, 130);
}
