//! What can go wrong with a call.

use super::peer_error::PeerError;
use crate::envelope::EnvelopeError;
use crate::gate::{Rejection, SealError};
use crate::peer::NotSpoken;
use crate::transport::HttpError;
use crate::wire::ReadError;

/// Why a call has no result.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The client is not set up completely.
    #[error("the client needs {0}")]
    Setup(&'static str),
    /// An address cannot be used.
    #[error("{0} is not an address")]
    Address(String, #[source] url::ParseError),
    /// The action has no synchronous form.
    #[error("{0} has no synchronous endpoint")]
    NoSyncEndpoint(&'static str),
    /// A public document is no JSON.
    #[error("the document is {0}")]
    NotADocument(#[source] crate::wire::ParseError),
    /// A public document cannot be read.
    #[error("the document: {0}")]
    UnreadableDocument(#[source] crate::wire::ReadError),
    /// The action has no asynchronous form.
    #[error("{0} has no asynchronous endpoint")]
    NoAsyncEndpoint(&'static str),
    /// The peer has no such endpoint.
    #[error("this peer has no endpoint {0}")]
    NoEndpoint(&'static str),
    /// The peer cannot be asked this.
    #[error(transparent)]
    NotSpoken(#[from] NotSpoken),
    /// The request could not be encrypted or signed.
    #[error("the request could not be sealed: {0}")]
    Seal(#[from] SealError),
    /// HTTP failed.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// No token was given.
    #[error("no bearer token: {0}")]
    Token(String),
    /// The peer refused.
    #[error(transparent)]
    Refused(#[from] PeerError),
    /// The answer is no envelope.
    #[error("the answer cannot be read (HTTP {status})")]
    NotAnEnvelope {
        /// The HTTP status.
        status: u16,
        /// Why.
        source: EnvelopeError,
    },
    /// The answer is no acknowledgement.
    #[error("the acknowledgement cannot be read (HTTP {status})")]
    NotAnAck {
        /// The HTTP status.
        status: u16,
        /// Why.
        source: ReadError,
    },
    /// The answer did not pass the gate: its signature, sender or time.
    #[error("the answer cannot be trusted: {0}")]
    Untrusted(Rejection),
    /// The answer is one to another request.
    #[error("the answer belongs to another transaction")]
    NotCorrelated,
    /// No callback came in time.
    #[error("no callback came in time")]
    NoCallback,
}
