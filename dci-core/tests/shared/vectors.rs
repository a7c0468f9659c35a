//! The signature schemes against vectors derived from deployed systems.

use crate::material::text;
use chrono::DateTime;
use dci_core::envelope::Received;
use dci_core::id::{KeyId, SystemId};
use dci_core::jose::{Algorithm, AwsLc, PrivateKey, PublicKey, SigningKey, VerificationKey};
use dci_core::signature::{DciString, DetachedJws, SignatureScheme, Validity};
use dci_core::wire::{Form, Json, Limits};
use serde_json::{Value, json};

fn vectors() -> Value {
    serde_json::from_str(&text("vectors/signatures/vectors.json")).unwrap()
}

fn received(vectors: &Value, signature: &str) -> Received {
    let envelope = &vectors["envelope_without_signature"];
    let body = json!({"signature": signature, "header": envelope["header"], "message": envelope["message"]});
    Received::parse(body.to_string(), &Limits::default()).unwrap()
}

fn signing_key(vectors: &Value, key_id: &str) -> SigningKey {
    let seed = vectors["keys"]["ed25519_seed_hex"].as_str().unwrap();
    let bytes: Vec<u8> =
        (0..32).map(|index| u8::from_str_radix(&seed[index * 2..index * 2 + 2], 16).unwrap()).collect();
    let private = PrivateKey::from_ed25519_seed(&bytes.try_into().unwrap());
    SigningKey::new(KeyId::new(key_id).unwrap(), Algorithm::EdDsa, &private, &AwsLc::new()).unwrap()
}

fn public_key(vectors: &Value, name: &str, key_id: &str, algorithm: Algorithm) -> VerificationKey {
    let jwk = Json::parse(vectors["keys"][name].to_string().as_bytes()).unwrap();
    let public = PublicKey::from_jwk(jwk.as_object().unwrap()).unwrap();
    VerificationKey::new(KeyId::new(key_id).unwrap(), algorithm, public, &AwsLc::new()).unwrap()
}

pub(crate) fn the_canonical_forms_are_those_of_the_vectors() {
    let vectors = vectors();
    let received = received(&vectors, "");
    let wanted = |scheme: &str, name: &str| vectors["vectors"][scheme][name].as_str().unwrap().to_owned();
    assert_eq!(received.canonical(Form::SortedUtf8), wanted("A_openg2p_detached_jws", "canonical_utf8_sorted"));
    assert_eq!(received.canonical(Form::SortedAscii), wanted("B_openspp_cavage", "canonical_ascii_sorted"));
}

pub(crate) fn the_signature_string_is_written_and_read_exactly() {
    let vectors = vectors();
    let signature = vectors["vectors"]["B_openspp_cavage"]["signature_field"].as_str().unwrap();
    let received = received(&vectors, signature);
    let key = signing_key(&vectors, "key-1");
    let scheme = DciString::new();
    let verification = key.verification_key(&AwsLc::new()).unwrap();
    assert!(scheme.verify(signature, &received, &verification).is_ok());
    let created = DateTime::from_timestamp(1_727_630_407, 0).unwrap();
    let validity = Validity::starting(created, chrono::TimeDelta::seconds(300));
    let content = received.canonical(Form::SortedAscii);
    let sender = SystemId::new("nsr.example.org").unwrap();
    assert_eq!(scheme.sign(content.as_bytes(), &sender, &key, validity).unwrap(), signature);
    let later = signature.replace("created=\"1727630407\"", "created=\"1727630408\"");
    assert!(scheme.verify(&later, &received, &verification).is_err());
}

pub(crate) fn the_detached_jws_is_written_and_read_exactly() {
    let vectors = vectors();
    let scheme = DetachedJws::new();
    let wanted = |name: &str| vectors["vectors"]["A_openg2p_detached_jws"][name].as_str().unwrap().to_owned();
    for (name, jwk, algorithm) in [
        ("EdDSA", "ed25519_public_jwk", Algorithm::EdDsa),
        ("RS256", "rsa_public_jwk", Algorithm::Rs256),
        ("ES256_nondeterministic_sample", "ec_public_jwk", Algorithm::Es256),
    ] {
        let signature = wanted(name);
        let key = public_key(&vectors, jwk, "nsr-key-1", algorithm);
        assert!(scheme.verify(&signature, &received(&vectors, &signature), &key).is_ok(), "{name}");
        let stranger = public_key(&vectors, jwk, "nsr-key-2", algorithm);
        assert!(scheme.verify(&signature, &received(&vectors, &signature), &stranger).is_err(), "{name}");
    }
    let key = signing_key(&vectors, "nsr-key-1");
    let content = received(&vectors, "").canonical(Form::SortedUtf8);
    let validity = Validity::starting(chrono::Utc::now(), chrono::TimeDelta::seconds(300));
    let sender = SystemId::new("nsr.example.org").unwrap();
    assert_eq!(scheme.sign(content.as_bytes(), &sender, &key, validity).unwrap(), wanted("EdDSA"));
}

pub(crate) fn every_bit_of_header_and_message_is_covered() {
    let vectors = vectors();
    let envelope = &vectors["envelope_without_signature"];
    for (scheme, signature) in [
        (&DciString::new() as &dyn SignatureScheme, &vectors["vectors"]["B_openspp_cavage"]["signature_field"]),
        (&DetachedJws::new(), &vectors["vectors"]["A_openg2p_detached_jws"]["EdDSA"]),
    ] {
        let signature = signature.as_str().unwrap();
        let key_id = if scheme.name() == "dci-string" { "key-1" } else { "nsr-key-1" };
        let key = public_key(&vectors, "ed25519_public_jwk", key_id, Algorithm::EdDsa);
        let mut leaves = Vec::new();
        collect(envelope, String::new(), &mut leaves);
        assert!(leaves.len() > 15);
        for leaf in leaves {
            let mut altered = envelope.clone();
            *altered.pointer_mut(&leaf).unwrap() = json!("altered");
            let body = json!({"header": altered["header"], "message": altered["message"]}).to_string();
            let received = Received::parse(body, &Limits::default()).unwrap();
            assert!(scheme.verify(signature, &received, &key).is_err(), "{} {leaf}", scheme.name());
        }
    }
}

fn collect(value: &Value, at: String, leaves: &mut Vec<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, inner)| collect(inner, format!("{at}/{name}"), leaves)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, inner)| collect(inner, format!("{at}/{index}"), leaves));
        }
        _ => leaves.push(at),
    }
}
