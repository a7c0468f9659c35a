//! What all checks of a run share: the target, the HTTP client, the callback receiver, the fetched population.

use super::outcome::Stop;
use super::receiver::Receiver;
use crate::interface::Population;
use crate::target::Target;
use dci_core::jose::{AwsLc, EncryptionKey, KeySet};
use dci_core::signature::SCHEMES;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::OnceCell;

/// The target cannot be reached at all.
#[derive(Debug, thiserror::Error)]
#[error("{url} cannot be reached")]
pub struct Unreachable {
    /// What was tried.
    pub url: String,
    /// Why it failed.
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

/// What all checks share.
pub struct Session {
    pub(crate) target: Target,
    pub(crate) http: reqwest::Client,
    pub(crate) tokens: dci_core::transport::Http,
    pub(crate) receiver: Receiver,
    pub(crate) population: OnceCell<Result<Box<dyn Population>, Stop>>,
    pub(crate) keys: OnceCell<Result<KeySet, String>>,
    /// The key messages to the target are encrypted for.
    pub(crate) encryption_key: Option<Arc<EncryptionKey>>,
}

impl Session {
    /// A session with `target`: fails when nothing answers there.
    pub async fn open(target: Target) -> Result<Self, Unreachable> {
        let unreachable = |error: Box<dyn std::error::Error + Send + Sync>| Unreachable {
            url: target.base.to_string(),
            source: error,
        };
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(30))
            // A kept connection can end at the other side while a request is on its way: that would fail a check for nothing.
            .pool_max_idle_per_host(0)
            .build()
            .map_err(|error| unreachable(error.into()))?;
        // Any answer will do, whatever its status.
        http.get(target.base.clone()).send().await.map_err(|error| unreachable(error.without_url().into()))?;
        let tokens = dci_core::transport::Http::builder().danger_allow_plain_http().build();
        let tokens = tokens.map_err(|error| unreachable(error.into()))?;
        let receiver = Receiver::start(&target.config.callback).await.map_err(|error| unreachable(error.into()))?;
        let (population, keys) = (OnceCell::new(), OnceCell::new());
        let mut session = Self { target, http, tokens, receiver, population, keys, encryption_key: None };
        if session.target.encrypting.is_some() {
            let keys = session.target_keys().await.as_ref().ok();
            session.encryption_key = keys.and_then(KeySet::encryption_key);
        }
        Ok(session)
    }

    /// The keys the target publishes.
    pub(crate) async fn target_keys(&self) -> &Result<KeySet, String> {
        self.keys
            .get_or_init(|| async {
                let reply = self.http.get(self.target.jwks_url.clone()).send().await;
                let reply = reply.map_err(|error| error.without_url().to_string())?;
                if reply.status() != 200 {
                    return Err(format!("HTTP {}", reply.status().as_u16()));
                }
                let bytes = reply.bytes().await.map_err(|error| error.without_url().to_string())?;
                KeySet::parse(&bytes, &AwsLc::new()).map_err(|error| error.to_string())
            })
            .await
    }

    /// The base URL of the target.
    pub fn target_url(&self) -> String {
        self.target.base.to_string()
    }

    /// The kind of system the target is taken for.
    pub fn peer(&self) -> &'static str {
        self.target.profile.name
    }

    /// The signature scheme the suite uses.
    pub fn scheme(&self) -> &'static str {
        if self.target.profile.signs { self.target.scheme.name() } else { "none" }
    }

    /// How far what is spoken is from the standard.
    pub fn distance(&self) -> String {
        let scheme = self.scheme();
        let known = SCHEMES.iter().find(|info| info.name == scheme);
        let mut out =
            known.map_or("messages are not signed: nobody can say who sent them", |info| info.distance).to_owned();
        if self.peer() != "spec-strict" {
            out.push_str("; spoken to as ");
            out.push_str(self.peer());
        }
        if let Some(caveat) = self.target.profile.caveat {
            out.push_str(", of which is known: ");
            out.push_str(caveat);
        }
        out
    }

    /// Ends the session.
    pub async fn close(self) {
        self.receiver.stop().await;
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("target", &self.target.base.as_str()).finish_non_exhaustive()
    }
}
