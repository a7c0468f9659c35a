//! A civil registry over real sockets: events in every spelling, births told into it, locations.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

use async_trait::async_trait;
use dci_core::action::{Notify, Registry as _, event_of};
use dci_core::client::{Client, ClientError, Token};
use dci_core::code::Code as _;
use dci_core::gate::{Gate, Rejection, Seal, Verified};
use dci_core::header::CallbackHeader;
use dci_core::id::{KeyId, SystemId};
use dci_core::jose::{Algorithm, AwsLc, KeySet, SigningKey};
use dci_core::message::NotifyRequest;
use dci_core::peer::{Peer, Peers};
use dci_core::query::Table;
use dci_core::server::{NoticeHandler, Running, Server, ServerLimits, StaticTokens, listen};
use dci_crvs::{Civil, CivilCalls as _, CivilPerson, LOCATIONS_PATH, Location, LocationHierarchy, VitalEvent};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

fn system(name: &str) -> (Seal, KeySet) {
    let provider = AwsLc::new();
    let key = SigningKey::generate(KeyId::new("key-1").unwrap(), Algorithm::EdDsa, &provider).unwrap();
    let keys = KeySet::new([key.verification_key(&provider).unwrap()]);
    (Seal::new(SystemId::new(name).unwrap(), [key]), keys)
}

struct World {
    client: Client<Civil>,
    server: Server,
    running: Running,
}

async fn world(mount: impl FnOnce(Server) -> Server) -> World {
    let (caller, caller_keys) = system("clinic");
    let (registry, registry_keys) = system("crvs");
    let clinic = Peer::new("clinic".parse().unwrap(), caller_keys);
    let gate = Gate::new("crvs".parse().unwrap(), Arc::new(Peers::new([clinic])));
    let tokens = StaticTokens::new().with_system("token", "clinic".parse().unwrap());
    let server = mount(Server::builder(gate, registry, tokens).build().unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let running = listen(listener, server.router(), &ServerLimits::default()).unwrap();
    let client = Client::<Civil>::builder(format!("http://{}/", running.address()))
        .seal(caller)
        .peer(Peer::new("crvs".parse().unwrap(), registry_keys))
        .token(Token::bearer("token"))
        .retries(0)
        .build()
        .unwrap();
    World { client, server, running }
}

impl World {
    async fn end(self) {
        self.running.stop().await;
        self.server.shut_down().await;
    }
}

fn child() -> CivilPerson {
    let text = r#"{"name":{"given_name":"Amina"},"birth_date":"2026-11-02",
        "parent1_identifier":{"identifier_type":"UIN","identifier_value":"847951632"}}"#;
    serde_json::from_str(text).unwrap()
}

/// Births that were told, and whether they can be taken.
#[derive(Clone, Default)]
struct Births(Arc<Mutex<(u32, Vec<CivilPerson>)>>);

#[async_trait]
impl NoticeHandler<Notify<Civil>> for Births {
    async fn handle(&self, notice: &Verified<CallbackHeader, NotifyRequest<CivilPerson>>) -> Result<(), Rejection> {
        let mut births = self.0.lock().unwrap();
        births.0 += 1;
        for event in &notice.message().notify_event {
            assert_eq!(event.data.event::<Civil>(), Some(VitalEvent::LiveBirth));
            births.1.extend(event.data.reg_records.0.0.iter().cloned());
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_birth_nobody_registered_is_told_into_the_registry_that_takes_such() {
    let births = Births::default();
    let taken = births.clone();
    let with = world(|server| server.notice::<Notify<Civil>>(taken)).await;
    assert!(with.client.tell_of_birth(child()).await.unwrap().is_some(), "acknowledged, with a correlation id");
    assert_eq!(births.0.lock().unwrap().1, [child()]);
    with.end().await;
    let without = world(|server| server.registry::<Civil>(Table::<Civil>::new([]))).await;
    let error = without.client.tell_of_birth(child()).await.unwrap_err();
    assert!(matches!(&error, ClientError::Refused(refusal) if refusal.status == 404), "{error}");
    without.end().await;
}

#[tokio::test]
async fn locations_are_published_and_looked_up() {
    let areas = [
        Location::new("statistics", "country", "Farajaland", None),
        Location::new("statistics", "central", "Central", Some("country")),
        Location::new("statistics", "ibombo", "Ibombo", Some("central")),
    ];
    let world = world(|server| server.document(&format!("/{LOCATIONS_PATH}"), &LocationHierarchy::new(areas))).await;
    let tree = world.client.locations().await.unwrap();
    let around: Vec<_> = tree.ancestors("ibombo").into_iter().filter_map(|area| area.name.clone()).collect();
    assert_eq!(around, ["Central", "Farajaland"]);
    world.end().await;
}

#[test]
fn vital_events_are_known_in_every_spelling() {
    let cases = [
        ("spdci-common:RegistryEventType:LiveBirth", VitalEvent::LiveBirth),
        ("spdci:common:RegistryEventType:live_birth", VitalEvent::LiveBirth),
        ("LiveBirth", VitalEvent::LiveBirth),
        ("birth", VitalEvent::LiveBirth),
        ("Death", VitalEvent::Death),
        ("fetal_death", VitalEvent::FetalDeath),
        ("spdci-common:RegistryEventType:FetalDeath", VitalEvent::FetalDeath),
        ("marriage", VitalEvent::Marriage),
        ("DIVORCE", VitalEvent::Divorce),
        ("adoption", VitalEvent::Adoption),
    ];
    for (spelling, event) in cases {
        assert_eq!(event_of::<Civil>(spelling), event, "{spelling}");
    }
    let national = event_of::<Civil>("ke:event:NameChange");
    assert!(!national.is_listed() && national.code() == "ke:event:NameChange", "kept as it came");
    assert_eq!(Civil::event_name(&VitalEvent::LiveBirth), "spdci-common:RegistryEventType:LiveBirth");
}
