//! Base64 of an RSA signature over the texts of header and message, one after the other: what the G2P Connect reference
//! registry uses. It names neither key nor sender nor time; the envelope's own members must carry all of it.

use super::place::in_envelope_text;
use super::scheme::{Basis, Claimed, Found, Sealed, SignatureError, SignatureScheme, Signer, Unsigned};
use crate::envelope::Received;
use crate::jose::{Algorithm, SignError, VerificationKey};
use crate::wire::Form;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// RSA over the concatenated texts of header and message, in the order of their members.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct ConcatRsa;

impl ConcatRsa {
    /// The scheme.
    pub fn new() -> Self {
        Self
    }
}

struct FoundRsa {
    text: String,
    signature: Vec<u8>,
    claimed: Claimed,
}

impl Found for FoundRsa {
    fn text(&self) -> &str {
        &self.text
    }

    fn claimed(&self) -> &Claimed {
        &self.claimed
    }

    fn verify(&self, received: &Received, key: &VerificationKey) -> Result<Basis, SignatureError> {
        let holds =
            |content: &[u8]| key.algorithm() == Algorithm::Rs256 && key.verify(content, &self.signature).is_ok();
        if holds(&received.parts_as_received()) {
            return Ok(Basis::Received);
        }
        let compact = [received.header().print(Form::Compact), received.print_message(Form::Compact)].concat();
        if holds(compact.as_bytes()) {
            return Ok(Basis::Canonical);
        }
        Err(SignatureError("the signature does not hold"))
    }
}

impl SignatureScheme for ConcatRsa {
    fn name(&self) -> &'static str {
        "concat-rsa"
    }

    fn takes(&self, algorithm: Algorithm) -> bool {
        algorithm == Algorithm::Rs256
    }

    fn form(&self) -> Form {
        Form::Compact
    }

    fn find(&self, received: &Received) -> Option<Result<Box<dyn Found>, SignatureError>> {
        let text = in_envelope_text(received)?;
        let plain =
            text.len() >= 342 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte));
        if !plain {
            return None;
        }
        let signature = STANDARD.decode(text).map_err(|_| SignatureError("the signature is not base64"));
        let claimed = Claimed { key_id: None, sender_id: None, algorithm: Algorithm::Rs256, validity: None };
        Some(
            signature
                .map(|signature| Box::new(FoundRsa { text: text.to_owned(), signature, claimed }) as Box<dyn Found>),
        )
    }

    fn sign(&self, unsigned: &Unsigned, signer: &Signer<'_>) -> Result<Sealed, SignError> {
        if !self.takes(signer.key.algorithm()) {
            return Err(SignError);
        }
        let content = [unsigned.header.print(Form::Compact), unsigned.message.print(Form::Compact)].concat();
        let text = STANDARD.encode(signer.key.sign(content.as_bytes())?);
        Ok(Sealed::in_envelope(unsigned.body(Form::Compact, Some(&text)), Some(text)))
    }
}
