//! Subscribe: be told of events, and end that.
//!
//! Asynchronous at `registry/subscribe` and `registry/unsubscribe`, answered at `registry/on-subscribe` and
//! `registry/on-unsubscribe` (registry standard, `SubscribeRequest` to `UnSubscribeResponse`). There is no synchronous form.

use crate::code::{QueryType, Status, SubscribeReason, SubscriptionStatus};
use crate::id::{CorrelationId, ReferenceId, SubscriptionCode, TransactionId};
use crate::locale::Locale;
use crate::query::{Consent, PageInfo, Query};
use crate::time::Timestamp;
use crate::wire::{Extra, ReadError, Reading, Rule, Wire as _};
use crate::wire_struct;

wire_struct! {
    /// One batch of subscriptions (`SubscribeRequest`).
    pub struct SubscribeRequest {
        /// Made by the caller; notifications repeat it.
        pub transaction_id: TransactionId,
        /// The subscriptions.
        pub subscribe_request: Vec<SubscribeItem> [required],
    }
}

impl SubscribeRequest {
    /// A batch of one subscription with new ids.
    pub fn one(criteria: SubscribeCriteria) -> Self {
        Self::batch([criteria])
    }

    /// A batch with new ids.
    pub fn batch(criteria: impl IntoIterator<Item = SubscribeCriteria>) -> Self {
        Self {
            transaction_id: TransactionId::random(),
            subscribe_request: criteria.into_iter().map(SubscribeItem::new).collect(),
            extra: Extra::default(),
        }
    }
}

crate::list_message! { SubscribeRequest: subscribe_request }

wire_struct! {
    /// One subscription of a batch (`subscribe_request[]`).
    pub struct SubscribeItem {
        /// Made by the caller; the result repeats it.
        pub reference_id: ReferenceId,
        /// When it was asked.
        pub timestamp: Option<Timestamp> [expected],
        /// Of what the caller wants to be told.
        pub subscribe_criteria: SubscribeCriteria,
        /// The language wanted.
        pub locale: Option<Locale>,
    }
}

impl SubscribeItem {
    /// A subscription with a new reference id, now.
    pub fn new(subscribe_criteria: SubscribeCriteria) -> Self {
        Self {
            reference_id: ReferenceId::random(),
            timestamp: Some(Timestamp::now()),
            subscribe_criteria,
            locale: Some(Locale::english()),
            extra: Extra::default(),
        }
    }
}

wire_struct! {
    /// Of which events, about whom, and how often (`subscribe_criteria`).
    pub struct SubscribeCriteria {
        /// Version of the criteria.
        pub version: Option<String>,
        /// The registry meant.
        pub reg_type: Option<String>,
        /// The event, in a registry's own word: see the event types of each registry.
        pub reg_event_type: String,
        /// How often; at once when absent. A subscription without end cannot have one, because its end is required.
        pub frequency: Option<EventFrequency>,
        /// The language of `filter`.
        pub filter_type: Option<QueryType>,
        /// Which records: a query like that of a search.
        pub filter: Query,
        /// The kind of record wanted in notifications.
        pub notify_record_type: Option<String> [expected],
        /// Why the caller may be told.
        pub authorize: Option<Consent>,
    } then note_filter_form;
}

fn note_filter_form(criteria: &mut SubscribeCriteria, reading: &mut Reading) -> Result<(), ReadError> {
    match &mut criteria.filter_type {
        Some(named) => criteria.filter.settle("filter", named, reading),
        None => Ok(()),
    }
}

impl SubscribeCriteria {
    /// Events called `reg_event_type`, of the records that fulfil `filter`.
    pub fn new(reg_event_type: &str, filter: Query) -> Self {
        Self {
            version: Some(crate::header::VERSION.to_owned()),
            reg_type: None,
            reg_event_type: reg_event_type.to_owned(),
            frequency: None,
            filter_type: filter.query_type(),
            filter,
            notify_record_type: None,
            authorize: None,
            extra: Extra::default(),
        }
    }

    /// Names the registry and record type of `R`.
    pub fn of<R: crate::action::Registry>(mut self) -> Self {
        self.reg_type = Some(R::REG_TYPE.to_owned());
        self.notify_record_type.get_or_insert_with(|| R::RECORD_TYPE.to_owned());
        self
    }

    /// Collects events and sends them at the times of `frequency`.
    pub fn collected(mut self, frequency: EventFrequency) -> Self {
        self.frequency = Some(frequency);
        self
    }

    /// Whether `other` asks for the same: what makes a second subscription one too many.
    pub fn asks_the_same(&self, other: &Self) -> bool {
        let word = |text: &str| text.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        word(&self.reg_event_type) == word(&other.reg_event_type)
            && self.filter.write().same_value(&other.filter.write())
            && self.frequency == other.frequency
            && self.notify_record_type == other.notify_record_type
    }
}

wire_struct! {
    /// When collected events are sent (`frequency`, `EventFrequency` of the vocabulary).
    pub struct EventFrequency {
        /// Nothing is sent before.
        pub start_time: Option<Timestamp> [expected],
        /// Nothing is sent later: the subscription ends.
        pub end_time: Option<Timestamp> [expected],
        /// The times, as a cron expression of seven fields: `0 0 0 5,15 * ? *`; the examples have words like `daily`.
        pub frequency: String,
    } scalar frequency;
}

impl EventFrequency {
    /// Between `start_time` and `end_time`, at the times of a cron expression of seven fields.
    pub fn new(frequency: &str, start_time: Timestamp, end_time: Timestamp) -> Self {
        Self {
            start_time: Some(start_time),
            end_time: Some(end_time),
            frequency: frequency.to_owned(),
            extra: Extra::default(),
        }
    }
}

wire_struct! {
    /// What became of a batch of subscriptions (`SubscribeResponse`).
    pub struct SubscribeResponse {
        /// As in the request.
        pub transaction_id: TransactionId,
        /// As in the acknowledgement.
        pub correlation_id: Option<CorrelationId> [expected],
        /// One result per subscription.
        pub subscribe_response: Vec<SubscribeResult> [required],
    }
}

impl SubscribeResponse {
    /// The results of the batch `transaction_id`.
    pub fn new(transaction_id: TransactionId, subscribe_response: Vec<SubscribeResult>) -> Self {
        let correlation_id = Some(CorrelationId::random());
        Self { transaction_id, correlation_id, subscribe_response, extra: Extra::default() }
    }

    /// The codes of what was granted.
    pub fn codes(&self) -> impl Iterator<Item = &SubscriptionCode> {
        let granted = self.subscribe_response.iter().filter(|result| result.status != Status::Rejected);
        granted.flat_map(|result| result.subscriptions.iter().map(|subscription| &subscription.code))
    }
}

crate::list_reply! { SubscribeResponse: subscribe_response }

wire_struct! {
    /// What became of one subscription (`subscribe_response[]`).
    pub struct SubscribeResult {
        /// As in the request.
        pub reference_id: ReferenceId,
        /// When the result was made.
        pub timestamp: Option<Timestamp> [expected],
        /// What became of it.
        pub status: Status,
        /// Why it was rejected.
        pub status_reason_code: Option<SubscribeReason>,
        /// The reason in words, at most 999 characters.
        pub status_reason_message: Option<String>,
        /// What was granted; of one that exists already, the one that exists.
        pub subscriptions: Vec<SubscriptionInfo>,
        /// Which page this is.
        pub pagination: Option<PageInfo>,
        /// The language of the result.
        pub locale: Option<Locale>,
    }
}

impl SubscribeResult {
    fn of(reference_id: ReferenceId, status: Status) -> Self {
        Self {
            reference_id,
            timestamp: Some(Timestamp::now()),
            status,
            status_reason_code: None,
            status_reason_message: None,
            subscriptions: Vec::new(),
            pagination: None,
            locale: None,
            extra: Extra::default(),
        }
    }

    /// A subscription that was granted.
    pub fn granted(reference_id: ReferenceId, subscription: SubscriptionInfo) -> Self {
        Self { subscriptions: vec![subscription], ..Self::of(reference_id, Status::Succeeded) }
    }

    /// One that was not, and why.
    pub fn rejected(reference_id: ReferenceId, reason: SubscribeReason, message: &str) -> Self {
        Self {
            status_reason_code: Some(reason),
            status_reason_message: Some(crate::ack::cut(message)),
            ..Self::of(reference_id, Status::Rejected)
        }
    }

    /// One that is not decided yet.
    pub fn pending(reference_id: ReferenceId) -> Self {
        Self::of(reference_id, Status::Pending)
    }
}

wire_struct! {
    /// A subscription as it stands (`SubscriptionInfo`).
    pub struct SubscriptionInfo {
        /// Names it from now on.
        pub code: SubscriptionCode [also "subscription_code"],
        /// Whether it is live.
        pub status: SubscriptionStatus,
        /// Since when.
        pub timestamp: Option<Timestamp> [expected],
        /// Version of the criteria.
        pub version: Option<String>,
        /// The registry meant.
        pub reg_type: Option<String>,
        /// The event.
        pub reg_event_type: Option<String>,
        /// How often.
        pub frequency: Option<EventFrequency>,
        /// The language of `filter`.
        pub filter_type: Option<QueryType>,
        /// Which records.
        pub filter: Option<Query>,
        /// The kind of record in notifications.
        pub notify_record_type: Option<String>,
        /// The language.
        pub locale: Option<Locale>,
    } then fold_criteria;
}

/// An older text repeats the criteria inside of a member of their own.
fn fold_criteria(info: &mut SubscriptionInfo, reading: &mut Reading) -> Result<(), ReadError> {
    let Some(inside) = info.extra.get("subscribe_criteria").filter(|_| info.filter.is_none()).cloned() else {
        return Ok(());
    };
    let criteria: Option<SubscribeCriteria> = reading.read_at("subscribe_criteria", &inside)?;
    let Some(criteria) = criteria else { return Ok(()) };
    reading.within("subscribe_criteria", |reading| reading.forgive_as(Rule::MemberPlace, "criteria"))?;
    info.extra.remove("subscribe_criteria");
    let code = info.code.clone();
    let (status, timestamp, locale) = (info.status.clone(), info.timestamp, info.locale.take());
    let extra = std::mem::take(&mut info.extra);
    *info = SubscriptionInfo::of(code, status, criteria);
    (info.timestamp, info.locale, info.extra) = (timestamp, locale, extra);
    Ok(())
}

impl SubscriptionInfo {
    /// The subscription `code` to what `criteria` ask for.
    pub fn of(code: SubscriptionCode, status: SubscriptionStatus, criteria: SubscribeCriteria) -> Self {
        Self {
            code,
            status,
            timestamp: Some(Timestamp::now()),
            version: criteria.version,
            reg_type: criteria.reg_type,
            reg_event_type: Some(criteria.reg_event_type),
            frequency: criteria.frequency,
            filter_type: criteria.filter_type,
            filter: Some(criteria.filter),
            notify_record_type: criteria.notify_record_type,
            locale: None,
            extra: Extra::default(),
        }
    }
}
