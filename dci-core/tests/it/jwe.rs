//! Encrypted messages, with every provider.

use crate::providers::providers;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use dci_core::id::KeyId;
use dci_core::jose::{
    Algorithm, ContentEncryption, DecryptionKey, EncryptionKey, Jwe, JweOptions, JweRefused, KeyManagement, KeySet,
    Provider, encrypt,
};
use dci_core::wire::{Form, Json};
use proptest::prelude::*;
use serde_json::Value;

/// The base point of P-256.
fn point() -> Value {
    serde_json::json!({
        "kty": "EC", "crv": "P-256",
        "x": "axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY",
        "y": "T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU",
    })
}

/// A well-formed encrypted message for a key of 2048 bits.
fn encrypted(change: impl FnOnce(&mut Value)) -> Json {
    let mut message = serde_json::json!({
        "header": {"alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": "k1"},
        "encrypted_key": B64.encode([7; 256]),
        "iv": B64.encode([1; 12]),
        "ciphertext": B64.encode("hidden"),
        "tag": B64.encode([2; 16]),
    });
    change(&mut message);
    Json::parse(message.to_string().as_bytes()).unwrap()
}

fn jwe(change: impl FnOnce(&mut Value)) -> Result<Jwe, JweRefused> {
    Jwe::parse(encrypted(change).as_object().unwrap())
}

#[test]
fn encrypted_messages_are_judged_before_any_key_is_touched() {
    assert!(jwe(|_| {}).is_ok());
    let agreed = |alg: &str, length: usize| {
        let (alg, key) = (alg.to_owned(), B64.encode(vec![7; length]));
        jwe(move |message| {
            message["header"]["alg"] = alg.into();
            message["header"]["epk"] = point();
            message["encrypted_key"] = key.into();
        })
    };
    assert!(agreed("ECDH-ES", 0).is_ok() && agreed("ECDH-ES+A256KW", 40).is_ok());
    for length in [1, 16, 32, 39, 41, 4_096] {
        assert!(agreed("ECDH-ES", length).is_err() && agreed("ECDH-ES+A256KW", length).is_err(), "{length}");
    }
    for alg in ["RSA1_5", "RSA-OAEP", "PBES2-HS256+A128KW", "dir", "A256KW", "A256GCMKW", "none", ""] {
        assert!(jwe(|message| message["header"]["alg"] = alg.into()).is_err(), "{alg}");
    }
    for enc in ["A128CBC-HS256", "A256CBC-HS512", "A192GCM", "none"] {
        assert!(jwe(|message| message["header"]["enc"] = enc.into()).is_err(), "{enc}");
    }
    for (member, lengths) in [("tag", (0..16).chain(17..20)), ("iv", (0..12).chain(13..17))] {
        for length in lengths {
            assert!(jwe(|message| message[member] = B64.encode(vec![0; length]).into()).is_err(), "{member} {length}");
        }
    }
    for member in ["zip", "crit", "jwk", "jku", "x5u", "x5c", "p2c", "x"] {
        assert!(jwe(|message| message["header"][member] = "DEF".into()).is_err(), "{member}");
    }
    for member in ["protected", "recipients", "unprotected", "extra"] {
        assert!(jwe(|message| message[member] = "AA".into()).is_err(), "{member}");
    }
    for member in ["iv", "tag", "ciphertext", "encrypted_key"] {
        assert!(jwe(|message| message[member] = format!("{}=", message[member].as_str().unwrap()).into()).is_err());
        assert!(jwe(|message| drop(message.as_object_mut().unwrap().remove(member))).is_err(), "{member}");
    }
    // A header member that stands in both headers has two meanings.
    let twice = B64.encode(r#"{"alg":"RSA-OAEP-256"}"#);
    assert!(jwe(|message| message["protected"] = twice.into()).is_err());
    assert!(jwe(|message| message["ciphertext"] = "".into()).is_err());
    assert_eq!(jwe(|message| message["encrypted_key"] = "".into()).unwrap_err().to_string(), JweRefused.to_string());
}

fn pair(provider: &dyn Provider, management: KeyManagement, curve: Algorithm) -> (EncryptionKey, DecryptionKey) {
    let private = match management {
        KeyManagement::RsaOaep256 => provider.generate(Algorithm::Rs256),
        _ => provider.generate(curve),
    };
    let key = DecryptionKey::new(KeyId::new("k").unwrap(), management, &private.unwrap(), provider).unwrap();
    (key.encryption_key(provider).unwrap(), key)
}

fn options(content_encryption: ContentEncryption, protected: bool, aad: Option<&str>) -> JweOptions {
    let mut options = JweOptions::default();
    options.content_encryption = content_encryption;
    options.protected = protected;
    options.aad = aad.map(|aad| aad.as_bytes().to_vec());
    options
}

const PLAIN: &[u8] = r#"{"transaction_id":"t","note":"Åkerlund 😀"}"#.as_bytes();

#[test]
fn every_algorithm_and_form_is_written_and_read_by_each_provider() {
    for writer in providers() {
        for reader in providers() {
            for management in KeyManagement::ALL {
                for curve in [Algorithm::Es256, Algorithm::Es384] {
                    let private = match management {
                        KeyManagement::RsaOaep256 => reader.generate(Algorithm::Rs256).unwrap(),
                        _ => reader.generate(curve).unwrap(),
                    };
                    let id = KeyId::new("k").unwrap();
                    let key = DecryptionKey::new(id.clone(), management, &private, &*reader).unwrap();
                    let public = key.public_key().clone();
                    let public = EncryptionKey::new(id, management, public, &*writer).unwrap();
                    for enc in ContentEncryption::ALL {
                        for (protected, aad) in
                            [(false, None), (true, None), (false, Some("bound")), (true, Some("bound"))]
                        {
                            let sealed = encrypt(PLAIN, &public, &options(enc, protected, aad)).unwrap();
                            let jwe = Jwe::parse(&sealed).unwrap();
                            assert_eq!(jwe.is_protected(), protected);
                            assert_eq!(jwe.aad(), aad.map(str::as_bytes));
                            let opened = jwe.decrypt(&key).unwrap();
                            assert_eq!(opened.as_slice(), PLAIN, "{management:?} {enc:?} {}", reader.name());
                        }
                    }
                }
            }
        }
    }
}

/// Every single changed byte of what the tag covers is noticed, and every refusal reads the same.
#[test]
fn what_was_altered_is_not_opened() {
    for provider in providers() {
        for management in KeyManagement::ALL {
            let (public, key) = pair(&*provider, management, Algorithm::Es256);
            let (_, stranger) = pair(&*provider, management, Algorithm::Es256);
            let sealed = encrypt(PLAIN, &public, &options(ContentEncryption::A256Gcm, true, Some("bound"))).unwrap();
            assert_eq!(Jwe::parse(&sealed).unwrap().decrypt(&stranger).unwrap_err(), JweRefused);
            let names: Vec<String> = sealed.iter().map(|(name, _)| name.to_owned()).collect();
            for name in names {
                let bytes = B64.decode(sealed.get(&name).and_then(Json::as_str).unwrap()).unwrap();
                for at in (0..bytes.len()).step_by(7) {
                    let mut changed = bytes.clone();
                    changed[at] ^= 1;
                    let mut altered = sealed.clone();
                    altered.insert(name.as_str(), B64.encode(&changed));
                    let opened = Jwe::parse(&altered).and_then(|jwe| jwe.decrypt(&key));
                    assert_eq!(opened.unwrap_err(), JweRefused, "{name} {at} {}", provider.name());
                }
            }
        }
    }
}

#[test]
fn the_algorithm_is_the_keys_and_a_key_opens_what_names_it() {
    for provider in providers() {
        let (public, key) = pair(&*provider, KeyManagement::EcdhEs, Algorithm::Es256);
        let sealed = encrypt(PLAIN, &public, &JweOptions::default()).unwrap();
        let jwe = Jwe::parse(&sealed).unwrap();
        assert!(jwe.fits(&key));
        let private = provider.generate(Algorithm::Es256).unwrap();
        let id = |text: &str| KeyId::new(text).unwrap();
        let other_algorithm = DecryptionKey::new(id("k"), KeyManagement::EcdhEsA256Kw, &private, &*provider).unwrap();
        let other_id = DecryptionKey::new(id("k2"), KeyManagement::EcdhEs, &private, &*provider).unwrap();
        let other_curve = provider.generate(Algorithm::Es384).unwrap();
        let other_curve = DecryptionKey::new(id("k"), KeyManagement::EcdhEs, &other_curve, &*provider).unwrap();
        for other in [&other_algorithm, &other_id, &other_curve] {
            assert!(!jwe.fits(other));
        }
        let rsa = provider.generate(Algorithm::Rs256).unwrap();
        assert!(DecryptionKey::new(id("k"), KeyManagement::EcdhEs, &rsa, &*provider).is_err());
        assert!(DecryptionKey::new(id("k"), KeyManagement::RsaOaep256, &private, &*provider).is_err());
    }
}

#[test]
fn a_published_set_carries_the_key_to_encrypt_for() {
    for provider in providers() {
        let (_, key) = pair(&*provider, KeyManagement::RsaOaep256, Algorithm::Es256);
        let document = KeySet::document([], [&key]).print(Form::Compact);
        let set = KeySet::parse(document.as_bytes(), &*provider).unwrap();
        let public = set.encryption_key().unwrap();
        assert_eq!((public.key_id().as_str(), public.key_management()), ("k", KeyManagement::RsaOaep256));
        assert!(set.is_empty(), "it is no key for signatures");
        // Algorithms that are not offered are passed over; a contradiction refuses the set.
        let contradiction = r#""use":"enc","key_ops":["verify"]"#;
        for (from, to, taken) in [("RSA-OAEP-256", "RSA1_5", true), (r#""use":"enc""#, contradiction, false)] {
            let changed = KeySet::parse(document.replace(from, to).as_bytes(), &*provider);
            assert_eq!(changed.is_ok(), taken, "{to}");
            assert!(changed.ok().and_then(|set| set.encryption_key()).is_none());
        }
    }
}

proptest! {
    #[test]
    fn any_object_ends_in_a_message_or_one_error(
        names in proptest::collection::vec("(header|protected|encrypted_key|iv|ciphertext|tag|aad|x)", 0..8),
        texts in proptest::collection::vec("[A-Za-z0-9_=+/-]{0,40}", 8),
    ) {
        let members = names.iter().zip(&texts).map(|(name, text)| (name.clone(), Json::from(text.as_str())));
        let _ = Jwe::parse(&members.collect());
    }
}
