//! Public keys, judged when they are taken in.

use super::algorithm::Algorithm;
use super::base64url::{decode, encode};
use crate::wire::{Json, Object};
use sha2::{Digest as _, Sha256};

/// Why a key is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct KeyRejected(pub(crate) &'static str);

/// A curve ECDSA is used over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Curve {
    /// NIST P-256.
    P256,
    /// NIST P-384.
    P384,
}

impl Curve {
    /// Bytes of one coordinate.
    pub fn coordinate_len(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
        }
    }

    /// The name in `crv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
        }
    }

    pub(super) fn oid(self) -> &'static [u8] {
        match self {
            Self::P256 => &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
            Self::P384 => &[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22],
        }
    }
}

/// A public key whose numbers passed every check that needs no primitive: size, exponent, ROCA. That a point lies on its
/// curve is checked by the provider when it takes the key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PublicKey {
    /// An Ed25519 point.
    Ed25519([u8; 32]),
    /// A point of a curve.
    Ec {
        /// The curve.
        curve: Curve,
        /// The coordinate x.
        x: Vec<u8>,
        /// The coordinate y.
        y: Vec<u8>,
    },
    /// An RSA modulus and exponent, big-endian without leading zeros.
    Rsa {
        /// The modulus.
        n: Vec<u8>,
        /// The exponent.
        e: Vec<u8>,
    },
}

impl PublicKey {
    /// Takes in an RSA key: 2048 to 8192 bits, odd modulus, odd exponent of 65537 or more, not of the ROCA family.
    pub fn rsa(n: &[u8], e: &[u8]) -> Result<Self, KeyRejected> {
        let trim = |bytes: &[u8]| bytes.iter().copied().skip_while(|byte| *byte == 0).collect::<Vec<u8>>();
        let (n, e) = (trim(n), trim(e));
        let bits = n.first().map_or(0, |first| n.len() * 8 - first.leading_zeros() as usize);
        if !(2048..=8192).contains(&bits) {
            return Err(KeyRejected("an RSA key must have 2048 to 8192 bits"));
        }
        let is_odd = |bytes: &[u8]| bytes.last().is_some_and(|last| last & 1 == 1);
        if !is_odd(&n) {
            return Err(KeyRejected("an RSA modulus must be odd"));
        }
        let exponent =
            e.iter().try_fold(0_u64, |value, byte| (value < 1 << 32).then(|| (value << 8) | u64::from(*byte)));
        if !is_odd(&e) || exponent.is_none_or(|value| value < 65_537) {
            return Err(KeyRejected("an RSA exponent must be odd, 65537 or more, and below 2^40"));
        }
        if is_roca(&n) {
            return Err(KeyRejected("the RSA key is of the ROCA family"));
        }
        Ok(Self::Rsa { n, e })
    }

    /// Takes in an EC point by its coordinates.
    pub fn ec(curve: Curve, x: &[u8], y: &[u8]) -> Result<Self, KeyRejected> {
        if x.len() != curve.coordinate_len() || y.len() != curve.coordinate_len() {
            return Err(KeyRejected("an EC coordinate must have the length of its curve"));
        }
        Ok(Self::Ec { curve, x: x.to_vec(), y: y.to_vec() })
    }

    /// Takes in a JWK: public members only. `use`, `key_ops` and `alg` are judged by the key set.
    pub fn from_jwk(jwk: &Object) -> Result<Self, KeyRejected> {
        let text = |name: &str| jwk.get(name).and_then(Json::as_str);
        let bytes = |name: &'static str| {
            text(name).and_then(decode).ok_or(KeyRejected("a key member is missing or not strict base64url"))
        };
        refuse_private_members(jwk)?;
        match (text("kty"), text("crv")) {
            (Some("OKP"), Some("Ed25519")) => {
                let point = bytes("x")?.try_into().map_err(|_| KeyRejected("an Ed25519 key must have 32 bytes"))?;
                Ok(Self::Ed25519(point))
            }
            (Some("EC"), Some("P-256")) => Self::ec(Curve::P256, &bytes("x")?, &bytes("y")?),
            (Some("EC"), Some("P-384")) => Self::ec(Curve::P384, &bytes("x")?, &bytes("y")?),
            (Some("RSA"), _) => Self::rsa(&bytes("n")?, &bytes("e")?),
            _ => Err(KeyRejected("the key type is not offered")),
        }
    }

    /// The required members of the JWK.
    pub fn to_jwk(&self) -> Object {
        let mut out = Object::new();
        // In the order of the names: the thumbprint is made over exactly this text.
        match self {
            Self::Ed25519(point) => {
                out.insert("crv", "Ed25519");
                out.insert("kty", "OKP");
                out.insert("x", encode(point));
            }
            Self::Ec { curve, x, y } => {
                out.insert("crv", curve.name());
                out.insert("kty", "EC");
                out.insert("x", encode(x));
                out.insert("y", encode(y));
            }
            Self::Rsa { n, e } => {
                out.insert("e", encode(e));
                out.insert("kty", "RSA");
                out.insert("n", encode(n));
            }
        }
        out
    }

    /// The RFC 7638 thumbprint, base64url.
    pub fn thumbprint(&self) -> String {
        let text = Json::Object(self.to_jwk()).print(crate::wire::Form::Compact);
        encode(&Sha256::digest(text.as_bytes()))
    }

    /// Whether `algorithm` can be used with this key.
    pub fn fits(&self, algorithm: Algorithm) -> bool {
        match self {
            Self::Ed25519(_) => algorithm == Algorithm::EdDsa,
            Self::Ec { curve: Curve::P256, .. } => algorithm == Algorithm::Es256,
            Self::Ec { curve: Curve::P384, .. } => algorithm == Algorithm::Es384,
            Self::Rsa { .. } => algorithm.is_rsa(),
        }
    }

    /// The algorithm this key is used with when nothing else is said.
    pub fn default_algorithm(&self) -> Algorithm {
        match self {
            Self::Ed25519(_) => Algorithm::EdDsa,
            Self::Ec { curve: Curve::P256, .. } => Algorithm::Es256,
            Self::Ec { curve: Curve::P384, .. } => Algorithm::Es384,
            Self::Rsa { .. } => Algorithm::Rs256,
        }
    }

    /// The exact length of a signature made with this key.
    pub fn signature_len(&self) -> usize {
        match self {
            Self::Ed25519(_) => 64,
            Self::Ec { curve, .. } => 2 * curve.coordinate_len(),
            Self::Rsa { n, .. } => n.len(),
        }
    }
}

/// A JWK that is published must hold no private or symmetric member, whatever the key is for.
pub(super) fn refuse_private_members(jwk: &Object) -> Result<(), KeyRejected> {
    if ["d", "p", "q", "dp", "dq", "qi", "oth", "k"].iter().any(|name| jwk.get(name).is_some()) {
        return Err(KeyRejected("a public key must not hold private or symmetric members"));
    }
    Ok(())
}

/// The primes the fingerprint below is taken over.
const PRIMES: [u64; 38] = [
    3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
    113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/// The fingerprint of keys made by the library behind CVE-2017-15361: modulo each of these primes, the modulus is a
/// power of 65537.
fn is_roca(modulus: &[u8]) -> bool {
    PRIMES.into_iter().all(|prime| {
        let rest = modulus.iter().fold(0, |rest, byte| (rest * 256 + u64::from(*byte)) % prime);
        std::iter::successors(Some(1), |power| Some(power * 65_537 % prime)).take(167).any(|power| power == rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_rsa_keys_are_refused() {
        let modulus = |bytes: usize| {
            let mut n = vec![0xff; bytes];
            n[0] = 0xc3;
            n
        };
        let exponent = [1, 0, 1];
        assert!(PublicKey::rsa(&modulus(256), &exponent).is_ok());
        for (n, e) in [
            (modulus(255), &exponent[..]),
            (modulus(1025), &exponent[..]),
            (modulus(256), &[1][..]),
            (modulus(256), &[3][..]),
            (modulus(256), &[1, 0, 2][..]),
            (modulus(256), &[1, 0, 0, 0, 0, 0, 1][..]),
        ] {
            assert!(PublicKey::rsa(&n, e).is_err());
        }
        let mut even = modulus(256);
        even[255] = 0xfe;
        assert!(PublicKey::rsa(&even, &exponent).is_err());
    }

    #[test]
    fn a_key_with_the_roca_fingerprint_is_refused() {
        // A multiple of every prime of the fingerprint, plus one: modulo each, the zeroth power of 65537.
        let mut product = vec![1_u8];
        for prime in PRIMES {
            let mut carry = 0;
            for byte in &mut product {
                carry += u64::from(*byte) * prime;
                *byte = u8::try_from(carry & 0xff).unwrap();
                carry >>= 8;
            }
            product.extend(u8::try_from(carry));
        }
        while product.last() == Some(&0) {
            product.pop();
        }
        product.reverse();
        product.resize(300, 0);
        product[299] = 1;
        let refused = PublicKey::rsa(&product, &[1, 0, 1]).unwrap_err();
        assert!(refused.to_string().contains("ROCA"));
        product[298] = 2;
        assert!(PublicKey::rsa(&product, &[1, 0, 1]).is_ok());
    }

    #[test]
    fn the_thumbprint_is_that_of_rfc_8037() {
        let jwk =
            Json::parse(br#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#).unwrap();
        let key = PublicKey::from_jwk(jwk.as_object().unwrap()).unwrap();
        assert_eq!(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }
}
