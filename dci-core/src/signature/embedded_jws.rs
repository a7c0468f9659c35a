//! A compact JWS that carries the whole message as its payload, beside the envelope it repeats.

use super::place::in_envelope_text;
use super::scheme::{Basis, Claimed, Found, Sealed, SignatureError, SignatureScheme, Signer, Unsigned};
use crate::envelope::Received;
use crate::jose::{Algorithm, Jws, SignError, VerificationKey, sign_attached};
use crate::wire::{Form, Json, Limits};

/// A compact JWS in the `signature` member whose payload is `{"header":…,"message":…}`.
///
/// Nothing is canonicalised: the payload is compared with the envelope value by value, both ways. A member that stands in
/// one of them only is a difference.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct EmbeddedJws;

impl EmbeddedJws {
    /// The scheme.
    pub fn new() -> Self {
        Self
    }
}

struct FoundEmbedded {
    text: String,
    jws: Jws,
    claimed: Claimed,
}

impl Found for FoundEmbedded {
    fn text(&self) -> &str {
        &self.text
    }

    fn claimed(&self) -> &Claimed {
        &self.claimed
    }

    fn verify(&self, received: &Received, key: &VerificationKey) -> Result<Basis, SignatureError> {
        let payload = self.jws.verify_attached(key).map_err(|_| SignatureError("the signature does not hold"))?;
        let payload = Json::parse_within(&payload, &Limits::default())
            .map_err(|_| SignatureError("the payload of the JWS is not strict JSON"))?;
        let repeated = payload.as_object().filter(|payload| payload.len() == 2);
        let same = repeated.is_some_and(|payload| {
            let equal = |name: &str, part: &Json| payload.get(name).is_some_and(|value| value.same_value(part));
            equal("header", received.header()) && equal("message", received.message())
        });
        if same { Ok(Basis::Embedded) } else { Err(SignatureError("the payload of the JWS is not the envelope")) }
    }
}

impl SignatureScheme for EmbeddedJws {
    fn name(&self) -> &'static str {
        "embedded-jws"
    }

    fn takes(&self, _: Algorithm) -> bool {
        true
    }

    fn form(&self) -> Form {
        Form::Compact
    }

    fn find(&self, received: &Received) -> Option<Result<Box<dyn Found>, SignatureError>> {
        let text = in_envelope_text(received)?;
        let one_word = !text.trim().contains(|letter: char| letter == '=' || letter == '"' || letter.is_whitespace());
        if !one_word || text.split('.').count() != 3 || text.contains("..") {
            return None;
        }
        let jws = Jws::parse_attached(text.trim()).map_err(|_| SignatureError("not an acceptable compact JWS"));
        Some(jws.map(|jws| {
            let claimed =
                Claimed { key_id: jws.key_id().cloned(), sender_id: None, algorithm: jws.algorithm(), validity: None };
            Box::new(FoundEmbedded { text: text.to_owned(), jws, claimed }) as Box<dyn Found>
        }))
    }

    fn sign(&self, unsigned: &Unsigned, signer: &Signer<'_>) -> Result<Sealed, SignError> {
        let text = sign_attached(unsigned.content(Form::Compact).as_bytes(), signer.key)?;
        Ok(Sealed::in_envelope(unsigned.body(Form::Compact, Some(&text)), Some(text)))
    }
}
