//! Public keys from PEM: bare ones (`PUBLIC KEY`, RFC 7468) and those of certificates.

use super::public_key::{Curve, KeyRejected, PublicKey};
use x509_cert::Certificate;
use x509_cert::der::asn1::{ObjectIdentifier, UintRef};
use x509_cert::der::{Decode as _, DecodePem as _, Reader as _, SliceReader};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

const BROKEN: KeyRejected = KeyRejected("the PEM text must hold one block PUBLIC KEY or CERTIFICATE");
const KEY: KeyRejected = KeyRejected("the public key in the PEM text is broken");

impl PublicKey {
    /// From PEM: a block `PUBLIC KEY`, or the first `CERTIFICATE`. Of a certificate only the key is taken: that it belongs
    /// to a peer is said by who registers it, not by who issued it.
    pub fn from_pem(pem: &str) -> Result<Self, KeyRejected> {
        if let Some(start) = pem.find("-----BEGIN CERTIFICATE-----") {
            const END: &str = "-----END CERTIFICATE-----";
            let rest = pem.get(start..).unwrap_or_default();
            let block = rest.find(END).and_then(|end| rest.get(..end + END.len())).ok_or(BROKEN)?;
            let certificate = Certificate::from_pem(block.as_bytes()).map_err(|_| BROKEN)?;
            return Self::from_info(certificate.tbs_certificate().subject_public_key_info());
        }
        let info = SubjectPublicKeyInfoOwned::from_pem(pem.trim().as_bytes()).map_err(|_| BROKEN)?;
        Self::from_info(&info)
    }

    fn from_info(info: &SubjectPublicKeyInfoOwned) -> Result<Self, KeyRejected> {
        let bytes = info.subject_public_key.as_bytes().ok_or(KEY)?;
        match info.algorithm.oid {
            ED25519 => Ok(Self::Ed25519(bytes.try_into().map_err(|_| KEY)?)),
            EC => {
                let parameters = info.algorithm.parameters.as_ref().ok_or(KEY)?;
                let curve = match parameters.decode_as::<ObjectIdentifier>().map_err(|_| KEY)? {
                    P256 => Curve::P256,
                    P384 => Curve::P384,
                    _ => return Err(KeyRejected("the key type is not offered")),
                };
                let point = bytes.strip_prefix(&[4]).ok_or(KeyRejected("an EC point must be written in full"))?;
                let (x, y) = point.split_at_checked(curve.coordinate_len()).ok_or(KEY)?;
                Self::ec(curve, x, y)
            }
            RSA => {
                let (n, e) = rsa_numbers(bytes).map_err(|_| KEY)?;
                Self::rsa(&n, &e)
            }
            _ => Err(KeyRejected("the key type is not offered")),
        }
    }
}

/// Modulus and exponent of a PKCS#1 `RSAPublicKey`.
fn rsa_numbers(der: &[u8]) -> x509_cert::der::Result<(Vec<u8>, Vec<u8>)> {
    let mut reader = SliceReader::new(der)?;
    let numbers = reader.sequence(|inner| -> x509_cert::der::Result<_> {
        let n = UintRef::decode(inner)?.as_bytes().to_vec();
        let e = UintRef::decode(inner)?.as_bytes().to_vec();
        Ok((n, e))
    })?;
    reader.finish()?;
    Ok(numbers)
}
