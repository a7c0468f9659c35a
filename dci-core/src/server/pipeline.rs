//! One request on its way: token, body, gate, store, handler, answer.

use super::answer;
use super::body::BodyBudget;
use super::callback::Courier;
use super::handler::{Handler, Outcome};
use super::limits::ServerLimits;
use super::status::unavailable;
use super::token::{Client, TokenCheck};
use crate::ack::Ack;
use crate::action::{Action, Message as _, Reply as _};
use crate::carrier::Carrier;
use crate::code::{ErrorCode, HeaderReason, Status};
use crate::envelope::{Envelope, Received};
use crate::exchange::{Acceptance, NewRequest, Outgoing, Store};
use crate::gate::{Fault, Gate, Rejection, Seal, Verified};
use crate::header::{CallbackHeader, RequestHeader};
use crate::id::{CorrelationId, SystemId, TransactionId};
use crate::peer::Peer;
use crate::wire::{Json, Wire as _};
use axum::body::Body;
use axum::response::Response;
use http::header::AUTHORIZATION;
use http::{HeaderMap, Request};
use sha2::{Digest as _, Sha256};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinSet;
use url::Url;

/// Everything the endpoints of one server share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) gate: Gate,
    pub(super) seal: Seal,
    pub(super) store: Arc<dyn Store>,
    pub(super) tokens: Arc<dyn TokenCheck>,
    pub(super) limits: Arc<ServerLimits>,
    pub(super) budget: BodyBudget,
    pub(super) courier: Courier,
    /// Accepted requests that are being answered.
    pub(super) work: Mutex<JoinSet<()>>,
}

/// A request that passed every check, and its identity.
struct Admitted<A: Action> {
    request: Arc<Verified<RequestHeader, A::Request>>,
    digest: [u8; 32],
}

/// A request that is turned away: the answer.
pub(super) type Turned = Box<Response>;

impl Shared {
    /// The synchronous endpoint of `A`.
    pub(super) async fn answer<A: Action>(
        self: Arc<Self>,
        handler: Arc<dyn Handler<A>>,
        http: Request<Body>,
    ) -> Response {
        let admitted = match self.admit::<A>(http, self.limits.sync_items, true).await {
            Ok(admitted) => admitted,
            Err(turned) => return *turned,
        };
        let Admitted { request, digest } = admitted;
        let correlation_id = match self.store.accept(self.remembered::<A>(&request, digest)).await {
            Ok(Acceptance::New(correlation_id)) => correlation_id,
            Ok(_) => {
                let words = "/header/message_id was used before; a new attempt needs a new id";
                let rejection = Rejection::header(HeaderReason::MessageIdDuplicate, words);
                return self.refuse_admitted::<A>(&rejection, &request).await;
            }
            Err(error) => return answer::rejected(&unavailable(&error)),
        };
        let outcome = match ask::<A>(handler, Arc::clone(&request), self.limits.answer_time).await {
            Ok(outcome) => outcome,
            Err(rejection) => {
                return self.refuse_admitted::<A>(&rejection, &request).await;
            }
        };
        let (header, message) = self.reply::<A>(&request, outcome, &correlation_id);
        if let Err(error) = self.store.finish(&correlation_id, message.write(), None).await {
            return answer::rejected(&unavailable(&error));
        }
        self.sealed(200, header, message, request.peer()).await
    }

    /// The asynchronous endpoint of `A`.
    pub(super) async fn acknowledge<A: Action>(
        self: Arc<Self>,
        handler: Arc<dyn Handler<A>>,
        http: Request<Body>,
    ) -> Response {
        let admitted = match self.admit::<A>(http, self.limits.async_items, false).await {
            Ok(admitted) => admitted,
            Err(turned) => return *turned,
        };
        let Admitted { request, digest } = admitted;
        let Some(url) = request.header().sender_uri.as_deref().and_then(|uri| request.peer().callback_url(uri)) else {
            let words = "/header/sender_uri must be a callback address at an origin registered for this sender";
            return answer::rejected(&Rejection::envelope(ErrorCode::SenderUriInvalid, words));
        };
        match self.store.accept(self.remembered::<A>(&request, digest)).await {
            Ok(Acceptance::New(correlation_id)) => {
                let shared = Arc::clone(&self);
                let id = correlation_id.clone();
                let mut work = self.work.lock().unwrap_or_else(PoisonError::into_inner);
                while work.try_join_next().is_some() {}
                work.spawn(async move { shared.work_off::<A>(handler, request, url, id).await });
                drop(work);
                answer::ack(200, Ack::accepted(correlation_id))
            }
            // A resent request gets the same answer and has no second effect.
            Ok(Acceptance::Again(correlation_id)) => answer::ack(200, Ack::accepted(correlation_id)),
            Ok(Acceptance::Conflict) => {
                let words = "/header/message_id was used before for another message";
                answer::rejected(&Rejection::header(HeaderReason::MessageIdDuplicate, words))
            }
            Err(error) => answer::rejected(&unavailable(&error)),
        }
    }

    /// Answers an accepted request and puts the callback into the outbox. Silence is never an answer.
    async fn work_off<A: Action>(
        self: Arc<Self>,
        handler: Arc<dyn Handler<A>>,
        request: Arc<Verified<RequestHeader, A::Request>>,
        url: Url,
        correlation_id: CorrelationId,
    ) {
        let outcome = match ask::<A>(handler, Arc::clone(&request), self.limits.async_answer_time).await {
            Ok(outcome) => outcome,
            Err(rejection) => {
                let reason = match rejection.fault {
                    Fault::Header(reason) => Some(reason),
                    Fault::Envelope(_) => None,
                };
                let empty = A::Response::empty(request.message().transaction_id().clone());
                Outcome::rejected(empty, reason, &rejection.message)
            }
        };
        let grants = outcome.grants.clone();
        let (header, message) = self.reply::<A>(&request, outcome, &correlation_id);
        let message = message.write();
        let outgoing = Outgoing::new(request.header().sender_id.clone(), url, header.write(), message.clone());
        let outgoing = outgoing.granting(grants);
        if let Err(error) = self.store.finish(&correlation_id, message, Some(outgoing)).await {
            tracing::error!(%correlation_id, %error, "an answer was not kept");
        }
        self.courier.news.notify_one();
    }

    /// From the socket to an envelope, and whose token came with it. `file` names the action whose message may come in a file.
    pub(super) async fn receive(
        &self,
        http: Request<Body>,
        file: Option<&str>,
    ) -> Result<(Received, Option<SystemId>), Turned> {
        let (head, body) = http.into_parts();
        let client = self.check_token(&head.headers).await?;
        let body = self.budget.read(&head.headers, body, &self.limits, file).await;
        let body = body.map_err(|unread| Box::new(answer::unread(&unread)))?;
        let received = Received::parse(body.bytes.as_slice(), &self.limits.json)
            .map_err(|error| Box::new(answer::rejected(&error.into())))?
            .carried_by(Carrier::of(&head));
        Ok((received, client))
    }

    /// From the socket to a message that may be acted on.
    async fn admit<A: Action>(&self, http: Request<Body>, most: usize, sync: bool) -> Result<Admitted<A>, Turned> {
        // The standard has files where there is no other form: not for the synchronous twins of asynchronous actions.
        let takes_files = !sync || A::PATH.is_none();
        let (received, client) = self.receive(http, takes_files.then_some(A::ACTION)).await?;
        let request = match self.gate.admit::<A>(&received, client.as_ref()).await {
            Ok(request) => Arc::new(request),
            Err(rejection) => {
                tracing::info!(fault = %rejection.fault, detail = rejection.detail, action = A::ACTION, "request refused");
                let sender = received.header().get("sender_id").and_then(Json::as_str);
                let peer = match sender.and_then(|sender| SystemId::new(sender).ok()) {
                    Some(sender) if sync => self.gate.peer(&sender).await,
                    _ => None,
                };
                let transaction_id = transaction_of(&received);
                return Err(Box::new(self.refuse::<A>(&rejection, peer.as_ref(), transaction_id.as_ref()).await));
            }
        };
        let items = request.message().items();
        if items > most {
            let words = format!("/header/total_count is {items}; at most {most} items are taken in one message");
            let rejection = Rejection::header(HeaderReason::TotalCountLimitExceeded, words);
            let peer = sync.then(|| request.peer());
            let transaction_id = Some(request.message().transaction_id());
            return Err(Box::new(self.refuse::<A>(&rejection, peer, transaction_id).await));
        }
        let digest = Sha256::digest(received.stable_form()).into();
        Ok(Admitted { request, digest })
    }

    /// Whom the bearer token names; `None` when it names no one system.
    async fn check_token(&self, headers: &HeaderMap) -> Result<Option<SystemId>, Turned> {
        let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let token = value.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        match self.tokens.check(token.map_or("", |(_, token)| token.trim())).await {
            Some(Client::System(system)) => Ok(Some(system)),
            Some(Client::Any) => Ok(None),
            None => {
                let words = "the header Authorization must hold a valid bearer token";
                Err(Box::new(answer::http_error(401, ErrorCode::Unauthorized, words)))
            }
        }
    }

    fn remembered<A: Action>(&self, request: &Verified<RequestHeader, A::Request>, digest: [u8; 32]) -> NewRequest {
        let (header, message) = (request.header(), request.message());
        let transaction_id = message.transaction_id().clone();
        let mut new = NewRequest::new(header.sender_id.clone(), header.message_id.clone(), A::ACTION, transaction_id);
        new.digest = digest;
        new.reference_ids = message.reference_ids().into_iter().cloned().collect();
        new.message = message.write();
        new.remember_until = self.gate.remember_until(header.message_ts);
        new
    }

    /// The header and message of an answer, tied to the request.
    fn reply<A: Action>(
        &self,
        request: &Verified<RequestHeader, A::Request>,
        outcome: Outcome<A::Response>,
        correlation_id: &CorrelationId,
    ) -> (CallbackHeader, A::Response) {
        let Outcome { mut message, status, reason, reason_message, .. } = outcome;
        message.correlate(request.message().transaction_id().clone(), correlation_id.clone());
        let items = request.message().items();
        let mut header =
            CallbackHeader::new(A::CALLBACK, status, self.gate.own_id().clone(), request.peer().id().clone())
                .counts(items, items);
        header.status_reason_code = reason;
        header.status_reason_message = reason_message.as_deref().map(crate::ack::cut);
        (header, message)
    }

    /// Turns a request away that had passed the gate.
    async fn refuse_admitted<A: Action>(
        &self,
        rejection: &Rejection,
        request: &Verified<RequestHeader, A::Request>,
    ) -> Response {
        self.refuse::<A>(rejection, Some(request.peer()), Some(request.message().transaction_id())).await
    }

    /// Turns a request away. A header reason can only be said in an envelope; where none can be made it goes into the
    /// text of a negative acknowledgement.
    async fn refuse<A: Action>(
        &self,
        rejection: &Rejection,
        peer: Option<&Arc<Peer>>,
        transaction_id: Option<&TransactionId>,
    ) -> Response {
        let (Fault::Header(reason), Some(peer), Some(transaction_id)) = (&rejection.fault, peer, transaction_id) else {
            return answer::rejected(rejection);
        };
        let header = CallbackHeader::new(A::CALLBACK, Status::Rejected, self.gate.own_id().clone(), peer.id().clone())
            .counts(0, 0)
            .rejected(reason.clone(), &rejection.message);
        self.sealed(rejection.status(), header, A::Response::empty(transaction_id.clone()), peer).await
    }

    async fn sealed<M: crate::wire::Wire>(
        &self,
        status: u16,
        header: CallbackHeader,
        message: M,
        peer: &Arc<Peer>,
    ) -> Response {
        let mut message = message.write();
        peer.profile().write_answer(&mut message);
        match self.seal.seal(&Envelope::new(header, message), peer, &Carrier::reply(status)).await {
            Ok(sealed) => answer::sealed(status, sealed),
            Err(error) => {
                tracing::error!(%error, peer = %peer.id(), "an answer could not be signed");
                answer::http_error(503, ErrorCode::ServiceUnavailable, "this system cannot sign its answers now")
            }
        }
    }
}

/// Asks the handler in a task of its own: one that panics or never ends is an answer too.
async fn ask<A: Action>(
    handler: Arc<dyn Handler<A>>,
    request: Arc<Verified<RequestHeader, A::Request>>,
    limit: Duration,
) -> Result<Outcome<A::Response>, Rejection> {
    let unanswered = |words: &str| Err(Rejection::envelope(ErrorCode::ServiceUnavailable, words));
    let mut task = tokio::spawn(async move { handler.handle(&request).await });
    match tokio::time::timeout(limit, &mut task).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(_)) => {
            tracing::error!(action = A::ACTION, "a handler panicked");
            unanswered("the registry could not answer this")
        }
        Err(_) => {
            task.abort();
            tracing::error!(action = A::ACTION, "a handler did not end in time");
            unanswered("the registry did not answer in time")
        }
    }
}

fn transaction_of(received: &Received) -> Option<TransactionId> {
    let text = received.message().get("transaction_id").and_then(Json::scalar_text)?;
    TransactionId::new(text).ok()
}
