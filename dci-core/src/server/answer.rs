//! Answers: acknowledgements, HTTP errors, envelopes.

use super::unread::Unread;
use crate::ack::{Ack, AckBody, HttpErrorBody};
use crate::code::ErrorCode;
use crate::gate::{Rejection, Sealed};
use crate::wire::{Form, Wire};
use axum::body::Body;
use axum::response::Response;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, StatusCode};

/// A JSON body with its status.
pub(super) fn json(status: u16, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    let headers: &mut HeaderMap = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if matches!(status, 429 | 503) {
        headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// A sealed envelope with the headers of its signature.
pub(super) fn sealed(status: u16, sealed: Sealed) -> Response {
    let mut response = json(status, sealed.body);
    for (name, value) in sealed.headers {
        let pair = HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_str(&value).ok());
        if let Some((name, value)) = pair {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// An acknowledgement.
pub(super) fn ack(status: u16, ack: Ack) -> Response {
    json(status, AckBody::from(ack).write().print(Form::Compact))
}

/// The standard's HTTP error.
pub(super) fn http_error(status: u16, code: ErrorCode, message: &str) -> Response {
    let mut response = json(status, HttpErrorBody::new(code, message).write().print(Form::Compact));
    if status == 401 {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// The answer to a request that was not read.
pub(super) fn unread(unread: &Unread) -> Response {
    http_error(unread.status, unread.code.clone(), &unread.message)
}

/// The answer to a request that was turned away: a negative acknowledgement, on synchronous endpoints too, because the
/// standard has nothing else for them.
pub(super) fn rejected(rejection: &Rejection) -> Response {
    ack(rejection.status(), Ack::refused(rejection.as_error()))
}
