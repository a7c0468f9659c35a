//! One asynchronous request that waits for its callbacks.

use crate::action::{Action, Message as _, Reply as _};
use crate::code::ErrorCode;
use crate::envelope::Received;
use crate::gate::{Gate, Rejection, Verified};
use crate::header::CallbackHeader;
use crate::id::{CorrelationId, MessageId, ReferenceId, TransactionId};
use crate::peer::Peer;
use async_trait::async_trait;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// What can take a callback, whatever its action.
#[async_trait]
pub(super) trait Expect: Send + Sync {
    /// Judges `received` and keeps it when it answers the request.
    async fn offer(&self, received: &Received, gate: &Gate) -> Result<CorrelationId, Rejection>;

    /// Whether it waits for `sender`. A callback that names none may be from anyone.
    fn is_from(&self, sender: Option<&str>) -> bool;
}

pub(super) struct Expectation<A: Action> {
    pub(super) peer: Arc<Peer>,
    pub(super) sent_signature: Option<String>,
    transaction_id: TransactionId,
    reference_ids: BTreeSet<ReferenceId>,
    state: Mutex<State<A>>,
    news: Notify,
}

struct State<A: Action> {
    correlation_id: Option<CorrelationId>,
    seen: BTreeSet<MessageId>,
    answered: BTreeSet<ReferenceId>,
    answer: Option<Verified<CallbackHeader, A::Response>>,
    complete: bool,
}

impl<A: Action> Expectation<A> {
    pub(super) fn new(peer: Arc<Peer>, request: &A::Request, sent_signature: Option<String>) -> Self {
        Self {
            peer,
            sent_signature,
            transaction_id: request.transaction_id().clone(),
            reference_ids: request.reference_ids().into_iter().cloned().collect(),
            state: Mutex::new(State {
                correlation_id: None,
                seen: BTreeSet::new(),
                answered: BTreeSet::new(),
                answer: None,
                complete: false,
            }),
            news: Notify::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State<A>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The acknowledgement came: callbacks must carry its correlation id from now on.
    pub(super) fn acknowledged(&self, correlation_id: CorrelationId) {
        self.state().correlation_id = Some(correlation_id);
    }

    /// Waits until every item is answered.
    pub(super) async fn complete(&self) -> Verified<CallbackHeader, A::Response> {
        loop {
            let news = self.news.notified();
            {
                let mut state = self.state();
                if state.complete
                    && let Some(answer) = state.answer.take()
                {
                    return answer;
                }
            }
            news.await;
        }
    }

    /// Takes the answer as far as it came.
    pub(super) fn partial(&self) -> Option<Verified<CallbackHeader, A::Response>> {
        self.state().answer.take()
    }

    fn keep(&self, verified: Verified<CallbackHeader, A::Response>) -> Result<CorrelationId, Rejection> {
        let refuse = |message: &str| Err(Rejection::envelope(ErrorCode::BadRequest, message));
        let reply = verified.message();
        if *reply.transaction_id() != self.transaction_id {
            return refuse("/message/transaction_id belongs to no waiting request");
        }
        let Some(correlation_id) = reply.correlation_id().cloned() else {
            return refuse("/message/correlation_id is required in a callback");
        };
        let answered: BTreeSet<ReferenceId> = reply.reference_ids().into_iter().cloned().collect();
        if !self.reference_ids.is_empty() && !answered.is_subset(&self.reference_ids) {
            return refuse("the callback answers an item that was not asked for");
        }
        let mut state = self.state();
        if state.seen.contains(&verified.header().message_id) {
            return Ok(correlation_id);
        }
        // A callback may overtake its acknowledgement; whichever comes first fixes the id.
        if *state.correlation_id.get_or_insert_with(|| correlation_id.clone()) != correlation_id {
            return refuse("/message/correlation_id is not the one of the acknowledgement");
        }
        if state.complete || !state.answered.is_disjoint(&answered) {
            return refuse("the request was answered before");
        }
        state.seen.insert(verified.header().message_id.clone());
        state.answered.extend(answered);
        let total = verified.header().total_count;
        // Systems that leave out items without hits say with the counts that they are done.
        let done = total.is_some() && verified.header().completed_count == total;
        state.complete = done || state.answered.len() >= self.reference_ids.len();
        state.answer = Some(match state.answer.take() {
            None => verified,
            Some(earlier) => earlier.absorb(verified),
        });
        drop(state);
        self.news.notify_waiters();
        self.news.notify_one();
        Ok(correlation_id)
    }
}

#[async_trait]
impl<A: Action> Expect for Expectation<A> {
    async fn offer(&self, received: &Received, gate: &Gate) -> Result<CorrelationId, Rejection> {
        let verified = gate.admit_reply::<A>(received, &self.peer, self.sent_signature.as_deref()).await?;
        self.keep(verified)
    }

    fn is_from(&self, sender: Option<&str>) -> bool {
        sender.is_none_or(|sender| self.peer.id().as_str() == sender)
    }
}
