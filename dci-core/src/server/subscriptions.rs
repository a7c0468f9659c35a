//! `subscribe` and `unsubscribe` over the store.

use super::frequency::Times;
use super::handler::{Handler, Outcome};
use super::status::unavailable;
use crate::action::{Registry, Subscribe, Unsubscribe, event_of};
use crate::code::{ErrorCode, HeaderReason, Status, SubscribeReason, SubscriptionStatus, UnsubscribeReason};
use crate::exchange::{Store, Subscribed, Subscription, Unsubscribed};
use crate::gate::{Rejection, Verified};
use crate::header::RequestHeader;
use crate::id::ReferenceId;
use crate::message::{
    SubscribeCriteria, SubscribeItem, SubscribeRequest, SubscribeResponse, SubscribeResult, SubscriptionInfo,
    UnsubscribeRequest, UnsubscribeResponse,
};
use crate::query::{Filter, QueryLimits};
use async_trait::async_trait;
use chrono::Utc;
use std::collections::BTreeSet;
use std::sync::Arc;
use url::Url;

/// Why a subscription is refused.
type Refused = (SubscribeReason, String);

/// The handler of `subscribe` for the events the registry `I` notifies of.
pub(super) struct SubscribeHandler<I: Registry> {
    pub(super) store: Arc<dyn Store>,
    pub(super) events: Vec<I::Event>,
    /// The most live subscriptions of one subscriber.
    pub(super) most: usize,
}

impl<I: Registry> SubscribeHandler<I> {
    fn check(&self, criteria: &SubscribeCriteria) -> Result<(), Refused> {
        let refused = |reason, words: &str| Err((reason, words.to_owned()));
        if !self.events.contains(&event_of::<I>(&criteria.reg_event_type)) {
            let known: Vec<&str> = self.events.iter().map(crate::code::Code::code).collect();
            let words = format!("reg_event_type must be one of {}", known.join(", "));
            return Err((SubscribeReason::NotifyTypesInvalid, words));
        }
        if criteria.notify_record_type.is_none() {
            return refused(SubscribeReason::NotifyDetailsInvalid, "notify_record_type is required");
        }
        let filter = Filter::compile(&criteria.filter, I::ATTRIBUTES, I::IDENTIFIER_PATHS, &QueryLimits::default());
        if let Err(refusal) = filter {
            return Err((SubscribeReason::NotifyDetailsInvalid, format!("filter: {}", refusal.message)));
        }
        match criteria.frequency.as_ref().map(|frequency| Times::of(frequency, Utc::now())) {
            Some(Err(words)) => refused(SubscribeReason::NotifyDetailsInvalid, words),
            _ => Ok(()),
        }
    }

    async fn one(
        &self,
        item: &SubscribeItem,
        request: &Verified<RequestHeader, SubscribeRequest>,
        url: &Url,
    ) -> Result<SubscribeResult, Rejection> {
        let reference_id = item.reference_id.clone();
        if let Err((reason, words)) = self.check(&item.subscribe_criteria) {
            return Ok(SubscribeResult::rejected(reference_id, reason, &words));
        }
        let asked = (request.message().transaction_id.clone(), reference_id.clone());
        let subscriber = request.header().sender_id.clone();
        let new = Subscription::new(subscriber, I::NAME, asked, item.subscribe_criteria.clone(), url.clone());
        let info = |subscription: Box<Subscription>| {
            let mut info = SubscriptionInfo::of(subscription.code, SubscriptionStatus::Live, subscription.criteria);
            info.timestamp = Some(subscription.since.into());
            info
        };
        match self.store.subscribe(new, self.most).await.map_err(|error| unavailable(&error))? {
            Subscribed::Kept(subscription) => Ok(SubscribeResult::granted(reference_id, info(subscription))),
            Subscribed::Already(existing) => {
                let words = "there is a live subscription of this sender to the same events";
                let mut result = SubscribeResult::rejected(reference_id, SubscribeReason::AlreadySubscribed, words);
                result.subscriptions.push(info(existing));
                Ok(result)
            }
            Subscribed::TooMany => {
                let words = format!("a sender may have {} live subscriptions", self.most);
                Ok(SubscribeResult::rejected(reference_id, SubscribeReason::NotifyDetailsInvalid, &words))
            }
        }
    }
}

#[async_trait]
impl<I: Registry> Handler<Subscribe<I>> for SubscribeHandler<I> {
    async fn handle(
        &self,
        request: &Verified<RequestHeader, SubscribeRequest>,
    ) -> Result<Outcome<SubscribeResponse>, Rejection> {
        let message = request.message();
        if message.subscribe_request.is_empty() {
            let words = "/message/subscribe_request must hold at least one subscription";
            return Err(Rejection::header(HeaderReason::TotalCountInvalid, words));
        }
        let Some(url) = notification_url(request) else {
            let words = "/header/sender_uri must be a callback address at an origin registered for this sender";
            return Err(Rejection::envelope(ErrorCode::SenderUriInvalid, words));
        };
        let mut seen: BTreeSet<&ReferenceId> = BTreeSet::new();
        let mut results = Vec::with_capacity(message.subscribe_request.len());
        for item in &message.subscribe_request {
            results.push(if seen.insert(&item.reference_id) {
                self.one(item, request, &url).await?
            } else {
                let words = "subscribe_request[].reference_id occurs twice in the batch";
                SubscribeResult::rejected(item.reference_id.clone(), SubscribeReason::ReferenceIdDuplicate, words)
            });
        }
        let refused = results.iter().filter(|result| result.status == Status::Rejected).count();
        let all_refused = refused == results.len();
        let several = results.len() > 1;
        let response = SubscribeResponse::new(message.transaction_id.clone(), results);
        let granted = response.codes().cloned().collect();
        let outcome = match (all_refused, several) {
            (false, _) => Outcome::succeeded(response),
            (true, false) => Outcome::rejected(response, None, "the subscription was rejected; its item says why"),
            (true, true) => {
                let words = "every subscription of the batch was rejected";
                Outcome::rejected(response, Some(HeaderReason::ErrorsTooMany), words)
            }
        };
        Ok(outcome.granting(granted))
    }
}

/// Where the notifications of a subscription are posted: where the subscriber registered for them, or else beside the
/// address of its `on-subscribe`, which the standard gives no other place.
fn notification_url(request: &Verified<RequestHeader, SubscribeRequest>) -> Option<Url> {
    let peer = request.peer();
    if let Some(url) = peer.notified_at() {
        return Some(url.clone());
    }
    let mut url = peer.callback_url(request.header().sender_uri.as_deref()?)?;
    if let Some(base) = url.path().strip_suffix("on-subscribe") {
        let path = format!("{base}notify");
        url.set_path(&path);
    }
    Some(url)
}

/// The handler of `unsubscribe`.
pub(super) struct UnsubscribeHandler {
    pub(super) store: Arc<dyn Store>,
}

#[async_trait]
impl<I: Registry> Handler<Unsubscribe<I>> for UnsubscribeHandler {
    async fn handle(
        &self,
        request: &Verified<RequestHeader, UnsubscribeRequest>,
    ) -> Result<Outcome<UnsubscribeResponse>, Rejection> {
        let message = request.message();
        let (transaction_id, codes) = (message.transaction_id.clone(), &message.subscription_codes);
        let rejected = |reason, words| {
            let response = UnsubscribeResponse::rejected(transaction_id.clone(), reason, words);
            Ok(Outcome::rejected(response, None, words))
        };
        if codes.is_empty() {
            let words = "subscription_codes must hold at least one code";
            return rejected(UnsubscribeReason::SubscriptionCodeInvalid, words);
        }
        let ended = self.store.unsubscribe(&request.header().sender_id, codes).await;
        match ended.map_err(|error| unavailable(&error))? {
            Unsubscribed::Ended => {
                Ok(Outcome::succeeded(UnsubscribeResponse::ended(transaction_id, codes.iter().cloned())))
            }
            Unsubscribed::Unknown => {
                let words = "subscription_codes names one that this sender does not have; none was ended";
                rejected(UnsubscribeReason::SubscriptionCodeInvalid, words)
            }
            Unsubscribed::EndedBefore => {
                let words = "subscription_codes names one that was ended before; none was ended now";
                rejected(UnsubscribeReason::AlreadyUnsubscribed, words)
            }
        }
    }
}
