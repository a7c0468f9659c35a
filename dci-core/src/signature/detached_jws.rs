//! A detached JWS over the sorted compact UTF-8 JSON of header and message (RFC 7515 appendix F): the form to recommend.

use super::scheme::{Claimed, SignatureError, SignatureScheme, Validity, first_received_then_canonical};
use crate::envelope::Received;
use crate::id::SystemId;
use crate::jose::{Jws, SignError, SigningKey, VerificationKey, sign_detached};
use crate::wire::Form;

/// A detached JWS in the `signature` member.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct DetachedJws;

impl DetachedJws {
    /// The scheme.
    pub fn new() -> Self {
        Self
    }
}

fn read(text: &str) -> Result<Jws, SignatureError> {
    Jws::parse_detached(text.trim()).map_err(|_| SignatureError("not an acceptable detached JWS"))
}

impl SignatureScheme for DetachedJws {
    fn name(&self) -> &'static str {
        "detached-jws"
    }

    fn form(&self) -> Form {
        Form::SortedUtf8
    }

    fn recognises(&self, text: &str) -> bool {
        text.contains("..") && !text.contains('=')
    }

    fn claims(&self, text: &str) -> Result<Claimed, SignatureError> {
        let jws = read(text)?;
        Ok(Claimed { key_id: jws.key_id().cloned(), sender_id: None, algorithm: jws.algorithm(), validity: None })
    }

    fn verify(&self, text: &str, received: &Received, key: &VerificationKey) -> Result<(), SignatureError> {
        let jws = read(text)?;
        first_received_then_canonical(received, Form::SortedUtf8, |content| jws.verify_detached(content, key).is_ok())
    }

    fn sign(&self, content: &[u8], _: &SystemId, key: &SigningKey, _: Validity) -> Result<String, SignError> {
        sign_detached(content, key)
    }
}
