//! A detached JWS (RFC 7515 appendix F) over sorted compact JSON: the form to recommend.

use super::content::{Covered, try_each};
use super::place::{Place, in_envelope_text};
use super::scheme::{Basis, Claimed, Found, Sealed, SignatureError, SignatureScheme, Signer, Unsigned};
use crate::envelope::Received;
use crate::jose::{Algorithm, Jws, SignError, VerificationKey, sign_detached};
use crate::wire::Form;

/// A detached JWS over header and message in the `signature` member, or over the whole body in the HTTP header
/// `Signature`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DetachedJws {
    form: Form,
    covered: Covered,
    place: Place,
    name: &'static str,
}

impl Default for DetachedJws {
    fn default() -> Self {
        Self::new()
    }
}

impl DetachedJws {
    /// In the member, over the sorted compact UTF-8 JSON of header and message.
    pub fn new() -> Self {
        Self { form: Form::SortedUtf8, covered: Covered::Parts, place: Place::Envelope, name: "detached-jws" }
    }

    /// Over the JSON Canonicalization Scheme.
    pub fn jcs() -> Self {
        Self { form: Form::Jcs, name: "detached-jws-jcs", ..Self::new() }
    }

    /// In the HTTP header, over the sorted compact UTF-8 JSON of the whole body, in which the member is an empty text.
    pub fn in_header() -> Self {
        Self { covered: Covered::Body, place: Place::Header, name: "detached-jws-header", ..Self::new() }
    }
}

struct FoundJws {
    scheme: DetachedJws,
    text: String,
    jws: Jws,
    claimed: Claimed,
}

impl Found for FoundJws {
    fn text(&self) -> &str {
        &self.text
    }

    fn claimed(&self) -> &Claimed {
        &self.claimed
    }

    fn verify(&self, received: &Received, key: &VerificationKey) -> Result<Basis, SignatureError> {
        let DetachedJws { form, covered, .. } = self.scheme;
        try_each(received, form, covered, false, |content| self.jws.verify_detached(content, key).is_ok())
    }
}

impl SignatureScheme for DetachedJws {
    fn name(&self) -> &'static str {
        self.name
    }

    fn takes(&self, _: Algorithm) -> bool {
        true
    }

    fn form(&self) -> Form {
        self.form
    }

    fn find(&self, received: &Received) -> Option<Result<Box<dyn Found>, SignatureError>> {
        let text = match self.place {
            Place::Envelope => in_envelope_text(received)?,
            Place::Header => received.carrier().header("signature")?,
        };
        if !text.contains("..") || text.contains('=') {
            return None;
        }
        let jws = Jws::parse_detached(text.trim()).map_err(|_| SignatureError("not an acceptable detached JWS"));
        Some(jws.map(|jws| {
            let claimed =
                Claimed { key_id: jws.key_id().cloned(), sender_id: None, algorithm: jws.algorithm(), validity: None };
            Box::new(FoundJws { scheme: *self, text: text.to_owned(), jws, claimed }) as Box<dyn Found>
        }))
    }

    fn sign(&self, unsigned: &Unsigned, signer: &Signer<'_>) -> Result<Sealed, SignError> {
        let content = match self.covered {
            Covered::Parts => unsigned.content(self.form),
            Covered::Body => unsigned.whole(self.form, ""),
        };
        let text = sign_detached(content.as_bytes(), signer.key)?;
        Ok(self.place.put(unsigned, self.form, content, text))
    }
}
