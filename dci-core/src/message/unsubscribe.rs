//! Unsubscribe: the end of subscriptions, all of one message or none.

use crate::action::{Message, Reply};
use crate::code::{Status, SubscriptionStatus, UnsubscribeReason};
use crate::id::{CorrelationId, SubscriptionCode, TransactionId};
use crate::time::Timestamp;
use crate::wire::Extra;
use crate::wire_struct;

wire_struct! {
    /// Ends subscriptions (`UnSubscribeRequest`). The message is flat: it holds no items, and codes instead of reference ids.
    pub struct UnsubscribeRequest {
        /// Made by the caller.
        pub transaction_id: TransactionId,
        /// When it was asked. The text of January 2025 misspells it.
        pub timestamp: Option<Timestamp> [expected; also "timesstamp"],
        /// The codes. The text of January 2025 requires a misspelled member.
        pub subscription_codes: Vec<SubscriptionCode> [required; also "sunscription_codes", "subscription_code"],
    }
}

impl UnsubscribeRequest {
    /// Ends the subscriptions of these codes.
    pub fn new(codes: impl IntoIterator<Item = SubscriptionCode>) -> Self {
        Self {
            transaction_id: TransactionId::random(),
            timestamp: Some(Timestamp::now()),
            subscription_codes: codes.into_iter().collect(),
            extra: Extra::default(),
        }
    }
}

impl Message for UnsubscribeRequest {
    fn transaction_id(&self) -> &TransactionId {
        &self.transaction_id
    }
}

wire_struct! {
    /// What became of it (`UnSubscribeResponse`): one status for the whole.
    pub struct UnsubscribeResponse {
        /// As in the request.
        pub transaction_id: TransactionId,
        /// As in the acknowledgement.
        pub correlation_id: Option<CorrelationId> [expected],
        /// When it was decided.
        pub timestamp: Option<Timestamp> [expected; also "timesatmp"],
        /// Whether the subscriptions were ended.
        pub status: Status,
        /// Why not.
        pub status_reason_code: Option<UnsubscribeReason>,
        /// The reason in words, at most 999 characters.
        pub status_reason_message: Option<String>,
        /// Each subscription as it stands now.
        pub subscription_status: Vec<CodeStatus>,
    }
}

impl UnsubscribeResponse {
    /// The subscriptions were ended.
    pub fn ended(transaction_id: TransactionId, codes: impl IntoIterator<Item = SubscriptionCode>) -> Self {
        let ended = |code| CodeStatus { code, status: SubscriptionStatus::Ended, extra: Extra::default() };
        Self {
            transaction_id,
            correlation_id: Some(CorrelationId::random()),
            timestamp: Some(Timestamp::now()),
            status: Status::Succeeded,
            status_reason_code: None,
            status_reason_message: None,
            subscription_status: codes.into_iter().map(ended).collect(),
            extra: Extra::default(),
        }
    }

    /// None of them was ended, and why.
    pub fn rejected(transaction_id: TransactionId, reason: UnsubscribeReason, message: &str) -> Self {
        Self {
            status: Status::Rejected,
            status_reason_code: Some(reason),
            status_reason_message: Some(crate::ack::cut(message)),
            ..Self::ended(transaction_id, [])
        }
    }
}

impl Message for UnsubscribeResponse {
    fn transaction_id(&self) -> &TransactionId {
        &self.transaction_id
    }
}

impl Reply for UnsubscribeResponse {
    fn empty(transaction_id: TransactionId) -> Self {
        Self { status: Status::Rejected, ..Self::ended(transaction_id, []) }
    }

    fn absorb(&mut self, later: Self) {
        *self = later;
    }

    fn correlate(&mut self, transaction_id: TransactionId, correlation_id: CorrelationId) {
        self.transaction_id = transaction_id;
        self.correlation_id = Some(correlation_id);
    }

    fn correlation_id(&self) -> Option<&CorrelationId> {
        self.correlation_id.as_ref()
    }
}

wire_struct! {
    /// One subscription as it stands (`subscription_status[]`).
    pub struct CodeStatus {
        /// Its code.
        pub code: SubscriptionCode,
        /// Whether it is live.
        pub status: SubscriptionStatus,
    }
}
