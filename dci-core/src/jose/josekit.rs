//! The OpenSSL provider, through `josekit`: its primitives only. It never reads JOSE text from the wire.

use super::algorithm::Algorithm;
use super::cipher::{Decrypt, SharedCipher};
use super::encryption::KeyManagement;
use super::openssl_cipher::{Decrypter, OpensslCipher};
use super::provider::{PrivateKey, Provider, Refused, Sign, SignError, Verify};
use super::public_key::{KeyRejected, PublicKey};
use crate::wire::{Json, Object};
use josekit::jwk::Jwk;
use josekit::jwk::alg::ec::{EcCurve, EcKeyPair};
use josekit::jwk::alg::ed::{EdCurve, EdKeyPair};
use josekit::jwk::alg::rsa::RsaKeyPair;
use josekit::jws::{self, JwsSigner, JwsVerifier};
use std::sync::Arc;

/// OpenSSL.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct JosekitOpenssl;

impl JosekitOpenssl {
    /// The provider.
    pub fn new() -> Self {
        Self
    }
}

const REJECTED: KeyRejected = KeyRejected("the key is not a valid key of its type");

struct Verifier(Box<dyn JwsVerifier>);

impl Verify for Verifier {
    fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Refused> {
        self.0.verify(message, signature).map_err(|_| Refused)
    }
}

struct Signer {
    signer: Box<dyn JwsSigner>,
    public_key: PublicKey,
}

impl Sign for Signer {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        self.signer.sign(message).map_err(|_| SignError)
    }

    fn public_key(&self) -> PublicKey {
        self.public_key.clone()
    }
}

/// A JWK of the checked members only: nothing that a message could have brought along.
fn jwk(key: &PublicKey) -> Result<Jwk, KeyRejected> {
    let members = key.to_jwk();
    let text = |value: &Json| value.as_str().map(|text| serde_json::Value::String(text.to_owned()));
    let map = members.iter().map(|(name, value)| Some((name.to_owned(), text(value)?)));
    let map: Option<serde_json::Map<_, _>> = map.collect();
    Jwk::from_map(map.ok_or(REJECTED)?).map_err(|_| REJECTED)
}

fn public_key(jwk: &Jwk) -> Result<PublicKey, KeyRejected> {
    let text = serde_json::to_vec(jwk.as_ref()).map_err(|_| REJECTED)?;
    let tree = Json::parse(&text).map_err(|_| REJECTED)?;
    let members: Object = tree.as_object().cloned().ok_or(REJECTED)?;
    PublicKey::from_jwk(&members)
}

impl Provider for JosekitOpenssl {
    fn name(&self) -> &'static str {
        "josekit"
    }

    fn verifier(&self, key: &PublicKey, algorithm: Algorithm) -> Result<Box<dyn Verify>, KeyRejected> {
        let jwk = jwk(key)?;
        macro_rules! verifier {
            ($algorithm:expr) => {
                Box::new($algorithm.verifier_from_jwk(&jwk).map_err(|_| REJECTED)?)
            };
        }
        let inner: Box<dyn JwsVerifier> = match algorithm {
            Algorithm::EdDsa => verifier!(jws::EdDSA),
            Algorithm::Es256 => verifier!(jws::ES256),
            Algorithm::Es384 => verifier!(jws::ES384),
            Algorithm::Rs256 => verifier!(jws::RS256),
            Algorithm::Rs384 => verifier!(jws::RS384),
            Algorithm::Rs512 => verifier!(jws::RS512),
            Algorithm::Ps256 => verifier!(jws::PS256),
            Algorithm::Ps384 => verifier!(jws::PS384),
            Algorithm::Ps512 => verifier!(jws::PS512),
        };
        Ok(Box::new(Verifier(inner)))
    }

    fn signer(&self, key: &PrivateKey, algorithm: Algorithm) -> Result<Box<dyn Sign>, KeyRejected> {
        let der = key.pkcs8_der();
        let public = match algorithm {
            Algorithm::EdDsa => EdKeyPair::from_der(der).map(|pair| pair.to_jwk_public_key()),
            Algorithm::Es256 => EcKeyPair::from_der(der, Some(EcCurve::P256)).map(|pair| pair.to_jwk_public_key()),
            Algorithm::Es384 => EcKeyPair::from_der(der, Some(EcCurve::P384)).map(|pair| pair.to_jwk_public_key()),
            _ => RsaKeyPair::from_der(der).map(|pair| pair.to_jwk_public_key()),
        };
        let public_key = public_key(&public.map_err(|_| REJECTED)?)?;
        macro_rules! signer {
            ($algorithm:expr) => {
                Box::new($algorithm.signer_from_der(der).map_err(|_| REJECTED)?)
            };
        }
        let signer: Box<dyn JwsSigner> = match algorithm {
            Algorithm::EdDsa => signer!(jws::EdDSA),
            Algorithm::Es256 => signer!(jws::ES256),
            Algorithm::Es384 => signer!(jws::ES384),
            Algorithm::Rs256 => signer!(jws::RS256),
            Algorithm::Rs384 => signer!(jws::RS384),
            Algorithm::Rs512 => signer!(jws::RS512),
            Algorithm::Ps256 => signer!(jws::PS256),
            Algorithm::Ps384 => signer!(jws::PS384),
            Algorithm::Ps512 => signer!(jws::PS512),
        };
        Ok(Box::new(Signer { signer, public_key }))
    }

    fn decrypter(&self, key: &PrivateKey, key_management: KeyManagement) -> Result<Box<dyn Decrypt>, KeyRejected> {
        Ok(Box::new(match key_management {
            KeyManagement::RsaOaep256 => Decrypter::rsa(key)?,
            KeyManagement::EcdhEs | KeyManagement::EcdhEsA256Kw => Decrypter::ec(key)?,
        }))
    }

    fn cipher(&self) -> SharedCipher {
        Arc::new(OpensslCipher)
    }

    fn generate(&self, algorithm: Algorithm) -> Result<PrivateKey, KeyRejected> {
        const FAILED: KeyRejected = KeyRejected("the provider could not make a key");
        let der = match algorithm {
            Algorithm::EdDsa => EdKeyPair::generate(EdCurve::Ed25519).map(|pair| pair.to_der_private_key()),
            Algorithm::Es256 => EcKeyPair::generate(EcCurve::P256).map(|pair| pair.to_der_private_key()),
            Algorithm::Es384 => EcKeyPair::generate(EcCurve::P384).map(|pair| pair.to_der_private_key()),
            _ => RsaKeyPair::generate(2048).map(|pair| pair.to_der_private_key()),
        };
        der.map(PrivateKey::from_pkcs8_der).map_err(|_| FAILED)
    }
}
