//! A social protection agency that calls the registries of the sandbox.

use crate::Failure;
use dci_core::action::Registry;
use dci_core::client::{Callbacks, Client, NotificationHandler, Token};
use dci_core::gate::{Gate, Seal};
use dci_core::jose::{Algorithm, AwsLc, PrivateKey, SigningKey};
use dci_core::message::SubscribeCriteria;
use dci_core::peer::{Peer, Peers, read_peers};
use dci_core::server::{Running, ServerLimits, listen};
use dci_core::transport::Http;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use url::Url;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The agency: who it is, and what it knows of the registries. They are one system here, as in the sandbox; in a country each
/// is a peer of its own.
#[derive(Debug)]
pub struct Agency {
    base: String,
    seal: Seal,
    registries: Peer,
    http: Http,
    token: String,
}

impl Agency {
    /// An agency the sandbox at `base` (`http://127.0.0.1:8080`) knows: with the id and key of the test suite, and the token the
    /// sandbox takes when none is named.
    pub fn of_sandbox(base: &str) -> Result<Self, Failure> {
        let provider = AwsLc::new();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../conformance/keys/suite.sign.pem");
        let key = PrivateKey::from_pem(&std::fs::read_to_string(file)?)?;
        let key = SigningKey::new("test-key-2".parse()?, Algorithm::Rs256, &key, &provider)?;
        let peers = format!(
            "[[peer]]\nid = \"sandbox.dci-conformance.example\"\npreset = \"spec-strict\"\nbase_url = \"{base}\"\njwks_url = \"{base}/.well-known/jwks.json\"\n"
        );
        let http = Http::builder().danger_allow_plain_http().build()?;
        let registries = read_peers(&peers)?.into_iter().next().ok_or("no peer")?;
        let registries = registries.connected(&http, Arc::new(provider))?;
        let seal = Seal::new("suite.dci-conformance.example".parse()?, [key]);
        Ok(Self { base: base.to_owned(), seal, registries, http, token: "sandbox-token".to_owned() })
    }

    /// A client of the registry `I`.
    pub fn client<I: Registry>(&self) -> Result<Client<I>, Failure> {
        let client = Client::<I>::builder(format!("{}/{}", self.base, I::NAME))
            .seal(self.seal.clone())
            .peer(self.registries.clone())
            .token(Token::bearer(self.token.clone()))
            .http(self.http.clone())
            .build()?;
        Ok(client)
    }

    /// Subscribes to events of the registry `I`, hands them to `handler`, and listens until the returned server is stopped.
    pub async fn subscribe<I: Registry>(
        &self,
        criteria: SubscribeCriteria,
        handler: impl NotificationHandler<I>,
    ) -> Result<Running, Failure> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let base = Url::parse(&format!("http://{}/callback", listener.local_addr()?))?;
        let gate = Gate::new(self.seal.own_id().clone(), Arc::new(Peers::new([self.registries.clone()])));
        let callbacks = Callbacks::new(base, gate);
        callbacks.listen::<I>(handler);
        let running = listen(listener, callbacks.router(), &ServerLimits::default())?;
        let granted = self.client::<I>()?.subscribe(criteria, &callbacks).await?.answer(PATIENCE).await?;
        let result = granted.message().subscribe_response.first().ok_or("the registry did not answer")?;
        if granted.message().codes().next().is_none() {
            return Err(
                format!("not subscribed: {}", result.status_reason_message.as_deref().unwrap_or("no reason")).into()
            );
        }
        Ok(running)
    }
}
