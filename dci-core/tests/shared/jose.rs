//! Keys, signatures and encrypted messages of published vectors, with each provider.

use crate::material::text;
use crate::providers::providers;
use dci_core::id::KeyId;
use dci_core::jose::{Algorithm, Jws, PrivateKey, PublicKey, SigningKey, VerificationKey};
use dci_core::wire::Json;
use serde_json::Value;

pub(crate) fn the_pem_keys_of_the_vectors_sign_what_their_public_halves_verify() {
    let text = text("vectors/signatures/vectors.json");
    let vectors: Value = serde_json::from_str(&text).unwrap();
    for provider in providers() {
        for (pem, algorithm) in [("rsa_private_pem", Algorithm::Rs256), ("ec_private_pem", Algorithm::Es256)] {
            let private = PrivateKey::from_pem(vectors["keys"][pem].as_str().unwrap()).unwrap();
            let signing = SigningKey::new(KeyId::new("k").unwrap(), algorithm, &private, &*provider).unwrap();
            let jwk = &vectors["keys"][pem.replace("private_pem", "public_jwk")];
            let tree = Json::parse(jwk.to_string().as_bytes()).unwrap();
            assert_eq!(signing.public_key(), PublicKey::from_jwk(tree.as_object().unwrap()).unwrap());
        }
    }
}

/// The signature file of Wycheproof: no unexpected accept. Entries that are errors of the file are named.
pub(crate) fn wycheproof_signatures_hold_no_surprise() {
    /// Marked valid or invalid wrongly (spec/security.md 2.1): contradicting key and token, a `?` in the text, byte-equal
    /// twins of a valid one.
    const FILE_ERRORS: [u64; 9] = [17, 346, 347, 350, 351, 367, 370, 372, 373];
    let text = text("vectors/wycheproof/json_web_signature_test.json");
    let file: Value = serde_json::from_str(&text).unwrap();
    for provider in providers() {
        let (mut read, mut refused) = (0, 0);
        for group in file["testGroups"].as_array().unwrap() {
            let jwk = group.get("public").unwrap_or(&group["private"]);
            let tree = Json::parse(jwk.to_string().as_bytes()).unwrap();
            let public = PublicKey::from_jwk(tree.as_object().unwrap()).ok();
            let algorithm = jwk["alg"].as_str().and_then(Algorithm::from_name);
            let kid = jwk["kid"].as_str().unwrap_or("none");
            let key = public.zip(algorithm).and_then(|(public, algorithm)| {
                VerificationKey::new(KeyId::new(kid).ok()?, algorithm, public, &*provider).ok()
            });
            for test in group["tests"].as_array().unwrap() {
                let id = test["tcId"].as_u64().unwrap();
                let Some(compact) = test["jws"].as_str() else {
                    refused += 1;
                    continue;
                };
                let accepted = key
                    .as_ref()
                    .is_some_and(|key| Jws::parse_attached(compact).is_ok_and(|jws| jws.verify_attached(key).is_ok()));
                let valid = test["result"] == "valid";
                assert!(!accepted || valid || FILE_ERRORS.contains(&id), "{}: #{id} was taken", provider.name());
                if accepted { read += 1 } else { refused += 1 }
            }
        }
        assert!(read >= 20 && refused >= 300, "{}: {read} read, {refused} refused", provider.name());
    }
}
