//! A registry and a caller that know each other.

use dci_core::carrier::Carrier;
use dci_core::client::{Callbacks, Client, Token};
use dci_core::code::Status;
use dci_core::envelope::Envelope;
use dci_core::exchange::Store;
use dci_core::gate::{Gate, Seal};
use dci_core::header::CallbackHeader;
use dci_core::id::{KeyId, SystemId};
use dci_core::jose::{Algorithm, AwsLc, KeySet, SigningKey};
use dci_core::peer::{Peer, Peers};
use dci_core::query::Table;
use dci_core::server::{Publisher, RegistryService, Running, Server, ServerLimits, StaticTokens, listen};
use dci_core::wire::Object;
use dci_registry::social::{EventType, Social, SocialRecord};
use std::sync::Arc;
use tokio::net::TcpListener;
use url::Url;

pub(crate) const REGISTRY: &str = "registry.example.org";
pub(crate) const CALLER: &str = "spmis.example.org";
pub(crate) const TOKEN: &str = "secret-token";

pub(crate) fn id(text: &str) -> SystemId {
    SystemId::new(text).unwrap()
}

/// A system with one Ed25519 key.
pub(crate) fn system(name: &str) -> (Seal, KeySet) {
    let provider = AwsLc::new();
    let key = SigningKey::generate(KeyId::new("key-1").unwrap(), Algorithm::EdDsa, &provider).unwrap();
    let keys = KeySet::new([key.verification_key(&provider).unwrap()]);
    (Seal::new(id(name), [key]), keys)
}

pub(crate) fn people(count: usize) -> Vec<SocialRecord> {
    (0..count)
        .map(|index| {
            let text = format!(
                r#"{{"@type":"SRPerson","identifier":[{{"identifier_type":"UIN","identifier_value":"{index}"}}],
                "name":{{"surname":"Åkerlund","given_name":"日本 😀"}},"sex":"{}","birth_date":"{}-05-06"}}"#,
                if index % 2 == 0 { "female" } else { "male" },
                1950 + index % 60,
            );
            serde_json::from_str(&text).unwrap()
        })
        .collect()
}

pub(crate) struct World {
    pub(crate) client: Client<Social>,
    pub(crate) callbacks: Callbacks,
    pub(crate) base: Url,
    pub(crate) caller: Seal,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) publisher: Publisher<Social>,
    own_gate: Gate,
    registry: Seal,
    server: Server,
    running: Running,
    receiving: Running,
}

impl World {
    pub(crate) async fn new(detached: bool) -> Self {
        Self::build(detached, Table::<Social>::new(people(120)), |_| {}).await
    }

    /// A world whose server has other limits.
    pub(crate) async fn with_limits(change: impl FnOnce(&mut ServerLimits)) -> Self {
        Self::build(false, Table::<Social>::new(people(120)), change).await
    }

    /// A world with another registry and other limits; calls are not repeated.
    pub(crate) async fn with_service(
        service: impl RegistryService<Social>,
        change: impl FnOnce(&mut ServerLimits),
    ) -> Self {
        Self::build(false, service, change).await
    }

    async fn build(
        detached: bool,
        service: impl RegistryService<Social>,
        change: impl FnOnce(&mut ServerLimits),
    ) -> Self {
        let mut limits = ServerLimits::default();
        change(&mut limits);
        let (caller_seal, caller_keys) = system(CALLER);
        let (registry_seal, registry_keys) = system(REGISTRY);
        let receiver = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let callback_base = Url::parse(&format!("http://{}/callback", receiver.local_addr().unwrap())).unwrap();
        let caller_peer = Peer::new(id(CALLER), caller_keys).with_callbacks_at(&callback_base);
        let caller_peer = if detached { caller_peer.with_detached_jws() } else { caller_peer };
        let gate = Gate::new(id(REGISTRY), Arc::new(Peers::new([caller_peer])));
        let tokens = StaticTokens::new().with_system(TOKEN, id(CALLER));
        let server = Server::builder(gate, registry_seal.clone(), tokens).limits(limits).build().unwrap();
        let server = server
            .registry::<Social>(service)
            .subscriptions::<Social>([EventType::Register, EventType::NewHouseholdMember]);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = listen(listener, server.router(), &ServerLimits::default()).unwrap();
        let base = Url::parse(&format!("http://{}/", running.address())).unwrap();

        let registry_peer = Peer::new(id(REGISTRY), registry_keys);
        let registry_peer = if detached { registry_peer.with_detached_jws() } else { registry_peer };
        let own_gate = Gate::new(id(CALLER), Arc::new(Peers::new([registry_peer.clone()])));
        let callbacks = Callbacks::new(callback_base, own_gate.clone());
        let receiving = listen(receiver, callbacks.router(), &ServerLimits::default()).unwrap();
        let client = Client::<Social>::builder(base.as_str())
            .seal(caller_seal.clone())
            .peer(registry_peer)
            .token(Token::bearer(TOKEN))
            .retries(0)
            .build()
            .unwrap();
        let (store, publisher) = (Arc::clone(server.store()), server.publisher());
        Self {
            client,
            callbacks,
            base,
            caller: caller_seal,
            store,
            publisher,
            own_gate,
            registry: registry_seal,
            server,
            running,
            receiving,
        }
    }

    /// The gate of the caller.
    pub(crate) fn gate(&self) -> Gate {
        self.own_gate.clone()
    }

    /// A message the registry sends on its own, signed now.
    pub(crate) async fn notification(&self, message: &impl dci_core::wire::Wire, meta: Object) -> String {
        let mut header = CallbackHeader::new("notify", Status::Succeeded, id(REGISTRY), id(CALLER)).counts(1, 1);
        header.meta = Some(meta);
        let peer = Peer::new(id(CALLER), KeySet::default());
        let url = Url::parse("http://127.0.0.1/registry/notify").unwrap();
        let envelope = Envelope::new(header, message.write());
        let sealed = self.registry.seal(&envelope, &peer, &Carrier::request("POST", &url)).await.unwrap();
        String::from_utf8(sealed.body.clone()).unwrap()
    }

    pub(crate) async fn end(self) {
        self.running.stop().await;
        self.server.shut_down().await;
        self.receiving.stop().await;
    }
}

/// The output of a future that has nothing to wait for.
pub(crate) fn at_once<F: Future>(future: F) -> F::Output {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("there was something to wait for"),
    }
}
