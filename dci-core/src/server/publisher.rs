//! Telling subscribers of events.

use super::frequency::Times;
use super::pipeline::Shared;
use crate::action::{Notice as _, Notify, Registry, event_of};
use crate::code::Status;
use crate::exchange::{NewNotification, StoreError, Subscription};
use crate::header::CallbackHeader;
use crate::message::{NotifyEvent, NotifyRequest};
use crate::query::{Filter, QueryLimits};
use crate::wire::{Json, Wire as _};
use chrono::{DateTime, Utc};
use std::marker::PhantomData;
use std::sync::Arc;

/// How the registry `I` tells of its events: whoever subscribed to them, and whose filter the record fulfils, is notified.
/// Cheap to clone.
pub struct Publisher<I> {
    shared: Arc<Shared>,
    interface: PhantomData<fn() -> I>,
}

impl<I> Clone for Publisher<I> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), interface: PhantomData }
    }
}

impl<I> std::fmt::Debug for Publisher<I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Publisher").finish_non_exhaustive()
    }
}

impl<I: Registry> Publisher<I> {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared, interface: PhantomData }
    }

    /// `event` happened to `record`. Returns how many subscriptions are told, once that is in the store: at once, or at the
    /// times they asked for.
    pub async fn publish(&self, event: &I::Event, record: I::Record) -> Result<usize, StoreError> {
        self.publish_event(NotifyEvent::new::<I>(event, record)).await
    }

    /// An event with a reference id and time of its own.
    pub async fn publish_event(&self, event: NotifyEvent<I::Record>) -> Result<usize, StoreError> {
        let now = Utc::now();
        let kind = event.data.event::<I>();
        let records: Vec<Json> = event.data.reg_records.0.0.iter().map(crate::wire::Wire::write).collect();
        let store = &self.shared.store;
        let concerned = |subscription: &Subscription| {
            Some(event_of::<I>(&subscription.criteria.reg_event_type)) == kind
                && records.iter().any(|record| fulfils::<I>(subscription, record))
        };
        let subscriptions = store.subscriptions(I::NAME, now).await?;
        let told: Vec<NewNotification> = subscriptions
            .into_iter()
            .filter(concerned)
            .filter_map(|subscription| self.notification(&subscription, &event, now))
            .collect();
        let count = told.len();
        store.notify(told).await?;
        self.shared.courier.news.notify_one();
        Ok(count)
    }

    /// The message to one subscriber; `None` when it is not told any more.
    fn notification(
        &self,
        subscription: &Subscription,
        event: &NotifyEvent<I::Record>,
        now: DateTime<Utc>,
    ) -> Option<NewNotification> {
        let due = match &subscription.criteria.frequency {
            None => now,
            Some(frequency) => Times::of(frequency, now).ok()?.next(now)?,
        };
        let own_id = self.shared.gate.own_id().clone();
        let header =
            CallbackHeader::new(Notify::<I>::ACTION, Status::Succeeded, own_id, subscription.subscriber.clone())
                .counts(1, 1);
        let message = NotifyRequest::new(subscription.transaction_id.clone(), vec![event.clone()]);
        Some(NewNotification::new(subscription.code.clone(), header.write(), message.write(), due))
    }
}

fn fulfils<I: Registry>(subscription: &Subscription, record: &Json) -> bool {
    // A filter that was accepted compiles; one from an older version may not, and then tells of nothing.
    Filter::compile(&subscription.criteria.filter, I::ATTRIBUTES, I::IDENTIFIER_PATHS, &QueryLimits::default())
        .is_ok_and(|filter| filter.matches(record))
}
