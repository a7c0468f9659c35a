//! A message in a file: `multipart/form-data` with `FileInfo` (registry standard, `action`, `fileName`, `fileFormat`).

use super::unread::{Unread, unread};
use crate::code::ErrorCode;
use axum::body::Bytes;
use http_body_util::{BodyDataStream, Full};
use multer::{Constraints, Multipart, SizeLimit};

/// The parameter `boundary` of a multipart body; `None` when it is no multipart body.
pub(super) fn boundary(media_type: &str) -> Option<String> {
    multer::parse_boundary(media_type).ok()
}

fn bad(message: impl Into<String>) -> Unread {
    unread(400, ErrorCode::BadRequest, message)
}

/// The message file in `body`, for the action `action`. The file passes the same checks as a body would.
pub(super) async fn message_file(body: Vec<u8>, boundary: String, action: &str) -> Result<Vec<u8>, Unread> {
    let limits = SizeLimit::new().for_field("action", 99).for_field("fileFormat", 99);
    let whole = BodyDataStream::new(Full::<Bytes>::new(body.into()));
    let mut parts = Multipart::with_constraints(whole, boundary, Constraints::new().size_limit(limits));
    let (mut named, mut file, mut format) = (None, None, None);
    while let Some(part) = parts.next_field().await.map_err(|_| bad("the multipart body cannot be read"))? {
        let name = part.name().unwrap_or_default().to_owned();
        let content = part.bytes().await.map_err(|_| bad(format!("the part {name} cannot be read")))?;
        let slot = match name.as_str() {
            "action" => &mut named,
            "fileName" => &mut file,
            "fileFormat" => &mut format,
            _ => continue,
        };
        if slot.replace(content).is_some() {
            return Err(bad(format!("the part {name} occurs twice")));
        }
    }
    match named {
        None => return Err(bad("the part action is required")),
        Some(other) if *other != *action.as_bytes() => {
            return Err(bad(format!("rjct.action.invalid: the part action must be {action} at this endpoint")));
        }
        Some(_) => {}
    }
    if format.is_some_and(|format| !format.eq_ignore_ascii_case(b"json")) {
        return Err(unread(415, ErrorCode::BadRequest, "the part fileFormat must be json: no other format is offered"));
    }
    file.map(Vec::from).ok_or_else(|| bad("the part fileName, which holds the message, is required"))
}
