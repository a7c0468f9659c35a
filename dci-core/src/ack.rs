//! Acknowledgements of asynchronous requests (`Response`) and the body of HTTP errors (`HttpErrorResponse`).

use crate::code::{AckStatus, ErrorCode};
use crate::id::CorrelationId;
use crate::time::Timestamp;
use crate::wire_struct;

/// The longest message the standard allows in an error or a reason.
pub const MESSAGE_LIMIT: usize = 999;

/// `text`, cut to the longest message the standard allows.
pub(crate) fn cut(text: &str) -> String {
    text.chars().take(MESSAGE_LIMIT).collect()
}

wire_struct! {
    /// What went wrong (`Error`): the communication layer only, never business rules.
    pub struct Error {
        /// The code.
        pub code: Option<ErrorCode>,
        /// The reason in words, at most 999 characters.
        pub message: Option<String>,
    }
}

impl Error {
    /// An error with its code and reason.
    pub fn new(code: ErrorCode, message: &str) -> Self {
        Self { code: Some(code), message: Some(cut(message)), extra: crate::wire::Extra::default() }
    }
}

wire_struct! {
    /// The verdict on one asynchronous request (`Response.message`).
    pub struct Ack {
        /// The verdict.
        pub ack_status: AckStatus,
        /// When it was given.
        pub timestamp: Option<Timestamp> [expected],
        /// Made here; the callback repeats it.
        pub correlation_id: Option<CorrelationId> [expected],
        /// What went wrong, with `ERR`.
        pub error: Option<Error>,
    } unwrap "message";
}

impl Ack {
    /// Valid, a callback will follow.
    pub fn accepted(correlation_id: CorrelationId) -> Self {
        Self::of(AckStatus::Ack, correlation_id, None)
    }

    /// Invalid, for `error`.
    pub fn refused(error: Error) -> Self {
        Self::of(AckStatus::Err, CorrelationId::random(), Some(error))
    }

    fn of(ack_status: AckStatus, correlation_id: CorrelationId, error: Option<Error>) -> Self {
        Self {
            ack_status,
            timestamp: Some(Timestamp::now()),
            correlation_id: Some(correlation_id),
            error,
            extra: crate::wire::Extra::default(),
        }
    }
}

wire_struct! {
    /// The body of an answer to an asynchronous request (`Response`). It has no header and no signature.
    pub struct AckBody {
        /// The verdict.
        pub message: Ack,
    }
}

impl From<Ack> for AckBody {
    fn from(message: Ack) -> Self {
        Self { message, extra: crate::wire::Extra::default() }
    }
}

wire_struct! {
    /// The body of an HTTP error (`HttpErrorResponse`).
    pub struct HttpErrorBody {
        /// What went wrong.
        pub errors: Vec<Error> [required],
    }
}

impl HttpErrorBody {
    /// One error.
    pub fn new(code: ErrorCode, message: &str) -> Self {
        Self { errors: vec![Error::new(code, message)], extra: crate::wire::Extra::default() }
    }
}
