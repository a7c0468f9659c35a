//! Encrypted messages (`EncryptedMessage`): flattened JWE (RFC 7516 section 7.2.2). The standard has the header
//! unprotected; a protected header and additional data (`aad`) are options.
//!
//! What comes over the wire is judged before a key is touched: members and header members from an allow-list, every
//! length as its algorithm implies it, the algorithm that was fixed when the key was taken in.

use super::agreement::derive_key;
use super::base64url::{decode, encode};
use super::cipher::{EncryptError, Secret};
use super::encryption::{ContentEncryption, JweRefused, KeyManagement};
use super::encryption_key::{DecryptionKey, EncryptionKey};
use super::public_key::PublicKey;
use crate::id::KeyId;
use crate::wire::{Form, Json, Limits, Object};

/// An encrypted message that passed every rule that needs no key.
#[derive(Clone)]
pub struct Jwe {
    key_management: KeyManagement,
    content_encryption: ContentEncryption,
    key_id: Option<KeyId>,
    ephemeral: Option<PublicKey>,
    /// The protected header as it came, base64url; empty when there is none.
    protected: String,
    aad: Option<Vec<u8>>,
    encrypted_key: Vec<u8>,
    iv: [u8; 12],
    ciphertext: Vec<u8>,
    tag: [u8; 16],
}

/// What the header may hold. `zip`, `crit`, `jwk`, `jku`, `x5u`, `x5c` and everything else is refused.
const HEADER: [&str; 6] = ["alg", "enc", "kid", "epk", "typ", "cty"];
/// What an ephemeral key may hold.
const EPHEMERAL: [&str; 4] = ["kty", "crv", "x", "y"];
/// What the message may hold.
const MEMBERS: [&str; 7] = ["header", "protected", "encrypted_key", "iv", "ciphertext", "tag", "aad"];
/// Longer protected headers and additional data are not read.
const HEADER_BYTES: usize = 2_048;

/// The protected and the unprotected header as one; a member that stands in both is refused.
fn joined(message: &Object) -> Option<(Object, String)> {
    let (protected, mut header) = match message.get("protected") {
        None => (String::new(), Object::new()),
        Some(value) => {
            let text = value.as_str().filter(|text| !text.is_empty() && text.len() <= HEADER_BYTES)?;
            let limits = Limits { depth: 3, members: 16, ..Limits::default() };
            let tree = Json::parse_within(&decode(text)?, &limits).ok()?;
            (text.to_owned(), tree.as_object()?.clone())
        }
    };
    if let Some(unprotected) = message.get("header") {
        for (name, value) in unprotected.as_object()?.iter() {
            if header.get(name).is_some() {
                return None;
            }
            header.insert(name, value.clone());
        }
    }
    let known = header.iter().all(|(name, _)| HEADER.contains(&name));
    known.then_some((header, protected))
}

fn ephemeral_key(value: &Json) -> Option<PublicKey> {
    let jwk = value.as_object().filter(|jwk| jwk.iter().all(|(name, _)| EPHEMERAL.contains(&name)))?;
    PublicKey::from_jwk(jwk).ok()
}

impl Jwe {
    /// Reads the `message` of an encrypted envelope.
    pub fn parse(message: &Object) -> Result<Self, JweRefused> {
        Self::read(message).ok_or(JweRefused)
    }

    fn read(message: &Object) -> Option<Self> {
        if message.iter().any(|(name, _)| !MEMBERS.contains(&name)) {
            return None;
        }
        let (header, protected) = joined(message)?;
        let text = |name: &str| header.get(name).map(|value| value.as_str().ok_or(())).transpose().ok();
        let bytes = |name: &str| message.get(name).and_then(Json::as_str).and_then(decode);
        let key_management = KeyManagement::from_name(text("alg")??)?;
        let content_encryption = ContentEncryption::from_name(text("enc")??)?;
        text("typ")?;
        text("cty")?;
        let key_id = text("kid")?.map(KeyId::new).transpose().ok()?;
        let ephemeral = match header.get("epk") {
            None => None,
            Some(value) => Some(ephemeral_key(value)?),
        };
        let encrypted_key = match message.get("encrypted_key") {
            None => Vec::new(),
            Some(_) => bytes("encrypted_key")?,
        };
        let fits = match (key_management, &ephemeral) {
            (KeyManagement::RsaOaep256, None) => (256..=1_024).contains(&encrypted_key.len()),
            (KeyManagement::EcdhEs, Some(PublicKey::Ec { .. })) => encrypted_key.is_empty(),
            (KeyManagement::EcdhEsA256Kw, Some(PublicKey::Ec { .. })) => {
                encrypted_key.len() == content_encryption.key_len() + 8
            }
            _ => false,
        };
        let aad = match message.get("aad") {
            None => None,
            Some(_) => Some(bytes("aad").filter(|aad| !aad.is_empty() && aad.len() <= HEADER_BYTES)?),
        };
        let ciphertext = bytes("ciphertext").filter(|bytes| !bytes.is_empty())?;
        let (iv, tag) = (bytes("iv")?.try_into().ok()?, bytes("tag")?.try_into().ok()?);
        let read = Self {
            key_management,
            content_encryption,
            key_id,
            ephemeral,
            protected,
            aad,
            encrypted_key,
            iv,
            ciphertext,
            tag,
        };
        fits.then_some(read)
    }

    /// How the content key reaches the receiver.
    pub fn key_management(&self) -> KeyManagement {
        self.key_management
    }

    /// How the content is encrypted.
    pub fn content_encryption(&self) -> ContentEncryption {
        self.content_encryption
    }

    /// The key of the receiver it was encrypted for.
    pub fn key_id(&self) -> Option<&KeyId> {
        self.key_id.as_ref()
    }

    /// Whether its header is protected.
    pub fn is_protected(&self) -> bool {
        !self.protected.is_empty()
    }

    /// What it is bound to, where it is.
    pub fn aad(&self) -> Option<&[u8]> {
        self.aad.as_deref()
    }

    /// Whether it can have been encrypted for `key` at all: the key it names, its algorithm, and the exact length the
    /// encrypted key has then.
    pub fn fits(&self, key: &DecryptionKey) -> bool {
        let length = match key.public_key() {
            PublicKey::Rsa { n, .. } => n.len() == self.encrypted_key.len(),
            PublicKey::Ec { curve, .. } => {
                matches!(&self.ephemeral, Some(PublicKey::Ec { curve: other, .. }) if other == curve)
            }
            PublicKey::Ed25519(_) => false,
        };
        length
            && key.key_management() == self.key_management
            && self.key_id.as_ref().is_none_or(|key_id| key_id == key.key_id())
    }

    /// Opens it with `key`.
    pub fn decrypt(&self, key: &DecryptionKey) -> Result<Secret, JweRefused> {
        if !self.fits(key) {
            return Err(JweRefused);
        }
        let cipher = key.cipher();
        let length = self.content_encryption.key_len();
        let content_key = match (self.key_management, &self.ephemeral) {
            (KeyManagement::RsaOaep256, _) => key.decrypter().oaep_decrypt(&self.encrypted_key)?,
            (KeyManagement::EcdhEs, Some(ephemeral)) => {
                derive_key(&key.decrypter().agree(ephemeral)?, self.content_encryption.name(), length)
            }
            (KeyManagement::EcdhEsA256Kw, Some(ephemeral)) => {
                let agreed = key.decrypter().agree(ephemeral)?;
                cipher.unwrap(&derive_key(&agreed, self.key_management.name(), 32), &self.encrypted_key)?
            }
            _ => return Err(JweRefused),
        };
        if content_key.len() != length {
            return Err(JweRefused);
        }
        let aad = associated_data(&self.protected, self.aad.as_deref());
        cipher.gcm_open(&content_key, &self.iv, aad.as_bytes(), &self.ciphertext, &self.tag)
    }
}

impl std::fmt::Debug for Jwe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Jwe").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

/// What the tag covers beside the ciphertext (RFC 7516 section 5.1, step 14).
fn associated_data(protected: &str, aad: Option<&[u8]>) -> String {
    match aad {
        None => protected.to_owned(),
        Some(aad) => [protected, ".", &encode(aad)].concat(),
    }
}

/// How a message is encrypted.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct JweOptions {
    /// How the content is encrypted.
    pub content_encryption: ContentEncryption,
    /// Put the header where the tag covers it.
    pub protected: bool,
    /// What the message is bound to.
    pub aad: Option<Vec<u8>>,
}

/// Encrypts `plain` for `key`: the `message` of an encrypted envelope.
pub fn encrypt(plain: &[u8], key: &EncryptionKey, options: &JweOptions) -> Result<Object, EncryptError> {
    let cipher = key.cipher();
    let enc = options.content_encryption;
    let mut header = Object::new();
    header.insert("alg", key.key_management().name());
    header.insert("enc", enc.name());
    header.insert("kid", key.key_id().as_str());
    let mut content_key = Secret::new(vec![0; enc.key_len()]);
    cipher.random(&mut content_key)?;
    let mut encrypted_key = Vec::new();
    match (key.key_management(), key.public_key()) {
        (KeyManagement::RsaOaep256, public) => encrypted_key = cipher.oaep_encrypt(public, &content_key)?,
        (management, public @ PublicKey::Ec { curve, .. }) => {
            let (ephemeral, agreed) = cipher.agree_new(*curve, public)?;
            header.insert("epk", ephemeral.to_jwk());
            if management == KeyManagement::EcdhEs {
                content_key = derive_key(&agreed, enc.name(), enc.key_len());
            } else {
                encrypted_key = cipher.wrap(&derive_key(&agreed, management.name(), 32), &content_key)?;
            }
        }
        _ => return Err(EncryptError),
    }
    let mut out = Object::new();
    let mut protected = String::new();
    if options.protected {
        protected = encode(Json::Object(header).print(Form::Compact).as_bytes());
        out.insert("protected", protected.as_str());
    } else {
        out.insert("header", header);
    }
    let mut iv = [0; 12];
    cipher.random(&mut iv)?;
    let aad = associated_data(&protected, options.aad.as_deref());
    let (ciphertext, tag) = cipher.gcm_seal(&content_key, &iv, aad.as_bytes(), plain)?;
    // RFC 7516 section 7.2.1: absent when it would be empty, although the standard's schema asks for it always.
    if !encrypted_key.is_empty() {
        out.insert("encrypted_key", encode(&encrypted_key));
    }
    if let Some(aad) = &options.aad {
        out.insert("aad", encode(aad));
    }
    out.insert("iv", encode(&iv));
    out.insert("ciphertext", encode(&ciphertext));
    out.insert("tag", encode(&tag));
    Ok(out)
}
