//! The signature schemes against vectors derived from deployed systems.

use crate::material::text;
use dci_core::carrier::Carrier;
use dci_core::envelope::Received;
use dci_core::id::{KeyId, SystemId};
use dci_core::jose::{
    Algorithm, AwsLc, DecryptionKey, Jwe, KeyManagement, PrivateKey, PublicKey, SigningKey, VerificationKey,
};
use dci_core::signature::{
    Basis, ConcatRsa, DciString, DetachedJws, EmbeddedJws, SignatureError, SignatureScheme, Signer, Unsigned, Validity,
};
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

fn unsigned(vectors: &Value) -> Unsigned {
    let part = |name: &str| Json::parse(vectors["envelope_without_signature"][name].to_string().as_bytes()).unwrap();
    Unsigned::new(part("header"), part("message"), Carrier::default())
}

fn ed25519_key(vectors: &Value, key_id: &str) -> SigningKey {
    let seed = vectors["keys"]["ed25519_seed_hex"].as_str().unwrap();
    let bytes: Vec<u8> =
        (0..32).map(|index| u8::from_str_radix(&seed[index * 2..index * 2 + 2], 16).unwrap()).collect();
    let private = PrivateKey::from_ed25519_seed(&bytes.try_into().unwrap());
    SigningKey::new(KeyId::new(key_id).unwrap(), Algorithm::EdDsa, &private, &AwsLc::new()).unwrap()
}

fn rsa_key(vectors: &Value, key_id: &str) -> SigningKey {
    let private = PrivateKey::from_pem(vectors["keys"]["rsa_private_pem"].as_str().unwrap()).unwrap();
    SigningKey::new(KeyId::new(key_id).unwrap(), Algorithm::Rs256, &private, &AwsLc::new()).unwrap()
}

fn public_key(vectors: &Value, name: &str, key_id: &str, algorithm: Algorithm) -> VerificationKey {
    let jwk = Json::parse(vectors["keys"][name].to_string().as_bytes()).unwrap();
    let public = PublicKey::from_jwk(jwk.as_object().unwrap()).unwrap();
    VerificationKey::new(KeyId::new(key_id).unwrap(), algorithm, public, &AwsLc::new()).unwrap()
}

fn verify(scheme: &dyn SignatureScheme, received: &Received, key: &VerificationKey) -> Result<Basis, SignatureError> {
    scheme.find(received).expect("no signature of this scheme")?.verify(received, key)
}

fn sign(scheme: &dyn SignatureScheme, vectors: &Value, key: &SigningKey) -> (Vec<u8>, String) {
    let created = chrono::DateTime::from_timestamp(1_727_630_407, 0).unwrap();
    let validity = Validity::starting(created, chrono::TimeDelta::seconds(300));
    let sender = SystemId::new("nsr.example.org").unwrap();
    let sealed = scheme.sign(&unsigned(vectors), &Signer::new(&sender, key, validity)).unwrap();
    (sealed.body, sealed.signature.unwrap())
}

fn wanted(vectors: &Value, scheme: &str, name: &str) -> String {
    vectors["vectors"][scheme][name].as_str().unwrap().to_owned()
}

pub(crate) fn the_canonical_forms_are_those_of_the_vectors() {
    let vectors = vectors();
    let received = received(&vectors, "");
    assert_eq!(
        received.canonical(Form::SortedUtf8),
        wanted(&vectors, "A_openg2p_detached_jws", "canonical_utf8_sorted")
    );
    assert_eq!(received.canonical(Form::SortedAscii), wanted(&vectors, "B_openspp_cavage", "canonical_ascii_sorted"));
    // In the subset that is safe everywhere the canonical forms agree.
    assert_eq!(received.canonical(Form::Jcs), received.canonical(Form::SortedUtf8));
}

/// What each system's printer makes of numbers, characters beyond ASCII and their order: the texts are printed by the
/// systems' own libraries, and printing them again in our form changes nothing.
pub(crate) fn the_canonicaliser_probe_comes_back_as_each_system_prints_it() {
    let vectors = vectors();
    let probe = &vectors["vectors"]["canonicaliser_probe"];
    for (name, form) in [("python_json_ascii", Form::SortedAscii), ("orjson_sorted", Form::SortedUtf8)] {
        let printed = probe[name].as_str().unwrap();
        assert_eq!(Json::parse(printed.as_bytes()).unwrap().print(form), printed, "{name}");
    }
    let tree = Json::parse(probe["orjson_sorted"].as_str().unwrap().as_bytes()).unwrap();
    let jcs = "{\"a\":1e+21,\"b\":1,\"c\":1e-7,\"z\":\"\u{2028}/</é😀\",\"é\":1,\"😀\":2,\"\u{e000}\":1}";
    assert_eq!(tree.print(Form::Jcs), jcs);
}

pub(crate) fn the_signature_string_is_written_and_read_exactly() {
    let vectors = vectors();
    let signature = wanted(&vectors, "B_openspp_cavage", "signature_field");
    let key = ed25519_key(&vectors, "key-1");
    let scheme = DciString::new();
    let verification = key.verification_key(&AwsLc::new()).unwrap();
    assert_eq!(verify(&scheme, &received(&vectors, &signature), &verification), Ok(Basis::Canonical));
    let (body, written) = sign(&scheme, &vectors, &key);
    assert_eq!(written, signature);
    let own = Received::parse(body, &Limits::default()).unwrap();
    assert_eq!(verify(&scheme, &own, &verification), Ok(Basis::Received), "the first try succeeds");
    let later = signature.replace("created=\"1727630407\"", "created=\"1727630408\"");
    assert!(verify(&scheme, &received(&vectors, &later), &verification).is_err());
    // The other readings of the digest are other signatures.
    for other in [DciString::sha256(), DciString::sha512(), DciString::beckn()] {
        let (_, text) = sign(&other, &vectors, &key);
        assert_ne!(text, signature, "{}", other.name());
    }
}

pub(crate) fn the_detached_jws_is_written_and_read_exactly() {
    let vectors = vectors();
    let scheme = DetachedJws::new();
    for (name, jwk, algorithm) in [
        ("EdDSA", "ed25519_public_jwk", Algorithm::EdDsa),
        ("RS256", "rsa_public_jwk", Algorithm::Rs256),
        ("ES256_nondeterministic_sample", "ec_public_jwk", Algorithm::Es256),
    ] {
        let signature = wanted(&vectors, "A_openg2p_detached_jws", name);
        let key = public_key(&vectors, jwk, "nsr-key-1", algorithm);
        assert!(verify(&scheme, &received(&vectors, &signature), &key).is_ok(), "{name}");
        let stranger = public_key(&vectors, jwk, "nsr-key-2", algorithm);
        assert!(verify(&scheme, &received(&vectors, &signature), &stranger).is_err(), "{name}");
    }
    let wanted = |name| wanted(&vectors, "A_openg2p_detached_jws", name);
    assert_eq!(sign(&scheme, &vectors, &ed25519_key(&vectors, "nsr-key-1")).1, wanted("EdDSA"));
    assert_eq!(sign(&scheme, &vectors, &rsa_key(&vectors, "nsr-key-1")).1, wanted("RS256"));
}

pub(crate) fn the_embedded_jws_is_read_and_its_payload_compared() {
    let vectors = vectors();
    let signature = wanted(&vectors, "C_opencrvs_compact_jws", "RS256");
    let thumbprint = vectors["keys"]["rsa_rfc7638_thumbprint"].as_str().unwrap();
    let key = public_key(&vectors, "rsa_public_jwk", thumbprint, Algorithm::Rs256);
    let scheme = EmbeddedJws::new();
    assert_eq!(verify(&scheme, &received(&vectors, &signature), &key), Ok(Basis::Embedded));
    // Every value counts, and so does every member of either side.
    let mut altered = vectors.clone();
    altered["envelope_without_signature"]["header"]["total_count"] = json!(2);
    assert!(verify(&scheme, &received(&altered, &signature), &key).is_err());
    altered["envelope_without_signature"]["header"]["total_count"] = json!(1);
    altered["envelope_without_signature"]["header"]["added"] = json!(true);
    assert!(verify(&scheme, &received(&altered, &signature), &key).is_err());
    // Ours is read by ourselves and carries the same payload.
    let (body, text) = sign(&scheme, &vectors, &rsa_key(&vectors, thumbprint));
    let own = Received::parse(body, &Limits::default()).unwrap();
    assert_eq!(verify(&scheme, &own, &key), Ok(Basis::Embedded));
    assert_eq!(text.split('.').nth(2).map(str::len), signature.split('.').nth(2).map(str::len));
}

pub(crate) fn the_concatenated_rsa_signature_is_written_and_read_exactly() {
    let vectors = vectors();
    let vector = &vectors["vectors"]["D_g2pc_registry_concat_rsa"];
    let signature = vector["signature_field"].as_str().unwrap();
    // The order of the members is part of what is signed: the text of the vector, not a tree that may sort it.
    let (header, message) = vector["signed_bytes"].as_str().unwrap().split_once("}{").unwrap();
    let (header, message) = (format!("{header}}}"), format!("{{{message}"));
    let body = format!(r#"{{"signature":"{signature}","header":{header},"message":{message}}}"#);
    let received = Received::parse(body, &Limits::default()).unwrap();
    let key = public_key(&vectors, "rsa_public_jwk", "any", Algorithm::Rs256);
    assert_eq!(verify(&ConcatRsa::new(), &received, &key), Ok(Basis::Received));
    let spaced =
        format!(r#"{{"signature":"{signature}", "header": {},"message":{message}}}"#, header.replace(',', " , "));
    let spaced = Received::parse(spaced, &Limits::default()).unwrap();
    assert_eq!(verify(&ConcatRsa::new(), &spaced, &key), Ok(Basis::Canonical));
    let part = |text: &str| Json::parse(text.as_bytes()).unwrap();
    let unsigned = Unsigned::new(part(&header), part(&message), Carrier::default());
    let sender = SystemId::new("spp.example.org").unwrap();
    let (key, validity) =
        (rsa_key(&vectors, "1"), Validity::starting(chrono::Utc::now(), chrono::TimeDelta::seconds(1)));
    let sealed = ConcatRsa::new().sign(&unsigned, &Signer::new(&sender, &key, validity)).unwrap();
    assert_eq!(sealed.signature.as_deref(), Some(signature));
}

pub(crate) fn the_detached_jws_in_the_http_header_is_written_and_read_exactly() {
    let vectors = vectors();
    let vector = &vectors["vectors"]["E_http_signature_header_detached"];
    let signature = vector["HTTP_Signature_EdDSA"].as_str().unwrap();
    let scheme = DetachedJws::in_header();
    let received = received(&vectors, "").carried_by(Carrier::default().with_header("Signature", signature));
    let key = public_key(&vectors, "ed25519_public_jwk", "nsr-key-1", Algorithm::EdDsa);
    assert!(verify(&scheme, &received, &key).is_ok());
    let (body, text) = sign(&scheme, &vectors, &ed25519_key(&vectors, "nsr-key-1"));
    assert_eq!((text.as_str(), body.as_slice()), (signature, vector["canonical"].as_str().unwrap().as_bytes()));
}

/// A system that prints the header anew signs another text than it sends; the two bounded forms find it.
pub(crate) fn headers_that_were_printed_anew_are_found() {
    let vectors = vectors();
    let key = ed25519_key(&vectors, "key-1");
    let verification = key.verification_key(&AwsLc::new()).unwrap();
    let sender = SystemId::new("a").unwrap();
    let validity = Validity::starting(chrono::Utc::now(), chrono::TimeDelta::seconds(300));
    for case in vectors["vectors"]["B2_openspp_header_normalisation"].as_array().unwrap() {
        let name = case["case"].as_str().unwrap();
        let part = |member: &str| Json::parse(case[member].to_string().as_bytes()).unwrap();
        let message = Json::parse(br#"{"x":1}"#).unwrap();
        let hashed = Unsigned::new(part("header_openspp_hashes"), message, Carrier::default());
        let sealed = DciString::new().sign(&hashed, &Signer::new(&sender, &key, validity)).unwrap();
        let sent = json!({"signature": sealed.signature, "header": case["sent_header"], "message": {"x": 1}});
        let received = Received::parse(sent.to_string(), &Limits::default()).unwrap();
        let as_sent = verify(&DciString::new(), &received, &verification).is_ok();
        assert_eq!(as_sent, case["verifies_if_signed_as_sent"].as_bool().unwrap(), "{name}");
        assert!(verify(&DciString::reprinted(), &received, &verification).is_ok(), "{name}");
    }
}

pub(crate) fn every_bit_of_header_and_message_is_covered() {
    let vectors = vectors();
    let envelope = &vectors["envelope_without_signature"];
    for (scheme, signature) in [
        (&DciString::new() as &dyn SignatureScheme, &vectors["vectors"]["B_openspp_cavage"]["signature_field"]),
        (&DciString::reprinted(), &vectors["vectors"]["B_openspp_cavage"]["signature_field"]),
        (&DetachedJws::new(), &vectors["vectors"]["A_openg2p_detached_jws"]["EdDSA"]),
        (&EmbeddedJws::new(), &vectors["vectors"]["C_opencrvs_compact_jws"]["RS256"]),
    ] {
        let signature = signature.as_str().unwrap();
        let key = match scheme.name() {
            "embedded-jws" => {
                let thumbprint = vectors["keys"]["rsa_rfc7638_thumbprint"].as_str().unwrap();
                public_key(&vectors, "rsa_public_jwk", thumbprint, Algorithm::Rs256)
            }
            "detached-jws" => public_key(&vectors, "ed25519_public_jwk", "nsr-key-1", Algorithm::EdDsa),
            _ => public_key(&vectors, "ed25519_public_jwk", "key-1", Algorithm::EdDsa),
        };
        assert!(verify(scheme, &received(&vectors, signature), &key).is_ok(), "{}", scheme.name());
        let mut leaves = Vec::new();
        collect(envelope, String::new(), &mut leaves);
        assert!(leaves.len() > 15);
        for leaf in leaves {
            let mut altered = vectors.clone();
            *altered["envelope_without_signature"].pointer_mut(&leaf).unwrap() = json!("altered");
            let received = received(&altered, signature);
            assert!(verify(scheme, &received, &key).is_err(), "{} {leaf}", scheme.name());
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

pub(crate) fn the_encrypted_message_is_opened() {
    let vectors = vectors();
    let message = vectors["vectors"]["F_opencrvs_flattened_jwe"]["message"].to_string();
    let jwe = Jwe::parse(Json::parse(message.as_bytes()).unwrap().as_object().unwrap()).unwrap();
    let thumbprint = KeyId::new(vectors["keys"]["rsa_rfc7638_thumbprint"].as_str().unwrap()).unwrap();
    assert_eq!(jwe.key_id(), Some(&thumbprint));
    let private = PrivateKey::from_pem(vectors["keys"]["rsa_private_pem"].as_str().unwrap()).unwrap();
    for provider in crate::providers::providers() {
        let key = DecryptionKey::new(thumbprint.clone(), KeyManagement::RsaOaep256, &private, &*provider).unwrap();
        let plain = jwe.decrypt(&key).unwrap();
        let plain: Value = serde_json::from_slice(&plain).unwrap();
        assert_eq!(plain, vectors["envelope_without_signature"]["message"], "{}", provider.name());
    }
}
