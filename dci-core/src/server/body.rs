//! Reading a request: media type, size, time.

use super::limits::ServerLimits;
use super::unread::{Unread, unread};
use super::upload;
use crate::code::ErrorCode;
use axum::body::Body;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bounds the memory of all bodies together.
#[derive(Clone, Debug)]
pub(super) struct BodyBudget(Arc<Semaphore>);

/// A body that was read, and the share of the budget it holds.
pub(super) struct ReadBody {
    pub(super) bytes: Vec<u8>,
    _share: OwnedSemaphorePermit,
}

const BLOCK: usize = 4_096;

impl BodyBudget {
    pub(super) fn new(bytes: usize) -> Self {
        Self(Arc::new(Semaphore::new(bytes / BLOCK)))
    }

    /// Reads a JSON body within `limits`; where the endpoint takes files for the action `file`, also one in a file.
    pub(super) async fn read(
        &self,
        headers: &HeaderMap,
        body: Body,
        limits: &ServerLimits,
        file: Option<&str>,
    ) -> Result<ReadBody, Unread> {
        let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let file = file.and_then(|action| Some((upload::boundary(media_type)?, action)));
        check_encoding(headers)?;
        if file.is_none() {
            check_media_type(media_type)?;
        }
        let too_large = || {
            let message = format!("the body must have at most {} bytes", limits.body);
            unread(413, ErrorCode::BadRequest, message)
        };
        let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
        if announced.is_some_and(|length| length > limits.body) {
            drain(body, limits.body).await;
            return Err(too_large());
        }
        let blocks = u32::try_from(announced.unwrap_or(limits.body) / BLOCK + 1).unwrap_or(u32::MAX);
        let busy = || unread(503, ErrorCode::ServiceUnavailable, "too many requests are being read; try again");
        let share = Arc::clone(&self.0).try_acquire_many_owned(blocks).map_err(|_| busy())?;
        let read = tokio::time::timeout(limits.body_time, Limited::new(body, limits.body).collect()).await;
        match read {
            Err(_) => Err(unread(408, ErrorCode::Timeout, "the body did not arrive in time")),
            Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
            Ok(Err(_)) => Err(unread(400, ErrorCode::BadRequest, "the body broke off")),
            Ok(Ok(collected)) => {
                let body = collected.to_bytes().to_vec();
                let bytes = match file {
                    Some((boundary, action)) => upload::message_file(body, boundary, action).await?,
                    None => body,
                };
                Ok(ReadBody { bytes, _share: share })
            }
        }
    }
}

/// How long a refused body is listened to.
const DRAIN_TIME: Duration = Duration::from_secs(1);

/// Reads past some of a body that is refused, keeping nothing: a connection that is closed while its other end still writes
/// loses the answer.
async fn drain(mut body: Body, most: usize) {
    let listen = async {
        let mut seen = 0;
        while let Some(Ok(frame)) = body.frame().await {
            seen += frame.data_ref().map_or(0, axum::body::Bytes::len);
            if seen > most {
                return;
            }
        }
    };
    let _ = tokio::time::timeout(DRAIN_TIME, listen).await;
}

fn check_encoding(headers: &HeaderMap) -> Result<(), Unread> {
    if headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(unread(415, ErrorCode::BadRequest, "Content-Encoding is not offered: send the body as it is"));
    }
    Ok(())
}

fn check_media_type(media_type: &str) -> Result<(), Unread> {
    let mut parts = media_type.split(';').map(str::trim);
    let json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    let utf8 = parts.all(|parameter| {
        let plain = parameter.to_ascii_lowercase().replace('"', "");
        !plain.starts_with("charset=") || plain == "charset=utf-8"
    });
    if json && utf8 {
        return Ok(());
    }
    Err(unread(415, ErrorCode::BadRequest, "Content-Type must be application/json (UTF-8)"))
}
