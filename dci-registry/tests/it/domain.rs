//! The actions only one registry has, over real sockets; and the forms in which other systems answer them.

use crate::world::{CALLER, REGISTRY, TOKEN, id, system};
use async_trait::async_trait;
use dci_core::action::Registry;
use dci_core::client::{Client, ClientError, Token};
use dci_core::code::{Status, TxnType};
use dci_core::gate::Gate;
use dci_core::message::{AttributeValue, TxnState, TxnStatusRequest};
use dci_core::peer::{Peer, Peers};
use dci_core::query::{Page, SearchCriteria, Table};
use dci_core::server::{
    RegistryService, RequestContext, Running, Server, ServerLimits, ServiceError, StaticTokens, listen,
};
use dci_core::wire::Wire as _;
use dci_registry::dr::{
    Disabled, DisabledPerson, DisabledRequest, Dr, GetDisabilityDetails, GetDisabilitySupport, SupportStatus,
};
use dci_registry::ess::{CheckEnrollment, CheckEnrollmentRequest, EmploymentMember, EnrollmentLabel, Ess};
use dci_registry::ibr::{
    Beneficiary, Enrolled, EnrolledRequest, EnrollmentCheck as _, EnrollmentService, EnrollmentUpdates,
    EnrollmentUpdatesRequest, Ibr,
};
use dci_registry::{MapCriteria, dr, ess, ibr};
use serde_json::json;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

struct Pair<I> {
    client: Client<I>,
    server: Server,
    running: Running,
}

impl<I: Registry> Pair<I> {
    async fn new(mount: impl FnOnce(Server) -> Server) -> Self {
        let (caller, caller_keys) = system(CALLER);
        let (registry, registry_keys) = system(REGISTRY);
        let gate = Gate::new(id(REGISTRY), Arc::new(Peers::new([Peer::new(id(CALLER), caller_keys)])));
        let tokens = StaticTokens::new().with_system(TOKEN, id(CALLER));
        let server = mount(Server::builder(gate, registry, tokens).build().unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = listen(listener, server.router(), &ServerLimits::default()).unwrap();
        let client = Client::<I>::builder(format!("http://{}/", running.address()))
            .seal(caller)
            .peer(Peer::new(id(REGISTRY), registry_keys))
            .token(Token::bearer(TOKEN))
            .build()
            .unwrap();
        Self { client, server, running }
    }

    async fn end(self) {
        self.running.stop().await;
        self.server.shut_down().await;
    }
}

/// Beneficiaries in memory.
#[derive(Default)]
struct Beneficiaries(Mutex<Vec<Beneficiary>>);

#[async_trait]
impl RegistryService<Ibr> for Beneficiaries {
    async fn search(&self, criteria: &SearchCriteria, _: &RequestContext) -> Result<Page<Beneficiary>, ServiceError> {
        let table = Table::<Ibr>::new(self.0.lock().unwrap().clone());
        Ok(table.search(criteria)?)
    }
}

#[async_trait]
impl EnrollmentService for Beneficiaries {
    async fn update(&self, beneficiaries: &[Beneficiary], _: &RequestContext) -> Result<(), ServiceError> {
        self.0.lock().unwrap().extend_from_slice(beneficiaries);
        Ok(())
    }
}

fn beneficiary(identifier: &str, programme: &str, status: &str) -> Beneficiary {
    serde_json::from_value(json!({
        "assistance_unit": "1",
        "member": {"member_identifier": [{"identifier_type": "UIN", "identifier_value": identifier}]},
        "programme_identifier": [{"programme_identifier": programme, "programme_name": "Child allowance"}],
        "enrollment_status": status,
        "benefits": [{"benefit_type": "1", "benefit_value": "USD 50"}],
    }))
    .unwrap()
}

#[tokio::test]
async fn who_was_reported_is_enrolled_and_the_receipt_can_be_asked_for() {
    let pair = Pair::<Ibr>::new(|server| ibr::serve(server, Beneficiaries::default())).await;
    assert_eq!(pair.client.enrolled("A1", "CA").await.unwrap(), Some(false));
    let request = EnrollmentUpdatesRequest::new([beneficiary("A1", "CA", "1"), beneficiary("A2", "CA", "3")]);
    let taken = pair.client.call::<EnrollmentUpdates>(&request).await.unwrap();
    assert_eq!(taken.message().enrolled_response[0].status, Status::Succeeded);
    assert_eq!(pair.client.enrolled("A1", "CA").await.unwrap(), Some(true));
    assert_eq!(pair.client.enrolled("A1", "PENSION").await.unwrap(), Some(false));
    assert_eq!(pair.client.enrolled("A2", "CA").await.unwrap(), Some(false), "who graduated is not enrolled");
    let value = AttributeValue::One(request.transaction_id.as_str().to_owned());
    let ask = TxnStatusRequest::new(TxnType::Receipt, dci_core::code::AttributeType::TransactionId, value);
    let answer = pair.client.call::<dci_core::action::TxnStatus<Ibr>>(&ask).await.unwrap().into_message();
    let TxnState::Receipt(receipt) = answer.txnstatus_response.txn_status else { panic!("a receipt") };
    assert_eq!(receipt.receipt_information.beneficiaries, request.enrolled_updates.beneficiaries);
    pair.end().await;
}

#[tokio::test]
async fn a_question_without_a_usable_query_says_why() {
    let pair = Pair::<Ibr>::new(|server| ibr::serve(server, Beneficiaries::default())).await;
    let request = EnrolledRequest::of(MapCriteria::equal([("shoe_size", "42")]));
    let answer = pair.client.call::<Enrolled>(&request).await.unwrap();
    assert_eq!(answer.header().status, Some(Status::Rejected));
    let result = &answer.message().enrolled_response[0];
    assert!(result.status_reason_message.as_deref().unwrap().contains("shoe_size"), "{result:?}");
    assert_eq!(answer.message().is_enrolled(), None);
    pair.end().await;
}

fn disabled_person(identifier: &str, status: &str) -> DisabledPerson {
    serde_json::from_value(json!({
        "personal_details": {"member_identifier": [{"identifier_type": "UIN", "identifier_value": identifier}]},
        "disability_status": status,
        "disability_details": [{"impairment_type": "3", "impairment_level": "2"}],
        "disability_support": [
            {"assistive_technology": [{"type": "1", "status": "0"}]},
            {"human_assistance": [{"type": "mobility", "intensity": "2", "support": "1"}]},
        ],
    }))
    .unwrap()
}

#[tokio::test]
async fn disability_its_details_and_its_support_follow_from_the_records() {
    let table = Table::<Dr>::new([disabled_person("D1", "0"), disabled_person("D2", "2")]);
    let pair = Pair::<Dr>::new(|server| dr::serve(server, table)).await;
    let disabled = async |identifier: &str| {
        pair.client.call::<Disabled>(&DisabledRequest::person(identifier)).await.unwrap().message().is_disabled()
    };
    assert_eq!(
        (disabled("D1").await, disabled("D2").await, disabled("D3").await),
        (Some(true), Some(false), Some(false))
    );
    let request = DisabledRequest::person("D1");
    let details = pair.client.call::<GetDisabilityDetails>(&request).await.unwrap().into_message();
    let [person] = details.search_response[0].records() else { panic!("one person") };
    assert_eq!(person.disability_details[0].impairment_type.as_ref().unwrap().label(), "Mobility");
    let support = pair.client.call::<GetDisabilitySupport>(&DisabledRequest::person("D1")).await.unwrap();
    let written = support.message().write();
    let records = written.pointer("/search_response/0/data/reg_records/0").unwrap();
    assert_eq!(records.as_array().unwrap().len(), 2, "a list of lists, as the standard has it");
    let [support] = support.message().search_response[0].records() else { panic!("the support of one person") };
    assert_eq!(support[0].assistive_technology[0].status, Some(SupportStatus::Needed));
    pair.end().await;
}

#[tokio::test]
async fn the_employment_service_says_where_somebody_stands() {
    let member: EmploymentMember = serde_json::from_value(json!({
        "member_identifier": [{"identifier_type": "UIN", "identifier_value": "E1"}],
        "employment_info": [{"job_title": "Baker", "employment_type": "1"}],
    }))
    .unwrap();
    let pair = Pair::<Ess>::new(|server| ess::serve(server, Table::<Ess>::new([member]))).await;
    let known = pair.client.call::<CheckEnrollment>(&CheckEnrollmentRequest::person("E1")).await.unwrap();
    assert_eq!(known.message().status(), Some(&EnrollmentLabel::Active));
    let unknown = pair.client.call::<CheckEnrollment>(&CheckEnrollmentRequest::person("E2")).await.unwrap();
    assert_eq!(unknown.message().status(), None);
    pair.end().await;
}

/// A client of a system that answers the enrolment question with `body`.
async fn answering(body: serde_json::Value, unsigned: bool) -> (MockServer, Client<Ibr>) {
    let server = MockServer::start().await;
    let reply = ResponseTemplate::new(200).set_body_json(body);
    Mock::given(method("POST")).and(path("/registry/sync/enrolled")).respond_with(reply).mount(&server).await;
    let (caller, keys) = system(CALLER);
    let peer = if unsigned { Peer::danger_unsigned(id(REGISTRY)) } else { Peer::new(id(REGISTRY), keys) };
    let client = Client::<Ibr>::builder(server.uri()).seal(caller).peer(peer).retries(0).build().unwrap();
    (server, client)
}

#[tokio::test]
async fn answers_without_an_envelope_are_read_from_systems_that_do_not_sign() {
    let bare = json!({"transaction_id": "t", "correlation_id": "c", "enrolled_response": [
        {"reference_id": "r", "timestamp": "2026-01-01T00:00:00Z", "status": "succ", "enrolled_status": "yes"}]});
    let ack = json!({"message": {"ack_status": "yes", "timestamp": "2026-01-01T00:00:00Z", "correlation_id": "c"}});
    let no = json!({"message": {"ack_status": "no", "timestamp": "2026-01-01T00:00:00Z", "correlation_id": "c"}});
    for (body, enrolled) in [(bare.clone(), true), (ack, true), (no, false)] {
        let (_server, client) = answering(body.clone(), true).await;
        assert_eq!(client.enrolled("A1", "CA").await.unwrap(), Some(enrolled), "{body}");
    }
    let (_server, client) = answering(bare, false).await;
    let error = client.enrolled("A1", "CA").await.unwrap_err();
    assert!(matches!(error, ClientError::NotAnEnvelope { .. }), "nobody signed it: {error}");
}
