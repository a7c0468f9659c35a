//! The envelope `{signature, header, message}`: as received, split but not yet trusted, and as sent.

use crate::carrier::Carrier;
use crate::wire::{Document, Form, Json, Limits, Object, ParseError, Wire};
use std::ops::Range;

/// An envelope whose header and message are typed, ready to be signed and sent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Envelope<H, M> {
    /// Who, to whom, what.
    pub header: H,
    /// The content.
    pub message: M,
}

impl<H: Wire, M: Wire> Envelope<H, M> {
    /// An envelope around `message`.
    pub fn new(header: H, message: M) -> Self {
        Self { header, message }
    }

    /// The tree `{header, message}` without a signature.
    pub fn tree(&self) -> Object {
        let mut out = Object::new();
        out.insert("header", self.header.write());
        out.insert("message", self.message.write());
        out
    }
}

/// What stood in the `signature` member.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureMember {
    /// No signature: the member is absent, blank, or a placeholder real systems send instead.
    Absent {
        /// Whether a placeholder stood there.
        placeholder: bool,
    },
    /// A text to verify.
    Text(String),
    /// Something that is no text.
    NotText,
}

/// What unsigned systems put where a signature belongs. Absent, never "invalid" and never "valid".
const PLACEHOLDERS: [&str; 10] = [
    "unsigned",
    "unsigned-stub",
    "signature not implemented",
    "signature_validation_disabled",
    "some_signature_value",
    "signature-not-impl",
    "mock-signature",
    "signature",
    "string",
    "new signature to be generated for request",
];

impl SignatureMember {
    fn of(tree: &Json) -> Self {
        match tree.get("signature") {
            None | Some(Json::Null) => Self::Absent { placeholder: false },
            Some(Json::String(text)) => {
                let plain = text.trim();
                // The example of the standard's text, sent literally, names its parameters in braces.
                let example = plain.contains("{sender_id}") || plain.contains("Base64(sign");
                if plain.is_empty() {
                    Self::Absent { placeholder: false }
                } else if example || PLACEHOLDERS.contains(&plain.to_ascii_lowercase().as_str()) {
                    Self::Absent { placeholder: true }
                } else {
                    Self::Text(text.clone())
                }
            }
            Some(_) => Self::NotText,
        }
    }
}

/// An envelope as it was received: split, not verified.
///
/// The header can be looked at to find out whose keys to check with; the message stays closed until the signature was
/// checked ([`crate::gate::Gate`]).
pub struct Received {
    body: Vec<u8>,
    header_span: Range<usize>,
    message_span: Range<usize>,
    header: Json,
    message: Json,
    /// The other members of the outermost object.
    others: Object,
    signature: SignatureMember,
    carrier: Carrier,
}

/// Why a body is no envelope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// It is not JSON, or beyond the limits.
    #[error("the body is {0}")]
    Json(#[from] ParseError),
    /// It is JSON, but not an object.
    #[error("the body must be an object with header and message, found {0}")]
    NotAnObject(&'static str),
    /// A part of the envelope is missing or of the wrong kind.
    #[error("/{member} must be an object, found {found}")]
    Part {
        /// `header` or `message`.
        member: &'static str,
        /// What was found instead.
        found: &'static str,
    },
}

impl Received {
    /// Splits `body` within `limits`.
    pub fn parse(body: impl Into<Vec<u8>>, limits: &Limits) -> Result<Self, EnvelopeError> {
        let body = body.into();
        let mut document = Document::parse(&body, limits)?;
        let signature = SignatureMember::of(&document.tree);
        let kind = document.tree.kind();
        let spans = (document.span("header"), document.span("message"));
        let object = document.tree.as_object_mut().ok_or(EnvelopeError::NotAnObject(kind))?;
        let mut part = |member: &'static str| match object.remove(member) {
            Some(value @ Json::Object(_)) => Ok(value),
            other => Err(EnvelopeError::Part { member, found: other.map_or("nothing", |value| value.kind()) }),
        };
        let (header, message) = (part("header")?, part("message")?);
        let (Some(header_span), Some(message_span)) = spans else {
            return Err(EnvelopeError::NotAnObject(kind));
        };
        let others = std::mem::take(object);
        let carrier = Carrier::default();
        Ok(Self { body, header_span, message_span, header, message, others, signature, carrier })
    }

    /// Adds the HTTP message it came in: some signatures stand there.
    pub fn carried_by(mut self, carrier: Carrier) -> Self {
        self.carrier = carrier;
        self
    }

    /// The HTTP message it came in.
    pub fn carrier(&self) -> &Carrier {
        &self.carrier
    }

    /// The bytes.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The header, not verified.
    pub fn header(&self) -> &Json {
        &self.header
    }

    /// The message, for those who may look at it: the gate, and callers that chose not to verify.
    pub(crate) fn message(&self) -> &Json {
        &self.message
    }

    /// What stood in the `signature` member.
    pub fn signature(&self) -> &SignatureMember {
        &self.signature
    }

    /// The received bytes of header and message as the content of an object, `{"header":…,"message":…}`: what a sender
    /// that writes in canonical order has signed.
    pub fn as_received(&self) -> Vec<u8> {
        let (header, message) = self.slices();
        [b"{\"header\":", header, b",\"message\":", message, b"}"].concat()
    }

    /// The received bytes of header and message, one after the other.
    pub fn parts_as_received(&self) -> Vec<u8> {
        let (header, message) = self.slices();
        [header, message].concat()
    }

    fn slices(&self) -> (&[u8], &[u8]) {
        let slice = |span: &Range<usize>| self.body.get(span.clone()).unwrap_or_default();
        (slice(&self.header_span), slice(&self.message_span))
    }

    /// The whole body in a sorted form.
    pub fn canonical_body(&self, form: Form) -> String {
        let mut tree = self.others.clone();
        tree.insert("header", self.header.clone());
        tree.insert("message", self.message.clone());
        Json::Object(tree).print(form)
    }

    /// The message in `form`.
    pub(crate) fn print_message(&self, form: Form) -> String {
        self.message.print(form)
    }

    /// Header and message in a sorted form.
    pub fn canonical(&self, form: Form) -> String {
        [r#"{"header":"#, &self.header.print(form), r#","message":"#, &self.message.print(form), "}"].concat()
    }

    /// Everything that means something to the receiver, without what a resent message changes: the identity of the
    /// request behind `message_id`.
    pub fn stable_form(&self) -> String {
        let mut header = self.header.clone();
        if let Some(object) = header.as_object_mut() {
            object.remove("message_ts");
        }
        [header.print(Form::SortedUtf8), self.message.print(Form::SortedUtf8)].concat()
    }
}

impl std::fmt::Debug for Received {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Received").field("bytes", &self.body.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Received, EnvelopeError> {
        Received::parse(text, &Limits::default())
    }

    #[test]
    fn the_received_bytes_are_kept_as_they_were() {
        let received = parse(r#"{ "message" : {"b":1.0 ,"a":2}, "header":{"z":1}, "signature":"s" }"#).unwrap();
        assert_eq!(received.as_received(), br#"{"header":{"z":1},"message":{"b":1.0 ,"a":2}}"#);
        assert_eq!(received.canonical(Form::SortedUtf8), r#"{"header":{"z":1},"message":{"a":2,"b":1.0}}"#);
        assert_eq!(*received.signature(), SignatureMember::Text("s".to_owned()));
    }

    #[test]
    fn placeholders_are_absent_and_other_kinds_are_not() {
        for text in ["\"\"", "null", "\" \"", "\"unsigned-stub\"", "\"Signature not implemented\"", "\"string\""] {
            let body = format!(r#"{{"signature":{text},"header":{{}},"message":{{}}}}"#);
            assert!(matches!(parse(&body).unwrap().signature(), SignatureMember::Absent { .. }), "{text}");
        }
        let received = parse(r#"{"signature":{"a":1},"header":{},"message":{}}"#).unwrap();
        assert_eq!(*received.signature(), SignatureMember::NotText);
    }

    #[test]
    fn what_is_no_envelope_is_named() {
        assert_eq!(parse("[]").unwrap_err(), EnvelopeError::NotAnObject("an array"));
        assert_eq!(parse(r#"{"header":{}}"#).unwrap_err().to_string(), "/message must be an object, found nothing");
        assert!(parse(r#"{"header":{},"message":{},"message":{}}"#).is_err());
    }
}
