//! Encryption with OpenSSL.

use super::cipher::{Cipher, Decrypt, EncryptError, Secret};
use super::der;
use super::encryption::JweRefused;
use super::provider::PrivateKey;
use super::public_key::{Curve, KeyRejected, PublicKey};
use openssl::aes::{AesKey, unwrap_key, wrap_key};
use openssl::bn::{BigNum, BigNumContext};
use openssl::derive::Deriver;
use openssl::ec::{EcGroup, EcKey};
use openssl::error::ErrorStack;
use openssl::md::Md;
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private, Public};
use openssl::pkey_ctx::{PkeyCtx, PkeyCtxRef};
use openssl::rsa::Padding;
use openssl::symm;

#[derive(Clone, Copy, Debug)]
pub(super) struct OpensslCipher;

fn group(curve: Curve) -> Result<EcGroup, ErrorStack> {
    EcGroup::from_curve_name(match curve {
        Curve::P256 => Nid::X9_62_PRIME256V1,
        Curve::P384 => Nid::SECP384R1,
    })
}

/// A public key of `curve`; OpenSSL refuses points that are not on it.
fn public_point(key: &PublicKey, curve: Curve) -> Option<PKey<Public>> {
    let PublicKey::Ec { curve: other, x, y } = key else { return None };
    if *other != curve {
        return None;
    }
    let (x, y) = (BigNum::from_slice(x).ok()?, BigNum::from_slice(y).ok()?);
    let group = group(curve).ok()?;
    let point = EcKey::from_public_key_affine_coordinates(&group, &x, &y).ok()?;
    point.check_key().ok()?;
    PKey::from_ec_key(point).ok()
}

fn coordinates(key: &EcKey<Private>, curve: Curve) -> Option<PublicKey> {
    let (mut x, mut y) = (BigNum::new().ok()?, BigNum::new().ok()?);
    let mut context = BigNumContext::new().ok()?;
    key.public_key().affine_coordinates(key.group(), &mut x, &mut y, &mut context).ok()?;
    let length = i32::try_from(curve.coordinate_len()).ok()?;
    PublicKey::ec(curve, &x.to_vec_padded(length).ok()?, &y.to_vec_padded(length).ok()?).ok()
}

fn secret(private: &PKey<Private>, curve: Curve, key: &PublicKey) -> Option<Secret> {
    let public = public_point(key, curve)?;
    let mut deriver = Deriver::new(private).ok()?;
    deriver.set_peer(&public).ok()?;
    deriver.derive_to_vec().ok().map(Secret::new)
}

fn oaep<T>(context: &mut PkeyCtxRef<T>) -> Result<(), ErrorStack> {
    context.set_rsa_padding(Padding::PKCS1_OAEP)?;
    context.set_rsa_oaep_md(Md::sha256())?;
    context.set_rsa_mgf1_md(Md::sha256())
}

fn gcm(key: &[u8]) -> Option<symm::Cipher> {
    match key.len() {
        16 => Some(symm::Cipher::aes_128_gcm()),
        32 => Some(symm::Cipher::aes_256_gcm()),
        _ => None,
    }
}

impl Cipher for OpensslCipher {
    fn random(&self, bytes: &mut [u8]) -> Result<(), EncryptError> {
        openssl::rand::rand_bytes(bytes).map_err(|_| EncryptError)
    }

    fn oaep_encrypt(&self, key: &PublicKey, plain: &[u8]) -> Result<Vec<u8>, EncryptError> {
        let PublicKey::Rsa { n, e } = key else { return Err(EncryptError) };
        let encrypt = || -> Result<Vec<u8>, ErrorStack> {
            let key = PKey::public_key_from_der(&der::rsa_public_info(n, e))?;
            let mut context = PkeyCtx::new(&key)?;
            context.encrypt_init()?;
            oaep(&mut context)?;
            let mut out = Vec::new();
            context.encrypt_to_vec(plain, &mut out)?;
            Ok(out)
        };
        encrypt().map_err(|_| EncryptError)
    }

    fn agree_new(&self, curve: Curve, key: &PublicKey) -> Result<(PublicKey, Secret), EncryptError> {
        let agree = || {
            let group = group(curve).ok()?;
            let private = EcKey::generate(&group).ok()?;
            let public = coordinates(&private, curve)?;
            let private = PKey::from_ec_key(private).ok()?;
            Some((public, secret(&private, curve, key)?))
        };
        agree().ok_or(EncryptError)
    }

    fn wrap(&self, key: &[u8], plain: &[u8]) -> Result<Vec<u8>, EncryptError> {
        // OpenSSL's binding panics on lengths that do not fit; they are checked before.
        if key.len() != 32 || plain.len() < 16 || !plain.len().is_multiple_of(8) {
            return Err(EncryptError);
        }
        let key = AesKey::new_encrypt(key).map_err(|_| EncryptError)?;
        let mut out = vec![0; plain.len() + 8];
        let length = wrap_key(&key, None, &mut out, plain).map_err(|_| EncryptError)?;
        out.truncate(length);
        Ok(out)
    }

    fn unwrap(&self, key: &[u8], wrapped: &[u8]) -> Result<Secret, JweRefused> {
        if key.len() != 32 || wrapped.len() < 24 || !wrapped.len().is_multiple_of(8) {
            return Err(JweRefused);
        }
        let key = AesKey::new_decrypt(key).map_err(|_| JweRefused)?;
        let mut out = Secret::new(vec![0; wrapped.len() - 8]);
        let length = unwrap_key(&key, None, &mut out, wrapped).map_err(|_| JweRefused)?;
        out.truncate(length);
        Ok(out)
    }

    fn gcm_seal(
        &self,
        key: &[u8],
        iv: &[u8; 12],
        aad: &[u8],
        plain: &[u8],
    ) -> Result<(Vec<u8>, [u8; 16]), EncryptError> {
        let cipher = gcm(key).ok_or(EncryptError)?;
        let mut tag = [0; 16];
        let out = symm::encrypt_aead(cipher, key, Some(iv), aad, plain, &mut tag).map_err(|_| EncryptError)?;
        Ok((out, tag))
    }

    fn gcm_open(
        &self,
        key: &[u8],
        iv: &[u8; 12],
        aad: &[u8],
        ciphertext: &[u8],
        tag: &[u8; 16],
    ) -> Result<Secret, JweRefused> {
        let cipher = gcm(key).ok_or(JweRefused)?;
        symm::decrypt_aead(cipher, key, Some(iv), aad, ciphertext, tag).map(Secret::new).map_err(|_| JweRefused)
    }
}

pub(super) enum Decrypter {
    Rsa(PKey<Private>, PublicKey),
    Ec(Curve, PKey<Private>, PublicKey),
}

const REJECTED: KeyRejected = KeyRejected("the key is not a valid key for encryption");

impl Decrypter {
    pub(super) fn rsa(key: &PrivateKey) -> Result<Self, KeyRejected> {
        let private = PKey::private_key_from_der(key.pkcs8_der()).map_err(|_| REJECTED)?;
        let rsa = private.rsa().map_err(|_| REJECTED)?;
        let public = PublicKey::rsa(&rsa.n().to_vec(), &rsa.e().to_vec())?;
        Ok(Self::Rsa(private, public))
    }

    pub(super) fn ec(key: &PrivateKey) -> Result<Self, KeyRejected> {
        let private = PKey::private_key_from_der(key.pkcs8_der()).map_err(|_| REJECTED)?;
        let ec = private.ec_key().map_err(|_| REJECTED)?;
        let curve = match ec.group().curve_name() {
            Some(Nid::X9_62_PRIME256V1) => Curve::P256,
            Some(Nid::SECP384R1) => Curve::P384,
            _ => return Err(REJECTED),
        };
        ec.check_key().map_err(|_| REJECTED)?;
        let public = coordinates(&ec, curve).ok_or(REJECTED)?;
        Ok(Self::Ec(curve, private, public))
    }
}

impl Decrypt for Decrypter {
    fn oaep_decrypt(&self, ciphertext: &[u8]) -> Result<Secret, JweRefused> {
        let Self::Rsa(key, _) = self else { return Err(JweRefused) };
        let decrypt = || -> Result<Secret, ErrorStack> {
            let mut context = PkeyCtx::new(key)?;
            context.decrypt_init()?;
            oaep(&mut context)?;
            let mut out = Vec::new();
            context.decrypt_to_vec(ciphertext, &mut out)?;
            Ok(Secret::new(out))
        };
        decrypt().map_err(|_| JweRefused)
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
