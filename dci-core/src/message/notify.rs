//! Notify: what a registry tells its subscribers, at their `registry/notify` (registry standard, `NotifyEventRequest`).
//!
//! The standard gives a notification neither subscription code nor number: `transaction_id` is that of the subscription, and
//! the header's `meta` has `subscription_code` and `sequence` as an extension.

use super::search::Records;
use crate::action::Registry;
use crate::id::{ReferenceId, TransactionId};
use crate::locale::Locale;
use crate::time::Timestamp;
use crate::wire::{Extra, Json, ReadError, Reading, Wire};
use crate::wire_struct;

wire_struct! {
    /// Events that happened (`NotifyEventRequest`).
    pub struct NotifyRequest<R> {
        /// That of the subscription.
        pub transaction_id: TransactionId,
        /// The events, in the order they happened.
        pub notify_event: Vec<NotifyEvent<R>> [required; also "notify_request"],
    }
}

impl<R: Wire> NotifyRequest<R> {
    /// Events for the subscription that was made by `transaction_id`.
    pub fn new(transaction_id: TransactionId, notify_event: Vec<NotifyEvent<R>>) -> Self {
        Self { transaction_id, notify_event, extra: Extra::default() }
    }
}

crate::list_message! { NotifyRequest<R>: notify_event }

wire_struct! {
    /// One event (`notify_event[]`).
    pub struct NotifyEvent<R> {
        /// Names the event; the same in a repetition.
        pub reference_id: ReferenceId,
        /// When it happened.
        pub timestamp: Option<Timestamp> [expected],
        /// What happened.
        pub data: NotifyData<R>,
        /// The language of the records.
        pub locale: Option<Locale>,
    }
}

impl<R: Wire> NotifyEvent<R> {
    /// `event` of `record`, now.
    pub fn new<I: Registry<Record = R>>(event: &I::Event, record: R) -> Self {
        Self {
            reference_id: ReferenceId::random(),
            timestamp: Some(Timestamp::now()),
            data: NotifyData {
                version: Some(crate::header::VERSION.to_owned()),
                reg_type: Some(I::REG_TYPE.to_owned()),
                reg_event_type: Some(I::event_name(event)),
                reg_record_type: Some(I::RECORD_TYPE.to_owned()),
                reg_records: EventRecords(Records(vec![record])),
                extra: Extra::default(),
            },
            locale: None,
            extra: Extra::default(),
        }
    }
}

wire_struct! {
    /// What happened, to which records (`notify_event[].data`).
    pub struct NotifyData<R> {
        /// Version of the record schema.
        pub version: Option<String>,
        /// The registry.
        pub reg_type: Option<String>,
        /// The event, in the registry's own word.
        pub reg_event_type: Option<String>,
        /// What the records are.
        pub reg_record_type: Option<String> [expected],
        /// The records.
        pub reg_records: EventRecords<R>,
    }
}

impl<R: Wire> NotifyData<R> {
    /// The event as a code of the registry `I`; one it does not have is kept.
    pub fn event<I: Registry<Record = R>>(&self) -> Option<I::Event> {
        self.reg_event_type.as_deref().map(crate::action::event_of::<I>)
    }
}

/// `reg_records` of an event: one object, as every text has it here, although the same member of a search is a list.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::exhaustive_structs)] // a transparent list
pub struct EventRecords<R>(pub Records<R>);

impl<R: Wire> Wire for EventRecords<R> {
    const EXPECTED: &'static str = "a record (an object)";

    fn read(value: &Json, reading: &mut Reading) -> Result<Self, ReadError> {
        if value.as_object().is_some() && value.get("example").is_none() {
            return R::read(value, reading).map(|record| Self(Records(vec![record])));
        }
        Records::read(value, reading).map(Self)
    }

    fn write(&self) -> Json {
        match self.0.0.as_slice() {
            [one] => one.write(),
            _ => self.0.write(),
        }
    }
}

#[cfg(feature = "schema")]
impl<R: Wire + crate::schema::JsonSchema> crate::schema::JsonSchema for EventRecords<R> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("EventRecords_of_{}", R::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut crate::schema::SchemaGenerator) -> crate::schema::Schema {
        generator.subschema_for::<R>()
    }
}
