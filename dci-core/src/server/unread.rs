//! Why a request was not read.

use crate::code::ErrorCode;

/// Why a request was not read: the status, and what the caller learns.
#[derive(Debug)]
pub(super) struct Unread {
    pub(super) status: u16,
    pub(super) code: ErrorCode,
    pub(super) message: String,
}

pub(super) fn unread(status: u16, code: ErrorCode, message: impl Into<String>) -> Unread {
    Unread { status, code, message: message.into() }
}
