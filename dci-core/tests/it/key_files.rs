//! Keys as they lie in files. The files were made for these tests with `openssl`; nothing else uses the keys.

use dci_core::id::KeyId;
use dci_core::jose::{Algorithm, AwsLc, PrivateKey, PublicKey, SigningKey};

macro_rules! file {
    ($name:literal) => {
        include_bytes!(concat!("../keys/", $name))
    };
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn public_of(private: &PrivateKey, algorithm: Algorithm) -> PublicKey {
    SigningKey::new(KeyId::new("k").unwrap(), algorithm, private, &AwsLc::new()).unwrap().public_key()
}

#[test]
#[cfg(feature = "pem")]
fn public_keys_are_taken_from_pem_and_certificates() {
    for (private, public, algorithm) in [
        (&file!("rsa.pem")[..], &file!("rsa.cert.pem")[..], Algorithm::Rs256),
        (&file!("ec.pem")[..], &file!("ec.pub.pem")[..], Algorithm::Es256),
        (&file!("ed.pem")[..], &file!("ed.pub.pem")[..], Algorithm::EdDsa),
    ] {
        let private = PrivateKey::from_pem(text(private)).unwrap();
        assert_eq!(PublicKey::from_pem(text(public)).unwrap(), public_of(&private, algorithm));
    }
    assert_eq!(
        PublicKey::from_pem(text(file!("secp256k1.pub.pem"))).unwrap_err().to_string(),
        "the key type is not offered"
    );
    let broken = text(file!("rsa.cert.pem")).replace("-----END", "");
    for bad in ["", "-----BEGIN PUBLIC KEY-----", "-----BEGIN CERTIFICATE-----", text(file!("rsa.pem")), &broken] {
        assert!(PublicKey::from_pem(bad).is_err(), "{bad}");
    }
}

#[test]
fn private_keys_are_taken_from_both_forms_of_pem() {
    let modern = PrivateKey::from_pem(text(file!("rsa.pem"))).unwrap();
    let pkcs1 = PrivateKey::from_pem(text(file!("rsa.pkcs1.pem"))).unwrap();
    assert_eq!(public_of(&modern, Algorithm::Rs256), public_of(&pkcs1, Algorithm::Rs256));
    assert!(PrivateKey::from_pem(text(file!("ec.pub.pem"))).is_err());
}

#[test]
#[cfg(feature = "pkcs12")]
fn private_keys_are_taken_from_pkcs12_of_today_and_of_yesterday() {
    let pem = PrivateKey::from_pem(text(file!("rsa.pem"))).unwrap();
    for file in [&file!("modern.p12")[..], &file!("legacy.p12")[..]] {
        for alias in [None, Some("1")] {
            let key = PrivateKey::from_pkcs12(file, "changeit", alias).unwrap();
            assert_eq!(public_of(&key, Algorithm::Rs256), public_of(&pem, Algorithm::Rs256));
        }
        let refused = |password, alias| PrivateKey::from_pkcs12(file, password, alias).unwrap_err().to_string();
        assert!(refused("changed", None).contains("password"));
        assert!(refused("changeit", Some("2")).contains("alias"));
    }
    assert!(PrivateKey::from_pkcs12(b"no file", "", None).is_err());
}
