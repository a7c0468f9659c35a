//! Messages that others send on their own, taken by a server.

use super::answer;
use super::pipeline::Shared;
use super::status::unavailable;
use crate::ack::Ack;
use crate::action::{Message as _, Notice};
use crate::code::{ErrorCode, HeaderReason};
use crate::exchange::{Acceptance, NewRequest, TransactionKey};
use crate::gate::{Rejection, Verified};
use crate::header::CallbackHeader;
use crate::id::CorrelationId;
use crate::wire::{Json, Wire as _};
use async_trait::async_trait;
use axum::body::Body;
use axum::response::Response;
use http::Request;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// What happens with the messages of `N`. It never sees one that did not pass the gate.
#[async_trait]
pub trait NoticeHandler<N: Notice>: Send + Sync + 'static {
    /// Takes one message. It is acknowledged when this returns `Ok`; a rejection is the answer otherwise, and the sender may
    /// send the same message again.
    async fn handle(&self, notice: &Verified<CallbackHeader, N::Message>) -> Result<(), Rejection>;
}

impl Shared {
    /// The endpoint of `N`.
    pub(super) async fn take_notice<N: Notice>(
        self: Arc<Self>,
        handler: Arc<dyn NoticeHandler<N>>,
        http: Request<Body>,
    ) -> Response {
        let (received, client) = match self.receive(http, Some(N::ACTION)).await {
            Ok(received) => received,
            Err(turned) => return *turned,
        };
        let notice = match self.gate.admit_notice::<N>(&received).await {
            Ok(notice) => notice,
            Err(rejection) => {
                tracing::info!(fault = %rejection.fault, detail = rejection.detail, action = N::ACTION, "message refused");
                return answer::rejected(&rejection);
            }
        };
        if client.is_some_and(|client| client != *notice.peer().id()) {
            let words = "/header/sender_id is not the system the bearer token was given to";
            return answer::rejected(&Rejection::envelope(ErrorCode::SenderIdInvalid, words));
        }
        if notice.message().items() > self.limits.async_items {
            let words = format!("at most {} items are taken in one message", self.limits.async_items);
            return answer::rejected(&Rejection::header(HeaderReason::TotalCountLimitExceeded, words));
        }
        let digest = Sha256::digest(received.stable_form()).into();
        match self.act_once(&*handler, &notice, digest).await {
            Ok(correlation_id) => answer::ack(200, Ack::accepted(correlation_id)),
            Err(rejection) => answer::rejected(&rejection),
        }
    }

    /// Hands the message to the handler, unless that took it before.
    async fn act_once<N: Notice>(
        &self,
        handler: &dyn NoticeHandler<N>,
        notice: &Verified<CallbackHeader, N::Message>,
        digest: [u8; 32],
    ) -> Result<CorrelationId, Rejection> {
        let (header, message) = (notice.header(), notice.message());
        let sender_id = notice.peer().id().clone();
        let transaction_id = message.transaction_id().clone();
        let mut new = NewRequest::new(sender_id.clone(), header.message_id.clone(), N::ACTION, transaction_id);
        new.digest = digest;
        new.reference_ids = message.reference_ids().into_iter().cloned().collect();
        new.message = message.write();
        new.remember_until = self.gate.remember_until(header.message_ts);
        let correlation_id = match self.store.accept(new).await.map_err(|error| unavailable(&error))? {
            Acceptance::New(correlation_id) => correlation_id,
            Acceptance::Again(correlation_id) => {
                let key = TransactionKey::Correlation(correlation_id.as_str().to_owned());
                let known = self.store.transaction(&sender_id, N::ACTION, &key).await;
                // It was not taken the last time.
                let taken = known.map_err(|error| unavailable(&error))?.is_none_or(|known| known.reply.is_some());
                if taken {
                    return Ok(correlation_id);
                }
                correlation_id
            }
            Acceptance::Conflict => {
                let words = "/header/message_id was used before for another message";
                return Err(Rejection::header(HeaderReason::MessageIdDuplicate, words));
            }
        };
        let taken = tokio::time::timeout(self.limits.answer_time, handler.handle(notice)).await;
        taken.unwrap_or_else(|_| {
            let words = "this system did not take the message in time; try again";
            Err(Rejection::envelope(ErrorCode::ServiceUnavailable, words))
        })?;
        let done = self.store.finish(&correlation_id, Json::Bool(true), None).await;
        done.map_err(|error| unavailable(&error))?;
        Ok(correlation_id)
    }
}
