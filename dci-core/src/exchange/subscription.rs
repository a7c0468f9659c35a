//! Subscriptions as they are kept.

use super::outbox::Outgoing;
use crate::id::{ReferenceId, SubscriptionCode, SystemId, TransactionId};
use crate::message::SubscribeCriteria;
use crate::wire::Json;
use chrono::{DateTime, Utc};
use url::Url;

/// One subscription.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Subscription {
    /// Its code.
    pub code: SubscriptionCode,
    /// Who is told.
    pub subscriber: SystemId,
    /// The interface it is to: `social`.
    pub registry: &'static str,
    /// The transaction that asked for it: its notifications repeat it.
    pub transaction_id: TransactionId,
    /// The item that asked for it.
    pub reference_id: ReferenceId,
    /// Of what, and how often.
    pub criteria: SubscribeCriteria,
    /// Where notifications are posted.
    pub url: Url,
    /// When it was asked for.
    pub since: DateTime<Utc>,
    /// When it ends by itself.
    pub until: Option<DateTime<Utc>>,
}

impl Subscription {
    /// A subscription of `subscriber` with a new code, asked for now.
    pub fn new(
        subscriber: SystemId,
        registry: &'static str,
        asked: (TransactionId, ReferenceId),
        criteria: SubscribeCriteria,
        url: Url,
    ) -> Self {
        let (transaction_id, reference_id) = asked;
        let until = criteria.frequency.as_ref().and_then(|frequency| frequency.end_time);
        Self {
            code: SubscriptionCode::random(),
            subscriber,
            registry,
            transaction_id,
            reference_id,
            criteria,
            url,
            since: Utc::now(),
            until: until.map(crate::time::Timestamp::instant),
        }
    }

    /// Whether `other` was asked for by the same item of the same message: a repetition of the work on it.
    pub fn is_of_the_same_item(&self, other: &Self) -> bool {
        self.subscriber == other.subscriber
            && self.transaction_id == other.transaction_id
            && self.reference_id == other.reference_id
    }

    /// Whether a subscriber who has `self` has no use for `other`.
    pub fn covers(&self, other: &Self) -> bool {
        self.subscriber == other.subscriber
            && self.registry == other.registry
            && self.criteria.asks_the_same(&other.criteria)
    }

    /// Whether it ended by itself before `now`.
    pub fn is_over(&self, now: DateTime<Utc>) -> bool {
        self.until.is_some_and(|until| until < now)
    }
}

/// What became of a subscription that was to be kept.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Subscribed {
    /// It is kept, and waits until the callback that grants it is in the outbox.
    Kept(Box<Subscription>),
    /// Its subscriber has this one to the same events.
    Already(Box<Subscription>),
    /// Its subscriber has too many.
    TooMany,
}

/// What became of subscriptions that were to be ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsubscribed {
    /// They are ended.
    Ended,
    /// One of them does not exist, or not for this subscriber: none was ended.
    Unknown,
    /// One of them was ended before: none was ended.
    EndedBefore,
}

/// A notification that is to be sent to one subscriber.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NewNotification {
    /// The subscription.
    pub code: SubscriptionCode,
    /// The header; the store adds code and number to its `meta`.
    pub header: Json,
    /// The message.
    pub message: Json,
    /// When it is sent: what waits for the same time is joined into one message.
    pub due: DateTime<Utc>,
}

impl NewNotification {
    /// A notification.
    pub fn new(code: SubscriptionCode, header: Json, message: Json, due: DateTime<Utc>) -> Self {
        Self { code, header, message, due }
    }

    /// What goes into the outbox as the number `sequence` of `subscription`.
    pub fn outgoing(self, subscription: &Subscription, sequence: u64) -> Outgoing {
        let mut header = self.header;
        if let Some(meta) = header.pointer_mut("/meta").and_then(Json::as_object_mut) {
            meta.insert("subscription_code", subscription.code.as_str());
            meta.insert("sequence", sequence);
        }
        let lane = subscription.code.as_str().to_owned();
        let mut outgoing =
            Outgoing::new(subscription.subscriber.clone(), subscription.url.clone(), header, self.message);
        outgoing.lanes.push(lane);
        outgoing
    }
}

/// The most events that are joined into one notification.
const EVENTS: usize = 100;

/// Joins the events of `later` to those of `waiting`; whether there was room.
pub fn join_events(waiting: &mut Outgoing, later: &Json) -> bool {
    let more = later.get("notify_event").and_then(Json::as_array).unwrap_or_default().to_vec();
    let Some(Json::Array(events)) = waiting.message.pointer_mut("/notify_event") else { return false };
    if events.len() + more.len() > EVENTS {
        return false;
    }
    events.extend(more);
    let total = events.len() as u64;
    if let Some(header) = waiting.header.as_object_mut() {
        header.insert("total_count", total);
        header.insert("completed_count", total);
    }
    true
}
