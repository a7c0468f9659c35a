//! The few DER structures that carry keys between JWK and the providers.

/// One tag-length-value.
fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len();
    if length < 0x80 {
        out.extend(u8::try_from(length));
    } else {
        let bytes: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
        out.push(0x80 | u8::try_from(bytes.len()).unwrap_or(0x7f));
        out.extend(bytes);
    }
    out.extend_from_slice(content);
    out
}

fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

/// A non-negative integer from big-endian bytes.
fn integer(bytes: &[u8]) -> Vec<u8> {
    let mut content: Vec<u8> = bytes.iter().copied().skip_while(|byte| *byte == 0).collect();
    if content.first().is_none_or(|byte| *byte >= 0x80) {
        content.insert(0, 0);
    }
    tlv(0x02, &content)
}

const OID_RSA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const OID_EC: &[u8] = &[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
const OID_ED25519: &[u8] = &[0x06, 0x03, 0x2b, 0x65, 0x70];
const NULL: &[u8] = &[0x05, 0x00];

fn pkcs8(algorithm: Vec<u8>, key: &[u8]) -> Vec<u8> {
    sequence(&[integer(&[0]), algorithm, tlv(0x04, key)])
}

/// PKCS#8 of an Ed25519 seed.
pub(super) fn ed25519_private(seed: &[u8]) -> Vec<u8> {
    pkcs8(sequence(&[OID_ED25519.to_vec()]), &tlv(0x04, seed))
}

/// PKCS#8 of an EC key; `point` is the uncompressed public point.
pub(super) fn ec_private(curve_oid: &[u8], scalar: &[u8], point: &[u8]) -> Vec<u8> {
    let bits = [&[0][..], point].concat();
    let key = sequence(&[integer(&[1]), tlv(0x04, scalar), tlv(0xa1, &tlv(0x03, &bits))]);
    pkcs8(sequence(&[OID_EC.to_vec(), curve_oid.to_vec()]), &key)
}

/// PKCS#8 of an RSA key: n, e, d, p, q, dp, dq, qi.
pub(super) fn rsa_private(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut integers = vec![integer(&[0])];
    integers.extend(parts.iter().map(|part| integer(part)));
    pkcs8(sequence(&[OID_RSA.to_vec(), NULL.to_vec()]), &sequence(&integers))
}

/// PKCS#1 `RSAPublicKey`.
#[cfg(any(feature = "aws-lc", feature = "josekit"))]
pub(super) fn rsa_public(n: &[u8], e: &[u8]) -> Vec<u8> {
    sequence(&[integer(n), integer(e)])
}

/// `SubjectPublicKeyInfo` of an RSA key.
#[cfg(any(feature = "aws-lc", feature = "josekit"))]
pub(super) fn rsa_public_info(n: &[u8], e: &[u8]) -> Vec<u8> {
    let bits = [&[0][..], &rsa_public(n, e)].concat();
    sequence(&[sequence(&[OID_RSA.to_vec(), NULL.to_vec()]), tlv(0x03, &bits)])
}

/// PKCS#8 around a PKCS#1 `RSAPrivateKey`.
pub(super) fn rsa_private_info(pkcs1: &[u8]) -> Vec<u8> {
    pkcs8(sequence(&[OID_RSA.to_vec(), NULL.to_vec()]), pkcs1)
}
