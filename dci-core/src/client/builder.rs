//! The typed client of one registry.

use super::callbacks::{Callbacks, Pending};
use super::error::ClientError;
use super::expectation::Expectation;
use super::peer_error::PeerError;
use super::token::{ClientCredentials, Token};
use crate::ack::AckBody;
use crate::action::{Action, Message as _, Registry, Reply as _, Search, TxnStatus};
use crate::carrier::Carrier;
use crate::code::AttributeType;
use crate::envelope::{Envelope, Received};
use crate::gate::{Gate, Keyring, Seal, Sealed, Verified};
use crate::header::{CallbackHeader, RequestHeader};
use crate::id::TransactionId;
use crate::message::{AttributeValue, SearchRequest, SearchResponse, TxnStatusRequest, TxnStatusResponse};
use crate::peer::{Authorization, Correlation, Peer, Peers};
use crate::query::SearchCriteria;
use crate::time::Timestamp;
use crate::transport::{Http, HttpError, HttpReply, Post};
use crate::wire::{Json, Leniency, Limits, Wire as _};
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;
use url::Url;
use zeroize::Zeroizing;

/// Calls one registry of the interface `I`. Cheap to clone.
#[derive(Debug)]
pub struct Client<I> {
    inner: Arc<Inner>,
    interface: PhantomData<fn() -> I>,
}

impl<I> Clone for Client<I> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), interface: PhantomData }
    }
}

#[derive(Debug)]
struct Inner {
    base: Url,
    http: Http,
    seal: Seal,
    peer: Arc<Peer>,
    gate: Gate,
    token: Token,
    retries: u32,
}

/// Sets up a [`Client`].
pub struct ClientBuilder<I> {
    base: String,
    seal: Option<Seal>,
    peer: Option<Peer>,
    token: Token,
    credentials: Option<(String, Zeroizing<String>)>,
    http: Option<Http>,
    retries: u32,
    keyring: Keyring,
    interface: PhantomData<fn() -> I>,
}

impl<I> std::fmt::Debug for ClientBuilder<I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientBuilder").field("base", &self.base).field("peer", &self.peer).finish_non_exhaustive()
    }
}

/// The largest answer that is read.
const ANSWER_BYTES: usize = 10 << 20;
/// The largest acknowledgement that is read.
const ACK_BYTES: usize = 64 << 10;

impl<I: Registry> ClientBuilder<I> {
    /// Who calls, and with which keys.
    pub fn seal(mut self, seal: Seal) -> Self {
        self.seal = Some(seal);
        self
    }

    /// Whom is called: its id, its keys, how it signs.
    pub fn peer(mut self, peer: Peer) -> Self {
        self.peer = Some(peer);
        self
    }

    /// The bearer token, or where it comes from.
    pub fn token(mut self, token: Token) -> Self {
        self.token = token;
        self
    }

    /// Gets bearer tokens from the peer's own token endpoint, in the form it asks for.
    pub fn credentials(mut self, client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        self.credentials = Some((client_id.into(), Zeroizing::new(client_secret.into())));
        self
    }

    /// Replaces the HTTP client.
    pub fn http(mut self, http: Http) -> Self {
        self.http = Some(http);
        self
    }

    /// Opens answers that were encrypted for this system.
    pub fn opening_with(mut self, keyring: Keyring) -> Self {
        self.keyring = keyring;
        self
    }

    /// How often a call that can safely be repeated is repeated; twice when not set.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// The client.
    pub fn build(self) -> Result<Client<I>, ClientError> {
        let mut base = Url::parse(&self.base).map_err(|error| ClientError::Address(self.base.clone(), error))?;
        // A base ends in a slash, so that paths are added to it and do not replace its last part.
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let seal = self.seal.ok_or(ClientError::Setup("a seal: who calls, and with which keys"))?;
        let peer = self.peer.ok_or(ClientError::Setup("a peer: whom it calls"))?;
        let gate = Gate::new(seal.own_id().clone(), Arc::new(Peers::new([peer.clone()])));
        let gate = gate.opening_with(self.keyring);
        let http = self.http.map_or_else(Http::new, Ok)?;
        http.trust(&base);
        let mut token = self.token;
        if let Some((client_id, client_secret)) = self.credentials {
            let profile = peer.profile();
            let path = profile.token_path.clone();
            let url = base.join(&path).map_err(|error| ClientError::Address(path, error))?;
            let credentials = ClientCredentials::new(url, client_id, client_secret.as_str());
            token = Token::credentials(credentials.request(profile.token_request));
        }
        let inner = Inner { base, http, seal, peer: Arc::new(peer), gate, token, retries: self.retries };
        Ok(Client { inner: Arc::new(inner), interface: PhantomData })
    }
}

impl<I: Registry> Client<I> {
    /// A client for the registry at `base`: what comes before `/registry`.
    pub fn builder(base: impl Into<String>) -> ClientBuilder<I> {
        ClientBuilder {
            base: base.into(),
            seal: None,
            peer: None,
            token: Token::none(),
            credentials: None,
            http: None,
            retries: 2,
            keyring: Keyring::default(),
            interface: PhantomData,
        }
    }

    /// Searches synchronously.
    pub async fn search(&self, criteria: SearchCriteria) -> Result<SearchResponse<I::Record>, ClientError> {
        let request = SearchRequest::one(criteria.of::<I>());
        Ok(self.call::<Search<I>>(&request).await?.into_message())
    }

    /// Searches for each of `criteria`, in as many messages as the peer's batches need; the results come in their order, each
    /// under the reference id of its search.
    pub async fn search_each(
        &self,
        criteria: impl IntoIterator<Item = SearchCriteria>,
    ) -> Result<SearchResponse<I::Record>, ClientError> {
        let mut all = SearchRequest::batch(criteria.into_iter().map(SearchCriteria::of::<I>));
        let mut items = std::mem::take(&mut all.search_request);
        let most = self.inner.peer.profile().batch.unwrap_or(items.len()).max(1);
        let mut answer: Option<SearchResponse<I::Record>> = None;
        while !items.is_empty() {
            let rest = items.split_off(most.min(items.len()));
            let mut request = SearchRequest::batch([]);
            request.search_request = std::mem::replace(&mut items, rest);
            let part = self.call::<Search<I>>(&request).await?.into_message();
            match &mut answer {
                None => answer = Some(part),
                Some(answer) => answer.absorb(part),
            }
        }
        Ok(answer.unwrap_or_else(|| SearchResponse::empty(all.transaction_id)))
    }

    /// Searches asynchronously: returns when the registry acknowledged; the answer comes to `callbacks`.
    pub async fn search_later(
        &self,
        criteria: SearchCriteria,
        callbacks: &Callbacks,
    ) -> Result<Pending<Search<I>>, ClientError> {
        self.send::<Search<I>>(&SearchRequest::one(criteria.of::<I>()), callbacks).await
    }

    /// Asks what became of a search.
    pub async fn status(&self, transaction_id: &TransactionId) -> Result<TxnStatusResponse<I::Record>, ClientError> {
        let value = AttributeValue::One(transaction_id.as_str().to_owned());
        let request = TxnStatusRequest::search(AttributeType::TransactionId, value);
        Ok(self.call::<TxnStatus<I>>(&request).await?.into_message())
    }

    /// Calls the synchronous form of the action `A`.
    ///
    /// A synchronous action changes nothing, so it is repeated, as a new message, when no connection could be made or
    /// the registry asked to come back later.
    pub async fn call<A: Action>(
        &self,
        request: &A::Request,
    ) -> Result<Verified<CallbackHeader, A::Response>, ClientError> {
        let inner = &*self.inner;
        let url = inner.url(A::SYNC_PATH.ok_or(ClientError::NoSyncEndpoint(A::ACTION))?)?;
        let message = inner.message::<A>(request)?;
        let mut attempt = 0;
        loop {
            let header = inner.header::<A>(request);
            let carrier = Carrier::request("POST", &url);
            let sealed = inner.seal.seal(&Envelope::new(header, message.clone()), &inner.peer, &carrier).await?;
            match inner.post(url.clone(), &sealed, ANSWER_BYTES).await {
                Ok(reply) if attempt >= inner.retries || !asks_to_wait(&reply) => {
                    return inner.read_reply::<A>(request, &sealed, &reply).await;
                }
                Err(error) if attempt >= inner.retries || !is_safe_to_repeat(&error) => return Err(error),
                outcome => pause(attempt, outcome.ok().and_then(|reply| reply.retry_after)).await,
            }
            attempt += 1;
        }
    }

    /// Sends the asynchronous form of the action `A` and waits for the acknowledgement.
    ///
    /// Repeated under the same message id, which the registry acts on once.
    pub async fn send<A: Action>(
        &self,
        request: &A::Request,
        callbacks: &Callbacks,
    ) -> Result<Pending<A>, ClientError> {
        let inner = &*self.inner;
        let url = inner.url(A::PATH)?;
        let message = inner.message::<A>(request)?;
        let mut header = inner.header::<A>(request);
        header.sender_uri = Some(callbacks.address_of::<A>().to_string());
        // A peer the callbacks' gate knows counts as it is registered there.
        let peer = callbacks.gate().peer(inner.peer.id()).await.unwrap_or_else(|| Arc::clone(&inner.peer));
        let mut attempt = 0;
        loop {
            header.message_ts = Timestamp::now();
            let carrier = Carrier::request("POST", &url);
            let sealed =
                inner.seal.seal(&Envelope::new(header.clone(), message.clone()), &inner.peer, &carrier).await?;
            // Registered before the request leaves: the callback may be faster than the acknowledgement.
            let expectation = Arc::new(Expectation::<A>::new(Arc::clone(&peer), request, sealed.signature.clone()));
            let pending = callbacks.expect(request.transaction_id(), expectation);
            match inner.post(url.clone(), &sealed, ACK_BYTES).await {
                Ok(reply) if attempt >= inner.retries || !asks_to_wait(&reply) => {
                    if let Some(correlation_id) = read_ack(&reply)? {
                        pending.expectation().acknowledged(correlation_id);
                    }
                    return Ok(pending);
                }
                Err(error) if attempt >= inner.retries || !is_safe_to_repeat(&error) => return Err(error),
                outcome => pause(attempt, outcome.ok().and_then(|reply| reply.retry_after)).await,
            }
            attempt += 1;
        }
    }
}

impl Inner {
    fn url(&self, path: &'static str) -> Result<Url, ClientError> {
        let spoken = self.peer.profile().paths.of(path).ok_or(ClientError::NoEndpoint(path))?;
        self.base.join(&spoken).map_err(|error| ClientError::Address(spoken, error))
    }

    /// The message as the peer reads it.
    fn message<A: Action>(&self, request: &A::Request) -> Result<Json, ClientError> {
        let mut message = request.write();
        self.peer.profile().write_request(&mut message)?;
        Ok(message)
    }

    fn header<A: Action>(&self, request: &A::Request) -> RequestHeader {
        RequestHeader::new(A::ACTION, self.seal.own_id().clone(), self.peer.id().clone(), request.items())
    }

    /// Posts once; a token that is refused is replaced once.
    async fn post(&self, url: Url, sealed: &Sealed, limit: usize) -> Result<HttpReply, ClientError> {
        let reply = self.post_once(&url, sealed, limit).await?;
        if reply.status != 401 || !self.token.forget().await {
            return Ok(reply);
        }
        self.post_once(&url, sealed, limit).await
    }

    async fn post_once(&self, url: &Url, sealed: &Sealed, limit: usize) -> Result<HttpReply, ClientError> {
        let mut post = Post::json(url.clone(), sealed.body.clone());
        post.headers.clone_from(&sealed.headers);
        let token = self.token.current(&self.http).await?;
        post.authorization = token.and_then(|token| match self.peer.profile().authorization {
            Authorization::Bearer => Some(Zeroizing::new(format!("Bearer {}", token.as_str()))),
            Authorization::Bare => Some(token),
            Authorization::None => None,
        });
        Ok(self.http.post(post, limit).await?)
    }

    async fn read_reply<A: Action>(
        &self,
        request: &A::Request,
        sealed: &Sealed,
        reply: &HttpReply,
    ) -> Result<Verified<CallbackHeader, A::Response>, ClientError> {
        if !(200..300).contains(&reply.status) {
            return Err(self.refusal(reply).into());
        }
        let received = match Received::parse(&*reply.body, &Limits::default()) {
            Ok(received) => received.carried_by(reply.carrier.clone()),
            Err(source) => {
                let tree = Json::parse_within(&reply.body, &Limits::tolerant()).unwrap_or_default();
                return Err(match PeerError::find(reply.status, &tree) {
                    Some(error) => error.into(),
                    None => ClientError::NotAnEnvelope { status: reply.status, source },
                });
            }
        };
        // Some systems put an acknowledgement into an envelope.
        if let Some(error) =
            PeerError::find(reply.status, received.message()).filter(|_| received.message().get("ack_status").is_some())
        {
            return Err(error.into());
        }
        let verified = self.gate.admit_reply::<A>(&received, &self.peer, sealed.signature.as_deref()).await;
        let verified = verified.map_err(ClientError::Untrusted)?;
        if verified.message().items() == 0 {
            let header = Json::Object(std::iter::once(("header".to_owned(), received.header().clone())).collect());
            if let Some(error) = PeerError::find(reply.status, &header) {
                return Err(error.into());
            }
        }
        let correlates = self.peer.profile().correlation == Correlation::Transaction;
        if correlates && verified.message().transaction_id() != request.transaction_id() {
            return Err(ClientError::NotCorrelated);
        }
        Ok(verified)
    }

    fn refusal(&self, reply: &HttpReply) -> PeerError {
        let error = PeerError::decode(reply);
        PeerError { hint: self.peer.profile().server_error.filter(|_| error.status == 500), ..error }
    }
}

/// The correlation id of a positive acknowledgement. Any 2xx without a negative one counts as positive.
fn read_ack(reply: &HttpReply) -> Result<Option<crate::id::CorrelationId>, ClientError> {
    let tree = Json::parse_within(&reply.body, &Limits::tolerant()).unwrap_or_default();
    if let Some(error) = PeerError::find(reply.status, &tree) {
        return Err(error.into());
    }
    if !(200..300).contains(&reply.status) {
        return Err(PeerError::decode(reply).into());
    }
    if tree.get("message").is_none() {
        return Ok(None);
    }
    // One system acknowledges with a whole envelope whose header says that it went well.
    let status = tree.pointer("/header/status").filter(|_| tree.pointer("/message/ack_status").is_none());
    if status.is_some() {
        let correlation_id = tree.pointer("/message/correlation_id").and_then(Json::as_str);
        return Ok(correlation_id.and_then(|id| crate::id::CorrelationId::new(id).ok()));
    }
    let read = crate::wire::read::<AckBody>(&tree, Leniency::Content);
    let (ack, _) = read.map_err(|source| ClientError::NotAnAck { status: reply.status, source })?;
    Ok(ack.message.correlation_id)
}

fn asks_to_wait(reply: &HttpReply) -> bool {
    matches!(reply.status, 429 | 503)
}

/// Nothing can have happened yet: no connection was made.
fn is_safe_to_repeat(error: &ClientError) -> bool {
    matches!(error, ClientError::Http(HttpError::Connect(_)))
}

async fn pause(attempt: u32, asked: Option<Duration>) {
    let own = Duration::from_millis(200 << attempt.min(5));
    tokio::time::sleep(asked.unwrap_or(own).min(Duration::from_secs(30))).await;
}
