//! The typed client of one registry, and its calls.

use super::callbacks::{Callbacks, Pending};
use super::error::ClientError;
use super::expectation::Expectation;
use super::file::in_file;
use super::peer_error::PeerError;
use super::token::Token;
use crate::ack::AckBody;
use crate::action::{Action, Message as _, Notice, Registry, Reply as _, Search, Subscribe, TxnStatus, Unsubscribe};
use crate::carrier::Carrier;
use crate::code::{AttributeType, Status};
use crate::envelope::{Envelope, Received};
use crate::gate::{Gate, Seal, Sealed, Verified};
use crate::header::{CallbackHeader, RequestHeader};
use crate::id::{CorrelationId, SubscriptionCode, TransactionId};
use crate::message::{
    AttributeValue, SearchRequest, SearchResponse, SubscribeCriteria, SubscribeRequest, TxnStatusRequest,
    TxnStatusResponse, UnsubscribeRequest,
};
use crate::peer::{Authorization, Correlation, Peer};
use crate::query::SearchCriteria;
use crate::time::Timestamp;
use crate::transport::{Http, HttpError, HttpReply, Post};
use crate::wire::{Deviation, Json, Leniency, Limits, Wire};
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

/// What every clone shares, as the builder put it together.
#[derive(Debug)]
pub(super) struct Inner {
    pub(super) base: Url,
    pub(super) http: Http,
    pub(super) seal: Seal,
    pub(super) peer: Arc<Peer>,
    pub(super) gate: Gate,
    pub(super) token: Token,
    pub(super) retries: u32,
}

/// The largest answer that is read.
const ANSWER_BYTES: usize = 10 << 20;
/// The largest acknowledgement that is read.
const ACK_BYTES: usize = 64 << 10;

impl<I: Registry> Client<I> {
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

    /// Subscribes to events: returns when the registry acknowledged; what became of it comes to `callbacks`, and so do the
    /// notifications (see [`Callbacks::listen`]).
    pub async fn subscribe(
        &self,
        criteria: SubscribeCriteria,
        callbacks: &Callbacks,
    ) -> Result<Pending<Subscribe<I>>, ClientError> {
        let request = SubscribeRequest::one(criteria.of::<I>());
        callbacks.subscribing(self.inner.peer.id().clone(), request.transaction_id.clone());
        self.send::<Subscribe<I>>(&request, callbacks).await
    }

    /// Ends subscriptions: all of them, or none.
    pub async fn unsubscribe(
        &self,
        codes: impl IntoIterator<Item = SubscriptionCode>,
        callbacks: &Callbacks,
    ) -> Result<Pending<Unsubscribe<I>>, ClientError> {
        self.send::<Unsubscribe<I>>(&UnsubscribeRequest::new(codes), callbacks).await
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
            let outcome = inner.post(url.clone(), &sealed, ANSWER_BYTES, None).await;
            if let Some(reply) = inner.settled(outcome, &mut attempt).await? {
                return inner.read_reply::<A>(request, &sealed, &reply).await;
            }
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
        self.send_by::<A>(request, callbacks, None).await
    }

    /// Like [`Client::send`], with the message in a file (`multipart/form-data`, `FileInfo`): for registries that take large
    /// batches so. Its signature is the one in the file.
    pub async fn send_as_file<A: Action>(
        &self,
        request: &A::Request,
        callbacks: &Callbacks,
    ) -> Result<Pending<A>, ClientError> {
        self.send_by::<A>(request, callbacks, Some(A::ACTION)).await
    }

    async fn send_by<A: Action>(
        &self,
        request: &A::Request,
        callbacks: &Callbacks,
        file: Option<&str>,
    ) -> Result<Pending<A>, ClientError> {
        let inner = &*self.inner;
        let url = inner.url(A::PATH.ok_or(ClientError::NoAsyncEndpoint(A::ACTION))?)?;
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
            let outcome = inner.post(url.clone(), &sealed, ACK_BYTES, file).await;
            if let Some(reply) = inner.settled(outcome, &mut attempt).await? {
                if let Some(correlation_id) = read_ack(&reply)? {
                    pending.expectation().acknowledged(correlation_id);
                }
                return Ok(pending);
            }
        }
    }
}

impl<I: Registry> Client<I> {
    /// Sends a message nobody asked for, and waits for the acknowledgement. Repeated under the same message id, which the
    /// receiver acts on once.
    pub async fn tell<N: Notice>(&self, message: &N::Message) -> Result<Option<CorrelationId>, ClientError> {
        let inner = &*self.inner;
        let url = inner.url(N::PATH)?;
        let (own_id, peer_id) = (inner.seal.own_id().clone(), inner.peer.id().clone());
        let items = message.items();
        let mut header = CallbackHeader::new(N::ACTION, Status::Succeeded, own_id, peer_id).counts(items, items);
        let mut tree = message.write();
        inner.peer.profile().write_answer(&mut tree);
        let mut attempt = 0;
        loop {
            header.message_ts = Timestamp::now();
            let envelope = Envelope::new(header.clone(), tree.clone());
            let sealed = inner.seal.seal(&envelope, &inner.peer, &Carrier::request("POST", &url)).await?;
            let outcome = inner.post(url.clone(), &sealed, ACK_BYTES, None).await;
            if let Some(reply) = inner.settled(outcome, &mut attempt).await? {
                return read_ack(&reply);
            }
        }
    }

    /// Fetches a public document of the registry: `.well-known/locations.json`.
    pub async fn document<T: Wire>(&self, path: &str) -> Result<(T, Vec<Deviation>), ClientError> {
        let inner = &*self.inner;
        let url = inner.base.join(path).map_err(|error| ClientError::Address(path.to_owned(), error))?;
        let reply = inner.http.get(url, ANSWER_BYTES).await?;
        if !(200..300).contains(&reply.status) {
            return Err(inner.refusal(&reply).into());
        }
        let tree = Json::parse_within(&reply.body, &Limits::tolerant()).map_err(ClientError::NotADocument)?;
        crate::wire::read(&tree, Leniency::Content).map_err(ClientError::UnreadableDocument)
    }
}

impl<I> From<Inner> for Client<I> {
    fn from(inner: Inner) -> Self {
        Self { inner: Arc::new(inner), interface: PhantomData }
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
        let (own_id, peer_id) = (self.seal.own_id().clone(), self.peer.id().clone());
        let mut header = RequestHeader::new(A::ACTION, own_id, peer_id, request.items());
        A::dress(&mut header);
        header
    }

    /// What came of an attempt that is not to be repeated; `None` when it is, once the pause before the next is over.
    async fn settled(
        &self,
        outcome: Result<HttpReply, ClientError>,
        attempt: &mut u32,
    ) -> Result<Option<HttpReply>, ClientError> {
        let asked = match outcome {
            Ok(reply) if *attempt >= self.retries || !asks_to_wait(&reply) => return Ok(Some(reply)),
            Err(error) if *attempt >= self.retries || !is_safe_to_repeat(&error) => return Err(error),
            outcome => outcome.ok().and_then(|reply| reply.retry_after),
        };
        pause(*attempt, asked).await;
        *attempt += 1;
        Ok(None)
    }

    /// Posts once; a token that is refused is replaced once.
    async fn post(
        &self,
        url: Url,
        sealed: &Sealed,
        limit: usize,
        file: Option<&str>,
    ) -> Result<HttpReply, ClientError> {
        let reply = self.post_once(&url, sealed, limit, file).await?;
        if reply.status != 401 || !self.token.forget().await {
            return Ok(reply);
        }
        self.post_once(&url, sealed, limit, file).await
    }

    /// Posts the message, or a file with it for the action `file`.
    async fn post_once(
        &self,
        url: &Url,
        sealed: &Sealed,
        limit: usize,
        file: Option<&str>,
    ) -> Result<HttpReply, ClientError> {
        let mut post = Post::json(url.clone(), sealed.body.clone());
        if let Some(action) = file {
            (post.media_type, post.body) = in_file(action, &post.body);
        }
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
                if let Ok(bare) = self.gate.admit_bare_reply::<A>(request, &tree, &self.peer) {
                    return Ok(bare);
                }
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
fn read_ack(reply: &HttpReply) -> Result<Option<CorrelationId>, ClientError> {
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
        return Ok(correlation_id.and_then(|id| CorrelationId::new(id).ok()));
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
