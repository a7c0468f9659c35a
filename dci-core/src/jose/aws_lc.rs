//! The default provider: AWS-LC through `aws-lc-rs`. Needs a C compiler to build, nothing at run time.

use super::algorithm::Algorithm;
use super::aws_lc_cipher::{AwsLcCipher, Decrypter};
use super::cipher::{Decrypt, SharedCipher};
use super::der;
use super::encryption::KeyManagement;
use super::provider::{PrivateKey, Provider, Refused, Sign, SignError, Verify};
use super::public_key::{Curve, KeyRejected, PublicKey};
use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    self, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, ParsedPublicKey, RsaEncoding, RsaKeyPair,
};
use std::sync::Arc;

/// AWS-LC.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct AwsLc;

impl AwsLc {
    /// The provider.
    pub fn new() -> Self {
        Self
    }
}

const REJECTED: KeyRejected = KeyRejected("the key is not a valid key of its type");

struct Verifier(ParsedPublicKey);

impl Verify for Verifier {
    fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Refused> {
        self.0.verify_sig(message, signature).map_err(|_| Refused)
    }
}

enum Signer {
    Ed25519(Ed25519KeyPair),
    Ec(Curve, EcdsaKeyPair),
    Rsa(&'static dyn RsaEncoding, RsaKeyPair),
}

impl Sign for Signer {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        match self {
            Self::Ed25519(pair) => Ok(pair.sign(message).as_ref().to_vec()),
            Self::Ec(_, pair) => {
                let signature = pair.sign(&SystemRandom::new(), message).map_err(|_| SignError)?;
                Ok(signature.as_ref().to_vec())
            }
            Self::Rsa(encoding, pair) => {
                let mut out = vec![0; pair.public_modulus_len()];
                pair.sign(*encoding, &SystemRandom::new(), message, &mut out).map_err(|_| SignError)?;
                Ok(out)
            }
        }
    }

    fn public_key(&self) -> PublicKey {
        match self {
            Self::Ed25519(pair) => PublicKey::Ed25519(pair.public_key().as_ref().try_into().unwrap_or_default()),
            Self::Ec(curve, pair) => {
                let point = pair.public_key().as_ref().get(1..).unwrap_or_default();
                let (x, y) = point.split_at(point.len() / 2);
                PublicKey::Ec { curve: *curve, x: x.to_vec(), y: y.to_vec() }
            }
            Self::Rsa(_, pair) => {
                let public = pair.public_key();
                let n = public.modulus().big_endian_without_leading_zero().to_vec();
                PublicKey::Rsa { n, e: public.exponent().big_endian_without_leading_zero().to_vec() }
            }
        }
    }
}

impl Provider for AwsLc {
    fn name(&self) -> &'static str {
        "aws-lc"
    }

    fn verifier(&self, key: &PublicKey, algorithm: Algorithm) -> Result<Box<dyn Verify>, KeyRejected> {
        let bytes = match key {
            PublicKey::Ed25519(point) => point.to_vec(),
            PublicKey::Ec { x, y, .. } => [&[4], x.as_slice(), y.as_slice()].concat(),
            PublicKey::Rsa { n, e } => der::rsa_public(n, e),
        };
        let parsed = match algorithm {
            Algorithm::EdDsa => ParsedPublicKey::new(&signature::ED25519, bytes),
            Algorithm::Es256 => ParsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, bytes),
            Algorithm::Es384 => ParsedPublicKey::new(&signature::ECDSA_P384_SHA384_FIXED, bytes),
            Algorithm::Rs256 => ParsedPublicKey::new(&signature::RSA_PKCS1_2048_8192_SHA256, bytes),
            Algorithm::Rs384 => ParsedPublicKey::new(&signature::RSA_PKCS1_2048_8192_SHA384, bytes),
            Algorithm::Rs512 => ParsedPublicKey::new(&signature::RSA_PKCS1_2048_8192_SHA512, bytes),
            Algorithm::Ps256 => ParsedPublicKey::new(&signature::RSA_PSS_2048_8192_SHA256, bytes),
            Algorithm::Ps384 => ParsedPublicKey::new(&signature::RSA_PSS_2048_8192_SHA384, bytes),
            Algorithm::Ps512 => ParsedPublicKey::new(&signature::RSA_PSS_2048_8192_SHA512, bytes),
        };
        Ok(Box::new(Verifier(parsed.map_err(|_| REJECTED)?)))
    }

    fn signer(&self, key: &PrivateKey, algorithm: Algorithm) -> Result<Box<dyn Sign>, KeyRejected> {
        let der = key.pkcs8_der();
        let rsa = |encoding: &'static dyn RsaEncoding| -> Result<Signer, KeyRejected> {
            let pair = RsaKeyPair::from_pkcs8(der).map_err(|_| REJECTED)?;
            let signer = Signer::Rsa(encoding, pair);
            // The same judgement as for public keys: a weak key is not signed with either.
            if let PublicKey::Rsa { n, e } = signer.public_key() {
                PublicKey::rsa(&n, &e)?;
            }
            Ok(signer)
        };
        let ec = |curve, scheme| {
            EcdsaKeyPair::from_pkcs8(scheme, der).map(|pair| Signer::Ec(curve, pair)).map_err(|_| REJECTED)
        };
        Ok(Box::new(match algorithm {
            Algorithm::EdDsa => Signer::Ed25519(Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).map_err(|_| REJECTED)?),
            Algorithm::Es256 => ec(Curve::P256, &signature::ECDSA_P256_SHA256_FIXED_SIGNING)?,
            Algorithm::Es384 => ec(Curve::P384, &signature::ECDSA_P384_SHA384_FIXED_SIGNING)?,
            Algorithm::Rs256 => rsa(&signature::RSA_PKCS1_SHA256)?,
            Algorithm::Rs384 => rsa(&signature::RSA_PKCS1_SHA384)?,
            Algorithm::Rs512 => rsa(&signature::RSA_PKCS1_SHA512)?,
            Algorithm::Ps256 => rsa(&signature::RSA_PSS_SHA256)?,
            Algorithm::Ps384 => rsa(&signature::RSA_PSS_SHA384)?,
            Algorithm::Ps512 => rsa(&signature::RSA_PSS_SHA512)?,
        }))
    }

    fn decrypter(&self, key: &PrivateKey, key_management: KeyManagement) -> Result<Box<dyn Decrypt>, KeyRejected> {
        Ok(Box::new(match key_management {
            KeyManagement::RsaOaep256 => Decrypter::rsa(key)?,
            KeyManagement::EcdhEs | KeyManagement::EcdhEsA256Kw => Decrypter::ec(key)?,
        }))
    }

    fn cipher(&self) -> SharedCipher {
        Arc::new(AwsLcCipher)
    }

    fn generate(&self, algorithm: Algorithm) -> Result<PrivateKey, KeyRejected> {
        const FAILED: KeyRejected = KeyRejected("the provider could not make a key");
        let random = SystemRandom::new();
        let ec = |scheme| EcdsaKeyPair::generate_pkcs8(scheme, &random).map(|der| der.as_ref().to_vec());
        let der = match algorithm {
            Algorithm::EdDsa => Ed25519KeyPair::generate_pkcs8(&random).map(|der| der.as_ref().to_vec()),
            Algorithm::Es256 => ec(&signature::ECDSA_P256_SHA256_FIXED_SIGNING),
            Algorithm::Es384 => ec(&signature::ECDSA_P384_SHA384_FIXED_SIGNING),
            _ => RsaKeyPair::generate(KeySize::Rsa2048)
                .and_then(|pair| pair.as_der().map(|der: Pkcs8V1Der<'_>| der.as_ref().to_vec())),
        };
        der.map(PrivateKey::from_pkcs8_der).map_err(|_| FAILED)
    }
}
