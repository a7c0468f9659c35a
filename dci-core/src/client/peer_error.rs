//! Errors of other systems: every shape the field answers with, decoded into one type.

use crate::code::Status;
use crate::transport::HttpReply;
use crate::wire::{Json, Limits};

/// What a peer said when it did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the peer refused (HTTP {status}{}){}{}", code_text(.code.as_deref()), message_text(.message.as_deref()), hint_text(*.hint))]
#[non_exhaustive]
pub struct PeerError {
    /// The HTTP status.
    pub status: u16,
    /// Its code, as it came.
    pub code: Option<String>,
    /// Its words, as they came.
    pub message: Option<String>,
    /// The shape they came in.
    pub shape: ErrorShape,
    /// What this status is known to mean with this kind of system.
    pub hint: Option<&'static str>,
}

fn hint_text(hint: Option<&str>) -> String {
    hint.map(|hint| format!("; here it may mean {hint}")).unwrap_or_default()
}

fn code_text(code: Option<&str>) -> String {
    code.map(|code| format!(", {code}")).unwrap_or_default()
}

fn message_text(message: Option<&str>) -> String {
    message.map(|message| format!(": {message}")).unwrap_or_default()
}

/// The shapes errors come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorShape {
    /// An acknowledgement with `ERR` or `NACK`.
    Ack,
    /// The standard's HTTP error: a list `errors`.
    HttpError,
    /// `{"error": {"code", "message"}}`, or OAuth2's `{"error", "error_description"}`.
    ErrorMember,
    /// `{"detail": …}`: schema validation of a web framework.
    Detail,
    /// An envelope or bare header whose status is rejected.
    Header,
    /// RFC 9457 problem details.
    Problem,
    /// No shape that is known.
    Other,
}

impl PeerError {
    /// Decodes an error answer.
    pub fn decode(reply: &HttpReply) -> Self {
        Self::of(reply.status, &reply.body)
    }

    /// Decodes the body of an error answer with `status`.
    pub fn of(status: u16, body: &[u8]) -> Self {
        let tree = Json::parse_within(body, &Limits::tolerant()).unwrap_or_default();
        Self::find(status, &tree).unwrap_or(Self {
            status,
            code: None,
            message: None,
            shape: ErrorShape::Other,
            hint: None,
        })
    }

    /// The error an answer holds, whatever its HTTP status; `None` when it holds none.
    pub fn find(status: u16, tree: &Json) -> Option<Self> {
        let text = |pointer: &str| tree.pointer(pointer).and_then(Json::scalar_text).map(std::borrow::Cow::into_owned);
        let of =
            |shape, code: Option<String>, message: Option<String>| Self { status, code, message, shape, hint: None };
        let ack = text("/message/ack_status").map(|ack| (ack, "/message"));
        let ack = ack.or_else(|| text("/message/message/ack_status").map(|ack| (ack, "/message/message")));
        let ack = ack.or_else(|| text("/ack_status").map(|ack| (ack, "")));
        if let Some((verdict, at)) = ack {
            let error = |name: &str| text(&format!("{at}/error/{name}"));
            return (verdict != "ACK").then(|| of(ErrorShape::Ack, error("code"), error("message")));
        }
        if tree.pointer("/errors/0").is_some() {
            return Some(of(ErrorShape::HttpError, text("/errors/0/code"), text("/errors/0/message")));
        }
        if tree.get("errors").and_then(Json::as_object).is_some() {
            return Some(of(ErrorShape::HttpError, text("/errors/code"), text("/errors/message")));
        }
        if let Some(error) = tree.get("error") {
            return Some(match error {
                Json::Object(_) => of(ErrorShape::ErrorMember, text("/error/code"), text("/error/message")),
                _ => of(ErrorShape::ErrorMember, text("/error"), text("/error_description")),
            });
        }
        let header_status = text("/header/status").and_then(|status| Status::from_spelling(&status));
        if header_status == Some(Status::Rejected) {
            let message = text("/header/status_reason_message").or_else(|| text("/header/message"));
            return Some(of(ErrorShape::Header, text("/header/status_reason_code"), message));
        }
        if tree.get("title").is_some() && (tree.get("type").is_some() || tree.get("status").is_some()) {
            return Some(of(ErrorShape::Problem, text("/type"), text("/detail").or_else(|| text("/title"))));
        }
        if tree.get("detail").is_some() {
            let message = text("/detail").or_else(|| {
                let place = tree.pointer("/detail/0/loc").and_then(Json::as_array).unwrap_or_default();
                let place: Vec<_> = place.iter().filter_map(Json::scalar_text).collect();
                text("/detail/0/msg").map(|words| format!("{}: {words}", place.join("/")))
            });
            return Some(of(ErrorShape::Detail, None, message));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_the_field_is_decoded() {
        use ErrorShape as S;
        for (body, shape, code, message) in [
            (
                r#"{"message":{"ack_status":"ERR","error":{"code":"err.request.bad","message":"m"}}}"#,
                S::Ack,
                Some("err.request.bad"),
                Some("m"),
            ),
            (r#"{"header":{},"message":{"message":{"ack_status":"NACK"}}}"#, S::Ack, None, None),
            (r#"{"errors":[{"code":"c","message":"m"}]}"#, S::HttpError, Some("c"), Some("m")),
            (r#"{"errors":{"code":"c","message":"m"}}"#, S::HttpError, Some("c"), Some("m")),
            (
                r#"{"error":{"code":500,"message":"Internal Server Error"}}"#,
                S::ErrorMember,
                Some("500"),
                Some("Internal Server Error"),
            ),
            (
                r#"{"error":"invalid_client","error_description":"m"}"#,
                S::ErrorMember,
                Some("invalid_client"),
                Some("m"),
            ),
            (
                r#"{"detail":[{"loc":["body","header"],"msg":"field required"}]}"#,
                S::Detail,
                None,
                Some("body/header: field required"),
            ),
            (r#"{"detail":"m"}"#, S::Detail, None, Some("m")),
            (r#"{"header":{"status":"error","message":"m"}}"#, S::Header, None, Some("m")),
            (
                r#"{"header":{"status":"rjct","status_reason_code":"rjct.action.invalid"},"message":{}}"#,
                S::Header,
                Some("rjct.action.invalid"),
                None,
            ),
            (r#"{"type":"about:blank","title":"t","status":400}"#, S::Problem, Some("about:blank"), Some("t")),
            ("<html>", S::Other, None, None),
            ("", S::Other, None, None),
        ] {
            let reply = HttpReply {
                status: 400,
                content_type: String::new(),
                retry_after: None,
                carrier: crate::carrier::Carrier::default(),
                body: body.into(),
            };
            let error = PeerError::decode(&reply);
            assert_eq!(
                (error.shape, error.code.as_deref(), error.message.as_deref()),
                (shape, code, message),
                "{body}"
            );
        }
    }

    #[test]
    fn an_ack_is_no_error() {
        let tree = Json::parse(br#"{"message":{"ack_status":"ACK","error":{}}}"#).unwrap();
        assert_eq!(PeerError::find(200, &tree), None);
    }
}
