//! The two headers: of requests (`MsgHeader_V1.0.0`) and of callbacks and synchronous replies
//! (`MsgCallbackHeader_V1.0.0`).

use crate::code::{HeaderReason, Status};
use crate::id::{MessageId, SystemId};
use crate::time::Timestamp;
use crate::wire::Object;
use crate::wire_struct;

/// The version of the standard this crate writes.
pub const VERSION: &str = "1.0.0";

wire_struct! {
    /// Header of a request (`MsgHeader_V1.0.0`).
    pub struct RequestHeader {
        /// Version of the standard; `1.0.0` in every text so far.
        pub version: Option<String>,
        /// Unique per message; a resent message keeps it.
        pub message_id: MessageId,
        /// When this attempt was sent.
        pub message_ts: Timestamp,
        /// What the message asks for; must be the action of the endpoint.
        pub action: String,
        /// Who sent it, as registered with the receiver.
        pub sender_id: SystemId,
        /// The complete address callbacks are posted to.
        pub sender_uri: Option<String>,
        /// Whom it is for. The standard leaves it optional; a signed request without it could be relayed to others.
        pub receiver_id: Option<SystemId>,
        /// How many items the message holds.
        pub total_count: u64,
        /// Whether `message` is encrypted.
        pub is_msg_encrypted: Option<bool> [also "is_encrypted", "encrypted"],
        /// Free members of the header.
        pub meta: Option<Object>,
    }
}

impl RequestHeader {
    /// A header for a new message, now, with a random message id.
    ///
    /// All optional members but `sender_uri` are set: readers that print the header again before they hash it add the
    /// missing ones, and a signature over the full form survives that.
    pub fn new(action: &str, sender_id: SystemId, receiver_id: SystemId, total_count: usize) -> Self {
        Self {
            version: Some(VERSION.to_owned()),
            message_id: MessageId::random(),
            message_ts: Timestamp::now(),
            action: action.to_owned(),
            sender_id,
            sender_uri: None,
            receiver_id: Some(receiver_id),
            total_count: total_count as u64,
            is_msg_encrypted: Some(false),
            meta: Some(Object::new()),
            extra: crate::wire::Extra::default(),
        }
    }
}

wire_struct! {
    /// Header of a callback or a synchronous reply (`MsgCallbackHeader_V1.0.0`).
    pub struct CallbackHeader {
        /// Version of the standard.
        pub version: Option<String>,
        /// Unique per message.
        pub message_id: MessageId,
        /// When this attempt was sent.
        pub message_ts: Timestamp,
        /// What the message carries; some systems repeat the request's action here.
        pub action: String,
        /// The state of the whole batch.
        pub status: Option<Status> [expected],
        /// Why the whole message was rejected.
        pub status_reason_code: Option<HeaderReason>,
        /// The reason in words, at most 999 characters.
        pub status_reason_message: Option<String>,
        /// How many items the request held.
        pub total_count: Option<u64>,
        /// How many of them are done, rejected ones included.
        pub completed_count: Option<u64>,
        /// Who sent it. Some systems leave it out or do not swap it with the receiver.
        pub sender_id: Option<SystemId>,
        /// Whom it is for.
        pub receiver_id: Option<SystemId>,
        /// Whether `message` is encrypted.
        pub is_msg_encrypted: Option<bool> [also "is_encrypted", "encrypted"],
        /// Free members of the header.
        pub meta: Option<Object>,
    }
}

impl CallbackHeader {
    /// A header for a new reply, now, with a random message id.
    pub fn new(action: &str, status: Status, sender_id: SystemId, receiver_id: SystemId) -> Self {
        Self {
            version: Some(VERSION.to_owned()),
            message_id: MessageId::random(),
            message_ts: Timestamp::now(),
            action: action.to_owned(),
            status: Some(status),
            status_reason_code: None,
            status_reason_message: None,
            total_count: None,
            completed_count: None,
            sender_id: Some(sender_id),
            receiver_id: Some(receiver_id),
            is_msg_encrypted: Some(false),
            meta: Some(Object::new()),
            extra: crate::wire::Extra::default(),
        }
    }

    /// Sets both counts.
    pub fn counts(mut self, total: usize, completed: usize) -> Self {
        self.total_count = Some(total as u64);
        self.completed_count = Some(completed as u64);
        self
    }

    /// Says why the whole message was rejected.
    pub fn rejected(mut self, reason: HeaderReason, message: &str) -> Self {
        self.status = Some(Status::Rejected);
        self.status_reason_code = Some(reason);
        self.status_reason_message = Some(crate::ack::cut(message));
        self
    }
}
