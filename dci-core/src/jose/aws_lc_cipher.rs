//! Encryption with AWS-LC.

use super::cipher::{Cipher, Decrypt, EncryptError, Secret};
use super::der;
use super::encryption::JweRefused;
use super::provider::PrivateKey;
use super::public_key::{Curve, KeyRejected, PublicKey};
use aws_lc_rs::aead::{AES_128_GCM, AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{self, ECDH_P256, ECDH_P384, UnparsedPublicKey, agree};
use aws_lc_rs::key_wrap::{AES_256, AesKek, KeyWrap as _};
use aws_lc_rs::rand;
use aws_lc_rs::rsa::{
    OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, OaepPublicEncryptingKey, PrivateDecryptingKey,
    PublicEncryptingKey,
};
use aws_lc_rs::signature::{KeyPair as _, RsaKeyPair};

#[derive(Clone, Copy, Debug)]
pub(super) struct AwsLcCipher;

fn algorithm_of(curve: Curve) -> &'static agreement::Algorithm {
    match curve {
        Curve::P256 => &ECDH_P256,
        Curve::P384 => &ECDH_P384,
    }
}

fn point(key: &PublicKey, curve: Curve) -> Option<Vec<u8>> {
    match key {
        PublicKey::Ec { curve: other, x, y } if *other == curve => Some([&[4], x.as_slice(), y.as_slice()].concat()),
        _ => None,
    }
}

fn public_of(private: &agreement::PrivateKey, curve: Curve) -> Option<PublicKey> {
    let public = private.compute_public_key().ok()?;
    let point = public.as_ref().get(1..)?;
    let (x, y) = point.split_at(point.len() / 2);
    PublicKey::ec(curve, x, y).ok()
}

fn secret(private: &agreement::PrivateKey, curve: Curve, key: &PublicKey) -> Option<Secret> {
    let point = point(key, curve)?;
    agree(private, UnparsedPublicKey::new(algorithm_of(curve), point), (), |secret| Ok(Secret::new(secret.to_vec())))
        .ok()
}

fn gcm(key: &[u8]) -> Option<LessSafeKey> {
    let algorithm = match key.len() {
        16 => &AES_128_GCM,
        32 => &AES_256_GCM,
        _ => return None,
    };
    UnboundKey::new(algorithm, key).ok().map(LessSafeKey::new)
}

impl Cipher for AwsLcCipher {
    fn random(&self, bytes: &mut [u8]) -> Result<(), EncryptError> {
        rand::fill(bytes).map_err(|_| EncryptError)
    }

    fn oaep_encrypt(&self, key: &PublicKey, plain: &[u8]) -> Result<Vec<u8>, EncryptError> {
        let PublicKey::Rsa { n, e } = key else { return Err(EncryptError) };
        let key = PublicEncryptingKey::from_der(&der::rsa_public_info(n, e)).map_err(|_| EncryptError)?;
        let key = OaepPublicEncryptingKey::new(key).map_err(|_| EncryptError)?;
        let mut out = vec![0; key.ciphertext_size()];
        let length = key.encrypt(&OAEP_SHA256_MGF1SHA256, plain, &mut out, None).map_err(|_| EncryptError)?.len();
        out.truncate(length);
        Ok(out)
    }

    fn agree_new(&self, curve: Curve, key: &PublicKey) -> Result<(PublicKey, Secret), EncryptError> {
        let private = agreement::PrivateKey::generate(algorithm_of(curve)).map_err(|_| EncryptError)?;
        let public = public_of(&private, curve).ok_or(EncryptError)?;
        Ok((public, secret(&private, curve, key).ok_or(EncryptError)?))
    }

    fn wrap(&self, key: &[u8], plain: &[u8]) -> Result<Vec<u8>, EncryptError> {
        let kek = AesKek::new(&AES_256, key).map_err(|_| EncryptError)?;
        let mut out = vec![0; plain.len() + 8];
        let length = kek.wrap(plain, &mut out).map_err(|_| EncryptError)?.len();
        out.truncate(length);
        Ok(out)
    }

    fn unwrap(&self, key: &[u8], wrapped: &[u8]) -> Result<Secret, JweRefused> {
        let kek = AesKek::new(&AES_256, key).map_err(|_| JweRefused)?;
        let mut out = Secret::new(vec![0; wrapped.len().saturating_sub(8)]);
        kek.unwrap(wrapped, &mut out).map_err(|_| JweRefused)?;
        Ok(out)
    }

    fn gcm_seal(
        &self,
        key: &[u8],
        iv: &[u8; 12],
        aad: &[u8],
        plain: &[u8],
    ) -> Result<(Vec<u8>, [u8; 16]), EncryptError> {
        let key = gcm(key).ok_or(EncryptError)?;
        let mut out = plain.to_vec();
        let nonce = Nonce::assume_unique_for_key(*iv);
        let tag = key.seal_in_place_separate_tag(nonce, Aad::from(aad), &mut out).map_err(|_| EncryptError)?;
        Ok((out, tag.as_ref().try_into().map_err(|_| EncryptError)?))
    }

    fn gcm_open(
        &self,
        key: &[u8],
        iv: &[u8; 12],
        aad: &[u8],
        ciphertext: &[u8],
        tag: &[u8; 16],
    ) -> Result<Secret, JweRefused> {
        let key = gcm(key).ok_or(JweRefused)?;
        let mut out = Secret::new([ciphertext, tag].concat());
        let nonce = Nonce::assume_unique_for_key(*iv);
        let length = key.open_in_place(nonce, Aad::from(aad), &mut out).map_err(|_| JweRefused)?.len();
        out.truncate(length);
        Ok(out)
    }
}

pub(super) enum Decrypter {
    Rsa(OaepPrivateDecryptingKey, PublicKey),
    Ec(Curve, agreement::PrivateKey, PublicKey),
}

const REJECTED: KeyRejected = KeyRejected("the key is not a valid key for encryption");

impl Decrypter {
    pub(super) fn rsa(key: &PrivateKey) -> Result<Self, KeyRejected> {
        let pair = RsaKeyPair::from_pkcs8(key.pkcs8_der()).map_err(|_| REJECTED)?;
        let public = pair.public_key();
        let n = public.modulus().big_endian_without_leading_zero().to_vec();
        let public = PublicKey::rsa(&n, public.exponent().big_endian_without_leading_zero())?;
        let private = PrivateDecryptingKey::from_pkcs8(key.pkcs8_der()).map_err(|_| REJECTED)?;
        Ok(Self::Rsa(OaepPrivateDecryptingKey::new(private).map_err(|_| REJECTED)?, public))
    }

    pub(super) fn ec(key: &PrivateKey) -> Result<Self, KeyRejected> {
        let load = |curve| agreement::PrivateKey::from_private_key_der(algorithm_of(curve), key.pkcs8_der()).ok();
        let found =
            [Curve::P256, Curve::P384].into_iter().find_map(|curve| load(curve).map(|private| (curve, private)));
        let (curve, private) = found.ok_or(REJECTED)?;
        let public = public_of(&private, curve).ok_or(REJECTED)?;
        Ok(Self::Ec(curve, private, public))
    }
}

impl Decrypt for Decrypter {
    fn oaep_decrypt(&self, ciphertext: &[u8]) -> Result<Secret, JweRefused> {
        let Self::Rsa(key, _) = self else { return Err(JweRefused) };
        let mut out = Secret::new(vec![0; key.min_output_size()]);
        let decrypted = key.decrypt(&OAEP_SHA256_MGF1SHA256, ciphertext, &mut out, None);
        let length = decrypted.map_err(|_| JweRefused)?.len();
        out.truncate(length);
        Ok(out)
    }

    fn agree(&self, key: &PublicKey) -> Result<Secret, JweRefused> {
        let Self::Ec(curve, private, _) = self else { return Err(JweRefused) };
        secret(private, *curve, key).ok_or(JweRefused)
    }

    fn public_key(&self) -> PublicKey {
        match self {
            Self::Rsa(_, public) | Self::Ec(_, _, public) => public.clone(),
        }
    }
}
