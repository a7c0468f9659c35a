//! Why a message was turned away: what the peer may learn, and beside it what the operator may.

use crate::ack;
use crate::code::{ErrorCode, HeaderReason};
use crate::envelope::EnvelopeError;
use crate::wire::ReadError;

/// Why a whole message was turned away.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault}: {message}")]
#[non_exhaustive]
pub struct Rejection {
    /// The published code.
    pub fault: Fault,
    /// For the peer: names the member and the rule, never content.
    pub message: String,
    /// For the operator: what exactly failed, where the peer must not know.
    pub detail: Option<&'static str>,
}

/// The published code of a rejection, by the layer it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The communication layer: `err.*`.
    Envelope(ErrorCode),
    /// The header: `rjct.*`.
    Header(HeaderReason),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Envelope(code) => code.fmt(f),
            Self::Header(reason) => reason.fmt(f),
        }
    }
}

impl Rejection {
    /// A rejection by the communication layer.
    pub fn envelope(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { fault: Fault::Envelope(code), message: message.into(), detail: None }
    }

    /// A rejection of the header.
    pub fn header(reason: HeaderReason, message: impl Into<String>) -> Self {
        Self { fault: Fault::Header(reason), message: message.into(), detail: None }
    }

    /// A signature that does not count. One text for every cause.
    pub(super) fn signature(detail: &'static str) -> Self {
        let rejection =
            Self::envelope(ErrorCode::SignatureInvalid, "/signature does not hold for this message and sender");
        Self { detail: Some(detail), ..rejection }
    }

    /// The error as an acknowledgement carries it. Only `err.*` codes may stand there; a header reason goes into the text.
    pub fn as_error(&self) -> ack::Error {
        match &self.fault {
            Fault::Envelope(code) => ack::Error::new(code.clone(), &self.message),
            Fault::Header(reason) => ack::Error::new(ErrorCode::BadRequest, &format!("{reason}: {}", self.message)),
        }
    }

    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match &self.fault {
            Fault::Envelope(ErrorCode::Unauthorized | ErrorCode::SignatureMissing | ErrorCode::SignatureInvalid) => 401,
            Fault::Envelope(ErrorCode::Forbidden | ErrorCode::SenderIdInvalid) => 403,
            Fault::Envelope(ErrorCode::NotFound) => 404,
            Fault::Envelope(ErrorCode::Timeout) => 408,
            Fault::Envelope(ErrorCode::TooManyRequests) => 429,
            Fault::Envelope(ErrorCode::ServiceUnavailable) => 503,
            _ => 400,
        }
    }
}

impl From<EnvelopeError> for Rejection {
    fn from(error: EnvelopeError) -> Self {
        Self::envelope(ErrorCode::BadRequest, error.to_string())
    }
}

impl From<ReadError> for Rejection {
    fn from(error: ReadError) -> Self {
        // The members of the header that have a code of their own.
        let reason = match error.pointer.as_str() {
            "/header/message_ts" => Some(HeaderReason::MessageTsInvalid),
            "/header/total_count" => Some(HeaderReason::TotalCountInvalid),
            "/header/action" => Some(HeaderReason::ActionInvalid),
            "/header/version" => Some(HeaderReason::VersionInvalid),
            _ => None,
        };
        match reason {
            Some(reason) => Self::header(reason, error.to_string()),
            None => Self::envelope(ErrorCode::BadRequest, error.to_string()),
        }
    }
}
