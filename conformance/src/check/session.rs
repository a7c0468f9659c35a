//! What all checks of a run share: the target, the HTTP client, the callback receiver, the fetched population.

use super::receiver::Receiver;
use crate::target::Target;
use dci_core::jose::{AwsLc, KeySet};
use dci_core::query::Table;
use dci_registry::social::Social;
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
    pub(crate) population: OnceCell<Result<Table<Social>, String>>,
    pub(crate) keys: OnceCell<Result<KeySet, String>>,
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
            .pool_max_idle_per_host(2)
            .build()
            .map_err(|error| unreachable(error.into()))?;
        // Any answer will do, whatever its status.
        http.get(target.base.clone()).send().await.map_err(|error| unreachable(error.without_url().into()))?;
        let tokens = dci_core::transport::Http::builder().danger_allow_plain_http().build();
        let tokens = tokens.map_err(|error| unreachable(error.into()))?;
        let receiver = Receiver::start(&target.config.callback).await.map_err(|error| unreachable(error.into()))?;
        Ok(Self { target, http, tokens, receiver, population: OnceCell::new(), keys: OnceCell::new() })
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

    /// The signature scheme the suite uses.
    pub fn scheme(&self) -> &'static str {
        self.target.scheme.name()
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
