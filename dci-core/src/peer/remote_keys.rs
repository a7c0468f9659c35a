//! A peer's keys, read from its published set (`/.well-known/jwks.json`).

use super::keys::KeySource;
use crate::id::KeyId;
use crate::jose::{EncryptionKey, KeySet, Provider, VerificationKey};
use crate::network::{Networks, literal_address};
use crate::transport::Http;
use async_trait::async_trait;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

/// Keys at a configured address, cached.
///
/// A set is used for an hour, and for a day when the address cannot be read. An unknown key id leads to at most one new
/// read in five minutes, whatever arrives: messages cannot make this system fetch. One read at a time; the others wait
/// for it.
pub struct RemoteKeySet {
    url: Url,
    http: Http,
    provider: Arc<dyn Provider>,
    timing: Timing,
    state: Mutex<State>,
}

/// How long what is used.
#[derive(Clone, Copy, Debug)]
struct Timing {
    fresh: Duration,
    stale: Duration,
    between_reads: Duration,
}

#[derive(Debug, Default)]
struct State {
    good: Option<(KeySet, Instant)>,
    tried: Option<Instant>,
}

impl RemoteKeySet {
    /// The set published at `url`. A name must lead to public addresses or to `networks`; a literal address is meant.
    pub fn new(url: Url, http: Http, networks: &Networks, provider: Arc<dyn Provider>) -> Self {
        let literal = literal_address(&url).map(|address| Networks::public().with_address(address));
        let networks = literal.map_or_else(|| networks.clone(), |literal| literal.and(networks));
        http.permit(&url, &networks);
        let minutes = |count: u64| Duration::from_secs(count * 60);
        let timing = Timing { fresh: minutes(60), stale: minutes(24 * 60), between_reads: minutes(5) };
        Self { url, http, provider, timing, state: Mutex::default() }
    }

    async fn read(&self, state: &mut State, now: Instant) {
        state.tried = Some(now);
        match self.fetch().await {
            Ok(set) => state.good = Some((set, now)),
            Err(reason) => tracing::warn!(url = %self.url, %reason, "key set not read; the last good one stays in use"),
        }
    }

    async fn fetch(&self) -> Result<KeySet, String> {
        let reply =
            self.http.get(self.url.clone(), crate::jose::KEY_SET_BYTES).await.map_err(|error| error.to_string())?;
        if reply.status != 200 {
            return Err(format!("HTTP {}", reply.status));
        }
        KeySet::parse(&reply.body, &*self.provider).map_err(|error| error.to_string())
    }
}

#[async_trait]
impl KeySource for RemoteKeySet {
    async fn encryption_key(&self) -> Option<Arc<EncryptionKey>> {
        // Brings the set up to date.
        self.find(None).await;
        let state = self.state.lock().await;
        let (set, read) = state.good.as_ref()?;
        if read.elapsed() < self.timing.stale { set.encryption_key() } else { None }
    }

    async fn find(&self, key_id: Option<&KeyId>) -> Vec<Arc<VerificationKey>> {
        let mut state = self.state.lock().await;
        let now = Instant::now();
        let may_read = state.tried.is_none_or(|tried| now - tried >= self.timing.between_reads);
        let age = state.good.as_ref().map(|(_, read)| now - *read);
        let known = |state: &State| state.good.as_ref().map_or_else(Vec::new, |(set, _)| set.find(key_id));
        if may_read && (age.is_none_or(|age| age >= self.timing.fresh) || known(&state).is_empty()) {
            self.read(&mut state, now).await;
        }
        let usable = state.good.as_ref().is_some_and(|(_, read)| now - *read < self.timing.stale);
        if usable { known(&state) } else { Vec::new() }
    }
}

impl std::fmt::Debug for RemoteKeySet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RemoteKeySet").field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}

#[cfg(test)]
#[cfg(feature = "aws-lc")]
mod tests {
    use super::*;
    use crate::jose::{Algorithm, AwsLc, SigningKey};
    use crate::wire::Form;
    use wiremock::matchers::path;
    use wiremock::{Mock, MockServer, ResponseTemplate};

    fn key(name: &str) -> SigningKey {
        SigningKey::generate(KeyId::new(name).unwrap(), Algorithm::EdDsa, &AwsLc::new()).unwrap()
    }

    async fn publish(server: &MockServer, keys: &[&SigningKey]) {
        server.reset().await;
        let document = KeySet::document(keys.iter().copied(), []).print(Form::Compact);
        let answer = ResponseTemplate::new(200).set_body_raw(document, "application/json");
        Mock::given(path("/jwks")).respond_with(answer).mount(server).await;
    }

    #[tokio::test]
    async fn rotation_takes_new_keys_and_forgets_removed_ones() {
        let server = MockServer::start().await;
        let (old, new) = (key("old"), key("new"));
        publish(&server, &[&old]).await;
        let url = Url::parse(&server.uri()).unwrap().join("/jwks").unwrap();
        let mut remote = RemoteKeySet::new(url, Http::new().unwrap(), &Networks::public(), Arc::new(AwsLc::new()));
        let milliseconds = Duration::from_millis;
        remote.timing =
            Timing { fresh: milliseconds(150), stale: milliseconds(2_500), between_reads: milliseconds(50) };
        assert_eq!(remote.find(Some(old.key_id())).await.len(), 1);
        publish(&server, &[&old, &new]).await;
        tokio::time::sleep(milliseconds(60)).await;
        assert_eq!(remote.find(Some(new.key_id())).await.len(), 1, "a new key id leads to a new read");
        publish(&server, &[&new]).await;
        tokio::time::sleep(milliseconds(200)).await;
        assert!(remote.find(Some(old.key_id())).await.is_empty(), "a removed key ends with the set it was in");
        server.reset().await;
        tokio::time::sleep(milliseconds(200)).await;
        assert_eq!(remote.find(Some(new.key_id())).await.len(), 1, "the last good set is used while none can be read");
        tokio::time::sleep(milliseconds(2_600)).await;
        assert!(remote.find(Some(new.key_id())).await.is_empty(), "but not for ever");
    }
}
