//! JWS in compact form (RFC 7515): attached, or detached with an empty middle part (appendix F).

use super::algorithm::Algorithm;
use super::base64url::{decode, encode};
use super::key::{SigningKey, VerificationKey};
use super::provider::{Refused, SignError};
use crate::id::KeyId;
use crate::wire::{Json, Limits, Object};

/// Why a text is not taken as a JWS. One message for all: whoever made it gains nothing from the difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an acceptable JWS: {0}")]
pub struct JwsError(&'static str);

/// A JWS that was read and judged, not verified.
#[derive(Clone)]
pub struct Jws {
    protected: String,
    algorithm: Algorithm,
    key_id: Option<KeyId>,
    payload: Option<String>,
    signature: Vec<u8>,
}

/// The members a protected header may hold. Anything else is refused: `crit`, `zip` and `b64` change what is signed,
/// `jwk`, `jku`, `x5u`, `x5c` and `x5t` bring keys along.
const ALLOWED: [&str; 4] = ["alg", "kid", "typ", "cty"];
/// Longer protected headers are not read.
const HEADER_BYTES: usize = 2_048;

impl Jws {
    /// Reads a detached JWS, `header..signature`.
    pub fn parse_detached(text: &str) -> Result<Self, JwsError> {
        let jws = Self::parse(text)?;
        if jws.payload.as_deref() != Some("") {
            return Err(JwsError("the payload must be detached"));
        }
        Ok(Self { payload: None, ..jws })
    }

    /// Reads an attached JWS, `header.payload.signature`.
    pub fn parse_attached(text: &str) -> Result<Self, JwsError> {
        let jws = Self::parse(text)?;
        if jws.payload.as_deref() == Some("") {
            return Err(JwsError("the payload is missing"));
        }
        Ok(jws)
    }

    fn parse(text: &str) -> Result<Self, JwsError> {
        let parts: Vec<&str> = text.split('.').collect();
        let &[protected, payload, signature] = parts.as_slice() else {
            return Err(JwsError("it must have three parts"));
        };
        if protected.len() > HEADER_BYTES {
            return Err(JwsError("the header is too long"));
        }
        let header = decode(protected).ok_or(JwsError("the header is not strict base64url"))?;
        let signature = decode(signature).ok_or(JwsError("the signature is not strict base64url"))?;
        let limits = Limits { depth: 2, members: 16, ..Limits::default() };
        let header = Json::parse_within(&header, &limits).map_err(|_| JwsError("the header is not strict JSON"))?;
        let header = header.as_object().ok_or(JwsError("the header must be an object"))?;
        if header.iter().any(|(name, _)| !ALLOWED.contains(&name)) {
            return Err(JwsError("the header holds a member that is not allowed"));
        }
        let text = |name: &'static str| match header.get(name) {
            None => Ok(None),
            Some(value) => value.as_str().map(Some).ok_or(JwsError("a header member must be a text")),
        };
        let algorithm = text("alg")?.and_then(Algorithm::from_name).ok_or(JwsError("alg is missing or not offered"))?;
        let key_id = text("kid")?.map(KeyId::new).transpose().map_err(|_| JwsError("kid is not acceptable"))?;
        text("typ")?;
        text("cty")?;
        Ok(Self { protected: protected.to_owned(), algorithm, key_id, payload: Some(payload.to_owned()), signature })
    }

    /// The algorithm the header names.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The key the header names.
    pub fn key_id(&self) -> Option<&KeyId> {
        self.key_id.as_ref()
    }

    /// Checks a detached JWS over `payload`.
    pub fn verify_detached(&self, payload: &[u8], key: &VerificationKey) -> Result<(), Refused> {
        if self.payload.is_some() {
            return Err(Refused);
        }
        self.check(&encode(payload), key)
    }

    /// Checks an attached JWS and returns its payload.
    pub fn verify_attached(&self, key: &VerificationKey) -> Result<Vec<u8>, Refused> {
        let payload = self.payload.as_deref().ok_or(Refused)?;
        let bytes = decode(payload).ok_or(Refused)?;
        self.check(payload, key)?;
        Ok(bytes)
    }

    fn check(&self, payload: &str, key: &VerificationKey) -> Result<(), Refused> {
        if key.algorithm() != self.algorithm || self.key_id.as_ref().is_some_and(|key_id| key_id != key.key_id()) {
            return Err(Refused);
        }
        key.verify(signing_input(&self.protected, payload).as_bytes(), &self.signature)
    }
}

impl std::fmt::Debug for Jws {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Jws").field("algorithm", &self.algorithm).field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

fn signing_input(protected: &str, payload: &str) -> String {
    [protected, ".", payload].concat()
}

fn protect(key: &SigningKey) -> String {
    let mut header = Object::new();
    header.insert("alg", key.algorithm().name());
    header.insert("kid", key.key_id().as_str());
    header.insert("typ", "JWT");
    encode(Json::Object(header).print(crate::wire::Form::Compact).as_bytes())
}

/// Signs `payload`; the JWS carries it.
pub fn sign_attached(payload: &[u8], key: &SigningKey) -> Result<String, SignError> {
    let input = signing_input(&protect(key), &encode(payload));
    let signature = key.sign(input.as_bytes())?;
    Ok([&input, ".", &encode(&signature)].concat())
}

/// Signs `payload`; the JWS does not carry it.
pub fn sign_detached(payload: &[u8], key: &SigningKey) -> Result<String, SignError> {
    let protected = protect(key);
    let signature = key.sign(signing_input(&protected, &encode(payload)).as_bytes())?;
    Ok([&protected, "..", &encode(&signature)].concat())
}
