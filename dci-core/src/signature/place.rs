//! Where a signature stands.

use super::scheme::{Sealed, Unsigned};
use crate::envelope::{Received, SignatureMember};
use crate::wire::Form;

/// Where a signature stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// In the member `signature` of the envelope.
    Envelope,
    /// In the HTTP header `Signature`.
    Header,
}

impl Place {
    /// Puts `text` beside the content it was made over. `body` is what a header goes with.
    pub(super) fn put(self, unsigned: &Unsigned, form: Form, body: String, text: String) -> Sealed {
        match self {
            Self::Envelope => Sealed::in_envelope(unsigned.body(form, Some(&text)), Some(text)),
            Self::Header => {
                Sealed { body: body.into_bytes(), headers: vec![("Signature", text.clone())], signature: Some(text) }
            }
        }
    }
}

/// The text in the member `signature`.
pub(super) fn in_envelope_text(received: &Received) -> Option<&str> {
    match received.signature() {
        SignatureMember::Text(text) => Some(text),
        _ => None,
    }
}
