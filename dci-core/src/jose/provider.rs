//! Where the primitives come from.

use super::algorithm::Algorithm;
use super::base64url::decode;
use super::cipher::{Decrypt, SharedCipher};
use super::der;
use super::encryption::KeyManagement;
use super::public_key::{Curve, KeyRejected, PublicKey};
use crate::wire::{Json, Object};
use base64::Engine as _;
use std::fmt;
use zeroize::Zeroizing;

/// A signature that does not hold. One value for every cause: a caller learns nothing from the difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not hold")]
#[allow(clippy::exhaustive_structs)] // it says all it will ever say
pub struct Refused;

/// The provider could not sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the provider could not sign")]
#[allow(clippy::exhaustive_structs)]
pub struct SignError;

/// Checks signatures with one public key and one algorithm.
pub trait Verify: Send + Sync {
    /// Whether `signature` is this key's signature of `message`.
    fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Refused>;
}

/// Signs with one private key and one algorithm.
pub trait Sign: Send + Sync {
    /// The signature of `message`, in the form JWS has it (for ECDSA, r and s in full length).
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError>;

    /// The public key that verifies it.
    fn public_key(&self) -> PublicKey;
}

/// A source of primitives. The two of this crate are `AwsLc` (feature `aws-lc`) and `JosekitOpenssl` (feature
/// `josekit`); one is chosen by constructing it, nothing is global to the process.
pub trait Provider: Send + Sync {
    /// The provider's name, for reports.
    fn name(&self) -> &'static str;

    /// Takes in a public key: also checks that a point lies on its curve.
    fn verifier(&self, key: &PublicKey, algorithm: Algorithm) -> Result<Box<dyn Verify>, KeyRejected>;

    /// Takes in a private key.
    fn signer(&self, key: &PrivateKey, algorithm: Algorithm) -> Result<Box<dyn Sign>, KeyRejected>;

    /// Makes a new private key for `algorithm`.
    fn generate(&self, algorithm: Algorithm) -> Result<PrivateKey, KeyRejected>;

    /// Takes in a private key that opens messages.
    fn decrypter(&self, key: &PrivateKey, key_management: KeyManagement) -> Result<Box<dyn Decrypt>, KeyRejected>;

    /// What encryption needs beside private keys.
    fn cipher(&self) -> SharedCipher;
}

/// A private key in PKCS#8, wiped when dropped.
#[derive(Clone)]
pub struct PrivateKey(Zeroizing<Vec<u8>>);

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

impl PrivateKey {
    /// From PKCS#8 DER. What is in it is judged when a provider takes the key.
    pub fn from_pkcs8_der(der: Vec<u8>) -> Self {
        Self(Zeroizing::new(der))
    }

    /// From PEM: one block `PRIVATE KEY` (PKCS#8) or `RSA PRIVATE KEY` (PKCS#1).
    pub fn from_pem(pem: &str) -> Result<Self, KeyRejected> {
        const NOT_PEM: KeyRejected = KeyRejected(
            "the PEM text must hold one block PRIVATE KEY (PKCS#8) or RSA PRIVATE KEY (PKCS#1), not encrypted",
        );
        let block = |label: &str| -> Option<Zeroizing<Vec<u8>>> {
            let start = pem.split_once(&format!("-----BEGIN {label}-----"))?.1;
            let body = start.split_once(&format!("-----END {label}-----"))?.0;
            let text: Zeroizing<String> = Zeroizing::new(body.split_whitespace().collect());
            base64::engine::general_purpose::STANDARD.decode(text.as_bytes()).ok().map(Zeroizing::new)
        };
        if let Some(der) = block("PRIVATE KEY") {
            return Ok(Self(der));
        }
        block("RSA PRIVATE KEY").map(|der| Self(Zeroizing::new(der::rsa_private_info(&der)))).ok_or(NOT_PEM)
    }

    /// From a private JWK (RFC 7518 section 6, RFC 8037).
    pub fn from_jwk(jwk: &Object) -> Result<Self, KeyRejected> {
        let text = |name: &str| jwk.get(name).and_then(Json::as_str);
        let bytes = |name: &str| {
            text(name).and_then(decode).ok_or(KeyRejected("a key member is missing or not strict base64url"))
        };
        let ec = |curve: Curve| -> Result<Vec<u8>, KeyRejected> {
            let point = [vec![4], bytes("x")?, bytes("y")?].concat();
            Ok(der::ec_private(curve.oid(), &bytes("d")?, &point))
        };
        let der = match (text("kty"), text("crv")) {
            (Some("OKP"), Some("Ed25519")) => der::ed25519_private(&bytes("d")?),
            (Some("EC"), Some("P-256")) => ec(Curve::P256)?,
            (Some("EC"), Some("P-384")) => ec(Curve::P384)?,
            (Some("RSA"), _) => {
                let parts = ["n", "e", "d", "p", "q", "dp", "dq", "qi"].into_iter().map(bytes);
                der::rsa_private(&parts.collect::<Result<Vec<_>, _>>()?)
            }
            _ => return Err(KeyRejected("the key type is not offered")),
        };
        Ok(Self(Zeroizing::new(der)))
    }

    /// From the 32 bytes of an Ed25519 seed.
    pub fn from_ed25519_seed(seed: &[u8; 32]) -> Self {
        Self(Zeroizing::new(der::ed25519_private(seed)))
    }

    /// The PKCS#8 bytes, for providers.
    pub fn pkcs8_der(&self) -> &[u8] {
        &self.0
    }
}
